//! How the loss bends around where the run stands: what bounds the learning rate of gradient descent by 2/λ.

use super::{Part, Run, part_rows};
use crate::engine::exact::{MeanLoss, leading_eigenpair};

/// Multiplications and additions of the way forward that one product with the Hessian may take: about half a second.
const COST: u64 = 1 << 27;

/// Batch norm wants all rows at a time, and this many numbers of them at most.
const NUMBERS: u64 = 1 << 22;

/// However dear a row is, so many are looked at.
const FEWEST: u64 = 16;

impl Run {
    /// The largest eigenvalue λ of the Hessian of the mean training loss at the present parameters, without penalties: the
    /// most positive one, since gradient descent overshoots along it at rates above 2/λ. Where it is 0 or below, the loss
    /// bends upward nowhere. Exact second derivatives, in f64, of what [`gradient`](Self::gradient) differentiates, by
    /// the Lanczos method to 1%. NaN where that is not reached in 120 products with the Hessian, where a number isn't
    /// finite, or where the model has more than eight million parameters.
    ///
    /// Over all training rows where a product with the Hessian then takes no more than some half a second: at 100
    /// multiplications a row, that is a million rows, at 100,000 it is 1,300. Else over as many, evenly spread. On the GPU,
    /// that of the host copy.
    pub fn curvature(&self) -> f64 {
        self.eigenpairs(1).first().map_or(f64::NAN, |(value, _)| *value)
    }

    /// The Hessian's `count` largest eigenvalues, the largest first, each with its eigenvector, of length 1, over the rows
    /// of [`curvature`](Self::curvature); fewer where they aren't found to 1%.
    pub fn eigenpairs(&self, count: usize) -> Vec<(f64, Vec<f64>)> {
        let plan = self.engine.plan();
        let all = part_rows(&self.split, Part::Train);
        let mut most = COST / MeanLoss::cost_of_row(plan);
        if plan.buffers > 0 {
            most = most.min(NUMBERS / plan.features as u64);
        }
        let (len, most) = (all.len() as u64, most.max(FEWEST));
        let rows_seen = len.min(most);
        let rows: Vec<u32> = (0..rows_seen).map(|i| all[(i * len / rows_seen) as usize]).collect();
        let (inputs, targets) = self.engine.examples();
        let loss = MeanLoss { plan, inputs, targets, rows: &rows };
        let parameters: Vec<f64> = self.engine.parameters().iter().copied().map(f64::from).collect();
        let product = &mut |direction: &[f64]| {
            let [_, product] = loss.gradient_and_product(&parameters, direction);
            product
        };
        let (mut pairs, mut away) = (vec![], vec![]);
        while pairs.len() < count
            && let Some((value, vector)) = leading_eigenpair(parameters.len(), &away, product)
        {
            away.push(vector.clone());
            pairs.push((value, vector));
        }
        pairs
    }

    /// The mean loss on a part, without penalties, at other parameters: `count` of them, which `write` fills in over the
    /// run's own, or those before. The run has its own back afterwards. NaN for a part without rows.
    #[cfg(feature = "study")]
    pub fn losses_at(
        &mut self,
        part: Part,
        count: usize,
        write: &mut dyn FnMut(usize, &mut [f32]),
    ) -> Vec<f64> {
        let own = self.engine.parameters().to_vec();
        let losses = (0..count).map(|place| {
            write(place, self.engine.parameters_mut());
            self.evaluate(part).map_or(f64::NAN, |metrics| metrics.loss)
        });
        let losses = losses.collect();
        self.engine.parameters_mut().copy_from_slice(&own);
        losses
    }
}
