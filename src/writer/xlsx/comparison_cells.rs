//! The cells of a comparison: values as numbers, derived columns as formulas with our own result beside them.
//!
//! A formula is written only where it gives what the comparison says; elsewhere the value stands alone.

use super::comparisons::{Columns, Given, Item, Line, Placed, geo_name};
use super::places::Places;
use super::sheet::{Cell, Outcome, Target};
use crate::dataset::Value;
use crate::vocabulary::place::a1;
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Polarity, TimePeriod};

/// Where a cell stands and what it is made from.
pub(super) struct Context<'a, 'b, 'c> {
    pub given: &'b Given<'a, 'c>,
    pub columns: &'b Columns,
    pub placed: &'b Placed<'a>,
    /// The sheets of series, to point at earlier values.
    pub over_time: &'b [&'b Placed<'a>],
    pub row: u32,
    pub line: Line<'a>,
}

/// Computed results within this are the same number: sums in another order differ by less.
const SAME: f64 = 1e-9;

impl<'a> Context<'a, '_, '_> {
    fn value(&self, name: &str) -> &'a Value {
        self.columns.value(self.line, name)
    }

    fn word(&self, name: &str) -> &'a str {
        self.columns.word(self.line, name)
    }

    fn number(&self, name: &str) -> Option<(f64, u8)> {
        number(self.value(name))
    }

    /// The cell of another column in the same row.
    fn beside(&self, item: Item) -> Option<String> {
        Some(a1(self.row, u32::from(self.placed.column(item)?)))
    }

    fn key(&self) -> [&'a str; 5] {
        ["indicator", "time_period", "unit", "breakdown", "edition"].map(|name| self.word(name))
    }

    fn flags(&self, geo: &'a str) -> &str {
        self.given.observations.map_or("", |o| o.flags(&self.key(), geo))
    }

    /// The cell of this indicator at an earlier period in the sheet of its series, and its line.
    fn earlier(&self, period: &str, item: Item) -> Option<(String, Line<'a>)> {
        let (placed, at) = self.over_time.iter().find_map(|p| Some((p, p.find(&self.line.indicator.code, period)?)))?;
        let cell = a1(placed.row(at), u32::from(placed.column(item)?));
        let cell = if placed.sheet == self.placed.sheet { cell } else { format!("'{}'!{cell}", placed.sheet.replace('\'', "''")) };
        Some((cell, placed.lines[at]))
    }

    fn low_first(&self) -> bool {
        self.line.indicator.polarity == Some(Polarity::LowerIsBetter)
    }
}

fn number(value: &Value) -> Option<(f64, u8)> {
    match value {
        Value::Number(n, decimals) => Some((*n, *decimals)),
        Value::Missing | Value::Text(_) | Value::Integer(_) | Value::Boolean(_) => None,
    }
}

/// A number that follows from others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Derived {
    Gap,
    Ratio,
    ZScore,
    Change,
    Convergence,
    TargetGap,
}

impl Derived {
    /// Its column of the dataset.
    fn column(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Ratio => "ratio",
            Self::ZScore => "z_score",
            Self::Change => "change",
            Self::Convergence => "convergence",
            Self::TargetGap => "target_gap",
        }
    }
}

/// One cell of a row.
pub(super) fn cell<'a>(item: Item, context: &Context<'a, '_, '_>, places: &mut Places, from: &Target) -> Cell<'a> {
    let indicator = context.line.indicator;
    match item {
        Item::Group => {
            let group = context.given.report.groups.iter().find(|g| g.key == indicator.group);
            Cell::text(group.map_or(indicator.group.as_str(), |g| g.title.as_str()))
        }
        Item::Dimension => Cell::text(if indicator.dimension.is_empty() { "All" } else { indicator.dimension.as_str() }),
        Item::Indicator => Cell::text(short(indicator, context.word("edition"))),
        Item::Code => Cell::text(indicator.code.as_str()),
        Item::Unit => Cell::text(indicator.unit.label.as_str()),
        Item::Period => Cell::text(context.word("time_period")),
        Item::Edition => Cell::text(context.word("edition")),
        Item::Year => TimePeriod::parse(context.word("time_period")).map_or(Cell::Mark("[x]"), |p| Cell::Count(i64::from(p.end_year()))),
        Item::Country => value(context, "country_value", context.given.report.geo.code()),
        Item::Average => value(context, "average_value", context.word("average_geo")),
        Item::AverageOf => match (context.word("average_geo"), context.word("average_kind")) {
            ("", _) => Cell::Mark("[x]"),
            (geo, "" | "published") => Cell::text(geo_name(geo)),
            (geo, kind) => Cell::text(format!("{}, {kind}", geo_name(geo))),
        },
        Item::Gap => derived(Derived::Gap, context),
        Item::Ratio => derived(Derived::Ratio, context),
        Item::ZScore => derived(Derived::ZScore, context),
        Item::Change => derived(Derived::Change, context),
        Item::Convergence => derived(Derived::Convergence, context),
        Item::TargetGap => derived(Derived::TargetGap, context),
        Item::Position => position(context),
        Item::Rank => rank(context, false),
        Item::RankEu => rank(context, true),
        Item::RankOf => rank_of(context, false),
        Item::RankEuOf => rank_of(context, true),
        Item::Class => match context.word("level_class") {
            "" => Cell::Mark(if *context.value("country_value") == Value::Missing { "[x]" } else { "[z]" }),
            class => match context.given.classes.cell(&indicator.code, context.word("time_period"), context.word("edition")) {
                Some((address, word)) if word == class => Cell::Formula(address.to_owned(), Outcome::Text(class.to_owned())),
                Some(_) | None => Cell::text(class),
            },
        },
        Item::ChangeFrom => or_mark(context, "change_from"),
        Item::TrendShort => or_mark(context, "trend_short"),
        Item::TrendLong => or_mark(context, "trend_long"),
        Item::ConvergenceFrom => or_mark(context, "convergence_from"),
        Item::Target => number(context.value("target")).map_or(Cell::Mark("[z]"), |(n, decimals)| Cell::Number(n, decimals)),
        Item::Note => Cell::text(note(context)),
        Item::CountryPlace => place(context, "country_location", places, from),
        Item::AveragePlace => place(context, "average_location", places, from),
    }
}

