//! Sounds, as JavaScript has them. A package of its own, without the rest of the core. What throws throws a text.

use crate::data::audio::{self, Bands, Framing, picture::Picture};
use crate::error::Result;
use wasm_bindgen::prelude::wasm_bindgen;

fn throw<T>(result: Result<T>) -> std::result::Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// A sound of one channel.
#[wasm_bindgen]
pub struct Sound {
    sound: audio::Sound,
}

#[wasm_bindgen]
impl Sound {
    /// Of a WAV file: PCM of 8, 16, 24 or 32 bits, or 32-bit float; of several channels their mean. Throws a sentence on the
    /// file of that name: what is wrong, and what to do.
    #[wasm_bindgen(js_name = readWav)]
    pub fn read_wav(name: &str, bytes: &[u8]) -> std::result::Result<Sound, String> {
        throw(audio::read_wav(bytes)).map(|sound| Sound { sound }).map_err(|what| format!("{name} {what}"))
    }

    /// Samples from −1 to 1, `rate` of them a second (4,000…192,000).
    pub fn from(samples: Vec<f32>, rate: u32) -> Sound {
        Sound { sound: audio::Sound { rate, samples } }
    }

    /// Of a clip of 8,000 samples a second, four bits each (IMA ADPCM, the low half of a byte first).
    pub fn unpack(bytes: &[u8]) -> Sound {
        Sound { sound: audio::Sound { rate: audio::picture::RATE, samples: audio::unpack(bytes) } }
    }

    /// Samples a second.
    #[wasm_bindgen(getter)]
    pub fn rate(&self) -> u32 {
        self.sound.rate
    }

    /// From −1 to 1.
    pub fn samples(&self) -> Vec<f32> {
        self.sound.samples.clone()
    }

    /// The same at another rate, by a windowed sinc.
    pub fn resampled(&self, rate: u32) -> std::result::Result<Sound, String> {
        let samples = throw(audio::resample(&self.sound.samples, self.sound.rate, rate))?;
        Ok(Sound { sound: audio::Sound { rate, samples } })
    }

    /// Natural logarithms of the power by mel bands (HTK, not normalized), under a periodic Hann window: frames × bands. `window`
    /// is a power of two; power below `floor` counts as that.
    #[wasm_bindgen(js_name = logMel)]
    pub fn log_mel(
        &self,
        window: usize,
        hop: usize,
        bands: usize,
        floor: f64,
    ) -> std::result::Result<Vec<f64>, String> {
        let framing = Framing { rate: self.sound.rate, window, hop };
        throw(audio::log_mel(&self.sound.samples, &framing, &Bands { count: bands, floor }))
    }

    /// What a network is shown of a word: 32 bands × 48 frames of 20 ms, at 8,000 samples a second, trimmed and centered.
    pub fn picture(&self) -> std::result::Result<SoundPicture, String> {
        let picture = throw(audio::picture(&self.sound.samples, self.sound.rate))?;
        Ok(SoundPicture { picture })
    }
}

/// MFCC of `bands` logarithms a frame: the first `count` of their orthonormal cosine transform. frames × count.
#[wasm_bindgen]
pub fn mfcc(log_mel: &[f64], bands: usize, count: usize) -> std::result::Result<Vec<f64>, String> {
    throw(audio::mfcc(log_mel, bands, count))
}

/// A picture of a word.
#[wasm_bindgen]
pub struct SoundPicture {
    picture: Picture,
}

#[wasm_bindgen]
impl SoundPicture {
    /// Row by row from the highest band down, 0 (silent) to 255 (loudest).
    pub fn pixels(&self) -> Vec<u8> {
        self.picture.pixels.clone()
    }

    /// Seconds at which the word begins and ends; both 0 where there is only silence.
    pub fn heard(&self) -> Vec<f64> {
        self.picture.heard.to_vec()
    }
}
