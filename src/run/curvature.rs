//! How sharply the loss bends where the run stands: what bounds the learning rate of gradient descent by 2/λ.

use super::{Part, Run, part_rows};
use crate::train::gradient::norm;

/// Products with the Hessian, at most.
const PRODUCTS: usize = 20;

/// Training rows that are looked at, at most: evenly spread over all of them.
const ROWS: usize = 4096;

/// Differences span this share of the parameters' size: about the cube root of what rounding costs a gradient.
const SPAN: f64 = 4e-3;

/// An estimate that moves by less than this share is good enough.
const SETTLED: f64 = 1e-4;

impl Run {
    /// The largest eigenvalue, by size, of the Hessian of the mean training loss at the present parameters, without
    /// penalties: by power iteration from a fixed start, on central differences of the gradient. NaN where it can't be
    /// told. On the GPU, that of the host copy. The run stays as it was.
    pub fn curvature(&mut self) -> f64 {
        let rows: Vec<u32> = {
            let all = part_rows(&self.split, Part::Train);
            all.iter().copied().step_by(all.len().div_ceil(ROWS).max(1)).collect()
        };
        let parameters = self.engine.parameters().to_vec();
        let gradient = self.engine.gradients_mut().to_vec(); // of the last step: its norm is asked for later
        let lambda = self.power_iteration(&parameters, &rows);
        self.engine.parameters_mut().copy_from_slice(&parameters);
        self.engine.gradients_mut().copy_from_slice(&gradient);
        lambda
    }

    fn power_iteration(&mut self, parameters: &[f32], rows: &[u32]) -> f64 {
        let span = SPAN * norm(parameters).max(1.0);
        // Turns by the golden angle: of no symmetry that a direction could be hidden by.
        let turn = |i: usize| 0.5 + (0.618_034 * (i + 1) as f32).fract();
        let mut direction: Vec<f32> = (0..parameters.len()).map(turn).collect();
        let mut lambda = f64::NAN;
        for _ in 0..PRODUCTS {
            let size = norm(&direction);
            if size == 0.0 {
                return 0.0; // flat all around
            }
            let mut product = vec![0.0; parameters.len()];
            for distance in [span, -span] {
                let step = (distance / size) as f32;
                let places = self.engine.parameters_mut().iter_mut().zip(parameters).zip(&direction);
                places.for_each(|((to, &w), d)| *to = w + step * d);
                let share = (0.5 / distance) as f32;
                product.iter_mut().zip(self.engine.gradient(rows)).for_each(|(p, g)| *p += share * g);
            }
            let along = product.iter().zip(&direction).map(|(&p, &d)| f64::from(p) * f64::from(d));
            let estimate = along.sum::<f64>() / size;
            let is_settled = (estimate - lambda).abs() <= SETTLED * estimate.abs();
            lambda = estimate;
            if is_settled || !estimate.is_finite() {
                break;
            }
            direction = product;
        }
        if lambda.is_finite() { lambda } else { f64::NAN }
    }
}
