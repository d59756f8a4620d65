//! WAV files: PCM of 8, 16, 24 and 32 bits, and 32-bit float.

use super::spectrum::check_rate;
use crate::error::{Error, Result, decimal};

/// A sound with one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// From −1 to 1; of several channels their mean.
    pub samples: Vec<f32>,
}

/// Samples of a sound, of all channels: ten minutes at 48,000 per second in stereo.
const MOST_SAMPLES: usize = 57_600_000;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xfffe;

/// What `fmt ` says.
struct Format {
    kind: u16,
    channels: usize,
    rate: u32,
    bits: u16,
}

fn refuse<T>(what: impl Into<String>) -> Result<T> {
    Err(Error::Data { what: what.into() })
}

/// A WAV file.
///
/// # Errors
/// The rest of a sentence on the file: what is wrong, and what to do.
pub fn read_wav(bytes: &[u8]) -> Result<Sound> {
    if bytes.len() < 12 || &bytes[..4] != b"RIFF" || &bytes[8..12] != b"WAVE" {
        return refuse(
            "is not a WAV file: it does not begin as one. Save the sound as WAV (PCM) and try again.",
        );
    }
    let mut format = None;
    let mut rest = &bytes[12..];
    while rest.len() >= 8 {
        let (name, size) = (&rest[..4], u32_at(rest, 4) as usize);
        let body = &rest[8..];
        match name {
            b"fmt " => format = Some(read_format(body.get(..size).unwrap_or(body))?),
            b"data" => {
                let Some(format) = format else {
                    return refuse(
                        "has samples before it says how they are written. Save it again as WAV (PCM).",
                    );
                };
                return read_samples(body, size, &format);
            }
            _ => {}
        }
        // Parts have an even length.
        rest = body.get(size.saturating_add(size % 2)..).unwrap_or_default();
    }
    refuse("has no samples: the file was cut off, or is empty. Copy or record it again.")
}

fn read_format(body: &[u8]) -> Result<Format> {
    if body.len() < 16 {
        return refuse("was cut off in its head. Copy or record it again.");
    }
    let mut kind = u16_at(body, 0);
    if kind == EXTENSIBLE && body.len() >= 26 {
        kind = u16_at(body, 24);
    }
    let format = Format {
        kind,
        channels: usize::from(u16_at(body, 2)),
        rate: u32_at(body, 4),
        bits: u16_at(body, 14),
    };
    let Format { channels, rate, bits, .. } = format;
    if !matches!((kind, bits), (PCM, 8 | 16 | 24 | 32) | (FLOAT, 32)) {
        let name = match kind {
            PCM => "PCM",
            FLOAT => "float",
            2 | 17 => "ADPCM",
            6 => "A-law",
            7 => "µ-law",
            85 => "MP3",
            _ => "another encoding",
        };
        return refuse(format!(
            "has samples of {bits} bits in {name} (number {kind}), but only PCM of 8, 16, 24 or 32 bits and float of 32 \
             bits can be read. Save it as 16-bit PCM."
        ));
    }
    if !(1..=8).contains(&channels) {
        return refuse(format!(
            "has {channels} channels, but only 1 to 8 can be read. Save it with one channel."
        ));
    }
    if check_rate(rate).is_err() {
        return refuse(format!(
            "has {rate} samples per second, but only 4000 to 192000 can be read. Save it at 16000 samples per second."
        ));
    }
    Ok(format)
}

fn read_samples(body: &[u8], size: usize, &Format { kind, channels, rate, bits }: &Format) -> Result<Sound> {
    let width = usize::from(bits / 8);
    let frame = width * channels;
    // Who writes while it records doesn't know the size, and says 0 or the largest there is.
    let is_open = size == 0 || size >= u32::MAX as usize - 64;
    if !is_open && size > body.len() {
        let seconds =
            |bytes: usize| decimal((100.0 * (bytes / frame) as f64 / f64::from(rate)).round() / 100.0);
        return refuse(format!(
            "ends after {} of {} seconds: the file was cut off. Copy or record it again.",
            seconds(body.len()),
            seconds(size)
        ));
    }
    let body = if is_open { body } else { &body[..size] };
    if body.len() < frame {
        return refuse("has no samples: the recording is empty. Record it again.");
    }
    if body.len() / width > MOST_SAMPLES {
        return refuse("is longer than ten minutes. Cut out the part with the word.");
    }
    let value = |at: &[u8]| match (kind, bits) {
        (FLOAT, _) => f64::from(f32::from_le_bytes([at[0], at[1], at[2], at[3]])),
        (_, 8) => (f64::from(at[0]) - 128.0) / 128.0,
        (_, 16) => f64::from(i16::from_le_bytes([at[0], at[1]])) / 32_768.0,
        (_, 24) => f64::from(i32::from_le_bytes([0, at[0], at[1], at[2]])) / 2_147_483_648.0,
        _ => f64::from(i32::from_le_bytes([at[0], at[1], at[2], at[3]])) / 2_147_483_648.0,
    };
    let samples: Vec<f32> = body
        .chunks_exact(frame)
        .map(|all| (all.chunks_exact(width).map(value).sum::<f64>() / channels as f64) as f32)
        .collect();
    if let Some(at) = samples.iter().position(|sample| !sample.is_finite()) {
        return refuse(format!(
            "has a sample that is not a number (sample {}). Save it as 16-bit PCM.",
            at + 1
        ));
    }
    Ok(Sound { rate, samples })
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
