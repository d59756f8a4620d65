//! Exact second derivatives: the plan once more, in f64 and forward over reverse.
//!
//! Each number carries its derivative along a direction ([`Dual`]), forward through the plan and back again. So what
//! comes out is the gradient and, as its derivative, the Hessian's product with the direction: no difference of nearby
//! gradients, which rounding drowns on trained nets. What is differentiated is what
//! [`CpuEngine::gradient`](super::cpu::CpuEngine::gradient) computes: the mean loss without penalties, nothing dropped,
//! batch norm by the statistics of the rows at hand.

mod activation;
mod dual;
mod groups;
mod lanczos;
mod loss;
pub(super) mod product;

pub use dual::Dual;
pub(super) use groups::Groups;
pub use lanczos::leading_eigenpair;

use crate::nn::layers::on_op;
use crate::nn::plan::{InputGradient, Op, Slot};
use crate::nn::{Activation, Plan};
use crate::train::metrics::divisor;

/// Rows that are taken at a time, unless they have more numbers than this, or batch norm wants all of them together.
const CHUNK: usize = 32;
const NUMBERS: usize = 1 << 22;

/// The mean loss over some rows, as a function of the parameters.
pub struct MeanLoss<'a> {
    /// The model and its loss.
    pub plan: &'a Plan,
    /// Encoded inputs of all rows, `[row][plan.input.len]`.
    pub inputs: &'a [f32],
    /// Encoded targets of all rows, `[row][target_width]`.
    pub targets: &'a [f32],
    /// The rows that count.
    pub rows: &'a [u32],
}

/// What one pass over some rows holds, `[feature][row]`.
struct Pass {
    n: usize,
    values: Vec<Dual>,
    gradients: Vec<Dual>,
    /// Derivatives of activations, where their outputs lie.
    slopes: Vec<Dual>,
}

impl MeanLoss<'_> {
    /// The gradient at `parameters`, and the Hessian's product with `direction`.
    ///
    /// # Shapes
    /// all of them `[plan.parameters]`
    pub fn gradient_and_product(&self, parameters: &[f64], direction: &[f64]) -> [Vec<f64>; 2] {
        let parameters: Vec<Dual> =
            parameters.iter().zip(direction).map(|(&value, &slope)| Dual { value, slope }).collect();
        let mut gradient = vec![Dual::ZERO; self.plan.parameters];
        let chunk =
            if self.plan.buffers > 0 { self.rows.len() } else { CHUNK.min(NUMBERS / self.plan.features) };
        let weight = self.weight();
        for rows in self.rows.chunks(chunk.max(1)) {
            let mut pass = self.load(rows);
            for op in &self.plan.ops {
                pass.forward(op, &parameters);
            }
            let output = self.plan.output().times(pass.n);
            let width = self.target_width();
            let targets: Vec<&[f32]> =
                rows.iter().map(|&row| &self.targets[row as usize * width..][..width]).collect();
            let d = &mut pass.gradients[output.clone()];
            loss::gradient(self.plan, &pass.values[output], &targets, d, weight);
            for op in self.plan.ops.iter().rev() {
                pass.backward(op, &parameters, &mut gradient);
            }
        }
        [gradient.iter().map(|g| g.value).collect(), gradient.iter().map(|g| g.slope).collect()]
    }

    /// Multiplications and additions of a row's way forward, about; a pass back takes twice as many.
    pub fn cost_of_row(plan: &Plan) -> u64 {
        let of_op = |op: &Op| on_op!(&op.kind, kind => kind.terms(op)) as u64;
        // What isn't a product costs as much as some of them.
        plan.ops.iter().map(|op| (of_op(op) + 16) * op.output.len as u64).sum()
    }

    fn target_width(&self) -> usize {
        self.plan.loss.target_width(self.plan.task)
    }

    /// What the mean divides by: as in the engine.
    fn weight(&self) -> f64 {
        let weighting = &self.plan.weighting;
        if weighting.class_weights.is_empty() {
            return self.rows.len() as f64;
        }
        let weigh = |&row: &u32| f64::from(weighting.weight(self.targets[row as usize] as usize));
        divisor(self.rows.iter().map(weigh).sum())
    }

    fn load(&self, rows: &[u32]) -> Pass {
        let (n, input) = (rows.len(), self.plan.input);
        let none = vec![Dual::ZERO; self.plan.features * n];
        let mut pass = Pass { n, values: none.clone(), gradients: none.clone(), slopes: none };
        let place = &mut pass.values[input.times(n)];
        for (r, &row) in rows.iter().enumerate() {
            let from = &self.inputs[row as usize * input.len..][..input.len];
            for (feature, &x) in from.iter().enumerate() {
                place[feature * n + r] = Dual::constant(x.into());
            }
        }
        pass
    }
}

