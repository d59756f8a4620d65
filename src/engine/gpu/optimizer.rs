//! The update on the GPU: penalties, freezing, clipping and the rule itself in one dispatch over all parameters.

use super::kernel::{COMMON, GROUP, Grid, Recipe, Set};
use super::memory::PARTS;
use super::program::Context;
use crate::math::powu;
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

/// `[rate, keep, old1, new1, old2, new2, epsilon, unbias]` of the shader's rule in step `step`: what follows from rates and
/// step is reckoned in f64, as on the CPU.
pub fn numbers(optimizer: &Optimizer, rate: f64, step: u64) -> [f64; 8] {
    match *optimizer {
        Optimizer::Sgd { momentum, .. } => [rate, 1.0, momentum, 0.0, 0.0, 0.0, 0.0, 1.0],
        Optimizer::Adagrad { epsilon } => [rate, 1.0, 0.0, 0.0, 0.0, 0.0, epsilon, 1.0],
        Optimizer::Rmsprop { alpha, epsilon } => [rate, 1.0, alpha, 1.0 - alpha, 0.0, 0.0, epsilon, 1.0],
        Optimizer::Adam { beta1, beta2, epsilon, weight_decay } => {
            let keep = 1.0 - rate * weight_decay;
            let unbias = 1.0 / (1.0 - powu(beta2, step)).sqrt();
            let rate = rate / (1.0 - powu(beta1, step));
            [rate, keep, beta1, 1.0 - beta1, beta2, 1.0 - beta2, epsilon, unbias]
        }
    }
}
