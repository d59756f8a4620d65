//! Why a run is over, in a sentence; where it learned nothing, with what is far from unit scale.

use super::{Run, Status};
use crate::data::{Scale, Task};
use crate::error::decimal;
use crate::math::scalar;
use crate::nn::Loss;
use crate::train::StopReason;

/// Targets whose mean or deviation is larger than this are far from unit scale, and so are inputs beyond [`FAR_INPUT`].
const FAR_TARGET: f64 = 10.0;
const FAR_INPUT: f64 = 100.0;
/// The share of the loss of predicting the mean that has to go before a run counts as having learned anything.
const LEARNED: f64 = 0.01;

impl Run {
    /// Why the run is over, a clause without a full stop; empty while it goes on. Where it diverged or learned nothing, a
    /// sentence follows that names targets or inputs far from unit scale, with their size and what to do.
    pub fn reason(&self) -> String {
        let plain = match self.progress.status {
            Status::Ready | Status::Training => return String::new(),
            Status::Finished(StopReason::MaxEpochs) => "the agreed number of epochs is done",
            Status::Finished(StopReason::Goal) => return "the goal is reached".into(),
            Status::Finished(StopReason::Patience) => "the loss no longer gets better",
            Status::Diverged => "the loss is no longer a finite number",
        };
        if self.has_learned() {
            return plain.into();
        }
        let cause = self.far_target().or_else(|| self.far_input());
        cause.map_or(plain.into(), |cause| format!("{plain}. {cause}"))
    }

    /// Whether the loss is below that of the best constant prediction; so also where that isn't known.
    fn has_learned(&self) -> bool {
        let plan = self.plan();
        let baseline = match (plan.loss, plan.task) {
            (_, Task::Regression { targets: width }) => {
                let mean_of =
                    |of: fn(f64) -> f64| (0..width).map(|k| of(self.spread(k).1)).sum::<f64>() / width as f64;
                match plan.loss {
                    Loss::Mse => mean_of(|d| d * d),
                    Loss::HalfMse => mean_of(|d| d * d / 2.0),
                    _ => mean_of(|d| 0.8 * d), // of a normal distribution
                }
            }
            (Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy, Task::Classification { classes })
                if plan.weighting.class_weights.is_empty() =>
            {
                let share = |class: usize| {
                    let is_in = |&&row: &&u32| self.data.targets[row as usize] == class as f64;
                    self.split.train.iter().filter(is_in).count() as f64 / self.split.train.len() as f64
                };
                let entropy = |p: f64| if p > 0.0 { -p * f64::from(scalar::ln(p as f32)) } else { 0.0 };
                (0..classes).map(|class| entropy(share(class))).sum()
            }
            _ => f64::INFINITY,
        };
        self.progress.status != Status::Diverged && self.progress.training_loss < (1.0 - LEARNED) * baseline
    }

    /// Mean and standard deviation of a target over the training rows, as the model learns it.
    fn spread(&self, target: usize) -> (f64, f64) {
        let (_, targets) = self.engine.examples();
        let width = targets.len() / self.data.rows();
        let values = || self.split.train.iter().map(|&row| f64::from(targets[row as usize * width + target]));
        let count = self.split.train.len() as f64;
        let mean = values().sum::<f64>() / count;
        (mean, (values().map(|t| (t - mean) * (t - mean)).sum::<f64>() / count).sqrt())
    }

    /// Targets that are learned as they are given, and lie far from unit scale.
    fn far_target(&self) -> Option<String> {
        let Task::Regression { targets } = self.data.task else { return None };
        let mut all = (0..targets).map(|target| self.spread(target));
        let (mean, deviation) = all.find(|(mean, deviation)| mean.abs().max(*deviation) > FAR_TARGET)?;
        let divide =
            if deviation > 0.0 { format!(" and divide by {}", brief(deviation)) } else { String::new() };
        let [mean, deviation] = [mean, deviation].map(brief);
        Some(format!(
            "The targets are far from unit scale (mean {mean}, standard deviation {deviation}). Subtract \
             {mean}{divide} before training, or lower the learning rate."
        ))
    }

    /// Inputs that are learned from without scaling.
    fn far_input(&self) -> Option<String> {
        let (inputs, _) = self.engine.examples();
        let width = self.encoder.width();
        let of = |row: u32| inputs[row as usize * width..][..width].iter().enumerate();
        let all = self.split.train.iter().flat_map(|&row| of(row));
        let (column, most) =
            all.fold(
                (0, 0.0_f32),
                |(at, most), (column, x)| {
                    if x.abs() > most { (column, x.abs()) } else { (at, most) }
                },
            );
        (self.spec.data.scale == Scale::None && f64::from(most) > FAR_INPUT).then(|| {
            let name = self
                .features()
                .get(column)
                .map_or("An input".into(), |f| format!("\"{}\"", f.label(&self.data)));
            let most = brief(most.into());
            format!("{name} reaches {most} unscaled. Choose standard scaling (data.scale: \"standard\").")
        })
    }
}

/// Three digits that count.
fn brief(number: f64) -> String {
    let size = number.abs();
    let mut unit = 1.0;
    while size >= 1000.0 * unit {
        unit *= 10.0;
    }
    while size > 0.0 && size < 100.0 * unit && unit > 1e-9 {
        unit /= 10.0;
    }
    // Dividing by a whole power of ten keeps 0.1 from being 0.1000000000000001.
    decimal(if unit < 1.0 {
        (number / unit).round() / (1.0 / unit).round()
    } else {
        (number / unit).round() * unit
    })
}
