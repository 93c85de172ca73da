//! What is worth saying about a series: facts without words. All compare values as they are printed, so that a sentence
//! never contradicts the digits beside it.

use super::material::Material;
use crate::comparison::{Comparison, Position};
use crate::vocabulary::unit::UnitKind;
use crate::vocabulary::{Figure, Indicator, Polarity, TimePeriod, figure};

/// The newest value stands out among those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// Higher than all after `since`; than all of the series if that is its first period.
    Highest {
        since: TimePeriod,
    },
    Lowest {
        since: TimePeriod,
    },
}

/// At least so many periods must lie behind a record for it to be worth a word.
const RECORD_PERIODS: usize = 3;

/// The record that the last of these values is, oldest first.
pub fn record(values: &[(TimePeriod, f64)], decimals: u8) -> Option<Record> {
    let ((_, last), before) = values.split_last()?;
    let printed = |v: f64| figure::round(v, decimals);
    let since = |beats: &dyn Fn(f64) -> bool| {
        let start = before.iter().rposition(|(_, v)| !beats(printed(*v))).unwrap_or(0);
        (before.len() - start >= RECORD_PERIODS && beats(printed(before.last()?.1))).then(|| before[start].0)
    };
    let last = printed(*last);
    let highest = since(&|v| v < last).map(|since| Record::Highest { since });
    highest.or_else(|| since(&|v| v > last).map(|since| Record::Lowest { since }))
}

/// On which sides of the average a country stood before it came to where it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many periods in a row.
    pub periods: usize,
    pub above: bool,
    pub close: bool,
    pub below: bool,
    /// It was so in every earlier period.
    pub always: bool,
}

/// The run of earlier positions, oldest first, that the last one ends: until the country stood as now, or on the other side.
/// `None` if it lasted one period.
pub fn turn(positions: &[Position]) -> Option<Turn> {
    let (now, before) = positions.split_last()?;
    let mut turn = Turn { periods: 0, above: false, close: false, below: false, always: false };
    for position in before.iter().rev().take_while(|p| *p != now) {
        match position {
            Position::Above if turn.below => break,
            Position::Below if turn.above => break,
            Position::Above => turn.above = true,
            Position::CloseTo => turn.close = true,
            Position::Below => turn.below = true,
        }
        turn.periods += 1;
    }
    turn.always = turn.periods == before.len();
    (turn.periods >= 2).then_some(turn)
}

/// Values of the publication's country in one indicator, oldest first.
pub fn values(material: &Material, indicator: &Indicator) -> Vec<(TimePeriod, f64)> {
    let series = material.series(indicator, material.geo);
    series.filter_map(|(p, o)| o.obs_value.figure().map(|f| (p, f.value()))).collect()
}

/// Positions beside the leading average of the newest comparison, oldest first, up to it.
pub fn positions(material: &Material, indicator: &Indicator, newest: &Comparison) -> Vec<Position> {
    let periods = material.periods(indicator).into_iter().filter(|p| *p <= newest.time_period);
    let same = |c: &&Comparison| c.average_geo == newest.average_geo && c.average_kind == newest.average_kind;
    periods.filter_map(|p| material.comparisons_at(indicator, p).iter().copied().find(same)?.position).collect()
}

/// An indicator with its newest comparison.
pub type Compared<'a> = (&'a Indicator, &'a Comparison);

/// Those of the indicators that have a position, at their newest period.
pub fn compared<'a>(material: &Material<'a>, indicators: impl Iterator<Item = &'a Indicator>) -> Vec<Compared<'a>> {
    indicators.filter_map(|i| material.latest(i).filter(|c| c.position.is_some()).map(|c| (i, c))).collect()
}

/// The indicators of the first page that have a position.
pub fn headlines<'a>(material: &Material<'a>) -> Vec<Compared<'a>> {
    compared(material, material.indicators.indicators.iter().filter(|i| i.headline))
}

