//! The last rows of a file: remarks below a table are no rows of it.

use super::sample::is_value;
use std::collections::VecDeque;

/// Rows that are remembered.
const MOST: usize = 12;

/// One of the last rows.
pub(super) struct Last {
    pub(super) line: u64,
    /// Whether an empty line stands before it.
    pub(super) is_after_gap: bool,
    /// The first cells, and the number of all.
    pub(super) cells: Vec<String>,
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
    pub(super) fn add(&mut self, row: usize, last: impl FnOnce() -> Last) {
        if self.last.len() == MOST {
            self.last.pop_front();
        }
        self.last.push_back(last());
        self.first = row + 1 - self.last.len();
    }

    /// The line of a row, if it is one of the last.
    pub(super) fn line(&self, row: usize) -> Option<u64> {
        self.last.get(row.checked_sub(self.first)?).map(|last| last.line)
    }

    /// Takes the rows out that are remarks, from the last on: fewer cells than columns, words alone, and an empty line
    /// before them or a word that says so.
    pub(super) fn remarks(&mut self, width: usize, rows: usize) -> Vec<Last> {
        let is_short = |last: &&Last| last.found < width && last.cells.iter().all(|cell| !is_value(cell));
        let short = self.last.iter().rev().take_while(is_short).count();
        let first = self.last.len() - short;
        // Where empty lines stand between rows as well, they say nothing.
        let is_gap_usual = first.checked_sub(1).is_some_and(|before| self.last[before].is_after_gap);
        let from = (first..self.last.len()).find(|&at| {
            let last = &self.last[at];
            (last.is_after_gap && !is_gap_usual) || (last.found == 1 && says_so(&last.cells))
        });
        let count = from.map_or(0, |from| self.last.len() - from);
        if rows < count + 2 {
            return vec![];
        }
        (0..count).filter_map(|_| self.last.pop_back()).collect()
    }
}

/// Whether a text says of itself that it is a remark.
fn says_so(cells: &[String]) -> bool {
    const WORDS: [&str; 10] = [
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
    ];
    let Some(text) = cells.first() else { return false };
    let lower = text.to_lowercase();
    let word = lower.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    text.starts_with(['*', '†']) || (WORDS.contains(&word) && text.contains([':', ' ']))
}
