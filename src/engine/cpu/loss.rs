//! Losses on the CPU: the sum over rows, and its gradient with respect to the outputs.

use super::arena::lanes_mask;
use crate::data::Task;
use crate::math;
use crate::nn::Loss;
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
    fn add_rows(&self, r: usize, values: f32x4, sum: &mut f64) {
        let left = self.rows.saturating_sub(4 * r).min(4);
        values.to_array()[..left].iter().for_each(|&v| *sum += f64::from(v));
    }
}

/// Sum of the rows' losses. Writes `∂L/∂outputs` to `gradient` for the mean over `denominator` rows.
///
/// # Shapes
/// `gradient`: `[outputs][n]`; padding rows get 0
pub fn gradient(loss: Loss, batch: &Batch, denominator: f32, gradient: &mut [f32x4]) -> f64 {
    let n = batch.n;
    let mut sum = 0.0;
    if loss == Loss::CategoricalCrossEntropy {
        for r in 0..n {
            let scale = lanes_mask(batch.rows, r) / denominator;
            let (largest, total) = log_sum_exp(batch, r);
            let mut value = math::ln(total) + largest;
            for k in 0..batch.features() {
                let logit = batch.outputs[k * n + r];
                let hit = indicator(batch.targets[r], k);
                value -= hit * logit;
                gradient[k * n + r] = (math::exp(logit - largest) / total - hit) * scale;
            }
            batch.add_rows(r, value, &mut sum);
        }
        return sum;
    }
    let features = batch.features() as f32;
    for r in 0..n {
        let scale = lanes_mask(batch.rows, r) / (denominator * features);
        let mut value = f32x4::ZERO;
        for k in 0..batch.features() {
            let (l, d) = element(loss, batch.outputs[k * n + r], batch.targets[k * n + r]);
            value += l;
            gradient[k * n + r] = d * scale;
        }
        batch.add_rows(r, value / features, &mut sum);
    }
    sum
}

/// Losses, hits and absolute errors summed over the rows.
pub fn sums(loss: Loss, task: Task, batch: &Batch) -> Sums {
    let n = batch.n;
    let features = batch.features();
    let mut sums = Sums { rows: batch.rows, ..Sums::default() };
    for r in 0..n {
        let value = if loss == Loss::CategoricalCrossEntropy {
            let (largest, total) = log_sum_exp(batch, r);
            (0..features).fold(math::ln(total) + largest, |value, k| {
                value - indicator(batch.targets[r], k) * batch.outputs[k * n + r]
            })
        } else {
            let total = (0..features).fold(f32x4::ZERO, |value, k| {
                value + element(loss, batch.outputs[k * n + r], batch.targets[k * n + r]).0
            });
            total / features as f32
        };
        batch.add_rows(r, value, &mut sums.loss);
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

/// Rows of vector `r` whose most likely class is the target's; ties go to the lower class.
fn correct(loss: Loss, batch: &Batch, r: usize) -> usize {
    let (n, features) = (batch.n, batch.features());
    let at = |values: &[f32x4], k: usize, lane: usize| values[k * n + r].to_array()[lane];
    (0..batch.rows.saturating_sub(4 * r).min(4))
        .filter(|&lane| {
            let best = |values: &[f32x4]| {
                (1..features).fold(
                    0,
                    |best, k| {
                        if at(values, k, lane) > at(values, best, lane) { k } else { best }
                    },
                )
            };
            if features == 1 {
                (at(batch.outputs, 0, lane) > 0.0) == (at(batch.targets, 0, lane) > 0.0)
            } else if loss == Loss::CategoricalCrossEntropy {
                best(batch.outputs) == at(batch.targets, 0, lane) as usize
            } else {
                best(batch.outputs) == best(batch.targets)
            }
        })
        .count()
}

/// Loss of one output against one target, and its derivative.
#[inline(always)]
fn element(loss: Loss, o: f32x4, t: f32x4) -> (f32x4, f32x4) {
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
        // −t·ln σ(o) − (1 − t)·ln(1 − σ(o)), without ever taking the logarithm of a rounded 0
        Loss::BinaryCrossEntropy => (math::softplus(o) - t * o, math::sigmoid(o) - t),
        // handled by its caller, which needs all logits of a row
        Loss::CategoricalCrossEntropy => (zero, zero),
    }
}

/// −1, 0 or 1; NaN stays NaN.
fn sign(e: f32x4) -> f32x4 {
    let (zero, one) = (f32x4::ZERO, f32x4::ONE);
    e.simd_gt(zero).bitselect(one, e.simd_lt(zero).bitselect(-one, e))
}

/// The largest logit of each row, and `Σ exp(logit − largest)`.
fn log_sum_exp(batch: &Batch, r: usize) -> (f32x4, f32x4) {
    let logits = || batch.outputs[r..].iter().step_by(batch.n);
    let largest = logits().fold(batch.outputs[r], |m, &z| z.simd_ge(m).bitselect(z, m));
    let total = logits().fold(f32x4::ZERO, |sum, &z| sum + math::exp(z - largest));
    (largest, total)
}

/// 1 where the class index in `classes` is `k`, else 0.
fn indicator(classes: f32x4, k: usize) -> f32x4 {
    classes.simd_eq(f32x4::splat(k as f32)).bitselect(f32x4::ONE, f32x4::ZERO)
}
