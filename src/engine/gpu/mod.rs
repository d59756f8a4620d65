//! The GPU engine: the same plan through WebGPU.

mod device;
mod gather;
mod in_flight;
mod kernel;
mod loss;
mod memory;
mod optimizer;
#[cfg(feature = "bench")]
mod product;
mod program;
mod readback;
mod record;
mod snapshot;
mod tiles;
mod tuning;
mod unrolled;
mod waits;

pub use device::{Facts, Gpu};
#[cfg(feature = "bench")]
pub use product::Product;

use super::Hyper;
use crate::error::Result;
use crate::nn::Plan;
use crate::nn::plan::{Op, Role};
use crate::train::Optimizer;
use crate::train::metrics::{Sums, divisor};
use in_flight::InFlight;
pub(super) use kernel::{ACTIVATION, COMMON, GROUP, GROUP_SUM, Grid, Recipe, SLOT, TILE};
use memory::{Buffers, Sizes};
use program::Program;
pub(super) use program::{Context, Drive, code, hand_back};
use record::{Batch, Command, Mode, RECORD, Recording};
use std::future::Future;
use std::pin::Pin;
pub use tiles::TileSize;
pub(super) use tiles::{Product as ProductShape, Tiles};
pub use waits::Clock;

/// Rows that evaluation and prediction take at a time: as many as fit this many numbers, within bounds.
const CHUNK_NUMBERS: usize = 1 << 20;
const CHUNK_ROWS: [usize; 2] = [256, 4096];

/// Products of numbers after which a submission is divided: drivers end what takes too long, and a slow device says
/// meanwhile that it lives.
const MOST_WORK: usize = 1 << 30;

/// What a read promises; it borrows nothing.
pub type ResultFuture<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// A part of the device's memory that is read or written whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// All parameters, flat, in the plan's order.
    Parameters,
    /// The optimizer's state, `[slots, parameters padded to fours]`.
    State,
    /// Running statistics.
    Buffers,
    /// The gradient of the last step, after penalties and clipping.
    Gradients,
    /// Parameters, then running statistics, as put aside on [`SnapshotBuffer::Fallback`].
    Fallback,
    /// The same on [`SnapshotBuffer::Best`].
    Best,
}

/// Where parameters and running statistics are put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotBuffer {
    /// To fall back on when an update overflows.
    Fallback,
    /// The best epoch.
    Best,
}

/// What a recorded command came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Of a step: the mean loss before its update; not finite when there was none.
    Step {
        /// Without penalties.
        loss: f64,
    },
    /// Of an evaluation.
    Sums(Sums),
}

/// Parameters, optimizer state, examples and arenas of one run, on the device.
pub struct GpuEngine {
    gpu: Gpu,
    plan: Plan,
    buffers: Buffers,
    program: Program,
    /// What each example weighs; empty where all weigh 1.
    row_weights: Vec<f32>,
    /// Rows that evaluation and prediction take at a time.
    chunk: usize,
    /// Products of numbers in a forward pass of a vector of rows.
    work: usize,
    any_frozen: bool,
    recording: Recording,
    in_flight: InFlight,
    /// Names what dropout drops.
    seed: u32,
    /// Vectors of rows of most batches.
    vectors: usize,
    size: TileSize,
}

