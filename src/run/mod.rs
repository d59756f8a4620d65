//! One run: an experiment brought to life, advanced step by step, without a clock of its own.

mod advance;
#[cfg(feature = "gpu")]
mod async_read;
pub mod checkpoint;
#[cfg(feature = "look")]
mod curvature;
mod curve;
#[cfg(feature = "gpu")]
mod device;
pub(crate) mod document;
#[cfg(feature = "export")]
mod handed_over;
mod inspect;
mod open;
mod outputs;
mod reason;
mod restore;
mod spec;
#[cfg(feature = "gpu")]
mod submission;
mod training_progress;
#[cfg(feature = "gpu")]
mod tuning;
mod weights_snapshot;
#[cfg(feature = "table")]
mod withheld;

#[cfg(feature = "gpu")]
pub use async_read::{HostCopy, drive, sync};
pub use curve::{Curve, Point};
#[cfg(feature = "look")]
pub use inspect::Look;
#[cfg(feature = "table")]
pub(crate) use open::check_takes_table;
pub use outputs::{Answers, MOST_NUMBERS, check_room};
#[cfg(feature = "table")]
pub use spec::read_options;
pub use spec::{ClassWeights, DataSpec, EngineChoice, SourceSpec, Spec, TrainingSpec, write_cleaning_step};
#[cfg(all(feature = "table", not(target_arch = "wasm32")))]
pub use spec::{json_schema, page_schema};
#[cfg(feature = "gpu")]
pub use submission::{MOST_IN_FLIGHT, Spent};
#[cfg(feature = "gpu")]
pub use tuning::{TileTrial, best, tune};

use crate::data::{Batches, Dataset, Encoder, Feature, Split, Task};
use crate::engine::Hyper;
use crate::engine::cpu::CpuEngine;
use crate::error::{Error, Result, decimal};
use crate::nn::{Loss, Plan};
use crate::train::stop::Best;
use crate::train::{Metrics, StopReason, Unit};
use training_progress::TrainingProgress;
use weights_snapshot::WeightsSnapshot;

/// A part of the split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Rows the model learns from.
    Train,
    /// Rows that hyperparameters are chosen by.
    Validation,
    /// Rows kept for the final word.
    Test,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 3] = [Part::Train, Part::Validation, Part::Test];
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No step taken yet.
    Ready,
    /// Under way.
    Training,
    /// A clause of the stop contract ended it.
    Finished(StopReason),
    /// The loss was no longer finite; that step's update was not applied.
    Diverged,
}

/// What `advance` reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Updates so far.
    pub step: u64,
    /// Finished epochs.
    pub epoch: u32,
    /// Mean loss of the rows seen in the current epoch, or in the last one at its end; NaN before any step.
    pub training_loss: f64,
    /// Where the run stands.
    pub status: Status,
}

/// A running experiment. While it trains on the GPU, its `…_async` methods read there; the others answer from the
/// host copy, which is as of the last `sync`.
pub struct Run {
    spec: Spec,
    data: Dataset,
    split: Split,
    encoder: Encoder,
    engine: CpuEngine,
    batches: Batches,
    /// Whether the engine's gradient is the last step's.
    has_gradient: bool,
    hyper: Hyper,
    /// The learning rate that the schedule starts from.
    base_rate: f64,
    progress: TrainingProgress,
    /// The state at the start of the epoch, to fall back on when an update overflows.
    fallback: WeightsSnapshot,
    /// The state of the best epoch, where it may be wanted back.
    best: Option<WeightsSnapshot>,
    curve: Option<Curve>,
    /// Of a fold: rows by which it may stop, so that those that judge it have no say.
    #[cfg(feature = "study")]
    watched: Option<Vec<u32>>,
    /// The GPU's side, while it trains there; the engine above is then a copy that may lag behind.
    #[cfg(feature = "gpu")]
    device: Option<device::Device>,
    #[cfg(feature = "gpu")]
    device_lost: Option<String>,
}

impl Run {
    /// Where the run stands.
    pub fn progress(&self) -> Progress {
        Progress {
            step: self.progress.step,
            epoch: self.progress.epoch,
            training_loss: self.progress.training_loss,
            status: self.progress.status,
        }
    }

