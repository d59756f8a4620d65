//! Rows of a file's start, as one layout would cut them.

use super::frame::{Framer, Met, Sink};
use super::layout::{Layout, cell_of, text_of};
use crate::data::cell::Gap;
use crate::data::compound::Compound;
use crate::data::date::is_spelled;
use crate::data::number::Written;
use crate::data::reading::Delimiter;

/// Rows that are looked at.
const MOST_RECORDS: usize = 400;
/// Parts that blanks may cut a date into: `Mon, 10 Apr 2023 2:30 PM +02:00`.
pub(super) const MOST_PARTS: usize = 7;

/// A row.
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// What a layout makes of a file's start.
pub(super) struct Sample {
    pub(super) layout: Layout,
    pub(super) records: Vec<Record>,
    /// Empty lines.
    pub(super) empty: Vec<u64>,
    /// Comment lines and their numbers.
    pub(super) comments: Vec<(u64, Vec<u8>)>,
    /// Whether a blank precedes every cell that isn't the first of its line.
    pub(super) padded: bool,
    /// Where the widest rows begin, and how many of the rows from there on agree.
    pub(super) block: Block,
}

/// A run of rows of one width.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Block {
    /// The first of them.
    pub(super) start: usize,
    pub(super) width: usize,
    /// Rows of that width from there on, and all rows.
    pub(super) agree: usize,
    pub(super) of: usize,
}

impl Sink for Sample {
    fn take(&mut self, line: u64, fields: &[u8], ends: &[usize]) {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let cells = starts.zip(ends).map(|(start, &end)| {
            let text = text_of(&fields[start.min(end)..end]);
            cell_of(&text).unwrap_or_else(|| text.into_owned())
        });
        self.records.push(Record { line, cells: cells.collect() });
    }

    fn meet(&mut self, line: u64, met: Met) {
        match met {
            Met::Empty => self.empty.push(line),
            Met::Comment(text) => self.comments.push((line, text.to_vec())),
            Met::Before(_) | Met::Unclosed(_) => {}
        }
    }

    fn width(&self) -> usize {
        self.records.last().map_or(0, |record| record.cells.len())
    }

    fn is_full(&self) -> bool {
        self.records.len() >= MOST_RECORDS
    }

    fn refuse(&mut self, _: String) {}
}

impl Sample {
    /// Cuts the start of a file; `is_whole`: there is no more of it.
    pub(super) fn of(head: &[u8], is_whole: bool, layout: Layout) -> Sample {
        let mut framer = Framer::new(&layout);
        let block = Block { start: 0, width: 1, agree: 0, of: 0 };
        let mut sample =
            Sample { layout, records: vec![], empty: vec![], comments: vec![], padded: false, block };
        framer.feed(head, &mut sample);
        if is_whole || sample.records.is_empty() {
            framer.finish(&mut sample);
        }
        let cutter = &framer.cutter;
        sample.padded = cutter.later > 1 && 20 * cutter.padded >= 19 * cutter.later;
        sample.block = sample.find_block();
        sample
    }

    /// The rows of one width, two cells at least, that fill the most of the file; wider ones count for more, since lines
    /// before a table are narrow.
    fn find_block(&self) -> Block {
        let widths: Vec<usize> = self.records.iter().map(|record| record.cells.len()).collect();
        let all = Block { start: 0, width: 1, agree: widths.len(), of: widths.len() };
        let mut known: Vec<usize> = widths.iter().copied().filter(|&width| width > 1).collect();
        known.sort_unstable();
        known.dedup();
        let mut best = (0, all);
        for width in known {
            let pair = widths.windows(2).position(|pair| pair == [width, width]);
            let first = pair.or_else(|| widths.iter().position(|&other| other == width)).unwrap_or(0);
            let wider = widths[..first].iter().rev().take_while(|&&other| other >= width).count();
            let start = first - wider;
            let agree = widths[start..].iter().filter(|&&other| other == width).count();
            // Lines before a table are fewer than its rows, or narrow: otherwise they are rows of other widths.
            let is_after_lines =
                start <= agree || widths[..start].iter().all(|&before| before < width.min(3));
            if is_after_lines && agree * width * width >= best.0 {
                best = (agree * width * width, Block { start, width, agree, of: widths.len() - start });
            }
        }
        best.1
    }

