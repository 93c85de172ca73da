//! Whether a publication shows something of every source that its entry names.

use crate::dataset::Observation;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::settings::{self, Settings};
use crate::source::Origin;
use crate::vocabulary::TimePeriod;
use std::collections::BTreeMap;

pub static NOTHING_SHOWN: Rule = Rule {
    id: "PUB059",
    severity: Severity::Warning,
    title: "A publication shows figures of every source that its cut-offs name.",
    source: "this project",
    explanation: "The entry in seeds/sources.toml says up to which edition or period a source may be shown, and the source has nothing that \
                  old: its chapter would be missing without a word. As a rule the file in input/ was replaced and its `edition` in \
                  input/sources.toml is not that of the file, or the cut-off is to be moved.",
};

/// Looks for sources with a cut-off of which nothing is `shown` although the file gave figures. `list` is the text of seeds/sources.toml.
pub fn check(origin: &Origin, shown: &[Observation], all: &[Observation], settings: &Settings, list: &str) -> Vec<Diagnostic> {
    const LIST: &str = "seeds/sources.toml";
    let place = || settings::entry(LIST, list, "id", &origin.id);
    let mut found = Vec::new();
    for (id, cut) in &origin.cut_off {
        if !settings.inputs.iter().any(|input| input.id == *id) {
            let known: Vec<&str> = settings.inputs.iter().map(|input| input.id.as_str()).collect();
            let help = format!("the sources are {}", known.join(", "));
            found.push(Diagnostic::new(&NOTHING_SHOWN, place(), "a source of input/sources.toml", format!("`{id}`"), help));
            continue;
        }
        if shown.iter().any(|o| o.source == *id) {
            continue;
        }
        let mut editions: BTreeMap<&str, TimePeriod> = BTreeMap::new();
        for o in all.iter().filter(|o| o.source == *id) {
            let first = editions.entry(&o.edition).or_insert(o.time_period);
            *first = o.time_period.min(*first);
        }
        if !editions.is_empty() {
            let expected = format!("figures of {id} no newer than {cut}, for {}", origin.id);
            let there =
                editions.iter().map(|(edition, first)| format!("edition {edition}, from {first} on")).collect::<Vec<_>>().join("; ");
            let help = "correct `edition` of the source in input/sources.toml, or the cut-off of the publication here";
            found.push(Diagnostic::new(&NOTHING_SHOWN, place(), expected, format!("none: the file has {there}"), help));
        }
    }
    found
}
