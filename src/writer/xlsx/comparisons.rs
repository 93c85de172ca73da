//! The country beside the average: key figures, the latest of each group, and each group over time.

use super::classes::Classes;
use super::comparison_cells::{Context, cell};
use super::names::Names;
use super::observations::{Observations, periods};
use super::places::Places;
use super::reference::note_on;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet, Target};
use crate::dataset::{Table, Value};
use crate::report::Report;
use crate::vocabulary::{Geo, Indicator};
use std::collections::{BTreeSet, HashMap};

/// A column of a sheet of comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Group,
    Dimension,
    Indicator,
    Code,
    Unit,
    Period,
    Edition,
    Year,
    Country,
    Average,
    AverageOf,
    Gap,
    Ratio,
    Position,
    Rank,
    RankOf,
    RankEu,
    RankEuOf,
    ZScore,
    Change,
    ChangeFrom,
    Class,
    TrendShort,
    TrendLong,
    Convergence,
    ConvergenceFrom,
    Target,
    TargetGap,
    Note,
    CountryPlace,
    AveragePlace,
}

#[rustfmt::skip]
const KEY_FIGURES: &[Item] = {
    use Item::*;
    &[
        Group, Indicator, Code, Unit, Period, Country, Average, AverageOf, Gap, Ratio, Position, Rank, RankOf, RankEu, RankEuOf,
        Class, Note, CountryPlace, AveragePlace,
    ]
};

/// Where the country stands now.
#[rustfmt::skip]
const LATEST: &[Item] = {
    use Item::*;
    &[
        Dimension, Indicator, Code, Unit, Period, Edition, Country, Average, AverageOf, Gap, Ratio, Position, Rank, RankOf, RankEu,
        RankEuOf, Note, CountryPlace, AveragePlace,
    ]
};

/// What follows from level and change.
#[rustfmt::skip]
const ANALYSIS: &[Item] = {
    use Item::*;
    &[
        Dimension, Indicator, Code, Unit, Period, Country, Average, AverageOf, Gap, ZScore, Change, ChangeFrom, Class, TrendShort,
        TrendLong, Convergence, ConvergenceFrom, Target, TargetGap,
    ]
};

#[rustfmt::skip]
const SERIES: &[Item] = {
    use Item::*;
    &[
        Dimension, Indicator, Code, Unit, Period, Year, Edition, Country, Average, AverageOf, Gap, Position, Change, Note, CountryPlace,
        AveragePlace,
    ]
};

/// A row of the dataset `comparisons` with its indicator.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub indicator: &'a Indicator,
    pub values: &'a [Value],
}

/// Positions of the dataset's columns.
pub(super) struct Columns {
    at: HashMap<&'static str, usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        Self { at: table.schema.columns.iter().enumerate().map(|(at, column)| (column.name, at)).collect() }
    }

    pub fn value<'a>(&self, line: Line<'a>, name: &str) -> &'a Value {
        self.at.get(name).and_then(|at| line.values.get(*at)).unwrap_or(&Value::Missing)
    }

    pub fn word<'a>(&self, line: Line<'a>, name: &str) -> &'a str {
        match self.value(line, name) {
            Value::Text(text) => text,
            Value::Missing | Value::Integer(_) | Value::Number(..) | Value::Boolean(_) => "",
        }
    }
}

/// A sheet of comparisons and where its rows stand.
pub(super) struct Placed<'a> {
    pub sheet: String,
    pub items: Vec<Item>,
    pub lines: Vec<Line<'a>>,
    /// Position of each indicator's period among the lines.
    index: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Placed<'a> {
    fn new(sheet: String, wanted: &[Item], columns: &Columns, lines: Vec<Line<'a>>) -> Self {
        let index = lines.iter().enumerate().map(|(at, l)| ((l.indicator.code.as_str(), columns.word(*l, "time_period")), at)).collect();
        Self { sheet, items: items(wanted, columns, &lines), lines, index }
    }

    pub fn column(&self, item: Item) -> Option<u16> {
        self.items.iter().position(|i| *i == item).map(|at| u16::try_from(at).expect("a few dozen columns"))
    }

    /// Zero-based row of a line.
    pub fn row(&self, at: usize) -> u32 {
        HEAD_ROW + 1 + u32::try_from(at).expect("comparisons fit on a sheet")
    }

    /// Which line shows an indicator's period.
    pub fn find(&self, indicator: &str, period: &str) -> Option<usize> {
        self.index.get(&(indicator, period)).copied()
    }
}

