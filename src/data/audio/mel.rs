//! Power by bands that are as wide as people hear them (mel), its logarithm, and its cosine transform (MFCC).
//!
//! The variant is HTK's: `mel = 2595 · log10(1 + f / 700)`, triangles of height 1, not normalized by their width. librosa's
//! `htk=True, norm=None` and torchaudio's `mel_scale="htk", norm=None` mean the same.

use super::spectrum::Framing;
use crate::error::{Error, Result};
use std::f64::consts::{LN_10, PI};

/// What is summed, and how low a logarithm may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Bands from 0 to half the rate, 1…256.
    pub count: usize,
    /// Power below this one counts as this one, above 0: there is no logarithm of silence.
    pub floor: f64,
}

/// The natural logarithm of the power in each band of each frame, the lowest band first. frames × bands.
///
/// # Errors
/// Names the number that isn't allowed, and what is.
pub fn log_mel(samples: &[f32], framing: &Framing, bands: &Bands) -> Result<Vec<f64>> {
    let fails = |what: String| Err(Error::Data { what });
    let Bands { count, floor } = *bands;
    if !(1..=256).contains(&count) {
        return fails(format!("there are {count} bands, but there have to be 1 to 256"));
    }
    if !(floor > 0.0 && floor.is_finite()) {
        return fails("the floor has to be a number above 0".into());
    }
    let powers = framing.powers(samples)?;
    let filters = filters(framing, count);
    let bins = framing.window / 2 + 1;
    let mut out = Vec::with_capacity(powers.len() / bins * count);
    for frame in powers.chunks_exact(bins) {
        for (from, weights) in &filters {
            let power: f64 = weights.iter().zip(&frame[*from..]).map(|(weight, power)| weight * power).sum();
            out.push(libm::log(power.max(floor)));
        }
    }
    Ok(out)
}

/// Mel-frequency cepstral coefficients: of each frame's `bands` logarithms the first `count` of their orthonormal cosine
/// transform (DCT-II). frames × count.
///
/// # Errors
/// Names the number that isn't allowed, and what is.
pub fn mfcc(log_mel: &[f64], bands: usize, count: usize) -> Result<Vec<f64>> {
    if !(1..=bands).contains(&count) {
        let what = format!("{count} coefficients are asked for, but of {bands} bands there are 1 to {bands}");
        return Err(Error::Data { what });
    }
    let cosine = |k: usize, i: usize| {
        let scale = if k == 0 { 1.0 } else { 2.0 } / bands as f64;
        scale.sqrt() * libm::cos(PI * k as f64 * (2 * i + 1) as f64 / (2 * bands) as f64)
    };
    let table: Vec<f64> = (0..count * bands).map(|at| cosine(at / bands, at % bands)).collect();
    let dot = |row: &[f64], frame: &[f64]| row.iter().zip(frame).map(|(a, b)| a * b).sum();
    Ok(log_mel
        .chunks_exact(bands)
        .flat_map(|frame| table.chunks_exact(bands).map(move |row| dot(row, frame)))
        .collect())
}

fn mel(frequency: f64) -> f64 {
    2595.0 * libm::log10(1.0 + frequency / 700.0)
}

fn frequency(mel: f64) -> f64 {
    700.0 * (libm::exp(mel * LN_10 / 2595.0) - 1.0)
}

/// Of each band its first bin, and the weights from there on.
fn filters(framing: &Framing, count: usize) -> Vec<(usize, Vec<f64>)> {
    let top = mel(f64::from(framing.rate) / 2.0);
    let corner = |i: usize| frequency(top * i as f64 / (count + 1) as f64);
    let bin = |k: usize| f64::from(framing.rate) * k as f64 / framing.window as f64;
    (0..count)
        .map(|i| {
            let (low, middle, high) = (corner(i), corner(i + 1), corner(i + 2));
            let weight =
                |k: usize| ((bin(k) - low) / (middle - low)).min((high - bin(k)) / (high - middle)).max(0.0);
            let bins = framing.window / 2 + 1;
            let from = (0..bins).find(|&k| weight(k) > 0.0).unwrap_or(0);
            let weights = (from..bins).map(weight).take_while(|&weight| weight > 0.0).collect();
            (from, weights)
        })
        .collect()
}
