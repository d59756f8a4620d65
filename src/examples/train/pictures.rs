//! Sets of pictures (www/base/pictureFile.js) and of sounds (tests/data/sounds.mjs), each of which becomes a picture.

use super::base64;
use serde_json::Value;
use std::io::Read;
use trainyard::data::{Dataset, audio};
use trainyard::error::Result;

const PICTURES: &[u8] = b"TYIM";
const SOUNDS: &[u8] = b"TYSN";
/// The same in letters: gzip, in base 64.
const LETTERS: &[u8] = b"TYIM64:";
const HEADER: usize = 12;
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A set of pictures of one size.
pub struct Pictures {
    /// Pixels.
    pub height: usize,
    /// Pixels.
    pub width: usize,
    /// How many classes there are.
    pub classes: usize,
    /// What they are called, where the file says it.
    pub names: Option<Vec<String>>,
    /// The class of each.
    pub labels: Vec<u8>,
    /// Ink from 0 to 255, picture by picture.
    pixels: Vec<u8>,
}

impl Pictures {
    /// Some of them, in an order, as the page gives them to the core: ink from 0 to 1.
    pub fn rows(&self, order: &[usize], labels: &[u8]) -> Result<Dataset> {
        let size = self.height * self.width;
        let ink = |&row: &usize| self.pixels[row * size..(row + 1) * size].iter();
        let inputs: Vec<f32> =
            order.iter().flat_map(ink).map(|&ink| (f64::from(ink) / 255.0) as f32).collect();
        let targets = labels.iter().map(|&label| f32::from(label)).collect();
        Dataset::from_rows(inputs, targets, vec![1, self.height, self.width], Some(self.classes))
    }
}

/// Whether bytes begin as a set of pictures does.
pub fn is_pictures(bytes: &[u8]) -> bool {
    bytes.starts_with(PICTURES)
}

/// Whether they begin as one of sounds does.
pub fn is_sounds(bytes: &[u8]) -> bool {
    bytes.starts_with(SOUNDS)
}

/// The bytes of a file that may be packed; as they are, where they can't be unpacked.
pub fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.starts_with(GZIP).then(|| gunzip(&bytes)) {
        Some(Some(unpacked)) => unpacked,
        _ => bytes,
    }
}

fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = vec![];
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

/// A set in any form that there is; none where it is cut or damaged.
pub fn read(bytes: &[u8]) -> Option<Pictures> {
    if let Some(letters) = bytes.strip_prefix(LETTERS) {
        let packed = base64::bytes(std::str::from_utf8(letters).ok()?.trim())?;
        return read_pictures(&gunzip(&packed)?);
    }
    if is_sounds(bytes) { read_sounds(bytes) } else { read_pictures(bytes) }
}

fn length(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize)
}

fn read_pictures(bytes: &[u8]) -> Option<Pictures> {
    let &[version, height, width, classes] = bytes.get(4..)?.first_chunk()?;
    let count = length(bytes, 8)?;
    let (names, start) = match version {
        1 => (None, HEADER),
        2 => {
            let start = HEADER + 4 + length(bytes, HEADER)?;
            let names: Vec<String> = serde_json::from_slice(bytes.get(HEADER + 4..start)?).ok()?;
            (Some(names), start)
        }
        _ => return None,
    };
    let (height, width, classes) = (usize::from(height), usize::from(width), usize::from(classes));
    let (labels, pixels) = bytes.get(start..)?.split_at_checked(count)?;
    let is_whole = pixels.len() == count * height * width
        && labels.iter().all(|&label| usize::from(label) < classes)
        && names.as_ref().is_none_or(|names| names.len() == classes);
    is_whole.then(|| Pictures {
        height,
        width,
        classes,
        names,
        labels: labels.to_vec(),
        pixels: pixels.to_vec(),
    })
}

/// The first group of clips is what a run is given.
fn read_sounds(bytes: &[u8]) -> Option<Pictures> {
    let start = HEADER + length(bytes, 8)?;
    let told: Value = serde_json::from_slice(bytes.get(HEADER..start)?).ok()?;
    let list = |key: &str| -> Option<Vec<usize>> {
        told[key].as_array()?.iter().map(|number| Some(number.as_u64()? as usize)).collect()
    };
    let count = told["groups"][0][1].as_u64()? as usize;
    let (labels, lengths) = (list("labels")?, list("lengths")?);
    let (mut at, mut pixels) = (start, vec![]);
    for length in lengths.get(..count)? {
        let clip = audio::unpack(bytes.get(at..at + length)?);
        pixels.extend(audio::picture(&clip, audio::picture::RATE).ok()?.pixels);
        at += length;
    }
    Some(Pictures {
        height: audio::picture::HEIGHT,
        width: audio::picture::WIDTH,
        classes: told["classes"].as_u64()? as usize,
        names: None,
        labels: labels.get(..count)?.iter().map(|&label| label as u8).collect(),
        pixels,
    })
}
