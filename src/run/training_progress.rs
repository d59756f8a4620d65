//! The bookkeeping of a run: where it stands, and what each step and each epoch's end make of it. Both engines'
//! outcomes go through here, so that a run means the same on either.

use super::Status;
use super::spec::TrainingSpec;
use crate::train::Stop;
use crate::train::schedule::Plateau;
use crate::train::stop::{Best, Measured};

/// Where a run stands: all but the numbers of its engine.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TrainingProgress {
    /// Updates so far.
    pub(super) step: u64,
    /// Finished epochs.
    pub(super) epoch: u32,
    /// Finished batches of the epoch under way.
    pub(super) batch: usize,
    pub(super) status: Status,
    /// Sum of the losses of the rows seen in the epoch under way, and how many those are.
    pub(super) epoch_loss: f64,
    pub(super) epoch_rows: usize,
    /// Mean loss of the rows seen in the current epoch, or in the last one at its end; NaN before any step.
    pub(super) training_loss: f64,
    pub(super) plateau: Plateau,
    /// The best epoch by the loss that patience watches.
    pub(super) best: Option<Best>,
}

impl TrainingProgress {
    /// Before the first step.
    pub(super) const START: TrainingProgress = TrainingProgress {
        step: 0,
        epoch: 0,
        batch: 0,
        status: Status::Ready,
        epoch_loss: 0.0,
        epoch_rows: 0,
        training_loss: f64::NAN,
        plateau: Plateau::START,
        best: None,
    };

    /// Whether no step may follow.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.status, Status::Finished(_) | Status::Diverged)
    }

    /// Records a step over `rows` rows. `false`: its loss is not finite, so there was no update, and the run is over.
    pub(super) fn record_step(&mut self, loss: f64, rows: usize) -> bool {
        if !loss.is_finite() {
            self.status = Status::Diverged;
            return false;
        }
        self.step += 1;
        self.batch += 1;
        self.status = Status::Training;
        self.epoch_loss += loss * rows as f64;
        self.epoch_rows += rows;
        self.training_loss = self.epoch_loss / self.epoch_rows as f64;
        true
    }

    /// Records the end of an epoch, of which `measured` is known where the stop contract asks for it. Says whether
    /// this epoch is the best so far.
    pub(super) fn end_epoch(&mut self, training: &TrainingSpec, measured: Option<&Measured>) -> bool {
        self.epoch = self.epoch.wrapping_add(1);
        self.batch = 0;
        self.epoch_loss = 0.0;
        self.epoch_rows = 0;
        training.schedule.observe(self.epoch, self.training_loss, &mut self.plateau);
        let now = measured.and_then(Stop::watched).map(|loss| Best { epoch: self.epoch, loss });
        let is_best = now.is_some_and(|now| self.best.is_none_or(|best| now.loss < best.loss));
        if is_best {
            self.best = now;
        }
        if let Some(reason) = training.stop.check(self.epoch, measured, self.best.as_ref()) {
            self.status = Status::Finished(reason);
        }
        is_best
    }
}
