//! Observations in long form, and the blocks of equal figures that ranks and means are computed over.

use super::datasets::{cell, fit, headline};
use super::names::Names;
use super::places::{self, CitedCells, Users};
use super::rows::Styles;
use super::shared::{Rows, SharedRows};
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet};
use crate::dataset::{ColumnType, Table, Value};
use crate::report::Report;
use crate::vocabulary::place::a1;
use crate::vocabulary::{Geo, Indicator, TimePeriod, Word};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The dataset that the sheet shows.
pub(super) const DATASET: &str = "observations";
/// On its tab.
pub(super) const NAME: &str = "Observations";

/// What the figures of one block share: indicator, time period, unit, breakdown, edition.
type Key<'k> = [&'k str; 5];

/// The countries of one indicator at one time, in protocol order: Member States first.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// First and last row of the Member States, zero-based; `None` where none is listed.
    members: Option<(u32, u32)>,
    /// The same of all countries.
    all: Option<(u32, u32)>,
    member_values: Vec<f64>,
    values: Vec<f64>,
    /// Status and confidentiality together of those that have some, by entity.
    flags: Vec<(Word, String)>,
}

/// What other sheets ask of the observations.
#[derive(Default)]
pub(super) struct Observations {
    column: u16,
    blocks: Vec<Block>,
    /// Which of the blocks has a key, its words joined.
    keys: HashMap<String, usize>,
    /// Ids of the sources of each indicator.
    sources: BTreeMap<Word, BTreeSet<Word>>,
}

/// The sheet Observations: its table without what each workbook says around it.
pub(super) struct Listed {
    pub rows: Arc<SharedRows>,
    pub columns: Vec<Head>,
    pub left_out: Vec<String>,
    /// From when to when.
    pub period: String,
    pub index: Observations,
}

/// Between the words of a key: no word prints it.
const JOINT: &str = "\u{1f}";

impl Listed {
    /// The sheet in the workbook of a publication.
    pub fn sheet<'a>(&self, report: &Report, names: &mut Names) -> Sheet<'a> {
        let name = names.sheet(NAME);
        debug_assert_eq!(name, NAME, "no sheet before it is called so");
        let mut grid = Grid::new(names.table(NAME), self.columns.clone(), Vec::new(), 2).below(Arc::clone(&self.rows));
        grid.left_out.clone_from(&self.left_out);
        Sheet {
            title: format!("Observations: every figure behind this workbook, {} and all others", report.country),
            sentence: "Each row is one figure of one country or average, in long form for pivot tables, with Eurostat's own codes."
                .to_owned(),
            source: "A missing value shows its code: : not available, m cannot exist, C confidential, 0n below half the unit.".to_owned(),
            period: self.period.clone(),
            body: Body::Table(grid),
            name,
        }
    }
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

    fn key<'r>(&self, row: &'r [Value]) -> Key<'r> {
        [self.indicator, self.time_period, self.unit, self.breakdown, self.edition].map(|at| word(&row[at]))
    }
}

fn word(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        Value::Missing | Value::Integer(_) | Value::Number(..) | Value::Boolean(_) => "",
    }
}

/// A row of the table with what its place in the sheet is decided by.
struct Ordered {
    /// Position of its indicator among those shown.
    indicator: usize,
    /// An unknown period or entity keeps its place in the order of its text, after the known ones.
    period: (bool, Option<TimePeriod>),
    geo: (bool, Option<Geo>),
    row: usize,
}

