//! What happens to a gradient before the update: penalties, then clipping. Also its norm, as a metric.

use std::ops::Range;

/// A bound on gradients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Clip {
    /// None.
    Off,
    /// All gradients together are scaled to at most this Euclidean norm (Pascanu et al. 2013).
    Norm(f64),
    /// Each number is held within ± this.
    Value(f64),
}

/// How the penalty `λ·|w|` treats a weight that reaches 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum L1Rule {
    /// Adds `λ·sign w` to the gradient: weights hover about 0.
    Subgradient,
    /// Moves the updated weight by `η·λ` towards 0, and prunes one that would cross it: 0 from then on. As TensorFlow
    /// Playground does; without the pruning it is the clipping of Tsuruoka et al. (2009).
    Prune,
}

/// What large weights cost: `λ₁·|w| + ½·λ₂·w²`, added to the loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalty {
    /// λ₁
    pub l1: f64,
    /// How it treats a weight that reaches 0.
    pub l1_rule: L1Rule,
    /// λ₂
    pub l2: f64,
}

impl Penalty {
    /// Whether nothing costs anything.
    pub fn is_none(&self) -> bool {
        self.l1 == 0.0 && self.l2 == 0.0
    }

    /// λ₁ in the gradient; and where weights are pruned, by how much they shrink after an update at that rate.
    pub fn l1_split(&self, learning_rate: f64) -> (f64, Option<f64>) {
        match self.l1_rule {
            L1Rule::Prune if self.l1 > 0.0 => (0.0, Some(learning_rate * self.l1)),
            _ => (self.l1, None),
        }
    }
}

/// A pruned weight: minus zero. No update arrives there by itself, and whatever keeps parameters keeps it.
pub const PRUNED: f32 = -0.0;

/// Whether an update left the weight pruned.
pub fn is_pruned(weight: f32) -> bool {
    weight.to_bits() == PRUNED.to_bits()
}

/// Moves updated weights of the given ranges by `shrink` towards 0, by the sign that they had `before` the update. One
/// that crosses 0 is pruned, one that was pruned stays it.
pub fn prune(weights: &mut [f32], before: &[f32], ranges: &[Range<usize>], shrink: f32) {
    for range in ranges {
        for (w, &old) in weights[range.clone()].iter_mut().zip(&before[range.clone()]) {
            let shrunk = *w - shrink * sign(old);
            let crosses = (*w < 0.0 && shrunk > 0.0) || (*w > 0.0 && shrunk < 0.0);
            *w = if crosses || is_pruned(old) { PRUNED } else { shrunk };
        }
    }
}

fn sign(w: f32) -> f32 {
    if w == 0.0 { 0.0 } else { 1_f32.copysign(w) }
}

/// Added to the norm before dividing, as in PyTorch.
const EPSILON: f64 = 1e-6;

/// Adds `λ₂·w + λ₁·sign w` to the gradients of the given ranges of weights.
pub fn penalise(gradients: &mut [f32], weights: &[f32], ranges: &[Range<usize>], l1: f64, l2: f64) {
    if l1 == 0.0 && l2 == 0.0 {
        return;
    }
    let (l1, l2) = (l1 as f32, l2 as f32);
    for range in ranges {
        for (g, &w) in gradients[range.clone()].iter_mut().zip(&weights[range.clone()]) {
            *g += l2 * w + l1 * sign(w);
        }
    }
}

/// Euclidean norm, summed in f64 in order.
pub fn norm(gradients: &[f32]) -> f64 {
    gradients.iter().map(|&g| f64::from(g) * f64::from(g)).sum::<f64>().sqrt()
}

impl Clip {
    /// Bounds the gradients.
    #[inline]
    pub fn apply(self, gradients: &mut [f32]) {
        match self {
            Clip::Off => {}
            Clip::Norm(most) => {
                let factor = most / (norm(gradients) + EPSILON);
                if factor < 1.0 {
                    let factor = factor as f32;
                    gradients.iter_mut().for_each(|g| *g *= factor);
                }
            }
            Clip::Value(most) => {
                let most = most as f32;
                // As `clamp` has it, less its panic: that prints its bounds, by code of 20 KB that nothing else needs.
                let clip = |g: f32| if g.abs() > most { most.copysign(g) } else { g };
                gradients.iter_mut().for_each(|g| *g = clip(*g));
            }
        }
    }
}
