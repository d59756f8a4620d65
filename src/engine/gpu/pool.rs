//! Pooling on the GPU.

use super::kernel::{ACTIVATION, COMMON, Grid, Recipe, SLOT};
use super::program::Context;
use crate::nn::layer::PoolKind;
use crate::nn::plan::{Image, InputGradient, Op, Pool2d};

fn recipe(context: &Context, index: usize, op: &Op, pool: &Pool2d) -> Recipe {
    let mut constants = context.slots(index, op);
    let numbers = [
        ("HEIGHT", pool.from.height),
        ("WIDTH", pool.from.width),
        ("TO_HEIGHT", pool.to.height),
        ("TO_WIDTH", pool.to.width),
        ("SIZE", pool.size),
        ("STRIDE", pool.stride),
        ("MEAN", usize::from(pool.kind == PoolKind::Average)),
    ];
    constants.extend(numbers.map(|(name, number)| (name, number as f64)));
    Recipe {
        tiles: vec![],
        shared: &[COMMON, ACTIVATION, SLOT],
        source: include_str!("pool.wgsl"),
        entry: "forward",
        constants,
        grid: Grid::each(op.output.len),
        set: None,
    }
}

/// Computes the pooled image.
///
/// # Shapes
/// `x`: `[channels][height][width][n]` → `y`: `[channels][height′][width′][n]`
pub fn forward(context: &Context, index: usize, op: &Op, pool: &Pool2d) -> Recipe {
    recipe(context, index, op, pool)
}

/// Hands back to the first largest pixel of each window, or to all alike. Windows that don't overlap do so each; else
/// each pixel gathers its own.
///
/// # Shapes
/// `dy`: `[channels][height′][width′][n]` → `dx`: `[channels][height][width][n]`
pub fn backward(context: &Context, index: usize, op: &Op, pool: &Pool2d) -> Option<Recipe> {
    let recipe = recipe(context, index, op, pool);
    let wanted = op.input_gradient != InputGradient::Skip;
    let Image { channels, height, width } = pool.from;
    let windows = channels * height.div_ceil(pool.size) * width.div_ceil(pool.size);
    let threads = if pool.size == pool.stride { windows } else { op.input.len };
    wanted.then_some(Recipe { entry: "backward", grid: Grid::each(threads), ..recipe })
}
