//! What a file doesn't say about itself: its delimiter, and whether its first row is a header.

use crate::data::cell::parse_number;

/// Of equally good ones the first: commas stand inside numbers more often than the others do.
const CANDIDATES: [u8; 3] = [b'\t', b';', b','];

/// Lines that are looked at.
const LINES: usize = 50;

/// The delimiter that cuts the most lines into the same number of cells, two at least; a comma where none does.
pub(super) fn delimiter(head: &[u8], line_end: u8) -> u8 {
    let mut best = (0, 0, b',');
    for delimiter in CANDIDATES {
        let counts = cells_a_line(head, delimiter, line_end);
        let Some(&first) = counts.iter().find(|&&cells| cells > 1) else { continue };
        let same = |cells: usize| counts.iter().filter(|&&other| other == cells).count();
        // The header, and what most lines have.
        let most =
            counts.iter().copied().filter(|&cells| cells > 1).max_by_key(|&cells| (same(cells), cells));
        let agree = same(most.unwrap_or(first));
        let score = (agree, usize::from(counts.first() == most.as_ref()), delimiter);
        if (score.0, score.1) > (best.0, best.1) {
            best = score;
        }
    }
    best.2
}

/// Cells of each of the first lines, empty ones left out; delimiters and line ends within quotes don't count.
fn cells_a_line(head: &[u8], delimiter: u8, line_end: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut cells, mut quoted, mut is_empty) = (1, false, true);
    for &byte in head {
        if byte == line_end && !quoted {
            if !is_empty {
                counts.push(cells);
            }
            (cells, is_empty) = (1, true);
            if counts.len() == LINES {
                return counts;
            }
            continue;
        }
        is_empty &= byte == b'\r';
        quoted ^= byte == b'"';
        cells += usize::from(byte == delimiter && !quoted);
    }
    // The last line of a longer file may be cut.
    if !is_empty && (counts.is_empty() || head.len() < super::HEAD) {
        counts.push(cells);
    }
    counts
}

/// Whether a file's first row is data already: it has numbers, other than a header that counts its columns.
pub(super) fn is_data<'a>(first: impl Iterator<Item = &'a str> + Clone, comma: bool) -> bool {
    let cells = first.clone().count();
    let numbers: Vec<f64> = first.filter_map(|cell| parse_number(cell, comma)).collect();
    let counts = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1.0) && numbers.len() > 1;
    !numbers.is_empty() && (numbers.len() == cells || !counts)
}
