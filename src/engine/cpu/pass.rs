//! What an op has to do with on this engine.

use super::Mode;
use super::arena::Arena;
use super::packed::Panels;
use crate::engine::ops::conv2d::Scratch;
use crate::nn::plan::Op;

/// Added to a variance before its root, as in PyTorch.
pub const EPSILON: f32 = 1e-5;

/// An op on this engine.
pub trait Compute {
    /// Makes room for `vectors` vectors of rows a feature; called before training, so that no step allocates.
    fn reserve(&self, _op: &Op, _vectors: usize, _room: &mut Room) {}

    /// Computes the outputs for the batch in the arena.
    fn forward(&self, op: &Op, pass: &mut Forward);

    /// From the gradient of the outputs: writes those of its parameters (adds, with `accumulate`), and does with that of
    /// its input what the op says.
    fn backward(&self, op: &Op, pass: &mut Backward);
}

/// Room that ops share, each for as long as it computes.
#[derive(Clone, Default)]
pub struct Room {
    /// For products of wide layers.
    pub panels: Panels,
    /// For convolution.
    pub scratch: Scratch,
}

/// What an op is given on the way forward.
pub struct Forward<'a> {
    /// All parameters, flat.
    pub parameters: &'a [f32],
    /// Running statistics.
    pub buffers: &'a mut [f32],
    /// The batch at hand, in all slots.
    pub values: &'a mut Arena,
    /// Room to work in.
    pub room: &'a mut Room,
    /// Names what dropout drops.
    pub seed: u32,
    /// Rows of the batch; the others of the last vector are padding.
    pub rows: usize,
    /// What the pass is for.
    pub mode: Mode,
}

/// What an op is given on the way back.
pub struct Backward<'a> {
    /// All parameters, flat.
    pub parameters: &'a [f32],
    /// Their gradients.
    pub gradients: &'a mut [f32],
    /// What forward left in all slots.
    pub values: &'a Arena,
    /// The gradients of it.
    pub d: &'a mut Arena,
    /// Room to work in.
    pub room: &'a mut Room,
    /// Names what dropout drops.
    pub seed: u32,
    /// Rows of the batch.
    pub rows: usize,
    /// What the pass is for.
    pub mode: Mode,
    /// Whether gradients of parameters are added up.
    pub accumulate: bool,
    /// Where the batch is a part of a full one.
    pub full: Option<FullBatch<'a>>,
}

/// What a chunk's backward has to know of the full batch that it is a part of.
#[derive(Clone, Copy)]
pub struct FullBatch<'a> {
    /// Means and variances over all rows, laid out as the running ones.
    pub statistics: &'a [f32],
    /// `Σ dy·x̂` and `Σ dy` over all rows, where their gradients lie.
    pub sums: &'a [f32],
    /// How many those are.
    pub rows: usize,
}