    /// Keeps a curve of at most `points` points from now on.
    pub fn record(&mut self, points: usize) {
        self.curve = Some(Curve::new(points));
        #[cfg(feature = "gpu")]
        if self.device.is_some() {
            return self.record_point_on_device();
        }
        if self.progress.epoch_rows == 0 {
            self.record_point(self.progress.epoch);
        }
    }

    /// The curve so far; empty unless [`record`](Self::record)ed.
    pub fn curve(&self) -> &[Point] {
        self.curve.as_ref().map_or(&[], Curve::points)
    }

    /// Metrics on a part; `None` when it has no rows.
    pub fn evaluate(&mut self, part: Part) -> Option<Metrics> {
        let rows = part_rows(&self.split, part);
        let sums = self.engine.evaluate(rows);
        sums.metrics(self.target_unit())
    }

    /// How errors are told in the target's own unit; `None` for classes.
    fn target_unit(&self) -> Option<Unit> {
        let squares = match self.engine.plan().loss {
            Loss::Mse => Some(1.0),
            Loss::HalfMse => Some(2.0),
            _ => None,
        };
        let size = self.encoder.target().map_or(1.0, |scale| scale.spread);
        matches!(self.data.task, Task::Regression { .. }).then_some(Unit { size, squares })
    }

    /// Gradient of the mean loss on a part, without penalties, in the order of the parameters. Nothing is dropped, and
    /// batch norm goes by the statistics of all rows of the part, as in one pass of PyTorch's in training mode.
    pub fn gradient(&mut self, part: Part) -> Vec<f32> {
        self.engine.gradient(part_rows(&self.split, part))
    }

    /// The plane on which the training rows spread most, as the model sees them.
    ///
    /// # Errors
    /// Rows of one number, or of too many.
    #[cfg(feature = "table")]
    pub fn components(&self) -> Result<crate::data::components::Components> {
        let encoded = self.encoder.transform(&self.data.inputs);
        crate::data::components::Components::of(&encoded, self.encoder.width(), &self.split.train)
    }

    /// All parameters, flat, as in a PyTorch `state_dict`.
    pub fn parameters(&self) -> &[f32] {
        self.engine.parameters()
    }

    /// Replaces all parameters; the optimizer's state stays.
    ///
    /// # Errors
    /// Another number of parameters than the model has, or one that isn't finite.
    pub fn set_parameters(&mut self, parameters: &[f32]) -> Result<()> {
        let own = self.engine.parameters_mut();
        if own.len() != parameters.len() {
            return Err(Error::Length { what: "parameters", expected: own.len(), got: parameters.len() });
        }
        parameters.iter().enumerate().try_for_each(|(index, &value)| check_finite(index, value))?;
        own.copy_from_slice(parameters);
        #[cfg(feature = "gpu")]
        self.upload_parameters();
        Ok(())
    }

    /// Changes the learning rate from the next step on.
    ///
    /// # Errors
    /// A rate outside 0…1000.
    pub fn set_learning_rate(&mut self, rate: f64) -> Result<()> {
        if !(0.0..=1000.0).contains(&rate) {
            let path = "training.optimizer.learningRate".into();
            return Err(Error::Spec { path, what: format!("{} is outside 0…1000", decimal(rate)) });
        }
        self.base_rate = rate;
        self.hyper.learning_rate = self.learning_rate();
        Ok(())
    }

    /// Changes after how many epochs the run ends: one that has taken as many is over at once, and one that ended for that
    /// reason goes on when there are more.
    pub fn set_max_epochs(&mut self, most: Option<u32>) {
        #[cfg(feature = "gpu")]
        if let Some(device) = self.device.as_mut().filter(|device| !device.in_flight.is_empty()) {
            device.max_epochs = Some(most); // the steps under way were recorded by the old agreement
            return;
        }
        self.spec.training.stop.max_epochs = most;
        let is_done = self.progress.status == Status::Finished(StopReason::MaxEpochs);
        let is_enough = most.is_some_and(|most| most <= self.progress.epoch);
        if is_done && !is_enough {
            self.progress.status = Status::Training;
        } else if is_enough && !self.progress.is_over() {
            self.progress.status = Status::Finished(StopReason::MaxEpochs);
            self.take_best_back();
        }
    }

    /// At the end of a run, where the stop contract wants that.
    fn take_best_back(&mut self) {
        #[cfg(feature = "gpu")]
        if self.device.is_some() {
            return self.snapshot_best(false);
        }
        if let (true, true, Some(best)) =
            (self.progress.is_over(), self.spec.training.stop.restore_best, &self.best)
        {
            best.restore_into(&mut self.engine);
        }
    }

