//! A sound at another rate.

use super::spectrum::check_rate;
use crate::error::Result;
use std::f64::consts::PI;

/// Zeros of the sinc on either side, at the lower of the two rates.
const ZEROS: f64 = 24.0;
/// Of half the lower rate so much passes: what is above would come back as another tone.
const PASSED: f64 = 0.94;

/// A sound at another rate, by a sinc under a Hann window. Each sample is a weighted mean of those about its time, and weights
/// sum to 1: a constant stays what it is. As long as the sound, rounded to samples.
///
/// # Errors
/// Names a rate that isn't understood.
pub fn resample(samples: &[f32], from: u32, to: u32) -> Result<Vec<f32>> {
    check_rate(from)?;
    check_rate(to)?;
    if from == to {
        return Ok(samples.to_vec());
    }
    let (from, to) = (u64::from(from), u64::from(to));
    let shared = greatest_common(from, to);
    // Times are counted in steps of 1 / phases of a sample: after that many of them the same weights come again.
    let (step, phases) = (from / shared, to / shared);
    let pace = (to as f64 / from as f64).min(1.0) * PASSED;
    let reach = (ZEROS / pace).ceil() as i64;
    let mut known: Vec<Vec<f64>> = vec![Vec::new(); phases as usize];
    let count = (samples.len() as u64 * to + from / 2) / from;
    let mut out = Vec::with_capacity(count as usize);
    for i in 0..count {
        let (at, phase) = ((i * step / phases) as i64, (i * step % phases) as usize);
        let weights = &mut known[phase];
        if weights.is_empty() {
            *weights = weights_of(phase as f64 / phases as f64, pace, reach);
        }
        let first = at - reach + 1;
        let mut sum = 0.0;
        for (weight, j) in weights.iter().zip(first..) {
            if let Some(&sample) = usize::try_from(j).ok().and_then(|j| samples.get(j)) {
                sum += weight * f64::from(sample);
            }
        }
        out.push(sum as f32);
    }
    Ok(out)
}

/// Of the samples −reach + 1 … reach about a time that is `after` one of them.
fn weights_of(after: f64, pace: f64, reach: i64) -> Vec<f64> {
    let weight = |j: i64| {
        let distance = j as f64 - after;
        let x = PI * distance * pace;
        let sinc = if x == 0.0 { 1.0 } else { libm::sin(x) / x };
        let hann = 0.5 + 0.5 * libm::cos(PI * (distance / reach as f64).clamp(-1.0, 1.0));
        sinc * hann
    };
    let weights: Vec<f64> = (1 - reach..=reach).map(weight).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

fn greatest_common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}
