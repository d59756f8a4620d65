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
        let all = part_rows(&self.split, Part::Train);
        let rows: Vec<u32> = all.iter().copied().step_by(all.len().div_ceil(ROWS).max(1)).collect();
        let parameters = self.engine.parameters().to_vec();
        let lambda = self.power_iteration(&parameters, &rows);
        self.engine.parameters_mut().copy_from_slice(&parameters);
        if lambda.is_finite() { lambda } else { f64::NAN }
    }

    fn power_iteration(&mut self, parameters: &[f32], rows: &[u32]) -> f64 {
        let span = SPAN * dot(parameters, parameters).sqrt().max(1.0);
        // Drawn, so that no symmetry of the net hides a direction; the same each time.
        let mut drawn = 1_u32;
        let mut direction = parameters.to_vec();
        for d in &mut direction {
            drawn = drawn.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *d = (drawn >> 16) as f32;
        }
        let mut lambda = f64::NAN;
        for _ in 0..PRODUCTS {
            let size = dot(&direction, &direction).sqrt();
            if size == 0.0 {
                return 0.0; // flat all around
            }
            let mut product = vec![0.0; parameters.len()];
            for distance in [span, -span] {
                let place = self.engine.parameters_mut();
                place.copy_from_slice(parameters);
                add(place, &direction, distance / size);
                add(&mut product, &self.engine.gradient(rows), 0.5 / distance);
            }
            let before = lambda;
            lambda = dot(&product, &direction) / size;
            direction = product;
            if (lambda - before).abs() <= SETTLED * lambda.abs() {
                break;
            }
        }
        lambda
    }
}

#[inline(never)]
fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

/// `to += share · from`
#[inline(never)]
fn add(to: &mut [f32], from: &[f32], share: f64) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += share as f32 * from);
}
