//! A batch of a large model, cut into shards whose gradients are added along a binary tree. Which shards there are, and
//! in which order they are added, follows from the shapes alone: so one thread makes the same bits as several workers of
//! which each takes some of the shards (data-parallel SGD; all-reduce along a tree).

use super::{CpuEngine, Mode};
use crate::nn::layers::Kind;
use crate::nn::plan::Plan;
#[cfg(feature = "look")]
use std::rc::Rc;

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

/// A gradient that others have computed, wherever it lies.
#[cfg(feature = "look")]
pub trait Gradient {
    /// Reads the numbers from `first` on into `to`.
    fn read(&self, first: usize, to: &mut [f32]);
}

#[cfg(feature = "look")]
impl Gradient for Vec<f32> {
    fn read(&self, first: usize, to: &mut [f32]) {
        to.copy_from_slice(&self[first..][..to.len()]);
    }
}

/// The gradients of some shards of a batch, added along the tree: a node of it.
#[cfg(feature = "look")]
#[derive(Clone, Default)]
pub struct ShardSum<G = Vec<f32>> {
    /// Number of its first shard.
    pub first: usize,
    /// How many shards it has.
    pub count: usize,
    /// Their losses, added likewise: of the rows, each by its weight.
    pub loss: f64,
    /// Laid out as the parameters.
    pub gradient: G,
}

/// Numbers that are read at a time where a gradient is added: they stay in the first-level cache.
#[cfg(feature = "look")]
const PIECE: usize = 4096;

/// What an engine has of the gradient of the next step.
#[cfg(feature = "look")]
#[derive(Clone, Default)]
pub(super) struct Known {
    /// By others; only while a step is taken.
    theirs: Vec<ShardSum<Rc<dyn Gradient>>>,
    /// By this engine for the step and the rows below. Where there is no gradient it lies in the engine's own: the last.
    own: Vec<ShardSum<Option<Vec<f32>>>>,
    step: u64,
    rows: Vec<u32>,
}

#[cfg(feature = "look")]
impl Known {
    /// Parameters, or the engine's gradient, are no longer those that they were computed with.
    pub(super) fn forget_own(&mut self) {
        self.own.clear();
    }
}

/// The place of that node among these.
#[cfg(feature = "look")]
fn place<G>(sums: &[ShardSum<G>], first: usize, count: usize) -> Option<usize> {
    sums.iter().position(|sum| (sum.first, sum.count) == (first, count))
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
        if let Some(loss) = self.put_known(rows.len(), first) {
            return loss;
        }
        let left = self.left(rows.len());
        if left == 0 {
            return self.add_loaded(rows, denominator, false, mode);
        }
        let (rows, right) = rows.split_at(left);
        let middle = first + left / self.shard;
        #[cfg(feature = "look")]
        if let Some(loss) = self.add_known_left(rows.len(), first, right.len(), middle) {
            return loss;
        }
        let loss = self.add_shards(rows, first, denominator, mode);
        #[cfg(feature = "look")]
        if let Some(more) = self.add_known(right.len(), middle) {
            return loss + more;
        }
        if self.left(right.len()) == 0 {
            return loss + self.add_loaded(right, denominator, true, mode);
        }
        let sum = self.gradients.clone();
        let loss = loss + self.add_shards(right, middle, denominator, mode);
        for (gradient, left) in self.gradients.iter_mut().zip(sum) {
            *gradient += left;
        }
        loss
    }

    /// The same, of rows that are one shard, or are taken as one; with `accumulate`, added to what is there.
    pub(super) fn add_loaded(&mut self, rows: &[u32], denominator: f32, accumulate: bool, mode: Mode) -> f64 {
        #[cfg(feature = "look")]
        self.move_own();
        self.load(rows);
        #[cfg(feature = "layers")]
        self.load_varied(rows);
        self.add_gradient(rows.len(), denominator, accumulate, mode)
    }
}

#[cfg(feature = "look")]
impl CpuEngine {
    /// The next step on `rows` takes these sums in the place of what it would compute, and what this engine has summed
    /// for it.
    pub fn know(&mut self, sums: Vec<ShardSum<Rc<dyn Gradient>>>, rows: &[u32], step: u64) {
        if step != self.known.step || rows != self.known.rows {
            self.known.forget_own();
        }
        self.known.theirs = sums;
    }

