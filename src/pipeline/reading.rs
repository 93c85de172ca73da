//! The texts of a request, read and typed; and countries without a text, which have their figures alone.

use super::Request;
use crate::check::text::{NO_FAMILY, NO_GEO, NO_SOURCE, NOT_RECORDED, SAME_ID, TEXT_CHANGED};
use crate::dataset::dpa::DpaDatasets;
use crate::dataset::progress::ProgressDatasets;
use crate::dataset::{Observation, correct, observation};
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{dpa, progress as brochure};
use crate::settings::{Corrections, Settings};
use crate::source::origin::Status;
use crate::source::{Origin, Source, Text};
use crate::vocabulary::{Geo, Place};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A text that was read.
pub(super) struct Reading {
    pub(super) id: String,
    pub(super) geo: Geo,
    pub(super) country: String,
    pub(super) edition: String,
    pub(super) origin: Origin,
    pub(super) text: Option<Text>,
    pub(super) data: Data,
}

pub(super) enum Data {
    Dpa(Box<DpaDatasets>),
    Progress(Box<ProgressDatasets>),
    Figures,
}

/// The entry of `sources.toml`, for texts that have one.
pub(super) fn recorded(reading: &Reading) -> Option<&Origin> {
    Some(&reading.origin).filter(|o| !o.cut_off.is_empty())
}

pub(super) fn readings(files: &BTreeMap<String, Vec<u8>>, request: &Request, settings: &Settings) -> Checked<Vec<Reading>> {
    let wanted: Vec<(String, Option<&Origin>)> = if request.sources.is_empty() {
        settings.seeds.iter().map(|o| (format!("seeds/{}", o.file), Some(o))).collect()
    } else {
        let entry = |name: &str| settings.seeds.iter().find(|o| format!("seeds/{}", o.file) == name);
        request.sources.iter().map(|name| (name.clone(), entry(name))).collect()
    };
    let parts: Vec<Checked<Option<Reading>>> =
        wanted.par_iter().map(|(name, origin)| read(files, name, *origin, &settings.corrections)).collect();
    let mut diagnostics = Vec::new();
    let mut value: Vec<Reading> = parts.into_iter().filter_map(|part| part.into_value(&mut diagnostics)).collect();
    value.sort_by(|a, b| a.id.cmp(&b.id));
    Checked { value, diagnostics }
}

fn read(files: &BTreeMap<String, Vec<u8>>, name: &str, origin: Option<&Origin>, corrections: &Corrections) -> Checked<Option<Reading>> {
    let mut diagnostics = Vec::new();
    let value = read_text(files, name, origin, corrections, &mut diagnostics);
    Checked { value, diagnostics }
}

