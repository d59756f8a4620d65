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
    /// Whether letters were encoded twice.
    pub(super) is_twice: bool,
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
            is_twice: false,
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
    let power = with_power(text);
    if text.is_ascii() {
        return power;
    }
    let plain: String = power.unwrap_or_else(|| text.to_owned()).chars().map(plain).collect();
    let plain = without_fraction(&plain).unwrap_or(plain);
    (plain != text && Written::of(&plain).is_some()).then_some(plain)
}

/// `1.5×10³` and `1.5x10^3` as `1.5e3`.
fn with_power(text: &str) -> Option<String> {
    const SMALL: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let (number, rest) = text.trim().split_once(['×', '·', 'x', '*', '⋅'])?;
    let rest = rest.trim_start().strip_prefix("10")?;
    let raised = |c: char| match c {
        '⁻' | '−' => Some('-'),
        '⁺' => Some('+'),
        _ => SMALL.iter().position(|&small| small == c).and_then(|digit| char::from_digit(digit as u32, 10)),
    };
    let power: String = match rest.strip_prefix('^') {
        Some(power) => power.trim_matches(['(', ')', '{', '}']).replace('−', "-"),
        None => rest.chars().map(raised).collect::<Option<_>>()?,
    };
    let number = number.trim_end();
    let is_number = number.ends_with(|c: char| c.is_ascii_digit()) && power.parse::<i32>().is_ok();
    is_number.then(|| format!("{number}e{power}"))
}

/// `1½ l` as `1.5 l`.
fn without_fraction(text: &str) -> Option<String> {
    const FRACTIONS: [(char, f64); 9] = [
        ('½', 0.5),
        ('¼', 0.25),
        ('¾', 0.75),
        ('⅓', 1.0 / 3.0),
        ('⅔', 2.0 / 3.0),
        ('⅛', 0.125),
        ('⅜', 0.375),
        ('⅝', 0.625),
        ('⅞', 0.875),
    ];
    let (at, part) = text.char_indices().find_map(|(at, c)| {
        let known = FRACTIONS.iter().find(|(own, _)| *own == c);
        known.map(|(own, part)| (at..at + own.len_utf8(), part))
    })?;
    let whole = text[..at.start].trim();
    let whole = if whole.is_empty() { 0.0 } else { f64::from(whole.parse::<u32>().ok()?) };
    Some(format!("{}{}", whole + part, &text[at.end..]))
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
        '￥' => '¥',
        '￦' => '₩',
        '￡' => '£',
        '＄' => '$',
        _ => {
            let digit = ZEROS
                .iter()
                .find_map(|&zero| (c as u32).checked_sub(zero as u32).filter(|&digit| digit < 10));
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
        }
    }
}
