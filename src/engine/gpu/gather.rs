//! Examples of a batch into the arena.

use super::kernel::{COMMON, Grid, Recipe, Set};
use crate::nn::plan::Plan;

/// Puts inputs at the start of the arena and targets behind all features.
///
/// # Shapes
/// rows of the data: `[rows, features]` → inputs: `[features][n]` · targets: `[outputs][n]`
pub fn recipe(plan: &Plan) -> Recipe {
    let (inputs, targets) = (plan.input.len, plan.loss.target_width(plan.task));
    Recipe {
        tiles: vec![],
        shared: &[COMMON],
        source: include_str!("gather.wgsl"),
        entry: "gather",
        constants: vec![
            ("INPUTS", inputs as f64),
            ("TARGETS", targets as f64),
            ("TARGET", plan.features as f64),
        ],
        grid: Grid::each(inputs + targets),
        set: Some(Set::Examples),
    }
}