/// The sheets of one group of indicators.
pub(super) struct Group<'a> {
    pub title: &'a str,
    /// On the tab: the title, or the key where the title is long.
    pub tab: String,
    pub average: String,
    pub latest: Placed<'a>,
    pub over_time: Placed<'a>,
    /// The latest values, what follows from them, the series.
    pub sheets: [Sheet<'a>; 3],
}

/// All sheets of comparisons.
pub(super) struct Sheets<'a> {
    pub columns: Columns,
    pub key_figures: Option<Sheet<'a>>,
    pub groups: Vec<Group<'a>>,
}

/// Everything the sheets are made from.
pub(super) struct Given<'a, 'b> {
    pub report: &'a Report,
    pub observations: Option<&'b Observations>,
    pub classes: &'b Classes,
}

/// Key figures, and two sheets per group that has comparisons; `None` where nothing is compared.
pub(super) fn sheets<'a>(given: &Given<'a, '_>, names: &mut Names, places: &mut Places) -> Option<Sheets<'a>> {
    let report = given.report;
    let table = report.tables.iter().find(|t| t.schema.name == "comparisons" && !t.rows.is_empty())?;
    let columns = Columns::of(table);
    let mut of_indicator: HashMap<&str, Vec<&'a Vec<Value>>> = HashMap::new();
    for row in &table.rows {
        if let Some(Value::Text(code)) = table.column("indicator").and_then(|at| row.get(at)) {
            of_indicator.entry(code).or_default().push(row);
        }
    }
    let mut headlines = Vec::new();
    let mut placed = Vec::new();
    let key_name = names.sheet("Key figures");
    for group in &report.groups {
        let rows = |indicator: &Indicator| of_indicator.get(indicator.code.as_str()).map_or(&[][..], Vec::as_slice);
        let indicators = report.indicators.iter().filter(|i| i.group == group.key);
        let lines: Vec<Line<'a>> = indicators.flat_map(|indicator| series(&columns, rows(indicator), indicator)).collect();
        if lines.is_empty() {
            continue;
        }
        let latest = latest(&columns, &lines);
        headlines.extend(latest.iter().copied().filter(|l| l.indicator.headline));
        let tab = tab(group);
        let latest = Placed::new(names.sheet(&tab), LATEST, &columns, latest);
        let analysis = Placed::new(names.sheet(&format!("{tab} analysis")), ANALYSIS, &columns, latest.lines.clone());
        let over_time = Placed::new(names.sheet(&format!("{tab} series")), SERIES, &columns, lines);
        placed.push((group, tab, latest, analysis, over_time));
    }
    let series: Vec<&Placed<'a>> = placed.iter().map(|(.., series)| series).collect();
    let key_figures = (!headlines.is_empty()).then(|| {
        let key_figures = Placed::new(key_name, KEY_FIGURES, &columns, headlines);
        let title = format!("Key figures: {} beside the average", report.country);
        sheet(given, &columns, &key_figures, &series, title, names, places)
    });
    let mut groups = Vec::new();
    for (group, tab, latest, analysis, over_time) in placed {
        let average = average_name(&columns, &latest.lines).unwrap_or_else(|| "the average".to_owned());
        let heading = |what: &str| format!("{}: {} and {average}, {what}", group.title, report.country);
        let latest_sheet = sheet(given, &columns, &latest, &[&over_time], heading("latest"), names, places);
        let analysis_sheet = sheet(given, &columns, &analysis, &[&over_time], heading("level, change, trend and target"), names, places);
        let series_sheet = sheet(given, &columns, &over_time, &[&over_time], heading("over time"), names, places);
        groups.push(Group { title: &group.title, tab, average, latest, over_time, sheets: [latest_sheet, analysis_sheet, series_sheet] });
    }
    Some(Sheets { columns, key_figures, groups })
}

