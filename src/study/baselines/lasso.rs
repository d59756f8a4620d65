//! Lasso: `‖y − Xw‖² / 2n + α‖w‖₁` with an intercept that isn't penalized, by coordinate descent (Friedman, Hastie and
//! Tibshirani, "Regularization paths for generalized linear models via coordinate descent", J. Stat. Softw. 33, 2010).

use super::linear::{Centered, Linear, centered_targets};
use super::solve::{add_scaled, dot, gram};
use crate::data::Dataset;
use crate::error::Result;

/// Sweeps over all weights, and additions in all of them: many times what a fit of standardized columns takes.
const MOST_SWEEPS: usize = 100_000;
const MOST_ADDITIONS: usize = 4_000_000_000;
/// What a weight moves in the last sweep, in units of the target's spread over its column's, at most.
const STILL: f64 = 1e-12;
/// Features up to which their products with one another are kept.
const MOST_PRODUCTS: usize = 2048;

pub(super) fn fit(data: &Dataset, penalty: f64) -> Result<Linear> {
    let (rows, width) = (data.rows(), data.width());
    let centered = Centered::new(&data.inputs, width);
    let columns = centered.columns();
    let (targets, target_means) = centered_targets(data);
    let threshold = penalty * rows as f64;
    let products = if width <= rows.min(MOST_PRODUCTS) { gram(&columns, rows) } else { Vec::new() };
    let squares: Vec<f64> = columns.chunks_exact(rows).map(|column| dot(column, column)).collect();
    let mut weights = Vec::with_capacity(target_means.len() * width);
    for target in targets.chunks_exact(rows) {
        let scale = dot(target, target).sqrt();
        let mut weight = vec![0.0; width];
        if products.is_empty() {
            // Of what is not explained yet, each column's product is taken anew.
            let mut rest = target.to_vec();
            descend(&mut weight, &squares, threshold, scale, rows, |j, by| {
                let column = &columns[j * rows..][..rows];
                if by != 0.0 {
                    add_scaled(&mut rest, -by, column);
                }
                dot(column, &rest)
            });
        } else {
            // The same by the products of columns: what one weight explains is taken from all.
            let mut rest: Vec<f64> = columns.chunks_exact(rows).map(|column| dot(column, target)).collect();
            descend(&mut weight, &squares, threshold, scale, width, |j, by| {
                if by != 0.0 {
                    add_scaled(&mut rest, -by, &products[j * width..][..width]);
                }
                rest[j]
            });
        }
        weights.extend(weight);
    }
    Ok(Linear::new(weights, &centered, &target_means))
}

/// Moves one weight after the other to its best until they stand still. `product(j, by)` moves weight `j` by that much,
/// and gives its column's product with what is not explained.
fn descend(
    weights: &mut [f64],
    squares: &[f64],
    threshold: f64,
    scale: f64,
    cost: usize,
    mut product: impl FnMut(usize, f64) -> f64,
) {
    let sweeps = (MOST_ADDITIONS / (weights.len() * cost).max(1)).clamp(10, MOST_SWEEPS);
    for _ in 0..sweeps {
        let mut largest: f64 = 0.0;
        for j in 0..weights.len() {
            if squares[j] == 0.0 {
                continue;
            }
            let wanted = product(j, 0.0) + squares[j] * weights[j];
            let weight = wanted.signum() * (wanted.abs() - threshold).max(0.0) / squares[j];
            let by = weight - weights[j];
            if by != 0.0 {
                weights[j] = weight;
                product(j, by);
                largest = largest.max(by.abs() * squares[j].sqrt());
            }
        }
        if largest <= STILL * scale {
            return;
        }
    }
}