impl GpuEngine {
    /// An engine for `plan` over encoded examples, for batches of at most `batch_size` rows. `seed` names what
    /// dropout drops. Parameters and state are 0 until written.
    ///
    /// # Shapes
    /// `inputs`: `[rows, plan.input.len]` · `targets`: `[rows, target_width]`
    ///
    /// # Errors
    /// [`Error::Gpu`](crate::error::Error::Gpu) when a buffer would exceed the adapter's limits.
    pub fn new(
        gpu: &Gpu,
        plan: &Plan,
        inputs: &[f32],
        targets: &[f32],
        batch_size: usize,
        optimizer: &Optimizer,
        seed: u32,
    ) -> Result<GpuEngine> {
        let target_width = plan.loss.target_width(plan.task);
        let features = plan.features + target_width;
        let chunk = (CHUNK_NUMBERS / features).clamp(CHUNK_ROWS[0], CHUNK_ROWS[1]).max(batch_size);
        let weighting = &plan.weighting;
        let sizes = Sizes {
            features,
            vectors: chunk.div_ceil(4),
            parameters: plan.parameters,
            running: plan.buffers,
            class_weights: weighting.class_weights.len(),
            slots: optimizer.slots(),
        };
        let buffers = Buffers::new(gpu, sizes, inputs, targets)?;
        let weights = plan.tensors.iter().filter(|tensor| tensor.role == Role::Weight);
        buffers.write_mask(0, weights.flat_map(|tensor| tensor.range()));
        buffers.write(Memory::Buffers, &plan.starting_buffers());
        buffers.write_class_weights(&weighting.class_weights);
        let weigh = |&class: &f32| weighting.weight(class as usize);
        let row_weights =
            if weighting.class_weights.is_empty() { vec![] } else { targets.iter().map(weigh).collect() };
        let (vectors, is_software) = (batch_size.div_ceil(4).max(1), gpu.is_software());
        let size = TileSize::candidates(is_software)[0];
        let context = Context { plan, seed, vectors, is_software, size };
        Ok(GpuEngine {
            program: Program::new(gpu, &context, optimizer),
            in_flight: InFlight::new(gpu),
            gpu: gpu.clone(),
            plan: plan.clone(),
            buffers,
            row_weights,
            chunk,
            work: 4 * work(plan),
            any_frozen: false,
            recording: Recording::default(),
            seed,
            vectors,
            size,
        })
    }

    /// Bytes taken on the device.
    pub fn bytes(&self) -> u64 {
        self.buffers.bytes() + self.in_flight.bytes()
    }

    /// Dispatches of one training step; a bound on the gradient's norm takes one more.
    pub fn dispatches_per_step(&self) -> usize {
        self.program.dispatches_per_step()
    }

    /// Replaces a part of the memory at once, before anything that is recorded but not submitted. New parameters
    /// let updates go on that a loss had stopped.
    pub fn write(&mut self, part: Memory, numbers: &[f32]) {
        self.buffers.write(part, numbers);
    }

    /// Replaces one parameter at once. An index the plan doesn't have changes nothing.
    pub fn write_parameter(&mut self, index: usize, value: f32) {
        self.buffers.write_parameter(index, value);
    }

    /// Lets exactly the parameters at `indices` keep their value, from the next recorded step on.
    pub fn freeze(&mut self, indices: &[u32]) {
        self.any_frozen = !indices.is_empty();
        self.buffers.write_mask(1, indices.iter().map(|&index| index as usize));
    }

    /// Records a training step on the examples `rows`: forward, loss, backward, penalties, clipping, and update
    /// number `step` (from 1), by the rule given to [`new`](Self::new) with the constants of `hyper`. Its outcome is the mean loss before the update; from a loss on that isn't finite,
    /// no step changes anything.
    pub fn step(&mut self, rows: &[u32], hyper: &Hyper, step: u64) {
        let weight = self.weight(rows);
        self.recording.step(rows, weight, hyper, step, self.any_frozen);
    }

    /// Records losses and hits summed over the examples `rows`; one outcome.
    pub fn evaluate(&mut self, rows: &[u32]) {
        let weight = self.weight(rows);
        self.recording.evaluate(rows, weight, self.chunk);
    }

    /// Records that parameters and running statistics are put aside, unless they, or a loss, are no longer finite.
    pub fn keep(&mut self, buffer: SnapshotBuffer) {
        self.recording.push_plain(Command::Keep(buffer));
    }

    /// Records that they are taken back; updates go on from there.
    pub fn restore(&mut self, buffer: SnapshotBuffer) {
        self.recording.push_plain(Command::Restore(buffer));
    }

