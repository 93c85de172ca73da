//! Level and change together: every Member State's class, as formulas over the cut-offs.

use super::names::Names;
use super::places::Places;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Outcome, Role, Row, Sheet, Target};
use crate::comparison::field::Moments;
use crate::report::{Report, Standing, Standings};
use crate::vocabulary::place::a1;
use crate::vocabulary::{Indicator, Polarity};
use crate::writer::theme::Rgb;
use std::collections::HashMap;

/// Fills behind class words in the working profile: light enough for ink, and never without the word.
pub(super) const COLORS: &[(&str, Rgb)] = &[
    ("best performers", Rgb(0xb5, 0xca, 0xdd)),
    ("better than average", Rgb(0xdc, 0xe6, 0xf0)),
    ("good but to monitor", Rgb(0xe9, 0xef, 0xf5)),
    ("on average", Rgb(0xf4, 0xf4, 0xf4)),
    ("weak but improving", Rgb(0xfb, 0xef, 0xe6)),
    ("to watch", Rgb(0xf8, 0xdf, 0xcd)),
    ("critical situation", Rgb(0xf0, 0xc3, 0xa5)),
];

/// Where the publication's country stands in the sheet Classes.
#[derive(Default)]
pub(super) struct Classes {
    /// Address and class by indicator, period and edition.
    own: HashMap<(String, String, String), (String, &'static str)>,
}

impl Classes {
    pub fn cell(&self, indicator: &str, period: &str, edition: &str) -> Option<(&str, &'static str)> {
        let (address, word) = self.own.get(&(indicator.to_owned(), period.to_owned(), edition.to_owned()))?;
        Some((address, word))
    }
}

/// Indicators whose countries are all listed: headlines, dimensions, and all of a small group.
pub(super) fn is_listed(report: &Report, indicator: &Indicator) -> bool {
    const SMALL: usize = 6;
    indicator.headline || indicator.is_dimension || report.indicators.iter().filter(|i| i.group == indicator.group).count() <= SMALL
}

/// What one indicator's classes are cut with, and its countries.
struct Cut<'a> {
    indicator: &'a Indicator,
    standings: &'a Standings,
    levels: Moments,
    changes: Moments,
    /// +1 where high is good, -1 where low is.
    sign: f64,
    members: Vec<&'a Standing>,
}

fn cuts(report: &Report) -> Vec<Cut<'_>> {
    report
        .standings
        .iter()
        .filter_map(|standings| {
            let indicator = report.indicators.iter().find(|i| i.code == standings.indicator)?;
            let members: Vec<&Standing> = standings.countries.iter().filter(|c| c.geo.is_member_state()).collect();
            let classed = members.iter().any(|m| m.level_class.is_some());
            let sign = match indicator.polarity? {
                Polarity::HigherIsBetter => 1.0,
                Polarity::LowerIsBetter => -1.0,
            };
            (classed && is_listed(report, indicator)).then_some(Cut {
                indicator,
                standings,
                levels: standings.levels?,
                changes: standings.changes?,
                sign,
                members,
            })
        })
        .collect()
}

/// The sheets Classes and Cut-offs; none where nothing is classed.
pub(super) fn sheets<'a>(report: &'a Report, names: &mut Names, places: &mut Places) -> (Vec<Sheet<'a>>, Classes) {
    let cuts = cuts(report);
    let mut found = Classes::default();
    if cuts.is_empty() {
        return (Vec::new(), found);
    }
    let (name, cut_name) = (names.sheet("Classes"), names.sheet("Cut-offs"));
    let named = ["class_near", "class_far"].iter().all(|n| report.thresholds.iter().any(|t| t.name == *n));
    let (mut rows, mut cut_rows) = (Vec::new(), Vec::new());
    let mut line = HEAD_ROW + 1;
    for (cut, cut_line) in cuts.iter().zip(HEAD_ROW + 1..) {
        let first = line;
        for member in &cut.members {
            let mut row = class_row(cut, member, line, &format!("'{cut_name}'!"), cut_line, named);
            let from = Target::Cell(name.clone().into(), line, 0);
            row.push(member.place.as_ref().map_or(Cell::Mark("[x]"), |p| places.place(p, &from)));
            if let (true, Some(class)) = (member.geo == report.geo, member.level_class) {
                let key = (cut.indicator.code.to_string(), cut.standings.time_period.to_string(), cut.standings.edition.clone());
                found.own.insert(key, (format!("'{name}'!{}", a1(line, CLASS)), class));
            }
            rows.push(Row { cells: row, strong: member.geo == report.geo });
            line += 1;
        }
        cut_rows.push(Row { cells: cut_row(cut, &name, (first, line - 1), cut_line, named), strong: false });
    }
    let period = super::observations::periods(
        cuts.iter().map(|c| c.standings.time_period.to_string()).collect::<Vec<_>>().iter().map(String::as_str),
    );
    let classes = Sheet {
        title: format!("Level and change of all Member States, {} in bold", report.country),
        sentence: "Each row is one Member State on one indicator: level and change in standard deviations from the mean (positive is worse), \
                   and the class that follows."
            .to_owned(),
        source: "Method: Joint Employment Report, Social Scoreboard. The sheet Cut-offs has means and deviations, the sheet Thresholds the limits."
            .to_owned(),
        period: period.clone(),
        body: Body::Table(Grid::new(names.table(&name), class_heads(), rows, 1)),
        name,
    };
    let cut_offs = Sheet {
        title: "Cut-offs of the classes".to_owned(),
        sentence: "Each row is one indicator: mean and population standard deviation of levels and changes over the Member States, and the four cuts."
            .to_owned(),
        source: "Computed from the sheet Classes; the cuts lie at the limits of the sheet Thresholds. All periods are in data/cut_offs.csv.".to_owned(),
        period,
        body: Body::Table(Grid::new(names.table(&cut_name), cut_heads(), cut_rows, 1)),
        name: cut_name,
    };
    (vec![classes, cut_offs], found)
}

