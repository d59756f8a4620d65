//! Batch norm: each channel over the batch.

use crate::engine::cpu::arena::lanes_mask;
use crate::engine::cpu::product::{fold4, store};
use crate::engine::cpu::{self, EPSILON, Mode};
#[cfg(feature = "look")]
use crate::engine::exact::{self, Groups};
#[cfg(feature = "gpu")]
use crate::engine::gpu::{self, ACTIVATION, COMMON, Context, GROUP_SUM, Grid, Recipe, SLOT};
use crate::nn::layers::BatchNorm;
use crate::nn::plan::{InputGradient, Op};
use wide::f32x4;

/// Weight of a batch's statistics in the running ones, as in PyTorch.
const RUNNING_MOMENTUM: f32 = 0.1;

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
/// `∂L/∂γ = Σ dy·x̂`, `∂L/∂β = Σ dy`, and `∂L/∂x = (dy − mean(dy) − x̂·mean(dy·x̂)) · γ / √(variance + ε)`, with means
/// over the rows at hand, or over those of the full batch.
///
/// # Shapes
/// `x`: `[channels][pixels][n]` → `y`: `[channels][pixels][n]` · `γ`, `β`, running mean and variance: `[channels]`
impl cpu::Compute for BatchNorm {
    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let n = pass.values.n;
        let plane = self.pixels * n;
        let (gain, bias) = (&pass.parameters[self.gain.clone()], &pass.parameters[self.bias.clone()]);
        let (means, variances) = pass.buffers[self.running.clone()].split_at_mut(gain.len());
        let (x, y, _) = pass.values.around(op.input, op.output, 0);
        for (c, (y, x)) in y.chunks_exact_mut(plane).zip(x.chunks_exact(plane)).enumerate() {
            let own = match pass.mode {
                Mode::Gradient | Mode::Train { .. } => Some(statistics(x, n, pass.rows)),
                Mode::Pool { norm: pooled, .. } if pooled == self.running.start => {
                    Some(statistics(x, n, pass.rows))
                }
                _ => None,
            };
            let (mean, variance) = own.unwrap_or((means[c], variances[c]));
            let remembered = match pass.mode {
                Mode::Train { .. } => {
                    let count = (self.pixels * pass.rows) as f32;
                    Some((RUNNING_MOMENTUM, variance * count / (count - 1.0).max(1.0)))
                }
                // What lies between the parts adds to the variance within them (Chan et al. 1979).
                Mode::Pool { seen, .. } if own.is_some() => {
                    let (share, apart) = (pass.rows as f32 / seen as f32, mean - means[c]);
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

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        let n = pass.values.n;
        let plane = self.pixels * n;
        let count = (self.pixels * pass.full.map_or(pass.rows, |full| full.rows)) as f32;
        let gain = &pass.parameters[self.gain.clone()];
        let x = pass.values.of(op.input);
        let (dx, dy, _) = pass.d.around(op.input, op.output, 0);
        let (d_gain, d_bias) = pass.gradients[self.gain.start..self.bias.end].split_at_mut(self.gain.len());
        for (c, (dy, x)) in dy.chunks_exact(plane).zip(x.chunks_exact(plane)).enumerate() {
            let (mean, variance) = match pass.full {
                Some(full) => {
                    let (means, variances) = full.statistics[self.running.clone()].split_at(gain.len());
                    (means[c], variances[c])
                }
                None => statistics(x, n, pass.rows),
            };
            let scale = 1.0 / (variance + EPSILON).sqrt();
            let mut sums = [f32x4::ZERO; 4];
            for (&dy, &x) in dy.iter().zip(x) {
                sums[0] += dy * ((x - mean) * scale);
                sums[1] += dy;
            }
            let [gain_sum, bias_sum, ..] = fold4(sums).to_array();
            store(&[gain_sum], &mut d_gain[c..=c], pass.accumulate);
            store(&[bias_sum], &mut d_bias[c..=c], pass.accumulate);
            if op.input_gradient == InputGradient::Skip {
                continue;
            }
            let [gain_sum, bias_sum] = match pass.full {
                Some(full) => [full.sums[self.gain.start + c], full.sums[self.bias.start + c]],
                None => [gain_sum, bias_sum],
            };
            for (pixel, dx) in dx[c * plane..][..plane].chunks_exact_mut(n).enumerate() {
                for r in 0..n {
                    let (x, dy) = (x[pixel * n + r], dy[pixel * n + r]);
                    let hat = (x - mean) * scale;
                    let value = (dy - bias_sum / count - hat * (gain_sum / count)) * (gain[c] * scale);
                    // Padding lanes depend on nothing and must stay silent.
                    let value = value * lanes_mask(pass.rows, r);
                    dx[r] = if op.input_gradient == InputGradient::Add { dx[r] + value } else { value };
                }
            }
        }
    }
}

/// The running statistics lie behind the parameters.
#[cfg(feature = "gpu")]
impl gpu::Drive for BatchNorm {
    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let channels = self.gain.len();
        let means = context.plan.parameters + self.running.start;
        let mut constants = context.slots(index, op);
        let numbers = [
            ("GAIN", self.gain.start),
            ("BIAS", self.bias.start),
            ("PIXELS", self.pixels),
            ("MEANS", means),
            ("VARIANCES", means + channels),
        ];
        constants.extend(numbers.map(|(name, number)| (name, number as f64)));
        Recipe {
            tiles: vec![],
            shared: &[COMMON, ACTIVATION, SLOT, GROUP_SUM],
            source: include_str!("batch_norm.wgsl"),
            entry: "forward",
            constants,
            grid: Grid::fixed(channels),
            set: None,
        }
    }

    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        Some(Recipe { entry: "backward", ..self.forward(context, index, op) })
    }
}

#[cfg(feature = "look")]
impl exact::Differentiate for BatchNorm {
    fn forward(&self, pass: exact::Forward) {
        let groups = Groups::batch(self.gain.len(), self.pixels, pass.n);
        groups.forward(&self.gain, &self.bias, pass);
    }

    fn backward(&self, op: &Op, pass: exact::Backward) {
        let groups = Groups::batch(self.gain.len(), self.pixels, pass.n);
        groups.backward(&self.gain, &self.bias, op, pass);
    }
}
