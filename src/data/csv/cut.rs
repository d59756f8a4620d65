//! A line becomes cells. An open quote goes on in the next line.

use super::layout::{Layout, is_blank};
use crate::data::reading::Delimiter;

/// The cells of one row, filled line by line.
pub(super) struct Cutter {
    delimiter: Delimiter,
    gaps: Vec<(usize, usize)>,
    quote: Option<u8>,
    backslash: bool,
    trim: bool,
    /// Texts one after the other, and where each ends.
    pub(super) fields: Vec<u8>,
    pub(super) ends: Vec<usize>,
    /// Whether the last cell's quote is open.
    pub(super) is_open: bool,
    /// The cell whose quote was open at the end of the first line.
    pub(super) opened: usize,
    /// Whether a quote stood within quotes that was neither doubled nor at a cell's end.
    pub(super) is_odd: bool,
    /// Cells that don't come first in their line, and those of them that a blank precedes.
    pub(super) later: u64,
    pub(super) padded: u64,
}

/// How a quoted cell went.
enum Quoted {
    /// It ends before this byte, a delimiter or the end of the line.
    Closed(usize),
    /// It goes on in the next line.
    Open,
    /// Its quote is a letter like others.
    Literal,
    /// Its quote closes at this byte and more text follows: all of it is kept.
    Runs(usize),
}

impl Cutter {
    pub(super) fn new(layout: &Layout) -> Cutter {
        Cutter {
            delimiter: layout.delimiter,
            gaps: layout.gaps.clone(),
            quote: layout.quote,
            backslash: layout.backslash,
            trim: layout.trim,
            fields: Vec::new(),
            ends: Vec::new(),
            is_open: false,
            opened: 0,
            is_odd: false,
            later: 0,
            padded: 0,
        }
    }

    /// Ready for another row.
    pub(super) fn begin(&mut self) {
        self.fields.clear();
        self.ends.clear();
        (self.is_open, self.is_odd) = (false, false);
    }

    /// Takes a line and the bytes that end it; whether the row is complete. The quotes of cells `literal` are letters.
    pub(super) fn cut(&mut self, line: &[u8], line_end: &[u8], literal: &[usize]) -> bool {
        let mut at = 0;
        if self.is_open {
            let Quoted::Closed(next) = self.quoted(line, 0, true) else {
                self.fields.extend_from_slice(line_end);
                return false;
            };
            self.is_open = false;
            self.ends.push(self.fields.len());
            if next == line.len() {
                return true;
            }
            at = next + usize::from(self.delimiter != Delimiter::Blanks);
        } else if self.delimiter == Delimiter::Fixed {
            self.cut_fixed(line);
            return true;
        }
        loop {
            if self.delimiter == Delimiter::Blanks {
                at += blanks(&line[at..]);
                if at == line.len() {
                    if self.ends.is_empty() {
                        self.ends.push(0);
                    }
                    return true;
                }
            }
            let begin = at + self.padding(&line[at..]);
            let is_later = at > 0 && self.closes(line, begin) != Some(at);
            self.later += u64::from(is_later);
            self.padded += u64::from(is_later && begin > at);
            let is_quoted = self.quote.is_some() && line.get(begin).copied() == self.quote;
            let quoted = if is_quoted && !literal.contains(&self.ends.len()) {
                let before = self.fields.len();
                let quoted = self.quoted(line, begin + 1, false);
                if matches!(quoted, Quoted::Literal | Quoted::Runs(_)) {
                    self.fields.truncate(before);
                }
                quoted
            } else {
                Quoted::Literal
            };
            let end = match quoted {
                Quoted::Closed(end) => end,
                Quoted::Open => {
                    (self.is_open, self.opened) = (true, self.ends.len());
                    self.fields.extend_from_slice(line_end);
                    return false;
                }
                Quoted::Literal => self.copy(line, at, at),
                Quoted::Runs(closed) => self.copy(line, begin, closed),
            };
            self.ends.push(self.fields.len());
            if end == line.len() {
                return true;
            }
            at = end + usize::from(self.delimiter != Delimiter::Blanks);
        }
    }

    /// Takes the text from `from` to the first delimiter at or after `past`; where that is.
    fn copy(&mut self, line: &[u8], from: usize, past: usize) -> usize {
        let end = line[past..].iter().position(|&byte| self.is_delimiter(byte));
        let end = end.map_or(line.len(), |end| past + end);
        let text = &line[from..end];
        self.fields.extend_from_slice(if self.trim { text.trim_ascii() } else { text });
        end
    }

