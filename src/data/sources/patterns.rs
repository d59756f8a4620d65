//! Classes and values over the plane that repeat: fields, rings, arms, a rolled-up sheet.
//!
//! Rows take turns among the parts of a pattern, so that each part and class has its share.

use std::f32::consts::{PI, TAU};

use super::{Rows, SampleRng};
use crate::math::scalar;

/// Four by four fields of side 3, class 1 at the lower left, points uniform in each and 0.15 away from its edges.
/// Noise moves points by up to ±1.
pub(super) fn checkerboard(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for i in 0..samples {
        let (column, line) = (i % 4, i / 4 % 4);
        let [x, y] = [column, line].map(|field| {
            let low = field as f32 * 3.0 - 6.0;
            rng.points.range(low + 0.15, low + 2.85)
        });
        rows.push(&moved(x, y, rng), f32::from((column + line) % 2 == 0));
    }
    rows
}

/// A disc of radius 1 (class 1) and three rings around it, classes in turn, a quarter of the points in each.
/// Noise moves points by up to ±1.
pub(super) fn rings(samples: usize, rng: &mut SampleRng) -> Rows {
    const RADII: [[f32; 2]; 4] = [[0.0, 1.0], [1.7, 2.5], [3.2, 4.0], [4.7, 5.5]];
    let mut rows = Rows::default();
    for i in 0..samples {
        let [near, far] = RADII[i % 4];
        let radius = rng.points.range(near, far);
        let angle = rng.points.range(0.0, TAU);
        rows.push(&on_circle(radius, angle, rng), f32::from(i % 2 == 0));
    }
    rows
}

/// Three arms from the center to radius 5 in one turn, a third of a turn apart, a class each.
/// Noise moves points by up to ±1.
pub(super) fn three_spiral(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for i in 0..samples {
        let arm = (i % 3) as f32;
        let along = (i / 3) as f32 / samples.div_ceil(3) as f32;
        rows.push(&on_circle(5.0 * along, (along + arm / 3.0) * TAU, rng), arm);
    }
    rows
}

/// scikit-learn's Swiss roll seen from the side, where its sheet is a line: one and a half turns, from radius 5/3
/// to 5. The value is how far along the sheet a point lies, −1 inside to 1 outside; its distance from the middle tells.
/// Noise moves points by up to ±1.
pub(super) fn swiss_roll(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    for _ in 0..samples {
        let along = rng.points.uniform();
        let angle = 1.5 * PI * (1.0 + 2.0 * along);
        let [y, x] = on_circle(angle * (5.0 / (4.5 * PI)), angle, rng);
        rows.push(&[x, y], 2.0 * along - 1.0);
    }
    rows
}

/// The point at that distance and angle from the y-axis, moved by noise. A function of its own for its size in wasm.
#[inline(never)]
fn on_circle(radius: f32, angle: f32, rng: &mut SampleRng) -> [f32; 2] {
    moved(radius * scalar::sin(angle), radius * scalar::cos(angle), rng)
}

#[inline(never)]
fn moved(x: f32, y: f32, rng: &mut SampleRng) -> [f32; 2] {
    [x + rng.noise(1.0), y + rng.noise(1.0)]
}
