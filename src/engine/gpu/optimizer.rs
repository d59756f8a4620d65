//! The update on the GPU: penalties, freezing, clipping and the rule itself in one dispatch over all parameters.

use super::kernel::{COMMON, GROUP, Grid, Recipe, Set};
use super::memory::PARTS;
use crate::nn::plan::Plan;

/// Parameters of one thread.
const EACH: usize = 8;

fn recipe(plan: &Plan, entry: &'static str, groups: usize) -> Recipe {
    Recipe {
        shared: &[COMMON],
        source: include_str!("optimizer.wgsl"),
        entry,
        constants: vec![
            ("PARAMETERS", plan.parameters as f64),
            ("PADDED", plan.parameters.next_multiple_of(4) as f64),
            ("PARTS", parts(plan) as f64),
        ],
        grid: Grid::fixed(groups),
        set: Some(Set::Update),
    }
}

fn parts(plan: &Plan) -> usize {
    plan.parameters.div_ceil(GROUP).clamp(1, PARTS)
}

/// Sums the squares of the gradient, for a bound on its norm.
pub fn norm(plan: &Plan) -> Recipe {
    recipe(plan, "norm", parts(plan))
}

/// Updates all parameters.
pub fn update(plan: &Plan) -> Recipe {
    recipe(plan, "update", plan.parameters.div_ceil(GROUP * EACH))
}
