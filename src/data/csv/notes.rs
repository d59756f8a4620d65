//! Notes on what was odd about a file, few however odd it is.

use crate::data::said::Said;
use crate::data::table::Note;

/// Rows that are told one by one.
const TOLD: usize = 20;

/// Notes of one sort: some by line, the others by their number.
#[derive(Default)]
pub(super) struct Sort {
    notes: Vec<Note>,
    untold: u64,
}

impl Sort {
    pub(super) fn add(&mut self, line: u64, sentence: impl FnOnce() -> Said) {
        if self.notes.len() < TOLD {
            self.notes.push(Note { line: Some(line), sentence: sentence() });
        } else {
            self.untold += 1;
        }
    }

    /// Takes back what was said of a line.
    pub(super) fn forget(&mut self, line: u64) {
        let before = self.notes.len();
        self.notes.retain(|note| note.line != Some(line));
        if before == self.notes.len() {
            self.untold = self.untold.saturating_sub(1);
        }
    }

    /// All, with how many are left untold.
    pub(super) fn told(self, rest: fn(u64) -> Said) -> Vec<Note> {
        let mut notes = self.notes;
        if self.untold > 0 {
            notes.push(Note { line: None, sentence: rest(self.untold) });
        }
        notes
    }
}
