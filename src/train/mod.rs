//! What training means, as formulas and data: optimizers, schedules, penalties and clipping, stopping, metrics.

pub mod gradient;
pub mod metrics;
pub mod optimizer;
pub mod schedule;
pub mod stop;

pub use gradient::{Clip, L1Rule};
pub use metrics::{Metrics, Unit};
pub use optimizer::Optimizer;
pub use schedule::{Decay, Schedule, WarmUp};
pub use stop::{Stop, StopReason};

use crate::nn::LossSpec;

/// How much each class counts in the loss.
#[derive(Debug, Clone, PartialEq)]
pub enum ClassWeights {
    /// All alike.
    Equal,
    /// In inverse proportion to the class's share of training rows.
    Balanced,
    /// As given, one a class.
    Given(Vec<f64>),
}

/// How a model is trained: every hyperparameter of the loop.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingSpec {
    /// What is minimized.
    pub loss: LossSpec,
    /// ε: the share of a row's certainty that is spread over all classes (Szegedy et al. 2016).
    pub label_smoothing: f64,
    /// How much each class counts.
    pub class_weights: ClassWeights,
    /// The rule that turns a gradient into a step.
    pub optimizer: Optimizer,
    /// Length of a step along the negative gradient, per unit of gradient.
    pub learning_rate: f64,
    /// How the rate changes from epoch to epoch.
    pub schedule: Schedule,
    /// Rows a step looks at.
    pub batch_size: usize,
    /// Whether rows are put in a new order every epoch.
    pub shuffle: bool,
    /// When to stop.
    pub stop: Stop,
    /// λ of the penalty `λ·|w|` on weights.
    pub l1: f64,
    /// How it treats a weight that reaches 0.
    pub l1_rule: L1Rule,
    /// λ of the penalty `½·λ·w²` on weights.
    pub l2: f64,
    /// A bound on gradients.
    pub clip: Clip,
}
