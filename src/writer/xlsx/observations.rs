//! Observations in long form, and the blocks of equal figures that ranks and means are computed over.

use super::datasets::{cell, fit, headline};
use super::names::Names;
use super::places::Places;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet, Target};
use crate::dataset::{ColumnType, Table, Value};
use crate::report::Report;
use crate::vocabulary::place::a1;
use crate::vocabulary::{Geo, TimePeriod};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the figures of one block share: indicator, time period, unit, breakdown, edition.
type Key<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// The countries of one indicator at one time, in protocol order: Member States first.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// First and last row of the Member States, zero-based; `None` where none is listed.
    members: Option<(u32, u32)>,
    /// The same of all countries.
    all: Option<(u32, u32)>,
    member_values: Vec<f64>,
    values: Vec<f64>,
}

/// What other sheets ask of the observations.
pub(super) struct Observations<'a> {
    sheet: String,
    column: u16,
    blocks: HashMap<Key<'a>, Block>,
    /// Flags of a figure: status and confidentiality together, by block and entity.
    flags: HashMap<(Key<'a>, &'a str), String>,
    /// Ids of the sources of each indicator.
    sources: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Texts longer than this wrap.
const LONG: usize = 44;

struct Columns {
    indicator: usize,
    geo: usize,
    time_period: usize,
    unit: usize,
    breakdown: usize,
    edition: usize,
    obs_value: usize,
    obs_status: usize,
    conf_status: usize,
    source: usize,
    location: usize,
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        let at = |name| table.column(name);
        Some(Self {
            indicator: at("indicator")?,
            geo: at("geo")?,
            time_period: at("time_period")?,
            unit: at("unit")?,
            breakdown: at("breakdown")?,
            edition: at("edition")?,
            obs_value: at("obs_value")?,
            obs_status: at("obs_status")?,
            conf_status: at("conf_status")?,
            source: at("source")?,
            location: at("location")?,
        })
    }
}

fn word(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        Value::Missing | Value::Integer(_) | Value::Number(..) | Value::Boolean(_) => "",
    }
}

/// The sheet Observations and its index; `None` where the publication has no figures.
pub(super) fn sheet<'a>(report: &'a Report, names: &mut Names, places: &mut Places) -> Option<(Sheet<'a>, Observations<'a>)> {
    let table = report.tables.iter().find(|t| t.schema.name == "observations" && !t.rows.is_empty())?;
    let at = Columns::of(table)?;
    let order: HashMap<&str, usize> = report.indicators.iter().enumerate().map(|(i, ind)| (ind.code.as_str(), i)).collect();
    let labels: HashMap<&str, &str> = report.indicators.iter().map(|ind| (ind.code.as_str(), ind.short.as_str())).collect();
    let key = |row: &'a [Value]| -> Key<'a> {
        (word(&row[at.indicator]), word(&row[at.time_period]), word(&row[at.unit]), word(&row[at.breakdown]), word(&row[at.edition]))
    };
    let mut rows: Vec<(_, &'a Vec<Value>)> = table
        .rows
        .iter()
        .map(|row| {
            let (indicator, period, unit, breakdown, edition) = key(row);
            let known = order.get(indicator).copied().unwrap_or(usize::MAX);
            // An unknown period or entity keeps its place in the order of its text, after the known ones.
            let parsed = TimePeriod::parse(period);
            let period = (parsed.is_none(), parsed, period);
            let geo = Geo::parse(word(&row[at.geo]));
            ((known, indicator, edition, unit, breakdown, period, geo.is_none(), geo), row)
        })
        .collect();
    rows.sort_by_key(|(order, _)| *order);

    let name = names.sheet("Observations");
    let label_at = at.indicator + 1;
    let column = u16::try_from(if at.obs_value > at.indicator { at.obs_value + 1 } else { at.obs_value }).expect("a few columns");
    // Blank columns are left out of the sheet.
    let blank = (0..at.obs_value).filter(|i| table.rows.iter().all(|row| row[*i] == Value::Missing)).count();
    let column = column - u16::try_from(blank).expect("a few columns");
    let mut found = Observations { sheet: name.clone(), column, blocks: HashMap::new(), flags: HashMap::new(), sources: BTreeMap::new() };
    let mut cells = Vec::with_capacity(rows.len());
    for (line, ((.., geo), row)) in (HEAD_ROW + 1..).zip(&rows) {
        found.take(key(row), *geo, line, row, &at);
        let from = Target::Cell(name.clone(), line, 0);
        let mut out: Vec<Cell<'a>> = Vec::with_capacity(row.len() + 1);
        for (i, (value, column)) in row.iter().zip(table.schema.columns).enumerate() {
            if i == label_at {
                out.push(Cell::text(labels.get(word(&row[at.indicator])).copied().unwrap_or_default()));
            }
            out.push(match value {
                Value::Missing if i == at.obs_value => Cell::Mark(original_code(word(&row[at.obs_status]), word(&row[at.conf_status]))),
                Value::Text(text) if i == at.location => places.located(word(&row[at.source]), text, &from),
                _ => cell(value, column),
            });
        }
        cells.push(Row { cells: out, strong: false });
    }
    let mut columns: Vec<Head> = table
        .schema
        .columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let longest = table.rows.iter().map(|row| word(&row[i]).chars().count()).max().unwrap_or(0);
            let role = match column.column_type {
                ColumnType::Number => Role::Number,
                ColumnType::Integer => Role::Count,
                ColumnType::Boolean => Role::Boolean,
                ColumnType::Text | ColumnType::Date if i == at.location => Role::Place,
                ColumnType::Text | ColumnType::Date if longest > LONG => Role::Prose,
                ColumnType::Text | ColumnType::Date => Role::Text,
            };
            Head::new(headline(column), role, column.meaning).wide(fit(longest.clamp(8, 34))).of("observations", column.name)
        })
        .collect();
    columns.insert(label_at, Head::new("Indicator name", Role::Text, "short name of the indicator").wide(34.0));
    let sheet = Sheet {
        title: format!("Observations: every figure behind this workbook, {} and all others", report.country),
        sentence: "Each row is one figure of one country or average, in long form for pivot tables, with Eurostat's own codes.".to_owned(),
        source: "A missing value shows its code: : not available, m cannot exist, C confidential, 0n below half the unit.".to_owned(),
        period: periods(rows.iter().map(|(_, row)| word(&row[at.time_period]))),
        body: Body::Table(Grid::compact(names.table("Observations"), columns, cells, 2).plain()),
        name,
    };
    Some((sheet, found))
}

