//! CSV, read in pieces: bytes become a [`Table`], and what was odd about them notes. Content never fails; only a limit
//! or the absence of rows does.

mod guess;
mod notes;
mod rows;

use super::reading::{Choice, DayOrder, Decimal, Delimiter, ReadSpec, Settled};
use super::style::Hints;
use super::table::Table;
use crate::error::{Error, Result};
use csv_core::{ReadRecordResult, ReaderBuilder};
use rows::Rows;

/// Cells that a table may have: 1 000 000 rows of 25 columns.
pub const MOST_CELLS: usize = 25_000_000;
/// Columns that a table may have.
pub const MOST_COLUMNS: usize = 10_000;
/// Bytes that one row may have: an open quote would swallow the rest of the file.
const MOST_RECORD: usize = 1 << 24;
/// Bytes that are looked at before the delimiter is settled.
const HEAD: usize = 1 << 16;

/// Takes a file piece by piece.
pub struct Reader {
    /// What was chosen by hand.
    options: ReadSpec,
    /// The start of the file, while the delimiter is open.
    head: Vec<u8>,
    core: Option<Box<csv_core::Reader>>,
    /// Texts of the cells of the row under way, and where each ends.
    fields: Vec<u8>,
    ends: Vec<usize>,
    filled: (usize, usize),
    /// Whether bytes of the row under way were read.
    inside: bool,
    /// The line reached and the line on which the row under way began, from 1.
    line: u64,
    first_line: u64,
    /// The last byte was a carriage return that ended a line; a line feed after it belongs to it.
    after_return: bool,
    /// Old files end lines by carriage returns alone.
    returns_only: bool,
    rows: Rows,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader::new()
    }
}

impl Reader {
    /// Ready for the first piece, and to settle everything by the file.
    pub fn new() -> Reader {
        Reader::with(ReadSpec::default())
    }

    /// Ready for the first piece; what `options` leave open is settled by the file.
    pub fn with(options: ReadSpec) -> Reader {
        Reader {
            options,
            head: Vec::new(),
            core: None,
            fields: vec![0; 1 << 12],
            ends: vec![0; 64],
            filled: (0, 0),
            inside: false,
            line: 1,
            first_line: 1,
            after_return: false,
            returns_only: false,
            rows: Rows::default(),
        }
    }

    /// Takes the next piece; gives the rows so far.
    pub fn push(&mut self, piece: &[u8]) -> usize {
        if self.core.is_some() {
            self.plain(piece);
        } else {
            self.head.extend_from_slice(piece);
            if self.head.len() >= HEAD {
                self.start();
            }
        }
        self.rows.count()
    }

    /// The limit that was passed: what follows is not taken.
    pub fn refused(&self) -> Option<&str> {
        self.rows.refused.as_deref()
    }

    /// Takes the file as complete.
    ///
    /// # Errors
    /// [`Error::Data`] for a file without rows, or beyond a limit.
    pub fn finish(mut self) -> Result<Table> {
        if self.core.is_none() {
            self.start();
        }
        if self.inside {
            self.feed(&[]);
        }
        self.rows.finish()
    }

