//! Convolution of images.

use super::{Facts, Kind, Present, Units};
use crate::nn::Activation;
use crate::nn::lower::{Fit, Lowering};
use crate::nn::plan::{Image, Role, Slot};
use std::ops::Range;

/// Room at the edges of a convolution's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    /// None: the kernel stays inside.
    Valid,
    /// Zeros, so that the output has ⌈input / stride⌉ positions; an odd one goes to the end.
    Same,
}

/// `y[o] = f(b[o] + Σ W[o] ⋆ x)`: square kernels slid over an image.
///
/// # Shapes
/// a row: `[in, height, width]` → `[filters, height′, width′]`; "same": `height′ = ⌈height / stride⌉`, "valid":
/// `height′ = ⌊(height − kernel) / stride⌋ + 1`, and the width likewise
#[derive(Debug, Clone, PartialEq)]
pub struct Conv2dSpec {
    /// Number of output channels.
    pub filters: usize,
    /// Side of the kernel.
    pub kernel: usize,
    /// Step of the kernel.
    pub stride: usize,
    /// What happens at the edges.
    pub padding: Padding,
    /// Applied to every output.
    pub activation: Activation,
}

/// `y[o] = f(b[o] + Σ W[o] ⋆ x)`
#[derive(Debug, Clone, PartialEq)]
pub struct Conv2d {
    /// Whether such layers are compiled in.
    pub present: Present,
    /// `f`
    pub activation: Activation,
    /// As for [`Dense::kept`](super::Dense::kept).
    pub kept: Slot,
    /// `W`, `[out, in, kernel, kernel]`, within the parameters.
    pub weight: Range<usize>,
    /// `b`, `[out]`, right behind `W`.
    pub bias: Range<usize>,
    /// Shape of `x`.
    pub from: Image,
    /// Shape of `y`.
    pub to: Image,
    /// Side of the kernel.
    pub kernel: usize,
    /// Step of the kernel.
    pub stride: usize,
    /// Zeros above and to the left of the image.
    pub before: [usize; 2],
    /// The image with zeros all round.
    pub padded: Image,
}

impl Conv2dSpec {
    pub(in crate::nn) fn lower(&self, lowering: &mut Lowering) -> Fit {
        let &Conv2dSpec { filters, kernel, stride, padding, activation } = self;
        let present = Present::check()?;
        let from = lowering.image("conv2d")?;
        let side = |length: usize| match padding {
            Padding::Same => Ok(length.div_ceil(stride)),
            Padding::Valid if kernel <= length => Ok((length - kernel) / stride + 1),
            Padding::Valid => Err(format!(
                "conv2d: the kernel {kernel}×{kernel} is larger than its {}×{} input; use padding \"same\"",
                from.height, from.width
            )),
        };
        let to = Image { channels: filters, height: side(from.height)?, width: side(from.width)? };
        // The reach of the kernel over all positions; "same" adds what the image lacks, half before it.
        let reach = |positions: usize| (positions - 1) * stride + kernel;
        let padded = Image {
            channels: from.channels,
            height: reach(to.height).max(from.height),
            width: reach(to.width).max(from.width),
        };
        let (missing_y, missing_x) = (padded.height - from.height, padded.width - from.width);
        let same = padding == Padding::Same;
        let before = if same { [missing_y / 2, missing_x / 2] } else { [0, 0] };
        let (fan_in, fan_out) = (from.channels * kernel * kernel, filters * kernel * kernel);
        let shape = [filters, from.channels, kernel, kernel];
        let weight = lowering.tensor("weight", Role::Weight, &shape, fan_in, fan_out);
        let bias = lowering.tensor("bias", Role::Bias, &[filters], fan_in, fan_out);
        let kept = lowering.behind(to.size(), if activation.keeps_input() { to.size() } else { 0 });
        let conv =
            Conv2d { present, activation, kept, weight, bias, from, to, kernel, stride, before, padded };
        lowering.push(Kind::Conv2d(conv), to.size(), kept.len);
        lowering.shape = vec![to.channels, to.height, to.width];
        Ok(())
    }
}

impl Facts for Conv2d {
    fn units(&self) -> Option<Units<'_>> {
        let Conv2d { activation, kept, weight, bias, .. } = self;
        Some(Units { layer: "conv2d", activation: *activation, kept: *kept, weight, bias })
    }
}
