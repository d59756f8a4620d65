//! Batch norm on the GPU, with its running statistics behind the parameters.

use super::kernel::{ACTIVATION, COMMON, GROUP_SUM, Grid, Recipe, SLOT};
use super::program::Context;
use crate::nn::plan::{BatchNorm, Op};

fn recipe(context: &Context, index: usize, op: &Op, norm: &BatchNorm, entry: &'static str) -> Recipe {
    let channels = norm.gain.len();
    let means = context.plan.parameters + norm.running.start;
    let mut constants = context.slots(index, op);
    let numbers = [
        ("GAIN", norm.gain.start),
        ("BIAS", norm.bias.start),
        ("PIXELS", norm.pixels),
        ("MEANS", means),
        ("VARIANCES", means + channels),
    ];
    constants.extend(numbers.map(|(name, number)| (name, number as f64)));
    Recipe {
        tiles: vec![],
        shared: &[COMMON, ACTIVATION, SLOT, GROUP_SUM],
        source: include_str!("batch_norm.wgsl"),
        entry,
        constants,
        grid: Grid::fixed(channels),
        set: None,
    }
}

/// Normalizes each channel: over the batch while training, by the running statistics otherwise.
///
/// # Shapes
/// `x`: `[channels][pixels][n]` → `y`: `[channels][pixels][n]` · `γ`, `β`, running mean and variance: `[channels]`
pub fn forward(context: &Context, index: usize, op: &Op, norm: &BatchNorm) -> Recipe {
    recipe(context, index, op, norm, "forward")
}

/// Writes `∂L/∂γ` and `∂L/∂β`, and hands back `∂L/∂x` where wanted.
///
/// # Shapes
/// `dy`: `[channels][pixels][n]` → `dx`: `[channels][pixels][n]` · `dγ`, `dβ`: `[channels]`
pub fn backward(context: &Context, index: usize, op: &Op, norm: &BatchNorm) -> Recipe {
    recipe(context, index, op, norm, "backward")
}
