//! CSV, read in pieces: bytes become a [`Table`], and what was odd about them notes. Content never fails; only a limit
//! or the absence of rows does.

mod cut;
mod dress;
mod fixed;
mod frame;
mod guess;
mod header;
mod layout;
mod names;
mod notes;
mod place;
mod rows;
mod sample;
mod tail;
mod told;
mod twice;

use super::reading::{DayOrder, Decimal, ReadSpec};
use super::said::say;
use super::style::Hints;
use super::table::Table;
use crate::error::{Error, Result};
use frame::Framer;
use rows::Rows;

/// Cells that a table may have: 1 000 000 rows of 25 columns.
pub const MOST_CELLS: usize = 25_000_000;
/// Columns that a table may have.
pub const MOST_COLUMNS: usize = 10_000;
/// Bytes that are looked at before the structure is settled.
const HEAD: usize = 1 << 16;

/// Takes a file piece by piece.
#[derive(Default)]
pub struct Reader {
    /// What was chosen by hand.
    options: ReadSpec,
    /// The start of the file, while its structure is open, and the zero bytes that were left out of it.
    head: Vec<u8>,
    zeros: u64,
    state: Option<Box<State>>,
}

/// The structure is settled: rows come.
struct State {
    framer: Framer,
    rows: Rows,
}

impl Reader {
    /// Ready for the first piece, and to settle everything by the file.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// Ready for the first piece; what `options` leave open is settled by the file.
    pub fn with(options: ReadSpec) -> Reader {
        Reader { options, ..Reader::default() }
    }

    /// Takes the next piece; gives the rows so far.
    pub fn push(&mut self, piece: &[u8]) -> usize {
        let mut plain = std::borrow::Cow::Borrowed(piece);
        if piece.contains(&0) {
            plain = piece.iter().copied().filter(|&byte| byte != 0).collect();
            self.zeros += (piece.len() - plain.len()) as u64;
        }
        match &mut self.state {
            Some(state) => state.framer.feed(&plain, &mut state.rows),
            None => {
                self.head.extend_from_slice(&plain);
                if self.head.len() >= HEAD {
                    self.state = Some(self.start(false));
                }
            }
        }
        self.state.as_ref().map_or(0, |state| state.rows.count())
    }

    /// The limit that was passed: what follows is not taken.
    pub fn refused(&self) -> Option<&str> {
        self.state.as_ref().and_then(|state| state.rows.refused.as_deref())
    }

    /// Takes the file as complete.
    ///
    /// # Errors
    /// [`Error::Data`] for a file without rows, or beyond a limit.
    pub fn finish(mut self) -> Result<Table> {
        let mut state = match self.state.take() {
            Some(state) => state,
            None => self.start(true),
        };
        state.framer.finish(&mut state.rows);
        state.rows.zeros = self.zeros;
        state.rows.finish()
    }

