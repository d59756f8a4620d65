//! Rows as they come from the file: the first names the columns, the others fill them.

use super::notes::Sort;
use super::{MOST_CELLS, MOST_COLUMNS, guess, too_large};
use crate::data::reading::{Choice, Settled, yes_or_no};
use crate::data::style::Hints;
use crate::data::table::{Column, Note, Table};
use crate::error::Result;
use std::borrow::Cow;

/// Bytes that a cell may have; what is longer is cut.
const MOST_CELL: usize = 10_000;
/// Bytes of text that a table may hold besides its numbers.
const MOST_TEXT: usize = 1 << 29;

#[derive(Default)]
pub(super) struct Rows {
    columns: Vec<Column>,
    rows: usize,
    text: usize,
    notes: Vec<Note>,
    pub(super) reading: Vec<Settled>,
    /// Whether the first row names the columns, chosen by hand.
    pub(super) header: Option<bool>,
    short: Sort,
    long: Sort,
    cut: Sort,
    foreign: Sort,
    /// Whether `3,14` is a number.
    pub(super) comma: bool,
    /// What was chosen by hand of numbers and dates.
    pub(super) hints: Hints,
    /// Empty lines skipped.
    pub(super) empty_lines: u64,
    /// Zero bytes left out.
    pub(super) zeros: u64,
    /// The limit that was passed; nothing is taken after that.
    pub(super) refused: Option<String>,
}

impl Rows {
    pub(super) fn count(&self) -> usize {
        self.rows
    }

    pub(super) fn note(&mut self, line: Option<u64>, sentence: impl Into<String>) {
        self.notes.push(Note { line, sentence: sentence.into() });
    }

    pub(super) fn refuse(&mut self, what: String) {
        self.refused.get_or_insert(what);
    }

    /// Takes the row that begins on `line`: its texts one after the other, and where each ends.
    pub(super) fn take(&mut self, line: u64, fields: &[u8], ends: &[usize]) {
        let record = self.decode(line, fields, ends);
        if self.columns.is_empty() {
            return self.begin(line, &record);
        }
        if record.len() == 1 && self.columns.len() > 1 && record[0].trim().is_empty() {
            self.empty_lines += 1;
            return;
        }
        self.add(line, &record);
    }

    /// Texts as UTF-8; a row that isn't is read as Latin-1, where every byte is a letter.
    fn decode<'a>(&mut self, line: u64, fields: &'a [u8], ends: &[usize]) -> Vec<Cow<'a, str>> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges = starts.zip(ends.iter().copied()).map(|(start, end)| &fields[start.min(end)..end]);
        let mut foreign = false;
        let mut texts: Vec<Cow<str>> = ranges
            .map(|bytes| match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => {
                    foreign = true;
                    Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect())
                }
            })
            .collect();
        if foreign {
            self.foreign.add(line, || "The row is not in UTF-8 and was read as Latin-1.".into());
        }
        for (index, text) in texts.iter_mut().enumerate().filter(|(_, text)| text.len() > MOST_CELL) {
            let end = (0..=MOST_CELL).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            *text = Cow::Owned(text[..end].to_owned());
            let sentence = || format!("Cell {} is longer than {MOST_CELL} bytes and was cut.", index + 1);
            self.cut.add(line, sentence);
        }
        texts
    }

    /// Names the columns, by the first row or, where that is data, by their numbers.
    fn begin(&mut self, line: u64, first: &[Cow<str>]) {
        if first.len() > MOST_COLUMNS {
            return self
                .refuse(format!("the table has {} columns, at most {MOST_COLUMNS} are taken", first.len()));
        }
        let holds_numbers = guess::is_data(first.iter().map(AsRef::as_ref), self.comma);
        let is_data = self.header.map_or(holds_numbers, |is_header| !is_header);
        self.reading.push(Settled {
            key: "header",
            value: Choice::Flag(!is_data),
            is_chosen: self.header.is_some(),
            is_sure: true,
            choices: yes_or_no("Header", "No header"),
            sentence: format!("Line {line} {} numbers.", if holds_numbers { "holds" } else { "holds no" }),
        });
        if is_data && self.header.is_none() {
            self.note(
                Some(line),
                "The first row holds numbers, so there is no header: columns are numbered.",
            );
        }
        let mut names: Vec<String> = Vec::with_capacity(first.len());
        let mut taken = std::collections::BTreeSet::new();
        for (index, cell) in first.iter().enumerate() {
            let given = if is_data { "" } else { cell.trim() };
            let given: String = given.chars().filter(|c| !c.is_control()).take(200).collect();
            let mut name = given.clone();
            if name.is_empty() {
                name = format!("column {}", index + 1);
            }
            let wanted = name.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{wanted} {number}");
                number += 1;
            }
            if !is_data && name != given {
                let what = if given.is_empty() { "has no name" } else { "shares its name with another" };
                self.note(Some(line), format!("Column {} {what} and is called \"{name}\".", index + 1));
            }
            names.push(name);
        }
        let hints = Hints { leans_to_comma: self.comma, ..self.hints };
        self.columns = names.into_iter().map(|name| Column::new(name, hints)).collect();
        if is_data {
            self.add(line, first);
        }
    }

    fn add(&mut self, line: u64, record: &[Cow<str>]) {
        let (width, found) = (self.columns.len(), record.len());
        if (self.rows + 1) * width > MOST_CELLS || self.text > MOST_TEXT {
            let limit = if self.text > MOST_TEXT {
                format!("{} MB of text", MOST_TEXT >> 20)
            } else {
                format!("{MOST_CELLS} cells")
            };
            let what = format!("the table is larger than {limit}: {} rows of {width} columns fit", self.rows);
            return self.refuse(what);
        }
        if found < width {
            let sentence = || format!("The row has {found} cells of {width}; the others are empty.");
            self.short.add(line, sentence);
        } else if record[width..].iter().any(|cell| !cell.trim().is_empty()) {
            let sentence = || format!("The row has {found} cells; those beyond {width} were left out.");
            self.long.add(line, sentence);
        }
        for (index, column) in self.columns.iter_mut().enumerate() {
            let text = record.get(index).map_or("", AsRef::as_ref);
            let before = column.pool_bytes();
            column.push(text);
            self.text += column.pool_bytes() - before;
        }
        self.rows += 1;
    }

    pub(super) fn finish(mut self) -> Result<Table> {
        if let Some(what) = self.refused {
            return Err(too_large(what));
        }
        if self.zeros > 0 {
            let sentence = format!("Zero bytes left out: {}.", self.zeros);
            self.note(None, sentence);
        }
        if self.empty_lines > 0 {
            let sentence = format!("Empty lines skipped: {}.", self.empty_lines);
            self.note(None, sentence);
        }
        let mut notes = self.notes;
        notes.extend(self.short.told("more rows are short"));
        notes.extend(self.long.told("more rows are long"));
        notes.extend(self.cut.told("more cells were cut"));
        notes.extend(self.foreign.told("more rows are not in UTF-8"));
        let mut table = Table::new(self.columns, notes)?;
        table.reading.splice(0..0, self.reading);
        Ok(table)
    }
}
