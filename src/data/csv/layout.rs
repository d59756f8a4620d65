//! The structure of a file, settled.

use super::dress::Dress;
use crate::data::number::Written;
use crate::data::reading::Delimiter;
use crate::data::said::{Said, say};
use std::borrow::Cow;

/// Where lines are cut, which lines are rows, and what the first of them are for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) delimiter: Delimiter,
    /// Quotes that are taken off before lines are cut.
    pub(super) dress: Dress,
    /// Of fixed width: places between two columns, from and to, in letters.
    pub(super) gaps: Vec<(usize, usize)>,
    pub(super) quote: Option<u8>,
    /// Whether a backslash stands before a quote within quotes.
    pub(super) backslash: bool,
    /// Whether blanks at delimiters are no part of a cell.
    pub(super) trim: bool,
    /// What comment lines begin with.
    pub(super) comment: Option<&'static str>,
    /// The line that holds the header behind a comment mark, and the mark.
    pub(super) marked: Option<(u64, &'static str)>,
    /// Lines before the table.
    pub(super) skip: u64,
    /// Cells that most rows have; 0 where there are no rows.
    pub(super) width: usize,
    pub(super) header: bool,
    /// Whether words of the header stand over numbers, so that a line like it is no row.
    pub(super) is_over_values: bool,
    /// Whether the header has no name for the first column.
    pub(super) row_names: bool,
    /// What the lines under the header hold that are no rows.
    pub(super) under: Under,
}

/// Lines between header and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Under {
    Nothing,
    /// One line of units.
    Units,
    /// One line that is only drawn.
    Rule,
    /// So many lines that say what columns are for.
    Roles(usize),
}

impl Under {
    /// How many lines they are.
    pub(super) fn lines(self) -> usize {
        match self {
            Under::Nothing => 0,
            Under::Units | Under::Rule => 1,
            Under::Roles(lines) => lines,
        }
    }
}

impl Layout {
    /// What is said of cells that are read without all that stands around them.
    pub(super) fn told(&self) -> Vec<Said> {
        let mut told = vec![];
        if self.dress.is_wrapped {
            told.push(say!("linesInQuotes", "Quotes enclose each line as a whole. They are no part of it."));
        }
        if self.dress.is_curly {
            told.push(say!("otherQuotes", "Quotes of another form enclose cells. They are no part of them."));
        }
        if self.trim {
            told.push(say!("blankFollows", "A blank follows each delimiter. It is not part of the cells."));
        }
        told
    }

    /// Commas, double quotes, and every line a row.
    pub(super) fn plain() -> Layout {
        Layout {
            delimiter: Delimiter::Byte(b','),
            dress: Dress::default(),
            gaps: vec![],
            quote: Some(b'"'),
            backslash: false,
            trim: false,
            comment: None,
            marked: None,
            skip: 0,
            width: 0,
            header: false,
            is_over_values: false,
            row_names: false,
            under: Under::Nothing,
        }
    }
}

/// Blanks that may stand beside a cell.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A text as UTF-8; one that isn't as Latin-1, where every byte is a letter.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}

/// The text of a cell: without what keeps spreadsheets from reading it as a number, `="007"`, and where it is a number, in
/// digits from 0 to 9.
pub(super) fn cell_of(text: &str) -> Option<String> {
    if let Some(bare) = text.trim().strip_prefix("=\"").and_then(|text| text.strip_suffix('"')) {
        return Some(bare.to_owned()).filter(|bare| !bare.contains('"'));
    }
    if text.is_ascii() {
        return None;
    }
    let plain: String = text.chars().map(plain).collect();
    (plain != text && Written::of(&plain).is_some()).then_some(plain)
}

/// A digit or a sign of a number in another script as that of this one.
fn plain(c: char) -> char {
    // The zeros: full width, Arabic, Persian, Devanagari, Bengali, Thai.
    const ZEROS: [char; 6] = ['０', '٠', '۰', '०', '০', '๐'];
    match c {
        '．' | '٫' => '.',
        '，' | '٬' => ',',
        '－' => '-',
        '％' | '٪' => '%',
        _ => {
            let digit = ZEROS
                .iter()
                .find_map(|&zero| (c as u32).checked_sub(zero as u32).filter(|&digit| digit < 10));
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
        }
    }
}
