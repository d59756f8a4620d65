//! What stands in the arenas: for who wants to look inside a model, or inside an update.

use super::CpuEngine;
use super::arena::Arena;
use wide::f32x4;
#[cfg(feature = "look")]
use {super::Mode, super::loss, crate::engine::Hyper};

/// One update as the engine takes it. A unit is an output of a layer with weights, after its activation.
#[cfg(feature = "look")]
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// Mean loss of the batch before the update.
    pub loss: f64,
    /// Loss of each row.
    pub losses: Vec<f32>,
    /// As encoded, `[input][row]`.
    pub inputs: Vec<f32>,
    /// As encoded, `[target][row]`.
    pub targets: Vec<f32>,
    /// `[unit][row]`; the outputs come last.
    pub values: Vec<f32>,
    /// Derivative of the mean loss in what a unit's activation is given, `[unit][row]`.
    pub deltas: Vec<f32>,
    /// Derivative of a unit's activation there, `[unit][row]`.
    pub slopes: Vec<f32>,
    /// Gradient of the mean loss.
    pub gradient: Vec<f32>,
    /// The same after penalties, freezing and clipping, as the optimizer is given it.
    pub step_gradient: Vec<f32>,
    /// The parameters after the update.
    pub after: Vec<f32>,
    /// The optimizer's state before and after, `[slots, parameters padded to fours]`.
    pub state: [Vec<f32>; 2],
}

impl CpuEngine {
    /// The inputs of new encoded rows and what each unit gives for them in evaluation, `[input or unit][row]`.
    pub fn activations(&mut self, inputs: &[f32]) -> Vec<f32> {
        let rows = inputs.len() / self.plan.input.len;
        let mut to = vec![0.0; (self.plan.input.len + self.plan.units()) * rows];
        self.each_chunk(inputs, &mut |engine, first, count| {
            let (shown, units) = to.split_at_mut(inputs.len());
            copy_rows(engine.values.of(engine.plan.input), engine.values.n, first, count, rows, shown);
            engine.read_units(&engine.values, first, count, rows, units);
        });
        to
    }

    /// The gradient in the arena, flat.
    pub(super) fn gradients(&self) -> &[f32] {
        &bytemuck::cast_slice(&self.gradients)[..self.plan.parameters]
    }

    /// Puts the batch at hand into `to`, as rows `first..first + count` of `all`.
    fn read_units(&self, arena: &Arena, first: usize, count: usize, all: usize, to: &mut [f32]) {
        let mut at = 0;
        for op in self.plan.layers() {
            copy_rows(arena.of(op.output), arena.n, first, count, all, &mut to[at..]);
            at += op.output.len * all;
        }
    }
}

#[cfg(feature = "study")]
impl CpuEngine {
    /// The outputs of one encoded row in evaluation, and the gradient of `Σ weights[k] · output[k]` in its inputs, where the
    /// plan hands that back. Gradients of parameters are lost.
    ///
    /// # Shapes
    /// `row` and the gradient: `[plan.input.len]` · `weights` and the outputs: `[plan.output().len]`
    pub fn input_gradient(&mut self, row: &[f32], weights: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let (input, output) = (self.plan.input.times(1), self.plan.output().times(1));
        (self.values.n, self.d_values.n) = (1, 1);
        super::arena::gather(row, row.len(), &[0], &mut self.values.values[input.clone()]);
        // A batch of which the statistics are the running ones, and which is too large for a row to move them.
        let mode = super::Mode::FullBatch { rows: 1 };
        #[cfg(feature = "look")]
        self.know_nothing();
        self.sums = vec![f32x4::ZERO; self.gradients.len()];
        self.forward(1, mode);
        for (d, &weight) in self.d_values.values[output.clone()].iter_mut().zip(weights) {
            *d = f32x4::new([weight, 0.0, 0.0, 0.0]);
        }
        self.backward(1, mode, false);
        let first = |values: &[f32x4]| values.iter().map(|value| value.to_array()[0]).collect();
        (first(&self.values.values[output]), first(&self.d_values.values[input]))
    }
}

