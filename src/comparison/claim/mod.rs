//! Statements of a text held against the figures of the same edition: agrees, contradicts, cannot tell.

mod figures;
mod item;
pub mod prose;
pub mod table;

pub use figures::Held;
pub use item::named;

use crate::dataset::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::settings::Methods;
use crate::vocabulary::{Figure, Geo, Indicator, Lines, Place, TimePeriod, figure};

pub static CONTRADICTED: Rule = Rule {
    id: "CLM001",
    severity: Severity::Warning,
    title: "A statement of a text agrees with the figures of the same edition",
    source: "this project",
    explanation: "The text says one thing and the figures that it speaks of say another. Nothing is corrected: both are printed with their places. Ask the author, or enter the right value with its reason in `input/corrections.csv`.",
};

/// What comes of holding a statement against figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Agrees,
    Contradicts,
    CannotTell,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Contradicts => "contradicts",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// Where a text puts a country beside the EU average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Above,
    /// `meets the average`: at it or above.
    AtLeast,
    At,
    Below,
}

impl Relation {
    /// `above`, `at`, `below` as `eif_claims` writes them.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "above" => Some(Self::Above),
            "at" => Some(Self::At),
            "below" => Some(Self::Below),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AtLeast => "at or above",
            Self::At => "at",
            Self::Below => "below",
        }
    }
}

/// What a text says of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// One of these values (`scores of 3 and 4` allows two).
    Values(Vec<Figure>),
    /// The value of a published average.
    Average(Geo, Figure),
    Relation(Relation),
    /// `sixth in the EU`.
    Rank(u32),
    /// Something that no figure can confirm: an area for improvement, a good performance.
    Words(String),
}

/// A statement on one or several indicators of the publication's country.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated<'a> {
    /// The words, as printed.
    pub statement: String,
    /// What it is about; empty where that is not among the indicators.
    pub about: Vec<&'a Indicator>,
    /// It speaks of most of them only: one verdict for all together.
    pub most: bool,
    pub said: Said,
    /// The year of the edition that the text names for its figures.
    pub edition: Option<i32>,
    pub lines: Lines,
}

/// A statement and what the figures say to it: a row of `claims`.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub statement: String,
    /// Code, or several separated by `|`; empty where the statement names none.
    pub indicator: String,
    /// Of the figure: the country, or the average that is claimed.
    pub geo: Geo,
    pub time_period: Option<TimePeriod>,
    pub claimed: String,
    pub found: String,
    pub verdict: Verdict,
    pub lines: Lines,
    pub found_place: Option<Place>,
    /// Edition of the figure; empty where there is none.
    pub edition: String,
    /// Why it cannot be told; empty otherwise.
    pub reason: String,
}

