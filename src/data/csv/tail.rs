//! The last rows of a file: remarks below a table are no rows of it.

use super::guess::MARKS;
use super::sample::is_value;
use std::borrow::Cow;
use std::collections::VecDeque;

/// Rows that are remembered.
const MOST_TAIL_RECORDS: usize = 12;

/// One of the last rows.
pub(super) struct Last {
    pub(super) line: u64,
    /// Whether an empty line stands before it.
    pub(super) is_after_gap: bool,
    /// Its cells, without empty ones at its end.
    pub(super) found: usize,
}

/// The last rows, and the number of the first of them.
#[derive(Default)]
pub(super) struct Tail {
    last: VecDeque<Last>,
    first: usize,
}

impl Tail {
    /// Takes row number `row`.
    pub(super) fn add(&mut self, row: usize, last: Last) {
        if self.last.len() == MOST_TAIL_RECORDS {
            self.last.pop_front();
        }
        self.last.push_back(last);
        self.first = row + 1 - self.last.len();
    }

    /// The line of a row, if it is one of the last.
    pub(super) fn line(&self, row: usize) -> Option<u64> {
        self.last.get(row.checked_sub(self.first)?).map(|last| last.line)
    }

    /// The rows that are remarks and their cells, from the last on: fewer cells than columns, words alone, and an empty
    /// line before them or a word that says so. `text` gives that of a row and a column.
    pub(super) fn remarks<'a>(
        &self,
        width: usize,
        text: impl Fn(usize, usize) -> Cow<'a, str>,
    ) -> Vec<(usize, usize)> {
        let (first, end) = (self.first, self.first + self.last.len());
        let own = |row: usize| &self.last[row - first];
        let is_word = |text: &str| !is_value(text) || text.starts_with(['©', '*', '†']);
        let is_short = |row: &usize| {
            own(*row).found < width && (0..own(*row).found).all(|column| is_word(&text(*row, column)))
        };
        let from = end - (first..end).rev().take_while(is_short).count();
        // Where empty lines stand between rows as well, they say nothing.
        let is_gap_usual = from > first && own(from - 1).is_after_gap;
        // A word alone under numbers or dates is none of their rows.
        let is_under_values = from > first + 2 && (first..from).all(|row| is_value(&text(row, 0)));
        let is_marked = |row: usize| MARKS.iter().any(|mark| text(row, 0).starts_with(mark));
        let is_remark = |&row: &usize| {
            let last = own(row);
            let is_alone = last.found == 1
                && (says_so(&text(row, 0)) || (width > 2 && is_under_values && !is_marked(row)));
            (last.is_after_gap && !is_gap_usual) || is_alone
        };
        let from = (from..end).find(is_remark).unwrap_or(end);
        // A table has two rows besides.
        if from < 2 { vec![] } else { (from..end).rev().map(|row| (row, own(row).found)).collect() }
    }
}

/// Whether a text says of itself that it is a remark.
fn says_so(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "source",
        "sources",
        "note",
        "notes",
        "quelle",
        "quellen",
        "anmerkung",
        "generated",
        "exported",
        "footnote",
        "end",
        "eof",
        "ende",
    ];
    let lower = text.to_lowercase();
    let word = lower.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    text.starts_with(['*', '†']) || (WORDS.contains(&word) && text.contains([':', ' ']))
}
