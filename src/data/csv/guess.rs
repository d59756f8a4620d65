//! What stands between cells, what encloses them, and what comment lines begin with: by what fits the most lines.

use super::fixed;
use super::frame::{begins_with, split};
use super::layout::{Layout, is_blank};
use super::sample::{Record, Sample, is_value};
use crate::data::compound::Compound;
use crate::data::date::{is_comma_of_date, is_date};
use crate::data::reading::{Comment, Delimiter, Escape, Quote, ReadSpec};

/// Of those that fit equally well the first: commas stand inside numbers and texts more often than the others do.
const CANDIDATES: [Delimiter; 4] =
    [Delimiter::Byte(b'\t'), Delimiter::Byte(b';'), Delimiter::Byte(b'|'), Delimiter::Byte(b',')];

/// The marks of comment lines that are looked for.
pub(super) const MARKS: [&str; 3] = ["#", "%", "//"];

/// What fits best, and what fits as well.
pub(super) struct Guess {
    pub(super) best: Sample,
    pub(super) rival: Option<Sample>,
    /// The line `sep=;` that spreadsheets begin with.
    pub(super) says_so: bool,
    /// Whether commas that could cut all lines stand before decimals more likely.
    pub(super) has_decimals: bool,
}

/// All lines of a text.
pub(super) fn lines(mut text: &[u8]) -> Vec<&[u8]> {
    let mut lines = vec![];
    while !text.is_empty() {
        let (line, line_end) = split(text);
        lines.push(line);
        text = &text[line.len() + line_end.len()..];
    }
    lines
}

/// The comment mark that some lines begin with, but not all.
pub(super) fn mark(head: &[u8], options: &ReadSpec) -> Option<&'static str> {
    match options.comment {
        Some(Comment::None) => return None,
        Some(Comment::Mark(mark)) => return Some(mark),
        None => {}
    }
    let lines = lines(head);
    let filled = lines.iter().filter(|line| !line.trim_ascii().is_empty()).count();
    MARKS.into_iter().find(|mark| {
        let marked = lines.iter().filter(|line| begins_with(line, mark)).count();
        marked > 0 && marked < filled
    })
}

/// Cuts the start of a file in every way that `options` leave open and takes what fits best.
pub(super) fn delimiter(
    head: &[u8],
    is_whole: bool,
    options: &ReadSpec,
    comment: Option<&'static str>,
) -> Guess {
    let said = said(head).filter(|_| options.skip.is_none());
    let skip = options.skip.map_or(u64::from(said.is_some()), u64::from);
    let try_one = |delimiter: Delimiter, gaps: Vec<(usize, usize)>| {
        let (quote, backslash) = quoting(head, delimiter, options);
        let layout = Layout { delimiter, gaps, quote, backslash, comment, skip, ..Layout::plain() };
        Sample::of(head, is_whole, layout)
    };
    let says_so = said.is_some() && options.delimiter.is_none();
    match options.delimiter.or(said) {
        Some(Delimiter::Fixed) => {
            let best = try_one(Delimiter::Fixed, fixed::gaps(head, &try_one(Delimiter::Blanks, vec![])));
            return Guess { best, rival: None, says_so: false, has_decimals: false };
        }
        Some(one) => return Guess { best: try_one(one, vec![]), rival: None, says_so, has_decimals: false },
        None => {}
    }
    let is_candidate = |one: &Delimiter| *one != Delimiter::Byte(b',') || !commas_are_of_dates(head);
    let candidates = CANDIDATES.into_iter().filter(is_candidate);
    let mut tried: Vec<Sample> = candidates.map(|one| try_one(one, vec![])).collect();
    let rank = |sample: &Sample| (sample.score(), sample.begins_well());
    // Of two that fit equally well, one that cuts twice as many cells.
    let beats = |one: &Sample, other: &Sample| {
        rank(one) > rank(other) || (rank(one) == rank(other) && one.block.width >= 2 * other.block.width)
    };
    if tried.iter().all(|sample| sample.block.width < 2) {
        tried.drain(..tried.len() - 1);
    }
    let mut best = tried.pop().unwrap_or_else(|| try_one(Delimiter::Byte(b','), vec![]));
    let mut rival = None;
    for other in tried.into_iter().rev() {
        // The list is walked backwards, so an equal one that comes now stands before.
        let (first, second) = if beats(&best, &other) { (best, other) } else { (other, best) };
        let close = second.score() >= 0.95 * first.score() && second.begins_well() == first.begins_well();
        best = first;
        if close && second.score() > 0.0 {
            rival = Some(second);
        }
    }
    let rival = rival.filter(|rival| {
        rival.score() >= 0.95 * best.score()
            && rival.layout.delimiter != best.layout.delimiter
            && best.block.width < 2 * rival.block.width
            && !(rival.layout.delimiter == Delimiter::Byte(b',')
                && has_names(&best)
                && commas_are_of_numbers(head))
    });
    if best.block.width < 2 || best.records.len() > 1 {
        let blanks = try_one(Delimiter::Blanks, vec![]);
        if let Some(best) = by_blanks(&best, blanks, head, try_one) {
            return Guess { best, rival: None, says_so: false, has_decimals: false };
        }
    }
    if best.block.width < 2 {
        let colons = try_one(Delimiter::Byte(b':'), vec![]);
        if are_between_cells(&colons) {
            return Guess { best: colons, rival: None, says_so: false, has_decimals: false };
        }
    }
    if is_column_of_decimals(&best) {
        let best = try_one(Delimiter::Byte(b';'), vec![]);
        return Guess { best, rival: None, says_so: false, has_decimals: true };
    }
    Guess { best, rival, says_so: false, has_decimals: false }
}

