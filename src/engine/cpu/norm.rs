//! Layer norm and batch norm on the CPU.

use super::arena::{Arena, lanes_mask};
use super::product::{fold4, store};
use super::{Mode, RUNNING_MOMENTUM};
use crate::nn::plan::{BatchNorm, InputGradient, LayerNorm, Op};
use wide::f32x4;

/// Added to a variance before its root, as in PyTorch.
const EPSILON: f32 = 1e-5;

/// `y = (x − mean) / √(variance + ε) · γ + β`, with mean and variance of each row over its features.
///
/// # Shapes
/// `x`: `[features][n]` → `y`: `[features][n]` · `γ`, `β`: `[features]` · `kept`: mean and `1 / √(variance + ε)`, `[2][n]`
pub fn layer_forward(op: &Op, norm: &LayerNorm, parameters: &[f32], arena: &mut Arena) {
    let n = arena.n;
    let (gain, bias) = (&parameters[norm.gain.clone()], &parameters[norm.bias.clone()]);
    let (x, y, kept) = arena.around(op.input, op.output, norm.kept.len);
    let (mean, scale) = kept.split_at_mut(n);
    let count = f32x4::splat(op.input.len as f32);
    mean.fill(f32x4::ZERO);
    scale.fill(f32x4::ZERO);
    for x in x.chunks_exact(n) {
        mean.iter_mut().zip(x).for_each(|(m, &x)| *m += x);
    }
    mean.iter_mut().for_each(|m| *m /= count);
    for x in x.chunks_exact(n) {
        for ((s, &m), &x) in scale.iter_mut().zip(&*mean).zip(x) {
            *s += (x - m) * (x - m);
        }
    }
    scale.iter_mut().for_each(|s| *s = f32x4::ONE / (*s / count + EPSILON).sqrt());
    for (k, (y, x)) in y.chunks_exact_mut(n).zip(x.chunks_exact(n)).enumerate() {
        for r in 0..n {
            y[r] = (x[r] - mean[r]) * scale[r] * gain[k] + bias[k];
        }
    }
}

/// `∂L/∂γ = Σ dy·x̂`, `∂L/∂β = Σ dy`, and `∂L/∂x = (dy·γ − mean(dy·γ) − x̂·mean(dy·γ·x̂)) / √(variance + ε)`.
///
/// # Shapes
/// `dy`: `[features][n]` → `dx`: `[features][n]` · `dγ`, `dβ`: `[features]`
pub fn layer_backward(
    op: &Op,
    norm: &LayerNorm,
    parameters: &[f32],
    gradients: &mut [f32],
    arena: &Arena,
    d: &mut Arena,
    accumulate: bool,
) {
    let n = arena.n;
    let gain = &parameters[norm.gain.clone()];
    let x = arena.of(op.input);
    let (mean, scale) = arena.of(norm.kept).split_at(n);
    // The gradient's own kept slot is free: the two means over features go there.
    let (dx, dy, kept) = d.around(op.input, op.output, norm.kept.len);
    let (mean_d, mean_dx) = kept.split_at_mut(n);
    mean_d.fill(f32x4::ZERO);
    mean_dx.fill(f32x4::ZERO);
    let (d_gain, d_bias) = gradients[norm.gain.start..norm.bias.end].split_at_mut(norm.gain.len());
    for (k, (dy, x)) in dy.chunks_exact(n).zip(x.chunks_exact(n)).enumerate() {
        let mut sums = [f32x4::ZERO; 4];
        for r in 0..n {
            let hat = (x[r] - mean[r]) * scale[r];
            sums[0] += dy[r] * hat;
            sums[1] += dy[r];
            mean_d[r] += dy[r] * gain[k];
            mean_dx[r] += dy[r] * gain[k] * hat;
        }
        let [gain_sum, bias_sum, ..] = fold4(sums).to_array();
        store(&[gain_sum], &mut d_gain[k..=k], accumulate);
        store(&[bias_sum], &mut d_bias[k..=k], accumulate);
    }
    if op.input_gradient == InputGradient::Skip {
        return;
    }
    let count = f32x4::splat(op.input.len as f32);
    mean_d.iter_mut().chain(&mut *mean_dx).for_each(|m| *m /= count);
    for (k, dx) in dx.chunks_exact_mut(n).enumerate() {
        let (x, dy) = (&x[k * n..][..n], &dy[k * n..][..n]);
        for r in 0..n {
            let hat = (x[r] - mean[r]) * scale[r];
            let value = (dy[r] * gain[k] - mean_d[r] - hat * mean_dx[r]) * scale[r];
            dx[r] = if op.input_gradient == InputGradient::Add { dx[r] + value } else { value };
        }
    }
}

/// Mean and biased variance of a channel over pixels and real rows.
#[inline(never)]
fn statistics(x: &[f32x4], n: usize, rows: usize) -> (f32, f32) {
    let count = (x.len() / n * rows) as f32;
    let total = |f: &dyn Fn(f32x4) -> f32x4| {
        let mut sums = [f32x4::ZERO; 4];
        for x in x.chunks_exact(n) {
            for (r, &x) in x.iter().enumerate() {
                sums[0] += f(x) * lanes_mask(rows, r);
            }
        }
        fold4(sums).to_array()[0]
    };
    let mean = total(&|x| x) / count;
    let variance = total(&|x| (x - mean) * (x - mean)) / count;
    (mean, variance)
}

