//! Layer norm and batch norm: both bring groups of numbers to mean 0 and variance 1.

use super::{Backward, Dual, Forward, handed_back};
use crate::nn::plan::Op;
use std::ops::Range;

/// Added to a variance before its root, as in the engine.
const EPSILON: f64 = 1e-5;

/// Where the numbers of a group lie, and which gain and bias they have.
pub struct Groups {
    groups: usize,
    count: usize,
    /// From the first number of a group to that of the next, and from one number of a group to the next.
    strides: [usize; 2],
    is_gain_of_group: bool,
}

impl Groups {
    /// The features of each row.
    pub fn layer(features: usize, n: usize) -> Groups {
        Groups { groups: n, count: features, strides: [1, n], is_gain_of_group: false }
    }

    /// The pixels of a channel in all rows.
    pub fn batch(channels: usize, pixels: usize, n: usize) -> Groups {
        Groups { groups: channels, count: pixels * n, strides: [pixels * n, 1], is_gain_of_group: true }
    }

    fn place(&self, group: usize, i: usize) -> usize {
        group * self.strides[0] + i * self.strides[1]
    }

    fn gain(&self, group: usize, i: usize) -> usize {
        if self.is_gain_of_group { group } else { i }
    }

    fn mean(&self, term: impl Fn(usize) -> Dual) -> Dual {
        (0..self.count).fold(Dual::ZERO, |sum, i| sum + term(i)).times(1.0 / self.count as f64)
    }

    /// Mean, and 1 / standard deviation.
    fn statistics(&self, x: &[Dual], group: usize) -> (Dual, Dual) {
        let mean = self.mean(|i| x[self.place(group, i)]);
        let variance = self.mean(|i| {
            let apart = x[self.place(group, i)] - mean;
            apart * apart
        });
        (mean, (variance + Dual::constant(EPSILON)).inverse_root())
    }

    /// `y = (x − mean) / √(variance + ε) · γ + β`
    pub fn forward(&self, gain: &Range<usize>, bias: &Range<usize>, pass: Forward) {
        let (gain, bias) = (&pass.parameters[gain.clone()], &pass.parameters[bias.clone()]);
        let (x, y) = (pass.x, pass.y);
        for group in 0..self.groups {
            let (mean, scale) = self.statistics(x, group);
            for i in 0..self.count {
                let (at, k) = (self.place(group, i), self.gain(group, i));
                y[at] = (x[at] - mean) * scale * gain[k] + bias[k];
            }
        }
    }

    /// Adds to the gradients of gain and bias, and of the input where one is wanted.
    pub fn backward(&self, gain: &Range<usize>, bias: &Range<usize>, op: &Op, pass: Backward) {
        let (d_gain, d_bias) = pass.gradient[gain.start..bias.end].split_at_mut(gain.len());
        let (gain, x, dy) = (&pass.parameters[gain.clone()], pass.x, pass.dy);
        let mut dx = handed_back(op, pass.before, pass.n);
        for group in 0..self.groups {
            let (mean, scale) = self.statistics(x, group);
            let hat = |i: usize| (x[self.place(group, i)] - mean) * scale;
            let pulled = |i: usize| dy[self.place(group, i)] * gain[self.gain(group, i)];
            for i in 0..self.count {
                let (dy, k) = (dy[self.place(group, i)], self.gain(group, i));
                d_gain[k] += dy * hat(i);
                d_bias[k] += dy;
            }
            if let Some(dx) = dx.as_deref_mut() {
                let (mean_d, mean_dx) = (self.mean(pulled), self.mean(|i| pulled(i) * hat(i)));
                for i in 0..self.count {
                    dx[self.place(group, i)] += (pulled(i) - mean_d - hat(i) * mean_dx) * scale;
                }
            }
        }
    }
}
