//! Dropout on the GPU, with the CPU's masks.

use super::kernel::{ACTIVATION, COMMON, Grid, Recipe, SLOT};
use super::program::Context;
use crate::nn::plan::{Dropout, InputGradient, Op};
use crate::rng::Purpose;

fn recipe(context: &Context, index: usize, op: &Op, dropout: &Dropout, entry: &'static str) -> Recipe {
    let mut constants = context.slots(index, op);
    constants.push(("SEED", f64::from(context.seed)));
    constants.push(("PURPOSE", f64::from(Purpose::Dropout as u32 | dropout.index << 8)));
    constants.push(("RATE", f64::from(dropout.rate as f32)));
    constants.push(("SCALE", f64::from((1.0 / (1.0 - dropout.rate)) as f32)));
    Recipe {
        tiles: vec![],
        shared: &[COMMON, ACTIVATION, SLOT],
        source: include_str!("dropout.wgsl"),
        entry,
        constants,
        grid: Grid::each(op.output.len),
        set: None,
    }
}

/// Drops values while training; passes them on otherwise.
///
/// # Shapes
/// `x`: `[features][n]` → `y`: `[features][n]`
pub fn forward(context: &Context, index: usize, op: &Op, dropout: &Dropout) -> Recipe {
    recipe(context, index, op, dropout, "forward")
}

/// Hands back to the values that were kept.
///
/// # Shapes
/// `dy`: `[features][n]` → `dx`: `[features][n]`
pub fn backward(context: &Context, index: usize, op: &Op, dropout: &Dropout) -> Option<Recipe> {
    let wanted = op.input_gradient != InputGradient::Skip;
    wanted.then(|| recipe(context, index, op, dropout, "backward"))
}
