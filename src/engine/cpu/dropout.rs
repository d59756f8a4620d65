//! Dropout on the CPU. Whether a value is dropped follows from seed, step, op and place alone, so backward
//! draws the same mask again and nothing needs to be kept.

use super::Mode;
use super::arena::Arena;
use crate::nn::plan::{Dropout, InputGradient, Op};
use crate::rng::{Purpose, threefry};
use wide::{f32x4, u32x4};

/// The factor of each value of vector `i`: 0 where dropped, `1 / (1 − rate)` elsewhere.
fn factor(dropout: &Dropout, seed: u32, step: u64, i: usize) -> f32x4 {
    let key = [seed, Purpose::Dropout as u32 | dropout.index << 8];
    let place = u32x4::splat(4 * i as u32) + u32x4::new([0, 1, 2, 3]);
    let [word, _] = threefry(key, [u32x4::splat(step as u32), place]);
    let uniform = word.to_array().map(|word| (word >> 8) as f32 / 16_777_216.0);
    let (rate, kept) = (dropout.rate as f32, (1.0 / (1.0 - dropout.rate)) as f32);
    f32x4::new(uniform.map(|u| if u < rate { 0.0 } else { kept }))
}

/// Drops values while training; passes them on otherwise.
///
/// # Shapes
/// `x`: `[features][n]` → `y`: `[features][n]`
pub fn forward(op: &Op, dropout: &Dropout, arena: &mut Arena, seed: u32, mode: Mode) {
    let (x, y, _) = arena.around(op.input, op.output, 0);
    match mode {
        Mode::Train { step } => {
            for (i, (y, x)) in y.iter_mut().zip(x).enumerate() {
                *y = *x * factor(dropout, seed, step, i);
            }
        }
        _ => y.copy_from_slice(x),
    }
}

/// Passes the `∂L/∂y` in `d` on to the values that were kept.
///
/// # Shapes
/// `dy`: `[features][n]` → `dx`: `[features][n]`
pub fn backward(op: &Op, dropout: &Dropout, d: &mut Arena, seed: u32, mode: Mode) {
    if op.input_gradient == InputGradient::Skip {
        return;
    }
    let (dx, dy, _) = d.around(op.input, op.output, 0);
    for (i, (dx, &dy)) in dx.iter_mut().zip(&*dy).enumerate() {
        let value = match mode {
            Mode::Train { step } => dy * factor(dropout, seed, step, i),
            _ => dy,
        };
        *dx = if op.input_gradient == InputGradient::Add { *dx + value } else { value };
    }
}
