//! Names that Excel accepts: of sheets (31 characters) and of tables (no blanks), unique without regard to case.

/// Names given so far.
#[derive(Default)]
pub(super) struct Names {
    sheets: Vec<String>,
    tables: Vec<String>,
}

impl Names {
    /// A name for a sheet, as near to `wanted` as Excel allows.
    pub fn sheet(&mut self, wanted: &str) -> String {
        let plain: String =
            wanted.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { ' ' } else { c }).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = plain.trim_matches('\'');
        // Excel keeps the name History for itself.
        let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { "Sheet" } else { plain };
        unique(plain, 31, ' ', &mut self.sheets)
    }

    /// Whether a sheet of that name is there.
    pub fn has_sheet(&self, name: &str) -> bool {
        self.sheets.contains(&name.to_lowercase())
    }

    /// A name for a table, as near to `wanted` as Excel allows: letters, digits and underscores, not like a cell.
    pub fn table(&mut self, wanted: &str) -> String {
        let plain: String = wanted.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let plain = plain.trim_matches('_').to_owned();
        let first_is_letter = plain.starts_with(char::is_alphabetic);
        // R1C1, A1 and single letters such as C and R are no names.
        let like_cell = plain.len() <= 3
            || plain.ends_with(|c: char| c.is_ascii_digit()) && plain.chars().filter(|c| c.is_ascii_alphabetic()).count() <= 3;
        let plain = if first_is_letter && !like_cell { plain } else { format!("table_{plain}") };
        unique(&plain, 200, '_', &mut self.tables)
    }
}

fn unique(plain: &str, most: usize, joint: char, taken: &mut Vec<String>) -> String {
    let mut name = cut(plain, most);
    let mut n = 2;
    while taken.contains(&name.to_lowercase()) {
        let tail = format!("{joint}{n}");
        name = cut(plain, most - tail.len()) + &tail;
        n += 1;
    }
    taken.push(name.to_lowercase());
    name
}

/// At most so many UTF-16 units, at a word's end where there is one near.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            units += c.len_utf16();
            units > most
        })
        .map_or(text.len(), |(at, _)| at);
    let short = &text[..end];
    let at_word = short.rfind(' ').filter(|at| *at > end / 2).map_or(short, |at| &short[..at]);
    at_word.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_short_plain_and_unique() {
        let mut names = Names::default();
        assert_eq!(names.sheet("Level: and/or change?"), "Level and or change");
        assert_eq!(names.sheet("LEVEL and or change"), "LEVEL and or change 2");
        let long = names.sheet("A very long name of a sheet that nobody can read on a tab");
        assert!(long.chars().count() <= 31 && !long.ends_with(' '), "{long}");
        assert_eq!(names.sheet("'"), "Sheet");
        assert_eq!(names.sheet("history"), "Sheet 2");
    }

    #[test]
    fn tables_are_identifiers() {
        let mut names = Names::default();
        assert_eq!(names.table("Key figures"), "Key_figures");
        assert_eq!(names.table("key figures"), "key_figures_2");
        assert_eq!(names.table("A1"), "table_A1");
        assert_eq!(names.table("R"), "table_R");
        assert_eq!(names.table("2020 figures"), "table_2020_figures");
    }
}
