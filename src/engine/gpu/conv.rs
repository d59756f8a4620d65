//! Convolution on the GPU, as an implicit product. Both gradients are one dispatch.

use super::kernel::{ACTIVATION, COMMON, Grid, Recipe, SLOT, TILE};
use super::program::{Context, code};
use super::tiles::{Product, Tiles};
use crate::nn::plan::{Conv2d, InputGradient, Op};

fn taps(conv: &Conv2d) -> usize {
    conv.from.channels * conv.kernel * conv.kernel
}

fn tiles(context: &Context, conv: &Conv2d) -> Tiles {
    let (outputs, back) = (conv.to.channels, conv.from.channels);
    let positions = conv.to.height * conv.to.width;
    context.tiles(Product { outputs, inputs: taps(conv), back, positions })
}

fn recipe(context: &Context, index: usize, op: &Op, conv: &Conv2d) -> Recipe {
    let tiles = tiles(context, conv);
    let mut constants = context.slots(index, op);
    let numbers = [
        ("WEIGHT", conv.weight.start),
        ("BIAS", conv.bias.start),
        ("CHANNELS", conv.from.channels),
        ("HEIGHT", conv.from.height),
        ("WIDTH", conv.from.width),
        ("FILTERS", conv.to.channels),
        ("TO_HEIGHT", conv.to.height),
        ("TO_WIDTH", conv.to.width),
        ("KERNEL", conv.kernel),
        ("STRIDE", conv.stride),
        ("ABOVE", conv.before[0]),
        ("LEFT", conv.before[1]),
    ];
    constants.extend(numbers.map(|(name, number)| (name, number as f64)));
    constants.push(("ACTIVATION", code(conv.activation)));
    let positions = conv.to.height * conv.to.width;
    Recipe {
        tiles: tiles.constants(),
        shared: &[COMMON, ACTIVATION, SLOT, TILE],
        source: include_str!("conv.wgsl"),
        entry: "forward",
        constants,
        grid: tiles.grid(conv.to.channels.div_ceil(4 * tiles.forward) * positions),
        set: None,
    }
}

/// Computes the layer's outputs.
///
/// # Shapes
/// `x`: `[in][height][width][n]` → `y`: `[out][height′][width′][n]` · `W`: `[out, in, kernel, kernel]` · `b`: `[out]`
pub fn forward(context: &Context, index: usize, op: &Op, conv: &Conv2d) -> Recipe {
    recipe(context, index, op, conv)
}

/// Writes `∂L/∂W` and `∂L/∂b`, and hands back `∂L/∂x` where wanted.
///
/// # Shapes
/// `dy`: `[out][height′][width′][n]` → `dx`: `[in][height][width][n]` · `dW`: `[out, in, kernel, kernel]` · `db`: `[out]`
pub fn backward(context: &Context, index: usize, op: &Op, conv: &Conv2d) -> Recipe {
    let Tiles { backward, tall, across, .. } = tiles(context, conv);
    let mut recipe = recipe(context, index, op, conv);
    let groups = conv.to.channels.div_ceil(4 * tall) * taps(conv).div_ceil(4 * across);
    recipe.constants.push(("WEIGHT_GROUPS", groups as f64));
    recipe.entry = "backward";
    let blocks = conv.from.channels.div_ceil(4 * backward) * conv.from.height * conv.from.width;
    recipe.grid = match op.input_gradient {
        InputGradient::Skip => Grid::fixed(groups),
        _ => Grid { fixed: groups, ..tiles(context, conv).grid(blocks) },
    };
    recipe
}
