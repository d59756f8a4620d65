//! A run as bytes: a JSON header, the numbers, and a checksum.
//!
//! Layout: `TRAINYARD` · u32 header length · header · arrays of f32 · u64 FNV-1a of all before, everything
//! little-endian. [`Run::checkpoint`](super::Run::checkpoint) says which arrays. A restored run takes the same next step as the one that was saved.

use crate::error::{Error, Result};
use crate::json::Value;

const MAGIC: &[u8; 9] = b"TRAINYARD";
const CHECKSUM: usize = 8;

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the hash that pins parameters and guards checkpoints.
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// FNV-1a over the little-endian bytes of `numbers`.
pub fn hash_numbers(numbers: &[f32]) -> u64 {
    fnv1a(numbers.iter().flat_map(|x| x.to_le_bytes()))
}

/// Packs a header and its arrays.
pub fn pack(header: &Value, arrays: &[&[f32]]) -> Vec<u8> {
    let header = header.to_string();
    let mut bytes = MAGIC.to_vec();
    bytes.extend((header.len() as u32).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(arrays.iter().flat_map(|array| array.iter()).flat_map(|x| x.to_le_bytes()));
    let sum = fnv1a(bytes.iter().copied());
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// The header and all numbers behind it.
///
/// # Errors
/// Bytes that aren't a checkpoint, are cut short or were changed.
pub fn unpack(bytes: &[u8]) -> Result<(Value, Vec<f32>)> {
    let broken = |what: &str| Error::Checkpoint { what: what.into() };
    if bytes.get(..MAGIC.len()) != Some(MAGIC) {
        return Err(broken("these bytes are not a Trainyard checkpoint"));
    }
    let short = || broken("the file is cut short");
    let body_end = bytes.len().checked_sub(CHECKSUM).ok_or_else(short)?;
    let (body, sum) = bytes.split_at(body_end);
    let length = body.get(MAGIC.len()..).and_then(|rest| rest.first_chunk::<4>()).ok_or_else(short)?;
    let start = MAGIC.len() + 4;
    let end = start + u32::from_le_bytes(*length) as usize;
    let header = body.get(start..end).ok_or_else(short)?;
    if fnv1a(body.iter().copied()).to_le_bytes() != sum {
        return Err(broken("the checksum doesn't match: the file was cut or changed"));
    }
    let header = crate::json::from_slice(header).map_err(|_| broken("the header is not readable"))?;
    let numbers = body[end..].chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    Ok((header, numbers.collect()))
}
