//! Names of dimensions: sources print them as code or label; a series has one name for each.

use super::Word;

/// Eurostat's labels with the code of the dimension.
const LABELS: [(&str, &str); 16] = [
    ("time frequency", "freq"),
    ("unit of measure", "unit"),
    ("geopolitical entity (reporting)", "geo"),
    ("geopolitical entity", "geo"),
    ("country", "geo"),
    ("information society indicator", "indicator"),
    ("national accounts indicator (esa 2010)", "indicator"),
    ("indicator", "indicator"),
    ("individual type", "breakdown"),
    ("size classes in number of persons employed", "size_emp"),
    ("age class", "age"),
    ("statistical classification of economic activities in the european community (nace rev. 2)", "nace_r2"),
    ("date", "time_period"),
    ("year", "time_period"),
    ("period", "time_period"),
    ("time", "time_period"),
];

/// The one name of a dimension: `indicator`, `unit`, `breakdown`, `geo`, `time_period`, `freq`; of any other its code, or
/// its label in lower case. `INDIC_IS` and `na_item` are `indicator`, `ind_type` is `breakdown`.
pub(super) fn name(printed: &str) -> String {
    let (label, code) = bracketed(printed);
    let plain = code.unwrap_or(label).trim_end_matches(['*', ':']).trim();
    let plain = plain.strip_suffix("(Labels)").or_else(|| plain.strip_suffix("(Codes)")).unwrap_or(plain).trim().to_lowercase();
    if let Some((_, name)) = LABELS.iter().find(|(label, _)| *label == plain) {
        return (*name).to_owned();
    }
    match plain.as_str() {
        "na_item" => "indicator".to_owned(),
        "ind_type" => "breakdown".to_owned(),
        code if code == "indic" || code.starts_with("indic_") => "indicator".to_owned(),
        _ => plain,
    }
}

/// The position on a dimension: the code where the source prints label and code together (`Annual [A]`), else what it prints.
pub(super) fn position(printed: &str) -> Word {
    let (label, code) = bracketed(printed);
    code.unwrap_or(label).into()
}

/// `Unit of measure [UNIT]` as label and code.
fn bracketed(printed: &str) -> (&str, Option<&str>) {
    let printed = printed.trim();
    let inside = printed.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match inside {
        Some((label, code)) if !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) => {
            (label.trim(), Some(code))
        }
        Some(_) | None => (printed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_whatever_the_source_calls_it() {
        for (printed, expected) in [
            ("Unit of measure", "unit"),
            ("Unit of measure [UNIT]", "unit"),
            ("GEO (Labels)", "geo"),
            ("GEO (Codes)", "geo"),
            ("TIME", "time_period"),
            ("INDIC_IS", "indicator"),
            ("Information society indicator", "indicator"),
            ("nace_r2", "nace_r2"),
            ("Sex", "sex"),
        ] {
            assert_eq!(name(printed), expected, "{printed}");
        }
        assert_eq!(&*position("Annual [A]"), "A");
        assert_eq!(&*position("European Union - 27 countries (from 2020)"), "European Union - 27 countries (from 2020)");
    }
}
