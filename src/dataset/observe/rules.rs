//! The rules that figures can break on their way to observations.

use crate::diagnostic::{Rule, Severity};

pub static UNKNOWN_GEO: Rule = Rule {
    id: "FIG004",
    severity: Severity::Error,
    title: "A country or aggregate is one that Eurostat or the Commission codes.",
    source: "Eurostat, geographical codes (Statistics Explained)",
    explanation: "A figure of a country that is not known would be lost. Correct the code or name; where it is right, add it to the vocabulary.",
};

pub static UNKNOWN_PERIOD: Rule = Rule {
    id: "FIG005",
    severity: Severity::Error,
    title: "A time period is a year, half-year, quarter, month or two years together.",
    source: "SDMX, time period",
    explanation: "Read are 2021, 2021-S1, 2021-Q1, 2021-01 and 2020-2021.",
};

pub static UNKNOWN_FLAG: Rule = Rule {
    id: "FIG006",
    severity: Severity::Error,
    title: "A flag is one of Eurostat's lists.",
    source: "Eurostat, observation and confidentiality status, in force since 27 January 2025",
    explanation: "Flags say how far a figure can be trusted; one that is not known cannot be printed.",
};

pub static UNIT_DIFFERS: Rule = Rule {
    id: "FIG007",
    severity: Severity::Error,
    title: "The unit of a source is one that its indicator declares.",
    source: "this project",
    explanation: "A share read as a percentage is a hundred times too small. Add the unit with its factor to `from_unit` in indicators.toml, or select another series.",
};

pub static OTHER_UNIT: Rule = Rule {
    id: "FIG021",
    severity: Severity::Note,
    title: "Figures in a unit that an indicator does not declare are left out where it has others in one that it does.",
    source: "this project",
    explanation: "Publishers give a series in several units, and an indicator shows one. A single row in a unit of its own may be a slip: correct it, add the unit with its factor to `from_unit`, or name the unit in the indicator's `select` to leave the others out without a word.",
};

pub static OUT_OF_RANGE: Rule = Rule {
    id: "FIG008",
    severity: Severity::Error,
    title: "A value lies in the range that its indicator declares.",
    source: "this project",
    explanation: "A percentage above 100 or a score outside its scale is a slip, or the wrong unit. Correct the cell, or the `valid_range` in indicators.toml.",
};

pub static TWO_VALUES: Rule = Rule {
    id: "FIG009",
    severity: Severity::Error,
    title: "A key has one value.",
    source: "this project",
    explanation: "The same indicator, country, period, unit, breakdown and edition stands twice with different values. Remove one, select one series more narrowly in indicators.toml, or list the other as an alternative.",
};

pub static NOTHING_READ: Rule = Rule {
    id: "FIG010",
    severity: Severity::Warning,
    title: "Every indicator finds figures in its sources.",
    source: "this project",
    explanation: "An indicator without figures leaves its chart empty. Check its `select` and `sources` in indicators.toml against the file.",
};

pub static SEVERAL_BREAKDOWNS: Rule = Rule {
    id: "FIG014",
    severity: Severity::Error,
    title: "An indicator is read from one breakdown of a source.",
    source: "this project",
    explanation: "Men and women, or small and large enterprises, cannot stand in one series. Name the dimension in the indicator's `select` in indicators.toml.",
};

pub static HASH_DIFFERS: Rule = Rule {
    id: "FIG011",
    severity: Severity::Error,
    title: "Every input is the file whose hash sources.toml records.",
    source: "this project",
    explanation: "The file changed after somebody accepted it. Look at what changed; if it is meant, record it with `factsheet inputs --accept`.",
};

pub static NO_FILE: Rule = Rule {
    id: "FIG012",
    severity: Severity::Error,
    title: "Every source of input/sources.toml is there.",
    source: "this project",
    explanation: "Restore the file, or remove its entry.",
};
