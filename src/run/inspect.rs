//! Looking inside a run without moving it.

use super::Run;
use super::outputs::check_room;
use crate::error::{Error, Result};
#[cfg(feature = "look")]
use {super::Part, crate::engine::cpu::Update};

/// The next update.
#[cfg(feature = "look")]
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Rows of the batch.
    pub rows: Vec<u32>,
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
    /// What the net is shown of new rows in the columns of the data, features scaled, and what every unit of every layer
    /// with weights gives for them, after its activation and in evaluation: `[input or unit][row]`, layer after layer.
    /// The output layer's are as the net gives them: logits, or scaled targets. While the run trains on a GPU, by the
    /// host copy.
    ///
    /// # Errors
    /// A length that is no multiple of the columns, or more than 134,217,728 numbers in all.
    pub fn activations(&mut self, inputs: &[f64]) -> Result<Vec<f32>> {
        let plan = self.plan();
        check_room(self.data.count_rows(inputs)?, plan.input.len + plan.units())?;
        Ok(self.engine.activations(&self.encoder.transform(inputs)))
    }

    /// All rows as the model sees them, `[rows, encoded width]`.
    #[cfg(feature = "study")]
    pub(crate) fn encoded(&self) -> &[f32] {
        self.engine.examples().0
    }

    /// Running statistics of batch norm.
    #[cfg(feature = "study")]
    pub(crate) fn buffers(&self) -> &[f32] {
        self.engine.buffers()
    }

    /// Learning rates of the first `epochs` epochs; a plateau schedule can't know them and stays level.
    ///
    /// # Errors
    /// More than 1,000,000 epochs.
    pub fn learning_rates(&self, epochs: u32) -> Result<Vec<f32>> {
        const MOST_EPOCHS: u32 = 1_000_000;
        if epochs > MOST_EPOCHS {
            return Err(Error::Data { what: format!("{epochs} epochs are outside 0…{MOST_EPOCHS}") });
        }
        let training = &self.spec.training;
        Ok(training.schedule.preview(training.learning_rate, epochs).map(|rate| rate as f32).collect())
    }

    /// The update that comes next, taken by the engine and taken back: the run stays as it is, bit for bit. When the
    /// run is over, the one that would come. While it trains on a GPU, by the host copy.
    #[cfg(feature = "look")]
    pub fn look(&mut self) -> Look {
        let progress = self.host_progress();
        let (step, epoch, batch, starts) =
            (progress.step + 1, progress.epoch, progress.batch, progress.epoch_rows == 0);
        let mut hyper = self.hyper;
        if starts {
            hyper.learning_rate = self.learning_rate();
        }
        // On a GPU, batches may be recorded beyond the host's own.
        let at = (self.batches.epoch(), self.batches.batch());
        self.batches.seek(epoch, batch);
        let rows = self.batches.next().to_vec();
        self.batches.seek(at.0, at.1);
        #[cfg(feature = "layers")]
        self.engine.vary_for(epoch);
        Look {
            update: self.engine.look(&rows, &hyper, step),
            rows,
            full_gradient: self.gradient(Part::Train),
            before: self.parameters().to_vec(),
            learning_rate: hyper.learning_rate,
        }
    }
}
