//! The second half of a step: what happens to a gradient, and the update.

use super::CpuEngine;
use crate::engine::Hyper;
use crate::train::gradient::{is_pruned, norm, penalise, prune};
use crate::train::{L1Rule, Penalty};
use std::ops::Range;

impl CpuEngine {
    /// Parameters that no step changes.
    pub fn frozen(&self) -> impl Iterator<Item = u32> {
        self.frozen.iter().map(|&(index, _)| index)
    }

    /// Lets the parameters at `indices` keep their value from now on, and all others move.
    pub fn freeze(&mut self, indices: impl IntoIterator<Item = u32>) {
        self.frozen = indices.into_iter().map(|index| (index, 0.0)).collect();
    }

    /// Gets ready for updates with `penalty`: none of them allocates.
    pub fn prepare(&mut self, penalty: Penalty) {
        if penalty.l1_rule == L1Rule::Prune {
            self.before = self.parameters.clone();
        }
    }

    /// The second half: penalties, clipping, and the update itself.
    pub(super) fn update(&mut self, hyper: &Hyper, step: u64) {
        let parameters: &[f32] = bytemuck::cast_slice(&self.parameters);
        let gradients = bytemuck::cast_slice_mut(&mut self.gradients);
        let (l1, shrink) = hyper.penalty.l1_split(hyper.learning_rate);
        penalise(gradients, parameters, &self.weights, l1, hyper.penalty.l2);
        if shrink.is_some() {
            let weights = self.weights.iter().flat_map(Range::clone);
            weights.filter(|&i| is_pruned(parameters[i])).for_each(|i| gradients[i] = 0.0);
            self.before.clear();
            self.before.extend_from_slice(&self.parameters);
        }
        for (index, held) in &mut self.frozen {
            gradients[*index as usize] = 0.0;
            *held = parameters[*index as usize];
        }
        hyper.clip.apply(gradients);
        let (parameters, state) = (&mut self.parameters, &mut self.state);
        hyper.optimizer.update(parameters, &self.gradients, state, hyper.learning_rate, step);
        // Momentum and weight decay would move them even without a gradient.
        let parameters: &mut [f32] = bytemuck::cast_slice_mut(parameters);
        if let Some(shrink) = shrink {
            prune(parameters, bytemuck::cast_slice(&self.before), &self.weights, shrink as f32);
        }
        self.frozen.iter().for_each(|&(index, held)| parameters[index as usize] = held);
    }

    /// Euclidean norm of the last step's gradient, after penalties and clipping.
    pub fn gradient_norm(&self) -> f64 {
        norm(self.gradients())
    }
}