/// What stands on the tab of a group: its title, or its key where the title leaves no room for a word beside it.
fn tab(group: &crate::report::IndicatorGroup) -> String {
    let most = 31 - " analysis".len();
    if group.title.chars().count() <= most {
        return group.title.clone();
    }
    let acronym = group.key.len() <= 4;
    let mut letters = group.key.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    if acronym { group.key.to_uppercase() } else { first + letters.as_str() }
}

/// The rows of one indicator that are shown, in order of time: its own unit; of each period the newest edition, and the
/// average that leads.
fn series<'a>(columns: &Columns, rows: &[&'a Vec<Value>], indicator: &'a Indicator) -> Vec<Line<'a>> {
    let lines = || rows.iter().map(|values| Line { indicator, values });
    let own = |l: &Line<'a>| columns.word(*l, "unit") == indicator.unit.code;
    let breakdown = lines().find(own).map_or("", |l| columns.word(l, "breakdown"));
    let mut out: Vec<Line<'a>> = Vec::new();
    for line in lines().filter(own).filter(|l| columns.word(*l, "breakdown") == breakdown) {
        let rank = |l: Line<'a>| {
            let code = columns.word(l, "average_geo");
            let leads = indicator.averages.iter().position(|g| g.code() == code).unwrap_or(usize::MAX);
            (std::cmp::Reverse(columns.word(l, "edition")), leads)
        };
        match out.iter_mut().find(|l| columns.word(**l, "time_period") == columns.word(line, "time_period")) {
            Some(other) if rank(line) < rank(*other) => *other = line,
            Some(_) => {}
            None => out.push(line),
        }
    }
    out.sort_by_key(|l| crate::vocabulary::TimePeriod::parse(columns.word(*l, "time_period")));
    out
}

/// The last row of each indicator that has a value of the country; else its last row.
fn latest<'a>(columns: &Columns, lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::new();
    for line in lines {
        let has_value = *columns.value(*line, "country_value") != Value::Missing;
        match out.last_mut().filter(|l| l.indicator.code == line.indicator.code) {
            Some(last) if has_value || *columns.value(*last, "country_value") == Value::Missing => *last = *line,
            Some(_) => {}
            None => out.push(*line),
        }
    }
    out
}

/// The one average that all rows are beside.
fn average_name<'a>(columns: &Columns, lines: &[Line<'a>]) -> Option<String> {
    let named: BTreeSet<(&str, &str)> = lines
        .iter()
        .map(|l| (columns.word(*l, "average_geo"), columns.word(*l, "average_kind")))
        .filter(|(geo, _)| !geo.is_empty())
        .collect();
    match (named.len(), named.first()) {
        (1, Some((geo, "published"))) => Some(geo_name(geo)),
        (_, Some(_) | None) => None,
    }
}

pub(super) fn geo_name(code: &str) -> String {
    Geo::parse(code).map_or_else(|| code.to_owned(), |g| g.name().to_owned())
}

/// The columns that have something to say for these rows.
fn items<'a>(wanted: &[Item], columns: &Columns, lines: &[Line<'a>]) -> Vec<Item> {
    let any = |name: &str| lines.iter().any(|l| *columns.value(*l, name) != Value::Missing);
    let units: BTreeSet<&str> = lines.iter().map(|l| l.indicator.unit.label.as_str()).collect();
    let keep = |item: &Item| match item {
        Item::Dimension => lines.iter().any(|l| !l.indicator.dimension.is_empty()),
        Item::Unit => units.len() > 1,
        Item::Edition => lines.iter().map(|l| columns.word(*l, "edition")).collect::<BTreeSet<_>>().len() > 1,
        Item::AverageOf => average_name(columns, lines).is_none(),
        Item::Change | Item::ChangeFrom => any("change"),
        Item::Class => any("level_class"),
        Item::TrendShort => any("trend_short"),
        Item::TrendLong => any("trend_long"),
        Item::Convergence | Item::ConvergenceFrom => any("convergence"),
        Item::Target | Item::TargetGap => any("target"),
        Item::ZScore => any("z_score"),
        Item::Group
        | Item::Indicator
        | Item::Code
        | Item::Period
        | Item::Year
        | Item::Country
        | Item::Average
        | Item::Gap
        | Item::Ratio
        | Item::Position
        | Item::Rank
        | Item::RankOf
        | Item::RankEu
        | Item::RankEuOf
        | Item::Note
        | Item::CountryPlace
        | Item::AveragePlace => true,
    };
    wanted.iter().copied().filter(keep).collect()
}

