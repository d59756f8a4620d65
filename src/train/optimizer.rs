//! Optimizers: the rule that turns a gradient into a step, with PyTorch's meaning of every constant.

use crate::math::powu;
use wide::f32x4;

/// An update rule. Its state is [`Optimizer::slots`] numbers a parameter, all 0 at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Optimizer {
    /// `v ← μ·v + g`, `w ← w − η·v`; with `nesterov`, `w ← w − η·(g + μ·v)` (Sutskever et al. 2013)
    Sgd {
        /// μ; 0 is plain gradient descent.
        momentum: f64,
        /// Look ahead along the momentum.
        nesterov: bool,
    },
    /// `s ← s + g²`, `w ← w − η·g / (√s + ε)` (Duchi et al. 2011)
    Adagrad {
        /// ε
        epsilon: f64,
    },
    /// `s ← α·s + (1 − α)·g²`, `w ← w − η·g / (√s + ε)` (Hinton 2012)
    Rmsprop {
        /// α
        alpha: f64,
        /// ε, outside the root
        epsilon: f64,
    },
    /// Adam (Kingma & Ba 2015); with a weight decay, AdamW (Loshchilov & Hutter 2019)
    Adam {
        /// Decay of the mean of gradients.
        beta1: f64,
        /// Decay of the mean of squared gradients.
        beta2: f64,
        /// Keeps the division finite.
        epsilon: f64,
        /// λ of `w ← w − η·λ·w` before each step, on every parameter.
        weight_decay: f64,
    },
}

const ADAMW: &[&str] = &[
    "m ← β1·m + (1 − β1)·g",
    "v ← β2·v + (1 − β2)·g^2",
    "m̂ = m / (1 − β1^t)",
    "v̂ = v / (1 − β2^t)",
    "w ← w − η·λ·w",
    "w ← w − η·m̂ / (√v̂ + ε)",
];
const ADAM: &[&str] = &[ADAMW[0], ADAMW[1], ADAMW[2], ADAMW[3], ADAMW[5]];

impl Optimizer {
    /// What the constants are called in the rules, and in the Spec.
    pub const SYMBOLS: [(&'static str, &'static str); 6] = [
        ("β1", "beta1"),
        ("β2", "beta2"),
        ("μ", "momentum"),
        ("α", "alpha"),
        ("ε", "epsilon"),
        ("λ", "weightDecay"),
    ];

    /// The rule line by line, as [`update`](Self::update) works it out: w is the parameter, g its gradient, η the rate, t
    /// the step; m, v and s are its state in the order of the slots, all else are the constants.
    pub fn rule(&self) -> &'static [&'static str] {
        match *self {
            Optimizer::Sgd { momentum: 0.0, .. } => &["w ← w − η·g"],
            Optimizer::Sgd { nesterov: false, .. } => &["v ← μ·v + g", "w ← w − η·v"],
            Optimizer::Sgd { .. } => &["v ← μ·v + g", "w ← w − η·(g + μ·v)"],
            Optimizer::Adagrad { .. } => &["s ← s + g^2", "w ← w − η·g / (√s + ε)"],
            Optimizer::Rmsprop { .. } => &["s ← α·s + (1 − α)·g^2", "w ← w − η·g / (√s + ε)"],
            Optimizer::Adam { weight_decay: 0.0, .. } => ADAM,
            Optimizer::Adam { .. } => ADAMW,
        }
    }

    /// Numbers of state a parameter.
    pub fn slots(&self) -> usize {
        match self {
            Optimizer::Sgd { momentum: 0.0, .. } => 0,
            Optimizer::Sgd { .. } | Optimizer::Adagrad { .. } | Optimizer::Rmsprop { .. } => 1,
            Optimizer::Adam { .. } => 2,
        }
    }

    /// One update of `parameters` by `gradients`, with the learning rate `rate`, as step number `step` (from 1).
    ///
    /// # Shapes
    /// `parameters`, `gradients`: `[n]` · `state`: `[slots, n]`, with n in vectors of four
    #[inline(never)]
    pub fn update(
        &self,
        parameters: &mut [f32x4],
        gradients: &[f32x4],
        state: &mut [f32x4],
        rate: f64,
        step: u64,
    ) {
        let n = parameters.len();
        let moves = parameters.iter_mut().zip(gradients);
        match *self {
            Optimizer::Sgd { momentum: 0.0, .. } => {
                let rate = rate as f32;
                moves.for_each(|(w, &g)| *w -= g * rate);
            }
            Optimizer::Sgd { momentum, nesterov } => {
                // PyTorch starts v at the first gradient; from v = 0 the first update gives just that.
                let (rate, momentum) = (rate as f32, momentum as f32);
                for ((w, &g), v) in moves.zip(state) {
                    *v = *v * momentum + g;
                    *w -= if nesterov { g + *v * momentum } else { *v } * rate;
                }
            }
            Optimizer::Adagrad { epsilon } => {
                let (rate, epsilon) = (rate as f32, epsilon as f32);
                for ((w, &g), s) in moves.zip(state) {
                    *s += g * g;
                    *w -= g * rate / (s.sqrt() + epsilon);
                }
            }
            Optimizer::Rmsprop { alpha, epsilon } => {
                let (rate, epsilon) = (rate as f32, epsilon as f32);
                let (old, new) = (alpha as f32, (1.0 - alpha) as f32);
                for ((w, &g), s) in moves.zip(state) {
                    *s = *s * old + g * g * new;
                    *w -= g * rate / (s.sqrt() + epsilon);
                }
            }
            Optimizer::Adam { beta1, beta2, epsilon, weight_decay } => {
                let keep = (1.0 - rate * weight_decay) as f32;
                let rate = (rate / (1.0 - powu(beta1, step))) as f32;
                let unbias = (1.0 / (1.0 - powu(beta2, step)).sqrt()) as f32;
                let (new1, new2, epsilon) = ((1.0 - beta1) as f32, (1.0 - beta2) as f32, epsilon as f32);
                let (beta1, beta2) = (beta1 as f32, beta2 as f32);
                let (means, squares) = state.split_at_mut(n);
                for (((w, &g), m), v) in moves.zip(means).zip(squares) {
                    *m = *m * beta1 + g * new1;
                    *v = *v * beta2 + g * g * new2;
                    *w = *w * keep - *m * rate / (v.sqrt() * unbias + epsilon);
                }
            }
        }
    }
}
