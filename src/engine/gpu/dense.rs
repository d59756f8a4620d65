//! The dense layer on the GPU: `y = f(W·x + b)`. Both gradients are one dispatch.

use super::kernel::{ACTIVATION, COMMON, GROUP, Grid, Recipe, SLOT};
use super::program::{Context, code};
use crate::nn::plan::{Dense, InputGradient, Op};

/// Outputs that a thread makes.
const TALL: usize = 8;
/// Vectors of rows that a thread makes them for.
const WIDE: usize = 2;
/// Inputs whose weights' gradients a thread makes, for [`TALL`] outputs each.
const ACROSS: usize = 4;

fn recipe(context: &Context, index: usize, op: &Op, dense: &Dense) -> Recipe {
    let mut constants = context.slots(index, op);
    constants.push(("WEIGHT", dense.weight.start as f64));
    constants.push(("BIAS", dense.bias.start as f64));
    constants.push(("ACTIVATION", code(dense.activation)));
    Recipe {
        shared: &[COMMON, ACTIVATION, SLOT],
        source: include_str!("dense.wgsl"),
        entry: "forward",
        constants,
        grid: tiles(op.output.len),
        set: None,
    }
}

/// A thread for each tile of `features` features.
fn tiles(features: usize) -> Grid {
    Grid { fixed: 0, tiles: features.div_ceil(TALL), positions: 1, width: WIDE, threads: GROUP }
}

/// Computes the layer's outputs.
pub fn forward(context: &Context, index: usize, op: &Op, dense: &Dense) -> Recipe {
    recipe(context, index, op, dense)
}

/// Writes `∂L/∂W` and `∂L/∂b`, and hands back `∂L/∂x` where wanted.
pub fn backward(context: &Context, index: usize, op: &Op, dense: &Dense) -> Recipe {
    let mut recipe = recipe(context, index, op, dense);
    let groups = (op.output.len.div_ceil(TALL) * op.input.len.div_ceil(ACROSS)).div_ceil(GROUP);
    recipe.constants.push(("WEIGHT_GROUPS", groups as f64));
    recipe.entry = "backward";
    recipe.grid = Grid { fixed: groups, ..tiles(op.input.len) };
    if op.input_gradient == InputGradient::Skip {
        recipe.grid = Grid::fixed(groups);
    }
    recipe
}
