//! Rules over everything that was read and made; what `factsheet check` reports and the gate of a build decides.

pub mod annotation;
pub mod consistency;
pub mod cut_off;
pub mod findings;
pub mod page;
pub mod publication;
pub mod text;
pub mod written;

pub use findings::{Findings, Judged};

use crate::diagnostic::Rule;
use std::sync::LazyLock;

/// Every rule of the program, by id. The documentation is made from it.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    use crate::writer::pdf;
    let mut rules: Vec<&'static Rule> = SINGLE.iter().chain(pdf::RULES).copied().collect();
    rules.sort_by_key(|rule| rule.id);
    rules
});

/// The rules that are not in a list of their own.
static SINGLE: &[&Rule] = {
    use crate::{comparison, dataset, document, settings, source, writer};
    &[
        &comparison::claim::CONTRADICTED,
        &consistency::NOT_THE_MEAN,
        &consistency::MISCOUNTED,
        &document::dpa::NO_COUNTRY,
        &document::dpa::NO_EDITION,
        &document::dpa::CHAPTER_MISSING,
        &document::dpa::SECTION_ORDER,
        &dataset::dpa::benchmark::LOST_ROW,
        &dataset::dpa::benchmark::DISPLACED,
        &dataset::dpa::benchmark::TABLE_VALUE,
        &dataset::dpa::eu_acts::SWAPPED,
        &dataset::dpa::TOO_LONG,
        &dataset::dpa::ledger::UNREAD,
        &document::figures::NO_FIGURES,
        &document::figures::SHEET_LAYOUT,
        &document::figures::NOT_A_FIGURE,
        &dataset::observe::UNKNOWN_GEO,
        &dataset::observe::UNKNOWN_PERIOD,
        &dataset::observe::UNKNOWN_FLAG,
        &dataset::observe::UNIT_DIFFERS,
        &dataset::observe::OTHER_UNIT,
        &dataset::observe::OUT_OF_RANGE,
        &dataset::observe::TWO_VALUES,
        &dataset::observe::NOTHING_READ,
        &dataset::observe::HASH_DIFFERS,
        &dataset::observe::NO_FILE,
        &document::figures::NOT_UTF8,
        &dataset::observe::SEVERAL_BREAKDOWNS,
        &dataset::correct::CORRECTED,
        &dataset::integrity::PERIOD_MISSING,
        &dataset::integrity::AVERAGE_MISSING,
        &dataset::integrity::OTHER_UNION,
        &dataset::integrity::FIGURE_MOVED,
        &dataset::observe::targets::TARGET_DIFFERS,
        &dataset::observe::targets::TARGET_NOT_LISTED,
        &document::progress::NO_AREA,
        &dataset::progress::reading::country::COUNTRY_NOT_SETTLED,
        &dataset::progress::reading::country::EDITION_NOT_SETTLED,
        &dataset::progress::reading::LINE_NOT_READ,
        &dataset::progress::reading::LABEL_WITHOUT_TEXT,
        &text::NO_FAMILY,
        &text::NO_SOURCE,
        &text::NO_GEO,
        &text::SAME_ID,
        &text::TEXT_CHANGED,
        &text::NOT_RECORDED,
        &cut_off::NOTHING_SHOWN,
        &publication::STALE,
        &publication::NO_AVERAGE,
        &publication::SILENT_SECTION,
        &publication::BAD_LINK,
        &publication::MISWORDED,
        &publication::VERDICT,
        &publication::FLAG_LOST,
        &publication::LOST_LINK,
        &written::NOT_READABLE,
        &settings::NOT_TOML,
        &settings::NO_SETTINGS,
        &settings::sources::SOURCE_ENTRY,
        &settings::indicators::INDICATOR_ENTRY,
        &settings::corrections::CORRECTION_LINE,
        &settings::corrections::CORRECTION_STALE,
        &settings::revisions::REVISION_LINE,
        &settings::revisions::REVISION_STALE,
        &settings::methods::METHODS_FILE,
        &settings::methods::METHODS_COMPLETE,
        &settings::waivers::UNREADABLE,
        &settings::waivers::INCOMPLETE,
        &settings::waivers::EXPIRED,
        &settings::waivers::IDLE,
        &source::text::NOT_UTF8,
        &source::workbook::UNREADABLE,
        &source::workbook::TOO_LARGE,
        &writer::xlsx::TEXT_TOO_LONG,
        &writer::xlsx::CONTROL_CHARACTERS,
        &writer::xlsx::ADDRESS_NOT_LINKED,
        &writer::xlsx::TOO_MANY_ROWS,
        &writer::xlsx::accessibility::READABLE,
        &writer::xlsx::accessibility::TABLES,
        &writer::xlsx::accessibility::TABLE_NAMES,
        &writer::xlsx::accessibility::MERGED,
        &writer::xlsx::accessibility::BLANK,
        &writer::xlsx::accessibility::HEADS,
        &writer::xlsx::accessibility::BELOW,
        &writer::xlsx::accessibility::WRAPPED,
        &writer::xlsx::accessibility::SHEET_NAMES,
        &writer::xlsx::accessibility::HIDDEN,
        &writer::xlsx::accessibility::TITLES,
        &writer::xlsx::accessibility::PICTURES,
        &writer::xlsx::accessibility::PROPERTIES,
        &writer::xlsx::accessibility::FROZEN,
        &writer::xlsx::accessibility::LINKS,
        &writer::xlsx::accessibility::CURSOR,
        &writer::xlsx::accessibility::EMPTY_CELLS,
    ]
};

/// The rule with an id, in any case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id.eq_ignore_ascii_case(id)).copied()
}

/// The page `docs/rules.md`: every rule with its severity, its source, the reason and what to do.
pub fn documentation() -> String {
    let mut page = "# Rules\n\nWhat data can break, and what to do then. Made by `factsheet rules --markdown > docs/rules.md`; a test holds it current.\n\nAn error stops the publication, a warning is for a person to judge, a note informs.\n".to_owned();
    for rule in RULES.iter() {
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
