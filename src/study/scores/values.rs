//! Scores of values.

use super::Given;
use super::interval::{Interval, bootstrap, resamples};

/// How far values lie from their targets. Errors are in the targets' unit, `mse` in its square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueScores {
    /// Rows seen.
    pub rows: usize,
    /// Mean squared error.
    pub mse: f64,
    /// Its root.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Median absolute error; of weighted rows where half of the weight lies below.
    pub median_absolute_error: f64,
    /// Share of the targets' variance that is explained: 1 is all of it, below 0 is worse than their mean. Of equal targets
    /// 1 where all are met, else 0; NaN of one row.
    pub r2: f64,
    /// 95 % intervals of the five in this order, by the bootstrap; `None` where none were wanted or rows are too many.
    pub intervals: Option<[Interval; 5]>,
}

/// One column of values, and rows by the size of their errors.
struct Column {
    targets: Vec<f64>,
    errors: Vec<f64>,
    order: Vec<u32>,
}

impl Column {
    fn new(given: &Given, column: usize) -> Column {
        let own = |numbers: &[f64]| -> Vec<f64> {
            numbers.iter().skip(column).step_by(given.columns).copied().collect()
        };
        let (outputs, targets) = (own(given.outputs), own(given.targets));
        let errors: Vec<f64> = outputs.iter().zip(&targets).map(|(o, t)| (o - t).abs()).collect();
        let mut order: Vec<u32> = (0..errors.len() as u32).collect();
        order.sort_by(|&a, &b| errors[a as usize].total_cmp(&errors[b as usize]));
        Column { targets, errors, order }
    }
}

pub(super) fn score(given: &Given, weights: &[f64]) -> ValueScores {
    let columns: Vec<Column> = (0..given.columns).map(|column| Column::new(given, column)).collect();
    let rows = weights.len();
    let measure = |weights: &[f64]| {
        let mut means = [0.0; 5];
        for Column { targets, errors, order } in &columns {
            let of_column = measure(targets, errors, order, weights);
            means.iter_mut().zip(of_column).for_each(|(mean, own)| *mean += own / columns.len() as f64);
        }
        means
    };
    let [mse, rmse, mae, median_absolute_error, r2] = measure(weights);
    let resamples = if given.with_intervals { resamples(rows, columns.len()) } else { 0 };
    let intervals = bootstrap(weights, given.seed, resamples, measure);
    ValueScores { rows, mse, rmse, mae, median_absolute_error, r2, intervals }
}

fn measure(targets: &[f64], errors: &[f64], order: &[u32], weights: &[f64]) -> [f64; 5] {
    let (mut weight, mut squares, mut sum, mut target, mut counted) = (0.0, 0.0, 0.0, 0.0, 0);
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for ((&t, &e), &w) in targets.iter().zip(errors).zip(weights).filter(|(_, w)| **w > 0.0) {
        weight += w;
        squares += w * e * e;
        sum += w * e;
        target += w * t;
        (least, most) = (least.min(t), most.max(t));
        counted += 1;
    }
    let mean = target / weight;
    let spread: f64 = targets.iter().zip(weights).map(|(t, w)| w * (t - mean) * (t - mean)).sum();
    let r2 = match counted {
        0 | 1 => f64::NAN,
        // By the extremes: the mean of equal numbers may be rounded.
        _ if least == most => f64::from(u8::from(squares == 0.0)),
        _ => 1.0 - squares / spread,
    };
    let mse = squares / weight;
    [mse, mse.sqrt(), sum / weight, median(errors, order, weights, weight), r2]
}

/// Where half of the weight lies below: the mean of two neighbors where it falls between them.
fn median(errors: &[f64], order: &[u32], weights: &[f64], weight: f64) -> f64 {
    let half = weight / 2.0;
    let mut below = 0.0;
    let mut sorted = order.iter().map(|&row| row as usize).filter(|&row| weights[row] > 0.0);
    while let Some(row) = sorted.next() {
        below += weights[row];
        if below >= half {
            let is_between = below - half <= f64::EPSILON;
            let next = sorted.next().filter(|_| is_between).unwrap_or(row);
            return 0.5 * (errors[row] + errors[next]);
        }
    }
    // Rounding may leave the last of them a trace short of half.
    order
        .iter()
        .rev()
        .map(|&row| row as usize)
        .find(|&row| weights[row] > 0.0)
        .map_or(f64::NAN, |row| errors[row])
}
