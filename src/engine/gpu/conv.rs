//! Convolution on the GPU, as an implicit product. Both gradients are one dispatch.

use super::kernel::{ACTIVATION, COMMON, GROUP, Grid, Recipe, SLOT};
use super::program::{Context, code};
use crate::nn::plan::{Conv2d, Image, InputGradient, Op};

/// Channels that a thread makes.
const TALL: usize = 8;
/// Columns (positions times vectors of rows) that a thread makes them for.
const WIDE: usize = 2;
/// Taps whose weights' gradients a workgroup makes, for [`TALL`] filters each.
const ACROSS: usize = 4;

fn recipe(context: &Context, index: usize, op: &Op, conv: &Conv2d) -> Recipe {
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
    Recipe {
        shared: &[COMMON, ACTIVATION, SLOT],
        source: include_str!("conv.wgsl"),
        entry: "forward",
        constants,
        grid: tiles(conv.to),
        set: None,
    }
}

/// A thread for each tile of an image.
fn tiles(image: Image) -> Grid {
    let positions = image.height * image.width;
    Grid { fixed: 0, tiles: image.channels.div_ceil(TALL), positions, width: WIDE, threads: GROUP }
}

/// Computes the layer's outputs.
pub fn forward(context: &Context, index: usize, op: &Op, conv: &Conv2d) -> Recipe {
    recipe(context, index, op, conv)
}

/// Writes `∂L/∂W` and `∂L/∂b`, and hands back `∂L/∂x` where wanted.
pub fn backward(context: &Context, index: usize, op: &Op, conv: &Conv2d) -> Recipe {
    let mut recipe = recipe(context, index, op, conv);
    let taps = conv.from.channels * conv.kernel * conv.kernel;
    let groups = conv.to.channels.div_ceil(TALL) * taps.div_ceil(ACROSS);
    recipe.constants.push(("WEIGHT_GROUPS", groups as f64));
    recipe.entry = "backward";
    recipe.grid = Grid { fixed: groups, ..tiles(conv.from) };
    if op.input_gradient == InputGradient::Skip {
        recipe.grid = Grid::fixed(groups);
    }
    recipe
}
