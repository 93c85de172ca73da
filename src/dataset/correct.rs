//! What a person put right in a text: words of a line before it is read, or a value that the text does not settle.
//!
//! `input/corrections.csv` names the file, the line (the first of the row), the column, what stands there and what is to stand
//! there. The column is `text` for words of the line itself; else dataset and column: `milestones.year`. Figures of sheets are put
//! right where they become observations.

use super::progress::ProgressDatasets;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::settings::corrections::{CORRECTION_LINE, CORRECTION_STALE};
use crate::settings::{Correction, Corrections};
use crate::source::Text;
use crate::vocabulary::{DatePrecision, Edtf, Lines, Place};

pub static CORRECTED: Rule = Rule {
    id: "SET007",
    severity: Severity::Note,
    title: "A value that a person put right is told.",
    source: "this project",
    explanation: "The source says something else. Everybody who reads the publication can see what was changed, by whom and why.",
};

/// Puts words of lines right, so that everything that is read from the line has them right.
pub fn text(text: &mut Text, corrections: &Corrections) -> Vec<Diagnostic> {
    let name = text.name.clone();
    let of_lines = corrections.of(&name).filter(|correction| correction.column == "text");
    of_lines
        .map(|correction| {
            let number = line(correction);
            let stands = text.line(number).to_owned();
            if number == 0 || correction.found.is_empty() || stands.matches(&correction.found).count() != 1 {
                return stale(correction, &format!("`{}`", stands.trim()));
            }
            text.replace_line(number, stands.replacen(&correction.found, &correction.value, 1));
            told(correction)
        })
        .collect()
}

/// Settles values of typed rows. `data` is `None` for a family whose values are put right in their lines only.
pub fn values(mut data: Option<&mut ProgressDatasets>, file: &str, corrections: &Corrections) -> Vec<Diagnostic> {
    let typed = corrections.of(file).filter(|correction| correction.column != "text");
    typed
        .map(|correction| match data.as_deref_mut().and_then(|data| settle(data, correction)) {
            Some(Ok(())) => told(correction),
            Some(Err(found)) => stale(correction, &found),
            None => {
                let expected =
                    "text, milestones.year, timeline_events.date_start, timeline_events.date_end, regulations.date or regulations.act_type";
                let help = "name one of these columns that this text has; `text` puts words of a line right";
                Diagnostic::new(&CORRECTION_LINE, correction.place.clone(), expected, format!("`{}`", correction.column), help)
            }
        })
        .collect()
}

/// `None` for a column that cannot be settled; an error says what was found in the place of what was to be.
fn settle(data: &mut ProgressDatasets, correction: &Correction) -> Option<Result<(), String>> {
    let at = line(correction);
    let printed = |date: Option<Edtf>| date.map(|date| date.to_string()).unwrap_or_default();
    let fits = |stands: String| if stands == correction.found { Ok(()) } else { Err(format!("`{stands}`")) };
    let no_row = || Err("no row of this dataset that begins on that line".to_owned());
    let no_date = || Err(format!("`{}`, which is no date", correction.value));
    let begins = |lines: Lines| lines.start() == at;
    Some(match correction.column.as_str() {
        "milestones.year" => match data.milestones.iter_mut().find(|row| begins(row.lines)) {
            None => no_row(),
            Some(row) => fits(row.year.map(|year| year.to_string()).unwrap_or_default()).and_then(|()| {
                let Ok(year) = correction.value.parse() else { return no_date() };
                row.year = Some(year);
                row.certainty.settle(&correction.note(), |_| false);
                Ok(())
            }),
        },
        "timeline_events.date_start" | "timeline_events.date_end" => match data.timeline_events.iter_mut().find(|row| begins(row.lines)) {
            None => no_row(),
            Some(row) => {
                let is_start = correction.column.ends_with("start");
                fits(printed(if is_start { row.date_start } else { row.date_end })).and_then(|()| {
                    let Some(date) = Edtf::iso(&correction.value) else { return no_date() };
                    if is_start {
                        row.date_start = Some(date);
                    } else {
                        row.date_end = Some(date);
                    }
                    // The candidates of an interval name both ends: they stay until both are settled.
                    let half = row.date_precision == DatePrecision::Interval && (row.date_start.is_none() || row.date_end.is_none());
                    let is_interval = half || row.date_end.is_some();
                    row.date_precision = if is_interval { DatePrecision::Interval } else { date.precision() };
                    row.certainty.settle(&correction.note(), |_| half);
                    Ok(())
                })
            }
        },
        "regulations.date" => match data.regulations.iter_mut().find(|row| begins(row.lines)) {
            None => no_row(),
            Some(row) => fits(printed(row.date)).and_then(|()| {
                let Some(date) = Edtf::iso(&correction.value) else { return no_date() };
                row.date = Some(date);
                row.certainty.settle(&correction.note(), |candidate| candidate.starts_with(ACT_TYPE));
                Ok(())
            }),
        },
        "regulations.act_type" => match data.regulations.iter_mut().find(|row| begins(row.lines)) {
            None => no_row(),
            Some(row) => fits(row.act_type.clone()).map(|()| {
                row.act_type.clone_from(&correction.value);
                row.certainty.settle(&correction.note(), |candidate| !candidate.starts_with(ACT_TYPE));
            }),
        },
        _ => return None,
    })
}

