//! Pooling of images.

use super::{Facts, Kind, Present};
use crate::nn::lower::{Fit, Lowering};
use crate::nn::plan::Image;

/// Which number stands for a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolKind {
    /// The largest.
    Max,
    /// The mean.
    Average,
}

/// The largest or the mean of each window of an image.
///
/// # Shapes
/// a row: `[channels, height, width]` → `[channels, height′, width′]`, `height′ = ⌊(height − size) / stride⌋ + 1`
#[derive(Debug, Clone, PartialEq)]
pub struct Pool2dSpec {
    /// Largest or mean.
    pub kind: PoolKind,
    /// Side of the window.
    pub size: usize,
    /// Step of the window.
    pub stride: usize,
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

impl Pool2dSpec {
    pub(in crate::nn) fn lower(&self, lowering: &mut Lowering) -> Fit {
        let &Pool2dSpec { kind, size, stride } = self;
        let present = Present::check()?;
        let from = lowering.image("pooling")?;
        if size > from.height.min(from.width) {
            return Err(format!(
                "pooling: the window {size}×{size} is larger than its {}×{} input",
                from.height, from.width
            ));
        }
        let side = |length: usize| (length - size) / stride + 1;
        let to = Image { channels: from.channels, height: side(from.height), width: side(from.width) };
        lowering.push(Kind::Pool2d(Pool2d { present, kind, from, to, size, stride }), to.size(), 0);
        lowering.shape = vec![to.channels, to.height, to.width];
        Ok(())
    }
}

impl Facts for Pool2d {}
