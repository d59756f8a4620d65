//! Dropout. Whether a value is dropped follows from seed, step, op and place alone, so backward draws the same mask again,
//! on either engine, and nothing needs to be kept.

use crate::engine::cpu::{self, Mode};
#[cfg(feature = "look")]
use crate::engine::exact;
#[cfg(feature = "gpu")]
use crate::engine::gpu::{self, ACTIVATION, COMMON, Context, Grid, Recipe, SLOT};
use crate::nn::layers::Dropout;
use crate::nn::plan::{InputGradient, Op};
use crate::rng::{Purpose, threefry};
use wide::{f32x4, u32x4};

/// The second word of the key of an op's random stream.
fn purpose(dropout: &Dropout) -> u32 {
    Purpose::Dropout as u32 | dropout.index << 8
}

/// The factor of each value of vector `i`: 0 where dropped, `1 / (1 − rate)` elsewhere.
fn factor(dropout: &Dropout, seed: u32, step: u64, i: usize) -> f32x4 {
    let place = u32x4::splat(4 * i as u32) + u32x4::new([0, 1, 2, 3]);
    let [word, _] = threefry([seed, purpose(dropout)], [u32x4::splat(step as u32), place]);
    let uniform = word.to_array().map(|word| (word >> 8) as f32 / 16_777_216.0);
    let (rate, kept) = (dropout.rate as f32, (1.0 / (1.0 - dropout.rate)) as f32);
    f32x4::new(uniform.map(|u| if u < rate { 0.0 } else { kept }))
}

/// # Shapes
/// `x`: `[features][n]` → `y`: `[features][n]` · `dy`: `[features][n]` → `dx`: `[features][n]`
impl cpu::Compute for Dropout {
    /// Drops values while training; passes them on otherwise.
    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let (x, y, _) = pass.values.around(op.input, op.output, 0);
        match pass.mode {
            Mode::Train { step } => {
                for (i, (y, x)) in y.iter_mut().zip(x).enumerate() {
                    *y = *x * factor(self, pass.seed, step, i);
                }
            }
            _ => y.copy_from_slice(x),
        }
    }

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        if op.input_gradient == InputGradient::Skip {
            return;
        }
        let (dx, dy, _) = pass.d.around(op.input, op.output, 0);
        for (i, (dx, &dy)) in dx.iter_mut().zip(&*dy).enumerate() {
            let value = match pass.mode {
                Mode::Train { step } => dy * factor(self, pass.seed, step, i),
                _ => dy,
            };
            *dx = if op.input_gradient == InputGradient::Add { *dx + value } else { value };
        }
    }
}

#[cfg(feature = "gpu")]
impl gpu::Drive for Dropout {
    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let mut constants = context.slots(index, op);
        constants.push(("SEED", f64::from(context.seed)));
        constants.push(("PURPOSE", f64::from(purpose(self))));
        constants.push(("RATE", f64::from(self.rate as f32)));
        constants.push(("SCALE", f64::from((1.0 / (1.0 - self.rate)) as f32)));
        Recipe {
            tiles: vec![],
            shared: &[COMMON, ACTIVATION, SLOT],
            source: include_str!("dropout.wgsl"),
            entry: "forward",
            constants,
            grid: Grid::each(op.output.len),
            set: None,
        }
    }

    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        let wanted = op.input_gradient != InputGradient::Skip;
        wanted.then(|| Recipe { entry: "backward", ..self.forward(context, index, op) })
    }
}

/// Nothing is dropped.
#[cfg(feature = "look")]
impl exact::Differentiate for Dropout {
    fn forward(&self, pass: exact::Forward) {
        pass.y.copy_from_slice(pass.x);
    }

    fn backward(&self, op: &Op, pass: exact::Backward) {
        if let Some(dx) = exact::handed_back(op, pass.before, pass.n) {
            dx.iter_mut().zip(pass.dy).for_each(|(dx, &dy)| *dx += dy);
        }
    }
}
