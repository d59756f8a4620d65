//! Checkpoints that may be handed on while nobody has looked at the test rows: none of their figures is in them.

use super::checkpoint::pack;
use super::{Run, WeightsSnapshot};
use crate::json::Value;
use crate::train::Stop;

/// Integers of a point of the curve in a checkpoint's header; the last one is the test loss.
const POINT: usize = 3;

/// Integers of a run's progress in a checkpoint's header when it has a best epoch; the last one is that epoch's loss.
const PROGRESS_WITH_BEST: usize = 13;

impl Run {
    /// A [`checkpoint`](Self::checkpoint) without figures of test rows: the curve has NaN for each of their losses, and
    /// so has the best epoch where it was chosen by them. [`restore`](Self::restore) finds the latter again from the
    /// weights of that epoch, so that training goes on bit for bit.
    pub fn checkpoint_without_test(&self) -> Vec<u8> {
        let nan = Value::from(f64::NAN.to_bits());
        let mut header = self.header();
        if let Some(curve) = header["curve"].as_array_mut() {
            curve.iter_mut().skip(POINT - 1).step_by(POINT).for_each(|loss| *loss = nan.clone());
        }
        if self.split.validation.is_empty()
            && let Some(progress) = header["book"].as_array_mut()
            && progress.len() == PROGRESS_WITH_BEST
        {
            progress[PROGRESS_WITH_BEST - 1] = nan;
        }
        pack(&header, &self.arrays())
    }

    /// Measures the best epoch again where its loss was withheld.
    pub(super) fn find_withheld(&mut self) {
        if !self.progress.best.is_some_and(|best| best.loss.is_nan()) {
            return;
        }
        let Some(best) = self.best.take() else { return };
        let now = WeightsSnapshot::of(&self.engine);
        best.restore_into(&mut self.engine);
        let loss = Stop::watched(&self.measure());
        now.restore_into(&mut self.engine);
        self.best = Some(best);
        if let (Some(best), Some(loss)) = (&mut self.progress.best, loss) {
            best.loss = loss;
        }
    }
}
