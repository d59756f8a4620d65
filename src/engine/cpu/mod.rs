//! The CPU engine: one thread, 128-bit SIMD, the same bits everywhere.
//!
//! It runs the ops of `engine/ops`; [`product`] holds the kernels that matter for speed. Nothing allocates in a step,
//! but for the sums of a batch that is cut.

pub mod arena;
mod cross_entropy;
mod full_batch;
mod inspect;
pub mod loss;
pub(super) mod madd;
pub(super) mod narrow;
pub mod packed;
mod pass;
pub mod product;
mod shards;
mod update;
#[cfg(feature = "layers")]
mod varied;

use super::Hyper;
use crate::nn::layers::on_op;
use crate::nn::plan::{Plan, Role};
use crate::train::Optimizer;
use crate::train::metrics::{Sums, divisor};
use arena::{Arena, gather, scatter, vectors};
#[cfg(feature = "look")]
pub use inspect::Update;
pub use pass::EPSILON;
pub(super) use pass::{Backward, Compute, Forward, Room};
#[cfg(feature = "look")]
pub use shards::{Gradient, ShardSum};
use std::ops::Range;
use wide::f32x4;

/// Rows that evaluation and prediction take at a time.
const CHUNK: usize = 256;

/// What a forward pass is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A prediction: nothing is dropped, batch norm uses its running statistics.
    Evaluate,
    /// A gradient to look at: batch statistics, nothing dropped, nothing remembered.
    Gradient,
    /// A look at a part of a full batch: the norm whose running statistics begin at `norm` has those of the `seen` rows
    /// so far put there. The others take theirs from there.
    Pool {
        /// Where they begin.
        norm: usize,
        /// Rows of this part and those before.
        seen: usize,
    },
    /// A part of a gradient over `rows` rows, with all statistics put there before.
    FullBatch {
        /// Rows of all parts.
        rows: usize,
    },
    /// A training step.
    Train {
        /// Number of the update, from 1.
        step: u64,
    },
}

/// Parameters, optimizer state, examples and arenas of one run.
#[derive(Clone)]
pub struct CpuEngine {
    plan: Plan,
    inputs: Vec<f32>,
    targets: Vec<f32>,
    target_width: usize,
    /// Whole vectors, so that updates need no remainder; numbers past `plan.parameters` stay 0.
    parameters: Vec<f32x4>,
    gradients: Vec<f32x4>,
    state: Vec<f32x4>,
    /// While a gradient takes several rounds over a full batch, what the one before left.
    sums: Vec<f32x4>,
    /// Rows of a shard of a batch.
    shard: usize,
    /// What is known of the next step's gradient.
    #[cfg(feature = "look")]
    known: shards::Known,
    /// Running means and variances of batch norm.
    buffers: Vec<f32>,
    /// Where weights lie, which alone are penalised.
    weights: Vec<Range<usize>>,
    /// While an update prunes, the parameters before it; empty where none does.
    before: Vec<f32x4>,
    /// Parameters that keep their value, and those values while an update runs.
    frozen: Vec<(u32, f32)>,
    seed: u32,
    /// How images of a training step are varied; none where they aren't.
    #[cfg(feature = "layers")]
    varied: Option<varied::Varied>,
    room: Room,
    values: Arena,
    d_values: Arena,
    batch_targets: Vec<f32x4>,
}

impl CpuEngine {
    /// An engine for `plan` over encoded examples, for batches of at most `batch_size` rows. `seed` names what
    /// dropout drops.
    ///
    /// # Shapes
    /// `inputs`: `[rows, plan.input.len]` · `targets`: `[rows, target_width]`
    pub fn new(
        plan: Plan,
        inputs: Vec<f32>,
        targets: Vec<f32>,
        batch_size: usize,
        optimizer: &Optimizer,
        seed: u32,
    ) -> Self {
        let target_width = plan.loss.target_width(plan.task);
        let examples = targets.len() / target_width;
        let rows = batch_size.min(examples).max(CHUNK);
        let padded = plan.parameters.div_ceil(4);
        let mut room = Room::default();
        for op in &plan.ops {
            on_op!(&op.kind, kind => kind.reserve(op, vectors(rows), &mut room));
        }
        CpuEngine {
            parameters: vec![f32x4::ZERO; padded],
            gradients: vec![f32x4::ZERO; padded],
            state: vec![f32x4::ZERO; padded * optimizer.slots()],
            sums: vec![],
            shard: shards::shard_rows(&plan),
            #[cfg(feature = "look")]
            known: shards::Known::default(),
            buffers: plan.starting_buffers(),
            weights: plan.tensors.iter().filter(|t| t.role == Role::Weight).map(|t| t.range()).collect(),
            before: vec![],
            frozen: vec![],
            seed,
            #[cfg(feature = "layers")]
            varied: None,
            room,
            values: Arena::new(plan.features, rows),
            d_values: Arena::new(plan.features, rows),
            batch_targets: vec![f32x4::ZERO; target_width * vectors(rows)],
            plan,
            inputs,
            targets,
            target_width,
        }
    }

