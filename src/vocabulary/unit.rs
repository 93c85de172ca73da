//! Units: what a figure counts, and how a difference of two such figures is called.

use super::Word;
use std::fmt;

/// How figures of a unit behave: what they may be compared by and how they print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitKind {
    /// A percentage, shown with `%`; differences are percentage points.
    Percent,
    /// A score of 0 to 100; differences are points.
    Score100,
    /// A score of 1 to 4; differences are points.
    Score4,
    /// A plain number (persons, enterprises, an index); differences are in the same unit.
    Number,
}

/// A unit of measure by its code (`PC_IND`, `SCORE_0_100`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit {
    pub code: Word,
    /// In words, as a column head prints it: `% of individuals`.
    pub label: String,
    pub kind: UnitKind,
}

impl Unit {
    /// What follows a figure: ` %` with a no-break space, or nothing.
    pub fn suffix(&self) -> &'static str {
        match self.kind {
            UnitKind::Percent => "\u{a0}%",
            UnitKind::Score100 | UnitKind::Score4 | UnitKind::Number => "",
        }
    }

    /// What follows a difference: `pp`, `points`, or nothing.
    pub fn gap_unit(&self) -> &'static str {
        match self.kind {
            UnitKind::Percent => "pp",
            UnitKind::Score100 | UnitKind::Score4 => "points",
            UnitKind::Number => "",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}
