//! The dense layer on the GPU: `y = f(W·x + b)`. Both gradients are one dispatch.

use super::kernel::{ACTIVATION, COMMON, Grid, Recipe, SLOT, TILE};
use super::program::{Context, code};
use super::tiles::{Product, Tiles};
use crate::nn::plan::{Dense, InputGradient, Op};

fn tiles(context: &Context, op: &Op) -> Tiles {
    let (outputs, inputs) = (op.output.len, op.input.len);
    context.tiles(Product { outputs, inputs, back: inputs, positions: 1 })
}

fn recipe(context: &Context, index: usize, op: &Op, dense: &Dense) -> Recipe {
    let tiles = tiles(context, op);
    let mut constants = context.slots(index, op);
    constants.push(("WEIGHT", dense.weight.start as f64));
    constants.push(("BIAS", dense.bias.start as f64));
    constants.push(("ACTIVATION", code(dense.activation)));
    Recipe {
        tiles: tiles.constants(),
        shared: &[COMMON, ACTIVATION, SLOT, TILE],
        source: include_str!("dense.wgsl"),
        entry: "forward",
        constants,
        grid: tiles.grid(op.output.len.div_ceil(4 * tiles.forward)),
        set: None,
    }
}

/// Computes the layer's outputs.
///
/// # Shapes
/// `x`: `[inputs][n]` → `y`: `[units][n]` · `W`: `[units, inputs]` · `b`: `[units]`
pub fn forward(context: &Context, index: usize, op: &Op, dense: &Dense) -> Recipe {
    recipe(context, index, op, dense)
}

/// Writes `∂L/∂W` and `∂L/∂b`, and hands back `∂L/∂x` where wanted.
///
/// # Shapes
/// `dy`: `[units][n]` → `dx`: `[inputs][n]` · `dW`: `[units, inputs]` · `db`: `[units]`
pub fn backward(context: &Context, index: usize, op: &Op, dense: &Dense) -> Recipe {
    let Tiles { threads, backward, tall, across, .. } = tiles(context, op);
    let (outputs, inputs) = (op.output.len, op.input.len);
    let mut recipe = recipe(context, index, op, dense);
    let groups = (outputs.div_ceil(4 * tall) * inputs.div_ceil(4 * across)).div_ceil(threads);
    recipe.constants.push(("WEIGHT_GROUPS", groups as f64));
    recipe.entry = "backward";
    recipe.grid = match op.input_gradient {
        InputGradient::Skip => Grid::fixed(groups),
        _ => Grid { fixed: groups, ..tiles(context, op).grid(inputs.div_ceil(4 * backward)) },
    };
    recipe
}
