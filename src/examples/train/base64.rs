//! Bytes as text, four letters for three of them.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of a text; none where it isn't one.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for letters in text.chunks(4) {
        let mut number = 0_u32;
        for &letter in letters {
            number = number << 6 | LETTERS.iter().position(|&known| known == letter)? as u32;
        }
        match letters.len() {
            4 => bytes.extend(&number.to_be_bytes()[1..]),
            3 => bytes.extend(&(number << 6).to_be_bytes()[1..3]),
            2 => bytes.extend(&(number << 12).to_be_bytes()[1..2]),
            _ => return None,
        }
    }
    Some(bytes)
}

/// The text of bytes.
pub fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| u32::from(three.get(at).copied().unwrap_or(0)));
        let number = a << 16 | b << 8 | c;
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize];
            text.push(if place > three.len() { '=' } else { letter.into() });
        }
    }
    text
}
