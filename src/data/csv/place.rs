//! Where the table begins, and which of its first lines are no rows.

use super::dress::Dress;
use super::frame::unmarked;
use super::guess::{self, Guess};
use super::header::{Verdict, is_counts, judge, under};
use super::layout::{Layout, Under};
use super::sample::{Block, Record, Sample, are_values, is_missing, is_value};
use crate::data::reading::{Comment, ReadSpec};
use crate::data::said::say;
use std::collections::BTreeSet;

/// The structure of a file and how sure each part of it is.
pub(super) struct Placed {
    pub(super) layout: Layout,
    pub(super) guess: Guess,
    pub(super) header: Verdict,
    /// Comment lines among those looked at, and whether they are surely no rows.
    pub(super) comments: usize,
    pub(super) sure_comments: bool,
    /// Whether what names rows differs in all of them.
    pub(super) sure_row_names: bool,
    /// Whether there is a header that is one cell short.
    pub(super) is_short: bool,
    pub(super) sure_under: bool,
    /// The first row under the header.
    pub(super) first_row: Vec<String>,
    /// The line on which the table begins.
    pub(super) from: u64,
    /// Whether a line holds counts: of rows, of columns, and the names of classes.
    pub(super) has_counts: bool,
}

/// Settles the structure by the start of a file.
pub(super) fn place(head: &[u8], is_whole: bool, options: &ReadSpec) -> Placed {
    let dress = Dress::of(head, is_whole, options);
    let head: &[u8] = &dress.off(head);
    let mark = guess::mark(head, options);
    let mut guess = guess::delimiter(head, is_whole, options, mark);
    let (mut comments, mut sure_comments) = (guess.best.comments.len(), true);
    let mut marked = None;
    if let (Some(mark), None) = (mark, options.comment) {
        marked = marked_header(&guess.best, mark, options);
        let others = comments - usize::from(marked.is_some());
        let width = guess.best.block.width;
        let rows = guess.best.comments.iter().filter(|(_, line)| cells(&guess.best, line) == width).count();
        let rows = rows - usize::from(marked.is_some()).min(rows);
        let first = guess.best.records.first().map_or(0, |first| first.line);
        let on_top = guess.best.comments.iter().all(|&(line, _)| line < first);
        // In one column every line agrees.
        let are_rows = if width > 1 { 2 * rows > others } else { others > 0 && !on_top };
        sure_comments = if width > 1 { rows == 0 } else { on_top };
        if are_rows || others == 0 {
            comments = if are_rows { rows } else { 0 };
            if are_rows {
                marked = None;
                guess = guess::delimiter(head, is_whole, options, None);
            }
            guess.best.layout.comment = None;
        }
    }
    let sample = &guess.best;
    let mut layout = Layout { dress, ..sample.layout.clone() };
    layout.trim = sample.padded && matches!(layout.delimiter, crate::data::reading::Delimiter::Byte(_));
    let records: Vec<&[String]> = sample.records.iter().map(|record| &record.cells[..]).collect();
    let Start { at, is_short, has_counts } = match marked {
        Some((line, _)) => {
            let at = sample.records.iter().position(|record| record.line > line).unwrap_or(0);
            Start { at, is_short: false, has_counts: false }
        }
        None => start(sample, &records, options),
    };
    layout.marked = marked;
    let block = sample.block;
    layout.width = if block.agree > 1 && 2 * block.agree >= block.of { block.width } else { 0 };
    let table = records.get(at..).unwrap_or_default();
    let from = match marked {
        Some((line, _)) => line,
        None => sample.records.get(at).map_or(1, |record| record.line),
    };
    if options.skip.is_none() {
        let before = sample.records.iter().take(at).any(|record| record.line < from);
        layout.skip = if before { from - 1 } else { layout.skip };
    }
    let (first, body) = match (marked, table) {
        (Some(_), body) => (None, body),
        (None, [first, body @ ..]) => (Some(*first), body),
        (None, []) => (None, table),
    };
    let header = match first {
        None if marked.is_some() => Verdict {
            is_header: true,
            is_sure: true,
            why: say!("behindMark", "Line {line} names the columns behind a comment mark.", line = from),
        },
        _ if is_short => Verdict {
            is_header: true,
            is_sure: true,
            why: say!("oneCellLess", "Line {line} has one cell less than the lines below.", line = from),
        },
        Some(first) => judge(first, from, body),
        None => Verdict { is_header: false, is_sure: true, why: say!("emptyFile", "The file is empty.") },
    };
    layout.header = options.header.unwrap_or(header.is_header);
    let differ: BTreeSet<&String> = body.iter().filter_map(|row| row.first()).collect();
    let last_empty =
        body.iter().all(|row| row.get(layout.width.max(1) - 1).is_none_or(|cell| cell.trim().is_empty()));
    let sure_row_names = differ.len() == body.len();
    layout.row_names = is_short && layout.header && options.row_names.unwrap_or(!last_empty);
    if is_short && last_empty && options.row_names.is_none() {
        // A delimiter at the end of each line makes no column.
        layout.width -= 1;
    }
    layout.is_over_values =
        first.is_some_and(|first| (0..first.len()).any(|place| is_over_values(first, place, body)));
    // A header that stands twice says nothing of units.
    let again = body.iter().take_while(|row| layout.is_over_values && Some(**row) == first).count();
    let body = &body[again..];
    let (found, sure_under) = under(body);
    layout.under = match options.units_row {
        _ if !layout.header => Under::Nothing,
        Some(true) => Under::Units,
        Some(false) if found == Under::Units => Under::Nothing,
        _ => found,
    };
    let first_row = body.first().map_or(vec![], |row| row.to_vec());
    Placed {
        layout,
        header,
        comments,
        sure_comments,
        sure_row_names,
        is_short,
        sure_under,
        first_row,
        from,
        has_counts,
        guess,
    }
}