/// The rows in their order: an indicator's editions one after the other, of each all countries at one time after those at another.
fn ordered(table: &Table, at: &Columns, indicators: &[Indicator]) -> Vec<Ordered> {
    let positions: HashMap<&str, usize> = indicators.iter().enumerate().map(|(i, ind)| (ind.code.as_str(), i)).collect();
    let (mut periods, mut geos) = (HashMap::new(), HashMap::new());
    let mut ordered: Vec<Ordered> = (0..)
        .zip(&table.rows)
        .map(|(row, values)| {
            let (period, geo) = (word(&values[at.time_period]), word(&values[at.geo]));
            let period = *periods.entry(period).or_insert_with(|| TimePeriod::parse(period));
            let geo = *geos.entry(geo).or_insert_with(|| Geo::parse(geo));
            Ordered {
                indicator: positions.get(word(&values[at.indicator])).copied().unwrap_or(usize::MAX),
                period: (period.is_none(), period),
                geo: (geo.is_none(), geo),
                row,
            }
        })
        .collect();
    let words = |o: &Ordered, at: usize| word(&table.rows[o.row][at]);
    ordered.sort_by(|a, b| {
        let by = |at: usize| words(a, at).cmp(words(b, at));
        a.indicator
            .cmp(&b.indicator)
            .then_with(|| by(at.indicator))
            .then_with(|| by(at.edition))
            .then_with(|| by(at.unit))
            .then_with(|| by(at.breakdown))
            .then_with(|| a.period.cmp(&b.period))
            .then_with(|| by(at.time_period))
            .then_with(|| a.geo.cmp(&b.geo))
    });
    ordered
}

/// The rows of the sheet, as cells.
struct ListedRows {
    table: Arc<Table>,
    at: Columns,
    /// Row of the table, and of the sheet Sources, zero-based.
    rows: Vec<(usize, Option<u32>)>,
    /// By code.
    labels: HashMap<Word, String>,
    /// Columns of the sheet that are not blank.
    shown: Vec<bool>,
}

impl Rows for ListedRows {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, index: usize) -> Row<'_> {
        let (row, source) = self.rows[index];
        let (row, at) = (&self.table.rows[row], &self.at);
        let mut cells = Vec::with_capacity(self.shown.len());
        let mut shown = self.shown.iter();
        for (i, (value, column)) in row.iter().zip(self.table.schema.columns).enumerate() {
            if shown.next() == Some(&true) {
                cells.push(match value {
                    Value::Missing if i == at.obs_value => Cell::Mark(original_code(word(&row[at.obs_status]), word(&row[at.conf_status]))),
                    Value::Text(text) if i == at.location => places::link(text.as_str().into(), source),
                    _ => cell(value, column),
                });
            }
            if i == at.indicator && shown.next() == Some(&true) {
                cells.push(Cell::text(self.labels.get(word(value)).map_or("", String::as_str)));
            }
        }
        Row { cells, strong: false }
    }
}

/// The sheet Observations and its index, and in `users` where it shows the cells of the sources; `None` without figures.
pub(super) fn listed(
    table: &Arc<Table>,
    indicators: &[Indicator],
    cited: &CitedCells,
    users: &mut Users,
    styles: &mut Styles,
) -> Option<Listed> {
    let at = Columns::of(table).filter(|_| !table.rows.is_empty())?;
    let ordered = ordered(table, &at, indicators);
    let labels: HashMap<Word, String> = indicators.iter().map(|i| (i.code.clone(), i.short.clone())).collect();
    let (columns, shown, left_out) = columns(table, &at, &labels);
    let before = shown.iter().take(at.obs_value + usize::from(at.obs_value > at.indicator)).filter(|shown| **shown).count();
    let mut index = Observations { column: u16::try_from(before).expect("a few columns"), ..Observations::default() };
    let mut rows = Vec::with_capacity(ordered.len());
    for (line, o) in (HEAD_ROW + 1..).zip(&ordered) {
        let row = &table.rows[o.row];
        let same = rows.last().is_some_and(|(last, _): &(usize, _)| at.key(&table.rows[*last]) == at.key(row));
        index.take(row, o.geo.1, line, &at, same);
        let source = cited.located(word(&row[at.source]), word(&row[at.location]));
        if let Some(user) = source.and_then(|source| cited.position(source)) {
            users[user].get_or_insert(line);
        }
        rows.push((o.row, source));
    }
    let period = periods(table.rows.iter().map(|row| word(&row[at.time_period])));
    let made = Box::new(ListedRows { table: Arc::clone(table), at, rows, labels, shown });
    Some(Listed { rows: Arc::new(SharedRows::of(made, &columns, styles)), columns, left_out, period, index })
}

