//! Family `progress`: a national progress report as a text extractor left it, columns interleaved, labels after what they label.

pub mod line;

pub use line::Passage;

use crate::diagnostic::Checked;
use crate::source::Text;

/// A progress report by its shape.
#[derive(Clone, Debug, Default)]
pub struct Brochure {}

/// Whether a text is of this family, by its content.
pub fn is(text: &Text) -> bool {
    let stages = text.lines().filter(|(n, _)| line::stage(line::trimmed(text, *n)).is_some()).count();
    let years = text.lines().filter(|(n, _)| line::year(line::trimmed(text, *n)).is_some()).count();
    stages >= 3 && years >= 3
}

/// Reads the shape of a progress report; `None` if the text is not of this family.
pub fn read(text: &Text) -> Checked<Option<Brochure>> {
    Checked::ok(is(text).then(Brochure::default))
}