fn sheet<'a>(
    given: &Given<'a, '_>,
    columns: &Columns,
    placed: &Placed<'a>,
    over_time: &[&Placed<'a>],
    title: String,
    names: &mut Names,
    places: &mut Places,
) -> Sheet<'a> {
    let heads: Vec<Head> = placed.items.iter().map(|item| head(*item, given.report, columns, &placed.lines)).collect();
    let period = periods(placed.lines.iter().map(|l| columns.word(*l, "time_period")));
    // A dimension stands out among the indicators that it sums up; among other dimensions nothing does.
    let among_others =
        placed.lines.iter().any(|l| !l.indicator.is_dimension) && placed.items.iter().all(|item| !matches!(item, Item::Group));
    let mut rows = Vec::with_capacity(placed.lines.len());
    for (at, line) in placed.lines.iter().enumerate() {
        let context = Context { given, columns, placed, over_time, row: placed.row(at), line: *line };
        let from = Target::Cell(placed.sheet.clone().into(), context.row, 0);
        let cells: Vec<Cell<'a>> = placed.items.iter().map(|item| cell(*item, &context, places, &from)).collect();
        rows.push(Row { cells, strong: among_others && line.indicator.is_dimension });
    }
    let labels = placed.items.iter().take_while(|i| matches!(i, Item::Group | Item::Dimension | Item::Indicator)).count();
    Sheet {
        name: placed.sheet.clone(),
        title: if period.is_empty() { title } else { format!("{title}, {period}") },
        sentence: sentence(given.report, columns, &placed.lines),
        source: source(given, &placed.lines),
        period,
        // Formulas and charts name columns before the notes only, and those are never blank.
        body: Body::Table(Grid::compact(names.table(&placed.sheet), heads, rows, u16::try_from(labels).expect("three at most"))),
    }
}

/// What the sheet says, counted from its own rows: only those of the last period of each indicator.
fn sentence<'a>(report: &Report, columns: &Columns, lines: &[Line<'a>]) -> String {
    let last = latest(columns, lines);
    let count = |word: &str| last.iter().filter(|l| columns.word(**l, "position") == word).count();
    let (above, close, below) = (count("above"), count("close to"), count("below"));
    let compared = above + close + below;
    let rows = "Each row is one indicator at one time.";
    if compared == 0 {
        return rows.to_owned();
    }
    format!(
        "{rows} Latest: {} is above the average on {above} of {compared} indicators, close to it on {close}, below it on {below}.",
        report.country
    )
}