// Columns of the sheet Classes that formulas name.
const LEVEL: u32 = 5;
const PREVIOUS: u32 = 6;
const CHANGE: u32 = 7;
const LEVEL_SD: u32 = 8;
const CHANGE_SD: u32 = 9;
const CLASS: u32 = 10;

fn class_heads() -> Vec<Head> {
    vec![
        Head::new("Indicator", Role::Label, "printed name of the indicator").wide(36.0),
        Head::new("Code", Role::Text, "code of the indicator").wide(14.0),
        Head::new("Period", Role::Text, "period of the level").wide(11.0),
        Head::new("Geo", Role::Text, "country, Eurostat code").wide(8.0),
        Head::new("Country", Role::Text, "country").wide(16.0),
        Head::new("Level", Role::Number, "the country's value, in the indicator's unit"),
        Head::new("Previous", Role::Number, "the value that the change counts from"),
        Head::new("Change", Role::Gap, "level minus previous"),
        Head::new("Level, SD", Role::Gap, "level's distance from the mean in standard deviations; positive is worse").decimals(2),
        Head::new("Change, SD", Role::Gap, "change's distance from the mean change in standard deviations; positive is worse").decimals(2),
        Head::new("Class", Role::Text, "class of level and change after the Social Scoreboard").wide(20.0).of("comparisons", "level_class"),
        Head::new("Source", Role::Place, "line or cell of the level").wide(30.0),
    ]
}

fn class_row<'a>(cut: &Cut<'a>, member: &Standing, line: u32, cut_sheet: &str, cut_line: u32, named: bool) -> Vec<Cell<'a>> {
    let cell = |column| a1(line, column);
    let cut_cell = |column| format!("{cut_sheet}{}", absolute(cut_line, column));
    let mut row = vec![
        Cell::text(super::comparison_cells::short(cut.indicator, &cut.standings.edition)),
        Cell::text(cut.indicator.code.as_str()),
        Cell::text(cut.standings.time_period.to_string()),
        Cell::text(member.geo.code()),
        Cell::text(member.geo.name()),
        Cell::Number(member.value.value(), member.value.decimals()),
    ];
    let level = cut.levels.score(member.value.value()).map(|z| -cut.sign * z);
    let level_cell = level.map_or(Cell::Mark("[z]"), |level| {
        let text = format!("-{}*({}-{})/{}", cut_cell(DIRECTION), cell(LEVEL), cut_cell(MEAN), cut_cell(DEVIATION));
        Cell::Formula(text, Outcome::Number(level, 2))
    });
    let (Some(previous), Some(change)) = (member.previous, member.change) else {
        row.extend([Cell::Mark("[x]"), Cell::Mark("[x]"), level_cell, Cell::Mark("[x]"), Cell::Mark("[x]")]);
        return row;
    };
    row.push(Cell::Number(previous.value(), previous.decimals()));
    row.push(Cell::Formula(format!("{}-{}", cell(LEVEL), cell(PREVIOUS)), Outcome::Number(change, member.value.decimals())));
    row.push(level_cell);
    let shift = cut.changes.score(change).map(|z| -cut.sign * z);
    row.push(shift.map_or(Cell::Mark("[z]"), |shift| {
        let text = format!("-{}*({}-{})/{}", cut_cell(DIRECTION), cell(CHANGE), cut_cell(CHANGE_MEAN), cut_cell(CHANGE_DEVIATION));
        Cell::Formula(text, Outcome::Number(shift, 2))
    }));
    row.push(match (member.level_class, level, shift) {
        (Some(class), Some(level), Some(shift)) if named && clear(level) && clear(shift) => {
            Cell::Formula(formula(&cell(LEVEL_SD), &cell(CHANGE_SD), &cell(CHANGE), &cut_cell(DIRECTION)), Outcome::Text(class.to_owned()))
        }
        (Some(class), ..) => Cell::text(class),
        (None, ..) => Cell::Mark("[z]"),
    });
    row
}

