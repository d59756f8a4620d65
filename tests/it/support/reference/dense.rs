//! `y = x · wᵀ + b`.

use super::tensor::Tensor;

/// # Shapes
/// `x`: `[rows, inputs]` · `weight`: `[outputs, inputs]` · `bias`: `[outputs]` · result: `[rows, outputs]`
pub fn dense(x: &Tensor, weight: &[f64], bias: &[f64]) -> Tensor {
    let (rows, inputs, outputs) = (x.rows(), x.width(), bias.len());
    let mut y = Tensor::zeros(&[rows, outputs]);
    for r in 0..rows {
        for o in 0..outputs {
            let mut sum = bias[o];
            for i in 0..inputs {
                sum += weight[o * inputs + i] * x.data[r * inputs + i];
            }
            y.data[r * outputs + o] = sum;
        }
    }
    y
}