    /// The plan this engine runs.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The encoded examples: inputs and targets.
    pub fn examples(&self) -> (&[f32], &[f32]) {
        (&self.inputs, &self.targets)
    }

    /// All parameters, flat, in the plan's order.
    pub fn parameters(&self) -> &[f32] {
        &bytemuck::cast_slice(&self.parameters)[..self.plan.parameters]
    }

    /// The same, to be written.
    pub fn parameters_mut(&mut self) -> &mut [f32] {
        #[cfg(feature = "look")]
        self.known.forget_own();
        &mut bytemuck::cast_slice_mut(&mut self.parameters)[..self.plan.parameters]
    }

    /// The optimizer's state, `[slots, parameters padded to fours]`.
    pub fn state(&self) -> &[f32] {
        bytemuck::cast_slice(&self.state)
    }

    /// The same, to be written.
    pub fn state_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(&mut self.state)
    }

    /// Running statistics.
    pub fn buffers(&self) -> &[f32] {
        &self.buffers
    }

    /// The same, to be written.
    pub fn buffers_mut(&mut self) -> &mut [f32] {
        &mut self.buffers
    }

    /// One training step on the examples `rows`: forward, loss, backward, penalties, clipping, and update number
    /// `step` (from 1). Returns the mean loss before the update; when that isn't finite, there is no update.
    pub fn step(&mut self, rows: &[u32], hyper: &Hyper, step: u64) -> f64 {
        let loss = self.differentiate(rows, step);
        if loss.is_finite() {
            self.update(hyper, step);
        }
        loss
    }

    /// The first half of a step: leaves the gradient of the mean loss, which it returns.
    fn differentiate(&mut self, rows: &[u32], step: u64) -> f64 {
        let weight = self.weight(rows);
        let loss = self.add_shards(rows, 0, weight as f32, Mode::Train { step }) / weight;
        #[cfg(feature = "look")]
        self.know_nothing();
        loss
    }

    /// The gradient of the mean loss over `rows`, without penalties, flat. The last step's stays as it is. Batch norm
    /// takes its statistics over all of the rows: where there are more than 256, in two rounds a norm.
    pub fn gradient(&mut self, rows: &[u32]) -> Vec<f32> {
        let weight = self.weight(rows);
        let none = vec![f32x4::ZERO; self.gradients.len()];
        let last = std::mem::replace(&mut self.gradients, none);
        if cfg!(feature = "layers") && self.plan.buffers > 0 && rows.len() > CHUNK {
            self.full_batch_gradient(rows, weight as f32);
        } else {
            self.add_gradients(rows, weight as f32, Mode::Gradient);
        }
        let gradient = self.gradients().to_vec();
        self.gradients = last;
        gradient
    }

    /// Losses and hits summed over `rows`.
    pub fn evaluate(&mut self, rows: &[u32]) -> Sums {
        let mut sums = Sums::default();
        for chunk in rows.chunks(CHUNK) {
            self.load(chunk);
            self.forward(chunk.len(), Mode::Evaluate);
            sums.add(loss::sums(
                self.plan.loss,
                &self.plan.weighting,
                self.plan.task,
                &self.batch(chunk.len()),
            ));
        }
        sums
    }

    /// Raw outputs for new encoded rows.
    ///
    /// # Shapes
    /// `inputs`: `[rows, plan.input.len]` · `outputs`: `[rows, plan.output().len]`
    pub fn predict(&mut self, inputs: &[f32], outputs: &mut [f32]) {
        self.each_chunk(inputs, &mut |engine, first, count| {
            let output = engine.plan.output();
            let to = &mut outputs[first * output.len..][..count * output.len];
            scatter(&engine.values.values[output.times(engine.values.n)], output.len, count, to);
        });
    }

    /// Takes new encoded rows through the model, a chunk at a time: `then` is given its first row and their number.
    #[inline(never)]
    fn each_chunk(&mut self, inputs: &[f32], then: &mut dyn FnMut(&Self, usize, usize)) {
        let width = self.plan.input.len;
        let rows = inputs.len() / width;
        let mut first = 0;
        while first < rows {
            let count = CHUNK.min(rows - first);
            self.values.n = vectors(count);
            let place = self.plan.input.times(self.values.n);
            let order: [u32; CHUNK] = std::array::from_fn(|at| (first + at) as u32);
            gather(inputs, width, &order[..count], &mut self.values.values[place]);
            self.forward(count, Mode::Evaluate);
            then(self, first, count);
            first += count;
        }
    }

    /// Puts a batch of examples into the arena.
    fn load(&mut self, rows: &[u32]) {
        let n = vectors(rows.len());
        self.values.n = n;
        self.d_values.n = n;
        let width = self.plan.input.len;
        gather(&self.inputs, width, rows, &mut self.values.values[self.plan.input.times(n)]);
        gather(&self.targets, self.target_width, rows, &mut self.batch_targets[..self.target_width * n]);
    }

    fn forward(&mut self, rows: usize, mode: Mode) {
        let mut pass = Forward {
            parameters: bytemuck::cast_slice(&self.parameters),
            buffers: &mut self.buffers,
            values: &mut self.values,
            room: &mut self.room,
            seed: self.seed,
            rows,
            mode,
        };
        for op in &self.plan.ops {
            on_op!(&op.kind, kind => kind.forward(op, &mut pass));
        }
    }

    /// Carries the gradient of the outputs back to the parameters.
    fn backward(&mut self, rows: usize, mode: Mode, accumulate: bool) {
        let mut pass = Backward {
            parameters: bytemuck::cast_slice(&self.parameters),
            gradients: bytemuck::cast_slice_mut(&mut self.gradients),
            values: &self.values,
            d: &mut self.d_values,
            room: &mut self.room,
            seed: self.seed,
            rows,
            mode,
            accumulate,
            full: match mode {
                Mode::FullBatch { rows } => {
                    let sums = bytemuck::cast_slice(&self.sums);
                    Some(pass::FullBatch { statistics: &self.buffers, sums, rows })
                }
                _ => None,
            },
        };
        for op in self.plan.ops.iter().rev() {
            on_op!(&op.kind, kind => kind.backward(op, &mut pass));
        }
    }

    fn batch(&self, rows: usize) -> loss::Batch<'_> {
        let n = self.values.n;
        loss::Batch {
            outputs: self.values.of(self.plan.output()),
            targets: &self.batch_targets[..self.target_width * n],
            rows,
            n,
        }
    }

    /// What the mean over the rows divides by: their number, unless classes have weights (targets are then class
    /// indices); 1 where all of them weigh 0, whose mean is then 0.
    #[inline]
    fn weight(&self, rows: &[u32]) -> f64 {
        let weighting = &self.plan.weighting;
        if weighting.class_weights.is_empty() {
            return rows.len() as f64;
        }
        let weigh = |&row: &u32| f64::from(weighting.weight(self.targets[row as usize] as usize));
        divisor(rows.iter().map(weigh).sum())
    }

    /// Forward, loss and backward on the loaded rows, as their part of a mean over rows of weight `denominator`.
    fn add_gradient(&mut self, rows: usize, denominator: f32, accumulate: bool, mode: Mode) -> f64 {
        self.forward(rows, mode);
        let n = self.values.n;
        let output = self.plan.output();
        // Not `batch()`: that would borrow the gradients too.
        let batch = loss::Batch {
            outputs: self.values.of(output),
            targets: &self.batch_targets[..self.target_width * n],
            rows,
            n,
        };
        let d_output = &mut self.d_values.values[output.times(n)];
        let loss = loss::gradient(self.plan.loss, &self.plan.weighting, &batch, denominator, d_output);
        self.backward(rows, mode, accumulate);
        loss
    }
}