    /// How well the layout fits: rows that agree, less where others lie among them.
    pub(super) fn score(&self) -> f64 {
        let Block { width, agree, of, .. } = self.block;
        if width < 2 || of == 0 { 0.0 } else { (agree * agree) as f64 / of as f64 }
    }

    /// Whether the first row has as many cells as the others.
    pub(super) fn begins_well(&self) -> bool {
        self.records.first().is_some_and(|first| first.cells.len() == self.block.width)
    }

    /// The cells of a column, missing ones left out, from row `from` on.
    pub(super) fn column(&self, column: usize, from: usize) -> Vec<&str> {
        let rows = self.records.get(from..).unwrap_or_default().iter();
        let cells = rows.filter_map(|row| row.cells.get(column)).map(|cell| cell.trim());
        cells.filter(|cell| !is_missing(cell)).collect()
    }

    /// Where a date is cut at its blanks in nearly every row, the first one included, so that no names stand over its parts:
    /// the number of its cells, and an example.
    pub(super) fn cut_date(&self) -> Option<(usize, String)> {
        if !matches!(self.layout.delimiter, Delimiter::Blanks | Delimiter::Fixed) {
            return None;
        }
        let width = self.block.width;
        let rows: Vec<&Record> = self.records.iter().filter(|row| row.cells.len() == width).collect();
        let joined = |row: &Record, from: usize, count: usize| -> String {
            let parts = row.cells[from..from + count].iter().map(|cell| cell.trim());
            parts.filter(|part| !is_missing(part)).collect::<Vec<_>>().join(" ")
        };
        let is_date = |row: &Record, from: usize, count: usize| is_spelled(&joined(row, from, count));
        let nearly_all = |from: usize, count: usize| {
            let filled = rows.iter().filter(|row| !joined(row, from, count).is_empty()).count();
            let dates = rows.iter().filter(|row| is_date(row, from, count)).count();
            dates > 1 && 5 * dates >= 4 * filled
        };
        let first = rows.first()?;
        let places = (2..=width.min(MOST_PARTS)).rev();
        let mut places = places.flat_map(|count| (0..=width - count).map(move |from| (from, count)));
        let (from, count) =
            places.find(|&(from, count)| is_date(first, from, count) && nearly_all(from, count))?;
        Some((count, joined(first, from, count)))
    }

    /// Whether most rows have cells with blanks side by side, as they stand between columns.
    pub(super) fn has_wide_cells(&self) -> bool {
        let wide = self.records.iter().filter(|row| row.cells.iter().any(|cell| is_wide(cell)));
        2 * wide.count() > self.records.len()
    }

    /// The share of columns that hold numbers, dates and the like.
    pub(super) fn share_of_values(&self) -> f64 {
        let Block { start, width, .. } = self.block;
        let hold = (0..width).filter(|&column| are_values(&self.column(column, start + 1)));
        hold.count() as f64 / width.max(1) as f64
    }
}

/// Whether a text stands for nothing, at least among numbers.
pub(super) fn is_missing(text: &str) -> bool {
    Gap::of(text) != Gap::IsNot
}

/// Whether blanks stand side by side within a cell, as they do between columns.
fn is_wide(cell: &str) -> bool {
    cell.trim().contains("  ")
}

/// Whether nearly all of some cells are numbers, amounts, dates or times.
pub(super) fn are_values(cells: &[&str]) -> bool {
    let values = cells.iter().filter(|cell| is_value(cell)).count();
    values > 0 && 5 * values >= 4 * cells.len()
}

/// Whether a cell seems to be a number, an amount, a date or a time: it begins with no letter, and has at least as many
/// digits as letters.
pub(super) fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    if is_wide(cell) || cell.contains('"') {
        return false;
    }
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|letter| letter.is_alphabetic()).count();
    // Several numbers in a row are several cells; digits in groups of three are one.
    let mut words = cell.split_whitespace().skip(1).peekable();
    let several = words.peek().is_some()
        && cell.split_whitespace().all(|word| word.parse::<f64>().is_ok())
        && words.any(|word| word.split(['.', ',']).next().is_none_or(|group| group.len() != 3));
    // `CHF 12.50` and `PT1H30M` begin with letters.
    let is_amount = || digits > 0 && (Written::of(cell).is_some() || Compound::Duration.read(cell).is_some());
    match cell.starts_with(char::is_alphabetic) {
        true => is_amount(),
        false => digits > 0 && letters <= digits && !several,
    }
}
