//! Classes and values over the plane [−6, 6]².

use std::f32::consts::{PI, TAU};

use super::{Rows, SampleRng, evenly};
use crate::math::scalar;

/// Half of the points in a disc of radius 2.5 (class 1), half in a ring from 3.5 to 5 (class 0).
///
/// Noise flips labels rather than moving points: the class is that of a place up to ±5 away on each axis.
pub(super) fn circle(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    let inside = samples.div_ceil(2);
    for i in 0..samples {
        let (near, far) = if i < inside { (0.0, 2.5) } else { (3.5, 5.0) };
        let radius = rng.points.range(near, far);
        let angle = rng.points.range(0.0, TAU);
        let (x, y) = (radius * scalar::sin(angle), radius * scalar::cos(angle));
        let (seen_x, seen_y) = (x + rng.noise(5.0), y + rng.noise(5.0));
        let class = (seen_x * seen_x + seen_y * seen_y).sqrt() < 2.5;
        rows.push(&[x, y], f32::from(class));
    }
    rows
}

/// Class 1 where x and y have the same sign; the points keep 0.3 away from the axes.
/// Noise flips labels: the class is that of a place up to ±5 away on each axis.
pub(super) fn xor(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    let outwards = |v: f32| if v > 0.0 { v + 0.3 } else { v - 0.3 };
    for _ in 0..samples {
        let x = outwards(rng.points.range(-5.0, 5.0));
        let y = outwards(rng.points.range(-5.0, 5.0));
        let class = (x + rng.noise(5.0)) * (y + rng.noise(5.0)) >= 0.0;
        rows.push(&[x, y], f32::from(class));
    }
    rows
}

/// Two round normal clouds, around (2, 2) as class 1 and around (−2, −2) as class 0. Their variance grows
/// with the noise: 0.5 at 0, 4 at 0.5, 7.5 at 1.
pub(super) fn gaussians(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    let deviation = (0.5 + 7.0 * rng.amount).sqrt();
    let first = samples.div_ceil(2);
    for i in 0..samples {
        let (center, class) = if i < first { (2.0, 1.0) } else { (-2.0, 0.0) };
        let x = center + deviation * rng.points.normal();
        let y = center + deviation * rng.points.normal();
        rows.push(&[x, y], class);
    }
    rows
}

/// Two arms from the center to radius 5 in 1.75 turns, half a turn apart. Noise moves points by up to ±1.
pub(super) fn spiral(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    let first = samples.div_ceil(2);
    for (count, start, class) in [(first, 0.0, 1.0), (samples - first, PI, 0.0)] {
        for i in 0..count {
            let along = i as f32 / count as f32;
            let (radius, angle) = (5.0 * along, 1.75 * along * TAU + start);
            let x = radius * scalar::sin(angle) + rng.noise(1.0);
            let y = radius * scalar::cos(angle) + rng.noise(1.0);
            rows.push(&[x, y], class);
        }
    }
    rows
}

/// scikit-learn's two half circles of radius 1, the upper one class 0, moved to the middle and enlarged so
/// that x spans ±5. Noise is normal with that deviation in units of the radius.
pub(super) fn moons(samples: usize, rng: &mut SampleRng) -> Rows {
    let mut rows = Rows::default();
    let upper = samples / 2;
    let scale = 10.0 / 3.0;
    let mut push = |x: f32, y: f32, class: f32| {
        let (dx, dy) = (rng.noise.normal() * rng.amount, rng.noise.normal() * rng.amount);
        rows.push(&[(x - 0.5 + dx) * scale, (y - 0.25 + dy) * scale], class);
    };
    for angle in evenly(upper, 0.0, PI) {
        push(scalar::cos(angle), scalar::sin(angle), 0.0);
    }
    for angle in evenly(samples - upper, 0.0, PI) {
        push(1.0 - scalar::cos(angle), 0.5 - scalar::sin(angle), 1.0);
    }
    rows
}

/// `(x + y) / 10`, up to ±1.2 in the corners. Noise takes the value of a place up to ±6 away on each axis.
pub(super) fn plane(samples: usize, rng: &mut SampleRng) -> Rows {
    surface(samples, rng, |x, y| (x + y) / 10.0)
}

/// Six bumps of radius 2 with heights ±1 in turn; where they meet the stronger one counts.
/// Noise takes the value of a place up to ±6 away on each axis.
pub(super) fn multi_gaussian(samples: usize, rng: &mut SampleRng) -> Rows {
    const BUMPS: [[f32; 3]; 6] = [
        [-4.0, 2.5, 1.0],
        [0.0, 2.5, -1.0],
        [4.0, 2.5, 1.0],
        [-4.0, -2.5, -1.0],
        [0.0, -2.5, 1.0],
        [4.0, -2.5, -1.0],
    ];
    surface(samples, rng, |x, y| {
        let mut value = 0.0_f32;
        for [center_x, center_y, sign] in BUMPS {
            let (dx, dy) = (x - center_x, y - center_y);
            let height = (1.0 - (dx * dx + dy * dy).sqrt() / 2.0).max(0.0);
            if height > value.abs() {
                value = sign * height;
            }
        }
        value
    })
}

/// `x · y / 36`, ±1 in the corners. Noise takes the value of a place up to ±6 away on each axis.
pub(super) fn product(samples: usize, rng: &mut SampleRng) -> Rows {
    surface(samples, rng, |x, y| x * y / 36.0)
}

/// Points uniform in [−6, 6]² with the value of `height` at the disturbed place.
fn surface(samples: usize, rng: &mut SampleRng, height: impl Fn(f32, f32) -> f32) -> Rows {
    let mut rows = Rows::default();
    for _ in 0..samples {
        let (x, y) = (rng.points.range(-6.0, 6.0), rng.points.range(-6.0, 6.0));
        let value = height(x + rng.noise(6.0), y + rng.noise(6.0));
        rows.push(&[x, y], value);
    }
    rows
}
