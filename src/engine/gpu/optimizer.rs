//! The update on the GPU: penalties, freezing, clipping and the rule itself in one dispatch over all parameters.

use super::kernel::{COMMON, GROUP, Grid, Recipe, Set};
use super::memory::PARTS;
use super::program::Context;
use crate::nn::plan::Plan;
use crate::train::Optimizer;

/// Fours of parameters of one thread of an update, on hardware and on software: there, to begin is what costs.
const EACH: [usize; 2] = [2, 16];

fn recipe(plan: &Plan, entry: &'static str, groups: usize) -> Recipe {
    Recipe {
        tiles: vec![],
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
    plan.parameters.div_ceil(4 * GROUP).clamp(1, PARTS)
}

/// Sums the squares of the gradient, for a bound on its norm.
pub fn norm(plan: &Plan) -> Recipe {
    recipe(plan, "norm", parts(plan))
}

/// Updates all parameters by a rule.
pub fn update(context: &Context, optimizer: &Optimizer) -> Recipe {
    let plan = context.plan;
    let each = EACH[usize::from(context.is_software)];
    let mut recipe = recipe(plan, "update", plan.parameters.div_ceil(4 * GROUP * each));
    recipe.constants.extend([("RULE", code(optimizer)), ("EACH", each as f64)]);
    recipe
}

/// The code of a rule in the shader.
fn code(optimizer: &Optimizer) -> f64 {
    match optimizer {
        Optimizer::Sgd { momentum: 0.0, .. } => 0.0,
        Optimizer::Sgd { nesterov: false, .. } => 1.0,
        Optimizer::Sgd { nesterov: true, .. } => 2.0,
        Optimizer::Adagrad { .. } => 3.0,
        Optimizer::Rmsprop { .. } => 4.0,
        Optimizer::Adam { .. } => 5.0,
    }
}
