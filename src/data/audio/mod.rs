//! Sounds as pictures: bytes of a WAV file → [`wav`] → [`mod@resample`] to one rate → [`spectrum`], frames under a Hann
//! window through a Fourier transform → [`mel`], which sums power over bands as people hear them, and its logarithm →
//! MFCC, the cosine transform of that. [`picture()`] is what a network is shown of a word; [`packed`] clips of four bits a
//! sample are how sets are kept.
//!
//! All in `f64`, by `libm` and in a fixed order: the same bits on every machine. A transform in `f32` would be off by 1e-3
//! in the logarithm of a quiet band beside a loud one.

mod fourier;
pub mod mel;
pub mod packed;
pub mod picture;
pub mod resample;
pub mod spectrum;
pub mod wav;

pub use mel::{Bands, log_mel, mfcc};
pub use packed::unpack;
pub use picture::{Picture, picture};
pub use resample::resample;
pub use spectrum::Framing;
pub use wav::{Sound, read_wav};

/// Samples a second that are understood.
pub const RATES: std::ops::RangeInclusive<u32> = 4_000..=192_000;