/// Holds every statement against the figures, in the order given: a row for each indicator that it is about.
pub fn claims(stated: &[Stated<'_>], held: &Held<'_>, methods: &Methods) -> Vec<Claim> {
    stated.iter().flat_map(|s| if s.most { vec![judge_most(s, held, methods)] } else { judge_each(s, held, methods) }).collect()
}

fn judge_each(stated: &Stated<'_>, held: &Held<'_>, methods: &Methods) -> Vec<Claim> {
    if stated.about.is_empty() {
        return vec![Claim { reason: "no indicator of this name".to_owned(), ..blank(stated, held) }];
    }
    stated.about.iter().map(|i| judge(stated, i, held, methods)).collect()
}

/// "Almost all": more than half of those that can be told.
fn judge_most(stated: &Stated<'_>, held: &Held<'_>, methods: &Methods) -> Claim {
    let each = judge_each(stated, held, methods);
    let with = |verdict| each.iter().filter(|c| c.verdict == verdict).count();
    let (yes, no) = (with(Verdict::Agrees), with(Verdict::Contradicts));
    let verdict = match yes.cmp(&no) {
        _ if yes + no == 0 => Verdict::CannotTell,
        std::cmp::Ordering::Greater => Verdict::Agrees,
        std::cmp::Ordering::Less => Verdict::Contradicts,
        std::cmp::Ordering::Equal => Verdict::CannotTell,
    };
    let reason = if verdict == Verdict::CannotTell { "as many agree as contradict" } else { "" };
    let first = each.iter().find(|c| c.found_place.is_some());
    Claim {
        indicator: each.iter().map(|c| c.indicator.as_str()).collect::<Vec<_>>().join("|"),
        time_period: first.and_then(|c| c.time_period),
        edition: first.map_or_else(String::new, |c| c.edition.clone()),
        found: format!("{yes} of {}", yes + no),
        found_place: first.and_then(|c| c.found_place.clone()),
        verdict,
        reason: reason.to_owned(),
        ..blank(stated, held)
    }
}

fn blank(stated: &Stated<'_>, held: &Held<'_>) -> Claim {
    let claimed = match &stated.said {
        Said::Values(values) => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
        Said::Average(geo, value) => format!("{} average {value}", geo.name()),
        Said::Relation(relation) => format!("{} the EU average", relation.as_str()),
        Said::Rank(rank) => format!("rank {rank}"),
        Said::Words(words) => words.clone(),
    };
    Claim {
        statement: stated.statement.clone(),
        indicator: String::new(),
        geo: match stated.said {
            Said::Average(geo, _) => geo,
            Said::Values(_) | Said::Relation(_) | Said::Rank(_) | Said::Words(_) => held.geo,
        },
        time_period: None,
        claimed,
        found: String::new(),
        verdict: Verdict::CannotTell,
        lines: stated.lines,
        found_place: None,
        edition: String::new(),
        reason: String::new(),
    }
}

fn judge(stated: &Stated<'_>, indicator: &Indicator, held: &Held<'_>, methods: &Methods) -> Claim {
    let base = Claim { indicator: indicator.code.to_string(), ..blank(stated, held) };
    let observation = match held.find(indicator, base.geo, stated.edition) {
        Ok(observation) => observation,
        Err(reason) => return Claim { reason: held.with_later(indicator, base.geo, &reason), ..base },
    };
    let mut claim = Claim {
        time_period: Some(observation.time_period),
        edition: observation.edition.to_string(),
        found_place: Some(observation.place.clone()),
        ..base
    };
    let Some(found) = observation.obs_value.figure() else {
        let reason = format!("no value for {} in the edition {}", observation.time_period.printed(), observation.edition);
        claim.reason = held.with_later(indicator, claim.geo, &reason);
        return claim;
    };
    let shown = found.with_decimals(found.decimals().min(indicator.decimals));
    claim.found = shown.to_string();
    let told = |agrees| if agrees { Verdict::Agrees } else { Verdict::Contradicts };
    match &stated.said {
        Said::Values(values) => claim.verdict = told(values.iter().any(|v| either_way(found.value(), *v))),
        Said::Average(_, value) => claim.verdict = told(either_way(found.value(), *value)),
        Said::Relation(relation) => {
            let Some((geo, average)) = held.average(indicator, observation) else {
                claim.reason = "no average of the same edition and period".to_owned();
                return claim;
            };
            claim.found = format!("{shown}, {} average {}", geo.name(), average.with_decimals(average.decimals().min(indicator.decimals)));
            claim.verdict = beside(*relation, found.value() - average.value(), indicator, average, methods);
            if claim.verdict == Verdict::CannotTell {
                claim.reason = "the average is rounded, a difference within its step does not show".to_owned();
            }
        }
        Said::Rank(rank) => {
            let ranks = held.ranks(indicator, observation);
            claim.found = ranks.iter().map(|r| format!("rank {} of {}", r.rank, r.of)).collect::<Vec<_>>().join(", ");
            claim.verdict = told(ranks.iter().any(|r| r.rank == *rank));
        }
        Said::Words(_) => claim.reason = "no figure confirms these words".to_owned(),
    }
    claim
}

/// Factsheets round twice: the file's value to one decimal, then to an integer. A printed number agrees if either way gives it.
pub fn either_way(value: f64, printed: Figure) -> bool {
    let decimals = printed.decimals();
    let printed = figure::round(printed.value(), decimals);
    figure::round(value, decimals) == printed || figure::round(figure::round(value, decimals.max(1)), decimals) == printed
}

/// A gap within half the step of the average says nothing about above and below; `at` allows the unit's band besides.
fn beside(relation: Relation, gap: f64, indicator: &Indicator, average: Figure, methods: &Methods) -> Verdict {
    let blur = super::gap::step(average.decimals()) / 2.0;
    let hidden = gap.abs() <= blur;
    match relation {
        Relation::Above | Relation::Below if hidden => Verdict::CannotTell,
        Relation::Above if gap > 0.0 => Verdict::Agrees,
        Relation::Below if gap < 0.0 => Verdict::Agrees,
        Relation::AtLeast if gap >= -blur - 5e-13 => Verdict::Agrees,
        Relation::At if gap.abs() <= blur.max(super::gap::own_band(indicator.unit.kind, methods)) + 5e-13 => Verdict::Agrees,
        Relation::Above | Relation::AtLeast | Relation::At | Relation::Below => Verdict::Contradicts,
    }
}

/// What contradicts, with both places; `file` is the name of the text.
pub fn diagnostics(claims: &[Claim], file: &str) -> Vec<Diagnostic> {
    let contradicted = claims.iter().filter(|c| c.verdict == Verdict::Contradicts);
    contradicted
        .map(|c| {
            let place = c.found_place.as_ref().map_or_else(String::new, |p| format!(" at {p}"));
            let expected = format!("{} for {} in the figures{place}", c.found, c.indicator);
            let help = "ask the author which is right; both are printed with their places";
            Diagnostic::new(&CONTRADICTED, Place::lines(file, c.lines), expected, format!("{}: {}", c.claimed, c.statement), help)
        })
        .collect()
}

const COLUMNS: &[Column] = &[
    column("statement", ColumnType::Text, "what the text says, as printed"),
    column("indicator", ColumnType::Text, "code of the indicator it is about, several separated by |"),
    column("geo", ColumnType::Text, "country or average of the figure, Eurostat code"),
    column("time_period", ColumnType::Text, "period of the figure"),
    column("claimed", ColumnType::Text, "what the text gives"),
    column("found", ColumnType::Text, "what the figures give"),
    column("verdict", ColumnType::Text, "agrees, contradicts or cannot tell"),
    LINE_START,
    LINE_END,
    column("found_location", ColumnType::Text, "file and cell or line of the figure"),
    column("edition", ColumnType::Text, "edition of the figure"),
    column("reason", ColumnType::Text, "why it cannot be told"),
];

impl Record for Claim {
    const SCHEMA: Schema = Schema {
        name: "claims",
        title: "Claims",
        row: "a statement of the text that figures can confirm",
        columns: COLUMNS,
        key: &["line_start", "indicator", "geo", "claimed"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.statement),
            Value::text(&self.indicator),
            Value::text(self.geo.code()),
            self.time_period.map_or(Value::Missing, |p| Value::text(p.to_string())),
            Value::text(&self.claimed),
            Value::text(&self.found),
            Value::text(self.verdict.as_str()),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            self.found_place.as_ref().map_or(Value::Missing, |p| Value::text(p.to_string())),
            Value::text(&self.edition),
            Value::text(&self.reason),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
