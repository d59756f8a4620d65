//! Cross-entropy on the CPU, from logits: stable however large they are.
//!
//! With smoothing ε and class weights w, a row of class y has the targets `q[c] = (1 − ε)·w[y]·[c = y] + ε·w[c] / K`
//! and the loss `−Σ q[c]·ln p[c]`; its derivative is `p[c]·Σq − q[c]`. Plain, q is 1 at y and 0 elsewhere.

use super::loss::Batch;
use crate::math;
use crate::nn::ClassWeighting;
use wide::f32x4;

/// The loss of the four rows of vector `r`. Hands out the derivative by each logit.
pub fn categorical(
    batch: &Batch,
    weighting: &ClassWeighting,
    r: usize,
    mut derivative: impl FnMut(usize, f32x4),
) -> f32x4 {
    let (n, class) = (batch.n, batch.targets[r]);
    let logits = || batch.outputs[r..].iter().step_by(n);
    let largest = logits().fold(batch.outputs[r], |m, &z| z.simd_ge(m).bitselect(z, m));
    let total = logits().fold(f32x4::ZERO, |sum, &z| sum + math::exp(z - largest));
    let log_total = math::ln(total) + largest;
    if weighting.is_plain() {
        let mut value = log_total;
        for (k, &logit) in logits().enumerate() {
            let hit = indicator(class, k);
            value -= hit * logit;
            derivative(k, math::exp(logit - largest) / total - hit);
        }
        return value;
    }
    let classes = logits().count();
    let own = row_weights(weighting, class) * (1.0 - weighting.smoothing);
    let share = |k: usize| weighting.smoothing / classes as f32 * weighting.weight(k);
    let mass = own + (0..classes).map(share).sum::<f32>();
    let mut value = f32x4::ZERO;
    for (k, &logit) in logits().enumerate() {
        let target = own * indicator(class, k) + share(k);
        value += target * (log_total - logit);
        derivative(k, math::exp(logit - largest) / total * mass - target);
    }
    value
}

/// The loss of one logit `o` whose sigmoid is the probability of class 1, and its derivative.
#[inline(always)]
pub fn binary(weighting: &ClassWeighting, o: f32x4, class: f32x4) -> (f32x4, f32x4) {
    // −t·ln σ(o) − (1 − t)·ln(1 − σ(o)), without ever taking the logarithm of a rounded 0
    if weighting.is_plain() {
        return (math::softplus(o) - class * o, math::sigmoid(o) - class);
    }
    let own = row_weights(weighting, class) * (1.0 - weighting.smoothing);
    let share = |k: usize| weighting.smoothing / 2.0 * weighting.weight(k);
    let (yes, no) = (own * class + share(1), own * (f32x4::ONE - class) + share(0));
    let loss = yes * math::softplus(-o) + no * math::softplus(o);
    (loss, math::sigmoid(o) * (yes + no) - yes)
}

/// The class weight of each row.
#[inline]
pub fn row_weights(weighting: &ClassWeighting, classes: f32x4) -> f32x4 {
    if weighting.class_weights.is_empty() {
        return f32x4::ONE;
    }
    f32x4::new(classes.to_array().map(|class| weighting.weight(class as usize)))
}

/// 1 where the class index in `classes` is `k`, else 0.
fn indicator(classes: f32x4, k: usize) -> f32x4 {
    classes.simd_eq(f32x4::splat(k as f32)).bitselect(f32x4::ONE, f32x4::ZERO)
}
