//! Columns of fixed width: places that are blank in all lines stand between them.

use super::guess::lines;
use super::sample::{MOST_PARTS, Sample, is_missing, is_value};
use crate::data::date::is_date;

/// Lines that are looked at, and the letters of each.
const LINES: usize = 400;
const LETTERS: usize = 4096;

/// The gaps between columns, from and to in letters; none where there aren't two columns. `blanks`: the same lines, cut
/// at blanks.
pub(super) fn gaps(head: &[u8], blanks: &Sample) -> Vec<(usize, usize)> {
    let all = lines(head);
    let start = blanks.block.start.saturating_sub(1);
    let numbers = blanks.records.iter().skip(start).map(|record| record.line as usize - 1);
    let rows: Vec<String> = numbers
        .filter_map(|number| all.get(number))
        .take(LINES)
        .map(|line| String::from_utf8_lossy(line).chars().take(LETTERS).collect())
        .collect();
    if rows.len() < 3 || rows.iter().any(|row| row.contains('\t')) {
        return vec![];
    }
    let widest = rows.iter().map(|row| row.chars().count()).max().unwrap_or(0);
    let mut filled = vec![0_usize; widest];
    for row in &rows {
        for (place, letter) in row.chars().enumerate() {
            filled[place] += usize::from(letter != ' ');
        }
    }
    // A few lines may stray: a total, a remark.
    let stray = rows.len() / 20;
    let mut gaps: Vec<(usize, usize)> = vec![];
    for place in 0..widest {
        match gaps.last_mut() {
            _ if filled[place] > stray => {}
            Some((_, end)) if *end == place => *end += 1,
            _ => gaps.push((place, place + 1)),
        }
    }
    gaps.retain(|&(from, _)| from > 0);
    // A column that few lines have, or none, is no column.
    let mut columns: Vec<(usize, usize)> = vec![];
    for (from, to) in gaps {
        let left = columns.last().map_or(0, |gap| gap.1);
        let has = |from: usize, to: usize| {
            let is_filled =
                |row: &&String| row.chars().skip(from).take(to - from).any(|letter| letter != ' ');
            let count = rows.iter().filter(is_filled).count();
            2 * count >= rows.len() || (5 * count >= rows.len() && is_filled(&&rows[0]))
        };
        if !has(to, widest) {
            continue;
        }
        match columns.last_mut() {
            _ if has(left, from) => columns.push((from, to)),
            // What few lines have behind a narrow gap belongs to the cells before it.
            Some(last) if last.1 - last.0 < to - from => *last = (from, to),
            _ => {}
        }
    }
    without_inner(columns, &rows, widest)
}

/// Leaves out single blanks that all cells of a column have at the same place: those that no name of its own stands
/// behind, in a first line that has names, and those within dates.
fn without_inner(gaps: Vec<(usize, usize)>, rows: &[String], widest: usize) -> Vec<(usize, usize)> {
    let text = |row: &str, from: usize, to: usize| -> String {
        row.chars().skip(from).take(to.saturating_sub(from)).collect::<String>().trim().to_owned()
    };
    let ends = gaps.iter().map(|gap| gap.0).chain([widest]);
    let starts = std::iter::once(0).chain(gaps.iter().map(|gap| gap.1));
    let has_names = !starts.zip(ends).any(|(from, to)| is_value(&text(&rows[0], from, to)));
    let mut left = vec![];
    let mut start = 0;
    for (index, &(from, to)) in gaps.iter().enumerate() {
        let end = |index: usize| gaps.get(index).map_or(widest, |gap| gap.0);
        let is_nameless = has_names && to == from + 1 && text(&rows[0], to, end(index + 1)).is_empty();
        let is_within_date = |until: usize| {
            // All rows are looked at last: what comes before is cheap, and seldom so.
            if !gaps[index..until].iter().all(|(from, to)| *to == from + 1) {
                return false;
            }
            let first = text(&rows[0], start, end(until));
            if !is_date(&first) && !is_missing(&first) {
                return false;
            }
            let (mut filled, mut dates) = (0, 0);
            for cell in rows.iter().map(|row| text(row, start, end(until))) {
                filled += usize::from(!is_missing(&cell));
                dates += usize::from(is_date(&cell));
            }
            dates > 0 && 2 * dates > filled
        };
        let last = gaps.len().min(index + MOST_PARTS - 1);
        if !is_nameless && !(index + 1..=last).any(is_within_date) {
            left.push((from, to));
            start = to;
        }
    }
    left
}
