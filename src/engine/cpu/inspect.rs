//! What stands in the arenas: for who wants to look inside a model, or inside an update.

use super::arena::{Arena, gather_range, vectors};
use super::{CHUNK, CpuEngine, Mode, loss};
use crate::engine::Hyper;
use wide::f32x4;

/// One update as the engine takes it. A unit is an output of a layer with weights, after its activation.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// Mean loss of the batch before the update.
    pub loss: f64,
    /// Loss of each row.
    pub losses: Vec<f32>,
    /// Encoded inputs, `[row][input]`.
    pub inputs: Vec<f32>,
    /// Encoded targets, `[row][target]`.
    pub targets: Vec<f32>,
    /// `[unit][row]`
    pub values: Vec<f32>,
    /// Derivative of the mean loss in what a unit's activation is given, `[unit][row]`.
    pub deltas: Vec<f32>,
    /// Gradient of the mean loss.
    pub gradient: Vec<f32>,
    /// The same after penalties, freezing and clipping, as the optimiser is given it.
    pub step_gradient: Vec<f32>,
    /// The parameters after the update.
    pub after: Vec<f32>,
    /// The optimiser's state before and after, `[slots, parameters padded to fours]`.
    pub state: [Vec<f32>; 2],
}

impl CpuEngine {
    /// What each unit gives for new encoded rows in evaluation, `[unit][row]`.
    pub fn activations(&mut self, inputs: &[f32]) -> Vec<f32> {
        let width = self.plan.input.len;
        let rows = inputs.len() / width;
        let mut to = vec![];
        for first in (0..rows).step_by(CHUNK) {
            let count = CHUNK.min(rows - first);
            self.values.n = vectors(count);
            let place = self.plan.input.times(self.values.n);
            gather_range(inputs, width, first, count, &mut self.values.values[place]);
            self.forward(count, Mode::Evaluate);
            self.read_units(&self.values, first..first + count, rows, &mut to);
        }
        to
    }

    /// Takes a step as [`step`](Self::step) does, tells all about it, and takes it back.
    pub fn look(&mut self, rows: &[u32], hyper: &Hyper, step: u64) -> Update {
        let kept =
            (self.parameters.clone(), self.state.clone(), self.buffers.clone(), self.gradients.clone());
        let loss = self.differentiate(rows, step);
        let gradient = self.flat_gradient();
        let n = rows.len();
        let (mut values, mut deltas) = (vec![], vec![]);
        self.read_units(&self.values, 0..n, n, &mut values);
        self.read_units(&self.d_values, 0..n, n, &mut deltas);
        let losses = (0..n).map(|row| self.loss_of(row)).collect();
        if loss.is_finite() {
            self.update(hyper, step);
        }
        let step_gradient = self.flat_gradient();
        let after = self.parameters().to_vec();
        let state = self.state().to_vec();
        (self.parameters, self.state, self.buffers, self.gradients) = kept;
        let examples = |all: &[f32], width: usize| -> Vec<f32> {
            rows.iter().flat_map(|&row| &all[row as usize * width..][..width]).copied().collect()
        };
        Update {
            loss,
            losses,
            inputs: examples(&self.inputs, self.plan.input.len),
            targets: examples(&self.targets, self.target_width),
            values,
            deltas,
            gradient,
            step_gradient,
            after,
            state: [self.state().to_vec(), state],
        }
    }

    pub(super) fn flat_gradient(&self) -> Vec<f32> {
        bytemuck::cast_slice(&self.gradients)[..self.plan.parameters].to_vec()
    }

    /// Puts the rows at hand into `to`, as `rows` of `all`.
    fn read_units(&self, arena: &Arena, rows: std::ops::Range<usize>, all: usize, to: &mut Vec<f32>) {
        let n = arena.n;
        let units = self.plan.layers().flat_map(|op| op.output.start..op.output.start + op.output.len);
        for (unit, feature) in units.enumerate() {
            let lanes: &[f32] = bytemuck::cast_slice(&arena.values[feature * n..][..n]);
            if to.len() <= unit * all {
                to.resize((unit + 1) * all, 0.0);
            }
            to[unit * all..][rows.clone()].copy_from_slice(&lanes[..rows.len()]);
        }
    }

    /// The loss of one row of the batch at hand.
    fn loss_of(&self, row: usize) -> f32 {
        let batch = self.batch(row + 1);
        let one = |features: &[f32x4]| -> Vec<f32x4> {
            features.chunks(batch.n).map(|lanes| f32x4::splat(lanes[row / 4].to_array()[row % 4])).collect()
        };
        let (outputs, targets) = (one(batch.outputs), one(batch.targets));
        let alone = loss::Batch { outputs: &outputs, targets: &targets, rows: 1, n: 1 };
        loss::sums(self.plan.loss, &self.plan.emphasis, self.plan.task, &alone).loss as f32
    }
}
