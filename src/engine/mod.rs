//! Who computes: an engine holds the examples, the parameters and every arena, and runs a [`Plan`](crate::nn::Plan).

pub mod cpu;
#[cfg(feature = "look")]
pub mod exact;
#[cfg(feature = "gpu")]
pub mod gpu;
mod ops;

use crate::train::{Clip, L1Rule, Optimizer};

/// The hyperparameters of one update; they may change from step to step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hyper {
    /// The update rule.
    pub optimizer: Optimizer,
    /// η
    pub learning_rate: f64,
    /// λ of `λ·|w|`
    pub l1: f64,
    /// How it treats a weight that reaches 0.
    pub l1_rule: L1Rule,
    /// λ of `½·λ·w²`
    pub l2: f64,
    /// A bound on gradients.
    pub clip: Clip,
}

impl Hyper {
    /// The penalty `λ·sign w` in the gradient; and where weights are pruned, by how much they shrink after the update.
    fn l1_split(&self) -> (f64, Option<f64>) {
        match self.l1_rule {
            L1Rule::Prune if self.l1 > 0.0 => (0.0, Some(self.learning_rate * self.l1)),
            _ => (self.l1, None),
        }
    }
}
