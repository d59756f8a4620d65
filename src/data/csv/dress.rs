//! Quotes that no reader of CSV expects: around whole lines, and of other forms around cells. Lines are undressed before they
//! are cut.

use super::guess::lines;
use super::layout::Layout;
use crate::data::reading::ReadSpec;
use std::borrow::Cow;

/// What opens cells, and what closes them.
const OPENING: [&str; 8] = ["“", "„", "«", "‹", "‘", "‚", "「", "`"];
const CLOSING: [&str; 8] = ["”", "“", "»", "›", "’", "‘", "」", "`"];
/// What may stand between cells.
const MARKS: [u8; 4] = *b",;\t|";

/// How the lines of a file are dressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Dress {
    /// Whether double quotes enclose each line as a whole: `"a,b"`.
    pub(super) is_wrapped: bool,
    /// Whether quotes of another form enclose cells: `“a”,“b”`.
    pub(super) is_curly: bool,
}

impl Dress {
    /// By the start of a file, unless quotes were chosen by hand.
    pub(super) fn of(head: &[u8], is_whole: bool, options: &ReadSpec) -> Dress {
        if options.quote.is_some() {
            return Dress::default();
        }
        let mut all = lines(head);
        if !is_whole && all.len() > 1 {
            all.pop();
        }
        all.retain(|line| !line.trim_ascii().is_empty());
        let is_wrapped = all.len() > 2 && are_wrapped(&all);
        Dress { is_wrapped, is_curly: !is_wrapped && all.len() > 2 && are_curly(&all) }
    }

    /// A text without it.
    pub(super) fn off<'a>(self, head: &'a [u8]) -> Cow<'a, [u8]> {
        if self == Dress::default() {
            return Cow::Borrowed(head);
        }
        let mut plain = Vec::with_capacity(head.len());
        for whole in head.split_inclusive(|&byte| byte == b'\n' || byte == b'\r') {
            let end = usize::from(whole.ends_with(b"\n") || whole.ends_with(b"\r"));
            let (line, line_end) = whole.split_at(whole.len() - end);
            plain.extend_from_slice(&self.off_line(line));
            plain.extend_from_slice(line_end);
        }
        Cow::Owned(plain)
    }

    /// A line without it.
    pub(super) fn off_line(self, line: &[u8]) -> Cow<'_, [u8]> {
        let inner = if self.is_wrapped { inner(line) } else { None };
        match inner {
            Some(inner) => Cow::Owned(single(inner)),
            None if self.is_curly => Cow::Owned(straight(line).0),
            None => Cow::Borrowed(line),
        }
    }
}

impl Layout {
    /// A line as it is to be cut.
    pub(super) fn undressed<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]> {
        self.dress.off_line(line)
    }
}

/// What a line has between the double quotes at both of its ends, if all other quotes are doubled.
fn inner(line: &[u8]) -> Option<&[u8]> {
    let inner = line.trim_ascii().strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut at = 0;
    while let Some(found) = inner[at..].iter().position(|&byte| byte == b'"') {
        if inner.get(at + found + 1) != Some(&b'"') {
            return None;
        }
        at += found + 2;
    }
    Some(inner)
}

/// With one quote for each two.
fn single(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    for &byte in text {
        // The second of two is left out, and what follows begins anew.
        if byte == b'"' && plain.last() == Some(&0) {
            plain.pop();
            plain.push(b'"');
        } else {
            plain.push(if byte == b'"' { 0 } else { byte });
        }
    }
    plain
}

/// Whether all lines are one cell in quotes that has the same marks in each.
fn are_wrapped(all: &[&[u8]]) -> bool {
    let Some(inside) = all.iter().map(|line| inner(line)).collect::<Option<Vec<_>>>() else { return false };
    let count = |line: &[u8], mark: u8| line.iter().filter(|&&byte| byte == mark).count();
    // Quotes of the cells within may enclose more of them.
    MARKS.into_iter().any(|mark| {
        let first = count(inside[0], mark);
        let same = inside.iter().filter(|line| count(line, mark) == first).count();
        first > 0 && 20 * same >= 19 * inside.len()
    })
}

/// Whether quotes of another form enclose cells in half of the lines at least, and no straight ones do.
fn are_curly(all: &[&[u8]]) -> bool {
    let (mut with, mut open, mut closed) = (0, 0, 0);
    for line in all {
        if line.contains(&b'"') {
            return false;
        }
        let (_, opened, ended) = straight(line);
        with += usize::from(opened > 0 && opened == ended);
        open += opened;
        closed += ended;
    }
    2 * with >= all.len() && open == closed
}

/// A line whose cells straight quotes enclose, how many were opened so, and how many closed.
fn straight(line: &[u8]) -> (Vec<u8>, usize, usize) {
    let (mut plain, mut opened, mut closed) = (Vec::with_capacity(line.len()), 0, 0);
    let found = |known: &[&'static str; 8], at: usize| {
        known.iter().find(|quote| line[at..].starts_with(quote.as_bytes())).map(|quote| quote.len())
    };
    let mut at = 0;
    while at < line.len() {
        let before = line[..at].iter().rev().find(|&&byte| byte != b' ');
        let begins = before.is_none_or(|byte| MARKS.contains(byte));
        let ends = |length: usize| {
            let after = line[at + length..].iter().find(|&&byte| byte != b' ');
            after.is_none_or(|byte| MARKS.contains(byte))
        };
        let close = found(&CLOSING, at).filter(|&length| opened > closed && ends(length));
        let open = found(&OPENING, at).filter(|_| begins && opened == closed);
        let Some(length) = close.or(open) else {
            plain.push(line[at]);
            at += 1;
            continue;
        };
        (opened, closed) = if close.is_some() { (opened, closed + 1) } else { (opened + 1, closed) };
        plain.push(b'"');
        at += length;
    }
    (plain, opened, closed)
}