/// The name on a row: the short one, unless the edition printed another name.
pub(super) fn short<'a>(indicator: &'a crate::vocabulary::Indicator, edition: &str) -> &'a str {
    let printed = indicator.label_in(edition);
    if printed == indicator.label { &indicator.short } else { printed }
}

fn or_mark<'a>(context: &Context<'a, '_, '_>, name: &str) -> Cell<'a> {
    match context.word(name) {
        "" => Cell::Mark("[z]"),
        text => Cell::text(text),
    }
}

fn place<'a>(context: &Context<'a, '_, '_>, name: &str, places: &mut Places, from: &Target) -> Cell<'a> {
    match context.word(name) {
        "" if name == "average_location" && context.word("average_kind").starts_with("computed") => {
            Cell::text("computed from the countries")
        }
        "" => Cell::Mark("[x]"),
        text => places.printed(text, from),
    }
}

/// A value, or the mark that says why there is none.
fn value<'a>(context: &Context<'a, '_, '_>, name: &str, geo: &'a str) -> Cell<'a> {
    match number(context.value(name)) {
        Some((n, decimals)) => Cell::Number(n, decimals),
        None => {
            let flags = context.flags(geo);
            let why = if name == "country_value" { context.word("incomparable") } else { "" };
            Cell::Mark(if flags.contains('C') || why.ends_with("confidential") {
                "[c]"
            } else if flags.contains('m') || why.ends_with("not applicable") {
                "[z]"
            } else if flags.contains('n') || why.ends_with("less than half the unit") {
                "[k]"
            } else {
                "[x]"
            })
        }
    }
}

/// A derived number: as a formula where the formula gives it.
fn derived<'a>(derived: Derived, context: &Context<'a, '_, '_>) -> Cell<'a> {
    let Some((ours, decimals)) = context.number(derived.column()) else {
        let of_average = derived == Derived::Gap || derived == Derived::Ratio;
        let missing = *context.value("country_value") == Value::Missing || of_average && *context.value("average_value") == Value::Missing;
        return Cell::Mark(if missing { "[x]" } else { "[z]" });
    };
    match formula(derived, context, ours).filter(|(_, computed)| (computed - ours).abs() <= SAME) {
        Some((text, _)) => Cell::Formula(text, Outcome::Number(ours, decimals)),
        None => Cell::Number(ours, decimals),
    }
}

/// The formula of a derived column, and what it gives.
fn formula(derived: Derived, context: &Context<'_, '_, '_>, ours: f64) -> Option<(String, f64)> {
    let (c, (country, _)) = (context.beside(Item::Country)?, context.number("country_value")?);
    let average = || Some((context.beside(Item::Average)?, context.number("average_value")?.0));
    match derived {
        Derived::Gap => average().map(|(a, average)| (format!("{c}-{a}"), country - average)),
        Derived::Ratio => average().filter(|(_, average)| *average != 0.0).map(|(a, average)| (format!("{c}/{a}"), country / average)),
        Derived::TargetGap => {
            let (t, (target, _)) = (context.beside(Item::Target)?, context.number("target")?);
            Some((format!("{c}-{t}"), country - target))
        }
        Derived::Change => {
            let (before, line) = context.earlier(context.word("change_from"), Item::Country)?;
            let (previous, _) = number(context.columns.value(line, "country_value"))?;
            Some((format!("{c}-{before}"), country - previous))
        }
        Derived::Convergence => {
            let (g, (gap, _)) = (context.beside(Item::Gap)?, context.number("gap")?);
            let (before, line) = context.earlier(context.word("convergence_from"), Item::Gap)?;
            let (first, _) = number(context.columns.value(line, "gap"))?;
            Some((format!("ABS({g})-ABS({before})"), gap.abs() - first.abs()))
        }
        Derived::ZScore => {
            let observations = context.given.observations?;
            let range = observations.score_range(observations.block(&context.key())?, country, ours)?;
            Some((format!("({c}-AVERAGE({range}))/STDEVP({range})"), ours))
        }
    }
}

