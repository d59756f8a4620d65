//! How sharply the loss bends where the run stands: what bounds the learning rate of gradient descent by 2/λ.

use super::{Part, Run, part_rows};

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
        let n = parameters.len();
        let span = SPAN * length(parameters.iter().map(|&w| f64::from(w))).max(1.0);
        // Turns by the golden angle: of no symmetry that a direction could be hidden by.
        let mut direction: Vec<f64> =
            (0..n).map(|i| 0.5 + (0.618_033_988_75 * (i + 1) as f64).fract()).collect();
        let mut lambda = f64::NAN;
        for _ in 0..PRODUCTS {
            let size = length(direction.iter().copied());
            if size == 0.0 {
                return 0.0; // flat all around
            }
            direction.iter_mut().for_each(|d| *d /= size);
            let ahead = self.gradient_beside(parameters, &direction, span, rows);
            let behind = self.gradient_beside(parameters, &direction, -span, rows);
            let product: Vec<f64> = ahead.iter().zip(&behind).map(|(a, b)| (a - b) / (2.0 * span)).collect();
            let estimate: f64 = product.iter().zip(&direction).map(|(p, d)| p * d).sum();
            if !estimate.is_finite() {
                return f64::NAN;
            }
            let is_settled = (estimate - lambda).abs() <= SETTLED * estimate.abs();
            lambda = estimate;
            direction = product;
            if is_settled {
                break;
            }
        }
        lambda
    }

    /// The gradient at `distance` from `parameters` along `direction`.
    fn gradient_beside(
        &mut self,
        parameters: &[f32],
        direction: &[f64],
        distance: f64,
        rows: &[u32],
    ) -> Vec<f64> {
        let places = self.engine.parameters_mut().iter_mut().zip(parameters).zip(direction);
        places.for_each(|((to, &w), d)| *to = (f64::from(w) + distance * d) as f32);
        self.engine.gradient(rows).iter().map(|&g| f64::from(g)).collect()
    }
}

fn length(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.map(|x| x * x).sum::<f64>().sqrt()
}
