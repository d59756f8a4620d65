//! One run: an experiment brought to life, advanced step by step, without a clock of its own.

pub mod checkpoint;
mod curve;
mod outputs;
mod restore;
mod spec;

pub use curve::{Curve, Point};
pub use spec::{DataSpec, EngineChoice, SourceSpec, Spec};

use crate::data::{Batches, Dataset, Encoder, Feature, Split, generate, split};
use crate::engine::cpu::{CpuEngine, Hyper};
use crate::error::{Error, Result};
use crate::nn::Plan;
use crate::train::{Metrics, StopReason};

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

/// A running experiment.
pub struct Run {
    spec: Spec,
    data: Dataset,
    split: Split,
    features: Vec<Feature>,
    encoder: Encoder,
    engine: CpuEngine,
    batches: Batches,
    hyper: Hyper,
    step: u64,
    status: Status,
    epoch_loss: f64,
    epoch_rows: usize,
    training_loss: f64,
    /// Parameters at the start of the epoch, to fall back on when an update overflows.
    fallback: Vec<f32>,
    curve: Option<Curve>,
}

impl Run {
    /// Brings `spec` to life: makes or takes the rows, splits and encodes them, lowers the model and
    /// initialises it. `rows` must be given exactly when the source is `rows`.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    pub fn new(spec: Spec, rows: Option<Dataset>) -> Result<Run> {
        let data = Self::rows(&spec, rows)?;
        let features = read_features(spec.data.features.as_deref(), &data.columns)?;
        let mut split = split(&data, &spec.data.split, spec.seed)?;
        if !spec.training.shuffle {
            split.train.sort_unstable();
        }
        let encoder = Encoder::fit(&data, &features, spec.data.scale, &split.train);
        let training = &spec.training;
        let plan = Plan::lower(&spec.model, training.loss, encoder.shape(), data.task)?;
        let targets = plan.loss.encode_targets(&data);
        let inputs = encoder.transform(&data.inputs);
        let (batch, optimizer) = (training.batch_size, &training.optimizer);
        let mut engine = CpuEngine::new(plan, inputs, targets, batch, optimizer, spec.seed);
        let tensors = engine.plan().tensors.clone();
        spec.model.init.fill(&tensors, engine.parameters_mut(), spec.seed);
        let batches = Batches::new(split.train.clone(), batch, training.shuffle.then_some(spec.seed))?;
        let hyper = Hyper {
            optimizer: training.optimizer,
            learning_rate: training.learning_rate,
            l1: training.l1,
            l2: training.l2,
        };
        Ok(Run {
            fallback: engine.parameters().to_vec(),
            spec,
            data,
            split,
            features,
            encoder,
            engine,
            batches,
            hyper,
            step: 0,
            status: Status::Ready,
            epoch_loss: 0.0,
            epoch_rows: 0,
            training_loss: f64::NAN,
            curve: None,
        })
    }

    fn rows(spec: &Spec, rows: Option<Dataset>) -> Result<Dataset> {
        let mismatch = |what: &str| Error::Spec { path: "data.source".into(), what: what.into() };
        match (spec.data.source, rows) {
            (SourceSpec::Rows, Some(rows)) => Ok(rows),
            (SourceSpec::Rows, None) => Err(mismatch("\"rows\" needs rows to be given along with the Spec")),
            (SourceSpec::Toy(_), Some(_)) => Err(mismatch("rows were given, but the source is not \"rows\"")),
            (SourceSpec::Toy(source), None) => {
                let samples = spec.data.samples.map_or(source.samples(), |n| n as usize);
                Ok(generate(source, samples, spec.data.noise as f32, spec.seed))
            }
        }
    }

    /// Takes up to `steps` steps; fewer when the run ends first.
    pub fn advance(&mut self, steps: u64) -> Progress {
        for _ in 0..steps {
            if !self.take_step() {
                break;
            }
        }
        self.progress()
    }

    /// The same within a budget of time: `now` tells milliseconds and is asked now and then between steps.
    /// A budget of 0 means none. Where it stops never changes what is computed.
    pub fn advance_within(&mut self, steps: u64, budget_ms: f64, mut now: impl FnMut() -> f64) -> Progress {
        if budget_ms <= 0.0 {
            return self.advance(steps);
        }
        let (start, first) = (now(), self.step);
        let mut chunk = 1;
        loop {
            let before = self.step;
            let left = steps - (before - first);
            self.advance(chunk.min(left));
            let (taken, elapsed) = (self.step - first, now() - start);
            if self.step == before || taken >= steps || elapsed >= budget_ms {
                return self.progress();
            }
            // Aim for a quarter of what is left, so that the last chunk overshoots little.
            let fits = (budget_ms - elapsed) / 4.0 * taken as f64 / elapsed.max(1e-3);
            chunk = (fits as u64).clamp(1, chunk * 2);
        }
    }

    /// One update; `false` when the run is over.
    fn take_step(&mut self) -> bool {
        match self.status {
            Status::Finished(_) | Status::Diverged => return false,
            Status::Ready | Status::Training => {}
        }
        if self.epoch_rows == 0 {
            self.fallback.copy_from_slice(self.engine.parameters());
        }
        let epoch = self.batches.epoch();
        let rows = self.batches.next();
        let loss = self.engine.step(rows, &self.hyper, self.step + 1);
        if !loss.is_finite() {
            self.diverge();
            return false;
        }
        self.step += 1;
        self.status = Status::Training;
        self.epoch_loss += loss;
        self.epoch_rows += rows.len();
        self.training_loss = self.epoch_loss / self.epoch_rows as f64;
        if self.batches.epoch() > epoch {
            self.end_epoch();
        }
        true
    }

    fn end_epoch(&mut self) {
        self.epoch_loss = 0.0;
        self.epoch_rows = 0;
        let epoch = self.batches.epoch();
        self.record_point(epoch);
        if let Some(reason) = self.spec.training.stop.check(epoch) {
            self.status = Status::Finished(reason);
        }
    }

    /// The engine skipped the update of a loss that isn't finite; an earlier one may still have overflowed.
    fn diverge(&mut self) {
        self.status = Status::Diverged;
        if !self.engine.parameters().iter().all(|w| w.is_finite()) {
            self.engine.parameters_mut().copy_from_slice(&self.fallback);
        }
    }

    /// Where the run stands.
    pub fn progress(&self) -> Progress {
        Progress {
            step: self.step,
            epoch: self.batches.epoch(),
            training_loss: self.training_loss,
            status: self.status,
        }
    }

    /// Keeps a curve of at most `points` points from now on.
    pub fn record(&mut self, points: usize) {
        self.curve = Some(Curve::new(points));
        if self.epoch_rows == 0 {
            self.record_point(self.batches.epoch());
        }
    }

    fn record_point(&mut self, epoch: u32) {
        if !self.curve.as_ref().is_some_and(|curve| curve.wants(epoch)) {
            return;
        }
        let mut loss = |part| self.evaluate(part).map_or(f64::NAN, |metrics| metrics.loss);
        let point = Point { epoch, training: loss(Part::Train), test: loss(Part::Test) };
        if let Some(curve) = &mut self.curve {
            curve.push(point);
        }
    }

    /// The curve so far; empty unless [`record`](Self::record)ed.
    pub fn curve(&self) -> &[Point] {
        self.curve.as_ref().map_or(&[], Curve::points)
    }

    /// Metrics on a part; `None` when it has no rows.
    pub fn evaluate(&mut self, part: Part) -> Option<Metrics> {
        let rows = part_rows(&self.split, part);
        let classification = matches!(self.data.task, crate::data::Task::Classification { .. });
        self.engine.evaluate(rows).metrics(classification)
    }

    /// Gradient of the mean loss on a part, without penalties, in the order of the parameters.
    pub fn gradient(&mut self, part: Part) -> Vec<f32> {
        self.engine.gradient(part_rows(&self.split, part)).to_vec()
    }

    /// Predictions for new rows in the columns of the data: values, or probabilities of classes
    /// (one column, that of the second class, for two).
    ///
    /// # Shapes
    /// `inputs`: `[rows, columns]` → `[rows, outputs]`
    ///
    /// # Errors
    /// A length that is no multiple of the columns.
    pub fn predict(&mut self, inputs: &[f32]) -> Result<Vec<f32>> {
        let width = self.data.width();
        if !inputs.len().is_multiple_of(width) {
            let what = format!("{} numbers are no whole number of rows of {width} columns", inputs.len());
            return Err(Error::Data { what });
        }
        let encoded = self.encoder.transform(inputs);
        let plan = self.engine.plan();
        let (task, loss) = (plan.task, plan.loss);
        let mut outputs = vec![0.0; inputs.len() / width * plan.output().len];
        self.engine.predict(&encoded, &mut outputs);
        outputs::to_predictions(task, loss, &mut outputs);
        Ok(outputs)
    }

    /// All parameters, flat, as in a PyTorch `state_dict`.
    pub fn parameters(&self) -> &[f32] {
        self.engine.parameters()
    }

    /// Replaces all parameters; the optimiser's state stays.
    ///
    /// # Errors
    /// Another number of parameters than the model has.
    pub fn set_parameters(&mut self, parameters: &[f32]) -> Result<()> {
        let own = self.engine.parameters_mut();
        if own.len() != parameters.len() {
            return Err(Error::Length { what: "parameters", expected: own.len(), got: parameters.len() });
        }
        own.copy_from_slice(parameters);
        Ok(())
    }

    /// Changes the learning rate from the next step on.
    ///
    /// # Errors
    /// A rate outside 0…1000.
    pub fn set_learning_rate(&mut self, rate: f64) -> Result<()> {
        if !(0.0..=1000.0).contains(&rate) {
            let path = "training.optimizer.learningRate".into();
            return Err(Error::Spec { path, what: format!("{rate} is outside 0…1000") });
        }
        self.hyper.learning_rate = rate;
        Ok(())
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

    /// Input features in model order.
    pub fn features(&self) -> &[Feature] {
        &self.features
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

/// The features named in the Spec, or the columns as they are.
fn read_features(names: Option<&[String]>, columns: &[String]) -> Result<Vec<Feature>> {
    match names {
        Some(names) => names.iter().map(|name| Feature::parse(name, columns)).collect(),
        None => Ok((0..columns.len()).map(Feature::Column).collect()),
    }
}

fn part_rows(split: &Split, part: Part) -> &[u32] {
    match part {
        Part::Train => &split.train,
        Part::Validation => &split.validation,
        Part::Test => &split.test,
    }
}
