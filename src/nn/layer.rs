//! Layers as data: what the user wrote, before shapes are known.

use super::activation::Activation;
use super::init::Init;

/// Room at the edges of a convolution's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    /// None: the kernel stays inside.
    Valid,
    /// Zeros, so that the output has ⌈input / stride⌉ positions; an odd one goes to the end.
    Same,
}

/// Which number stands for a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolKind {
    /// The largest.
    Max,
    /// The mean.
    Average,
}

/// One layer of a model, with Keras's names.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerSpec {
    /// `y = f(W·x + b)`
    ///
    /// # Shapes
    /// `[inputs]` → `[units]`; an image counts as a list
    Dense {
        /// Number of outputs, 1…4096.
        units: usize,
        /// Applied to every output.
        activation: Activation,
    },
    /// `y[o] = f(b[o] + Σ W[o] ⋆ x)`: square kernels slid over an image.
    ///
    /// # Shapes
    /// `[channels, height, width]` → `[filters, height′, width′]`
    Conv2d {
        /// Number of output channels.
        filters: usize,
        /// Side of the kernel.
        kernel: usize,
        /// Step of the kernel.
        stride: usize,
        /// What happens at the edges.
        padding: Padding,
        /// Applied to every output.
        activation: Activation,
    },
    /// The largest or the mean of each window of an image.
    ///
    /// # Shapes
    /// `[channels, height, width]` → `[channels, height′, width′]`
    Pool2d {
        /// Largest or mean.
        kind: PoolKind,
        /// Side of the window.
        size: usize,
        /// Step of the window.
        stride: usize,
    },
    /// An image as a list of features: channel by channel, row by row.
    ///
    /// # Shapes
    /// `[channels, height, width]` → `[channels · height · width]`
    Flatten,
    /// Sets each value to 0 with probability `rate` while training, and scales the others by 1 / (1 − rate)
    /// (Srivastava et al. 2014).
    ///
    /// # Shapes
    /// any → the same
    Dropout {
        /// Share of values dropped, 0 ≤ rate < 1.
        rate: f64,
    },
    /// Each row to mean 0 and variance 1 over its features, then a gain and a bias a feature (Ba et al. 2016).
    ///
    /// # Shapes
    /// any → the same; gain and bias as the input
    LayerNorm,
    /// Each feature (channel) to mean 0 and variance 1 over the batch, then a gain and a bias (Ioffe & Szegedy 2015).
    ///
    /// # Shapes
    /// `[features]` or `[channels, height, width]` → the same; gain and bias a feature or a channel
    BatchNorm,
    /// `y = x + layers(x)` (He et al. 2016).
    ///
    /// # Shapes
    /// any → the same
    Residual {
        /// What is added to the input; keeps its shape.
        layers: Vec<LayerSpec>,
    },
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
