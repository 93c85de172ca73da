//! Level and change together: every Member State's class, as formulas over the cut-offs.

use crate::writer::theme::Rgb;

/// Fills behind class words in the working profile: light enough for ink, and never without the word.
pub(super) const COLORS: &[(&str, Rgb)] = &[
    ("best performers", Rgb(0xb5, 0xca, 0xdd)),
    ("better than average", Rgb(0xdc, 0xe6, 0xf0)),
    ("good but to monitor", Rgb(0xe9, 0xef, 0xf5)),
    ("on average", Rgb(0xf4, 0xf4, 0xf4)),
    ("weak but improving", Rgb(0xfb, 0xef, 0xe6)),
    ("to watch", Rgb(0xf8, 0xdf, 0xcd)),
    ("critical situation", Rgb(0xf0, 0xc3, 0xa5)),
];
