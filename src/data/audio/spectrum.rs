//! A sound in frames: how much power each frequency has in each of them.

use super::RATES;
use super::fourier::Fourier;
use crate::error::{Error, Result};
use std::f64::consts::TAU;

/// How a sound is cut into frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Framing {
    /// Samples a second, 4,000…192,000.
    pub rate: u32,
    /// Samples of a frame: a power of two, 16…16,384.
    pub window: usize,
    /// Samples from a frame's start to the next one's, 1…16,384.
    pub hop: usize,
}

impl Framing {
    /// # Errors
    /// Names the number that isn't allowed, and what is.
    pub fn check(&self) -> Result<()> {
        let Framing { rate, window, hop } = *self;
        check_rate(rate)?;
        let fails = |what: String| Err(Error::Data { what });
        if !window.is_power_of_two() || !(16..=16_384).contains(&window) {
            return fails(format!(
                "the window has {window} samples, but has to have a power of two of them, 16 to 16384"
            ));
        }
        if !(1..=16_384).contains(&hop) {
            return fails(format!("the hop is {hop} samples, but has to be 1 to 16384"));
        }
        Ok(())
    }

    /// Whole frames of so many samples. A sound that is shorter than a frame is one, with zeros behind it.
    pub fn count(&self, samples: usize) -> usize {
        1 + samples.saturating_sub(self.window) / self.hop
    }

    /// The power of each frame at the frequencies `k · rate / window`, k = 0…window/2, under a periodic Hann window; nothing is
    /// put before the first frame. frames × (window / 2 + 1).
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn powers(&self, samples: &[f32]) -> Result<Vec<f64>> {
        self.check()?;
        let Framing { window, hop, .. } = *self;
        let hann: Vec<f64> =
            (0..window).map(|i| 0.5 - 0.5 * libm::cos(TAU * i as f64 / window as f64)).collect();
        let fourier = Fourier::new(window);
        let (frames, bins) = (self.count(samples.len()), window / 2 + 1);
        let mut powers = vec![0.0; frames * bins];
        let (mut re, mut im) = (vec![0.0; window], vec![0.0; window]);
        let mut unused = vec![0.0; bins];
        let take = |frame: usize, into: &mut [f64]| {
            for (i, (value, weight)) in into.iter_mut().zip(&hann).enumerate() {
                *value = samples.get(frame * hop + i).map_or(0.0, |&sample| f64::from(sample)) * weight;
            }
        };
        for (pair, out) in powers.chunks_mut(2 * bins).enumerate() {
            let (first, second) = out.split_at_mut(bins);
            take(2 * pair, &mut re);
            if second.is_empty() {
                im.fill(0.0);
                fourier.powers(&mut re, &mut im, first, &mut unused);
            } else {
                take(2 * pair + 1, &mut im);
                fourier.powers(&mut re, &mut im, first, second);
            }
        }
        Ok(powers)
    }
}

/// # Errors
/// Names a rate that isn't understood.
pub(super) fn check_rate(rate: u32) -> Result<()> {
    if RATES.contains(&rate) {
        return Ok(());
    }
    let what = format!("the sound has {rate} samples per second, but only 4000 to 192000 can be used");
    Err(Error::Data { what })
}
