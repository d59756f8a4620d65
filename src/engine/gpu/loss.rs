//! Losses on the GPU: the gradient of the outputs, and the ring's entry of the batch.

use super::kernel::{ACTIVATION, COMMON, Grid, Recipe, SLOT};
use super::program::Context;
use crate::data::Task;
use crate::nn::Loss;

/// Compares outputs with targets, in one workgroup.
///
/// # Shapes
/// outputs, targets: `[outputs][n]` → `∂L/∂y`: `[outputs][n]`
pub fn recipe(context: &Context) -> Recipe {
    let plan = context.plan;
    let (output, weighting) = (plan.output(), &plan.weighting);
    let (classes, regression) = match plan.task {
        Task::Classification { classes } => (classes, false),
        Task::Regression { .. } => (1, true),
    };
    let weights = if weighting.class_weights.is_empty() { 0 } else { plan.parameters + plan.buffers };
    Recipe {
        tiles: vec![],
        shared: &[COMMON, ACTIVATION, SLOT],
        source: include_str!("loss.wgsl"),
        entry: "loss",
        constants: vec![
            ("Y", output.start as f64),
            ("OUTPUTS", output.len as f64),
            ("BEFORE", context.made_by(output)),
            ("LOSS", code(plan.loss)),
            ("TARGET", plan.features as f64),
            ("SMOOTHING", f64::from(weighting.smoothing)),
            ("CLASS_WEIGHTS", weights as f64),
            ("CLASSES", classes as f64),
            ("PLAIN", f64::from(u8::from(weighting.is_plain()))),
            ("REGRESSION", f64::from(u8::from(regression))),
        ],
        grid: Grid::fixed(1),
        set: None,
    }
}

/// The code of a loss in the shader.
fn code(loss: Loss) -> f64 {
    match loss {
        Loss::Mse => 0.0,
        Loss::Mae => 1.0,
        Loss::Huber => 2.0,
        Loss::Hinge => 3.0,
        Loss::HalfMse => 4.0,
        Loss::BinaryCrossEntropy => 5.0,
        Loss::CategoricalCrossEntropy => 6.0,
    }
}