/// What an op is given on the way forward, `[feature][row]`.
pub(super) struct Forward<'a> {
    /// All parameters.
    pub parameters: &'a [Dual],
    /// All that was computed before, and the op's input among it.
    before: &'a [Dual],
    pub x: &'a [Dual],
    /// Where the outputs go; they are 0. What activation follows is none of the op's business.
    pub y: &'a mut [Dual],
    /// Rows.
    pub n: usize,
}

impl<'a> Forward<'a> {
    /// What lies in a slot.
    pub fn of(&self, slot: Slot) -> &'a [Dual] {
        &self.before[slot.times(self.n)]
    }
}

/// What an op is given on the way back, `[feature][row]`.
pub(super) struct Backward<'a> {
    /// All parameters.
    pub parameters: &'a [Dual],
    /// The gradient of all parameters, to be added to.
    pub gradient: &'a mut [Dual],
    /// The op's input.
    pub x: &'a [Dual],
    /// Gradients of all slots before the output, to be added to.
    pub before: &'a mut [Dual],
    /// The gradient of the outputs, before their activation.
    pub dy: &'a [Dual],
    /// Rows.
    pub n: usize,
}

/// Where the gradient of the op's input is added up, among those of all slots `before` its output, if it is wanted.
pub(super) fn handed_back<'a>(op: &Op, before: &'a mut [Dual], n: usize) -> Option<&'a mut [Dual]> {
    (op.input_gradient != InputGradient::Skip).then(|| &mut before[op.input.times(n)])
}

/// An op with second derivatives.
pub(super) trait Differentiate {
    /// Multiplications and additions for one output, about.
    fn terms(&self, _op: &Op) -> usize {
        4
    }

    /// Computes the outputs from the input.
    fn forward(&self, pass: Forward);

    /// Adds to the gradients of its parameters, and of its input where one is wanted.
    fn backward(&self, op: &Op, pass: Backward);
}

impl Pass {
    fn forward(&mut self, op: &Op, parameters: &[Dual]) {
        let n = self.n;
        let (before, after) = self.values.split_at_mut(op.output.start * n);
        let (x, y) = (&before[op.input.times(n)], &mut after[..op.output.len * n]);
        on_op!(&op.kind, kind => kind.forward(Forward { parameters, before, x, y, n }));
        if let Some(units) = op.units() {
            activate(units.activation, y, &mut self.slopes[op.output.times(n)]);
        }
    }

    fn backward(&mut self, op: &Op, parameters: &[Dual], gradient: &mut [Dual]) {
        let n = self.n;
        let (before, after) = self.gradients.split_at_mut(op.output.start * n);
        let dy = &mut after[..op.output.len * n];
        if op.units().is_some() {
            let slopes = &self.slopes[op.output.times(n)];
            dy.iter_mut().zip(slopes).for_each(|(dy, &slope)| *dy = *dy * slope);
        }
        let pass = Backward { parameters, gradient, x: &self.values[op.input.times(n)], before, dy, n };
        on_op!(&op.kind, kind => kind.backward(op, pass));
    }
}

/// `z` becomes `f(z)`, and `f′(z)` is kept.
fn activate(activation: Activation, z: &mut [Dual], slopes: &mut [Dual]) {
    for (z, slope) in z.iter_mut().zip(slopes) {
        let [f, d, dd] = activation::derivatives(activation, z.value);
        (*z, *slope) = (z.through(f, d), z.through(d, dd));
    }
}
