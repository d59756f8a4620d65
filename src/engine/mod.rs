//! Who computes: an engine holds the examples, the parameters and every arena, and runs a [`Plan`](crate::nn::Plan).

pub mod cpu;
#[cfg(feature = "look")]
pub mod exact;
#[cfg(feature = "gpu")]
pub mod gpu;
mod ops;

use crate::train::{Clip, Optimizer, Penalty};

/// The hyperparameters of one update; they may change from step to step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hyper {
    /// The update rule.
    pub optimizer: Optimizer,
    /// η
    pub learning_rate: f64,
    /// What large weights cost.
    pub penalty: Penalty,
    /// A bound on gradients.
    pub clip: Clip,
}
