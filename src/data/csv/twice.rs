//! Letters that were encoded twice: UTF-8 that was taken for Windows-1252 and written as UTF-8 again, `MÃ¼ller`.

use super::guess::lines;
use super::header::brief;
use super::layout::{Layout, cell_of};

/// What Windows-1252 has from 0x80 on; a blank where it has nothing.
const UPPER: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

impl Layout {
    /// The text of a cell, where it isn't as it stands: letters that were encoded twice are mended, and see [`cell_of`].
    pub(super) fn cell(&self, text: &str) -> Option<String> {
        let once = if self.is_twice { mended(text) } else { None };
        cell_of(once.as_deref().unwrap_or(text)).or(once)
    }
}

/// A word of a file's start and what it is, if all letters beyond ASCII there were encoded twice.
pub(super) fn example(head: &[u8]) -> Option<(String, String)> {
    if head.is_ascii() {
        return None;
    }
    let all = lines(head);
    // The last line may be cut off.
    let whole = all.len().saturating_sub(1).max(1);
    let mut found = None;
    for line in all.iter().take(whole).filter(|line| !line.is_ascii()) {
        let text = std::str::from_utf8(line).ok()?;
        for word in text.split([',', ';', '\t', '|', '"']).filter(|word| !word.is_ascii()) {
            let own = mended(word)?;
            found.get_or_insert_with(|| (brief(word), brief(&own)));
        }
    }
    found
}

/// A text whose letters beyond ASCII were all encoded twice, as it was before.
fn mended(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// The byte that a letter is in Windows-1252. Bytes that have no letter there are read as themselves.
fn byte(letter: char) -> Option<u8> {
    match letter {
        '\0'..='\x7f' | '\u{a0}'..='ÿ' => u8::try_from(letter).ok(),
        '\u{81}' | '\u{8d}' | '\u{8f}' | '\u{90}' | '\u{9d}' => u8::try_from(letter).ok(),
        _ => UPPER.chars().position(|own| own == letter && own != ' ').map(|place| 0x80 + place as u8),
    }
}