/// Whether commas cut every line but the first into two numbers: one with a decimal comma, more likely. Numbers that count on
/// name rows.
fn is_column_of_decimals(sample: &Sample) -> bool {
    let [first, rows @ ..] = &sample.records[..] else { return false };
    let digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |cells: &[String]| {
        cells.len() == 2 && digits(cells[0].strip_prefix('-').unwrap_or(&cells[0])) && digits(&cells[1])
    };
    let number = |cells: &[String]| cells[0].parse::<i64>().ok();
    let counts = rows
        .windows(2)
        .filter(|pair| number(&pair[0].cells).and_then(|one| one.checked_add(1)) == number(&pair[1].cells));
    sample.layout.delimiter == Delimiter::Byte(b',')
        && first.cells.len() == 1
        && rows.len() > 2
        && rows.iter().all(|row| is_number(&row.cells))
        && 2 * counts.count() < rows.len()
}

/// Whether colons stand between cells, and not within times, texts or addresses: as many in every line, none before a blank,
/// and names over values or three cells at least.
fn are_between_cells(sample: &Sample) -> bool {
    let (width, rows) = (sample.block.width, &sample.records);
    let is_text = |row: &Record| {
        let whole = row.cells.join(":");
        let later = row.cells.iter().skip(1).any(|cell| cell.starts_with([' ', '/']) && width < 4);
        later || is_date(&whole) || Compound::Duration.read(&whole).is_some()
    };
    let [first, below @ ..] = &rows[..] else { return false };
    let has_names = first.cells.iter().all(|cell| !cell.trim().is_empty() && !is_value(cell));
    width > 1
        && below.len() > 1
        && sample.block.agree == rows.len()
        && has_names
        && (width > 2 || sample.share_of_values() > 0.0)
        && !rows.iter().any(is_text)
}

/// How many cells more the rows have than the header has names, where commas may stand before decimals as well as between
/// cells.
pub(super) fn cut_decimals(sample: &Sample) -> Option<usize> {
    let [first, below @ ..] = &sample.records[..] else { return None };
    let width = below.iter().map(|row| row.cells.len()).max()?;
    let rows: Vec<&[String]> =
        below.iter().map(|row| &row.cells[..]).filter(|cells| cells.len() == width).collect();
    let more = width.checked_sub(first.cells.len()).filter(|&more| more > 0)?;
    let has_names = first.cells.iter().all(|cell| !cell.trim().is_empty() && !is_value(cell));
    let digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |cell: &str| digits(cell.strip_prefix('-').unwrap_or(cell));
    let is_pair =
        |at: usize| rows.iter().all(|cells| whole(cells[at].trim()) && digits(cells[at + 1].trim()));
    let (mut pairs, mut at) = (0, 0);
    while at + 1 < width {
        let found = is_pair(at);
        pairs += usize::from(found);
        at += 1 + usize::from(found);
    }
    // One cell more may be the names of rows: words, or numbers that rise.
    let number = |cells: &[String]| cells[0].trim().parse::<i64>().ok();
    let rises = rows.windows(2).all(|pair| number(pair[0]).zip(number(pair[1])).is_some_and(|(a, b)| a < b));
    let names_rows = more == 1 && (rises || !rows.iter().all(|cells| whole(cells[0].trim())));
    let ends_empty = rows.iter().any(|cells| cells[width - 1].trim().is_empty());
    let is_steady = rows.len() > 2 && 5 * rows.len() >= 4 * below.len();
    let is_comma = sample.layout.delimiter == Delimiter::Byte(b',');
    (is_comma && has_names && is_steady && pairs >= more && !names_rows && !ends_empty).then_some(more)
}

