//! Layer norm: each row over its features.

use crate::engine::cpu::product::{fold4, store};
use crate::engine::cpu::{self, EPSILON};
#[cfg(feature = "look")]
use crate::engine::exact::{self, Groups};
#[cfg(feature = "gpu")]
use crate::engine::gpu::{self, ACTIVATION, COMMON, Context, GROUP, GROUP_SUM, Grid, Recipe, SLOT};
use crate::nn::layers::LayerNorm;
use crate::nn::plan::{InputGradient, Op};
use wide::f32x4;

/// `y = (x − mean) / √(variance + ε) · γ + β`, with mean and variance of each row over its features.
///
/// `∂L/∂γ = Σ dy·x̂`, `∂L/∂β = Σ dy`, and `∂L/∂x = (dy·γ − mean(dy·γ) − x̂·mean(dy·γ·x̂)) / √(variance + ε)`.
///
/// # Shapes
/// `x`: `[features][n]` → `y`: `[features][n]` · `γ`, `β`: `[features]` · `kept`: mean and `1 / √(variance + ε)`, `[2][n]`
impl cpu::Compute for LayerNorm {
    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let n = pass.values.n;
        let (gain, bias) = (&pass.parameters[self.gain.clone()], &pass.parameters[self.bias.clone()]);
        let (x, y, kept) = pass.values.around(op.input, op.output, self.kept.len);
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

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        let n = pass.values.n;
        let gain = &pass.parameters[self.gain.clone()];
        let x = pass.values.of(op.input);
        let (mean, scale) = pass.values.of(self.kept).split_at(n);
        // The gradient's own kept slot is free: the two means over features go there.
        let (dx, dy, kept) = pass.d.around(op.input, op.output, self.kept.len);
        let (mean_d, mean_dx) = kept.split_at_mut(n);
        mean_d.fill(f32x4::ZERO);
        mean_dx.fill(f32x4::ZERO);
        let (d_gain, d_bias) = pass.gradients[self.gain.start..self.bias.end].split_at_mut(self.gain.len());
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
            store(&[gain_sum], &mut d_gain[k..=k], pass.accumulate);
            store(&[bias_sum], &mut d_bias[k..=k], pass.accumulate);
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
}

/// A workgroup for each vector of rows.
#[cfg(feature = "gpu")]
const ROWS: Grid = Grid { fixed: 0, tiles: 1, width: 1, threads: 1 };

/// All gradients are one dispatch.
#[cfg(feature = "gpu")]
impl gpu::Drive for LayerNorm {
    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let mut constants = context.slots(index, op);
        constants.push(("GAIN", self.gain.start as f64));
        constants.push(("BIAS", self.bias.start as f64));
        Recipe {
            tiles: vec![],
            shared: &[COMMON, ACTIVATION, SLOT, GROUP_SUM],
            source: include_str!("layer_norm.wgsl"),
            entry: "forward",
            constants,
            grid: ROWS,
            set: None,
        }
    }

    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        let mut recipe = self.forward(context, index, op);
        let groups = op.input.len.div_ceil(GROUP);
        recipe.constants.push(("FEATURE_GROUPS", groups as f64));
        recipe.entry = "backward";
        recipe.grid = Grid { fixed: groups, ..ROWS };
        if op.input_gradient == InputGradient::Skip {
            recipe.grid = Grid::fixed(groups);
        }
        Some(recipe)
    }
}

#[cfg(feature = "look")]
impl exact::Differentiate for LayerNorm {
    fn forward(&self, pass: exact::Forward) {
        Groups::layer(pass.x.len() / pass.n, pass.n).forward(&self.gain, &self.bias, pass);
    }

    fn backward(&self, op: &Op, pass: exact::Backward) {
        Groups::layer(op.input.len, pass.n).backward(&self.gain, &self.bias, op, pass);
    }
}
