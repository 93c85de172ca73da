//! `revisions.csv`: figures that a source revised after we published them, for the next edition's *Revisions* note.

use super::lines;
use crate::diagnostic::{Checked, Diagnostic, Rule, Severity};
use crate::vocabulary::{Edtf, Lines, Place};

/// The file's name in the project.
pub const FILE: &str = "input/revisions.csv";

/// A figure that stood otherwise in an earlier publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The key of the observation, as its dataset prints it.
    pub indicator: String,
    pub geo: String,
    pub time_period: String,
    pub unit: String,
    pub breakdown: String,
    pub edition: String,
    /// What was published.
    pub before: String,
    /// What the source says now.
    pub after: String,
    /// Id of the source in `input/sources.toml`.
    pub source: String,
    /// Cell or line in the earlier file, and in the one that is in place.
    pub location_before: String,
    pub location: String,
    /// The day on which the revised file was put in place, ISO 8601.
    pub revised: String,
    /// The line itself, for messages.
    pub place: Place,
}

pub static REVISION_LINE: Rule = Rule {
    id: "SET008",
    severity: Severity::Error,
    title: "A revision says the key of its figure, the figure before and after, source, locations and the day.",
    source: "this project",
    explanation: "Lines of input/revisions.csv are written by `factsheet inputs --accept --revisions` and by `factsheet diff --revisions`. A reader of the next edition must see what changed, from what to what, and since when. Correct the line, or let the program write it anew.",
};

pub static REVISION_STALE: Rule = Rule {
    id: "SET009",
    severity: Severity::Error,
    title: "A revision tells what the source says now.",
    source: "this project",
    explanation: "The figure that the line calls revised is not among the observations, or has another value by now. Correct the line or take it out: a Revisions note must not print what the tables beside it do not say.",
};

const HEAD: [&str; 12] = [
    "indicator",
    "geo",
    "time_period",
    "unit",
    "breakdown",
    "edition",
    "before",
    "after",
    "source",
    "location_before",
    "location",
    "revised",
];

/// Columns that may be empty: a source may have no breakdowns, and a file given by hand no locations.
const MAY_BE_EMPTY: [usize; 3] = [4, 9, 10];

impl Revision {
    fn cells(&self) -> [&str; 12] {
        [
            &self.indicator,
            &self.geo,
            &self.time_period,
            &self.unit,
            &self.breakdown,
            &self.edition,
            &self.before,
            &self.after,
            &self.source,
            &self.location_before,
            &self.location,
            &self.revised,
        ]
    }

    fn is_of(&self, other: &Self) -> bool {
        self.cells()[..6] == other.cells()[..6]
    }
}

/// Reads `revisions.csv`. Lines with a fault are left out and reported.
pub fn read(name: &str, bytes: &[u8]) -> Checked<Vec<Revision>> {
    let (mut value, mut diagnostics) = (Vec::new(), Vec::new());
    let mut refuse = |line: u32, expected: String, found: String| {
        let help = "correct the line, or write the file anew with factsheet diff --revisions";
        diagnostics.push(Diagnostic::new(&REVISION_LINE, Place::lines(name, Lines::one(line)), expected, found, help));
    };
    for record in lines::records(bytes, &HEAD, &mut refuse) {
        let (line, length, empty) = (record.line, record.values.len(), record.empty(&HEAD, &MAY_BE_EMPTY));
        let cell = |i: usize| record.cell(i);
        let is_number = |i: usize| cell(i).parse::<f64>().is_ok_and(f64::is_finite);
        if length != HEAD.len() {
            refuse(line, format!("{} values", HEAD.len()), format!("{length} values"));
        } else if !empty.is_empty() {
            refuse(line, "a value in every column but breakdown and the locations".to_owned(), format!("nothing for {}", empty.join(", ")));
        } else if !is_number(6) || !is_number(7) {
            refuse(line, "numbers before and after".to_owned(), format!("`{}` and `{}`", cell(6), cell(7)));
        } else if Edtf::iso(&cell(11)).is_none() {
            refuse(line, "the day of the revision, 2026-11-23".to_owned(), format!("`{}`", cell(11)));
        } else {
            value.push(Revision {
                indicator: cell(0),
                geo: cell(1),
                time_period: cell(2),
                unit: cell(3),
                breakdown: cell(4),
                edition: cell(5),
                before: cell(6),
                after: cell(7),
                source: cell(8),
                location_before: cell(9),
                location: cell(10),
                revised: cell(11),
                place: Place::lines(name, Lines::one(line)),
            });
        }
    }
    Checked { value, diagnostics }
}

/// `told` with `new` entered. A figure that was revised before keeps what was published first; one that is back at that is
/// taken out.
pub fn enter(told: &[Revision], new: &[Revision]) -> Vec<Revision> {
    let mut all = told.to_vec();
    for revision in new {
        match all.iter_mut().find(|known| known.is_of(revision)) {
            Some(known) => {
                let before = std::mem::take(&mut known.before);
                let location_before = std::mem::take(&mut known.location_before);
                *known = Revision { before, location_before, ..revision.clone() };
            }
            None => all.push(revision.clone()),
        }
    }
    all.retain(|revision| revision.before != revision.after);
    all
}

/// As [`read`] reads it.
///
/// # Errors
/// What the writer of the CSV says.
pub fn written(revisions: &[Revision]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD)?;
    for revision in revisions {
        writer.write_record(revision.cells())?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &str) -> Checked<Vec<Revision>> {
        read(FILE, format!("{}\n{lines}", HEAD.join(",")).as_bytes())
    }

    #[test]
    fn what_is_written_reads_back() {
        let read = lines("X,LU,2021,PC,,2022,70,71,use,\"Sheet 1!D4\",\"Sheet 1!D5\",2026-11-22\n");
        assert_eq!(read.diagnostics, []);
        let again = super::read(FILE, &written(&read.value).expect("memory takes it"));
        assert_eq!(again.value, read.value);
    }

    #[test]
    fn a_line_that_says_too_little_is_refused() {
        for (line, found) in [
            ("X,LU,2021,PC,,2022,70,71,use,,,", "nothing for revised"),
            ("X,LU,2021,PC,,2022,70,:,use,,,2026-11-22", "`70` and `:`"),
            ("X,LU,2021,PC,,2022,70,71,use,,,soon", "`soon`"),
            ("X,LU,2021", "3 values"),
        ] {
            let read = lines(line);
            assert_eq!(read.diagnostics.iter().map(|d| (d.rule.id, d.found.as_str())).collect::<Vec<_>>(), [("SET008", found)]);
        }
        assert_eq!(read(FILE, b"publication,figure\n").diagnostics[0].rule.id, "SET008");
    }

    #[test]
    fn a_figure_revised_twice_keeps_what_was_published() {
        let first = lines("X,LU,2021,PC,,2022,70,71,use,,,2026-01-01\n").value;
        let second = lines("X,LU,2021,PC,,2022,71,72,use,,,2026-02-01\nX,BE,2021,PC,,2022,1,2,use,,,2026-02-01\n").value;
        let both = enter(&first, &second);
        assert_eq!(both.iter().map(|r| (r.before.as_str(), r.after.as_str())).collect::<Vec<_>>(), [("70", "72"), ("1", "2")]);
        let back = lines("X,LU,2021,PC,,2022,72,70,use,,,2026-03-01\n").value;
        assert_eq!(enter(&both, &back).len(), 1);
    }
}
