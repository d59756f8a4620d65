//! The Plan: a model lowered once to a static list of ops over flat arenas.
//!
//! It is the last thing that knows layers and the first that knows memory. Engines translate its ops
//! and nothing more. `lower.rs` makes it.

use super::activation::Activation;
use super::layer::PoolKind;
use super::loss::{ClassWeighting, Loss};
use crate::data::Task;
use std::ops::Range;

/// What a tensor of parameters is for; penalties and initializers tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Multiplies inputs; penalised by l1 and l2.
    Weight,
    /// Is added; starts at 0.
    Bias,
    /// Scales a normalized value; starts at 1.
    Gain,
}

/// One named tensor within the flat parameter arena, in the order and layout of a PyTorch `state_dict`.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    /// Name as PyTorch would give it, e.g. `layers.0.weight`.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// `[out, in]`, `[out, in, kh, kw]`, `[out]` or the shape that is normalized.
    pub shape: Vec<usize>,
    /// Index of its first number in the arena.
    pub offset: usize,
    /// Inputs that one output sums over.
    pub fan_in: usize,
    /// Outputs that one input feeds.
    pub fan_out: usize,
}

impl Tensor {
    /// Where its numbers lie in the arena.
    pub fn range(&self) -> Range<usize> {
        let len = self.shape.iter().fold(1_usize, |len, &side| len.saturating_mul(side));
        self.offset..self.offset.saturating_add(len)
    }
}

/// A run of features in the activation arena. An engine holds `len` features of its row count there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Index of the first feature.
    pub start: usize,
    /// Number of features.
    pub len: usize,
}

impl Slot {
    /// The slot in units of `n` numbers a feature.
    pub fn times(self, n: usize) -> Range<usize> {
        self.start * n..(self.start + self.len) * n
    }
}

/// What ops of image and norm layers carry. Without the feature `layers` it has no value, so that neither they nor the
/// code for them can be: the page's first load leaves both to the package that is loaded on demand.
#[cfg(feature = "layers")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present;
/// As above.
#[cfg(not(feature = "layers"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {}

/// Shape of an image: `[channels, height, width]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// Channels.
    pub channels: usize,
    /// Rows of pixels.
    pub height: usize,
    /// Columns of pixels.
    pub width: usize,
}

impl Image {
    /// Numbers in the image.
    pub fn len(&self) -> usize {
        self.channels.saturating_mul(self.height).saturating_mul(self.width)
    }

    /// Whether it has no pixel.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What backward does with the gradient of an op's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputGradient {
    /// Nothing before it learns.
    Skip,
    /// It is the first in backward order to reach the slot.
    Write,
    /// Another consumer of the slot has written already.
    Add,
}

/// `y = f(W·x + b)`
#[derive(Debug, Clone, PartialEq)]
pub struct Dense {
    /// `f`
    pub activation: Activation,
    /// Where `W·x + b` is kept, when the derivative of `f` needs it, right behind the output; else empty.
    pub kept: Slot,
    /// `W`, `[outputs, inputs]`, within the parameters.
    pub weight: Range<usize>,
    /// `b`, `[outputs]`, right behind `W`.
    pub bias: Range<usize>,
}

/// `y[o] = f(b[o] + Σ W[o] ⋆ x)`
#[derive(Debug, Clone, PartialEq)]
pub struct Conv2d {
    /// Whether such layers are compiled in.
    pub present: Present,
    /// `f`
    pub activation: Activation,
    /// As for [`Dense::kept`].
    pub kept: Slot,
    /// `W`, `[out, in, kernel, kernel]`, within the parameters.
    pub weight: Range<usize>,
    /// `b`, `[out]`, right behind `W`.
    pub bias: Range<usize>,
    /// Shape of `x`.
    pub from: Image,
    /// Shape of `y`.
    pub to: Image,
    /// Side of the kernel.
    pub kernel: usize,
    /// Step of the kernel.
    pub stride: usize,
    /// Zeros above and to the left of the image.
    pub before: [usize; 2],
    /// The image with zeros all round.
    pub padded: Image,
}

/// The largest or the mean of each window.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool2d {
    /// Whether such layers are compiled in.
    pub present: Present,
    /// Largest or mean.
    pub kind: PoolKind,
    /// Shape of `x`.
    pub from: Image,
    /// Shape of `y`.
    pub to: Image,
    /// Side of the window.
    pub size: usize,
    /// Step of the window.
    pub stride: usize,
}

/// Values dropped at random while training.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropout {
    /// Share of values dropped.
    pub rate: f64,
    /// Number of the op, which names its random stream.
    pub index: u32,
}

/// Normalization of each row over its features.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerNorm {
    /// Whether such layers are compiled in.
    pub present: Present,
    /// γ, a number a feature, within the parameters.
    pub gain: Range<usize>,
    /// β, right behind γ.
    pub bias: Range<usize>,
    /// Where mean and 1 / standard deviation of each row are kept.
    pub kept: Slot,
}

/// Normalization of each channel over the batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchNorm {
    /// Whether such layers are compiled in.
    pub present: Present,
    /// γ, a number a channel, within the parameters.
    pub gain: Range<usize>,
    /// β, right behind γ.
    pub bias: Range<usize>,
    /// Features that share statistics: 1, or the pixels of a channel.
    pub pixels: usize,
    /// Where running means lie within the buffers, running variances right behind.
    pub running: Range<usize>,
}

/// What an op computes.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is its struct
pub enum Kind {
    Dense(Dense),
    Conv2d(Conv2d),
    Pool2d(Pool2d),
    Dropout(Dropout),
    LayerNorm(LayerNorm),
    BatchNorm(BatchNorm),
    /// `y = x + x₂`, with `x₂` in the slot given and what backward does with its gradient.
    Add(Slot, InputGradient),
}

/// One operation of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Op {
    /// What it computes.
    pub kind: Kind,
    /// Where `x` lies.
    pub input: Slot,
    /// Where `y` goes; always behind `x`.
    pub output: Slot,
    /// What backward does with `∂L/∂x`.
    pub input_gradient: InputGradient,
}

/// A model lowered to ops, slots and sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Ops in forward order.
    pub ops: Vec<Op>,
    /// Parameter tensors in arena order.
    pub tensors: Vec<Tensor>,
    /// Numbers in the parameter arena.
    pub parameters: usize,
    /// Numbers that are kept from step to step but not learned: running statistics.
    pub buffers: usize,
    /// Features in the activation arena, inputs included.
    pub features: usize,
    /// Where a row's inputs lie.
    pub input: Slot,
    /// The loss that ends the plan.
    pub loss: Loss,
    /// Label smoothing and class weights, for cross-entropy.
    pub weighting: ClassWeighting,
    /// What the targets are.
    pub task: Task,
}

impl Plan {
    /// The layers with weights, whose outputs are the model's units.
    pub fn layers(&self) -> impl Iterator<Item = &Op> {
        self.ops.iter().filter(|op| matches!(op.kind, Kind::Dense(_) | Kind::Conv2d(_)))
    }

    /// All their outputs together.
    pub fn units(&self) -> usize {
        self.layers().map(|op| op.output.len).sum()
    }

    /// Where the outputs (logits) lie.
    pub fn output(&self) -> Slot {
        self.ops.last().map_or(self.input, |op| op.output)
    }
}
