//! Gradients by central differences in f64, and inputs that keep clear of points without a derivative.

use super::loss::Targets;
use super::net::{Net, Pass};
use super::tensor::Tensor;

/// Step of a central difference for a parameter of size 1 or less; larger ones scale it.
const STEP: f64 = 1e-5;

/// The gradient of the loss alone in every parameter.
pub fn numeric_gradient(
    net: &Net,
    parameters: &[f64],
    inputs: &Tensor,
    targets: &Targets,
    pass: &Pass,
) -> Vec<f64> {
    let all: Vec<usize> = (0..parameters.len()).collect();
    numeric_gradient_at(net, parameters, inputs, targets, pass, &all)
}

/// The gradient in the parameters at `places`, for nets too large to differentiate everywhere.
///
/// `(L(p + h) − L(p − h)) / 2h` with `h = 1e-5 · max(1, |p|)`. The pass is the same for every evaluation: a batch
/// normalization's running estimates and a dropout's masks don't move between them.
pub fn numeric_gradient_at(
    net: &Net,
    parameters: &[f64],
    inputs: &Tensor,
    targets: &Targets,
    pass: &Pass,
    places: &[usize],
) -> Vec<f64> {
    let mut moved = parameters.to_vec();
    let mut loss_with = |place: usize, value: f64| {
        moved[place] = value;
        let loss = net.loss(&moved, inputs, targets, &mut pass.clone());
        moved[place] = parameters[place];
        loss
    };
    let slope = |&place: &usize| {
        let p = parameters[place];
        let step = STEP * p.abs().max(1.0);
        let (above, below) = (p + step, p - step);
        (loss_with(place, above) - loss_with(place, below)) / (above - below)
    };
    places.iter().map(slope).collect()
}

/// Redraws single rows until every pre-activation, pooled maximum and loss lies further than `margin` from its kinks.
///
/// `redraw(row)` gives a row's inputs and, for values, its targets. Panics after a thousand rounds, because then the
/// margin doesn't suit the net.
pub fn clear_of_kinks(
    net: &Net,
    parameters: &[f64],
    inputs: &mut Tensor,
    targets: &mut Targets,
    margin: f64,
    mut redraw: impl FnMut(usize) -> (Vec<f64>, Vec<f64>),
) {
    for _ in 0..1000 {
        let mut pass = net.pass(true);
        net.loss(parameters, inputs, targets, &mut pass);
        let close: Vec<usize> = (0..inputs.rows()).filter(|&row| pass.clearance[row] <= margin).collect();
        if close.is_empty() {
            return;
        }
        for row in close {
            let (input, target) = redraw(row);
            let width = inputs.width();
            inputs.data[row * width..(row + 1) * width].copy_from_slice(&input);
            if let Targets::Values(values) = targets {
                let width = values.width();
                values.data[row * width..(row + 1) * width].copy_from_slice(&target);
            }
        }
    }
    panic!("no inputs lie {margin} away from every kink");
}
