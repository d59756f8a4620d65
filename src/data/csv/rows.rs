//! Rows as they come from the file: the first names the columns, the others fill them.

use super::frame::{Met, Sink};
use super::layout::{Layout, Under, text_of};
use super::notes::Sort;
use super::tail::{Last, Tail};
use super::{MOST_CELLS, MOST_COLUMNS, names, told, too_large};
use crate::data::reading::{Delimiter, Settled};
use crate::data::said::{Said, say};
use crate::data::style::Hints;
use crate::data::table::{Column, Note, Table};
use crate::data::totals;
use crate::error::Result;
use std::borrow::Cow;

/// Bytes that a cell may have; what is longer is cut.
const MOST_CELL: usize = 10_000;
/// Bytes of text that a table may hold besides its numbers.
const MOST_TEXT: usize = 1 << 29;

pub(super) struct Rows {
    pub(super) layout: Layout,
    /// What is known of numbers and dates before any cell is read.
    pub(super) hints: Hints,
    pub(super) reading: Vec<Settled>,
    /// The texts of the line that names the columns.
    header: Vec<String>,
    columns: Vec<Column>,
    rows: usize,
    text: usize,
    notes: Vec<Note>,
    short: Sort,
    long: Sort,
    cut: Sort,
    foreign: Sort,
    unclosed: Sort,
    before: Sort,
    /// Lines that repeat the header.
    again: Sort,
    /// Comment lines, and the first of them.
    comments: u64,
    comment: Option<(u64, String)>,
    /// Lines under the header that are no rows and are still to come.
    under: usize,
    tail: Tail,
    /// The last empty line.
    empty_line: u64,
    /// Empty lines skipped.
    empty_lines: u64,
    /// Zero bytes left out.
    pub(super) zeros: u64,
    /// The limit that was passed; nothing is taken after that.
    pub(super) refused: Option<String>,
}

impl Sink for Rows {
    fn take(&mut self, line: u64, fields: &[u8], ends: &[usize]) {
        let record = self.decode(line, fields, ends);
        if self.columns.is_empty() {
            return self.begin(line, &record);
        }
        if self.columns.len() > 1 && record.iter().all(|cell| cell.trim().is_empty()) {
            return self.meet(line, Met::Empty);
        }
        if self.layout.is_over_values && is_same(&self.header, &record) {
            let sentence = || say!("headerAgain", "The line repeats the header and is no row.");
            return self.again.add(line, sentence);
        }
        if self.under > 0 {
            self.under -= 1;
            return self.take_under(line, &record);
        }
        self.add(line, &record);
    }

    fn meet(&mut self, line: u64, met: Met) {
        match met {
            Met::Empty => {
                self.empty_lines += 1;
                self.empty_line = line;
            }
            Met::Comment(text) => {
                self.comments += 1;
                self.comment.get_or_insert_with(|| (line, told::quoted(text)));
            }
            Met::Before(text) if self.is_bare(text) => self.empty_lines += 1,
            Met::Before(text) => {
                let text = || told::quoted(text);
                let sentence = || {
                    say!(
                        "beforeTable",
                        "Left out, since it stands before the table: \"{text}\".",
                        text = text()
                    )
                };
                self.before.add(line, sentence);
            }
            Met::Unclosed(0) => {
                let sentence =
                    || say!("unclosed", "A quote is never closed. It was read as a letter like others.");
                self.unclosed.add(line, sentence);
            }
            Met::Unclosed(lines) => {
                let lines = || match lines {
                    1 => say!("oneLineBelow", "1 line below it"),
                    _ => say!("linesBelow", "{count} lines below it", count = lines),
                };
                let sentence = || {
                    say!(
                        "unclosedLines",
                        "A quote opened on line {line} is never closed: {lines} would be part of one cell. The quote was \
                         read as a letter like others.",
                        line = line,
                        lines = lines()
                    )
                };
                self.unclosed.add(line, sentence);
            }
        }
    }

    fn width(&self) -> usize {
        if self.columns.is_empty() { self.layout.width } else { self.columns.len() }
    }

    fn is_full(&self) -> bool {
        self.refused.is_some()
    }

    fn refuse(&mut self, what: String) {
        self.refused.get_or_insert(what);
    }
}

