//! Linear models of values, and the centering that takes their intercepts out of the penalty.

use super::Coefficients;
use super::solve::dot;
use crate::data::Dataset;

/// Outputs that are linear in the inputs.
#[derive(Debug, Clone)]
pub(super) struct Linear {
    /// `[outputs, features]`
    weights: Vec<f64>,
    intercepts: Vec<f64>,
}

impl Linear {
    /// Of weights for centered inputs: the intercepts follow.
    pub(super) fn new(weights: Vec<f64>, centered: &Centered, target_means: &[f64]) -> Linear {
        let width = centered.means.len();
        let intercept = |(weights, mean): (&[f64], &f64)| mean - dot(weights, &centered.means);
        let intercepts = weights.chunks_exact(width).zip(target_means).map(intercept).collect();
        Linear { weights, intercepts }
    }

    pub(super) fn predict(&self, row: &[f64], outputs: &mut [f64]) {
        let lines = self.weights.chunks_exact(row.len()).zip(&self.intercepts);
        outputs.iter_mut().zip(lines).for_each(|(output, (weights, intercept))| {
            *output = dot(weights, row) + intercept;
        });
    }

    pub(super) fn coefficients(&self) -> Coefficients {
        Coefficients { weights: self.weights.clone(), intercepts: self.intercepts.clone() }
    }
}

/// Inputs about their means.
pub(super) struct Centered {
    /// `[rows, features]`; exactly 0 in a column that is the same throughout.
    pub(super) rows: Vec<f64>,
    /// `[features]`
    pub(super) means: Vec<f64>,
}

impl Centered {
    pub(super) fn new(inputs: &[f64], width: usize) -> Centered {
        let count = (inputs.len() / width) as f64;
        let mut means = vec![0.0; width];
        for row in inputs.chunks_exact(width) {
            means.iter_mut().zip(row).for_each(|(mean, value)| *mean += value);
        }
        means.iter_mut().for_each(|mean| *mean /= count);
        // The mean of equal numbers may round to another one, and rounding must not look like a column.
        let first = &inputs[..width];
        let mut is_constant = vec![true; width];
        for row in inputs.chunks_exact(width) {
            for j in 0..width {
                is_constant[j] &= row[j] == first[j];
            }
        }
        for j in (0..width).filter(|&j| is_constant[j]) {
            means[j] = first[j];
        }
        let mut rows = inputs.to_vec();
        for row in rows.chunks_exact_mut(width) {
            row.iter_mut().zip(&means).for_each(|(value, mean)| *value -= mean);
        }
        Centered { rows, means }
    }

    /// `[features, rows]`
    pub(super) fn columns(&self) -> Vec<f64> {
        transposed(&self.rows, self.means.len())
    }
}

/// Rows of `width` numbers as columns.
pub(super) fn transposed(rows: &[f64], width: usize) -> Vec<f64> {
    let count = rows.len() / width;
    let mut columns = vec![0.0; rows.len()];
    for (i, row) in rows.chunks_exact(width).enumerate() {
        for (j, &value) in row.iter().enumerate() {
            columns[j * count + i] = value;
        }
    }
    columns
}

/// Targets about their means, `[targets, rows]`, and the means.
pub(super) fn centered_targets(data: &Dataset) -> (Vec<f64>, Vec<f64>) {
    let targets = data.task.targets();
    let centered = Centered::new(&data.targets, targets);
    (transposed(&centered.rows, targets), centered.means)
}
