//! The dense layer on the CPU: `y = f(W·x + b)`, forward and backward side by side.

use super::arena::Arena;
use super::product;
use crate::nn::plan::{Dense, InputGradient, Op};

/// Computes the layer's outputs for the batch in `arena`.
pub fn forward(op: &Op, dense: &Dense, parameters: &[f32], arena: &mut Arena) {
    let n = arena.n;
    let (x, y, kept) = arena.around(op.input, op.output, dense.kept.len);
    let (w, b) = (&parameters[dense.weight.clone()], &parameters[dense.bias.clone()]);
    product::forward(w, b, x, y, n);
    dense.activation.forward(y, kept);
}

/// From the `∂L/∂y` in `d`: writes `∂L/∂W` and `∂L/∂b` (adds, with `accumulate`), and `∂L/∂x` where wanted.
pub fn backward(
    op: &Op,
    dense: &Dense,
    parameters: &[f32],
    gradients: &mut [f32],
    arena: &Arena,
    d: &mut Arena,
    accumulate: bool,
) {
    let n = arena.n;
    let (dx, dy, _) = d.around(op.input, op.output, 0);
    dense.activation.backward(dy, arena.of(op.output), arena.of(dense.kept));
    let (dw, db) = gradients[dense.weight.start..dense.bias.end].split_at_mut(dense.weight.len());
    product::weight_gradient(dy, arena.of(op.input), dw, db, n, accumulate);
    if op.input_gradient != InputGradient::Skip {
        let add = op.input_gradient == InputGradient::Add;
        product::input_gradient(&parameters[dense.weight.clone()], dy, dx, n, add);
    }
}
