//! What the workbooks of publications with the same figures have in common: nine tenths of their cells, made once.

use super::observations::{self, Listed};
use super::parts::{Packed, Packing};
use super::places::{CitedCells, Users};
use super::rows::{Above, Numbered, Styles, Xml};
use super::sheet::{Facts, Head, Row};
use crate::dataset::Table;
use crate::report::{Cited, Report};
use crate::vocabulary::Indicator;
use std::sync::Arc;

/// The sheet Observations, one row for each figure of each country, and the cells of the sheet Sources.
pub struct FigureSheets {
    /// Of both, first in every workbook.
    pub(super) styles: Styles,
    pub(super) observations: Option<Listed>,
    pub(super) cells: CitedCells,
}

/// Where the rows are that several workbooks show.
pub(super) trait Rows: Send + Sync {
    fn len(&self) -> usize;

    /// A row counted from zero; made when it is asked for, since all of them together are large.
    fn row(&self, index: usize) -> Row<'_>;
}

/// Rows of a table that several workbooks show alike.
pub(super) struct SharedRows {
    made: Box<dyn Rows>,
    pub facts: Facts,
    pub formats: Vec<Numbered>,
    /// What stands above the next row.
    pub above: Above,
    pub rows: Packed,
    pub links: Packed,
}

/// Bytes of rows that are packed together: all of them at once would take much memory.
const PACKED_AT_ONCE: usize = 1 << 18;

impl SharedRows {
    pub fn of(made: Box<dyn Rows>, columns: &[Head], styles: &mut Styles) -> Self {
        let mut facts = Facts::of_none(columns);
        let rows = (0..made.len()).map(|at| {
            let row = made.row(at);
            facts.take(&row, columns);
            row
        });
        let (mut packed, mut links) = (Packing::new(), Packing::new());
        let mut pack = |xml: &mut Xml| {
            packed.push(&xml.rows);
            links.push(&xml.links);
            xml.rows.clear();
            xml.links.clear();
        };
        let mut xml = Xml::of(rows, columns, Above::default(), styles, |xml| {
            if xml.rows.len() >= PACKED_AT_ONCE {
                pack(xml);
            }
        });
        pack(&mut xml);
        Self { facts, formats: xml.formats, above: xml.above, rows: packed.finish(), links: links.finish(), made }
    }

    pub fn len(&self) -> usize {
        self.made.len()
    }

    pub fn row(&self, index: usize) -> Row<'_> {
        self.made.row(index)
    }
}

impl FigureSheets {
    /// `table` holds the observations, `cited` the cells that they come from; `files` are the sources, by id and file.
    pub fn new<'f>(
        table: Option<&Arc<Table>>,
        cited: &Arc<Vec<Cited>>,
        indicators: &[Indicator],
        files: impl Iterator<Item = (&'f str, &'f str)>,
    ) -> Self {
        let mut styles = Styles::default();
        let mut cells = CitedCells::of(cited, files);
        let mut users: Users = vec![None; cited.len()];
        let observations = table.and_then(|table| observations::listed(table, indicators, &cells, &mut users, &mut styles));
        cells.list(users, &mut styles);
        Self { styles, observations, cells }
    }

    /// Those of a report by itself.
    pub fn of(report: &Report) -> Self {
        let table = report.tables.iter().find(|t| t.schema.name == observations::DATASET);
        let files = report.sources.iter().map(|s| (s.id.as_str(), s.file.as_str()));
        Self::new(table, &report.cited_figures, &report.indicators, files)
    }
}