    /// The learning rate of the next step, as the schedule has it.
    pub fn learning_rate(&self) -> f64 {
        self.spec.training.schedule.rate(self.base_rate, self.progress.epoch, &self.progress.plateau)
    }

    /// Euclidean norm of the last step's gradient, after penalties and clipping; 0 before the first. NaN where that
    /// gradient isn't at hand: after going to a saved state, and on the GPU unless `sync` has brought it
    /// home since that step.
    pub fn gradient_norm(&self) -> f64 {
        if self.progress.step == 0 {
            return 0.0;
        }
        #[cfg(feature = "gpu")]
        if let Some(device) = &self.device {
            return if device.host.step == self.progress.step { device.gradient_norm } else { f64::NAN };
        }
        if self.has_gradient { self.engine.gradient_norm() } else { f64::NAN }
    }

    /// The best epoch by the loss that patience watches, where the stop contract asks for it.
    pub fn best(&self) -> Option<Best> {
        self.progress.best
    }

    /// Sets one parameter by hand; that also takes a pruned weight back into training.
    ///
    /// # Errors
    /// An index the model doesn't have, or a value that isn't finite.
    pub fn set_parameter(&mut self, index: usize, value: f32) -> Result<()> {
        let parameters = self.engine.parameters_mut();
        check_index(index, parameters.len())?;
        check_finite(index, value)?;
        let value = value + 0.0; // minus zero would be pruned
        parameters[index] = value;
        #[cfg(feature = "gpu")]
        if let Some(device) = &mut self.device {
            device.writes += 1;
            device.engine.write_parameter(index, value);
        }
        Ok(())
    }

    /// Lets exactly the parameters at `indices` keep their value; a whole layer is its tensors' ranges.
    ///
    /// # Errors
    /// An index the model doesn't have.
    pub fn freeze(&mut self, indices: &[u32]) -> Result<()> {
        indices.iter().try_for_each(|&i| check_index(i as usize, self.engine.parameters().len()))?;
        self.engine.freeze(indices.iter().copied());
        #[cfg(feature = "gpu")]
        if let Some(device) = &mut self.device {
            device.engine.freeze(indices);
        }
        Ok(())
    }

    /// Where the run stood when the numbers of the host's engine were its own.
    fn host_progress(&self) -> &TrainingProgress {
        #[cfg(feature = "gpu")]
        if let Some(device) = &self.device {
            return &device.host;
        }
        &self.progress
    }

    /// The experiment as it was opened.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The rows, in the data's own units.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Which rows belong to which part.
    pub fn split(&self) -> &Split {
        &self.split
    }

    /// Input features in model order, one an input; empty for images.
    pub fn features(&self) -> &[Feature] {
        self.encoder.features()
    }

    /// The image of a training row as the steps of some epochs take it, epoch after epoch, in the data's own units.
    ///
    /// # Errors
    /// A row that no step takes: it is never varied.
    #[cfg(feature = "layers")]
    pub fn variants(&self, row: u32, epochs: std::ops::Range<u32>) -> Result<Vec<f64>> {
        if !self.split.train.contains(&row) {
            let what = format!("row {row} is no training row: only those are varied (rows count from 0)");
            return Err(Error::Data { what });
        }
        check_room(epochs.len(), self.encoder.width())?;
        let encoded: Vec<f32> = epochs.flat_map(|epoch| self.engine.variant(row, epoch)).collect();
        Ok(self.encoder.back(&encoded))
    }

    /// How features are scaled.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// The lowered model.
    pub fn plan(&self) -> &Plan {
        self.engine.plan()
    }
}

fn check_index(index: usize, parameters: usize) -> Result<()> {
    if index < parameters {
        return Ok(());
    }
    Err(Error::Data { what: format!("parameter {index} is outside 0…{}", parameters - 1) })
}

fn check_finite(index: usize, value: f32) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::Data { what: format!("parameter {index}: {} is not a finite number", decimal(value.into())) })
}

/// Row numbers of a part.
pub(crate) fn part_rows(split: &Split, part: Part) -> &[u32] {
    match part {
        Part::Train => &split.train,
        Part::Validation => &split.validation,
        Part::Test => &split.test,
    }
}
