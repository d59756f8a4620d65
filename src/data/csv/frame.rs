//! Bytes become lines, lines rows. A quote that is never closed is found, and its row read anew without it.

use super::cut::Cutter;
use super::layout::{Layout, is_blank};
use crate::data::cell::SHEET_ERRORS;
use crate::data::reading::Delimiter;

/// Bytes that one line may have, and one row.
pub(super) const MOST_RECORD: usize = 1 << 24;
/// What ends a text in CP/M and DOS.
const END_OF_FILE: u8 = 0x1a;
/// Bytes of one row after which its open quote is suspected.
const MOST_OPEN: usize = 1 << 20;
/// Quotes never closed after which a quote must close in its own line: what follows is read twice no more.
const MOST_UNCLOSED: u32 = 64;

/// What a file has besides rows.
pub(super) enum Met<'a> {
    Empty,
    Comment(&'a [u8]),
    /// A line before the table.
    Before(&'a [u8]),
    /// A quote that is never closed, and the lines that had gone into its cell.
    Unclosed(u64),
}

/// Who takes rows.
pub(super) trait Sink {
    /// A row that begins on `line`: its texts one after the other, and where each ends.
    fn take(&mut self, line: u64, fields: &[u8], ends: &[usize]);
    fn meet(&mut self, line: u64, met: Met);
    /// Cells that a row should have; 0 where that is open.
    fn width(&self) -> usize;
    /// Whether nothing more is wanted.
    fn is_full(&self) -> bool;
    /// A limit was passed.
    fn refuse(&mut self, what: String);
}

/// Takes bytes piece by piece.
pub(super) struct Framer {
    layout: Layout,
    pub(super) cutter: Cutter,
    /// A line that isn't complete yet; one that ends with a carriage return may have a line feed to come.
    line: Vec<u8>,
    /// The lines of the row under way, if it has several.
    raw: Vec<u8>,
    /// What has to be read again.
    again: Vec<u8>,
    /// The number of the last line, from 1, and of the line on which the row under way began.
    number: u64,
    first_line: u64,
    /// The cell whose quote was open at the end of that line.
    opened: usize,
    unclosed: u32,
}

impl Framer {
    pub(super) fn new(layout: &Layout) -> Framer {
        Framer {
            layout: layout.clone(),
            cutter: Cutter::new(layout),
            line: Vec::new(),
            raw: Vec::new(),
            again: Vec::new(),
            number: 0,
            first_line: 0,
            opened: 0,
            unclosed: 0,
        }
    }

    pub(super) fn feed(&mut self, mut bytes: &[u8], sink: &mut impl Sink) {
        while !bytes.is_empty() && !sink.is_full() {
            let mut line = std::mem::take(&mut self.line);
            if line.last() == Some(&b'\r') {
                line.pop();
                let line_end = if bytes[0] == b'\n' { &b"\r\n"[..] } else { b"\r" };
                bytes = &bytes[line_end.len() - 1..];
                self.take(&line, line_end, sink);
            } else {
                let (text, line_end) = split(bytes);
                let is_last = text.len() + line_end.len() == bytes.len();
                if line_end.is_empty() || (line_end == b"\r" && is_last) {
                    line.extend_from_slice(bytes);
                    if line.len() > MOST_RECORD {
                        let number = self.number + 1;
                        sink.refuse(format!("line {number} is longer than {} MB", MOST_RECORD >> 20));
                    }
                    self.line = line;
                    return;
                }
                bytes = &bytes[text.len() + line_end.len()..];
                if line.is_empty() {
                    self.take(text, line_end, sink);
                } else {
                    line.extend_from_slice(text);
                    self.take(&line, line_end, sink);
                }
            }
            line.clear();
            self.line = line;
        }
    }

    /// Takes what was fed as complete.
    pub(super) fn finish(&mut self, sink: &mut impl Sink) {
        let mut line = std::mem::take(&mut self.line);
        // Old programs end a file by this mark.
        while line.last() == Some(&END_OF_FILE) {
            line.pop();
        }
        let (text, line_end) = split(&line);
        if !line.is_empty() {
            self.take(text, line_end, sink);
        }
        while self.cutter.is_open && !sink.is_full() {
            self.recover(sink);
            self.read_again(sink);
        }
    }

    fn take(&mut self, line: &[u8], line_end: &[u8], sink: &mut impl Sink) {
        self.take_line(line, line_end, sink);
        self.read_again(sink);
    }

    fn read_again(&mut self, sink: &mut impl Sink) {
        let mut lines = std::mem::take(&mut self.again);
        let mut at = 0;
        while at < lines.len() && !sink.is_full() {
            let (line, line_end) = split(&lines[at..]);
            self.take_line(line, line_end, sink);
            at += line.len() + line_end.len();
            if !self.again.is_empty() {
                let mut first = std::mem::take(&mut self.again);
                first.extend_from_slice(&lines[at..]);
                (lines, at) = (first, 0);
            }
        }
    }

    fn take_line(&mut self, line: &[u8], line_end: &[u8], sink: &mut impl Sink) {
        self.number += 1;
        let undressed = self.layout.undressed(line);
        let mut line = undressed.as_ref();
        if !self.cutter.is_open {
            if self.number <= self.layout.skip {
                return sink.meet(self.number, Met::Before(line));
            }
            let is_free = !matches!(self.layout.delimiter, Delimiter::Byte(_));
            if line.is_empty() || (is_free && line.iter().all(|&byte| is_blank(byte))) {
                return sink.meet(self.number, Met::Empty);
            }
            match self.layout.marked {
                Some((number, mark)) if number == self.number => line = unmarked(line, mark),
                _ => {
                    let is_comment = self.layout.comment.is_some_and(|mark| begins_with(line, mark));
                    if is_comment {
                        return sink.meet(self.number, Met::Comment(line));
                    }
                }
            }
            self.first_line = self.number;
            self.cutter.begin();
        }
        let is_whole = self.cutter.cut(line, line_end, &[]);
        if is_whole && self.raw.is_empty() {
            return sink.take(self.first_line, &self.cutter.fields, &self.cutter.ends);
        }
        if self.raw.is_empty() {
            self.opened = self.cutter.opened;
        }
        let before = self.raw.len();
        self.raw.extend_from_slice(line);
        self.raw.extend_from_slice(line_end);
        let passes = |limit: usize| before <= limit && self.raw.len() > limit;
        let is_suspect = if is_whole {
            (self.cutter.is_odd || self.cutter.ends.len() != sink.width()) && self.fits(sink.width())
        } else {
            self.unclosed >= MOST_UNCLOSED
                || passes(MOST_RECORD)
                || (passes(MOST_OPEN) && self.fits(sink.width()))
        };
        if is_suspect {
            self.recover(sink);
        } else if is_whole {
            self.raw.clear();
            sink.take(self.first_line, &self.cutter.fields, &self.cutter.ends);
        }
    }

    /// Whether the lines of the row under way would be rows of their own if its open quote were a letter.
    fn fits(&self, width: usize) -> bool {
        let (first, line_end) = split(&self.raw);
        let (second, _) = split(&self.raw[first.len() + line_end.len()..]);
        let mut probe = Cutter::new(&self.layout);
        let mut cells = |line: &[u8], literal: &[usize]| {
            cut_alone(&mut probe, line, literal);
            probe.ends.len()
        };
        cells(first, &[self.opened]) == width && cells(second, &[]) == width
    }

    /// Gives the first line of the row under way as a row, its open quote read as a letter; the others come again.
    fn recover(&mut self, sink: &mut impl Sink) {
        let raw = std::mem::take(&mut self.raw);
        let (first, line_end) = split(&raw);
        self.unclosed += 1;
        cut_alone(&mut self.cutter, first, &[self.opened]);
        sink.take(self.first_line, &self.cutter.fields, &self.cutter.ends);
        sink.meet(self.first_line, Met::Unclosed(self.number - self.first_line));
        self.number = self.first_line;
        self.again = raw[first.len() + line_end.len()..].to_vec();
    }
}

/// Cuts a line that is a row of its own: a quote that it leaves open is a letter.
fn cut_alone(cutter: &mut Cutter, line: &[u8], literal: &[usize]) {
    let mut literal = literal.to_vec();
    cutter.begin();
    while !cutter.cut(line, b"", &literal) {
        literal.push(cutter.opened);
        cutter.begin();
    }
}

/// The first line and the bytes that end it, none where it goes on.
pub(super) fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let Some(at) = bytes.iter().position(|&byte| matches!(byte, b'\n' | b'\r')) else { return (bytes, &[]) };
    let length = if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
    (&bytes[..at], &bytes[at..at + length])
}

/// Whether a line is a comment, blanks before its mark aside. A cell such as `#N/A` begins none.
pub(super) fn begins_with(line: &[u8], mark: &str) -> bool {
    let line = line.trim_ascii_start();
    let is =
        |error: &str| line.get(..error.len()).is_some_and(|own| own.eq_ignore_ascii_case(error.as_bytes()));
    line.starts_with(mark.as_bytes()) && !(mark == "#" && SHEET_ERRORS.iter().any(|error| is(error)))
}

/// A line without the comment marks that it begins with.
pub(super) fn unmarked<'a>(line: &'a [u8], mark: &str) -> &'a [u8] {
    let mut line = line.trim_ascii_start();
    while let Some(rest) = line.strip_prefix(mark.as_bytes()) {
        line = rest;
    }
    let blanks = line.iter().take_while(|&&byte| byte == b' ').count();
    &line[blanks..]
}