fn read_text(
    files: &BTreeMap<String, Vec<u8>>,
    name: &str,
    origin: Option<&Origin>,
    corrections: &Corrections,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Reading> {
    let Some(bytes) = files.get(name) else {
        diagnostics.push(Diagnostic::new(
            &NO_SOURCE,
            Place::file(name),
            "the file",
            "none",
            "restore the file, or remove its entry from seeds/sources.toml",
        ));
        return None;
    };
    let source = Source::new(name, origin.cloned(), bytes.clone());
    if let Some(origin) = origin
        && origin.sha256 != source.sha256
    {
        let help = "look at what changed; if it is meant: factsheet inputs --accept";
        diagnostics.push(Diagnostic::new(
            &TEXT_CHANGED,
            Place::file(name),
            format!("SHA-256 {}", if origin.sha256.is_empty() { "in its entry" } else { &origin.sha256 }),
            source.sha256.clone(),
            help,
        ));
    }
    let mut text = Text::decode(&source).into_value(diagnostics)?;
    diagnostics.extend(correct::text(&mut text, corrections));
    let (geo, country, edition, title, data) = if dpa::is(&text) {
        let factsheet = dpa::read(&text).into_value(diagnostics)?;
        let data = DpaDatasets::of(&factsheet, &text).into_value(diagnostics);
        diagnostics.extend(correct::values(None, name, corrections));
        (Some(data.geo), data.country.clone(), data.edition.clone(), data.title.clone(), Data::Dpa(Box::new(data)))
    } else if brochure::is(&text) {
        let report = brochure::read(&text).into_value(diagnostics)?;
        let mut data = ProgressDatasets::of(&report, &text).into_value(diagnostics);
        diagnostics.extend(correct::values(Some(&mut data), name, corrections));
        (data.geo, data.country.clone(), data.edition.clone(), data.title.clone(), Data::Progress(Box::new(data)))
    } else {
        let found = text.lines().map(|(_, line)| line.trim()).find(|l| !l.is_empty()).unwrap_or("an empty file");
        let found: String = found.chars().take(60).collect();
        diagnostics.push(Diagnostic::new(
            &NO_FAMILY,
            Place::file(name),
            "the text of a Digital Public Administration factsheet or of a progress report",
            format!("a text that begins `{found}`"),
            "give the text of the document itself, whole and as UTF-8",
        ));
        return None;
    };
    if let Some(origin) = origin {
        let of_entry = Geo::parse(&origin.geo).filter(|of_entry| geo.is_some_and(|of_text| of_text != *of_entry));
        let other_geo = geo.zip(of_entry).map(|(text, entry)| ("country", text.name().to_owned(), entry.name().to_owned()));
        let other_edition = !edition.is_empty() && !origin.edition.is_empty() && edition != origin.edition;
        let other_edition = other_edition.then(|| ("edition", edition.clone(), origin.edition.clone()));
        diagnostics.extend([other_geo, other_edition].into_iter().flatten().map(|(what, text, entry)| {
            let help = "correct the entry in seeds/sources.toml, or put the right text in place";
            let (expected, found) = (format!("the {what} that the text names, {text}"), format!("{entry} in its entry"));
            Diagnostic::new(&NO_GEO, Place::file(name), expected, found, help)
        }));
    }
    // What sources.toml says settles what the text leaves open.
    let geo = geo.or_else(|| origin.and_then(|o| Geo::parse(&o.geo)));
    let edition = if edition.is_empty() { origin.map_or_else(String::new, |o| o.edition.clone()) } else { edition };
    let (Some(geo), false) = (geo, edition.is_empty()) else {
        diagnostics.push(Diagnostic::new(
            &NO_GEO,
            Place::file(name),
            "a country and an edition",
            "not both",
            "add an entry with geo and edition to seeds/sources.toml",
        ));
        return None;
    };
    let country = if country.is_empty() { geo.name().to_owned() } else { country };
    let family = match data {
        Data::Dpa(_) => "dpa",
        Data::Progress(_) => "progress",
        Data::Figures => "figures",
    };
    let id = format!("{}-{family}-{edition}", geo.code().to_lowercase());
    let origin = origin.cloned().unwrap_or_else(|| {
        diagnostics.push(Diagnostic::new(
            &NOT_RECORDED,
            Place::file(name),
            "an entry in seeds/sources.toml",
            "none",
            "put the text into seeds/ with an entry before you publish",
        ));
        unrecorded(name, &id, family, geo, &edition, &title, source.sha256.clone())
    });
    Some(Reading { id, geo, country, edition, origin, text: Some(text), data })
}

/// The provenance of a text that nobody recorded: what its content says, a draft.
fn unrecorded(name: &str, id: &str, family: &str, geo: Geo, edition: &str, title: &str, sha256: String) -> Origin {
    Origin {
        file: name.to_owned(),
        id: id.to_owned(),
        publisher: "not recorded".to_owned(),
        title: format!("{title}, {}", geo.name()),
        edition: edition.to_owned(),
        family: family.to_owned(),
        geo: geo.code().to_owned(),
        language: "en".to_owned(),
        rights: "not recorded".to_owned(),
        obtained: String::new(),
        sha256,
        accepted: String::new(),
        status: Status::Draft,
        published: String::new(),
        cut_off: BTreeMap::new(),
        cut_by: crate::source::origin::CutBy::Edition,
        lag: 0,
    }
}

/// A publication of figures alone for every country that has some and no text, in the edition of the newest factsheet.
pub(super) fn add_countries(readings: &mut Vec<Reading>, observations: &[Observation], settings: &Settings) {
    let factsheets = settings.seeds.iter().filter(|o| o.family == "dpa");
    let Some(model) = factsheets.max_by(|a, b| a.edition.cmp(&b.edition)) else { return };
    let cut_offs = settings.cut_offs(Some(model), &model.edition);
    let shown = observation::select(observations, &cut_offs);
    let with_figures: BTreeSet<Geo> =
        shown.iter().filter(|o| o.obs_value.figure().is_some()).map(|o| o.geo).filter(|g| !g.is_aggregate()).collect();
    for geo in with_figures {
        if readings.iter().any(|r| r.geo == geo && matches!(r.data, Data::Dpa(_))) {
            continue;
        }
        let id = format!("{}-figures-{}", geo.code().to_lowercase(), model.edition);
        let mut origin = unrecorded("", &id, "figures", geo, &model.edition, "", String::new());
        origin.status = model.status;
        origin.published.clone_from(&model.published);
        origin.cut_off.clone_from(&model.cut_off);
        readings.push(Reading {
            id,
            geo,
            country: geo.name().to_owned(),
            edition: model.edition.clone(),
            origin,
            text: None,
            data: Data::Figures,
        });
    }
    readings.sort_by(|a, b| a.id.cmp(&b.id));
}

pub(super) fn refuse_doubles(readings: &mut Vec<Reading>, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    readings.retain(|reading| {
        let file = reading.text.as_ref().map_or_else(String::new, |t| t.name.clone());
        match seen.get(&reading.id) {
            Some(first) => {
                let found = format!("{} from {first} and from {file}", reading.id);
                diagnostics.push(Diagnostic::new(
                    &SAME_ID,
                    Place::file(&file),
                    "one text for a publication",
                    found,
                    "leave one of them out",
                ));
                false
            }
            None => {
                seen.insert(reading.id.clone(), file);
                true
            }
        }
    });
}
