//! Rules over a source text as a whole: whether it is there, what it is, and what is known of it. The pipeline holds them.

use crate::diagnostic::{Rule, Severity};

pub static NO_FAMILY: Rule = Rule {
    id: "PUB001",
    severity: Severity::Error,
    title: "A source text is of a family that can be read.",
    source: "this project",
    explanation: "The text is neither a Digital Public Administration factsheet nor a progress report: it may be another document, cut short, or a PDF renamed to .txt. Give the text of the document itself.",
};

pub static NO_SOURCE: Rule = Rule {
    id: "PUB002",
    severity: Severity::Error,
    title: "Every source of seeds/sources.toml is there.",
    source: "this project",
    explanation: "Restore the file, or remove its entry.",
};

pub static NO_GEO: Rule = Rule {
    id: "PUB003",
    severity: Severity::Error,
    title: "Country and edition of a text are settled by the text or by seeds/sources.toml, and both say the same.",
    source: "this project",
    explanation: "Without them nothing can be compared. Add an entry with `geo` and `edition` to seeds/sources.toml; where text and entry differ, one of them is another document's.",
};

pub static SAME_ID: Rule = Rule {
    id: "PUB004",
    severity: Severity::Error,
    title: "No two source texts make the same publication.",
    source: "this project",
    explanation: "Two texts of one country, family and edition would overwrite each other. Leave one of them out.",
};

pub static TEXT_CHANGED: Rule = Rule {
    id: "PUB005",
    severity: Severity::Error,
    title: "Every source text is the file whose hash seeds/sources.toml records.",
    source: "this project",
    explanation: "The text changed after somebody accepted it. Look at what changed; if it is meant, record the new hash in seeds/sources.toml.",
};

pub static NOT_RECORDED: Rule = Rule {
    id: "PUB006",
    severity: Severity::Note,
    title: "A source text has its provenance in seeds/sources.toml.",
    source: "this project",
    explanation: "Publisher and rights of a text given on the command line are not known; the publication says so and is a draft. Put the text into seeds/ with an entry.",
};
