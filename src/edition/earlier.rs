//! The observations of an edition that was written before, from its files: what new files are held against.

use super::content::{Content, Frame};
use super::replace::Folder;
use super::{MANIFEST, Manifest};
use crate::dataset::Observation;
use crate::dataset::integrity::Moved;
use crate::settings::revisions::{self, Revision};
use crate::source::Origin;
use crate::vocabulary::{Figure, Flags, Geo, Missing, ObsValue, Place, Spot, TimePeriod};
use std::collections::{BTreeMap, BTreeSet};

/// An edition as far as its figures go.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Those that any of its publications shows, once each.
    pub observations: Vec<Observation>,
    /// SHA-256 of what it was made from.
    pub inputs: BTreeMap<String, String>,
}

/// Reads the observations of an output folder; `None` where it holds no edition with data.
pub fn read(folder: &dyn Folder, origins: &[Origin]) -> Option<Earlier> {
    let manifest = Manifest::read(&folder.read(MANIFEST).ok()?)?;
    let mut files = BTreeMap::new();
    for publication in manifest.publications() {
        let name = format!("{publication}/data/observations.csv");
        if let Ok(bytes) = folder.read(&name) {
            files.insert(name, bytes);
        }
    }
    let observations = observations(&Content::read(&files), origins);
    let inputs = manifest.builds().flat_map(|build| build.inputs.clone()).collect();
    (!observations.is_empty()).then_some(Earlier { observations, inputs })
}

/// The observations of all publications, once each, sorted by their keys. Rows that this version cannot read are left out.
pub fn observations(content: &Content, origins: &[Origin]) -> Vec<Observation> {
    let mut found = BTreeMap::new();
    for frame in content.publications.values().filter_map(|datasets| datasets.get("observations")) {
        for row in &frame.rows {
            if let Some(o) = observation(frame, row, origins) {
                let key = (o.indicator.clone(), o.geo, o.time_period, o.unit.clone(), o.breakdown.clone(), o.edition.clone());
                found.entry(key).or_insert(o);
            }
        }
    }
    found.into_values().collect()
}

fn observation(frame: &Frame, row: &[String], origins: &[Origin]) -> Option<Observation> {
    let cell = |column: &str| frame.cell(row, column);
    let printed = cell("obs_value");
    let decimals = printed.split_once('.').map_or(0, |(_, part)| part.len());
    let figure = printed.parse().ok().and_then(|value| Figure::new(value, u8::try_from(decimals).unwrap_or(u8::MAX)));
    let source = cell("source").to_owned();
    let file = origins.iter().find(|o| o.id == source).map_or_else(|| source.clone(), |o| format!("input/{}", o.file));
    Some(Observation {
        indicator: cell("indicator").into(),
        geo: Geo::parse(cell("geo"))?,
        time_period: TimePeriod::parse(cell("time_period"))?,
        unit: cell("unit").into(),
        breakdown: cell("breakdown").into(),
        edition: cell("edition").into(),
        obs_value: figure.map_or(ObsValue::Missing(Missing::NotAvailable), ObsValue::Figure),
        flags: Flags::parse(&format!("{}{}", cell("obs_status"), cell("conf_status"))).unwrap_or_default(),
        flags_known: cell("flags_known") == "true",
        alternatives: cell("alternatives").split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
        note: cell("note").into(),
        source: source.into(),
        place: Place { file: file.into(), spot: spot(cell("location")) },
        as_printed: printed.into(),
        corrected: false,
    })
}

/// `Sheet 1!D14`, `112` as the column `location` prints them.
fn spot(location: &str) -> Spot {
    match location.rsplit_once('!') {
        Some((sheet, cell)) => Spot::Cell { sheet: sheet.into(), cell: cell.into() },
        None => location.parse().map_or(Spot::File, |line| Spot::Lines(crate::vocabulary::Lines::one(line))),
    }
}

/// What moved, as `input/revisions.csv` lists it: figures that had a value and have another one now, each key once.
pub fn revisions(moved: &[Moved<'_>], today: &str) -> Vec<Revision> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (line, Moved { before, after }) in (2..).zip(moved) {
        let Some(after) = after else { continue };
        let (Some(old), Some(new)) = (before.obs_value.figure(), after.obs_value.figure()) else { continue };
        let key = (&after.indicator, after.geo, after.time_period, &after.unit, &after.breakdown, &after.edition);
        if seen.insert(key) {
            found.push(Revision {
                indicator: after.indicator.to_string(),
                geo: after.geo.code().to_owned(),
                time_period: after.time_period.to_string(),
                unit: after.unit.to_string(),
                breakdown: after.breakdown.to_string(),
                edition: after.edition.to_string(),
                before: old.value().to_string(),
                after: new.value().to_string(),
                source: after.source.to_string(),
                location_before: before.place.location(),
                location: after.place.location(),
                revised: today.to_owned(),
                place: Place::lines(revisions::FILE, crate::vocabulary::Lines::one(line)),
            });
        }
    }
    found
}
