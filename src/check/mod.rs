//! Rules over everything that was read and made; what `factsheet check` reports and the gate of a build decides.

pub mod annotation;
pub mod consistency;
pub mod findings;
pub mod page;
pub mod publication;

pub use findings::{Findings, Judged};

use crate::diagnostic::Rule;

/// Every rule of the program, by id. The documentation is made from it.
pub static RULES: &[&Rule] = {
    use crate::{comparison, settings, source};
    &[
        &consistency::NOT_THE_MEAN,
        &consistency::MISCOUNTED,
        &comparison::claim::CONTRADICTED,
        &settings::methods::METHODS_FILE,
        &settings::methods::METHODS_COMPLETE,
        &publication::STALE,
        &publication::NO_AVERAGE,
        &publication::UNREAD,
        &publication::SILENT_SECTION,
        &publication::BAD_LINK,
        &publication::MISWORDED,
        &publication::VERDICT,
        &publication::FLAG_LOST,
        &publication::LOST_LINK,
        &settings::waivers::UNREADABLE,
        &settings::waivers::INCOMPLETE,
        &settings::waivers::EXPIRED,
        &settings::waivers::IDLE,
        &source::text::NOT_UTF8,
    ]
};

/// The rule with an id, in any case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id.eq_ignore_ascii_case(id)).copied()
}

/// The page `docs/rules.md`: every rule with its severity, its source, the reason and what to do.
pub fn documentation() -> String {
    let mut page = "# Rules\n\nWhat data can break, and what to do then. Made by `factsheet rules --markdown > docs/rules.md`; a test holds it current.\n\nAn error stops the publication, a warning is for a person to judge, a note informs.\n".to_owned();
    for rule in RULES {
        page += &format!(
            "\n## {}\n\n**{}** ({})\n\n{}\n\nSource: {}\n",
            rule.id,
            rule.title,
            rule.severity.as_str(),
            rule.explanation,
            rule.source
        );
    }
    page
}