/// The columns that are not blank, which of all these are, and the heads of the others: those of the dataset, and the indicator's
/// name beside its code.
fn columns(table: &Table, at: &Columns, labels: &HashMap<Word, String>) -> (Vec<Head>, Vec<bool>, Vec<String>) {
    let (mut heads, mut shown, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    let mut put = |head: Head, is_filled: bool| {
        shown.push(is_filled);
        if is_filled { heads.push(head) } else { left_out.push(head.text) }
    };
    for (i, column) in table.schema.columns.iter().enumerate() {
        let (mut longest, mut is_filled) = (0, i == at.obs_value);
        for row in &table.rows {
            is_filled = is_filled || row[i] != Value::Missing;
            let text = word(&row[i]);
            if text.len() > longest {
                longest = longest.max(text.chars().count());
            }
        }
        let role = match column.column_type {
            ColumnType::Number => Role::Number,
            ColumnType::Integer => Role::Count,
            ColumnType::Boolean => Role::Boolean,
            ColumnType::Text | ColumnType::Date if i == at.location => Role::Place,
            ColumnType::Text | ColumnType::Date if longest > LONG => Role::Prose,
            ColumnType::Text | ColumnType::Date => Role::Text,
        };
        put(Head::new(headline(column), role, column.meaning).wide(fit(longest.clamp(8, 34))).of(DATASET, column.name), is_filled);
        if i == at.indicator {
            let named = table.rows.iter().any(|row| labels.get(word(&row[i])).is_some_and(|label| !label.is_empty()));
            put(Head::new("Indicator name", Role::Text, "short name of the indicator").wide(34.0), named);
        }
    }
    (heads, shown, left_out)
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

impl Observations {
    /// The next row; `same` if it is of the block of the one before.
    fn take(&mut self, row: &[Value], geo: Option<Geo>, line: u32, at: &Columns, same: bool) {
        if !same {
            self.keys.insert(at.key(row).join(JOINT), self.blocks.len());
            self.blocks.push(Block::default());
        }
        if let (Value::Text(indicator), Value::Text(source)) = (&row[at.indicator], &row[at.source])
            && !self.sources.get(indicator).is_some_and(|known| known.contains(source))
        {
            self.sources.entry(indicator.clone()).or_default().insert(source.clone());
        }
        let block = self.blocks.last_mut().expect("the first row begins a block");
        let flags = [word(&row[at.obs_status]), word(&row[at.conf_status])].concat();
        if let (Value::Text(geo), false) = (&row[at.geo], flags.is_empty()) {
            block.flags.push((geo.clone(), flags));
        }
        let Some(geo) = geo.filter(|g| !g.is_aggregate()) else { return };
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

    pub fn block(&self, key: &Key<'_>) -> Option<&Block> {
        self.keys.get(&key.join(JOINT)).map(|at| &self.blocks[*at])
    }

    /// Flags of a figure, empty if it has none.
    pub fn flags(&self, key: &Key<'_>, geo: &str) -> &str {
        let flags = self.block(key).map_or(&[][..], |block| &block.flags);
        flags.iter().find(|(of, _)| of == geo).map_or("", |(_, flags)| flags)
    }

    pub fn sources(&self, indicator: &str) -> impl Iterator<Item = &str> {
        self.sources.get(indicator).into_iter().flatten().map(Word::as_str)
    }

    fn range(&self, (first, last): (u32, u32)) -> String {
        let column = u32::from(self.column);
        let cell = |row: u32| {
            let name = a1(row, column);
            let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
            format!("${letters}${}", row + 1)
        };
        format!("'{NAME}'!{}:{}", cell(first), cell(last))
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
