//! What a network is shown of a word: a picture of fixed size, bright where there is power, with time from left to right and
//! pitch from bottom to top.

use super::mel::{Bands, log_mel};
use super::resample::resample;
use super::spectrum::Framing;
use crate::error::Result;

/// Every sound is brought to this rate first: what a telephone has.
pub const RATE: u32 = 8_000;
/// Of the picture: bands.
pub const HEIGHT: usize = 32;
/// Of the picture: frames, 20 ms each.
pub const WIDTH: usize = 48;

const FRAMING: Framing = Framing { rate: RATE, window: 256, hop: 160 };
/// The word is what is at most so much below its loudest frame.
const HEARD_DB: f64 = 32.0;
/// Darkest, below the loudest band of the picture.
const DARKEST_DB: f64 = 60.0;
/// Of a logarithm.
const DB: f64 = std::f64::consts::LN_10 / 10.0;
/// Power of a frame that counts as silence, whatever else there is: −80 dB of the loudest tone.
const SILENT: f64 = 1e-4;

/// A picture of a sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Row by row from the highest band down, 0 (silent) to 255 (loudest).
    pub pixels: Vec<u8>,
    /// Where the word that is in the picture begins and ends, in seconds; both 0 where there is only silence.
    pub heard: [f64; 2],
}

/// The picture of the word in a sound: silence about it is trimmed, it stands in the middle, and how loud it is doesn't count.
///
/// # Errors
/// Names a rate that isn't understood.
pub fn picture(samples: &[f32], rate: u32) -> Result<Picture> {
    let samples = resample(samples, rate, RATE)?;
    let Framing { window, hop, .. } = FRAMING;
    let powers = FRAMING.powers(&samples)?;
    let bins = window / 2 + 1;
    // Without what lies below 60 Hz: a hum, or a microphone's own offset.
    let loudness: Vec<f64> = powers.chunks_exact(bins).map(|frame| frame[2..].iter().sum()).collect();
    let loudest = loudness.iter().copied().fold(0.0, f64::max);
    let silence = Picture { pixels: vec![0; HEIGHT * WIDTH], heard: [0.0; 2] };
    let least = (loudest * libm::exp(-HEARD_DB * DB)).max(SILENT);
    let heard = |&power: &f64| power >= least;
    let (Some(first), Some(last)) = (loudness.iter().position(heard), loudness.iter().rposition(heard))
    else {
        return Ok(silence);
    };
    let count = (last - first + 1).min(WIDTH);
    let start = first as i64 - ((WIDTH - count) / 2) as i64;
    // From the first frame of the picture on, with silence where there is no sound.
    let from = start * hop as i64;
    let shown: Vec<f32> = (from..from + ((WIDTH - 1) * hop + window) as i64)
        .map(|at| usize::try_from(at).ok().and_then(|at| samples.get(at)).copied().unwrap_or(0.0))
        .collect();
    let logs = log_mel(&shown, &FRAMING, &Bands { count: HEIGHT, floor: 1e-10 })?;
    let top = logs.iter().copied().fold(f64::MIN, f64::max);
    let pixel = |at: usize| {
        let (band, frame) = (HEIGHT - 1 - at / WIDTH, at % WIDTH);
        let below = (top - logs[frame * HEIGHT + band]) / (DARKEST_DB * DB);
        (255.0 * (1.0 - below).clamp(0.0, 1.0)).round() as u8
    };
    let seconds = |frame: usize, and: usize| (frame * hop + and) as f64 / f64::from(RATE);
    let end = seconds(first + count - 1, window).min(samples.len() as f64 / f64::from(RATE));
    Ok(Picture { pixels: (0..HEIGHT * WIDTH).map(pixel).collect(), heard: [seconds(first, 0), end] })
}