/// Whether what the first row has at a place is a word over numbers, dates and the like.
fn is_over_values(first: &[String], place: usize, body: &[&[String]]) -> bool {
    let cell = first[place].trim();
    let below = body.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim());
    let below: Vec<&str> = below.filter(|below| !is_missing(below) && *below != cell).collect();
    !is_missing(cell) && !is_value(cell) && are_values(&below)
}

/// Cells of a line that has been taken for a comment.
fn cells(sample: &Sample, line: &[u8]) -> usize {
    let layout = Layout { comment: None, marked: None, skip: 0, ..sample.layout.clone() };
    Sample::of(line, true, layout).records.first().map_or(0, |record| record.cells.len())
}

/// The last comment line before the table, if it names the columns of one that has no other header.
fn marked_header(sample: &Sample, mark: &'static str, options: &ReadSpec) -> Option<(u64, &'static str)> {
    let Block { start, width, .. } = sample.block;
    let first = sample.records.get(start)?;
    let (line, text) = sample.comments.iter().rev().find(|(line, _)| *line < first.line)?;
    let skipped = options.skip.is_some_and(|skip| *line <= u64::from(skip));
    let is_next = sample.records.iter().all(|record| record.line < *line || record.line >= first.line);
    let text = unmarked(text, mark);
    let layout = Layout { comment: None, skip: 0, ..sample.layout.clone() };
    let own = Sample::of(text, true, layout);
    let own = own.records.first()?;
    let records: Vec<&[String]> = sample.records[start..].iter().map(|record| &record.cells[..]).collect();
    let is_named =
        own.cells.iter().all(|cell| !cell.trim().is_empty()) && judge(&own.cells, *line, &records).is_header;
    let has_other = judge(&first.cells, first.line, &records[1..]);
    let fits = own.cells.len() == width && (width > 1 || is_word(own));
    let wanted = options.header != Some(false) && !skipped && is_next;
    (wanted && fits && is_named && !(has_other.is_header && has_other.is_sure)).then_some((*line, mark))
}

/// Whether a line of one cell is a name and not a sentence.
fn is_word(record: &Record) -> bool {
    record.cells.iter().all(|cell| !cell.trim().contains(' '))
}

/// Where a table begins.
struct Start {
    at: usize,
    /// Whether it begins with a header that is one cell short.
    is_short: bool,
    has_counts: bool,
}