    /// Submits what is recorded and asks for the outcomes, behind those of submissions in flight. Does nothing when
    /// nothing is recorded.
    pub fn submit(&mut self) {
        if self.recording.commands.is_empty() {
            return;
        }
        let recording = std::mem::take(&mut self.recording);
        let mut encoder = self.prepare(&recording);
        self.in_flight.mark(&mut encoder, 0);
        let mut encoder = self.encode(encoder, &recording);
        self.in_flight.mark(&mut encoder, 1);
        self.recording = self.in_flight.start(encoder, &self.buffers, recording);
    }

    /// Whether a submission is in flight, or its outcomes wait to be collected.
    pub fn is_busy(&self) -> bool {
        self.in_flight.is_busy()
    }

    /// Outcomes of the oldest submission, in recorded order; `None` while it is under way, or without one.
    pub fn collect(&mut self) -> Option<Result<Vec<Outcome>>> {
        self.in_flight.collect()
    }

    /// Completes when [`collect`](Self::collect) has something to give, or nothing is in flight.
    pub fn idle(&self) -> ResultFuture<()> {
        self.in_flight.idle()
    }

    /// Reads a part of the memory as it is after everything submitted.
    pub fn read(&mut self, part: Memory) -> ResultFuture<Vec<f32>> {
        self.read_after(self.encoder(), part)
    }

    /// Raw outputs for new encoded rows.
    ///
    /// # Shapes
    /// `inputs`: `[rows, plan.input.len]` → `[rows, plan.output().len]`
    pub fn predict(&mut self, inputs: &[f32]) -> ResultFuture<Vec<f32>> {
        let (width, output) = (self.plan.input.len, self.plan.output());
        let rows = inputs.len() / width;
        let mut recording = Recording::default();
        let chunk = self.chunk;
        let firsts = || (0..rows).step_by(chunk);
        for first in firsts() {
            let rows = chunk.min(rows - first);
            let batch = Batch { rows, first, mode: Mode::Evaluate, consecutive: true, ..Batch::default() };
            recording.push(Command::Evaluate { n: rows.div_ceil(4) }, batch.words());
        }
        let mut encoder = self.prepare(&recording);
        let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST;
        let rows_in = memory::buffer(&self.gpu, inputs.len() as u64 * 4, usage);
        self.gpu.queue().write_buffer(&rows_in, 0, bytemuck::cast_slice(inputs));
        let examples = self.buffers.examples(&rows_in);
        let staging = readback::staging(&self.gpu, rows.next_multiple_of(4) * output.len);
        let mut work = 0;
        for (record, first) in firsts().enumerate() {
            let n = chunk.min(rows - first).div_ceil(4);
            self.program.predict(&mut encoder, &self.buffers, &examples, (record, n));
            let (from, to) = (output.start * n * 16, first * output.len * 4);
            let bytes = (output.len * n * 16) as u64;
            encoder.copy_buffer_to_buffer(&self.buffers.values, from as u64, &staging, to as u64, bytes);
            work += n * self.work;
            if work >= MOST_WORK {
                self.gpu.submit_part(std::mem::replace(&mut encoder, self.encoder()));
                work = 0;
            }
        }
        self.gpu.queue().submit([encoder.finish()]);
        rows_in.destroy();
        let width = output.len;
        let padded = rows.next_multiple_of(4) * width;
        let features = readback::numbers(self.gpu.clone(), staging, padded);
        Box::pin(async move { Ok(rows_of(&features.await?, rows, width, chunk)) })
    }

    /// Whether [`gradient`](Self::gradient) may be asked over so many rows: for the statistics of batch norm they have
    /// to fit one pass.
    pub fn can_differentiate(&self, rows: usize) -> bool {
        self.plan.buffers == 0 || rows <= self.chunk
    }