    fn is_delimiter(&self, byte: u8) -> bool {
        match self.delimiter {
            Delimiter::Byte(delimiter) => byte == delimiter,
            Delimiter::Blanks => is_blank(byte),
            Delimiter::Fixed => false,
        }
    }

    /// Blanks that `text` begins with and that are no delimiters.
    fn padding(&self, text: &[u8]) -> usize {
        text.iter().take_while(|&&byte| is_blank(byte) && !self.is_delimiter(byte)).count()
    }

    /// Where the cell ends whose quote closes before `at`: at a delimiter or the end of the line, with blanks before.
    fn closes(&self, line: &[u8], at: usize) -> Option<usize> {
        let end = at + self.padding(&line[at..]);
        (end == line.len() || self.is_delimiter(line[end])).then_some(end)
    }

    /// Whether the quote at `at` stands where a cell begins, in the part of the line from `from` on.
    fn begins_cell(&self, line: &[u8], from: usize, at: usize) -> bool {
        let before = line[from..at].iter().rev().find(|&&byte| !is_blank(byte) || self.is_delimiter(byte));
        before.is_some_and(|&byte| self.is_delimiter(byte))
    }

    /// Takes quoted text from `from` on, behind the opening quote. `goes_on`: it was opened in an earlier line.
    fn quoted(&mut self, line: &[u8], from: usize, goes_on: bool) -> Quoted {
        let Some(quote) = self.quote else { return Quoted::Literal };
        let mut at = from;
        loop {
            let special = |&byte: &u8| byte == quote || (byte == b'\\' && self.backslash);
            let Some(found) = line[at..].iter().position(special).map(|found| at + found) else {
                self.fields.extend_from_slice(&line[at..]);
                return Quoted::Open;
            };
            self.fields.extend_from_slice(&line[at..found]);
            let next = line.get(found + 1).copied();
            if line[found] != quote {
                let escaped = next.filter(|&next| next == quote || next == b'\\');
                self.fields.push(escaped.unwrap_or(b'\\'));
                at = found + 1 + usize::from(escaped.is_some());
                continue;
            }
            if next == Some(quote) {
                self.fields.push(quote);
                at = found + 2;
                continue;
            }
            if let Some(end) = self.closes(line, found + 1) {
                return Quoted::Closed(end);
            }
            self.is_odd = true;
            if !goes_on {
                if self.begins_cell(line, from, found) {
                    return Quoted::Literal;
                }
                if !self.closes_later(line, found, quote) {
                    return Quoted::Runs(found);
                }
            }
            self.fields.push(quote);
            at = found + 1;
        }
    }

    /// Whether a quote from `from` on ends a cell before another begins one.
    fn closes_later(&self, line: &[u8], from: usize, quote: u8) -> bool {
        let quotes = (from..line.len()).filter(|&at| line[at] == quote);
        for at in quotes {
            if self.closes(line, at + 1).is_some() {
                return true;
            }
            if self.begins_cell(line, from, at) {
                return false;
            }
        }
        false
    }

    fn cut_fixed(&mut self, line: &[u8]) {
        // Places count letters, where the line is UTF-8.
        let text = std::str::from_utf8(line).ok();
        let place = |letter: usize| match text {
            Some(text) => text.char_indices().nth(letter).map_or(line.len(), |(place, _)| place),
            None => letter.min(line.len()),
        };
        let mut from = 0;
        for gap in 0..=self.gaps.len() {
            let to = match self.gaps.get(gap) {
                None => line.len(),
                Some(&(start, end)) => {
                    let (start, end) = (place(start), place(end));
                    // A text that runs on into the gap from the left ends at its first blank.
                    let blank = line[start..end].iter().position(|&byte| is_blank(byte));
                    blank.map_or(end, |blank| start + blank)
                }
            };
            let cell = line[from.min(to)..to].trim_ascii();
            let bare = self.quote.and_then(|quote| cell.strip_prefix(&[quote])?.strip_suffix(&[quote]));
            self.fields.extend_from_slice(bare.unwrap_or(cell));
            self.ends.push(self.fields.len());
            from = to;
        }
    }
}

/// Blanks and tabs that `text` begins with.
fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|&&byte| is_blank(byte)).count()
}
