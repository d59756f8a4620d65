//! Values over one variable.

use std::f32::consts::PI;

use super::{Rows, SampleRng, evenly};
use crate::math::scalar;

/// `y = 2x − 1`, x evenly spaced in −1…4: six rows are x = −1, 0, 1, 2, 3, 4. Noise moves y by up to ±1.
pub(super) fn line(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for x in evenly(samples, -1.0, 4.0) {
        rows.push(&[x], 2.0 * x - 1.0 + rng.noise(1.0));
    }
    rows
}

/// `y = sin x`, x evenly spaced in −π…π. Noise moves y by up to ±1.
pub(super) fn sine(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for x in evenly(samples, -PI, PI) {
        rows.push(&[x], scalar::sin(x) + rng.noise(1.0));
    }
    rows
}

/// −1 below zero and 1 from there on, x evenly spaced in −3…3. Noise moves y by up to ±1.
pub(super) fn step(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for x in evenly(samples, -3.0, 3.0) {
        rows.push(&[x], if x < 0.0 { -1.0 } else { 1.0 } + rng.noise(1.0));
    }
    rows
}

/// `y = x³ − 2x`, x evenly spaced in −2…2. Noise moves y by up to ±1.
pub(super) fn polynomial(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for x in evenly(samples, -2.0, 2.0) {
        rows.push(&[x], x * x * x - 2.0 * x + rng.noise(1.0));
    }
    rows
}