/// Whether a row of words alone is as wide as most rows.
fn has_names(sample: &Sample) -> bool {
    let is_word = |cell: &String| !cell.trim().is_empty() && !is_value(cell);
    sample.records.iter().any(|row| row.cells.len() == sample.block.width && row.cells.iter().all(is_word))
}

/// Whether all commas stand between digits.
fn commas_are_of_numbers(head: &[u8]) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let mut commas = (0..head.len()).filter(|&at| head[at] == b',');
    commas.all(|at| at > 0 && is_digit(head.get(at - 1)) && is_digit(head.get(at + 1)))
}

/// Whether there are commas, but in nearly every line within dates alone: `Apr 10, 2023`.
fn commas_are_of_dates(head: &[u8]) -> bool {
    let (mut with, mut within) = (0, 0);
    for line in lines(head) {
        let line = String::from_utf8_lossy(line);
        let mut commas = line.match_indices(',').peekable();
        if commas.peek().is_some() {
            with += 1;
            let is_of_date = |(at, _): (usize, &str)| is_comma_of_date(&line[..at], &line[at + 1..]);
            within += usize::from(commas.all(is_of_date));
        }
    }
    within > 1 && 20 * within >= 19 * with
}

/// Blanks between cells, or columns that stand at the same places, where that fits better than `best`.
fn by_blanks(
    best: &Sample,
    blanks: Sample,
    head: &[u8],
    try_one: impl Fn(Delimiter, Vec<(usize, usize)>) -> Sample,
) -> Option<Sample> {
    let rows = blanks.records.len() as f64;
    let values = blanks.share_of_values();
    let one_short = blanks.records.first().is_some_and(|first| first.cells.len() + 1 == blanks.block.width);
    let begins_well = blanks.begins_well() || (one_short && blanks.block.width > 2);
    let agrees = blanks.block.width > 1
        && blanks.score() >= 0.9 * blanks.block.of as f64
        && 2 * blanks.block.agree >= blanks.records.len();
    // Rows that differ, or another header, may be of fixed width: cells may be empty there and have blanks within.
    let is_even = blanks.block.agree == blanks.records.len();
    let places = || by_places(&blanks, head, &try_one);
    if best.block.width > 1 && best.score() >= 0.5 * rows {
        // Cells that are rows of numbers themselves. A header that fits `best` is not one cell short.
        let fits = blanks.begins_well() || (one_short && !best.begins_well());
        let better = agrees && fits && begins_well && blanks.score() >= best.score() - 1.5;
        let own = best.share_of_values();
        let fixed = best.has_wide_cells().then(places).flatten();
        let fixed = fixed.filter(|fixed| fixed.share_of_values() > own);
        let is_blanks = better && values > own && (is_even || fixed.is_none());
        return if is_blanks { Some(blanks) } else { fixed };
    }
    if let Some((parts, _)) = blanks.cut_date() {
        // Places leave a date whole; where it is all that there is, nothing is to be cut.
        let whole = places().filter(|fixed| fixed.cut_date().is_none());
        if whole.is_some() || parts == blanks.block.width {
            return whole;
        }
    }
    if !blanks.begins_well() {
        let names_all = |fixed: &Sample| fixed.records[0].cells.iter().all(|cell| !cell.is_empty());
        if let Some(fixed) = places().filter(names_all) {
            return Some(fixed);
        }
    }
    let all_agree = agrees && blanks.block.agree == blanks.block.of;
    let is_table = values > 0.0 || (begins_well && blanks.block.width > 2);
    if all_agree && is_table && (begins_well || blanks.block.width > 2) {
        return Some(blanks);
    }
    places().or_else(|| (agrees && is_table && begins_well).then_some(blanks))
}

