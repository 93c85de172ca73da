//! What a publication may show: nothing newer than its edition, source by source.

use super::Settings;
use crate::source::{Origin, origin::CutBy};
use std::collections::BTreeMap;

/// The newest that may be shown of one source, by the last year that its name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// An edition of that year: `2022`, `EIF_MM_2021`.
    Edition(i32),
    /// A period that ends in that year.
    Period(i32),
}

/// The cut of every source that a publication shows; a source that is not named is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutOffs {
    pub by_source: BTreeMap<String, Cut>,
}

impl Settings {
    /// The cut-offs of a publication: those of its entry in `sources.toml`; where it has none, its edition less the lag
    /// that every input declares.
    pub fn cut_offs(&self, publication: Option<&Origin>, edition: &str) -> CutOffs {
        let named = publication.map(|origin| &origin.cut_off).filter(|cut_off| !cut_off.is_empty());
        let by_source = self.inputs.iter().filter_map(|input| {
            let year = match named {
                Some(cut_off) => last_year(cut_off.get(&input.id)?)?,
                None => last_year(edition)? - i32::from(input.lag),
            };
            let cut = match input.cut_by {
                CutBy::Edition => Cut::Edition(year),
                CutBy::Period => Cut::Period(year),
            };
            Some((input.id.clone(), cut))
        });
        CutOffs { by_source: by_source.collect() }
    }
}

/// The last four digits in a row that make a year: `EIF_MM_2021` 2021, `2020-2021` 2021.
pub fn last_year(text: &str) -> Option<i32> {
    let mut digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    digits.next_back()?.parse().ok()
}
