//! Tables of figures.

use super::material::{self, Material};
use super::{ColumnRole, DataTable, TableCell, TableColumn, TableGroup, plots, wording};
use crate::vocabulary::Indicator;

/// Columns by their heads and roles.
pub fn columns(heads: &[(&str, ColumnRole)]) -> Vec<TableColumn> {
    heads.iter().map(|(head, role)| TableColumn { head: (*head).to_owned(), role: *role }).collect()
}

/// Every indicator of a group beside its leading average at its newest period, grouped by dimension.
pub fn group(material: &Material, key: &str) -> Option<DataTable> {
    let group = material.group_named(key)?;
    let mut groups: Vec<TableGroup> = Vec::new();
    let mut shown: Vec<&Indicator> = Vec::new();
    for indicator in material.group(key) {
        let Some(c) = material.latest(indicator) else { continue };
        let dash = || TableCell::Text("–".to_owned());
        let row = vec![
            TableCell::Text(indicator.label_in(&c.edition).to_owned()),
            TableCell::Text(indicator.unit.label.clone()),
            TableCell::Figure(material.country_value(c, indicator)),
            material.average_value(c, indicator).map_or_else(dash, TableCell::Figure),
            c.gap.map_or_else(dash, |_| TableCell::Figure(material::gap(c, indicator))),
            TableCell::Text(c.position.map_or("–", crate::comparison::Position::as_str).to_owned()),
            material::rank(c).map_or_else(dash, |r| TableCell::Text(format!("{} of {}", r.rank, r.of))),
        ];
        if groups.last().is_none_or(|g| g.heading != indicator.dimension) {
            let aside = format!("{}, {}", plots::average_name(c.average_geo), c.time_period.printed());
            groups.push(TableGroup { heading: indicator.dimension.clone(), aside, rows: Vec::new(), strong: Vec::new() });
        }
        let last = groups.last_mut().expect("a group was pushed for the first row");
        if indicator.is_dimension {
            last.strong.push(last.rows.len());
        }
        last.rows.push(row);
        shown.push(indicator);
    }
    (!groups.is_empty()).then(|| DataTable {
        id: key.to_owned(),
        finding: wording::group_finding(material, key),
        what: wording::group_what(material, &group.title),
        columns: columns(&[
            ("Indicator", ColumnRole::Label),
            ("Unit", ColumnRole::Text),
            (material.geo.code(), ColumnRole::Country),
            ("EU", ColumnRole::Average),
            ("Gap", ColumnRole::Gap),
            ("Position", ColumnRole::Text),
            ("Rank", ColumnRole::Number),
        ]),
        groups,
        note: wording::band_note(material, &shown),
        source: plots::source_line(material, &shown),
    })
}
