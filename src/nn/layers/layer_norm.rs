//! Layer norm.

use super::{Facts, Kind, Present};
use crate::nn::lower::{Fit, Lowering};
use crate::nn::plan::{Role, Slot};
use std::ops::Range;

/// Each row to mean 0 and variance 1 over its features, then a gain and a bias a feature (Ba et al. 2016).
///
/// # Shapes
/// any → the same; gain and bias as the input
#[derive(Debug, Clone, PartialEq)]
pub struct LayerNormSpec;

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

impl LayerNormSpec {
    pub(in crate::nn) fn lower(&self, to: &mut Lowering) -> Fit {
        let present = Present::check()?;
        let (shape, len) = (to.shape.clone(), to.last.len);
        let gain = to.tensor("weight", Role::Gain, &shape, len, len);
        let bias = to.tensor("bias", Role::Bias, &shape, len, len);
        let kept = to.behind(len, 2);
        to.push(Kind::LayerNorm(LayerNorm { present, gain, bias, kept }), len, kept.len);
        Ok(())
    }
}

impl Facts for LayerNorm {}
