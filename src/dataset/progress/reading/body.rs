//! Organisations and people.
use crate::dataset::{Organisation, Person};
use crate::document::progress::Brochure;
use crate::source::Text;
pub fn bodies(_brochure: &Brochure, _text: &Text) -> (Vec<Organisation>, Vec<Person>) {
    (Vec::new(), Vec::new())
}
