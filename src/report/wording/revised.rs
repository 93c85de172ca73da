//! Sentences on figures that a source revised after an earlier publication.

use super::{capital, count, date};
use crate::dataset::Revision;
use crate::report::material::Material;
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
