//! Images of a training step, varied on their way into the arena.

use super::CpuEngine;
use super::arena::gather_range;
use crate::data::Variants;

/// How they are varied, and room for the images of the largest batch.
#[derive(Clone)]
pub struct Varied {
    variants: Variants,
    key: u32,
    room: Vec<f32>,
}

impl CpuEngine {
    /// From now on training steps, of at most `batch_size` rows, take varied images.
    pub fn vary(&mut self, variants: Variants, batch_size: usize) {
        let room = vec![0.0; batch_size * self.plan.input.len];
        self.varied = Some(Varied { key: variants.key(0), variants, room });
    }

    /// The next step is one of `epoch`.
    pub fn vary_for(&mut self, epoch: u32) {
        if let Some(varied) = &mut self.varied {
            varied.key = varied.variants.key(epoch);
        }
    }

    /// A row as the steps of `epoch` take it.
    pub fn variant(&self, row: u32, epoch: u32) -> Vec<f32> {
        let image = &self.inputs[row as usize * self.plan.input.len..][..self.plan.input.len];
        let mut to = image.to_vec();
        if let Some(Varied { variants, .. }) = &self.varied {
            variants.vary(image, variants.key(epoch), row, &mut to);
        }
        to
    }

    /// Puts the varied images of a batch in the place of those that were loaded.
    pub(super) fn load_varied(&mut self, rows: &[u32]) {
        let Some(Varied { variants, key, room }) = &mut self.varied else { return };
        let width = self.plan.input.len;
        for (&row, to) in rows.iter().zip(room.chunks_exact_mut(width)) {
            variants.vary(&self.inputs[row as usize * width..][..width], *key, row, to);
        }
        let place = self.plan.input.times(self.values.n);
        gather_range(room, width, 0, rows.len(), &mut self.values.values[place]);
    }
}
