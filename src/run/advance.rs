//! The loop on the CPU: step after step, epoch after epoch, until a clause of the stop contract holds.

use super::{Part, Point, Progress, Run, WeightsSnapshot};
#[cfg(feature = "look")]
use crate::engine::cpu::{Gradient, ShardSum};
use crate::train::stop::Measured;
#[cfg(feature = "look")]
use std::rc::Rc;

impl Run {
    /// Takes up to `steps` steps; fewer when the run ends first. On the GPU it records the steps that came back and
    /// asks for more, without waiting: then the steps it tells of are those of earlier calls.
    pub fn advance(&mut self, steps: u64) -> Progress {
        #[cfg(feature = "gpu")]
        if self.device.is_some() {
            return self.advance_on_device(steps, &mut || f64::NAN);
        }
        #[cfg(feature = "look")]
        self.engine.know_nothing();
        for _ in 0..steps {
            if !self.take_step() {
                break;
            }
        }
        self.progress()
    }

    /// The same within a budget of time: `now` tells milliseconds and is asked now and then between steps.
    /// A budget of 0 means none. Where it stops never changes what is computed.
    pub fn advance_within(&mut self, steps: u64, budget_ms: f64, mut now: impl FnMut() -> f64) -> Progress {
        #[cfg(feature = "gpu")]
        if self.device.is_some() {
            return self.advance_on_device(steps, &mut now);
        }
        if budget_ms <= 0.0 {
            return self.advance(steps);
        }
        let (start, first) = (now(), self.progress.step);
        let mut chunk = 1;
        loop {
            let before = self.progress.step;
            let left = steps - (before - first);
            self.advance(chunk.min(left));
            let (taken, elapsed) = (self.progress.step - first, now() - start);
            if self.progress.step == before || taken >= steps || elapsed >= budget_ms {
                return self.progress();
            }
            // Aim for a quarter of what is left, so that the last chunk overshoots little.
            let fits = (budget_ms - elapsed) / 4.0 * taken as f64 / elapsed.max(1e-3);
            chunk = (fits as u64).clamp(1, chunk * 2);
        }
    }

    /// Into how many shards the next batch is cut: 1 where the run is over, and on the GPU.
    #[cfg(feature = "look")]
    pub fn shards(&mut self) -> usize {
        #[cfg(feature = "gpu")]
        if self.device.is_some() {
            return 1;
        }
        if self.progress.is_over() {
            return 1;
        }
        self.engine.shards(self.batches.upcoming().len())
    }

    /// The gradients of the shards `shards` of the next batch, added as one step alone adds them: told to `tell`, and kept
    /// for [`advance_summed`](Self::advance_summed), as long as nothing else happens to the run.
    #[cfg(feature = "look")]
    pub fn sum_shards(&mut self, shards: std::ops::Range<usize>, tell: &mut dyn FnMut(ShardSum<&[f32]>)) {
        #[cfg(feature = "layers")]
        self.engine.vary_for(self.batches.epoch());
        self.has_gradient = false;
        self.engine.sum_shards(self.batches.upcoming(), shards, self.progress.step + 1, tell);
    }

    /// Takes one step, for which others have computed the sums of some of its shards: what is neither among them nor was
    /// summed here is computed.
    #[cfg(feature = "look")]
    pub fn advance_summed(&mut self, sums: Vec<ShardSum<Rc<dyn Gradient>>>) -> Progress {
        #[cfg(feature = "gpu")]
        if self.device.is_some() {
            return self.advance(1);
        }
        if !self.progress.is_over() {
            self.engine.know(sums, self.batches.upcoming(), self.progress.step + 1);
            self.take_step();
        }
        self.progress()
    }

    /// One update; `false` when the run is over.
    fn take_step(&mut self) -> bool {
        if self.progress.is_over() {
            return false;
        }
        let epoch = self.batches.epoch();
        if self.progress.epoch_rows == 0 {
            if WeightsSnapshot::is_finite(&self.engine) {
                self.fallback.copy_from(&self.engine);
            }
            self.hyper.learning_rate = self.learning_rate();
        }
        self.has_gradient = true;
        #[cfg(feature = "layers")]
        self.engine.vary_for(epoch);
        let rows = self.batches.next();
        let loss = self.engine.step(rows, &self.hyper, self.progress.step + 1);
        if !self.progress.record_step(loss, rows.len()) {
            // The engine skipped the update of a loss that isn't finite; an earlier one may still have overflowed,
            // and the batch norms have seen what led to it.
            if !WeightsSnapshot::is_finite(&self.engine) {
                self.fallback.restore_into(&mut self.engine);
            }
            return false;
        }
        if self.batches.epoch() > epoch {
            self.end_epoch();
        }
        true
    }

    fn end_epoch(&mut self) {
        self.record_point(self.batches.epoch());
        let measured = self.spec.training.stop.needs_measuring().then(|| self.measure());
        if self.progress.end_epoch(&self.spec.training, measured.as_ref()) {
            match &mut self.best {
                None => self.best = Some(WeightsSnapshot::of(&self.engine)),
                Some(best) => best.copy_from(&self.engine),
            }
        }
        self.take_best_back();
    }

    pub(super) fn measure(&mut self) -> Measured {
        #[cfg(feature = "study")]
        if let Some(watched) = &self.watched {
            let held = self.engine.evaluate(watched).metrics(self.target_unit());
            return Measured::of([self.evaluate(Part::Train), held, held]);
        }
        Measured::of(Part::ALL.map(|part| self.evaluate(part)))
    }

    /// Adds the end of `epoch` to the curve, where it wants it.
    pub(super) fn record_point(&mut self, epoch: u32) {
        if !self.curve.as_ref().is_some_and(|curve| curve.wants(epoch)) {
            return;
        }
        let point = Point::of(epoch, |part| self.evaluate(part).map(|metrics| metrics.loss));
        if let Some(curve) = &mut self.curve {
            curve.push(point);
        }
    }
}
