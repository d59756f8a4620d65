//! Linear probes (Alain, Bengio 2016): how readable the answer is in a layer, by how well a linear model reads it there.

use super::lens::Lens;
use super::{check_class, image_of};
use crate::data::gather;
use crate::engine::Hyper;
use crate::engine::cpu::CpuEngine;
use crate::error::{Error, Result};
use crate::nn::layers::ModelSpec;
use crate::nn::{Activation, ClassWeighting, Init, LossSpec, Plan};
use crate::rng::{Purpose, Stream};
use crate::run::{Part, Run, part_rows};
use crate::study::scores::{Interval, wilson};
use crate::train::{Clip, L1Rule, Optimizer, Penalty};

/// Numbers of all rows together that a probe holds: 128 MB.
const MOST_NUMBERS: usize = 1 << 25;
/// Epochs of a probe's training, and rows of its steps.
const EPOCHS: u32 = 15;
const BATCH: usize = 50;
/// The learning rate at the start, for a layer of one number: for more it is by their root smaller. In the end it is 0.
const RATE: f64 = 0.1;
/// λ₂ of its weights.
const PENALTY: f64 = 1e-2;

/// Which rows a probe takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProbeOptions {
    /// Training rows that it learns from, at most.
    pub rows: usize,
    /// Rows that it is scored on, at most.
    pub scored: usize,
    /// Of which rows are drawn, and of their order.
    pub seed: u32,
}

/// How well a layer is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probed {
    /// Share of the scored rows that are classified right.
    pub accuracy: f64,
    /// Where that lies at 95% (Wilson 1927).
    pub interval: Interval,
    /// Rows that it learned from.
    pub rows: usize,
    /// Rows that it was scored on.
    pub scored: usize,
    /// Whose rows those are: validation rows, or, where there are none, training rows that this probe didn't learn from. Never
    /// test rows.
    pub part: Part,
    /// Numbers that it reads.
    pub features: usize,
}

/// A softmax regression on what one layer gives, standardized over the rows it learns from, by Adam with a rate that falls
/// to 0.
pub struct Probe {
    engine: CpuEngine,
    learned: usize,
    scored: usize,
    part: Part,
    features: usize,
    seed: u32,
    epoch: u32,
    step: u64,
}

impl Probe {
    /// Of the layer number `layer` of the plan's layers; without one, of the pixels themselves. Every class is drawn as
    /// often as it comes.
    ///
    /// # Errors
    /// Those of [`Lens::new`]; targets that are no classes; too few rows.
    pub fn new(run: &Run, layer: Option<usize>, options: ProbeOptions) -> Result<Probe> {
        check_class(run, 0)?;
        let width = image_of(run)?.size();
        let mut lens = layer.map(|layer| Lens::new(run, layer, false)).transpose()?;
        let features = lens.as_ref().map_or(width, |lens| lens.shape().iter().product());
        let validation = part_rows(run.split(), Part::Validation);
        let part = if validation.is_empty() { Part::Train } else { Part::Validation };
        let mut training = part_rows(run.split(), Part::Train).to_vec();
        Stream::new(options.seed, Purpose::Probe, 0).shuffle(&mut training);
        let most = MOST_NUMBERS / features.max(1);
        let (own, held) = match part {
            // A fifth of the rows at least is left to score on.
            Part::Train => training.split_at(options.rows.min(training.len() - training.len() / 5)),
            _ => (training.as_slice(), validation),
        };
        let learned = &own[..own.len().min(options.rows).min(most * 2 / 3)];
        let scored = &held[..held.len().min(options.scored).min(most / 3)];
        if learned.len() < 2 || scored.is_empty() {
            return Err(Error::Data {
                what: format!(
                    "a probe takes 2 rows to learn from and 1 to be scored on, but there are {} and {}",
                    learned.len(),
                    scored.len()
                ),
            });
        }
        let rows: Vec<u32> = learned.iter().chain(scored).copied().collect();
        let encoded = gather(run.encoded(), width, &rows);
        let mut inputs = match &mut lens {
            Some(lens) => lens.values(&encoded),
            None => encoded,
        };
        standardize(&mut inputs, features, learned.len());
        let model = ModelSpec {
            layers: vec![],
            init: Init::GlorotUniform,
            bias_init: 0.0,
            output_activation: Activation::Linear,
        };
        let task = run.plan().task;
        let plan = Plan::lower(&model, LossSpec::CrossEntropy, ClassWeighting::default(), &[features], task)?;
        let targets = rows.iter().map(|&row| run.data().targets[row as usize] as f32).collect();
        let engine = CpuEngine::new(plan, inputs, targets, BATCH, &ADAM, options.seed);
        let (learned, scored) = (learned.len(), scored.len());
        Ok(Probe { engine, learned, scored, part, features, seed: options.seed, epoch: 0, step: 0 })
    }

    /// Goes on by an epoch; the share of all that were trained, 1 when it is over.
    pub fn advance(&mut self) -> f64 {
        if self.epoch < EPOCHS {
            self.epoch += 1;
            let mut order: Vec<u32> = (0..self.learned as u32).collect();
            Stream::new(self.seed, Purpose::Probe, self.epoch).shuffle(&mut order);
            for rows in order.chunks(BATCH) {
                let per_epoch = self.learned.div_ceil(BATCH) as f64;
                let left = 1.0 - self.step as f64 / (per_epoch * f64::from(EPOCHS));
                let rate = RATE / (self.features as f64).sqrt() * left;
                self.step += 1;
                self.engine.step(rows, &hyper(rate), self.step);
            }
        }
        f64::from(self.epoch) / f64::from(EPOCHS)
    }

    /// How well it reads the layer.
    pub fn score(&mut self) -> Probed {
        let rows: Vec<u32> = (self.learned as u32..(self.learned + self.scored) as u32).collect();
        let metrics = self.engine.evaluate(&rows).metrics(None);
        let accuracy = metrics.and_then(|metrics| metrics.accuracy).unwrap_or(f64::NAN);
        let Probe { learned, scored, part, features, .. } = *self;
        Probed { accuracy, interval: wilson(accuracy, scored as f64), rows: learned, scored, part, features }
    }
}

const ADAM: Optimizer = Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.0 };

fn hyper(learning_rate: f64) -> Hyper {
    let penalty = Penalty { l1: 0.0, l1_rule: L1Rule::Subgradient, l2: PENALTY };
    Hyper { optimizer: ADAM, learning_rate, penalty, clip: Clip::Off }
}

/// Brings each feature to mean 0 and variance 1 over the first `rows` rows; what never changes there becomes 0.
fn standardize(inputs: &mut [f32], features: usize, rows: usize) {
    let mut sums = vec![[0.0_f64; 2]; features];
    for row in inputs.chunks_exact(features).take(rows) {
        for (sum, &x) in sums.iter_mut().zip(row) {
            sum[0] += f64::from(x);
        }
    }
    sums.iter_mut().for_each(|sum| sum[0] /= rows as f64);
    for row in inputs.chunks_exact(features).take(rows) {
        for (sum, &x) in sums.iter_mut().zip(row) {
            let apart = f64::from(x) - sum[0];
            sum[1] += apart * apart;
        }
    }
    for sum in &mut sums {
        let spread = (sum[1] / rows as f64).sqrt();
        sum[1] = if spread > 1e-6 { 1.0 / spread } else { 0.0 };
    }
    for row in inputs.chunks_exact_mut(features) {
        for (x, [mean, scale]) in row.iter_mut().zip(&sums) {
            *x = ((f64::from(*x) - mean) * scale) as f32;
        }
    }
}
