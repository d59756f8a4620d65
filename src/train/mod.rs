//! What training means, as formulas and data: optimisers, penalties, stopping, metrics.

pub mod metrics;
pub mod optimizer;
pub mod stop;

pub use metrics::Metrics;
pub use optimizer::Optimizer;
pub use stop::{Stop, StopReason};

use crate::nn::LossSpec;

/// How a model is trained: every hyperparameter of the loop.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingSpec {
    /// What is minimised.
    pub loss: LossSpec,
    /// The rule that turns a gradient into a step.
    pub optimizer: Optimizer,
    /// Length of a step along the negative gradient, per unit of gradient.
    pub learning_rate: f64,
    /// Rows a step looks at.
    pub batch_size: usize,
    /// Whether rows are put in a new order every epoch.
    pub shuffle: bool,
    /// When to stop.
    pub stop: Stop,
    /// λ of the penalty `λ·|w|` on weights.
    pub l1: f64,
    /// λ of the penalty `½·λ·w²` on weights.
    pub l2: f64,
}
