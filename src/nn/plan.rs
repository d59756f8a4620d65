//! The Plan: a model lowered once to a static list of ops over flat arenas.
//!
//! It is the last thing that knows layers and the first that knows memory. Engines translate its ops
//! and nothing more. `lower.rs` makes it.

use super::layers::{Facts, Kind, Units, on_op};
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
    pub fn size(&self) -> usize {
        self.channels.saturating_mul(self.height).saturating_mul(self.width)
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

impl Op {
    /// Its units, if it makes some.
    pub fn units(&self) -> Option<Units<'_>> {
        on_op!(&self.kind, op => op.units())
    }

    /// A second input, and what backward does with its gradient.
    pub fn second(&self) -> Option<(Slot, InputGradient)> {
        on_op!(&self.kind, op => op.second())
    }

    /// Whether `slot` is an input of it.
    pub fn reads(&self, slot: Slot) -> bool {
        self.input == slot || self.second().is_some_and(|(other, _)| other == slot)
    }
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
        self.ops.iter().filter(|op| op.units().is_some())
    }

    /// All their outputs together.
    pub fn units(&self) -> usize {
        self.layers().map(|op| op.output.len).sum()
    }

    /// What its buffers hold before any step.
    pub fn starting_buffers(&self) -> Vec<f32> {
        let mut buffers = vec![0.0; self.buffers];
        for op in &self.ops {
            on_op!(&op.kind, op => op.start(&mut buffers));
        }
        buffers
    }

    /// Where the outputs (logits) lie.
    pub fn output(&self) -> Slot {
        self.ops.last().map_or(self.input, |op| op.output)
    }

    /// The plan up to the outputs of the layer number `layer` of [`layers`](Self::layers): all that they follow from, and
    /// nothing else. Backward goes as far as the inputs.
    #[cfg(feature = "study")]
    pub fn up_to(&self, layer: usize) -> Option<Plan> {
        let last = self.layers().nth(layer)?.output;
        let mut wanted = vec![last];
        let mut ops = vec![];
        for op in self.ops.iter().rev().filter(|op| op.output.start <= last.start) {
            if wanted.contains(&op.output) {
                wanted.push(op.input);
                wanted.extend(op.second().map(|(other, _)| other));
                ops.push(op.clone());
            }
        }
        ops.reverse();
        super::lower::hand_back(&mut ops, None);
        Some(Plan { ops, ..self.clone() })
    }
}