/// Above, close to or below, by the named band of the unit.
fn position<'a>(context: &Context<'a, '_, '_>) -> Cell<'a> {
    let word = context.word("position");
    if word.is_empty() {
        let missing = *context.value("country_value") == Value::Missing || *context.value("average_value") == Value::Missing;
        return Cell::Mark(if missing { "[x]" } else { "[z]" });
    }
    let formula = || {
        let (gap, decimals) = (context.beside(Item::Gap)?, context.number("average_value")?.1);
        let step = crate::comparison::gap::step(decimals);
        let name = match context.line.indicator.unit.kind {
            UnitKind::Percent => Some("band_share"),
            UnitKind::Score100 => Some("band_score_100"),
            UnitKind::Score4 => Some("band_score_4"),
            UnitKind::Number => None,
        };
        let band = match name {
            None => step.to_string(),
            Some(name) => {
                let threshold = context.given.report.thresholds.iter().find(|t| t.name == name)?;
                let (ours, _) = context.number("band")?;
                if (threshold.value.max(step) - ours).abs() > SAME {
                    return None;
                }
                format!("MAX({name},{step})")
            }
        };
        // The gap counts to twelve decimals, as in METHODS.md: 3.1 and 3.0 lie 0.1 apart, whatever binary makes of it.
        Some(format!("IF(ABS({gap})-{band}>5E-13,IF({gap}>0,\"above\",\"below\"),\"close to\")"))
    };
    formula().map_or_else(|| Cell::text(word), |text| Cell::Formula(text, Outcome::Text(word.to_owned())))
}

/// A rank over the observations.
fn rank<'a>(context: &Context<'a, '_, '_>, members: bool) -> Cell<'a> {
    let Value::Integer(ours) = context.value(if members { "rank_eu" } else { "rank" }) else { return no_rank(context, members) };
    let formula = || {
        let observations = context.given.observations?;
        let (c, (country, _)) = (context.beside(Item::Country)?, context.number("country_value")?);
        let range = observations.rank_range(observations.block(&context.key())?, members, country, context.low_first(), *ours)?;
        Some(format!("RANK({c},{range},{})", u8::from(context.low_first())))
    };
    formula().map_or(Cell::Count(*ours), |text| Cell::Formula(text, Outcome::Count(*ours)))
}

/// How many report.
fn rank_of<'a>(context: &Context<'a, '_, '_>, members: bool) -> Cell<'a> {
    let Value::Integer(ours) = context.value(if members { "rank_eu_of" } else { "rank_of" }) else { return no_rank(context, members) };
    let formula = || {
        let observations = context.given.observations?;
        let range = observations.count_range(observations.block(&context.key())?, members, *ours)?;
        Some(format!("COUNT({range})"))
    };
    formula().map_or(Cell::Count(*ours), |text| Cell::Formula(text, Outcome::Count(*ours)))
}

/// No rank: no value, or a country outside of the Union among its Member States.
fn no_rank<'a>(context: &Context<'a, '_, '_>, members: bool) -> Cell<'a> {
    let outside = members && *context.value("country_value") != Value::Missing;
    Cell::Mark(if outside { "[z]" } else { "[x]" })
}

/// Flags of both values in the shorthand, and why something is not computed.
fn note(context: &Context<'_, '_, '_>) -> String {
    let mut parts = Vec::new();
    let report = context.given.report;
    let average = context.word("average_geo");
    for (name, geo) in [(report.country.clone(), report.geo.code()), (geo_name(average), average)] {
        let marks = shorthand(context.flags(geo));
        if !marks.is_empty() {
            parts.push(format!("{name} {marks}"));
        }
    }
    if context.word("certainty") == "ambiguous" {
        parts.push("the source does not settle the value".to_owned());
    }
    if !context.word("incomparable").is_empty() {
        parts.push(context.word("incomparable").to_owned());
    }
    if !context.word("change_refused").is_empty() {
        parts.push(format!("no change: {}", context.word("change_refused")));
    }
    let without = context.word("without");
    if !without.is_empty() {
        parts.push(format!("mean without {}", without.replace('|', ", ")));
    }
    parts.join("; ")
}

/// `[b] [e]` of Eurostat's flags.
fn shorthand(flags: &str) -> String {
    let marks = flags.chars().map(|flag| match flag {
        'C' => "[c]".to_owned(),
        'm' => "[z]".to_owned(),
        'N' => "[N] not for publication".to_owned(),
        'P' => "[P] non-statistical secrecy".to_owned(),
        other => format!("[{other}]"),
    });
    marks.collect::<Vec<_>>().join(" ")
}