#[cfg(feature = "look")]
impl CpuEngine {
    /// Takes a step as [`step`](Self::step) does, tells all about it, and takes it back.
    pub fn look(&mut self, rows: &[u32], hyper: &Hyper, step: u64) -> Update {
        self.know_nothing();
        let kept = [self.parameters(), self.state(), &self.buffers, self.gradients()].map(copy);
        let loss = self.differentiate(rows, step);
        let gradient = copy(self.gradients());
        let count = rows.len();
        if self.shards(count) > 1 {
            // Shard after shard was in the arena: once more, all of them.
            let weight = self.weight(rows) as f32;
            self.add_loaded(rows, weight, false, Mode::Train { step });
            self.put_gradients(&gradient);
        }
        let n = self.values.n;
        let plan = &self.plan;
        let inputs = copy_features(self.values.of(plan.input), n, count);
        let targets = copy_features(&self.batch_targets[..self.target_width * n], n, count);
        let outputs = copy_features(self.values.of(plan.output()), n, count);
        let losses = (0..count).map(|row| self.loss_of(row, count, &outputs, &targets)).collect();
        let [values, deltas] = [&self.values, &self.d_values].map(|arena| {
            let mut to = vec![0.0; plan.units() * count];
            self.read_units(arena, 0, count, count, &mut to);
            to
        });
        let slopes = self.slopes(count);
        if loss.is_finite() {
            self.update(hyper, step);
        }
        let told = [self.gradients(), self.parameters(), self.state()].map(copy);
        let [parameters, state, buffers, gradients] = kept;
        self.parameters_mut().copy_from_slice(&parameters);
        self.state_mut().copy_from_slice(&state);
        self.buffers.copy_from_slice(&buffers);
        self.put_gradients(&gradients);
        let [step_gradient, after, state_after] = told;
        let state = [state, state_after];
        Update {
            loss,
            losses,
            inputs,
            targets,
            values,
            deltas,
            slopes,
            gradient,
            step_gradient,
            after,
            state,
        }
    }

    /// Puts a gradient into the arena.
    pub(super) fn put_gradients(&mut self, gradient: &[f32]) {
        bytemuck::cast_slice_mut(&mut self.gradients)[..gradient.len()].copy_from_slice(gradient);
    }

    /// `f′` of each unit for the batch at hand, `[unit][row]`: what the way back makes of ones.
    fn slopes(&self, count: usize) -> Vec<f32> {
        let mut to = vec![0.0; self.plan.units() * count];
        let mut at = 0;
        for op in self.plan.layers() {
            let Some(units) = op.units() else { continue };
            let y = self.values.of(op.output);
            let mut slopes = vec![f32x4::ONE; y.len()];
            units.activation.backward(&mut slopes, y, self.values.of(units.kept));
            copy_rows(&slopes, self.values.n, 0, count, count, &mut to[at..]);
            at += op.output.len * count;
        }
        to
    }

    /// The loss of one row alone, of `[feature][row]`.
    fn loss_of(&self, row: usize, rows: usize, outputs: &[f32], targets: &[f32]) -> f32 {
        let (outputs, targets) = (splat_row(outputs, row, rows), splat_row(targets, row, rows));
        let alone = loss::Batch { outputs: &outputs, targets: &targets, rows: 1, n: 1 };
        loss::sums(self.plan.loss, &self.plan.weighting, self.plan.task, &alone).loss as f32
    }
}

#[cfg(feature = "look")]
fn copy(numbers: &[f32]) -> Vec<f32> {
    numbers.to_vec()
}

#[cfg(feature = "look")]
fn copy_features(lanes: &[f32x4], n: usize, rows: usize) -> Vec<f32> {
    let mut to = vec![0.0; lanes.len() / n * rows];
    copy_rows(lanes, n, 0, rows, rows, &mut to);
    to
}

/// Copies features, less their padding, into rows `first..first + count` of `all`.
fn copy_rows(lanes: &[f32x4], n: usize, first: usize, count: usize, all: usize, to: &mut [f32]) {
    for (lanes, to) in lanes.chunks_exact(n).zip(to.chunks_exact_mut(all)) {
        to[first..first + count].copy_from_slice(&bytemuck::cast_slice(lanes)[..count]);
    }
}

#[cfg(feature = "look")]
fn splat_row(features: &[f32], row: usize, rows: usize) -> Vec<f32x4> {
    features.chunks_exact(rows).map(|feature| f32x4::splat(feature[row])).collect()
}
