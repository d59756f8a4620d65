//! Bringing an experiment to life: rows → split → encoding → plan → engine → initial weights.

use super::{Book, Kept, Run, SourceSpec, Spec};
#[cfg(feature = "table")]
use crate::data::corrupt::{corrupt, fill};
use crate::data::{Batches, Dataset, Encoder, Feature, Task, generate_imbalanced, split};
use crate::engine::Hyper;
use crate::engine::cpu::CpuEngine;
use crate::error::{Error, Result};
use crate::nn::{Emphasis, Plan};
use crate::train::{ClassWeights, TrainingSpec};

impl Run {
    /// Brings `spec` to life: makes or takes the rows, splits and encodes them, lowers the model and
    /// initialises it. `rows` must be given exactly when the source is `rows`.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    pub fn new(spec: Spec, rows: Option<Dataset>) -> Result<Run> {
        #[cfg_attr(not(feature = "table"), expect(unused_mut, reason = "only the feature spoils rows"))]
        let mut data = Self::rows(&spec, rows)?;
        let features = read_features(spec.data.features.as_deref(), &data.columns)?;
        let mut split = split(&data, &spec.data.split, spec.seed)?;
        #[cfg(feature = "table")]
        spoil(&mut data, &mut split, &spec);
        if !spec.training.shuffle {
            split.train.sort_unstable();
        }
        let encoder = Encoder::fit(&data, &features, spec.data.scale, &split.train);
        let training = &spec.training;
        let plan = {
            let emphasis = emphasis(training, &data, &split.train);
            Plan::lower(&spec.model, training.loss, emphasis, encoder.shape(), data.task)?
        };
        let targets = plan.loss.encode_targets(&data);
        let inputs = encoder.transform(&data.inputs).into_owned();
        let (batch, optimizer) = (training.batch_size, &training.optimizer);
        let mut engine = CpuEngine::new(plan, inputs, targets, batch, optimizer, spec.seed);
        let tensors = engine.plan().tensors.clone();
        spec.model.init.fill(&tensors, engine.parameters_mut(), spec.seed);
        let batches = Batches::new(split.train.clone(), batch, training.shuffle.then_some(spec.seed))?;
        let learning_rate = training.learning_rate;
        let hyper = Hyper {
            optimizer: training.optimizer,
            learning_rate,
            l1: training.l1,
            l2: training.l2,
            clip: training.clip,
        };
        Ok(Run {
            fallback: Kept::of(&engine),
            spec,
            data,
            split,
            features,
            encoder,
            engine,
            batches,
            hyper,
            base_rate: learning_rate,
            book: Book::START,
            best: None,
            curve: None,
            #[cfg(feature = "gpu")]
            device: None,
            #[cfg(feature = "gpu")]
            device_lost: None,
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
                let (noise, imbalance) = (spec.data.noise as f32, spec.data.imbalance as f32);
                Ok(generate_imbalanced(source, samples, noise, imbalance, spec.seed))
            }
        }
    }
}

/// Spoils training rows where the Spec asks for it. Nothing else stands in for what is lost, so their mean does.
#[cfg(feature = "table")]
fn spoil(data: &mut Dataset, split: &mut crate::data::Split, spec: &Spec) {
    if spec.data.corrupt.is_none() {
        return;
    }
    let numbers: Vec<usize> = (0..data.width()).collect();
    let damage = corrupt(data, split, &numbers, &spec.data.corrupt, spec.seed);
    fill(data, &split.train, &numbers, &damage.missing);
}

/// The features named in the Spec, or the columns as they are.
fn read_features(names: Option<&[String]>, columns: &[String]) -> Result<Vec<Feature>> {
    match names {
        Some(names) => names.iter().map(|name| Feature::parse(name, columns)).collect(),
        None => Ok((0..columns.len()).map(Feature::Column).collect()),
    }
}

/// How much each class counts, settled by the training rows where it is to be balanced.
fn emphasis(training: &TrainingSpec, data: &Dataset, train: &[u32]) -> Emphasis {
    let class_weights = match (&training.class_weights, data.task) {
        (ClassWeights::Equal, _) => vec![],
        (ClassWeights::Given(weights), _) => weights.iter().map(|&w| w as f32).collect(),
        // One weight too few or too many for values is refused where the plan is made.
        (ClassWeights::Balanced, Task::Regression { .. }) => vec![1.0],
        (ClassWeights::Balanced, Task::Classification { classes }) => {
            let mut counts = vec![0_u32; classes];
            train.iter().for_each(|&row| counts[data.targets[row as usize] as usize] += 1);
            let fair = train.len() as f32 / classes as f32;
            counts.iter().map(|&count| fair / count.max(1) as f32).collect()
        }
    };
    Emphasis { smoothing: training.label_smoothing as f32, class_weights }
}
