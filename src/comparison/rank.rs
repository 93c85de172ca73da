//! Ranks: standard competition ranking (1224), METHODS.md section 4.

use super::Rank;
use crate::vocabulary::{Geo, Polarity};

/// The rank of each country by its place in [`Geo::all`]. Polarity decides which end is first; without one, high is first.
pub fn ranks(values: &mut [(Geo, f64)], polarity: Option<Polarity>) -> Vec<Option<Rank>> {
    values.sort_by(|(a, x), (b, y)| best_first(*x, *y, polarity).then(a.cmp(b)));
    let mut ranks = vec![None; Geo::all().count()];
    let of = u32::try_from(values.len()).expect("fewer countries than 2^32");
    let mut rank = 0;
    for (i, (geo, value)) in values.iter().enumerate() {
        // Equal values share the rank of the first of them.
        if i == 0 || values[i - 1].1 != *value {
            rank = u32::try_from(i).expect("fewer countries than 2^32") + 1;
        }
        ranks[geo.index()] = Some(Rank { rank, of });
    }
    ranks
}

/// Order of two values, the better one first.
pub fn best_first(a: f64, b: f64, polarity: Option<Polarity>) -> std::cmp::Ordering {
    match polarity {
        Some(Polarity::LowerIsBetter) => a.total_cmp(&b),
        Some(Polarity::HigherIsBetter) | None => b.total_cmp(&a),
    }
}
