//! The dense layer on the CPU: `y = f(W·x + b)`, forward and backward side by side.

use super::arena::Arena;
use super::packed::{self, Panels};
use super::{narrow, product};
use crate::nn::plan::{Dense, InputGradient, Op};

/// Computes the layer's outputs for the batch in `arena`.
///
/// # Shapes
/// `x`: `[inputs][n]` → `y`: `[units][n]` · `W`: `[units, inputs]` · `b`: `[units]`
pub fn forward(op: &Op, dense: &Dense, parameters: &[f32], arena: &mut Arena, panels: &mut Panels) {
    let n = arena.n;
    let (x, y, kept) = arena.around(op.input, op.output, dense.kept.len);
    let (w, b) = (&parameters[dense.weight.clone()], &parameters[dense.bias.clone()]);
    match n {
        1 => narrow::forward::<1>(w, b, x, y),
        2 => narrow::forward::<2>(w, b, x, y),
        3 => narrow::forward::<3>(w, b, x, y),
        _ if packed::pays(op.output.len, op.input.len, n) => panels.forward(w, b, x, y, n),
        _ => product::forward(w, b, x, y, n),
    }
    dense.activation.forward(y, kept);
}

/// From the `∂L/∂y` in `d`: writes `∂L/∂W` and `∂L/∂b` (adds, with `accumulate`), and `∂L/∂x` where wanted.
///
/// # Shapes
/// `dy`: `[units][n]` → `dx`: `[inputs][n]` · `dW`: `[units, inputs]` · `db`: `[units]`
#[allow(clippy::too_many_arguments)] // the same as every op's backward, and panels
pub fn backward(
    op: &Op,
    dense: &Dense,
    parameters: &[f32],
    gradients: &mut [f32],
    arena: &Arena,
    d: &mut Arena,
    panels: &mut Panels,
    accumulate: bool,
) {
    let n = arena.n;
    let (dx, dy, _) = d.around(op.input, op.output, 0);
    dense.activation.backward(dy, arena.of(op.output), arena.of(dense.kept));
    let (dw, db) = gradients[dense.weight.start..dense.bias.end].split_at_mut(dense.weight.len());
    let x = arena.of(op.input);
    match n {
        1 => narrow::weight_gradient::<1>(dy, x, dw, db, accumulate),
        2 => narrow::weight_gradient::<2>(dy, x, dw, db, accumulate),
        3 => narrow::weight_gradient::<3>(dy, x, dw, db, accumulate),
        _ if packed::pays_for_weights(op.output.len, op.input.len, n) => {
            panels.weight_gradient(dy, x, dw, db, n, accumulate);
        }
        _ => product::weight_gradient(dy, x, dw, db, n, accumulate),
    }
    if op.input_gradient != InputGradient::Skip {
        let add = op.input_gradient == InputGradient::Add;
        let w = &parameters[dense.weight.clone()];
        match n {
            1 => narrow::input_gradient::<1>(w, dy, dx, add),
            2 => narrow::input_gradient::<2>(w, dy, dx, add),
            3 => narrow::input_gradient::<3>(w, dy, dx, add),
            _ if packed::pays(op.input.len, op.output.len, n) => panels.input_gradient(w, dy, dx, n, add),
            _ => product::input_gradient(w, dy, dx, n, add),
        }
    }
}
