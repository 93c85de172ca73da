//! SDMX-CSV 1.0 and 2.0: one figure in each line, with the data flow in the first columns; codes alone or codes with labels.

use super::{At, Figures, Printed, Reading, SHEET_LAYOUT, Series, Wanted, Word, dimension};
use crate::diagnostic::{Checked, Diagnostic};
use crate::vocabulary::{Lines, Place};
use std::collections::HashMap;
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    Dimension(Word),
    Geo,
    TimePeriod,
    ObsValue,
    Flags,
    Note,
    /// Append, replace or delete: 2.0.
    Action,
    /// Identifiers of the structure, labels, attributes of the series.
    Reader,
}

/// Whether a text is SDMX-CSV: its head begins with the data flow or structure and names period and value.
pub(super) fn is(text: &[u8]) -> bool {
    let head = String::from_utf8_lossy(text.split(|b| *b == b'\n').next().unwrap_or_default()).to_uppercase();
    let head = head.trim_start_matches(['"', '\u{feff}']);
    (head.starts_with("DATAFLOW") || head.starts_with("STRUCTURE")) && head.contains("TIME_PERIOD") && head.contains("OBS_VALUE")
}

/// `geo: Geopolitical entity` and `LU: Luxembourg` as code: labels may stand behind a colon.
fn code(cell: &str) -> &str {
    match cell.split_once(':') {
        Some((code, _)) if !code.trim().is_empty() && !code.contains(' ') => code.trim(),
        Some(_) | None => cell.trim(),
    }
}

/// The roles of the columns. Dimensions stand before the value; what follows it are attributes.
fn roles(head: &csv::StringRecord) -> Vec<Role> {
    let names: Vec<String> = head.iter().map(|cell| code(cell).to_uppercase()).collect();
    let value = names.iter().position(|name| name == "OBS_VALUE").unwrap_or(names.len());
    let has_code = |label: &str| names.iter().any(|name| name != label && dimension::name(name) == dimension::name(label));
    names
        .iter()
        .enumerate()
        .map(|(index, name)| match name.as_str() {
            "DATAFLOW" | "LAST UPDATE" | "STRUCTURE_ID" | "STRUCTURE_NAME" | "STRUCTURE" => Role::Reader,
            structure if structure.starts_with("STRUCTURE[") => Role::Reader,
            "ACTION" => Role::Action,
            "TIME_PERIOD" => Role::TimePeriod,
            "OBS_VALUE" => Role::ObsValue,
            "OBS_FLAG" | "OBS_STATUS" | "CONF_STATUS" => Role::Flags,
            "OBS_COMMENT" | "COMMENT_OBS" | "OBS_NOTE" => Role::Note,
            "GEO" | "REF_AREA" => Role::Geo,
            _ if index > value => Role::Reader,
            // A label in a column of its own, beside the code's.
            label if label.contains(' ') && (has_code(label) || index > 0 && !names[index - 1].contains(' ')) => Role::Reader,
            "TIME" => Role::Reader,
            name => Role::Dimension(dimension::name(name).into()),
        })
        .collect()
}

/// Reads the lines of wanted series.
pub(super) fn read(file: &str, text: &[u8], wanted: Wanted<'_>) -> Checked<Figures> {
    let mut figures = Figures::default();
    let mut diagnostics = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let mut record = csv::StringRecord::new();
    let mut layout = |line: u64, expected: String, found: String| {
        let place = Place::lines(file, Lines::one(u32::try_from(line).unwrap_or(u32::MAX)));
        let help = "download the file anew, as SDMX-CSV with commas, in UTF-8";
        diagnostics.push(Diagnostic::new(&SHEET_LAYOUT, place, expected, found, help));
    };
    if let Err(error) = reader.read_record(&mut record) {
        layout(1, "a head line".to_owned(), error.to_string());
        return Checked { value: figures, diagnostics };
    }
    let roles = roles(&record);
    let head = record.clone();
    if !roles.contains(&Role::Geo) || !roles.contains(&Role::ObsValue) || !roles.contains(&Role::TimePeriod) {
        layout(
            1,
            "columns for geo, TIME_PERIOD and OBS_VALUE, separated by commas".to_owned(),
            format!("`{}`", head.iter().collect::<Vec<_>>().join(",")),
        );
        return Checked { value: figures, diagnostics };
    }
    let empty: Word = "".into();
    let mut words: HashMap<String, Word> = HashMap::new();
    let mut last: Option<(Arc<Series>, bool)> = None;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                layout(error.position().map_or(1, csv::Position::line), "a line of UTF-8 text".to_owned(), error.to_string());
                continue;
            }
        }
        let line = record.position().map_or(1, csv::Position::line);
        if record.len() != roles.len() {
            layout(line, format!("{} cells, as in the head", roles.len()), format!("{}", record.len()));
            continue;
        }
        if record == head {
            layout(line, "one head line".to_owned(), "a second one".to_owned());
            continue;
        }
        let mut word = |cell: &str| match words.get(cell) {
            Some(word) => word.clone(),
            None => words.entry(cell.to_owned()).or_insert_with(|| cell.into()).clone(),
        };
        let mut dimensions = Vec::with_capacity(roles.len());
        let mut reading = Reading {
            series: Arc::default(),
            geo: empty.clone(),
            time_period: empty.clone(),
            value: Printed::Nothing,
            decimals: None,
            flags: empty.clone(),
            flags_known: roles.contains(&Role::Flags),
            alternatives: empty.clone(),
            note: empty.clone(),
            at: At::Line(u32::try_from(line).unwrap_or(u32::MAX)),
        };
        let mut deleted = false;
        for (role, cell) in roles.iter().zip(record.iter()) {
            match role {
                Role::Dimension(name) => dimensions.push((name.clone(), word(code(cell)))),
                Role::Geo => reading.geo = word(code(cell)),
                Role::TimePeriod => reading.time_period = word(cell.trim()),
                Role::ObsValue if cell.trim().is_empty() || cell.trim() == "NaN" => reading.value = Printed::Nothing,
                Role::ObsValue => reading.value = Printed::Text(cell.trim().into()),
                Role::Flags if reading.flags.is_empty() => reading.flags = word(status(code(cell))),
                Role::Flags => reading.flags = word(&format!("{}{}", reading.flags, status(code(cell)))),
                Role::Note => reading.note = word(cell.trim()),
                Role::Action => deleted = cell.trim() == "D",
                Role::Reader => {}
            }
        }
        if deleted {
            continue;
        }
        // A missing value with the flag c is confidential: `:` keeps the two together for the next stage.
        if reading.value == Printed::Nothing {
            reading.value = Printed::Text(format!(": {}", reading.flags).trim_end().into());
        }
        let series = Series { dimensions };
        let is_wanted = match &last {
            Some((known, is_wanted)) if **known == series => *is_wanted,
            Some(_) | None => {
                let is_wanted = wanted(&series);
                last = Some((Arc::new(series), is_wanted));
                is_wanted
            }
        };
        match &last {
            Some((series, _)) if is_wanted => figures.readings.push(Reading { series: series.clone(), ..reading }),
            Some(_) | None => figures.unasked += 1,
        }
    }
    Checked { value: figures, diagnostics }
}

/// SDMX's code for a normal value, `A`, and for free of secrecy, `F`, say nothing.
fn status(code: &str) -> &str {
    if matches!(code, "A" | "F") { "" } else { code }
}