/// Whether a distance lies clear of the usual limits, so that the last bit of a sum does not decide the class.
fn clear(distance: f64) -> bool {
    [0.5, 1.0].iter().all(|limit| (distance.abs() - limit).abs() > 1e-9)
}

/// The rules of METHODS.md section 5 in their order; the first that matches wins.
fn formula(l: &str, d: &str, change: &str, direction: &str) -> String {
    let (near, far) = ("class_near", "class_far");
    let middling = format!("{l}>-{near},{l}<={near}");
    format!(
        "IF(AND({d}>={far},{direction}*{change}>=0,{l}<={near}),\
         IF({l}<=-{far},\"best performers\",IF({l}<=-{near},\"better than average\",\"on average\")),\
         IF(AND({l}>{far},{d}>-{far}),\"critical situation\",\
         IF(OR(AND({l}>{near},{l}<={far},{d}>-{far}),AND({middling},{d}>{far})),\"to watch\",\
         IF(AND({l}>{near},{d}<=-{far}),\"weak but improving\",\
         IF(AND({l}<=-{near},{d}>{far}),\"good but to monitor\",\
         IF(OR(AND({l}>-{far},{l}<=-{near},{d}<={far}),AND({middling},{d}<=-{far})),\"better than average\",\
         IF(AND({l}<=-{far},{d}<={far}),\"best performers\",\"on average\")))))))"
    )
}

// Columns of the sheet Cut-offs that formulas name.
const DIRECTION: u32 = 3;
const MEAN: u32 = 4;
const DEVIATION: u32 = 5;
const CHANGE_MEAN: u32 = 11;
const CHANGE_DEVIATION: u32 = 12;

fn cut_heads() -> Vec<Head> {
    let mut heads = vec![
        Head::new("Indicator", Role::Label, "printed name of the indicator").wide(36.0),
        Head::new("Code", Role::Text, "code of the indicator").wide(14.0).of("cut_offs", "indicator"),
        Head::new("Period", Role::Text, "period of the levels").wide(11.0).of("cut_offs", "time_period"),
        Head::new("Direction", Role::Gap, "+1 where a high value is good, −1 where a low one is").decimals(0),
    ];
    let columns = [
        ("mean", "mean", "unweighted mean over the Member States"),
        ("standard_deviation", "SD", "population standard deviation over the Member States"),
        ("members", "members", "how many Member States report"),
        ("t1", "cut 1", "one standard deviation below the mean"),
        ("t2", "cut 2", "half a standard deviation below the mean"),
        ("t3", "cut 3", "half a standard deviation above the mean"),
        ("t4", "cut 4", "one standard deviation above the mean"),
    ];
    for (prefix, what) in [("", "Level"), ("change_", "Change")] {
        for (column, head, meaning) in columns {
            let role = if column == "members" { Role::Count } else { Role::Number };
            heads.push(Head::new(format!("{what} {head}"), role, meaning).decimals(2).of("cut_offs", &format!("{prefix}{column}")));
        }
    }
    heads
}

fn cut_row<'a>(cut: &Cut<'a>, classes: &str, (first, last): (u32, u32), line: u32, named: bool) -> Vec<Cell<'a>> {
    let mut row = vec![
        Cell::text(super::comparison_cells::short(cut.indicator, &cut.standings.edition)),
        Cell::text(cut.indicator.code.as_str()),
        Cell::text(cut.standings.time_period.to_string()),
        Cell::Number(cut.sign, 0),
    ];
    for (moments, source, mean, deviation) in [(cut.levels, LEVEL, MEAN, DEVIATION), (cut.changes, CHANGE, CHANGE_MEAN, CHANGE_DEVIATION)] {
        let range = format!("'{classes}'!{}:{}", absolute(first, source), absolute(last, source));
        row.push(Cell::Formula(format!("AVERAGE({range})"), Outcome::Number(moments.mean, 2)));
        row.push(Cell::Formula(format!("STDEVP({range})"), Outcome::Number(moments.deviation, 2)));
        row.push(Cell::Formula(format!("COUNT({range})"), Outcome::Count(i64::from(moments.members))));
        for (sign, name, limit) in [("-", "class_far", -1.0), ("-", "class_near", -0.5), ("+", "class_near", 0.5), ("+", "class_far", 1.0)]
        {
            let outcome = moments.mean + limit * moments.deviation;
            row.push(if named {
                Cell::Formula(format!("{}{sign}{name}*{}", a1(line, mean), a1(line, deviation)), Outcome::Number(outcome, 2))
            } else {
                Cell::Number(outcome, 2)
            });
        }
    }
    row
}

/// `$D$7`.
fn absolute(row: u32, column: u32) -> String {
    let name = a1(row, column);
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    format!("${letters}${}", row + 1)
}
