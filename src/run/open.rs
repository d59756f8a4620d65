//! Bringing an experiment to life: rows → split → encoding → plan → engine → initial weights.

use super::spec::unknown_source;
use super::spec::{ClassWeights, TrainingSpec};
use super::{Run, SourceSpec, Spec, TrainingProgress, WeightsSnapshot};
#[cfg(feature = "table")]
use crate::data::corrupt::{corrupt, fill};
use crate::data::split::sort_rows;
use crate::data::{Batches, Dataset, Encoder, Feature, FeatureSpec, Split, Task, generate_imbalanced, split};
#[cfg(feature = "table")]
use crate::data::{Table, seen::Seen};
use crate::engine::Hyper;
use crate::engine::cpu::CpuEngine;
use crate::error::{Error, Result};
use crate::nn::{ClassWeighting, Plan};

impl Run {
    /// Brings `spec` to life: makes or takes the rows, splits and encodes them, lowers the model and
    /// initializes it. `rows` must be given exactly when the source is `rows`.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    pub fn new(spec: Spec, rows: Option<Dataset>) -> Result<Run> {
        let data = Self::rows(&spec, rows)?;
        Self::open(spec, data)
    }

    /// Brings `spec` to life with the rows of a table, cleaned as the Spec says. The table must be given exactly when
    /// the source is `table` or a real set.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    #[cfg(feature = "table")]
    pub fn of_table(spec: Spec, table: &Table) -> Result<Run> {
        check_takes_table(&spec)?;
        let seen = Seen::new(table, &spec.data.table)?;
        Self::of_seen(spec, &seen)
    }

    /// The same of a table that was seen under this Spec's settings.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    #[cfg(feature = "table")]
    pub fn of_seen(spec: Spec, seen: &Seen) -> Result<Run> {
        check_takes_table(&spec)?;
        let (data, _) = seen.prepare()?;
        Self::open(spec, data)
    }

    fn open(spec: Spec, data: Dataset) -> Result<Run> {
        let split = split(&data, &spec.data.split, spec.seed)?;
        Self::open_split(spec, data, split)
    }

    /// Brings `spec` to life on rows that are shared out already, as those of a fold are: nothing that is fitted (what
    /// stands in for gaps, names, scales, class weights) knows of others than the training rows. Where the stop contract
    /// looks at rows that aren't trained on, it looks at `watched` and at no part.
    ///
    /// # Errors
    /// Whatever doesn't fit, by its path.
    #[cfg(feature = "study")]
    pub fn of_split(spec: Spec, data: Dataset, split: Split, watched: Vec<u32>) -> Result<Run> {
        let mut run = Self::open_split(spec, data, split)?;
        run.watched = Some(watched);
        Ok(run)
    }

    #[cfg_attr(not(feature = "table"), expect(unused_mut, reason = "only the feature spoils rows"))]
    fn open_split(spec: Spec, mut data: Dataset, mut split: Split) -> Result<Run> {
        let features = read_features(spec.data.features.as_deref(), &data)?;
        #[cfg(feature = "table")]
        spoil(&mut data, &mut split, &spec);
        if !spec.training.shuffle {
            sort_rows(&mut split.train, data.rows());
        }
        let encoder = Encoder::fit(&data, &features, spec.data.scale, &split.train);
        let training = &spec.training;
        let plan = {
            let weighting = class_weighting(training, &data, &split.train);
            Plan::lower(&spec.model, training.loss, weighting, encoder.shape(), data.task)?
        };
        let targets = plan.loss.encode_targets(data.task, &encoder.encode_targets(&data.targets));
        let inputs = encoder.transform(&data.inputs);
        check_finite(&inputs, &encoder, &data)?;
        let (batch, optimizer) = (training.batch_size, &training.optimizer);
        let mut engine = CpuEngine::new(plan, inputs, targets, batch, optimizer, spec.seed);
        engine.prepare(training.penalty);
        #[cfg(feature = "layers")]
        if let Some(variants) = variants(&spec, &encoder, &engine, &split.train)? {
            engine.vary(variants, batch.min(split.train.len()));
        }
        let tensors = engine.plan().tensors.clone();
        spec.model.init.fill(&tensors, engine.parameters_mut(), spec.seed, spec.model.bias_init as f32);
        let batches = Batches::new(split.train.clone(), batch, training.shuffle.then_some(spec.seed))?;
        let learning_rate = training.learning_rate;
        let hyper = Hyper {
            optimizer: training.optimizer,
            learning_rate,
            penalty: training.penalty,
            clip: training.clip,
        };
        Ok(Run {
            fallback: WeightsSnapshot::of(&engine),
            spec,
            data,
            split,
            encoder,
            engine,
            batches,
            has_gradient: false,
            hyper,
            base_rate: learning_rate,
            progress: TrainingProgress::START,
            best: None,
            curve: None,
            #[cfg(feature = "study")]
            watched: None,
            #[cfg(feature = "gpu")]
            device: None,
            #[cfg(feature = "gpu")]
            device_lost: None,
        })
    }

    /// The rows that a Spec speaks of, before they are split.
    ///
    /// # Errors
    /// [`Error::Spec`] at `data.source` when rows are missing or not wanted.
    pub fn rows(spec: &Spec, rows: Option<Dataset>) -> Result<Dataset> {
        match (&spec.data.source, rows) {
            #[cfg(feature = "table")]
            (SourceSpec::Drawn, None) => drawn(&spec.data.points),
            (SourceSpec::Rows, Some(rows)) => Ok(rows),
            (SourceSpec::Rows, None) => Err(mismatch("\"rows\" needs rows to be given along with the Spec")),
            (SourceSpec::Table, None) => Err(mismatch("needs its table to be given along with the Spec")),
            (SourceSpec::Set(name), None) => {
                let advice = "; a data set by another name needs its table to be given along with the Spec";
                Err(unknown_source(&format!("\"{name}\""), advice))
            }
            (_, Some(_)) => Err(mismatch("rows were given, but the source is not \"rows\"")),
            (SourceSpec::Toy(source), None) => {
                let samples = spec.data.samples.map_or(source.samples(), |n| n as usize);
                let (noise, imbalance) = (spec.data.noise as f32, spec.data.imbalance as f32);
                Ok(generate_imbalanced(*source, samples, noise, imbalance, spec.seed))
            }
        }
    }
}

