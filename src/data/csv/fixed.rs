//! Columns of fixed width: places that are blank in all lines stand between them.

use super::guess::lines;
use super::sample::Sample;

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
    gaps.retain(|&(from, to)| from > 0 && to < widest);
    // A column that few lines have is no column.
    let mut columns: Vec<(usize, usize)> = vec![];
    for (from, to) in gaps {
        let left = columns.last().map_or(0, |gap| gap.1);
        let has = |from: usize, to: usize| {
            let is_filled =
                |row: &&String| row.chars().skip(from).take(to - from).any(|letter| letter != ' ');
            let count = rows.iter().filter(is_filled).count();
            2 * count >= rows.len() || (5 * count >= rows.len() && is_filled(&&rows[0]))
        };
        if has(left, from) && has(to, widest) {
            columns.push((from, to));
        }
    }
    columns
}
