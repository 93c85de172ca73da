//! Sentences on what changed between source and publication: figures that a source revised, values that a person put right.

use super::{capital, count, date};
use crate::dataset::{Observation, Revision};
use crate::report::material::Material;
use crate::settings::Correction;
use crate::vocabulary::figure;
use crate::vocabulary::unit::UnitKind;

/// Title of the note.
pub const REVISIONS: &str = "Revisions";

/// What the list of [`revision`]s begins with.
pub const REVISED: &str = "Since an earlier publication the sources revised these figures:";

/// `Submitting forms, Norway, 2021: 92.4 % before, now 93.0 % (edition 2022, revised 23 November 2026, input/use.csv:9)`.
pub fn revision(revision: &Revision, material: &Material) -> String {
    let indicator = material.indicators.get(&revision.indicator);
    let name = indicator.map_or(revision.indicator.as_str(), |i| i.short.as_str());
    let unit = match indicator.map(|i| i.unit.kind) {
        Some(UnitKind::Percent) => "\u{a0}%",
        Some(UnitKind::Score100 | UnitKind::Score4) => " points",
        Some(UnitKind::Number) | None => "",
    };
    let (before, after) = (revision.before.value(), revision.after.value());
    // As many decimals as tell the two apart.
    let fewest = revision.before.decimals().max(revision.after.decimals());
    let decimals = (fewest..15).find(|d| figure::word(before, *d) != figure::word(after, *d)).unwrap_or(fewest);
    let word = |value: f64| format!("{}{unit}", figure::word(value, decimals));
    format!(
        "{name}, {}, {}: {} before, now {} (edition {}, revised {}, {})",
        revision.geo.name(),
        revision.time_period.printed(),
        word(before),
        word(after),
        revision.edition,
        date(revision.revised),
        revision.place
    )
}

/// Countries other than the publication's.
pub fn revised_elsewhere(figures: usize) -> String {
    let figures = count(figures, "figure of another country was", "figures of other countries were");
    format!("{} revised; the dataset revisions lists every one.", capital(&figures))
}

/// Title of the note.
pub const FLAGS_TITLE: &str = "Flags";

/// Eurostat's flags in words.
pub const FLAGS: &[(char, &str)] = &[
    ('b', "b break in time series"),
    ('d', "d definition differs"),
    ('e', "e estimated"),
    ('f', "f forecast"),
    ('i', "i imputed"),
    ('m', "m cannot exist"),
    ('n', "n not significant"),
    ('p', "p provisional"),
    ('r', "r revised"),
    ('u', "u low reliability"),
    ('C', "C confidential"),
    ('N', "N not for publication"),
    ('P', "P non-statistical secrecy"),
];

/// `Letters raised behind a figure are its source's: b break in time series; e estimated.`
pub fn flags(used: &[&str]) -> String {
    format!("Letters raised behind a figure in the PDF are its source's: {}.", used.join("; "))
}

/// Title of the note.
pub const CORRECTIONS: &str = "Corrections";

/// What the list of [`correction`]s and [`corrected_figure`]s begins with.
pub const CORRECTED: &str = "The source says something else, and was put right by a person; such figures are marked * in the PDF:";

/// `milestones.year, 2016: entered by A. Weis on 2026-11-22: the ministry's letter (seeds/report.txt:239)`.
pub fn correction(correction: &Correction) -> String {
    let what = if correction.column == "text" { "words of a line" } else { &correction.column };
    format!("{what}, {}: {} ({}:{})", correction.value, correction.note(), correction.file, correction.location)
}

/// `Submitting forms, Norway, 2021: corrected from 78 by A. Weis on 2026-11-22: misprint (input/use.xlsx › Sheet 1 › H229)`.
pub fn corrected_figure(o: &Observation, material: &Material) -> String {
    let indicator = material.indicators.get(&o.indicator);
    let name = indicator.map_or(o.indicator.as_str(), |i| i.short.as_str());
    let value = indicator.map_or_else(String::new, |i| format!(", {}", crate::report::material::shown(o, i).text));
    format!("{name}, {}, {}{value}: {} ({})", o.geo.name(), o.time_period.printed(), o.note, o.place)
}

/// Countries other than the publication's.
pub fn corrected_elsewhere(figures: usize) -> String {
    let figures = count(figures, "figure of another country was", "figures of other countries were");
    format!("{} put right; the dataset observations says which.", capital(&figures))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Flags;

    #[test]
    fn every_flag_that_is_read_has_words() {
        let read = ('A'..='z').filter_map(|c| Flags::parse(&c.to_string()).ok());
        for flags in read {
            assert!(FLAGS.iter().any(|(flag, words)| flags.has(*flag) && words.starts_with(*flag)), "{flags:?}");
        }
        assert_eq!(flags(&["e estimated"]), "Letters raised behind a figure in the PDF are its source's: e estimated.");
    }
}
