//! Gradients through batch norm over more rows than a pass takes: its means are over all rows, as those of one pass over
//! the full batch would be.

use super::{CHUNK, CpuEngine, Mode};
use crate::nn::layers::Kind;
use wide::f32x4;

impl CpuEngine {
    /// Leaves the gradient of the mean loss over `rows`, whose weights add up to `weight`.
    ///
    /// What a norm is given depends on the statistics of those before it, and what its gradient is on the sums of those
    /// behind it. So each round over all rows settles one norm more: forward from the first on, backward from the last.
    pub(super) fn full_batch_gradient(&mut self, rows: &[u32], weight: f32) {
        let running = self.buffers.clone();
        let mut norms = 0;
        for op in 0..self.plan.ops.len() {
            let Kind::BatchNorm(norm) = &self.plan.ops[op].kind else { continue };
            self.buffers[norm.running.clone()].fill(0.0);
            let (norm, mut seen) = (norm.running.start, 0);
            for chunk in rows.chunks(CHUNK) {
                seen += chunk.len();
                self.load(chunk);
                self.forward(chunk.len(), Mode::Pool { norm, seen });
            }
            norms += 1;
        }
        for _ in 0..=norms {
            let none = vec![f32x4::ZERO; self.gradients.len()];
            self.sums = std::mem::replace(&mut self.gradients, none);
            self.add_gradients(rows, weight, Mode::FullBatch { rows: rows.len() });
        }
        self.sums = vec![];
        self.buffers = running;
    }

    /// Adds the gradients of `rows`, a chunk at a time, as parts of a mean over rows of weight `denominator`.
    #[inline(never)]
    pub(super) fn add_gradients(&mut self, rows: &[u32], denominator: f32, mode: Mode) {
        for chunk in rows.chunks(CHUNK) {
            self.load(chunk);
            self.add_gradient(chunk.len(), denominator, true, mode);
        }
    }
}
