//! The sum that ends a residual block: `y = x + x₂`.

use crate::engine::cpu;
#[cfg(feature = "look")]
use crate::engine::exact;
#[cfg(feature = "gpu")]
use crate::engine::gpu::{self, ACTIVATION, COMMON, Context, Grid, Recipe, SLOT, hand_back};
use crate::nn::layers::Add;
use crate::nn::plan::{InputGradient, Op};

/// # Shapes
/// `x`, `x₂`: `[features][n]` → `y`: `[features][n]` · `dy`: `[features][n]` → `dx`, `dx₂`: `[features][n]`
impl cpu::Compute for Add {
    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let n = pass.values.n;
        let (before, after) = pass.values.values.split_at_mut(op.output.start * n);
        let (x, x2) = (&before[op.input.times(n)], &before[self.other.times(n)]);
        for ((y, &x), &x2) in after.iter_mut().zip(x).zip(x2) {
            *y = x + x2;
        }
    }

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        let n = pass.d.n;
        let (before, after) = pass.d.values.split_at_mut(op.output.start * n);
        for (slot, gradient) in [(op.input, op.input_gradient), (self.other, self.other_gradient)] {
            let to = before[slot.times(n)].iter_mut().zip(&*after);
            match gradient {
                InputGradient::Skip => {}
                InputGradient::Write => to.for_each(|(dx, &dy)| *dx = dy),
                InputGradient::Add => to.for_each(|(dx, &dy)| *dx += dy),
            }
        }
    }
}

#[cfg(feature = "gpu")]
impl gpu::Drive for Add {
    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let mut constants = context.slots(index, op);
        constants.push(("OTHER", self.other.start as f64));
        constants.push(("OTHER_HAND_BACK", hand_back(self.other_gradient)));
        constants.push(("OTHER_BEFORE", context.before(index, self.other)));
        Recipe {
            tiles: vec![],
            shared: &[COMMON, ACTIVATION, SLOT],
            source: include_str!("add.wgsl"),
            entry: "forward",
            constants,
            grid: Grid::each(op.output.len),
            set: None,
        }
    }

    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        let wanted =
            [op.input_gradient, self.other_gradient].iter().any(|&gradient| gradient != InputGradient::Skip);
        wanted.then(|| Recipe { entry: "backward", ..self.forward(context, index, op) })
    }
}

#[cfg(feature = "look")]
impl exact::Differentiate for Add {
    fn forward(&self, pass: exact::Forward) {
        let (x, x2) = (pass.x, pass.of(self.other));
        for ((y, &x), &x2) in pass.y.iter_mut().zip(x).zip(x2) {
            *y = x + x2;
        }
    }

    fn backward(&self, op: &Op, pass: exact::Backward) {
        for (slot, gradient) in [(op.input, op.input_gradient), (self.other, self.other_gradient)] {
            if gradient != InputGradient::Skip {
                pass.before[slot.times(pass.n)].iter_mut().zip(pass.dy).for_each(|(dx, &dy)| *dx += dy);
            }
        }
    }
}