/// Points on the plane, class by class.
#[cfg(feature = "table")]
fn drawn(points: &[Vec<f32>]) -> Result<Dataset> {
    let targets = points.iter().enumerate().flat_map(|(class, xy)| vec![class as f64; xy.len() / 2]);
    let inputs: Vec<f64> = points.iter().flatten().copied().map(f64::from).collect();
    let mut data = Dataset::from_rows(inputs, targets.collect(), vec![2], Some(points.len().max(2)))?;
    data.columns = vec!["x".into(), "y".into()];
    Ok(data)
}

/// Spoils training rows where the Spec asks for it. Where nothing else stands in for what is lost, the mean does.
#[cfg(feature = "table")]
fn spoil(data: &mut Dataset, split: &mut Split, spec: &Spec) {
    if spec.data.corrupt.is_none() {
        return;
    }
    let numbers: Vec<usize> =
        (0..data.width()).filter(|&column| data.categories(column).is_empty()).collect();
    let mut damage = corrupt(data, split, &numbers, &spec.data.corrupt, spec.seed);
    if let Some(about) = &mut data.about {
        let copied: Vec<u32> = damage.duplicates.iter().map(|&(_, of)| about.rows[of as usize]).collect();
        about.rows.extend(copied);
        damage.missing.retain(|&(_, column)| about.imputes[column as usize].is_none());
    }
    fill(data, &split.train, &numbers, &damage.missing);
}

/// A table is only read and cleaned for a source that takes one.
#[cfg(feature = "table")]
pub(crate) fn check_takes_table(spec: &Spec) -> Result<()> {
    if spec.data.source.is_table() {
        return Ok(());
    }
    Err(mismatch("a table was given, but the source is neither \"table\" nor a data set's name"))
}

fn mismatch(what: &str) -> Error {
    Error::Spec { path: "data.source".into(), what: what.into() }
}

/// The features named in the Spec, or the columns as they are.
fn read_features(specs: Option<&[FeatureSpec]>, data: &Dataset) -> Result<Vec<Feature>> {
    crate::data::check_count(specs.map_or(data.columns.len(), <[_]>::len))?;
    match specs {
        Some(specs) => {
            specs.iter().enumerate().map(|(index, spec)| Feature::of_spec(spec, index, data)).collect()
        }
        None => Ok((0..data.columns.len()).map(Feature::Column).collect()),
    }
}

/// Refuses encoded rows that hold what is no number, with the first of them.
fn check_finite(inputs: &[f32], encoder: &Encoder, data: &Dataset) -> Result<()> {
    let Some(place) = inputs.iter().position(|value| !value.is_finite()) else { return Ok(()) };
    // One such number in a training row spoils the scale of all rows, so it is looked for before scaling.
    let before = encoder.first_not_finite(data);
    let (row, column) = before.unwrap_or((place / encoder.width(), place % encoder.width()));
    // A table's rows count from 1, as its reader counts them; an array's from 0.
    let row = match data.about().and_then(|about| about.rows.get(row)) {
        Some(&row) => (row + 1).to_string(),
        None => format!("{row}, counted from 0"),
    };
    let name = encoder.features().get(column).map_or(format!("column {column}"), |f| f.label(data));
    let why = if before.is_none() { ": it is too far from the training rows for their scale" } else { "" };
    Err(Error::Data { what: format!("\"{name}\" is not a finite number in row {row}{why}") })
}

/// How training images are varied, where the Spec asks for that.
#[cfg(feature = "layers")]
fn variants(
    spec: &Spec,
    encoder: &Encoder,
    engine: &CpuEngine,
    train: &[u32],
) -> Result<Option<crate::data::Variants>> {
    let how = spec.data.augment;
    if how.is_none() {
        return Ok(None);
    }
    let &[channels, height, width] = encoder.shape() else {
        let what = "varies images, and these rows are none: shape has to be [channels, height, width]".into();
        return Err(Error::Spec { path: "data.augment".into(), what });
    };
    let shape = [channels, height, width];
    Ok(Some(crate::data::Variants::new(how, shape, engine.examples().0, train, spec.seed)))
}

/// How much each class counts, decided by the training rows where it is to be balanced.
fn class_weighting(training: &TrainingSpec, data: &Dataset, train: &[u32]) -> ClassWeighting {
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
    ClassWeighting { smoothing: training.label_smoothing as f32, class_weights }
}
