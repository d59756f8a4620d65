//! Gradients through batch norm over more rows than a pass takes: its means are over all rows, as those of one pass over
//! the full batch would be.

use super::norm::statistics;
use super::{CHUNK, CpuEngine, Mode};
use crate::nn::plan::Kind;
use wide::f32x4;

impl CpuEngine {
    /// Leaves the gradient of the mean loss over `rows`, whose weights add up to `weight`.
    ///
    /// What a norm is given depends on the statistics of those before it, and what its gradient is on the sums of those
    /// behind it. So each round over all rows settles one norm more: forward from the first on, backward from the last.
    pub(super) fn full_batch_gradient(&mut self, rows: &[u32], weight: f32) {
        let norms = self.plan.ops.iter().filter(|op| matches!(op.kind, Kind::BatchNorm(_))).count();
        let running = self.buffers.clone();
        for _ in 0..norms {
            self.take_statistics(rows);
        }
        for _ in 0..=norms {
            let none = vec![f32x4::ZERO; self.gradients.len()];
            self.sums = std::mem::replace(&mut self.gradients, none);
            self.add_gradients(rows, weight, Mode::FullBatch { rows: rows.len() });
        }
        self.sums = vec![];
        self.buffers = running;
    }

    /// Puts mean and biased variance of what each norm is given into its running ones (Chan et al. 1979).
    fn take_statistics(&mut self, rows: &[u32]) {
        let mut pooled = vec![0.0_f64; self.plan.buffers];
        let mut seen = 0;
        for chunk in rows.chunks(CHUNK) {
            self.load(chunk);
            self.forward(chunk.len(), Mode::Evaluate);
            seen += chunk.len();
            let (n, share) = (self.values.n, chunk.len() as f64 / seen as f64);
            for op in &self.plan.ops {
                let Kind::BatchNorm(norm) = &op.kind else { continue };
                let (means, variances) = pooled[norm.running.clone()].split_at_mut(norm.gain.len());
                let channels = self.values.of(op.input).chunks_exact(norm.pixels * n);
                for ((x, pooled_mean), pooled_variance) in channels.zip(means).zip(variances) {
                    let (mean, variance) = statistics(x, n, chunk.len());
                    let apart = f64::from(mean) - *pooled_mean;
                    *pooled_mean += share * apart;
                    *pooled_variance +=
                        share * (f64::from(variance) - *pooled_variance + (1.0 - share) * apart * apart);
                }
            }
        }
        self.buffers.iter_mut().zip(pooled).for_each(|(to, from)| *to = from as f32);
    }
}
