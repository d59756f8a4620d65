//! What makes a model's predictions, put aside to be wanted back: parameters and running statistics.

use crate::engine::cpu::CpuEngine;

/// A copy of an engine's parameters and running statistics.
pub(super) struct WeightsSnapshot {
    parameters: Vec<f32>,
    buffers: Vec<f32>,
}

impl WeightsSnapshot {
    pub(super) fn of(engine: &CpuEngine) -> WeightsSnapshot {
        WeightsSnapshot { parameters: engine.parameters().to_vec(), buffers: engine.buffers().to_vec() }
    }

    /// From the numbers of [`arrays`](Self::arrays), of which the first `parameters` are parameters.
    pub(super) fn read(numbers: &[f32], parameters: usize) -> WeightsSnapshot {
        let (parameters, buffers) = numbers.split_at(parameters);
        WeightsSnapshot { parameters: parameters.to_vec(), buffers: buffers.to_vec() }
    }

    pub(super) fn arrays(&self) -> [&[f32]; 2] {
        [&self.parameters, &self.buffers]
    }

    /// Copies again, into the same memory.
    pub(super) fn copy_from(&mut self, engine: &CpuEngine) {
        self.parameters.copy_from_slice(engine.parameters());
        self.buffers.copy_from_slice(engine.buffers());
    }

    pub(super) fn restore_into(&self, engine: &mut CpuEngine) {
        engine.parameters_mut().copy_from_slice(&self.parameters);
        engine.buffers_mut().copy_from_slice(&self.buffers);
    }

    /// Whether all that would be copied is finite.
    pub(super) fn is_finite(engine: &CpuEngine) -> bool {
        engine.parameters().iter().chain(engine.buffers()).all(|x| x.is_finite())
    }
}