impl Rows {
    /// Ready for rows of this layout.
    pub(super) fn new(layout: Layout) -> Rows {
        Rows {
            under: layout.under.lines(),
            hints: Hints { leans_to_comma: layout.delimiter == Delimiter::Byte(b';'), ..Hints::default() },
            layout,
            reading: vec![],
            header: vec![],
            columns: vec![],
            rows: 0,
            text: 0,
            notes: vec![],
            short: Sort::default(),
            long: Sort::default(),
            cut: Sort::default(),
            foreign: Sort::default(),
            unclosed: Sort::default(),
            before: Sort::default(),
            again: Sort::default(),
            comments: 0,
            comment: None,
            tail: Tail::default(),
            empty_line: 0,
            empty_lines: 0,
            zeros: 0,
            refused: None,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.rows
    }

    pub(super) fn note(&mut self, line: Option<u64>, sentence: Said) {
        self.notes.push(Note { line, sentence });
    }

    /// The texts of a row.
    fn decode<'a>(&mut self, line: u64, fields: &'a [u8], ends: &[usize]) -> Vec<Cow<'a, str>> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges = starts.zip(ends.iter().copied()).map(|(start, end)| &fields[start.min(end)..end]);
        let mut foreign = false;
        let mut texts: Vec<Cow<str>> = ranges
            .map(|bytes| {
                let text = text_of(bytes);
                foreign |= matches!(text, Cow::Owned(_));
                text
            })
            .collect();
        if foreign {
            let sentence = || say!("notUtf8", "The row is not in UTF-8 and was read as Latin-1.");
            self.foreign.add(line, sentence);
        }
        // Most rows have no cell of the kind.
        let is_plain = fields.is_ascii() && !fields.iter().any(|byte| b"=^".contains(byte));
        for text in texts.iter_mut().filter(|_| !is_plain) {
            if let Some(plain) = self.layout.cell(text) {
                *text = Cow::Owned(plain);
            }
        }
        for (index, text) in texts.iter_mut().enumerate().filter(|(_, text)| text.len() > MOST_CELL) {
            let end = (0..=MOST_CELL).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            *text = Cow::Owned(text[..end].to_owned());
            let sentence = || {
                say!(
                    "cellCut",
                    "Cell {cell} is longer than {most} bytes and was cut.",
                    cell = index + 1,
                    most = MOST_CELL
                )
            };
            self.cut.add(line, sentence);
        }
        texts
    }

    /// Whether a line has nothing but blanks, and what stands between cells.
    fn is_bare(&self, line: &[u8]) -> bool {
        let mark = match self.layout.delimiter {
            Delimiter::Byte(mark) => mark,
            _ => b' ',
        };
        line.iter().all(|&byte| byte.is_ascii_whitespace() || byte == mark)
    }

    /// Names the columns, by the first row or, where that is data, by their numbers.
    fn begin(&mut self, line: u64, first: &[Cow<str>]) {
        if first.len() > MOST_COLUMNS {
            return self
                .refuse(format!("the table has {} columns, at most {MOST_COLUMNS} are taken", first.len()));
        }
        let is_data = !self.layout.header;
        if is_data {
            let own = self.reading.iter().find(|settled| settled.key == "header" && !settled.is_chosen);
            if let Some(own) = own {
                let why =
                    if own.is_sure { own.sentence.clone() } else { say!("isThatRight", "Is that right?") };
                let sentence =
                    say!("columnsNumbered", "There is no header, so columns are numbered. {why}", why = why);
                self.note(Some(line), sentence);
            }
        }
        let mut first: Vec<Cow<str>> = first.iter().map(|cell| Cow::Borrowed(cell.as_ref())).collect();
        if self.layout.row_names {
            first.insert(0, Cow::Borrowed("rownames"));
        }
        let width = self.layout.width.min(MOST_COLUMNS).max(first.len());
        let mut cells = first.clone();
        cells.resize(width, Cow::Borrowed(""));
        let given = cells.iter().map(|cell| if is_data { "" } else { cell.as_ref() });
        let (names, renamed) = names::unique(given);
        for sentence in renamed.into_iter().filter(|_| !is_data) {
            self.note(Some(line), sentence);
        }
        let hints = self.hints;
        self.columns = names.into_iter().map(|name| names::column(name, hints)).collect();
        if is_data {
            self.add(line, &first);
        } else {
            self.header =
                first[usize::from(self.layout.row_names)..].iter().map(|cell| cell.to_string()).collect();
        }
    }

    /// Takes a line under the header that is no row.
    fn take_under(&mut self, line: u64, record: &[Cow<str>]) {
        let told: Vec<&str> = record.iter().map(AsRef::as_ref).collect();
        if self.layout.under == Under::Units {
            for (column, unit) in self.columns.iter_mut().zip(&told) {
                let unit = unit.trim();
                let bare = unit.strip_prefix(['(', '[']).and_then(|unit| unit.strip_suffix([')', ']']));
                column.unit =
                    Some(bare.unwrap_or(unit).to_owned()).filter(|unit| !unit.is_empty() && unit != "-");
            }
        }
        let text = told::quoted(told.join(" | ").as_bytes());
        let sentence = match self.layout.under {
            Under::Units => say!("noRowUnits", "The line holds units and is no row: {text}.", text = text),
            Under::Rule => {
                say!("noRowRule", "The line rules off the header and is no row: {text}.", text = text)
            }
            Under::Roles(_) | Under::Nothing => {
                say!("noRowRoles", "The line says what columns are for and is no row: {text}.", text = text)
            }
        };
        self.note(Some(line), sentence);
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
            let sentence = || {
                say!(
                    "rowShort",
                    "The row has {found} cells of {width}; the others are empty.",
                    found = found,
                    width = width
                )
            };
            self.short.add(line, sentence);
        } else if record[width..].iter().any(|cell| !cell.trim().is_empty()) {
            let sentence = || {
                say!(
                    "rowLong",
                    "The row has {found} cells; those beyond {width} were left out.",
                    found = found,
                    width = width
                )
            };
            self.long.add(line, sentence);
        }
        for (index, column) in self.columns.iter_mut().enumerate() {
            let text = record.get(index).map_or("", AsRef::as_ref);
            let before = column.pool_bytes();
            column.push(text);
            self.text += column.pool_bytes() - before;
        }
        let is_after_gap = self.empty_line + 1 == line;
        let filled = record.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
        self.tail.add(self.rows, Last { line, is_after_gap, found: filled });
        self.rows += 1;
    }

    pub(super) fn finish(mut self) -> Result<Table> {
        if let Some(what) = self.refused {
            return Err(too_large(what));
        }
        let columns = &self.columns;
        let text = |row: usize, column: usize| {
            let own = columns.get(column);
            own.and_then(|own| own.cells().get(row).map(|&cell| own.text(cell))).unwrap_or_default()
        };
        let remarks = self.tail.remarks(columns.len(), text);
        let told: Vec<String> = remarks
            .iter()
            .map(|&(row, found)| (0..found).map(|column| text(row, column)).collect::<Vec<_>>().join(", "))
            .collect();
        for (&(row, _), told) in remarks.iter().zip(told) {
            let line = self.tail.line(row);
            self.columns.iter_mut().for_each(|column| column.truncate(row));
            line.into_iter().for_each(|line| self.short.forget(line));
            let text = told::quoted(told.as_bytes());
            let sentence =
                say!("belowTable", "Left out, since it stands below the table: \"{text}\".", text = text);
            self.note(line, sentence);
        }
        if self.zeros > 0 {
            let sentence = say!("zeroBytes", "Zero bytes left out: {count}.", count = self.zeros);
            self.note(None, sentence);
        }
        for sentence in self.layout.told() {
            self.note(None, sentence);
        }
        if let Some((line, first)) = self.comment.take() {
            let sentence = say!(
                "commentsSkipped",
                "Comment lines skipped: {count}. The first: \"{first}\".",
                count = self.comments,
                first = first
            );
            self.note(Some(line), sentence);
        }
        if self.empty_lines > 0 {
            let sentence = say!("emptySkipped", "Empty lines skipped: {count}.", count = self.empty_lines);
            self.note(None, sentence);
        }
        let mut notes = self.before.told(|count| {
            say!("moreBefore", "… and {count} more lines stand before the table.", count = count)
        });
        notes.extend(self.notes);
        let again =
            |count| say!("moreHeaderAgain", "… and {count} more lines repeat the header.", count = count);
        notes.extend(self.again.told(again));
        let unclosed =
            |count| say!("moreUnclosed", "… and {count} more quotes are never closed.", count = count);
        notes.extend(self.unclosed.told(unclosed));
        notes.extend(self.short.told(|n| say!("moreShort", "… and {count} more rows are short.", count = n)));
        notes.extend(self.long.told(|n| say!("moreLong", "… and {count} more rows are long.", count = n)));
        notes.extend(self.cut.told(|n| say!("moreCut", "… and {count} more cells were cut.", count = n)));
        let foreign = |count| say!("moreNotUtf8", "… and {count} more rows are not in UTF-8.", count = count);
        notes.extend(self.foreign.told(foreign));
        let mut table = Table::new(self.columns, notes)?;
        for total in totals::find(&table) {
            let line = self.tail.line(total.row);
            table.notes.push(Note { line, sentence: total.sentence });
        }
        table.reading.splice(0..0, self.reading);
        Ok(table)
    }
}

/// Whether a row has the texts of the header.
fn is_same(header: &[String], record: &[Cow<str>]) -> bool {
    header.len() == record.len() && header.iter().zip(record).all(|(name, cell)| name.trim() == cell.trim())
}
