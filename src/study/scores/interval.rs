//! 95 % intervals: Wilson's for shares, the bootstrap's percentiles for all else.

use crate::math::quantile;
use crate::rng::{Purpose, Stream};

/// What of a normal distribution lies within ± this many deviations: 95 %.
pub const Z: f64 = 1.959_963_984_540_054;

/// Resamples where rows and columns are few, and where they are many.
const MANY: usize = 1000;
const FEW: usize = 200;
const SMALL: usize = 4_000;
/// Beyond so many numbers there is no bootstrap: it would take seconds, and the interval is narrow.
const LARGE: usize = 200_000;

/// How an interval was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Wilson's score interval (1927).
    Wilson,
    /// Percentiles of the score over rows drawn again with replacement (Efron 1979).
    Bootstrap,
}

impl Method {
    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Method::Wilson => "wilson",
            Method::Bootstrap => "bootstrap",
        }
    }
}

/// Where a score lies at 95 %; NaN where that can't be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How it was found.
    pub method: Method,
}

/// Wilson's interval of a share of `count` rows; weighted rows count as many as would be as sure
/// (`effective`). NaN of no rows.
pub fn wilson(share: f64, count: f64) -> Interval {
    let method = Method::Wilson;
    if !(count > 0.0 && (0.0..=1.0).contains(&share)) {
        return Interval { low: f64::NAN, high: f64::NAN, method };
    }
    let z2 = Z * Z / count;
    let middle = (share + z2 / 2.0) / (1.0 + z2);
    let half = Z * (share * (1.0 - share) / count + z2 / (4.0 * count)).sqrt() / (1.0 + z2);
    // At a share of 0 or 1 rounding may leave a trace.
    let low = if share == 0.0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if share == 1.0 { 1.0 } else { (middle + half).min(1.0) };
    Interval { low, high, method }
}

/// How many rows of equal weight are as sure as these (Kish 1965).
pub fn effective(weights: impl Iterator<Item = f64> + Clone) -> f64 {
    let squares: f64 = weights.clone().map(|weight| weight * weight).sum();
    let sum: f64 = weights.sum();
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// Resamples that `rows` of `columns` get: 0 is none.
pub fn resamples(rows: usize, columns: usize) -> usize {
    match rows * columns {
        few if few <= SMALL => MANY,
        many if many <= LARGE => FEW,
        _ => 0,
    }
}

/// Intervals of some scores, which `score` gives of rows that count what their weights say. Resamples of which a score is
/// NaN don't count for it; where these are most of them, so is the interval. None without resamples.
pub fn bootstrap<const N: usize>(
    weights: &[f64],
    seed: u32,
    resamples: usize,
    mut score: impl FnMut(&[f64]) -> [f64; N],
) -> Option<[Interval; N]> {
    if resamples == 0 {
        return None;
    }
    let rows = weights.len();
    let mut drawn = vec![0.0; rows];
    let mut found: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(resamples));
    for resample in 0..resamples {
        drawn.fill(0.0);
        let mut stream = Stream::new(seed, Purpose::Bootstrap, resample as u32);
        for _ in 0..rows {
            let row = stream.below(rows as u32) as usize;
            drawn[row] += weights[row];
        }
        for (list, value) in found.iter_mut().zip(score(&drawn)) {
            if value.is_finite() {
                list.push(value);
            }
        }
    }
    Some(found.map(|mut values| {
        let enough = values.len() * 2 > resamples;
        values.sort_by(f64::total_cmp);
        let end = |share| if enough { quantile(&values, share) } else { f64::NAN };
        Interval { low: end(0.025), high: end(0.975), method: Method::Bootstrap }
    }))
}