    /// The gradient of the mean loss over the examples `rows`, without penalties, flat. It takes the place of the
    /// last step's.
    pub fn gradient(&mut self, rows: &[u32]) -> ResultFuture<Vec<f32>> {
        debug_assert!(self.can_differentiate(rows.len()), "batch norm would take statistics of parts");
        if rows.is_empty() {
            let none = vec![0.0; self.plan.parameters];
            return Box::pin(async { Ok(none) });
        }
        let mut recording = Recording::default();
        recording.gradient(rows, self.weight(rows), self.chunk);
        let encoder = self.prepare(&recording);
        let encoder = self.encode(encoder, &recording);
        self.read_after(encoder, Memory::Gradients)
    }

    /// Milliseconds between the first and the last dispatch of the last submission, where the device tells.
    pub fn compute_ms(&self) -> Option<f64> {
        self.in_flight.compute_ms()
    }

    /// Sends a recording's numbers ahead of its commands.
    fn prepare(&mut self, recording: &Recording) -> wgpu::CommandEncoder {
        let records = recording.records.len() * 4 / RECORD as usize;
        self.buffers.reserve(records, recording.order.len(), recording.entries);
        self.buffers.send(&recording.records, &recording.order);
        self.encoder()
    }

    fn encoder(&self) -> wgpu::CommandEncoder {
        self.gpu.device().create_command_encoder(&Default::default())
    }

    /// Encodes all of a recording. Where that is long, all but its end is submitted on the way, in parts.
    fn encode(&self, mut encoder: wgpu::CommandEncoder, recording: &Recording) -> wgpu::CommandEncoder {
        let (mut first, mut work) = (0, 0);
        for (index, command) in recording.commands.iter().enumerate() {
            work += command.passes() * self.work;
            if work >= MOST_WORK {
                self.program.encode(&mut encoder, &self.buffers, recording, first..index + 1);
                self.gpu.submit_part(std::mem::replace(&mut encoder, self.encoder()));
                (first, work) = (index + 1, 0);
            }
        }
        self.program.encode(&mut encoder, &self.buffers, recording, first..recording.commands.len());
        encoder
    }

    /// Submits, and then reads a part of the memory.
    fn read_after(&self, mut encoder: wgpu::CommandEncoder, part: Memory) -> ResultFuture<Vec<f32>> {
        let (buffer, range) = self.buffers.part(part);
        let staging = readback::staging(&self.gpu, range.len());
        if !range.is_empty() {
            let bytes = range.len() as u64 * 4;
            encoder.copy_buffer_to_buffer(buffer, range.start as u64 * 4, &staging, 0, bytes);
        }
        self.gpu.queue().submit([encoder.finish()]);
        Box::pin(readback::numbers(self.gpu.clone(), staging, range.len()))
    }

    /// What the mean over the rows divides by: their number, unless classes have weights.
    fn weight(&self, rows: &[u32]) -> f64 {
        if self.row_weights.is_empty() {
            return rows.len() as f64;
        }
        divisor(rows.iter().map(|&row| f64::from(self.row_weights[row as usize])).sum())
    }
}

/// Products of numbers that a row takes on its way through the layers.
fn work(plan: &Plan) -> usize {
    let of =
        |op: &Op| op.units().map_or(0, |units| units.weight.len() * op.output.len / units.bias.len().max(1));
    plan.ops.iter().map(of).sum()
}

/// Brings chunks of `[feature][row]`, rows padded to fours, into `[row][feature]`.
fn rows_of(features: &[f32], rows: usize, width: usize, chunk: usize) -> Vec<f32> {
    let mut out = vec![0.0; rows * width];
    for (out, features) in out.chunks_mut(chunk * width).zip(features.chunks(chunk * width)) {
        let padded = features.len() / width;
        for (row, out) in out.chunks_exact_mut(width).enumerate() {
            out.iter_mut().enumerate().for_each(|(k, out)| *out = features[k * padded + row]);
        }
    }
    out
}
