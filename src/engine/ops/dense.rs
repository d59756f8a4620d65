//! The dense layer: `y = f(W·x + b)`.

use crate::engine::cpu::packed::{Add, pays, pays_for_weights};
use crate::engine::cpu::{self, narrow, product};
#[cfg(feature = "look")]
use crate::engine::exact;
#[cfg(feature = "gpu")]
use crate::engine::gpu::{
    self, ACTIVATION, COMMON, Context, Grid, ProductShape, Recipe, SLOT, TILE, Tiles, code,
};
use crate::nn::layers::Dense;
use crate::nn::plan::{InputGradient, Op};

/// # Shapes
/// `x`: `[inputs][n]` → `y`: `[units][n]` · `W`: `[units, inputs]` · `b`: `[units]` · `dy`: `[units][n]` → `dx`:
/// `[inputs][n]` · `dW`: `[units, inputs]` · `db`: `[units]`
impl cpu::Compute for Dense {
    fn reserve(&self, op: &Op, vectors: usize, room: &mut cpu::Room) {
        room.panels.reserve(op.input.len, vectors);
    }

    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let n = pass.values.n;
        let (x, y, kept) = pass.values.around(op.input, op.output, self.kept.len);
        let (w, b) = (&pass.parameters[self.weight.clone()], &pass.parameters[self.bias.clone()]);
        let panels = &mut pass.room.panels;
        match n {
            1 => narrow::forward::<1>(w, b, x, y),
            2 => narrow::forward::<2>(w, b, x, y),
            3 => narrow::forward::<3>(w, b, x, y),
            _ if pays(op.output.len, op.input.len, n) => panels.forward(w, b, x, y, n),
            _ => product::forward(w, b, x, y, n),
        }
        self.activation.forward(y, kept);
    }

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        let (n, accumulate) = (pass.values.n, pass.accumulate);
        let (dx, dy, _) = pass.d.around(op.input, op.output, 0);
        self.activation.backward(dy, pass.values.of(op.output), pass.values.of(self.kept));
        let (dw, db) = pass.gradients[self.weight.start..self.bias.end].split_at_mut(self.weight.len());
        let x = pass.values.of(op.input);
        let panels = &mut pass.room.panels;
        match n {
            1 => narrow::weight_gradient::<1>(dy, x, dw, db, accumulate),
            2 => narrow::weight_gradient::<2>(dy, x, dw, db, accumulate),
            3 => narrow::weight_gradient::<3>(dy, x, dw, db, accumulate),
            _ if pays_for_weights(op.output.len, op.input.len, n) => {
                // A shard is added to those before it, a chunk of a full batch goes on with their sums.
                let add = match pass.mode {
                    cpu::Mode::Train { .. } if accumulate => Add::Last,
                    _ => accumulate.into(),
                };
                panels.weight_gradient(dy, x, dw, db, n, add);
            }
            _ => product::weight_gradient(dy, x, dw, db, n, accumulate),
        }
        if op.input_gradient != InputGradient::Skip {
            let add = op.input_gradient == InputGradient::Add;
            let w = &pass.parameters[self.weight.clone()];
            match n {
                1 => narrow::input_gradient::<1>(w, dy, dx, add),
                2 => narrow::input_gradient::<2>(w, dy, dx, add),
                3 => narrow::input_gradient::<3>(w, dy, dx, add),
                _ if pays(op.input.len, op.output.len, n) => panels.input_gradient(w, dy, dx, n, add),
                _ => product::input_gradient(w, dy, dx, n, add),
            }
        }
    }
}

#[cfg(feature = "gpu")]
fn shape(op: &Op) -> ProductShape {
    let (outputs, inputs) = (op.output.len, op.input.len);
    ProductShape { outputs, inputs, back: inputs, positions: 1 }
}

#[cfg(feature = "gpu")]
fn tiles(context: &Context, op: &Op) -> Tiles {
    context.tiles(shape(op))
}

/// Both gradients are one dispatch.
#[cfg(feature = "gpu")]
impl gpu::Drive for Dense {
    fn product(&self, op: &Op) -> Option<ProductShape> {
        Some(shape(op))
    }

    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let tiles = tiles(context, op);
        let mut constants = context.slots(index, op);
        constants.push(("WEIGHT", self.weight.start as f64));
        constants.push(("BIAS", self.bias.start as f64));
        constants.push(("ACTIVATION", code(self.activation)));
        Recipe {
            tiles: tiles.constants(),
            shared: &[COMMON, ACTIVATION, SLOT, TILE],
            source: include_str!("dense.wgsl"),
            entry: "forward",
            constants,
            grid: tiles.grid(op.output.len.div_ceil(4 * tiles.forward)),
            set: None,
        }
    }

    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        let Tiles { threads, backward, tall, across, .. } = tiles(context, op);
        let (outputs, inputs) = (op.output.len, op.input.len);
        let mut recipe = self.forward(context, index, op);
        let groups = (outputs.div_ceil(4 * tall) * inputs.div_ceil(4 * across)).div_ceil(threads);
        recipe.constants.push(("WEIGHT_GROUPS", groups as f64));
        recipe.entry = "backward";
        recipe.grid = match op.input_gradient {
            InputGradient::Skip => Grid::fixed(groups),
            _ => Grid { fixed: groups, ..tiles(context, op).grid(inputs.div_ceil(4 * backward)) },
        };
        Some(recipe)
    }
}

#[cfg(feature = "look")]
impl exact::Differentiate for Dense {
    fn terms(&self, op: &Op) -> usize {
        op.input.len
    }

    fn forward(&self, pass: exact::Forward) {
        let (w, b) = (&pass.parameters[self.weight.clone()], &pass.parameters[self.bias.clone()]);
        exact::product::forward(w, b, pass.x, pass.y, pass.n);
    }

    fn backward(&self, op: &Op, pass: exact::Backward) {
        let (dw, db) = pass.gradient[self.weight.start..self.bias.end].split_at_mut(self.weight.len());
        exact::product::weight_gradient(pass.dy, pass.x, dw, db, pass.n);
        if let Some(dx) = exact::handed_back(op, pass.before, pass.n) {
            exact::product::input_gradient(&pass.parameters[self.weight.clone()], pass.dy, dx, pass.n);
        }
    }
}
