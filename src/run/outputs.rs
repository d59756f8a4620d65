//! From a model's raw outputs to what a prediction means.

use super::Run;
use crate::data::Task;
use crate::data::encode::Statistic;
use crate::math;
use crate::nn::Loss;
use wide::f32x4;

/// What raw outputs stand for.
#[derive(Clone, Copy)]
pub struct Meaning {
    /// Values or classes.
    pub task: Task,
    /// What the model was trained by.
    pub loss: Loss,
    /// The scale of values, where they have one.
    pub scale: Option<Statistic>,
}

impl Meaning {
    /// What those of a run's model stand for.
    pub fn of(run: &Run) -> Meaning {
        let plan = run.plan();
        Meaning { task: plan.task, loss: plan.loss, scale: run.encoder.target() }
    }

    /// Turns raw outputs into predictions in place: values come in their own unit; classes become probabilities.
    /// Losses on ±1 give `(o + 1) / 2`, held to 0…1.
    ///
    /// # Shapes
    /// `outputs`: `[rows, outputs]`
    pub fn to_predictions(self, outputs: &mut [f32]) {
        match (self.task, self.scale) {
            (Task::Classification { .. }, _) => to_probabilities(self.task, self.loss, outputs),
            (Task::Regression { .. }, None) => {}
            (Task::Regression { .. }, Some(Statistic { offset, spread })) => {
                outputs.iter_mut().for_each(|o| *o = (f64::from(*o) * spread + offset) as f32);
            }
        }
    }
}

fn to_probabilities(task: Task, loss: Loss, outputs: &mut [f32]) {
    match loss {
        Loss::BinaryCrossEntropy => {
            for chunk in outputs.chunks_mut(4) {
                let logits = std::array::from_fn(|i| chunk.get(i).copied().unwrap_or(0.0));
                let probabilities = math::sigmoid(f32x4::new(logits)).to_array();
                chunk.copy_from_slice(&probabilities[..chunk.len()]);
            }
        }
        Loss::CategoricalCrossEntropy => outputs.chunks_exact_mut(Loss::outputs(task)).for_each(softmax),
        _ => outputs.iter_mut().for_each(|o| *o = ((*o + 1.0) / 2.0).clamp(0.0, 1.0)),
    }
}

fn softmax(row: &mut [f32]) {
    let largest = row.iter().fold(f32::NEG_INFINITY, |m, &z| if z > m { z } else { m });
    let mut total = 0.0;
    for z in row.iter_mut() {
        *z = math::scalar::exp(*z - largest);
        total += *z;
    }
    row.iter_mut().for_each(|z| *z /= total);
}
