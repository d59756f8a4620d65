//! The dense layer.

use super::{Facts, Kind, Units};
use crate::nn::Activation;
use crate::nn::lower::{Fit, Lowering};
use crate::nn::plan::{Role, Slot};
use std::ops::Range;

/// `y = f(W·x + b)`
///
/// # Shapes
/// `[inputs]` → `[units]`; an image counts as a list
#[derive(Debug, Clone, PartialEq)]
pub struct DenseSpec {
    /// Number of outputs, 1…4096.
    pub units: usize,
    /// Applied to every output.
    pub activation: Activation,
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

impl DenseSpec {
    pub(in crate::nn) fn lower(&self, to: &mut Lowering) -> Fit {
        let &DenseSpec { units, activation } = self;
        let inputs = to.last.len;
        let weight = to.tensor("weight", Role::Weight, &[units, inputs], inputs, units);
        let bias = to.tensor("bias", Role::Bias, &[units], inputs, units);
        let kept = to.behind(units, if activation.keeps_input() { units } else { 0 });
        to.push(Kind::Dense(Dense { activation, kept, weight, bias }), units, kept.len);
        to.shape = vec![units];
        Ok(())
    }
}

impl Facts for Dense {
    fn units(&self) -> Option<Units<'_>> {
        let Dense { activation, kept, weight, bias } = self;
        Some(Units { layer: "dense", activation: *activation, kept: *kept, weight, bias })
    }
}
