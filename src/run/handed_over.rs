//! What a run hands over to other engines beside its parameters, and takes from them.

use super::{Run, WeightsSnapshot, check_finite};
use crate::error::{Error, Result};

impl Run {
    /// The optimizer's state, `[slots, parameters padded to fours]`.
    pub fn optimizer_state(&self) -> &[f32] {
        self.engine.state()
    }

    /// Running means and variances of batch norm, as [`BatchNorm::running`](crate::nn::layers::BatchNorm) has them.
    pub fn running_statistics(&self) -> &[f32] {
        self.engine.buffers()
    }

    /// Parameters that no step changes, by their indices.
    pub fn frozen(&self) -> Vec<u32> {
        self.engine.frozen().collect()
    }

    /// Takes somebody else's weights and running statistics. The optimizer's state and the progress stay, and an update
    /// that overflows falls back on these weights.
    ///
    /// # Errors
    /// Other lengths than the model has, or a number that isn't finite; the run then stays as it was.
    pub fn take_weights(&mut self, parameters: &[f32], running: &[f32]) -> Result<()> {
        let own = self.engine.buffers().len();
        if running.len() != own {
            return Err(Error::Length { what: "running statistics", expected: own, got: running.len() });
        }
        running.iter().enumerate().try_for_each(|(index, &value)| check_finite(index, value))?;
        self.set_parameters(parameters)?;
        self.engine.buffers_mut().copy_from_slice(running);
        self.fallback = WeightsSnapshot::of(&self.engine);
        Ok(())
    }
}
