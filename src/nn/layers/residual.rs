//! Residual blocks.

use super::{Facts, Kind, LayerSpec};
use crate::error::list;
use crate::nn::lower::{Fit, Lowering};
use crate::nn::plan::{InputGradient, Slot};

/// `y = x + layers(x)` (He et al. 2016).
///
/// # Shapes
/// any → the same, as its layers must
#[derive(Debug, Clone, PartialEq)]
pub struct ResidualSpec {
    /// What is added to the input; keeps its shape.
    pub layers: Vec<LayerSpec>,
}

/// `y = x + x₂`
#[derive(Debug, Clone, PartialEq)]
pub struct Add {
    /// Where `x₂` lies.
    pub other: Slot,
    /// What backward does with `∂L/∂x₂`.
    pub other_gradient: InputGradient,
}

impl ResidualSpec {
    pub(in crate::nn) fn lower(&self, to: &mut Lowering) -> Fit {
        let (start, shape, path) = (to.last, to.shape.clone(), to.path.clone());
        for (index, layer) in self.layers.iter().enumerate() {
            to.path = format!("{path}.layers.{index}");
            layer.lower(to).map_err(|what| format!("layers[{index}]: {what}"))?;
        }
        if to.shape != shape {
            return Err(format!(
                "residual: its layers turn shape {} into {}, so their sum is not defined",
                list(&shape),
                list(&to.shape)
            ));
        }
        if to.last == start {
            return Err("residual: it needs at least one layer that computes something".into());
        }
        let add = Add { other: start, other_gradient: InputGradient::Skip };
        to.push(Kind::Add(add), to.last.len, 0);
        to.path = path;
        Ok(())
    }
}

impl Facts for Add {
    fn second(&self) -> Option<(Slot, InputGradient)> {
        Some((self.other, self.other_gradient))
    }
}
