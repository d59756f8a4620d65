//! Layer norm on the GPU. All gradients are one dispatch.

use super::kernel::{ACTIVATION, COMMON, GROUP, GROUP_SUM, Grid, Recipe, SLOT};
use super::program::Context;
use crate::nn::plan::{InputGradient, LayerNorm, Op};

fn recipe(context: &Context, index: usize, op: &Op, norm: &LayerNorm) -> Recipe {
    let mut constants = context.slots(index, op);
    constants.push(("GAIN", norm.gain.start as f64));
    constants.push(("BIAS", norm.bias.start as f64));
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

/// A workgroup for each vector of rows.
const ROWS: Grid = Grid { fixed: 0, tiles: 1, width: 1, threads: 1 };

/// Normalizes each row.
///
/// # Shapes
/// `x`: `[features][n]` → `y`: `[features][n]` · `γ`, `β`: `[features]` · `kept`: mean and `1 / √(variance + ε)`, `[2][n]`
pub fn forward(context: &Context, index: usize, op: &Op, norm: &LayerNorm) -> Recipe {
    recipe(context, index, op, norm)
}

/// Writes `∂L/∂γ` and `∂L/∂β`, and hands back `∂L/∂x` where wanted.
///
/// # Shapes
/// `dy`: `[features][n]` → `dx`: `[features][n]` · `dγ`, `dβ`: `[features]`
pub fn backward(context: &Context, index: usize, op: &Op, norm: &LayerNorm) -> Recipe {
    let mut recipe = recipe(context, index, op, norm);
    let groups = op.input.len.div_ceil(GROUP);
    recipe.constants.push(("FEATURE_GROUPS", groups as f64));
    recipe.entry = "backward";
    recipe.grid = Grid { fixed: groups, ..ROWS };
    if op.input_gradient == InputGradient::Skip {
        recipe.grid = Grid::fixed(groups);
    }
    recipe
}
