//! Exact second derivatives: the plan once more, in f64 and forward over reverse.
//!
//! Each number carries its derivative along a direction ([`Dual`]), forward through the plan and back again. So what
//! comes out is the gradient and, as its derivative, the Hessian's product with the direction: no difference of nearby
//! gradients, which rounding drowns on trained nets. What is differentiated is what
//! [`CpuEngine::gradient`](super::cpu::CpuEngine::gradient) computes: the mean loss without penalties, nothing dropped,
//! batch norm by the statistics of the rows at hand.

mod activation;
mod dense;
mod dual;
mod lanczos;
mod loss;
mod norm;
mod window;

pub use dual::Dual;
pub use lanczos::largest_eigenvalue;

use crate::nn::plan::{InputGradient, Kind, Op};
use crate::nn::{Activation, Plan};
use crate::train::metrics::divisor;
use norm::Groups;
use std::ops::Range;

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
        let of_op = |op: &Op| match &op.kind {
            Kind::Dense(_) => op.input.len as u64,
            Kind::Conv2d(conv) => (conv.from.channels * conv.kernel * conv.kernel) as u64,
            Kind::Pool2d(pool) => (pool.size * pool.size) as u64,
            _ => 4,
        };
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

impl Pass {
    fn forward(&mut self, op: &Op, parameters: &[Dual]) {
        let n = self.n;
        let (before, after) = self.values.split_at_mut(op.output.start * n);
        let (x, y) = (&before[op.input.times(n)], &mut after[..op.output.len * n]);
        let slopes = &mut self.slopes[op.output.times(n)];
        let of = |range: &Range<usize>| &parameters[range.clone()];
        match &op.kind {
            Kind::Dense(dense) => {
                dense::forward(of(&dense.weight), of(&dense.bias), x, y, n);
                activate(dense.activation, y, slopes);
            }
            Kind::Conv2d(conv) => {
                window::conv_forward(conv, of(&conv.weight), of(&conv.bias), x, y, n);
                activate(conv.activation, y, slopes);
            }
            Kind::Pool2d(pool) => window::pool_forward(pool, x, y, n),
            Kind::Dropout(_) => y.copy_from_slice(x),
            Kind::LayerNorm(norm) => {
                Groups::layer(op.input.len, n).forward(of(&norm.gain), of(&norm.bias), x, y);
            }
            Kind::BatchNorm(norm) => {
                let groups = Groups::batch(norm.gain.len(), norm.pixels, n);
                groups.forward(of(&norm.gain), of(&norm.bias), x, y);
            }
            Kind::Add(other, _) => {
                for ((y, &x), &x2) in y.iter_mut().zip(x).zip(&before[other.times(n)]) {
                    *y = x + x2;
                }
            }
        }
    }

    fn backward(&mut self, op: &Op, parameters: &[Dual], gradient: &mut [Dual]) {
        let n = self.n;
        let x = &self.values[op.input.times(n)];
        let (before, after) = self.gradients.split_at_mut(op.output.start * n);
        let dy = &mut after[..op.output.len * n];
        let is_wanted = |gradient| gradient != InputGradient::Skip;
        if let Kind::Dense(_) | Kind::Conv2d(_) = op.kind {
            let slopes = &self.slopes[op.output.times(n)];
            dy.iter_mut().zip(slopes).for_each(|(dy, &slope)| *dy = *dy * slope);
        }
        if let Kind::Add(other, gradient) = op.kind {
            for (slot, gradient) in [(op.input, op.input_gradient), (other, gradient)] {
                if is_wanted(gradient) {
                    before[slot.times(n)].iter_mut().zip(&*dy).for_each(|(dx, &dy)| *dx += dy);
                }
            }
            return;
        }
        let dx = is_wanted(op.input_gradient).then(|| &mut before[op.input.times(n)]);
        match &op.kind {
            Kind::Dense(dense) => {
                let (dw, db) = gradient[dense.weight.start..dense.bias.end].split_at_mut(dense.weight.len());
                dense::weight_gradient(dy, x, dw, db, n);
                if let Some(dx) = dx {
                    dense::input_gradient(&parameters[dense.weight.clone()], dy, dx, n);
                }
            }
            Kind::Conv2d(conv) => {
                let gradients = gradient[conv.weight.start..conv.bias.end].split_at_mut(conv.weight.len());
                window::conv_backward(conv, &parameters[conv.weight.clone()], x, dy, gradients, dx, n);
            }
            Kind::LayerNorm(norm) => {
                let gradients = gradient[norm.gain.start..norm.bias.end].split_at_mut(norm.gain.len());
                let groups = Groups::layer(op.input.len, n);
                groups.backward(&parameters[norm.gain.clone()], x, dy, gradients, dx);
            }
            Kind::BatchNorm(norm) => {
                let gradients = gradient[norm.gain.start..norm.bias.end].split_at_mut(norm.gain.len());
                let groups = Groups::batch(norm.gain.len(), norm.pixels, n);
                groups.backward(&parameters[norm.gain.clone()], x, dy, gradients, dx);
            }
            Kind::Pool2d(pool) => {
                if let Some(dx) = dx {
                    window::pool_backward(pool, x, dy, dx, n);
                }
            }
            Kind::Dropout(_) | Kind::Add(..) => {
                if let Some(dx) = dx {
                    dx.iter_mut().zip(&*dy).for_each(|(dx, &dy)| *dx += dy);
                }
            }
        }
    }
}

/// `z` becomes `f(z)`, and `f′(z)` is kept.
fn activate(activation: Activation, z: &mut [Dual], slopes: &mut [Dual]) {
    for (z, slope) in z.iter_mut().zip(slopes) {
        let [f, d, dd] = activation::derivatives(activation, z.value);
        (*z, *slope) = (z.through(f, d), z.through(d, dd));
    }
}
