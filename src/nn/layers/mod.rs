//! The layers: a file each, with what the user wrote of it, how it fits its input, and the op it becomes.
//!
//! A new layer has its file, and its line in each of the lists here: [`LayerSpec`]; [`Kind`] and the macro `on_op!`, unless
//! ops that there are compute it.

mod batch_norm;
mod conv2d;
mod dense;
mod dropout;
mod flatten;
mod layer_norm;
mod pool2d;
mod residual;

pub use batch_norm::{BatchNorm, BatchNormSpec};
pub use conv2d::{Conv2d, Conv2dSpec, Padding};
pub use dense::{Dense, DenseSpec};
pub use dropout::{Dropout, DropoutSpec};
pub use flatten::FlattenSpec;
pub use layer_norm::{LayerNorm, LayerNormSpec};
pub use pool2d::{Pool2d, Pool2dSpec, PoolKind};
pub use residual::{Add, ResidualSpec};

use super::activation::Activation;
use super::init::Init;
use super::lower::{Fit, Lowering};
use super::plan::{InputGradient, Slot};
use std::ops::Range;

/// One layer of a model, with Keras's names.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is its struct
pub enum LayerSpec {
    Dense(DenseSpec),
    Conv2d(Conv2dSpec),
    Pool2d(Pool2dSpec),
    Flatten(FlattenSpec),
    Dropout(DropoutSpec),
    LayerNorm(LayerNormSpec),
    BatchNorm(BatchNormSpec),
    Residual(ResidualSpec),
}

impl LayerSpec {
    pub(super) fn lower(&self, to: &mut Lowering) -> Fit {
        match self {
            LayerSpec::Dense(layer) => layer.lower(to),
            LayerSpec::Conv2d(layer) => layer.lower(to),
            LayerSpec::Pool2d(layer) => layer.lower(to),
            LayerSpec::Flatten(layer) => layer.lower(to),
            LayerSpec::Dropout(layer) => layer.lower(to),
            LayerSpec::LayerNorm(layer) => layer.lower(to),
            LayerSpec::BatchNorm(layer) => layer.lower(to),
            LayerSpec::Residual(layer) => layer.lower(to),
        }
    }
}

/// What an op computes. Each engine has it as a trait, which `engine/ops` implements.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is its struct
pub enum Kind {
    Dense(Dense),
    Conv2d(Conv2d),
    Pool2d(Pool2d),
    Dropout(Dropout),
    LayerNorm(LayerNorm),
    BatchNorm(BatchNorm),
    Add(Add),
}

/// `on_op!(kind, op => expression)`: the expression for the op's own struct, whichever it is.
macro_rules! on_op {
    ($kind:expr, $op:ident => $then:expr) => {
        match $kind {
            $crate::nn::layers::Kind::Dense($op) => $then,
            $crate::nn::layers::Kind::Conv2d($op) => $then,
            $crate::nn::layers::Kind::Pool2d($op) => $then,
            $crate::nn::layers::Kind::Dropout($op) => $then,
            $crate::nn::layers::Kind::LayerNorm($op) => $then,
            $crate::nn::layers::Kind::BatchNorm($op) => $then,
            $crate::nn::layers::Kind::Add($op) => $then,
        }
    };
}
pub(crate) use on_op;

/// What anybody may ask of any op; most have none of it.
pub trait Facts {
    /// Its units, if it makes some: it has weights then, and an activation.
    fn units(&self) -> Option<Units<'_>> {
        None
    }

    /// A second input, and what backward does with its gradient.
    fn second(&self) -> Option<(Slot, InputGradient)> {
        None
    }

    /// Writes where running statistics start, into all `buffers` of the plan, which are 0.
    fn start(&self, _buffers: &mut [f32]) {}
}

/// Outputs that people look at one by one.
#[derive(Debug, Clone, Copy)]
pub struct Units<'a> {
    /// The name of the layer in the document.
    pub layer: &'static str,
    /// What follows the sum.
    pub activation: Activation,
    /// Where the sum is kept, when the derivative of the activation needs it; else empty.
    pub kept: Slot,
    /// Weights within the parameters.
    pub weight: &'a Range<usize>,
    /// Biases, right behind.
    pub bias: &'a Range<usize>,
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

impl Present {
    /// Allows the ops of image and norm layers, where they are compiled in.
    fn check() -> Fit<Present> {
        #[cfg(feature = "layers")]
        return Ok(Present);
        #[cfg(not(feature = "layers"))]
        return Err("image and norm layers take the package with all layers".into());
    }
}

/// A model: hidden layers and how they start. The output layer follows from the task.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelSpec {
    /// Hidden layers, first to last; none makes a linear model.
    pub layers: Vec<LayerSpec>,
    /// How weights start.
    pub init: Init,
    /// Where the biases of dense and convolution layers start; those of norms start at 0.
    pub bias_init: f64,
    /// What follows the output layer; only losses that don't take logits allow other than linear.
    pub output_activation: Activation,
}
