//! A batch of a large model, cut into shards whose gradients are added along a binary tree. Which shards there are, and
//! in which order they are added, follows from the shapes alone: so one thread makes the same bits as several workers of
//! which each takes some of the shards (data-parallel SGD; all-reduce along a tree).

use super::{CpuEngine, Mode};
use crate::nn::layers::Kind;
use crate::nn::plan::Plan;

/// Rows of a shard; the last one of a batch may be short. As many as make each pass over the weights pay, which is sooner
/// where each weight meets many pixels of a row.
const DENSE_ROWS: usize = 128;
const IMAGE_ROWS: usize = 64;

/// Multiply-adds of a row from which a batch is cut: below, a worker would wait for the others longer than it computes.
const LEAST_WORK: usize = 500_000;

/// The rows of a shard. All rows are one where it is [`usize::MAX`]: of nets whose rows take little, and of those whose rows
/// aren't alone, or drawn for by place: batch norm and dropout.
pub(super) fn shard_rows(plan: &Plan) -> usize {
    let (mut work, mut rows) = (plan.parameters, DENSE_ROWS);
    for op in &plan.ops {
        match &op.kind {
            Kind::Dropout(_) | Kind::BatchNorm(_) => return usize::MAX,
            Kind::Conv2d(conv) => {
                work += conv.weight.len() * conv.to.height * conv.to.width;
                rows = IMAGE_ROWS;
            }
            _ => {}
        }
    }
    if work < LEAST_WORK { usize::MAX } else { rows }
}

/// The gradients of some shards of a batch, added along the tree: a node of it.
#[cfg(feature = "look")]
#[derive(Clone, Default)]
pub struct ShardSum {
    /// Number of its first shard.
    pub first: usize,
    /// How many shards it has.
    pub count: usize,
    /// Their losses, added likewise: of the rows, each by its weight.
    pub loss: f64,
    /// Laid out as the parameters.
    pub gradient: Vec<f32>,
}

impl CpuEngine {
    /// Into how many shards a batch of `rows` rows is cut.
    #[cfg(feature = "look")]
    pub fn shards(&self, rows: usize) -> usize {
        rows.div_ceil(self.shard)
    }

    /// Where the tree over `rows` rows branches: half of the shards, rounded down, are on the left; none of one shard.
    fn left(&self, rows: usize) -> usize {
        rows.div_ceil(self.shard) / 2 * self.shard
    }

    /// Leaves the gradient of `rows`, as their part of a mean over rows of weight `denominator`, and returns their loss.
    /// `first`: the number of their first shard.
    #[cfg_attr(not(feature = "look"), allow(clippy::only_used_in_recursion))] // `first` says which are known there
    pub(super) fn add_shards(&mut self, rows: &[u32], first: usize, denominator: f32, mode: Mode) -> f64 {
        #[cfg(feature = "look")]
        if let Some(loss) = self.take_known(rows.len(), first) {
            return loss;
        }
        let left = self.left(rows.len());
        if left == 0 {
            return self.add_loaded(rows, denominator, mode);
        }
        let (rows, right) = rows.split_at(left);
        let loss = self.add_shards(rows, first, denominator, mode);
        let sum = self.gradients.clone();
        let loss = loss + self.add_shards(right, first + left / self.shard, denominator, mode);
        for (gradient, left) in self.gradients.iter_mut().zip(sum) {
            *gradient += left;
        }
        loss
    }

    /// The same, of rows that are one shard, or are taken as one.
    pub(super) fn add_loaded(&mut self, rows: &[u32], denominator: f32, mode: Mode) -> f64 {
        self.load(rows);
        #[cfg(feature = "layers")]
        self.load_varied(rows);
        self.add_gradient(rows.len(), denominator, false, mode)
    }

    /// What others have computed of the step to come, or this engine for all.
    #[cfg(feature = "look")]
    fn take_known(&mut self, rows: usize, first: usize) -> Option<f64> {
        let count = self.shards(rows);
        let known = self.known.iter().position(|sum| (sum.first, sum.count) == (first, count))?;
        let known = self.known.swap_remove(known);
        self.put_gradients(&known.gradient);
        Some(known.loss)
    }

    /// The next step on `rows` takes these sums in the place of what it would compute.
    #[cfg(feature = "look")]
    pub fn know(&mut self, sums: Vec<ShardSum>) {
        self.known = sums;
    }

    /// The sums of the shards `from..to` of `rows`, for step number `step`: as few as the tree has for them. The engine
    /// stays as it is, but for the last step's gradient.
    #[cfg(feature = "look")]
    pub fn sum_shards(&mut self, rows: &[u32], shards: std::ops::Range<usize>, step: u64) -> Vec<ShardSum> {
        let denominator = self.weight(rows) as f32;
        let mut sums = vec![];
        let mut nodes = vec![(0, rows)];
        while let Some((first, part)) = nodes.pop() {
            let count = self.shards(part.len());
            if first >= shards.end || first + count <= shards.start {
                continue;
            }
            if first >= shards.start && first + count <= shards.end {
                let loss = self.add_shards(part, first, denominator, Mode::Train { step });
                sums.push(ShardSum { first, count, loss, gradient: self.gradients().to_vec() });
            } else {
                let left = self.left(part.len());
                nodes.push((first + left / self.shard, &part[left..]));
                nodes.push((first, &part[..left]));
            }
        }
        sums
    }
}