    /// All at once.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn read(bytes: &[u8]) -> Result<Table> {
        let mut reader = Reader::new();
        for piece in bytes.chunks(1 << 20) {
            reader.push(piece);
        }
        reader.finish()
    }

    /// Settles delimiter and line ends by the start of the file.
    fn start(&mut self) {
        let head = std::mem::take(&mut self.head);
        let (mark, wide) = match &head[..] {
            [0xef, 0xbb, 0xbf, ..] => (3, false),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (2, true),
            _ => (0, false),
        };
        if wide {
            // Its plain letters are bytes with a zero beside them, which is left out.
            self.rows
                .note(None, "The file is in UTF-16: letters beyond ASCII may be wrong. Save it as UTF-8.");
        }
        let head = &head[mark..];
        self.returns_only = head.contains(&b'\r') && !head.contains(&b'\n');
        let guessed = guess::delimiter(head, if self.returns_only { b'\r' } else { b'\n' });
        let delimiter = match self.options.delimiter {
            Some(Delimiter::Byte(byte)) => byte,
            _ => guessed,
        };
        self.rows.header = self.options.header;
        let own = Delimiter::Byte(delimiter);
        self.rows.reading.push(Settled {
            key: "delimiter",
            value: Choice::Name(own.name()),
            is_chosen: self.options.delimiter.is_some(),
            is_sure: true,
            choices: Delimiter::ALL.iter().map(|(name, own)| (Choice::Name(name), own.label())).collect(),
            sentence: format!("{}s stand between the cells.", own.label()),
        });
        self.rows.comma = delimiter == b';';
        self.rows.hints = Hints {
            comma: self.options.decimal.map(|decimal| decimal == Decimal::Comma),
            day_first: self.options.dates.map(|dates| dates == DayOrder::DayFirst),
            ..Hints::default()
        };
        self.core = Some(Box::new(ReaderBuilder::new().delimiter(delimiter).build()));
        self.plain(head);
    }

    /// Brings a piece to plain form: no zeros, line feeds at line ends.
    fn plain(&mut self, piece: &[u8]) {
        if !self.returns_only && !piece.contains(&0) {
            return self.feed_if_any(piece);
        }
        let zeros = piece.iter().filter(|&&byte| byte == 0).count();
        self.rows.zeros += zeros as u64;
        let plain = piece.iter().filter(|&&byte| byte != 0);
        let plain: Vec<u8> =
            plain.map(|&byte| if self.returns_only && byte == b'\r' { b'\n' } else { byte }).collect();
        self.feed_if_any(&plain);
    }

    /// Nothing would mean the end of the file.
    fn feed_if_any(&mut self, piece: &[u8]) {
        if !piece.is_empty() {
            self.feed(piece);
        }
    }

    fn feed(&mut self, piece: &[u8]) {
        let Some(mut core) = self.core.take() else { return };
        let ends_file = piece.is_empty();
        let mut rest = piece;
        while self.rows.refused.is_none() {
            if !self.inside && !ends_file {
                rest = self.skip_empty_lines(rest);
                if rest.is_empty() {
                    break;
                }
                self.inside = true;
                self.first_line = self.line;
            }
            let (text, cells) = self.filled;
            let (result, read, written, ended) =
                core.read_record(rest, &mut self.fields[text..], &mut self.ends[cells..]);
            self.line += rest[..read].iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.after_return = rest[..read].last() == Some(&b'\r');
            rest = &rest[read..];
            self.filled = (text + written, cells + ended);
            match result {
                ReadRecordResult::OutputFull if self.fields.len() >= MOST_RECORD => {
                    self.rows.refuse(format!(
                        "the row that begins on line {} is longer than {} MB: is a quote left open?",
                        self.first_line,
                        MOST_RECORD >> 20
                    ));
                }
                ReadRecordResult::OutputFull => self.fields.resize(2 * self.fields.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record => {
                    let (text, cells) = std::mem::take(&mut self.filled);
                    self.inside = false;
                    self.rows.take(self.first_line, &self.fields[..text], &self.ends[..cells]);
                    if ends_file {
                        break;
                    }
                }
                ReadRecordResult::InputEmpty if !ends_file => break,
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => break,
            }
            if rest.is_empty() && !self.inside && !ends_file {
                break;
            }
        }
        self.core = Some(core);
    }

    fn skip_empty_lines<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
        while let [byte @ (b'\n' | b'\r'), after @ ..] = rest {
            rest = after;
            if *byte == b'\n' {
                self.line += 1;
            }
            if *byte == b'\n' && self.after_return {
                self.after_return = false;
                continue;
            }
            self.rows.empty_lines += 1;
            self.after_return = *byte == b'\r';
        }
        rest
    }
}

/// An error that names a limit.
fn too_large(what: String) -> Error {
    Error::Data { what }
}

/// The texts of a table as CSV with commas, a header first; a cell that needs quotes gets them.
pub fn write(table: &Table) -> String {
    let mut text = String::new();
    let names = table.columns().map(|column| column.name.clone());
    write_row(&mut text, names);
    for row in 0..table.rows() {
        write_row(&mut text, table.columns().map(|column| column.text(column.cells()[row]).into_owned()));
    }
    text
}

fn write_row(text: &mut String, cells: impl ExactSizeIterator<Item = String>) {
    let alone = cells.len() == 1;
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        // One empty cell alone would be an empty line.
        if cell.contains([',', '"', '\n', '\r', ';', '\t']) || (alone && cell.is_empty()) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