    /// All at once.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn read(bytes: &[u8]) -> Result<Table> {
        Reader::read_with(bytes, ReadSpec::default())
    }

    /// All at once; what `options` leave open is settled by the file.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn read_with(bytes: &[u8], options: ReadSpec) -> Result<Table> {
        let mut reader = Reader::with(options);
        for piece in bytes.chunks(1 << 20) {
            reader.push(piece);
        }
        reader.finish()
    }

    /// Settles the structure by the start of the file, which `is_whole` if there is no more of it.
    fn start(&mut self, is_whole: bool) -> Box<State> {
        let head = std::mem::take(&mut self.head);
        let (mark, is_wide) = match &head[..] {
            [0xef, 0xbb, 0xbf, ..] => (3, false),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (2, true),
            _ => (0, false),
        };
        let head = &head[mark..];
        // Exactly so much, however large the pieces are: they must make no difference.
        let seen = &head[..head.len().min(HEAD - mark)];
        let placed = place::place(seen, is_whole && seen.len() == head.len(), &self.options);
        let mut rows = Rows::new(placed.layout.clone());
        rows.layout.is_twice = self.options.encoding.is_none() && twice::example(seen).is_some();
        rows.hints = Hints {
            comma: self.options.decimal.map(|decimal| decimal == Decimal::Comma),
            day_first: self.options.dates.map(|dates| dates == DayOrder::DayFirst),
            ..rows.hints
        };
        rows.reading = told::tell(&placed, &self.options);
        if let Some((mark, count)) = guess::other_mark(seen).filter(|_| self.options.delimiter.is_none()) {
            let times = match count {
                1 => say!("once", "once"),
                _ => say!("times", "{count} times", count = count),
            };
            let sentence = say!(
                "otherMark",
                "\"{mark}\" stands {times} in every line. If it stands between cells, replace it by a tab in a text \
                 editor and open the file again.",
                mark = mark,
                times = times
            );
            rows.note(None, sentence);
        }
        if let Some(more) = guess::cut_decimals(&placed.guess.best) {
            let cells = match more {
                1 => say!("oneCellMore", "1 cell more"),
                _ => say!("cellsMore", "{count} cells more", count = more),
            };
            let sentence = say!(
                "decimalCommas",
                "Rows have {cells} than the header has names, with digits on both sides of commas. If these are decimal \
                 commas, numbers are cut apart here: put semicolons or tabs between cells, and open the file again.",
                cells = cells
            );
            rows.note(None, sentence);
        }
        if let Some((text, own)) = rows.layout.is_twice.then(|| twice::example(seen)).flatten() {
            let sentence = say!(
                "encodedTwice",
                "Letters beyond ASCII were encoded twice and are mended: \"{text}\" is read as \"{own}\". To keep them as \
                 they are, choose the encoding UTF-8.",
                text = text,
                own = own
            );
            rows.note(None, sentence);
        }
        if is_wide {
            // Its plain letters are bytes with a zero beside them, which is left out.
            let sentence =
                say!("utf16", "The file is in UTF-16: letters beyond ASCII may be wrong. Save it as UTF-8.");
            rows.note(None, sentence);
        }
        let mut state = Box::new(State { framer: Framer::new(&placed.layout), rows });
        state.framer.feed(head, &mut state.rows);
        state
    }
}

/// An error that names a limit.
fn too_large(what: String) -> Error {
    Error::Data { what }
}

/// The texts of a table as CSV with commas, a header first; a cell that needs quotes gets them. Read again, it is the same
/// table.
pub fn write(table: &Table) -> String {
    written(table, |text| text)
}

/// The same for a spreadsheet, which would run a text that begins with `=`, `+`, `-`, `@`, a tab or a line end as a formula:
/// such a one has an apostrophe before it. Numbers stay as they are.
pub fn write_guarded(table: &Table) -> String {
    written(table, |text| if is_formula(&text) { format!("'{text}") } else { text })
}

fn written(table: &Table, guard: fn(String) -> String) -> String {
    let mut text = String::new();
    write_row(&mut text, table.columns().map(|column| guard(column.name.clone())));
    for row in 0..table.rows() {
        let cells = table.columns().map(|column| column.text(column.cells()[row]).into_owned());
        write_row(&mut text, cells.map(guard));
    }
    text
}

fn is_formula(text: &str) -> bool {
    let is_number = |digits: &str| {
        digits.starts_with(|c: char| c == '.' || c.is_ascii_digit())
            && digits.replace(',', "").parse::<f64>().is_ok()
    };
    match text.chars().next() {
        Some('+' | '-') => !is_number(&text[1..]),
        Some('=' | '@' | '\t' | '\r' | '\n') => true,
        _ => false,
    }
}

fn write_row(text: &mut String, cells: impl ExactSizeIterator<Item = String>) {
    let alone = cells.len() == 1;
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        // One empty cell alone would be an empty line; others might be taken for comments, quotes or padding.
        let looks_odd = cell.starts_with(['#', '%', '/', '\'', ' ']) || cell.ends_with(' ');
        if looks_odd
            || cell.contains([',', '"', '\n', '\r', ';', '\t', '|'])
            || (alone && (cell.is_empty() || cell.contains(':')))
        {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
