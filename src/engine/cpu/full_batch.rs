//! Gradients through batch norm over more rows than a pass takes: its means are over all rows, as those of one pass over
//! the full batch would be.

use super::norm::statistics;
use super::{CHUNK, CpuEngine, Mode};
use crate::nn::plan::{BatchNorm, Kind, Op};
use wide::f32x4;

/// Mean and sum of squared deviations so far.
#[derive(Clone, Copy, Default)]
struct Moments {
    mean: f64,
    squares: f64,
}

impl CpuEngine {
    /// Leaves the gradient of the mean loss over `rows`, whose weights add up to `weight`.
    ///
    /// What a norm is given depends on the statistics of those before it, and what its gradient is on the sums of those
    /// behind it. So each round over all rows settles one norm more: forward from the first on, backward from the last.
    pub(super) fn full_batch_gradient(&mut self, rows: &[u32], weight: f32) {
        let norms = batch_norms(&self.plan.ops).count();
        let running = self.buffers.clone();
        for _ in 0..norms {
            self.take_statistics(rows);
        }
        for _ in 0..=norms {
            let none = vec![f32x4::ZERO; self.gradients.len()];
            self.sums = std::mem::replace(&mut self.gradients, none);
            for chunk in rows.chunks(CHUNK) {
                self.load(chunk);
                self.add_gradient(chunk.len(), weight, true, Mode::FullBatch { rows: rows.len() });
            }
        }
        self.sums = vec![];
        self.buffers = running;
    }

    /// Puts mean and biased variance of what each norm is given into its running ones (Chan et al. 1979).
    fn take_statistics(&mut self, rows: &[u32]) {
        let mut moments = vec![Moments::default(); self.plan.buffers];
        let mut seen = 0;
        for chunk in rows.chunks(CHUNK) {
            self.load(chunk);
            self.forward(chunk.len(), Mode::Evaluate);
            let (before, rows) = (seen as f64, chunk.len() as f64);
            seen += chunk.len();
            for (op, norm) in batch_norms(&self.plan.ops) {
                let planes = self.values.of(op.input).chunks_exact(norm.pixels * self.values.n);
                for (moments, x) in moments[norm.running.clone()].iter_mut().zip(planes) {
                    let (mean, variance) = statistics(x, self.values.n, chunk.len());
                    let pixels = norm.pixels as f64;
                    let apart = f64::from(mean) - moments.mean;
                    moments.mean += apart * rows / (before + rows);
                    let between = apart * apart * before * rows / (before + rows);
                    moments.squares += pixels * (f64::from(variance) * rows + between);
                }
            }
        }
        for (_, norm) in batch_norms(&self.plan.ops) {
            let count = (norm.pixels * seen) as f64;
            let (means, variances) = self.buffers[norm.running.clone()].split_at_mut(norm.gain.len());
            for (channel, moments) in moments[norm.running.clone()][..means.len()].iter().enumerate() {
                means[channel] = moments.mean as f32;
                variances[channel] = (moments.squares / count) as f32;
            }
        }
    }
}

fn batch_norms(ops: &[Op]) -> impl Iterator<Item = (&Op, &BatchNorm)> {
    ops.iter().filter_map(|op| match &op.kind {
        Kind::BatchNorm(norm) => Some((op, norm)),
        _ => None,
    })
}
