//! The derivative of the mean loss in each output.

use super::Dual;
use super::activation::logistic;
use crate::nn::{ClassWeighting, Loss, Plan};

/// Writes `∂L/∂outputs` for rows whose part of the mean is 1 / `denominator` each, or by the weight of their class.
///
/// # Shapes
/// `outputs`, `d`: `[outputs][n]` · `targets`: `[n]` rows of `[target_width]`
pub fn gradient(plan: &Plan, outputs: &[Dual], targets: &[&[f32]], d: &mut [Dual], denominator: f64) {
    let n = targets.len();
    let features = outputs.len() / n;
    for (row, targets) in targets.iter().enumerate() {
        if plan.loss == Loss::CategoricalCrossEntropy {
            let logits = (0..features).map(|k| outputs[k * n + row]);
            categorical(&plan.weighting, logits, targets[0] as usize, |k, slope| {
                d[k * n + row] = slope.times(1.0 / denominator);
            });
        } else {
            for (k, &target) in targets.iter().enumerate() {
                let slope = element(plan.loss, &plan.weighting, outputs[k * n + row], target.into());
                d[k * n + row] = slope.times(1.0 / (denominator * features as f64));
            }
        }
    }
}

/// `p[c]·Σq − q[c]` for the targets `q[c] = (1 − ε)·w[y]·[c = y] + ε·w[c] / K`.
fn categorical(
    weighting: &ClassWeighting,
    logits: impl Iterator<Item = Dual> + Clone,
    class: usize,
    mut then: impl FnMut(usize, Dual),
) {
    let largest = logits.clone().fold(f64::NEG_INFINITY, |largest, z| largest.max(z.value));
    let power = |z: Dual| {
        let e = libm::exp(z.value - largest);
        z.through(e, e)
    };
    let total = logits.clone().fold(Dual::ZERO, |sum, z| sum + power(z));
    let smoothing = f64::from(weighting.smoothing);
    let weight = |class: usize| f64::from(weighting.weight(class));
    let classes = logits.clone().count();
    let target = |k: usize| {
        let own = if k == class { (1.0 - smoothing) * weight(class) } else { 0.0 };
        own + smoothing / classes as f64 * weight(k)
    };
    let mass: f64 = (0..classes).map(target).sum();
    for (k, logit) in logits.enumerate() {
        then(k, (power(logit) * total.inverse()).times(mass) - Dual::constant(target(k)));
    }
}

/// The derivative of one output's loss; at a kink the engine's.
fn element(loss: Loss, weighting: &ClassWeighting, o: Dual, t: f64) -> Dual {
    let e = o - Dual::constant(t);
    // −1, 0 or 1; NaN stays NaN
    let sign = Dual::constant(if e.value == 0.0 { 0.0 } else { e.value.signum() });
    match loss {
        Loss::Mse => e.times(2.0),
        Loss::HalfMse => e,
        Loss::Mae => sign,
        Loss::Huber if e.value.abs() < 1.0 => e,
        Loss::Huber => sign,
        Loss::Hinge if 1.0 - o.value * t > 0.0 => Dual::constant(-t),
        Loss::Hinge => Dual::constant(0.0 * o.value),
        // Categorical cross-entropy needs all logits of a row: its caller knows.
        Loss::BinaryCrossEntropy | Loss::CategoricalCrossEntropy => {
            let smoothing = f64::from(weighting.smoothing);
            let own = f64::from(weighting.weight(t as usize)) * (1.0 - smoothing);
            let share = |k: usize| smoothing / 2.0 * f64::from(weighting.weight(k));
            let (yes, no) = (own * t + share(1), own * (1.0 - t) + share(0));
            let [s, d, _] = logistic(o.value);
            o.through(s, d).times(yes + no) - Dual::constant(yes)
        }
    }
}
