//! Dropout.

use super::{Facts, Kind};
use crate::nn::lower::{Fit, Lowering};

/// Sets each value to 0 with probability `rate` while training, and scales the others by 1 / (1 − rate)
/// (Srivastava et al. 2014).
///
/// # Shapes
/// any → the same
#[derive(Debug, Clone, PartialEq)]
pub struct DropoutSpec {
    /// Share of values dropped, 0 ≤ rate < 1.
    pub rate: f64,
}

/// Values dropped at random while training.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropout {
    /// Share of values dropped.
    pub rate: f64,
    /// Number of the op, which names its random stream.
    pub index: u32,
}

impl DropoutSpec {
    pub(in crate::nn) fn lower(&self, to: &mut Lowering) -> Fit {
        let index = to.ops.len() as u32;
        to.push(Kind::Dropout(Dropout { rate: self.rate, index }), to.last.len, 0);
        Ok(())
    }
}

impl Facts for Dropout {}