pub fn count(rows: &[Compared<'_>], position: Position) -> usize {
    rows.iter().filter(|(_, c)| c.position == Some(position)).count()
}

/// The gap turned so that positive is ahead.
pub fn lead((indicator, c): &Compared<'_>) -> f64 {
    let sign = if indicator.polarity == Some(Polarity::LowerIsBetter) { -1.0 } else { 1.0 };
    sign * c.gap.unwrap_or(0.0)
}

/// Ahead of the average or behind it, beyond the band, on scales that may be held beside each other; the furthest first.
pub fn furthest<'a>(rows: &[Compared<'a>], ahead: bool) -> Vec<Compared<'a>> {
    let beyond = |c: &Comparison| matches!(c.position, Some(Position::Above | Position::Below));
    let hundred = |i: &Indicator| matches!(i.unit.kind, UnitKind::Percent | UnitKind::Score100);
    let mut rows: Vec<Compared> = rows.iter().copied().filter(|r| hundred(r.0) && beyond(r.1) && (lead(r) > 0.0) == ahead).collect();
    rows.sort_by(|a, b| lead(b).abs().total_cmp(&lead(a).abs()).then_with(|| a.0.code.cmp(&b.0.code)));
    rows
}

/// The largest changes since the previous period with a value, largest first; changes that print as zero are left out.
pub fn changed<'a>(material: &Material<'a>) -> Vec<(&'a Indicator, &'a Comparison, f64)> {
    let hundred = |i: &&Indicator| matches!(i.unit.kind, UnitKind::Percent | UnitKind::Score100);
    let all = material.indicators.indicators.iter().filter(hundred);
    let mut rows: Vec<(&Indicator, &Comparison, f64)> = all
        .filter_map(|i| {
            let c = material.latest(i)?;
            let change = c.change.filter(|change| figure::round(*change, i.decimals) != 0.0)?;
            Some((i, c, change))
        })
        .collect();
    rows.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then_with(|| a.0.code.cmp(&b.0.code)));
    rows
}

/// First and last value of one edition's series, if a change may be computed between them.
pub fn course(material: &Material, indicator: &Indicator) -> Option<(TimePeriod, f64, TimePeriod, f64)> {
    let newest = material.latest(indicator)?;
    let mut series = material.series(indicator, material.geo).filter(|(_, o)| o.edition == newest.edition);
    let broken = material.series(indicator, material.geo).skip(1).any(|(_, o)| o.flags.has('b'));
    let (first, value) = series.find_map(|(p, o)| Some((p, o.obs_value.figure()?.value())))?;
    let last = newest.country.map(Figure::value)?;
    let shared = matches!(first, TimePeriod::Biennium { .. }) && first.end_year() >= newest.time_period.start_year();
    (first < newest.time_period && !shared && !broken).then_some((first, value, newest.time_period, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Position::{Above, Below, CloseTo};

    fn years(values: &[f64]) -> Vec<(TimePeriod, f64)> {
        (2011..).map(TimePeriod::Year).zip(values.iter().copied()).collect()
    }

    #[test]
    fn a_record_tells_since_when() {
        let since = |y| Some(Record::Highest { since: TimePeriod::Year(y) });
        assert_eq!(record(&years(&[60.0, 61.0, 56.0, 78.0]), 0), since(2011));
        assert_eq!(record(&years(&[60.0, 90.0, 56.0, 57.0, 78.0]), 0), since(2012));
        assert_eq!(record(&years(&[60.0, 61.0, 90.0, 78.0]), 0), None, "lower than the year before, higher than two others");
        assert_eq!(record(&years(&[60.0, 61.0, 78.0]), 0), None, "too short");
        assert_eq!(record(&years(&[60.0, 61.0, 77.6, 78.4]), 0), None, "77.6 and 78.4 print alike");
        assert_eq!(record(&years(&[60.0, 61.0, 62.0, 50.0]), 0), Some(Record::Lowest { since: TimePeriod::Year(2011) }));
        assert_eq!(record(&[], 0), None);
    }

    #[test]
    fn a_turn_ends_a_run_on_one_side() {
        let turn = |positions: &[Position]| turn(positions).map(|t| (t.periods, t.above, t.close, t.below, t.always));
        assert_eq!(turn(&[Above, Below, Below, Below, CloseTo]), Some((3, false, false, true, false)));
        assert_eq!(turn(&[Above, Below, CloseTo, Below, Above]), Some((3, false, true, true, false)));
        assert_eq!(turn(&[Below, Below, Above]), Some((2, false, false, true, true)));
        assert_eq!(turn(&[Above, Below, Above]), None);
        assert_eq!(turn(&[Above, Below, CloseTo]), None, "both sides");
        assert_eq!(turn(&[Above, Above]), None);
        assert_eq!(turn(&[]), None);
    }
}
