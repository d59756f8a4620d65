//! Looking inside a run without moving it.

use super::{Part, Run, outputs};
use crate::engine::cpu::Update;
use crate::error::Result;

/// The next update.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Rows of the batch.
    pub rows: Vec<u32>,
    /// What the outputs mean, as [`Run::predict`] gives them, `[output][row]`.
    pub outputs: Vec<f32>,
    /// Gradient of the mean loss over all training rows.
    pub full_gradient: Vec<f32>,
    /// The parameters as they are.
    pub before: Vec<f32>,
    /// The rate of this update.
    pub learning_rate: f64,
    /// What the engine did.
    pub update: Update,
}

impl Run {
    /// What every unit of every layer with weights gives for new rows in the columns of the data, after its activation
    /// and in evaluation: `[unit][row]`, layer after layer. The output layer's are as the net gives them: logits, or
    /// scaled targets. While the run trains on a GPU, by the host copy.
    ///
    /// # Errors
    /// A length that is no multiple of the columns.
    pub fn activations(&mut self, inputs: &[f32]) -> Result<Vec<f32>> {
        self.data.count_rows(inputs)?;
        Ok(self.engine.activations(&self.encoder.transform(inputs)))
    }

    /// The update that comes next, taken by the engine and taken back: the run stays as it is, bit for bit. When the
    /// run is over, the one that would come. While it trains on a GPU, by the host copy.
    pub fn look(&mut self) -> Look {
        let book = self.host_book().clone();
        let mut batches = self.batches.clone();
        batches.seek(book.epoch, book.batch);
        let rows = batches.next();
        let mut hyper = self.hyper;
        if book.epoch_rows == 0 {
            hyper.learning_rate = self.spec.training.schedule.rate(self.base_rate, book.epoch, &book.plateau);
        }
        let update = self.engine.look(rows, &hyper, book.step + 1);
        let rows = rows.to_vec();
        let outputs = self.meaning_of(&update, rows.len());
        Look {
            full_gradient: self.gradient(Part::Train),
            before: self.parameters().to_vec(),
            learning_rate: hyper.learning_rate,
            rows,
            outputs,
            update,
        }
    }

    /// Predictions from the values of the output layer, which come last.
    fn meaning_of(&self, update: &Update, rows: usize) -> Vec<f32> {
        let width = self.plan().output().len;
        let raw = &update.values[update.values.len() - width * rows..];
        let mut by_row: Vec<f32> = (0..rows * width).map(|i| raw[i % width * rows + i / width]).collect();
        outputs::Meaning::of(self).to_predictions(&mut by_row);
        (0..rows * width).map(|i| by_row[i % rows * width + i / rows]).collect()
    }
}