/// Columns that stand at the same places, where there are some.
fn by_places(
    blanks: &Sample,
    head: &[u8],
    try_one: &impl Fn(Delimiter, Vec<(usize, usize)>) -> Sample,
) -> Option<Sample> {
    let gaps = fixed::gaps(head, blanks);
    if gaps.is_empty() {
        return None;
    }
    let fixed = try_one(Delimiter::Fixed, gaps);
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let begins_well = fixed.records.first().is_some_and(|first| filled(&first.cells) > 1);
    (begins_well && fixed.share_of_values() > 0.0).then_some(fixed)
}

/// A mark that no file is cut at, though it stands in every line alike, and how often.
pub(super) fn other_mark(head: &[u8]) -> Option<(&'static str, usize)> {
    const OTHERS: [&str; 6] = ["::", "^", "~", "，", "；", "¦"];
    let lines = lines(head);
    // The last line may be cut off.
    let whole = lines.len().saturating_sub(1).max(1).min(lines.len());
    let texts: Vec<_> = lines[..whole].iter().map(|line| String::from_utf8_lossy(line)).collect();
    let filled = || texts.iter().filter(|text| !text.trim().is_empty());
    OTHERS.into_iter().find_map(|mark| {
        let count = filled().next()?.matches(mark).count();
        let is_alike =
            count > 0 && filled().count() > 2 && filled().all(|text| text.matches(mark).count() == count);
        is_alike.then_some((mark, count))
    })
}

/// The delimiter that the first line names: `sep=;`.
fn said(head: &[u8]) -> Option<Delimiter> {
    let (first, _) = split(head);
    let text = std::str::from_utf8(first).ok()?.trim_matches([' ', '"']);
    let named = text.get(..4).filter(|name| name.eq_ignore_ascii_case("sep=")).and_then(|_| text.get(4..))?;
    let named = if named.is_empty() && first.contains(&b'\t') { "\t" } else { named };
    Delimiter::ALL.into_iter().find(|(name, _)| *name == named).map(|(_, delimiter)| delimiter)
}

/// The quote that opens and closes cells, and whether a backslash stands before quotes within.
fn quoting(head: &[u8], delimiter: Delimiter, options: &ReadSpec) -> (Option<u8>, bool) {
    let quote = match options.quote {
        Some(Quote::None) => return (None, false),
        Some(Quote::Double) => b'"',
        Some(Quote::Single) => b'\'',
        None => {
            let (doubles, _) = quoted(head, delimiter, b'"');
            let (opened, closed) = quoted(head, delimiter, b'\'');
            let few = 2 * opened < lines(head).len();
            if few || 10 * doubles > opened || 5 * closed < 4 * opened { b'"' } else { b'\'' }
        }
    };
    let backslash = match options.escape {
        Some(escape) => escape == Escape::Backslash,
        None => escapes_by_backslash(head, delimiter, quote),
    };
    (Some(quote), backslash)
}

/// Cells that begin with a quote, and those that end with one.
fn quoted(head: &[u8], delimiter: Delimiter, quote: u8) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for at in (0..head.len()).filter(|&at| head[at] == quote) {
        let before = head[..at].iter().rev().find(|&&byte| byte != b' ' || separates(b' ', delimiter));
        opened += usize::from(before.is_none_or(|&byte| separates(byte, delimiter)));
        let after = head[at + 1..].iter().find(|&&byte| byte != b' ' || separates(b' ', delimiter));
        closed += usize::from(after.is_none_or(|&byte| separates(byte, delimiter)));
    }
    (opened, closed)
}

/// Whether a byte ends a cell.
fn separates(byte: u8, delimiter: Delimiter) -> bool {
    match delimiter {
        _ if matches!(byte, b'\n' | b'\r') => true,
        Delimiter::Byte(own) => byte == own,
        Delimiter::Blanks | Delimiter::Fixed => is_blank(byte),
    }
}

/// Whether more quotes within cells stand after a backslash than twice.
fn escapes_by_backslash(head: &[u8], delimiter: Delimiter, quote: u8) -> bool {
    let (mut escaped, mut doubled) = (0, 0);
    for (at, pair) in head.windows(2).enumerate().filter(|(_, pair)| pair[1] == quote) {
        let ends = head.get(at + 2).is_none_or(|&next| separates(next, delimiter));
        let begins = at == 0 || separates(head[at - 1], delimiter);
        escaped += usize::from(pair[0] == b'\\' && !ends);
        doubled += usize::from(pair[0] == quote && !begins);
    }
    escaped > doubled
}
