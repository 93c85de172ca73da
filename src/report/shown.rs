//! Every figure that a report shows, wherever it stands: what the checks hold against the data and `trace` finds.

use super::chart::{ChartKind, GapGroup, ValueRow};
use super::{Block, Chart, Report, Shown, TableCell};

impl Report {
    /// Every chart once, in the order of the document.
    pub fn charts(&self) -> Vec<&Chart> {
        let mut charts: Vec<&Chart> = self.position.iter().collect();
        for block in self.chapters.iter().flat_map(|c| &c.blocks).chain(&self.glance) {
            match block {
                Block::Chart(chart) => charts.push(chart),
                Block::Multiples(multiples) => charts.extend(&multiples.charts),
                Block::Paragraph(_)
                | Block::Callout { .. }
                | Block::Table(_)
                | Block::Entries(_)
                | Block::Coverage(_)
                | Block::Classes(_)
                | Block::Stages(_)
                | Block::Heading(_)
                | Block::List(_) => {}
            }
        }
        charts
    }

    /// Every figure with the words that say where it stands: `key figure …`, `chart use-…`, `table benchmark`.
    pub fn shown(&self) -> Vec<(String, &Shown)> {
        let mut all = Vec::new();
        for key in &self.key_figures {
            let place = format!("key figure \u{201c}{}\u{201d}", key.label);
            all.extend([Some(&key.country), key.average.as_ref()].into_iter().flatten().map(|s| (place.clone(), s)));
        }
        self.position.iter().for_each(|chart| of_chart(chart, &mut all));
        for block in self.chapters.iter().flat_map(|c| &c.blocks).chain(&self.glance) {
            of_block(block, &mut all);
        }
        all
    }
}

impl Chart {
    /// Every figure that the chart shows.
    pub fn shown(&self) -> Vec<&Shown> {
        let mut all = Vec::new();
        of_chart(self, &mut all);
        all.into_iter().map(|(_, shown)| shown).collect()
    }
}

fn of_block<'r>(block: &'r Block, all: &mut Vec<(String, &'r Shown)>) {
    match block {
        Block::Chart(chart) => of_chart(chart, all),
        Block::Multiples(multiples) => multiples.charts.iter().for_each(|chart| of_chart(chart, all)),
        Block::Table(table) => {
            for cell in table.groups.iter().flat_map(|g| &g.rows).flatten() {
                match cell {
                    TableCell::Figure(shown) => all.push((format!("table {}", table.id), shown)),
                    TableCell::Text(_) | TableCell::Place(_) => {}
                }
            }
        }
        Block::Paragraph(_)
        | Block::Callout { .. }
        | Block::Entries(_)
        | Block::Coverage(_)
        | Block::Classes(_)
        | Block::Stages(_)
        | Block::Heading(_)
        | Block::List(_) => {}
    }
}

fn of_chart<'r>(chart: &'r Chart, all: &mut Vec<(String, &'r Shown)>) {
    let mut found: Vec<&Shown> = Vec::new();
    match &chart.kind {
        ChartKind::Line(line) => found.extend(line.country.iter().chain(&line.average).chain(&line.gap)),
        ChartKind::Gap(plot) => of_groups(&plot.groups, &mut found),
        ChartKind::Dumbbell(plot) => of_groups(&plot.groups, &mut found),
        ChartKind::Bars(bars) => {
            bars.dimensions.iter().flat_map(|(head, rows)| std::iter::once(head).chain(rows)).for_each(|row| of_row(row, &mut found));
        }
        ChartKind::Scoreboard(board) => board.boards.iter().flat_map(|b| &b.rows).for_each(|row| of_row(row, &mut found)),
        ChartKind::Ranks(ranks) => {
            for strip in &ranks.strips {
                found.extend(strip.countries.iter().map(|(_, shown)| shown).chain(&strip.average));
            }
        }
        ChartKind::Distance(distance) => {
            for row in &distance.rows {
                found.extend([Some(&row.country), row.average.as_ref(), Some(&row.target)].into_iter().flatten());
            }
        }
        ChartKind::Extremes(extremes) => {
            extremes.ahead.iter().chain(&extremes.behind).for_each(|(_, row)| of_row(row, &mut found));
        }
        ChartKind::Timeline(_) => {}
    }
    all.extend(found.into_iter().map(|shown| (format!("chart {}", chart.id), shown)));
}

fn of_groups<'r>(groups: &'r [GapGroup], found: &mut Vec<&'r Shown>) {
    groups.iter().flat_map(|g| &g.rows).for_each(|row| of_row(row, found));
}

fn of_row<'r>(row: &'r ValueRow, found: &mut Vec<&'r Shown>) {
    found.extend([Some(&row.country), row.average.as_ref(), row.gap.as_ref()].into_iter().flatten());
}