/// How the candidates of a regulation's type begin; all others are of its date.
const ACT_TYPE: &str = "act_type=";

/// The line of a correction; 0, which no text has, where it names none.
fn line(correction: &Correction) -> u32 {
    correction.location.parse().unwrap_or(0)
}

fn told(correction: &Correction) -> Diagnostic {
    told_at(correction, Place::lines(&correction.file, Lines::one(line(correction))))
}

/// Tells that a value was put right, at its place.
pub(super) fn told_at(correction: &Correction, place: Place) -> Diagnostic {
    let expected = format!("`{}` in {}", correction.value, correction.column);
    let stands = if correction.found.is_empty() { "nothing".to_owned() } else { format!("`{}`", correction.found) };
    Diagnostic::new(&CORRECTED, place, expected, format!("{stands}; {}", correction.note()), format!("see {}", correction.place))
}

fn stale(correction: &Correction, found: &str) -> Diagnostic {
    let expected = format!("`{}` in {} at {} {}", correction.found, correction.column, correction.file, correction.location);
    let help = "look at the source again, and correct or remove this line of corrections.csv";
    Diagnostic::new(&CORRECTION_STALE, correction.place.clone(), expected, found, help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::corrections;
    use crate::source::Source;

    fn example(lines: &str) -> (Text, Corrections) {
        let source = Source::new("seeds/x.txt", None, b"first line\nthe 2O20 milestone\n".to_vec());
        let text = Text::decode(&source).value.expect("UTF-8");
        let csv = format!("file,location,column,found,value,reason,who,when\n{lines}\n");
        let read = corrections::read("input/corrections.csv", csv.as_bytes());
        assert_eq!(read.diagnostics, []);
        (text, read.value)
    }

    #[test]
    fn words_of_a_line_are_put_right_and_told() {
        let (mut lines, corrections) = example("seeds/x.txt,2,text,2O20,2020,a letter for a digit,A. Weis,2026-11-22");
        let told = text(&mut lines, &corrections);
        assert_eq!(lines.line(2), "the 2020 milestone");
        assert_eq!(told.iter().map(|d| d.rule.id).collect::<Vec<_>>(), ["SET007"]);
    }

    #[test]
    fn a_correction_that_no_longer_matches_is_an_error() {
        for stale in ["1,text,2O20", "9,text,2O20", "two,text,2O20", "2,text,e"] {
            let (mut lines, corrections) = example(&format!("seeds/x.txt,{stale},2020,why,A. Weis,2026-11-22"));
            assert_eq!(text(&mut lines, &corrections).iter().map(|d| d.rule.id).collect::<Vec<_>>(), ["SET006"], "{stale}");
            assert_eq!(lines.line(2), "the 2O20 milestone");
        }
    }
}
