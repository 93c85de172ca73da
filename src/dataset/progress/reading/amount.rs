//! Quantities: numbers with a meaning in the report's running text.
use crate::dataset::Quantity;
use crate::document::progress::Brochure;
use crate::source::Text;
pub fn quantities(_brochure: &Brochure, _text: &Text) -> Vec<Quantity> {
    Vec::new()
}