fn start(sample: &Sample, records: &[&[String]], options: &ReadSpec) -> Start {
    let Block { start, width, agree, of } = sample.block;
    let agrees = agree > 1 && 2 * agree >= of;
    let line = |at: usize| sample.records[at].line;
    let is_named = |at: usize| {
        records.get(at).is_some_and(|first| {
            let verdict = judge(first, line(at), &records[at + 1..]);
            verdict.is_header && verdict.is_sure && at + 1 < records.len()
        })
    };
    let short = |at: usize| {
        agrees
            && records[at].len() + 1 == width
            && records.get(at + 1).is_some_and(|next| next.len() == width)
            && is_header_alone(records[at])
            && !is_named(at + 1)
    };
    if options.skip.is_some() || !agrees || records.is_empty() {
        let is_short = !records.is_empty() && short(0);
        return Start { at: 0, is_short, has_counts: false };
    }
    if start > 0 && short(start - 1) {
        return Start { at: start - 1, is_short: true, has_counts: false };
    }
    let mut at = start;
    if !is_named(at) {
        // The first rows may be of other widths; what names the columns is no line before the table.
        let names = (0..at).find(|&line| records[line].len() == width && is_named(line));
        let rows = records[..at].iter().rev().take_while(|cells| is_row(cells, width)).count();
        at = names.unwrap_or(at - rows);
    }
    // Lines before the table may be wider than it.
    if records[at].len() > width {
        let next = (at..records.len()).find(|&next| records[next].len() == width);
        at = next.filter(|&next| is_named(next)).unwrap_or(at);
    }
    if let Some(next) = below_padded(records, at, width).filter(|&next| is_named(next)) {
        at = next;
    }
    // A title that happens to have as many cells, with an empty line below it.
    while at + 2 < records.len() && at < start + 5 {
        let parted = sample.empty.iter().any(|&empty| line(at) < empty && empty < line(at + 1));
        if !(parted && records[at + 1].len() == width && is_named(at + 1)) {
            break;
        }
        at += 1;
    }
    let has_counts = is_counts(records[at], &records[at + 1..]);
    Start { at: at + usize::from(has_counts), is_short: false, has_counts }
}

/// The line that names the columns below lines that spreadsheets padded with delimiters: titles, names of groups of columns
/// and empty ones. Such a line fills half of the columns at most, and has none where the names below stand over numbers.
/// Columns that hold nothing, as around a table in the middle of a sheet, don't count.
fn below_padded(records: &[&[String]], at: usize, width: usize) -> Option<usize> {
    const MOST_LINES: usize = 20;
    let holds = |cell: &String| !cell.trim().is_empty();
    let filled = |line: usize| records[line].iter().filter(|cell| holds(cell)).count();
    let is_used = |place: &usize| records[at..].iter().any(|cells| cells.get(*place).is_some_and(holds));
    let columns = (0..width).filter(is_used).count();
    let is_padded = |line: usize| records[line].len() == width && 2 * filled(line) <= columns;
    let next = (at..records.len().min(at + MOST_LINES)).find(|&line| !is_padded(line))?;
    let names = records[next];
    let is_gap = |place: usize| !(at..next).any(|line| holds(&records[line][place]));
    let fits = next > at && names.len() == width && filled(next) + 1 >= columns;
    let below = &records[next + 1..];
    (fits && (0..width).any(|place| is_gap(place) && is_over_values(names, place, below))).then_some(next)
}

/// Whether a line is a row of a table of so many columns, though a short one: most cells are values. Counts of rows and
/// columns are none.
fn is_row(cells: &[String], width: usize) -> bool {
    let last = cells.last().and_then(|cell| cell.trim().parse::<usize>().ok());
    let counts = cells.len() == 2 && last.is_some_and(|last| last == width || last + 1 == width);
    let values = cells.iter().filter(|cell| is_value(cell)).count();
    cells.len() + 1 >= width && 2 * values > cells.len() && !counts
}

/// Whether all cells of a line are different names.
fn is_header_alone(first: &[String]) -> bool {
    let names: BTreeSet<&str> = first.iter().map(|cell| cell.trim()).collect();
    names.len() == first.len() && first.iter().all(|cell| !is_missing(cell) && !is_value(cell))
}

/// The comment mark of a layout as a choice.
pub(super) fn comment_of(layout: &Layout) -> Comment {
    layout.comment.map_or(Comment::None, Comment::Mark)
}
