//! The sum that ends a residual block: `y = x + x₂`.

use super::arena::Arena;
use crate::nn::plan::{InputGradient, Op, Slot};

/// Adds the two slots.
///
/// # Shapes
/// `x`, `x₂`: `[features][n]` → `y`: `[features][n]`
pub fn forward(op: &Op, other: Slot, arena: &mut Arena) {
    let n = arena.n;
    let (before, after) = arena.values.split_at_mut(op.output.start * n);
    let (x, x2) = (&before[op.input.times(n)], &before[other.times(n)]);
    for ((y, &x), &x2) in after.iter_mut().zip(x).zip(x2) {
        *y = x + x2;
    }
}

/// Hands the `∂L/∂y` in `d` to both.
///
/// # Shapes
/// `dy`: `[features][n]` → `dx`, `dx₂`: `[features][n]`
pub fn backward(op: &Op, other: (Slot, InputGradient), d: &mut Arena) {
    let n = d.n;
    let (before, after) = d.values.split_at_mut(op.output.start * n);
    for (slot, gradient) in [(op.input, op.input_gradient), other] {
        let to = before[slot.times(n)].iter_mut().zip(&*after);
        match gradient {
            InputGradient::Skip => {}
            InputGradient::Write => to.for_each(|(dx, &dy)| *dx = dy),
            InputGradient::Add => to.for_each(|(dx, &dy)| *dx += dy),
        }
    }
}