/// `y = (x − mean) / √(variance + ε) · γ + β`, with mean and variance of each channel over the batch while
/// training, and the running ones otherwise.
///
/// # Shapes
/// `x`: `[channels][pixels][n]` → `y`: `[channels][pixels][n]` · `γ`, `β`, running mean and variance: `[channels]`
pub fn batch_forward(
    op: &Op,
    norm: &BatchNorm,
    parameters: &[f32],
    buffers: &mut [f32],
    arena: &mut Arena,
    rows: usize,
    mode: Mode,
) {
    let n = arena.n;
    let plane = norm.pixels * n;
    let (gain, bias) = (&parameters[norm.gain.clone()], &parameters[norm.bias.clone()]);
    let (means, variances) = buffers[norm.running.clone()].split_at_mut(gain.len());
    let (x, y, _) = arena.around(op.input, op.output, 0);
    for (c, (y, x)) in y.chunks_exact_mut(plane).zip(x.chunks_exact(plane)).enumerate() {
        let own = match mode {
            Mode::Gradient | Mode::Train { .. } => Some(statistics(x, n, rows)),
            Mode::Pool { norm: pooled, .. } if pooled == norm.running.start => Some(statistics(x, n, rows)),
            _ => None,
        };
        let (mean, variance) = own.unwrap_or((means[c], variances[c]));
        let remembered = match mode {
            Mode::Train { .. } => {
                let count = (norm.pixels * rows) as f32;
                Some((RUNNING_MOMENTUM, variance * count / (count - 1.0).max(1.0)))
            }
            // What lies between the parts adds to the variance within them (Chan et al. 1979).
            Mode::Pool { seen, .. } if own.is_some() => {
                let (share, apart) = (rows as f32 / seen as f32, mean - means[c]);
                Some((share, variance + (1.0 - share) * apart * apart))
            }
            _ => None,
        };
        if let Some((share, variance)) = remembered {
            means[c] += share * (mean - means[c]);
            variances[c] += share * (variance - variances[c]);
        }
        let scale = gain[c] / (variance + EPSILON).sqrt();
        for (y, &x) in y.iter_mut().zip(x) {
            *y = (x - mean) * scale + bias[c];
        }
    }
}

/// What a chunk's backward has to know of the full batch that it is a part of.
pub struct FullBatch<'a> {
    /// Means and variances over all rows, laid out as the running ones.
    pub statistics: &'a [f32],
    /// `Σ dy·x̂` and `Σ dy` over all rows, where their gradients lie.
    pub sums: &'a [f32],
    /// How many those are.
    pub rows: usize,
}

/// `∂L/∂γ = Σ dy·x̂`, `∂L/∂β = Σ dy`, and `∂L/∂x = (dy − mean(dy) − x̂·mean(dy·x̂)) · γ / √(variance + ε)`, with means
/// over the rows at hand, or over those of the full batch.
///
/// # Shapes
/// `dy`: `[channels][pixels][n]` → `dx`: `[channels][pixels][n]` · `dγ`, `dβ`: `[channels]`
#[allow(clippy::too_many_arguments)] // the same as every op's backward, the number of rows, and of what they are a part
pub fn batch_backward(
    op: &Op,
    norm: &BatchNorm,
    parameters: &[f32],
    gradients: &mut [f32],
    arena: &Arena,
    d: &mut Arena,
    rows: usize,
    accumulate: bool,
    full: Option<&FullBatch>,
) {
    let n = arena.n;
    let plane = norm.pixels * n;
    let count = (norm.pixels * full.map_or(rows, |full| full.rows)) as f32;
    let gain = &parameters[norm.gain.clone()];
    let x = arena.of(op.input);
    let (dx, dy, _) = d.around(op.input, op.output, 0);
    let (d_gain, d_bias) = gradients[norm.gain.start..norm.bias.end].split_at_mut(norm.gain.len());
    for (c, (dy, x)) in dy.chunks_exact(plane).zip(x.chunks_exact(plane)).enumerate() {
        let (mean, variance) = match full {
            Some(full) => {
                let (means, variances) = full.statistics[norm.running.clone()].split_at(gain.len());
                (means[c], variances[c])
            }
            None => statistics(x, n, rows),
        };
        let scale = 1.0 / (variance + EPSILON).sqrt();
        let mut sums = [f32x4::ZERO; 4];
        for (&dy, &x) in dy.iter().zip(x) {
            sums[0] += dy * ((x - mean) * scale);
            sums[1] += dy;
        }
        let [gain_sum, bias_sum, ..] = fold4(sums).to_array();
        store(&[gain_sum], &mut d_gain[c..=c], accumulate);
        store(&[bias_sum], &mut d_bias[c..=c], accumulate);
        if op.input_gradient == InputGradient::Skip {
            continue;
        }
        let [gain_sum, bias_sum] = match full {
            Some(full) => [full.sums[norm.gain.start + c], full.sums[norm.bias.start + c]],
            None => [gain_sum, bias_sum],
        };
        for (pixel, dx) in dx[c * plane..][..plane].chunks_exact_mut(n).enumerate() {
            for r in 0..n {
                let (x, dy) = (x[pixel * n + r], dy[pixel * n + r]);
                let hat = (x - mean) * scale;
                let value = (dy - bias_sum / count - hat * (gain_sum / count)) * (gain[c] * scale);
                // Padding lanes depend on nothing and must stay silent.
                let value = value * lanes_mask(rows, r);
                dx[r] = if op.input_gradient == InputGradient::Add { dx[r] + value } else { value };
            }
        }
    }
}
