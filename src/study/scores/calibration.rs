//! Whether rows of which the model is 70 % sure are right 70 times of a hundred.

use super::interval::{Interval, effective, wilson};
use crate::math::quantile;

/// Bins, at most: equal probabilities fall together.
const BINS: usize = 10;

/// Rows of about the same probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean probability.
    pub predicted: f64,
    /// Share of rows that are of the class.
    pub observed: f64,
    /// Rows.
    pub count: usize,
    /// Wilson's, of the share.
    pub interval: Interval,
}

/// Ten bins between the deciles of the probabilities, so that each has about as many rows; fewer where they are equal.
/// Rows without weight are left out.
///
/// # Shapes
/// all `[rows]`
pub fn calibration(probabilities: &[f64], positive: &[bool], weights: &[f64]) -> Vec<Bin> {
    let rows: Vec<usize> = (0..probabilities.len()).filter(|&row| weights[row] > 0.0).collect();
    let mut sorted: Vec<f64> = rows.iter().map(|&row| probabilities[row]).collect();
    sorted.sort_by(f64::total_cmp);
    let edges: Vec<f64> = (1..BINS).map(|i| quantile(&sorted, i as f64 / BINS as f64)).collect();
    let mut bins: Vec<Vec<usize>> = vec![vec![]; BINS];
    for row in rows {
        bins[edges.partition_point(|&edge| edge < probabilities[row])].push(row);
    }
    let filled = bins.into_iter().filter(|bin| !bin.is_empty());
    filled
        .map(|bin| {
            let weight: f64 = bin.iter().map(|&row| weights[row]).sum();
            let predicted = bin.iter().map(|&row| weights[row] * probabilities[row]).sum::<f64>() / weight;
            let inside: f64 = bin.iter().filter(|&&row| positive[row]).map(|&row| weights[row]).sum();
            let observed = inside / weight;
            let interval = wilson(observed, effective(bin.iter().map(|&row| weights[row])));
            Bin { predicted, observed, count: bin.len(), interval }
        })
        .collect()
}
