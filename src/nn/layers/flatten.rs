//! Images as lists. No op: the numbers lie as they did.

use crate::nn::lower::{Fit, Lowering};

/// An image as a list of features: channel by channel, row by row.
///
/// # Shapes
/// `[channels, height, width]` → `[channels · height · width]`
#[derive(Debug, Clone, PartialEq)]
pub struct FlattenSpec;

impl FlattenSpec {
    pub(in crate::nn) fn lower(&self, to: &mut Lowering) -> Fit {
        to.shape = vec![to.last.len];
        Ok(())
    }
}
