//! The sum that ends a residual block, on the GPU.

use super::kernel::{ACTIVATION, COMMON, Grid, Recipe, SLOT};
use super::program::{Context, hand_back};
use crate::nn::plan::{InputGradient, Op, Slot};

fn recipe(
    context: &Context,
    index: usize,
    op: &Op,
    other: (Slot, InputGradient),
    entry: &'static str,
) -> Recipe {
    let mut constants = context.slots(index, op);
    constants.push(("OTHER", other.0.start as f64));
    constants.push(("OTHER_HAND_BACK", hand_back(other.1)));
    constants.push(("OTHER_BEFORE", context.before(index, other.0)));
    Recipe {
        tiles: vec![],
        shared: &[COMMON, ACTIVATION, SLOT],
        source: include_str!("add.wgsl"),
        entry,
        constants,
        grid: Grid::each(op.output.len),
        set: None,
    }
}

/// Adds the two slots.
///
/// # Shapes
/// `x`, `x₂`: `[features][n]` → `y`: `[features][n]`
pub fn forward(context: &Context, index: usize, op: &Op, other: (Slot, InputGradient)) -> Recipe {
    recipe(context, index, op, other, "forward")
}

/// Hands back to both.
///
/// # Shapes
/// `dy`: `[features][n]` → `dx`, `dx₂`: `[features][n]`
pub fn backward(context: &Context, index: usize, op: &Op, other: (Slot, InputGradient)) -> Option<Recipe> {
    let wanted = [op.input_gradient, other.1].iter().any(|&gradient| gradient != InputGradient::Skip);
    wanted.then(|| recipe(context, index, op, other, "backward"))
}