    /// The step is over, or it begins with nothing known.
    pub fn know_nothing(&mut self) {
        self.known.forget_own();
        self.known.theirs.clear();
    }

    /// The engine's own gradient is about to be written: the sum that lies there moves.
    fn move_own(&mut self) {
        if let Some(sum) = self.known.own.iter_mut().find(|sum| sum.gradient.is_none()) {
            sum.gradient = Some(bytemuck::cast_slice(&self.gradients)[..self.plan.parameters].to_vec());
        }
    }

    /// Takes out a sum that is known, by whomever: its loss and its gradient, unless that lies in the engine's own.
    fn take_known(&mut self, rows: usize, first: usize) -> Option<(f64, Option<Rc<dyn Gradient>>)> {
        let count = self.shards(rows);
        let Known { own, theirs, .. } = &mut self.known;
        if let Some(place) = place(own, first, count) {
            let sum = own.swap_remove(place);
            return Some((sum.loss, sum.gradient.map(|gradient| Rc::new(gradient) as Rc<dyn Gradient>)));
        }
        let sum = theirs.swap_remove(place(theirs, first, count)?);
        Some((sum.loss, Some(sum.gradient)))
    }

    /// Puts a sum that is known where gradients lie, and returns its loss.
    fn put_known(&mut self, rows: usize, first: usize) -> Option<f64> {
        let (loss, gradient) = self.take_known(rows, first)?;
        if let Some(gradient) = gradient {
            self.move_own();
            gradient.read(0, &mut bytemuck::cast_slice_mut(&mut self.gradients)[..self.plan.parameters]);
        }
        Some(loss)
    }

    /// Adds a sum that is known to the gradient, and returns its loss.
    fn add_known(&mut self, rows: usize, first: usize) -> Option<f64> {
        let (loss, gradient) = self.take_known(rows, first)?;
        self.add_read(&*gradient?);
        Some(loss)
    }

    /// Where the sum on the right lies in the gradient already, and that on the left is known: adds it there.
    fn add_known_left(&mut self, rows: usize, first: usize, right: usize, middle: usize) -> Option<f64> {
        let place = place(&self.known.own, middle, self.shards(right))?;
        let known = &self.known.own[place];
        if known.gradient.is_some() {
            return None;
        }
        let more = known.loss;
        let loss = self.add_known(rows, first)?;
        self.known.own.retain(|sum| sum.first != middle);
        Some(loss + more)
    }

    fn add_read(&mut self, gradient: &dyn Gradient) {
        let mut read = [0.0; PIECE];
        let own: &mut [f32] = bytemuck::cast_slice_mut(&mut self.gradients);
        for (piece, own) in own[..self.plan.parameters].chunks_mut(PIECE).enumerate() {
            let read = &mut read[..own.len()];
            gradient.read(piece * PIECE, read);
            own.iter_mut().zip(read).for_each(|(own, more)| *own += *more);
        }
    }

    /// The sums of the shards `from..to` of `rows`, for step number `step`: as few as the tree has for them, each told to
    /// `tell`, and kept for a step that is told what others know. The engine stays as it is, but for the last step's gradient.
    pub fn sum_shards(
        &mut self,
        rows: &[u32],
        shards: std::ops::Range<usize>,
        step: u64,
        tell: &mut dyn FnMut(ShardSum<&[f32]>),
    ) {
        self.know_nothing();
        self.known.step = step;
        self.known.rows = rows.to_vec();
        let denominator = self.weight(rows) as f32;
        let mut nodes = vec![(0, rows)];
        while let Some((first, part)) = nodes.pop() {
            let count = self.shards(part.len());
            if first >= shards.end || first + count <= shards.start {
                continue;
            }
            if first >= shards.start && first + count <= shards.end {
                let loss = self.add_shards(part, first, denominator, Mode::Train { step });
                tell(ShardSum { first, count, loss, gradient: self.gradients() });
                self.known.own.push(ShardSum { first, count, loss, gradient: None });
            } else {
                let left = self.left(part.len());
                nodes.push((first + left / self.shard, &part[left..]));
                nodes.push((first, &part[..left]));
            }
        }
    }
}
