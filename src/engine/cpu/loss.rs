//! Losses on the CPU: sums over rows, and the gradient with respect to the outputs.

use super::arena::lanes_mask;
use super::cross_entropy::{binary, categorical, row_weights};
use crate::data::Task;
use crate::nn::loss::decide;
use crate::nn::{ClassWeighting, Loss};
use crate::train::metrics::Sums;
use wide::f32x4;

/// One batch as the loss sees it.
pub struct Batch<'a> {
    /// Outputs (logits), `[outputs][n]`.
    pub outputs: &'a [f32x4],
    /// Encoded targets, `[target_width][n]`.
    pub targets: &'a [f32x4],
    /// Real rows; lanes beyond them are padding.
    pub rows: usize,
    /// Vectors of four rows a feature.
    pub n: usize,
}

impl Batch<'_> {
    fn features(&self) -> usize {
        self.outputs.len() / self.n
    }

    /// Adds the real lanes of vector `r` to an f64 sum, in row order.
    #[inline]
    fn add_rows(&self, r: usize, values: f32x4, sum: &mut f64) {
        let left = self.rows.saturating_sub(4 * r).min(4);
        values.to_array()[..left].iter().for_each(|&v| *sum += f64::from(v));
    }
}

/// What the rows weigh together: their number, unless classes have weights.
pub fn weight(weighting: &ClassWeighting, batch: &Batch) -> f64 {
    if weighting.class_weights.is_empty() {
        return batch.rows as f64;
    }
    let mut sum = 0.0;
    for (r, &classes) in batch.targets.iter().enumerate() {
        batch.add_rows(r, row_weights(weighting, classes), &mut sum);
    }
    sum
}

/// Sum of the rows' losses. Writes `∂L/∂outputs` to `gradient` for the mean over rows of weight `denominator`.
///
/// # Shapes
/// `gradient`: `[outputs][n]`, where padding rows get 0; or empty, when only the sum is wanted
#[inline(never)]
pub fn gradient(
    loss: Loss,
    weighting: &ClassWeighting,
    batch: &Batch,
    denominator: f32,
    gradient: &mut [f32x4],
) -> f64 {
    debug_assert!(gradient.is_empty() || gradient.len() == batch.outputs.len());
    let n = batch.n;
    let mut sum = 0.0;
    let features = batch.features();
    for r in 0..n {
        let mut derivative = |k: usize, d: f32x4| {
            if let Some(place) = gradient.get_mut(k * n + r) {
                *place = d;
            }
        };
        let value = if loss == Loss::CategoricalCrossEntropy {
            let scale = lanes_mask(batch.rows, r) / denominator;
            categorical(batch, weighting, r, |k, d| derivative(k, d * scale))
        } else {
            let scale = lanes_mask(batch.rows, r) / (denominator * features as f32);
            let mut value = f32x4::ZERO;
            for k in 0..features {
                let (l, d) = element(loss, weighting, batch.outputs[k * n + r], batch.targets[k * n + r]);
                value += l;
                derivative(k, d * scale);
            }
            value / features as f32
        };
        batch.add_rows(r, value, &mut sum);
    }
    sum
}

/// Losses, hits and absolute errors summed over the rows.
#[inline(never)]
pub fn sums(loss: Loss, weighting: &ClassWeighting, task: Task, batch: &Batch) -> Sums {
    let n = batch.n;
    let features = batch.features();
    let mut sums = Sums {
        rows: batch.rows,
        weight: weight(weighting, batch),
        loss: gradient(loss, weighting, batch, 1.0, &mut []),
        ..Sums::default()
    };
    for r in 0..n {
        match task {
            Task::Regression { .. } => {
                let error = (0..features).fold(f32x4::ZERO, |e, k| {
                    e + (batch.outputs[k * n + r] - batch.targets[k * n + r]).abs()
                });
                batch.add_rows(r, error / features as f32, &mut sums.absolute_error);
            }
            Task::Classification { .. } => sums.correct += correct(loss, batch, r),
        }
    }
    sums
}

/// Rows of vector `r` that are decided to be of the target's class.
fn correct(loss: Loss, batch: &Batch, r: usize) -> usize {
    let (n, features) = (batch.n, batch.features());
    let at = |values: &[f32x4], k: usize, lane: usize| values[k * n + r].to_array()[lane];
    (0..batch.rows.saturating_sub(4 * r).min(4))
        .filter(|&lane| {
            let class = |values: &[f32x4]| decide(features, |k| at(values, k, lane));
            let wanted = match loss {
                Loss::CategoricalCrossEntropy => at(batch.targets, 0, lane) as usize,
                _ => class(batch.targets),
            };
            class(batch.outputs) == wanted
        })
        .count()
}

/// Loss of one output against one target, and its derivative.
#[inline(always)]
fn element(loss: Loss, weighting: &ClassWeighting, o: f32x4, t: f32x4) -> (f32x4, f32x4) {
    let (zero, one) = (f32x4::ZERO, f32x4::ONE);
    let e = o - t;
    match loss {
        Loss::Mse => (e * e, e + e),
        Loss::HalfMse => (e * e * 0.5, e),
        Loss::Mae => (e.abs(), sign(e)),
        Loss::Huber => {
            let near = e.abs().simd_lt(one);
            (near.bitselect(e * e * 0.5, e.abs() - 0.5), near.bitselect(e, sign(e)))
        }
        Loss::Hinge => {
            let margin = one - o * t;
            let wrong = margin.simd_gt(zero);
            // The comparison is false for NaN; adding 0·margin lets NaN through.
            (wrong.bitselect(margin, zero * margin), wrong.bitselect(-t, zero))
        }
        Loss::BinaryCrossEntropy => binary(weighting, o, t),
        // handled by its callers, which need all logits of a row
        Loss::CategoricalCrossEntropy => (zero, zero),
    }
}

/// −1, 0 or 1; NaN stays NaN.
fn sign(e: f32x4) -> f32x4 {
    let (zero, one) = (f32x4::ZERO, f32x4::ONE);
    e.simd_gt(zero).bitselect(one, e.simd_lt(zero).bitselect(-one, e))
}
