//! From a model's raw outputs to what a prediction means, and to the one decision about a row's class.

use super::Run;
use crate::data::Task;
use crate::data::encode::{AS_IT_IS, Statistic};
use crate::error::{Error, Result};
use crate::math;
use crate::nn::Loss;
use crate::nn::loss::decide;
use wide::f32x4;

/// Numbers that one answer may hold: half a gigabyte, of the four that WebAssembly can address.
pub const MOST_NUMBERS: u64 = 1 << 27;

/// Refuses an answer of more numbers than [`MOST_NUMBERS`]: `each` for every one of `rows`.
///
/// # Errors
/// [`Error::Data`] with the number.
pub fn check_room(rows: usize, each: usize) -> Result<()> {
    let numbers = rows as u64 * each as u64;
    if numbers <= MOST_NUMBERS {
        return Ok(());
    }
    let what =
        format!("{rows} rows take {numbers} numbers, outside 0…{MOST_NUMBERS}: ask for fewer rows at a time");
    Err(Error::Data { what })
}

/// What the model answers for some rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Values in their own unit, far from 0 with all their digits; for classes probabilities where the loss is cross-entropy, scores on ±1 where it isn't.
    /// Of two classes there is one number, about the second. `[rows, outputs]`
    pub outputs: Vec<f64>,
    /// The class that each row is decided to be of, as accuracy counts it; empty for values.
    pub classes: Vec<u32>,
}

/// What raw outputs stand for.
#[derive(Clone, Copy)]
pub struct OutputDecoder {
    /// Values or classes.
    pub task: Task,
    /// What the model was trained by.
    pub loss: Loss,
    /// The scale of values, where they have one.
    pub scale: Option<Statistic>,
}

impl OutputDecoder {
    /// What those of a run's model stand for.
    pub fn of(run: &Run) -> OutputDecoder {
        let plan = run.plan();
        OutputDecoder { task: plan.task, loss: plan.loss, scale: run.encoder.target() }
    }

    /// What raw outputs mean. Classes are decided before anything is rounded: probabilities may tie where logits don't.
    ///
    /// # Shapes
    /// `outputs`: `[rows, outputs]`
    pub fn decode(self, mut outputs: Vec<f32>) -> Answers {
        let mut classes = Vec::new();
        if let Task::Classification { .. } = self.task {
            classes = outputs
                .chunks_exact(Loss::outputs(self.task))
                .map(|row| decide(row.len(), |k| row[k]) as u32)
                .collect();
            to_probabilities(self.task, self.loss, &mut outputs);
        }
        let Statistic { offset, spread } = self.scale.unwrap_or(AS_IT_IS);
        Answers { outputs: outputs.into_iter().map(|o| f64::from(o) * spread + offset).collect(), classes }
    }
}

impl Run {
    /// Predictions for new rows in the columns of the data: the outputs of [`classify`](Self::classify).
    ///
    /// # Errors
    /// A length that is no multiple of the columns; more numbers of outputs than [`MOST_NUMBERS`].
    pub fn predict(&mut self, inputs: &[f64]) -> Result<Vec<f64>> {
        self.classify(inputs).map(|answers| answers.outputs)
    }

    /// Predictions for new rows in the columns of the data, and the classes they are decided to be of.
    ///
    /// # Shapes
    /// `inputs`: `[rows, columns]`
    ///
    /// # Errors
    /// A length that is no multiple of the columns; more numbers of outputs than [`MOST_NUMBERS`].
    pub fn classify(&mut self, inputs: &[f64]) -> Result<Answers> {
        check_room(self.data.count_rows(inputs)?, self.plan().output().len)?;
        let encoded = self.encoder.transform(inputs);
        self.classify_encoded(&encoded)
    }

    /// The same for the rows of a part, in the order of [`split`](Self::split).
    ///
    /// # Errors
    /// More numbers of outputs than [`MOST_NUMBERS`].
    #[cfg(feature = "study")]
    pub fn classify_part(&mut self, part: super::Part) -> Result<Answers> {
        let rows = super::part_rows(&self.split, part);
        let (inputs, _) = self.engine.examples();
        let encoded = crate::data::gather(inputs, self.encoder.width(), rows);
        self.classify_encoded(&encoded)
    }

    /// The same for rows as the model sees them; what is left of a partial row is ignored.
    ///
    /// # Shapes
    /// `encoded`: `[rows, encoded width]`
    ///
    /// # Errors
    /// More numbers of outputs than [`MOST_NUMBERS`].
    pub fn classify_encoded(&mut self, encoded: &[f32]) -> Result<Answers> {
        let decoder = OutputDecoder::of(self);
        let rows = encoded.len() / self.encoder.width();
        let each = self.plan().output().len;
        check_room(rows, each)?;
        let mut outputs = vec![0.0; rows * each];
        self.engine.predict(encoded, &mut outputs);
        Ok(decoder.decode(outputs))
    }
}

/// What the outputs of cross-entropy's model are; those of the other losses are scores, and stay as they are.
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
        _ => {}
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
