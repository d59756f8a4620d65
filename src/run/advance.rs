//! The loop: step after step, epoch after epoch, until a clause of the stop contract holds.

use super::{Kept, Part, Progress, Run, Status};
use crate::train::Stop;
use crate::train::stop::{Best, Measured};

impl Run {
    /// Takes up to `steps` steps; fewer when the run ends first.
    pub fn advance(&mut self, steps: u64) -> Progress {
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
        if budget_ms <= 0.0 {
            return self.advance(steps);
        }
        let (start, first) = (now(), self.step);
        let mut chunk = 1;
        loop {
            let before = self.step;
            let left = steps - (before - first);
            self.advance(chunk.min(left));
            let (taken, elapsed) = (self.step - first, now() - start);
            if self.step == before || taken >= steps || elapsed >= budget_ms {
                return self.progress();
            }
            // Aim for a quarter of what is left, so that the last chunk overshoots little.
            let fits = (budget_ms - elapsed) / 4.0 * taken as f64 / elapsed.max(1e-3);
            chunk = (fits as u64).clamp(1, chunk * 2);
        }
    }

    /// One update; `false` when the run is over.
    fn take_step(&mut self) -> bool {
        match self.status {
            Status::Finished(_) | Status::Diverged => return false,
            Status::Ready | Status::Training => {}
        }
        let epoch = self.batches.epoch();
        if self.epoch_rows == 0 {
            if Kept::is_sound(&self.engine) {
                self.fallback.take(&self.engine);
            }
            self.hyper.learning_rate = self.learning_rate();
        }
        let rows = self.batches.next();
        let loss = self.engine.step(rows, &self.hyper, self.step + 1);
        if !loss.is_finite() {
            self.diverge();
            return false;
        }
        self.step += 1;
        self.status = Status::Training;
        self.epoch_loss += loss * rows.len() as f64;
        self.epoch_rows += rows.len();
        self.training_loss = self.epoch_loss / self.epoch_rows as f64;
        if self.batches.epoch() > epoch {
            self.end_epoch();
        }
        true
    }

    fn end_epoch(&mut self) {
        self.epoch_loss = 0.0;
        self.epoch_rows = 0;
        let epoch = self.batches.epoch();
        self.spec.training.schedule.observe(self.training_loss, &mut self.plateau);
        self.record_point(epoch);
        let measured = self.spec.training.stop.needs_measuring().then(|| self.measure());
        if let Some(loss) = measured.as_ref().and_then(Stop::watched) {
            self.remember_if_best(Best { epoch, loss });
        }
        let best = self.best.as_ref().map(|(best, _)| best);
        if let Some(reason) = self.spec.training.stop.check(epoch, measured.as_ref(), best) {
            self.status = Status::Finished(reason);
            if let (true, Some((_, kept))) = (self.spec.training.stop.restore_best, &self.best) {
                kept.give_back(&mut self.engine);
            }
        }
    }

    fn measure(&mut self) -> Measured {
        let test = self.evaluate(Part::Test);
        Measured {
            training_loss: self.evaluate(Part::Train).map(|metrics| metrics.loss),
            validation_loss: self.evaluate(Part::Validation).map(|metrics| metrics.loss),
            test_loss: test.map(|metrics| metrics.loss),
            test_accuracy: test.and_then(|metrics| metrics.accuracy),
        }
    }

    fn remember_if_best(&mut self, now: Best) {
        match &mut self.best {
            None => self.best = Some((now, Kept::of(&self.engine))),
            Some((best, kept)) if now.loss < best.loss => {
                *best = now;
                kept.take(&self.engine);
            }
            Some(_) => {}
        }
    }

    /// The engine skipped the update of a loss that isn't finite; an earlier one may still have overflowed, and
    /// the batch norms have seen what led to it.
    fn diverge(&mut self) {
        self.status = Status::Diverged;
        if !Kept::is_sound(&self.engine) {
            self.fallback.give_back(&mut self.engine);
        }
    }
}
