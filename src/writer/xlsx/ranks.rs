//! All countries on each indicator, ranked: Member States first, then the others, the best on top.

use super::classes::is_listed;
use super::names::Names;
use super::places::Places;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Outcome, Role, Row, Sheet, Target};
use crate::report::{Report, Standing, Standings};
use crate::vocabulary::place::a1;
use crate::vocabulary::{Figure, Indicator, Polarity};

/// One indicator's rows in the sheet.
pub(super) struct Ranking<'a> {
    pub indicator: &'a Indicator,
    pub standings: &'a Standings,
    /// First and last row, zero-based.
    pub rows: (u32, u32),
    /// Position of the publication's country among the rows.
    pub own: Option<usize>,
}

/// Zero-based columns that formulas and charts name.
pub(super) const GEO: u16 = 3;
pub(super) const VALUE: u16 = 6;
pub(super) const AVERAGE: u16 = 7;

/// The sheet Ranks and where each indicator stands in it; `None` where nothing is ranked.
pub(super) fn sheet<'a>(report: &'a Report, names: &mut Names, places: &mut Places) -> Option<(Sheet<'a>, Vec<Ranking<'a>>)> {
    let listed = |s: &'a Standings| {
        report.indicators.iter().find(|i| i.code == s.indicator).filter(|i| is_listed(report, i) && !s.countries.is_empty())
    };
    let chosen: Vec<(&'a Indicator, &'a Standings)> = report.standings.iter().filter_map(|s| Some((listed(s)?, s))).collect();
    if chosen.is_empty() {
        return None;
    }
    let name = names.sheet("Ranks");
    let mut rows = Vec::new();
    let mut rankings = Vec::new();
    let mut line = HEAD_ROW + 1;
    for (indicator, standings) in chosen {
        let mut countries: Vec<&Standing> = standings.countries.iter().collect();
        countries.sort_by_key(|c| (!c.geo.is_member_state(), c.rank, c.geo));
        let members = countries.iter().filter(|c| c.geo.is_member_state()).count();
        let first = line;
        let last = first + u32::try_from(countries.len()).expect("a few dozen countries") - 1;
        let last_member = first + u32::try_from(members).expect("27 Member States");
        for country in &countries {
            let block = Block { indicator, standings, line, first, last, members: (members > 0).then(|| (first, last_member - 1)) };
            let mut cells = row(&block, country);
            let from = Target::Cell(name.clone().into(), line, 0);
            cells.push(country.place.as_ref().map_or(Cell::Mark("[x]"), |p| places.place(p, &from)));
            rows.push(Row { cells, strong: country.geo == report.geo });
            line += 1;
        }
        rankings.push(Ranking { indicator, standings, rows: (first, last), own: countries.iter().position(|c| c.geo == report.geo) });
    }
    let period = super::observations::periods(
        rankings.iter().map(|r| r.standings.time_period.to_string()).collect::<Vec<_>>().iter().map(String::as_str),
    );
    let sheet = Sheet {
        title: format!("Ranks: all countries that report, {} in bold", report.country),
        sentence: "Each row is one country on one indicator at its last period: Member States first, then the others, the best on top.".to_owned(),
        source: "Rank: standard competition ranking among all that report; EU rank and z-score among the Member States. The sources are in the last column."
            .to_owned(),
        period,
        body: Body::Table(Grid::new(names.table(&name), heads(), rows, 1)),
        name,
    };
    Some((sheet, rankings))
}

struct Block<'a> {
    indicator: &'a Indicator,
    standings: &'a Standings,
    line: u32,
    first: u32,
    last: u32,
    members: Option<(u32, u32)>,
}

fn heads() -> Vec<Head> {
    vec![
        Head::new("Indicator", Role::Label, "printed name of the indicator").wide(36.0),
        Head::new("Code", Role::Text, "code of the indicator").wide(14.0),
        Head::new("Period", Role::Text, "period of the values").wide(11.0),
        Head::new("Geo", Role::Text, "country, Eurostat code").wide(8.0),
        Head::new("Country", Role::Text, "country").wide(20.0),
        Head::new("Unit", Role::Text, "unit of the values").wide(18.0),
        Head::new("Value", Role::Country, "the country's value"),
        Head::new("Average", Role::Average, "the average that leads for the indicator"),
        Head::new("Average of", Role::Text, "which average it is").wide(12.0),
        Head::new("Gap", Role::Gap, "value minus average").of("comparisons", "gap"),
        Head::new("Rank", Role::Count, "competition rank among all countries that report; the first is the best"),
        Head::new("EU rank", Role::Count, "competition rank among the Member States that report"),
        Head::new("z-score", Role::Gap, "distance from the unweighted mean of the Member States in population standard deviations")
            .decimals(2),
        Head::new("Source", Role::Place, "line or cell of the value").wide(30.0),
    ]
}

fn row<'a>(block: &Block<'a>, country: &Standing) -> Vec<Cell<'a>> {
    let value = a1(block.line, u32::from(VALUE));
    let range = |(first, last): (u32, u32)| {
        let letters = value.trim_end_matches(|c: char| c.is_ascii_digit());
        format!("${letters}${}:${letters}${}", first + 1, last + 1)
    };
    let low_first = u8::from(block.indicator.polarity == Some(Polarity::LowerIsBetter));
    let figure = |f: Figure| Cell::Number(f.value(), f.decimals());
    let mut cells = vec![
        Cell::text(super::comparison_cells::short(block.indicator, &block.standings.edition)),
        Cell::text(block.indicator.code.as_str()),
        Cell::text(block.standings.time_period.to_string()),
        Cell::text(country.geo.code()),
        Cell::text(country.geo.name()),
        Cell::text(block.indicator.unit.label.as_str()),
        figure(country.value),
    ];
    match block.standings.average {
        Some((geo, average)) => {
            let gap = country.value.value() - average.value();
            let decimals = country.value.decimals().max(average.decimals());
            cells.extend([
                figure(average),
                Cell::text(geo.name()),
                Cell::Formula(format!("{value}-{}", a1(block.line, u32::from(AVERAGE))), Outcome::Number(gap, decimals)),
            ]);
        }
        None => cells.extend([Cell::Mark("[x]"), Cell::Mark("[x]"), Cell::Mark("[x]")]),
    }
    let all = range((block.first, block.last));
    cells.push(Cell::Formula(format!("RANK({value},{all},{low_first})"), Outcome::Count(i64::from(country.rank))));
    cells.push(match (country.rank_eu, block.members) {
        (Some(rank), Some(members)) => {
            Cell::Formula(format!("RANK({value},{},{low_first})", range(members)), Outcome::Count(i64::from(rank)))
        }
        _ => Cell::Mark("[z]"),
    });
    cells.push(match (country.z_score, block.members) {
        (Some(score), Some(members)) => {
            let members = range(members);
            Cell::Formula(format!("({value}-AVERAGE({members}))/STDEVP({members})"), Outcome::Number(score, 2))
        }
        _ => Cell::Mark("[z]"),
    });
    cells
}
