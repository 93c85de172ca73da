//! What the text states beside what the figures give: what does not agree first and in full, numbers that agree close together.

use super::content::Cite;
use super::material::Material;
use super::{ColumnRole, DataTable, TableCell, TableGroup, plots, tables, wording};
use crate::comparison::claim::{Claim, Verdict};
use crate::vocabulary::{Geo, Lines};

/// Fewer numbers than this stand with the other statements.
const FEW: usize = 4;

/// One table of all statements by verdict, and one of the printed numbers that agree.
pub fn tables(material: &Material, claims: &[Claim], cite: &Cite) -> Vec<DataTable> {
    let (numbers, others): (Vec<&Claim>, Vec<&Claim>) = claims.iter().partition(|c| stated(c).is_some());
    let (numbers, others) = if numbers.len() < FEW { (Vec::new(), claims.iter().collect()) } else { (numbers, others) };
    let finding = wording::claims_finding(claims);
    let mut tables: Vec<DataTable> = statements(material, &others, cite).into_iter().collect();
    tables.extend(printed_numbers(material, &numbers, cite));
    if let Some(first) = tables.first_mut() {
        first.finding = finding;
    }
    tables
}

fn hull(claims: &[&Claim]) -> Option<Lines> {
    claims.iter().map(|c| c.lines).reduce(Lines::join)
}

fn statements(material: &Material, claims: &[&Claim], cite: &Cite) -> Option<DataTable> {
    let hull = hull(claims)?;
    let groups = [Verdict::Contradicts, Verdict::CannotTell, Verdict::Agrees].into_iter().filter_map(|verdict| {
        let of: Vec<&Claim> = claims.iter().copied().filter(|c| c.verdict == verdict).collect();
        let mut rows: Vec<Vec<&Claim>> = Vec::new();
        for claim in of {
            match rows.last_mut() {
                Some(row) if same(row[0], claim) => row.push(claim),
                Some(_) | None => rows.push(vec![claim]),
            }
        }
        (!rows.is_empty()).then(|| TableGroup {
            heading: wording::verdict(verdict).to_owned(),
            aside: String::new(),
            rows: rows.iter().map(|row| statement(material, row, cite)).collect(),
            strong: Vec::new(),
        })
    });
    Some(DataTable {
        id: "claims".to_owned(),
        finding: String::new(),
        what: wording::claims_what(&material.country),
        columns: tables::columns(&[
            ("Statement", ColumnRole::Label),
            ("Indicator", ColumnRole::Text),
            ("Text", ColumnRole::Text),
            ("Figures", ColumnRole::Text),
            ("Line", ColumnRole::Place),
        ]),
        groups: groups.collect(),
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}

/// Of one sentence.
fn same(a: &Claim, b: &Claim) -> bool {
    a.statement == b.statement && a.lines == b.lines
}

/// A sentence with all indicators that it is about, and what is said and found of each; what all share is said once.
fn statement(material: &Material, claims: &[&Claim], cite: &Cite) -> Vec<TableCell> {
    let of = |part: &dyn Fn(&Claim) -> String| {
        let parts: Vec<String> = claims.iter().map(|c| wording::dash(&part(c))).collect();
        if parts.iter().all(|p| *p == parts[0]) { parts[0].clone() } else { parts.join("; ") }
    };
    let reasons = of(&|c| c.reason.clone());
    let found = of(&|c| c.found.clone());
    let figures = match (found.as_str(), reasons.as_str()) {
        (_, "–") => found,
        ("–", _) => reasons,
        (_, _) => format!("{found}; {reasons}"),
    };
    vec![
        TableCell::Text(claims[0].statement.clone()),
        TableCell::Text(of(&|c| name(material, &c.indicator))),
        TableCell::Text(of(&|c| c.claimed.clone())),
        TableCell::Text(figures),
        TableCell::Place(cite.at(claims[0].lines)),
    ]
}

fn name(material: &Material, codes: &str) -> String {
    match codes.split('|').count() {
        1 => material.indicators.get(codes).map_or_else(|| wording::dash(codes), |i| i.short.clone()),
        several => wording::several(several),
    }
}

/// What a printed number is of, and the number, where the figures agree with it.
fn stated(claim: &Claim) -> Option<(&str, &str)> {
    let (of, value) = claim.statement.rsplit_once(": ").filter(|_| claim.verdict == Verdict::Agrees && !claim.indicator.contains('|'))?;
    let average = format!("{} average {value}", claim.geo.name());
    if claim.claimed == value {
        Some((of, value))
    } else if claim.claimed == average {
        Some((of.strip_suffix(claim.geo.name()).and_then(|of| of.strip_suffix(", ")).unwrap_or(of), value))
    } else {
        None
    }
}

/// One row per number of the text: the country's and the average's beside each other.
fn printed_numbers(material: &Material, claims: &[&Claim], cite: &Cite) -> Option<DataTable> {
    let hull = hull(claims)?;
    let mut rows: Vec<(&str, Lines, &str, [Option<&Claim>; 2])> = Vec::new();
    let mut averages: Vec<Geo> = Vec::new();
    for claim in claims {
        let Some((of, _)) = stated(claim) else { continue };
        let side = usize::from(claim.geo.is_aggregate());
        if side == 1 && !averages.contains(&claim.geo) {
            averages.push(claim.geo);
        }
        let known = |r: &&mut (&str, Lines, &str, [Option<&Claim>; 2])| {
            (r.0, r.1, r.2) == (of, claim.lines, claim.indicator.as_str()) && r.3[side].is_none()
        };
        match rows.iter_mut().find(known) {
            Some(row) => row.3[side] = Some(claim),
            None => {
                let mut sides = [None; 2];
                sides[side] = Some(*claim);
                rows.push((of, claim.lines, &claim.indicator, sides));
            }
        }
    }
    let average = match averages.as_slice() {
        [one] => plots::average_name(Some(*one)),
        [] | [_, ..] => "EU".to_owned(),
    };
    let code = material.geo.code();
    let pair = |claim: Option<&Claim>| match claim.and_then(|c| Some((stated(c)?.1, c.found.as_str()))) {
        Some((value, found)) => [value, found].map(|t| TableCell::Text(wording::dash(t))),
        None => [(); 2].map(|()| TableCell::Text("–".to_owned())),
    };
    let lines = rows.iter().map(|(of, lines, indicator, sides)| {
        let mut row = vec![TableCell::Text((*of).to_owned()), TableCell::Text(name(material, indicator))];
        row.extend(sides.iter().flat_map(|side| pair(*side)));
        row.push(TableCell::Place(cite.at(*lines)));
        row
    });
    Some(DataTable {
        id: "claimed-numbers".to_owned(),
        finding: wording::numbers_agree(claims.len()),
        what: wording::numbers_agree_what(&material.country),
        columns: tables::columns(&[
            ("Number of the text", ColumnRole::Label),
            ("Indicator", ColumnRole::Label),
            (&format!("{code}, text"), ColumnRole::Country),
            ("figures", ColumnRole::Country),
            (&format!("{average}, text"), ColumnRole::Average),
            ("figures", ColumnRole::Average),
            ("Line", ColumnRole::Place),
        ]),
        groups: vec![TableGroup { heading: String::new(), aside: String::new(), rows: lines.collect(), strong: Vec::new() }],
        note: String::new(),
        source: wording::source_lines(cite.title, hull),
    })
}