fn source<'a>(given: &Given<'a, '_>, lines: &[Line<'a>]) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for line in lines {
        if let Some(observations) = given.observations {
            for id in observations.sources(&line.indicator.code) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
    let notes = ids.iter().filter_map(|id| given.report.sources.iter().find(|s| s.id == *id));
    let notes: Vec<String> =
        notes.map(|s| format!("{}, {}, {}{}", s.publisher, s.title, s.edition, note_on(given.report, &s.title))).collect();
    let position = "Position: within the band of the sheet Thresholds is “close to”. Rank: the first is the best.";
    if notes.is_empty() { position.to_owned() } else { format!("Source: {}. {position}", notes.join("; ")) }
}

fn head<'a>(item: Item, report: &Report, columns: &Columns, lines: &[Line<'a>]) -> Head {
    let one = |texts: BTreeSet<&'a str>| if texts.len() == 1 { texts.first().copied().filter(|t| !t.is_empty()) } else { None };
    let unit = one(lines.iter().map(|l| l.indicator.unit.label.as_str()).collect());
    let gap_unit = one(lines.iter().map(|l| l.indicator.unit.gap_unit()).collect());
    let with = |name: &str, unit: Option<&str>| unit.map_or_else(|| name.to_owned(), |unit| format!("{name}, {unit}"));
    let decimals = lines.first().map_or(1, |l| l.indicator.decimals);
    let average = average_name(columns, lines).unwrap_or_else(|| "Average".to_owned());
    let head = |text: &str, role: Role, meaning: &str, column: &str| {
        let head = Head::new(text, role, meaning);
        if column.is_empty() { head } else { head.of("comparisons", column) }
    };
    match item {
        Item::Group => head("Group", Role::Label, "group of indicators", "").wide(20.0),
        Item::Dimension => head("Dimension", Role::Label, "dimension or scoreboard of the indicator", "").wide(20.0),
        Item::Indicator => head("Indicator", Role::Label, "printed name of the indicator", "").wide(36.0),
        Item::Code => head("Code", Role::Text, "code of the indicator", "indicator").wide(14.0),
        Item::Unit => head("Unit", Role::Text, "unit of both values", "").wide(18.0),
        Item::Period => head("Period", Role::Text, "period of both values", "time_period").wide(11.0),
        Item::Edition => head("Edition", Role::Text, "edition of the source", "edition").wide(14.0),
        Item::Year => head("Year", Role::Count, "year in which the period ends", "").wide(8.0),
        Item::Country => {
            head(&with(&report.country, unit), Role::Country, "the country's value", "country_value").wide(14.0).decimals(decimals)
        }
        Item::Average => head(&with(&average, unit), Role::Average, "the average's value", "average_value").wide(14.0).decimals(decimals),
        Item::AverageOf => head("Average of", Role::Prose, "which average it is, and whether it is published", "average_geo").wide(18.0),
        Item::Gap => head(&with("Gap", gap_unit), Role::Gap, "country minus average", "gap").decimals(decimals),
        Item::Ratio => head("Ratio", Role::Number, "country divided by average", "ratio").decimals(2).wide(9.0),
        Item::Position => {
            head("Position", Role::Text, "above, close to or below the average, by the band of the unit", "position").wide(11.0)
        }
        Item::Rank => {
            head("Rank", Role::Count, "competition rank among all countries that report; the first is the best", "rank").wide(9.0)
        }
        Item::RankOf => head("Rank of", Role::Count, "how many countries report", "rank_of").wide(9.0),
        Item::RankEu => head("EU rank", Role::Count, "competition rank among the Member States that report", "rank_eu").wide(9.0),
        Item::RankEuOf => head("EU rank of", Role::Count, "how many Member States report", "rank_eu_of").wide(9.0),
        Item::ZScore => {
            let meaning = "distance from the unweighted mean of the Member States in population standard deviations";
            head("z-score", Role::Gap, meaning, "z_score").decimals(2).wide(9.0)
        }
        Item::Change => head(&with("Change", gap_unit), Role::Gap, "against the previous period with a value", "change").decimals(decimals),
        Item::ChangeFrom => head("Change from", Role::Text, "period that the change counts from", "change_from").wide(11.0),
        Item::Class => head("Class", Role::Text, "class of level and change after the Social Scoreboard", "level_class").wide(20.0),
        Item::TrendShort => {
            head("Trend, short", Role::Prose, "trend over the short term after Eurostat's SDG method", "trend_short").wide(24.0)
        }
        Item::TrendLong => {
            head("Trend, long", Role::Prose, "trend over the long term after Eurostat's SDG method", "trend_long").wide(24.0)
        }
        Item::Convergence => {
            let meaning = "absolute gap now minus at the first common period; negative is closer";
            head(&with("Convergence", gap_unit), Role::Gap, meaning, "convergence").decimals(decimals).wide(13.0)
        }
        Item::ConvergenceFrom => {
            head("Convergence from", Role::Text, "first period with a value of country and average", "convergence_from").wide(13.0)
        }
        Item::Target => head(&with("EU target", unit), Role::Number, "the EU's target", "target").decimals(decimals).wide(12.0),
        Item::TargetGap => {
            head(&with("Target gap", gap_unit), Role::Gap, "country minus the EU's target", "target_gap").decimals(decimals).wide(12.0)
        }
        Item::Note => head("Note", Role::Prose, "flags of both values, and why something is not computed", "incomparable").wide(24.0),
        Item::CountryPlace => {
            head(&format!("Source, {}", report.country), Role::Place, "line or cell of the country's value", "country_location").wide(34.0)
        }
        Item::AveragePlace => head("Source, average", Role::Place, "line or cell of the average's value", "average_location").wide(34.0),
    }
}
