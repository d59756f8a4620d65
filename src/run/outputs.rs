//! From a model's raw outputs to what a prediction means.

use crate::data::Task;
use crate::math;
use crate::nn::Loss;
use wide::f32x4;

/// Turns raw outputs into predictions in place: values stay; classes become probabilities.
/// Losses on ±1 give `(o + 1) / 2`, held to 0…1.
///
/// # Shapes
/// `outputs`: `[rows, outputs]`
pub fn to_predictions(task: Task, loss: Loss, outputs: &mut [f32]) {
    let Task::Classification { .. } = task else {
        return;
    };
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
