//! Batch norm.

use super::{Facts, Kind, Present};
use crate::nn::lower::{Fit, Lowering};
use crate::nn::plan::Role;
use std::ops::Range;

/// Each feature (channel) to mean 0 and variance 1 over the batch, then a gain and a bias (Ioffe & Szegedy 2015).
///
/// # Shapes
/// `[features]` or `[channels, height, width]` → the same; gain, bias and running statistics a feature or a channel
#[derive(Debug, Clone, PartialEq)]
pub struct BatchNormSpec;

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

impl BatchNormSpec {
    pub(in crate::nn) fn lower(&self, to: &mut Lowering) -> Fit {
        let present = Present::check()?;
        let channels = to.shape[0];
        let gain = to.tensor("weight", Role::Gain, &[channels], channels, channels);
        let bias = to.tensor("bias", Role::Bias, &[channels], channels, channels);
        let running = to.buffers..to.buffers + 2 * channels;
        to.buffers = running.end;
        let pixels = to.last.len / channels;
        to.push(Kind::BatchNorm(BatchNorm { present, gain, bias, pixels, running }), to.last.len, 0);
        Ok(())
    }
}

impl Facts for BatchNorm {
    /// Means of 0 and variances of 1.
    fn start(&self, buffers: &mut [f32]) {
        buffers[self.running.clone()][self.gain.len()..].fill(1.0);
    }
}