/// Eurostat's code for why there is no value.
fn original_code(obs_status: &str, conf_status: &str) -> &'static str {
    if conf_status.contains('C') {
        "C"
    } else if obs_status.contains('m') {
        "m"
    } else if obs_status.contains('n') {
        "0n"
    } else {
        ":"
    }
}

/// `2011–2021` of the periods named.
pub(super) fn periods<'p>(texts: impl Iterator<Item = &'p str>) -> String {
    let texts: BTreeSet<&str> = texts.collect();
    let known: BTreeSet<TimePeriod> = texts.into_iter().filter_map(TimePeriod::parse).collect();
    match (known.first(), known.last()) {
        (Some(first), Some(last)) if first == last => first.printed(),
        (Some(first), Some(last)) => format!("{}–{}", first.start_year(), last.end_year()),
        _ => String::new(),
    }
}

impl<'a> Observations<'a> {
    fn take(&mut self, key: Key<'a>, geo: Option<Geo>, line: u32, row: &'a [Value], at: &Columns) {
        self.sources.entry(key.0).or_default().insert(word(&row[at.source]));
        let flags = format!("{}{}", word(&row[at.obs_status]), word(&row[at.conf_status]));
        if !flags.is_empty() {
            self.flags.insert((key, word(&row[at.geo])), flags);
        }
        let Some(geo) = geo.filter(|g| !g.is_aggregate()) else { return };
        let block = self.blocks.entry(key).or_default();
        let extend = |range: &mut Option<(u32, u32)>| *range = Some((range.map_or(line, |r| r.0), line));
        extend(&mut block.all);
        if geo.is_member_state() {
            extend(&mut block.members);
        }
        if let Value::Number(value, _) = row[at.obs_value] {
            block.values.push(value);
            if geo.is_member_state() {
                block.member_values.push(value);
            }
        }
    }

    pub fn block(&self, key: &Key<'a>) -> Option<&Block> {
        self.blocks.get(key)
    }

    /// Flags of a figure, empty if it has none.
    pub fn flags(&self, key: &Key<'a>, geo: &'a str) -> &str {
        self.flags.get(&(*key, geo)).map_or("", String::as_str)
    }

    pub fn sources(&self, indicator: &str) -> impl Iterator<Item = &'a str> {
        self.sources.get(indicator).into_iter().flatten().copied()
    }

    fn range(&self, (first, last): (u32, u32)) -> String {
        let column = u32::from(self.column);
        let cell = |row: u32| {
            let name = a1(row, column);
            let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
            format!("${letters}${}", row + 1)
        };
        format!("'{}'!{}:{}", self.sheet, cell(first), cell(last))
    }

    /// All countries' cells of a block, if a rank among them is `rank`.
    pub fn rank_range(&self, block: &Block, members: bool, value: f64, low_first: bool, rank: i64) -> Option<String> {
        let (range, values) = if members { (block.members?, &block.member_values) } else { (block.all?, &block.values) };
        let before = values.iter().filter(|v| if low_first { **v < value } else { **v > value }).count();
        (i64::try_from(before + 1) == Ok(rank) && values.contains(&value)).then(|| self.range(range))
    }

    /// The cells that a count of reporting countries is over, if it is `count`.
    pub fn count_range(&self, block: &Block, members: bool, count: i64) -> Option<String> {
        let (range, values) = if members { (block.members?, &block.member_values) } else { (block.all?, &block.values) };
        (i64::try_from(values.len()) == Ok(count)).then(|| self.range(range))
    }

    /// The Member States' cells of a block, if the z-score of `value` over them is `score`.
    pub fn score_range(&self, block: &Block, value: f64, score: f64) -> Option<String> {
        let moments = crate::comparison::field::Moments::of(&block.member_values)?;
        let ours = moments.score(value)?;
        ((ours - score).abs() < 1e-9).then_some(self.range(block.members?))
    }
}
