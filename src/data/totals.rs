//! Lines that sum up the others: no rows like them, though they look so.

use super::said::{Said, say};
use super::table::Table;

/// Rows at the end that are looked at.
const LAST: usize = 3;
/// Rows that a table needs for one of them to sum up the others.
const FEWEST: usize = 4;

/// What such lines begin with.
const WORDS: [&str; 22] = [
    "total",
    "totals",
    "sum",
    "sums",
    "subtotal",
    "grand total",
    "overall",
    "overall total",
    "all",
    "average",
    "avg",
    "mean",
    "median",
    "gesamt",
    "summe",
    "insgesamt",
    "mittelwert",
    "durchschnitt",
    "totale",
    "somme",
    "moyenne",
    "total général",
];

/// A row that sums up the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Which.
    pub row: usize,
    /// What it says of itself, in a sentence.
    pub sentence: Said,
}

/// The last rows that sum up the others: they say so in a word that no other row has, or begin with an empty cell and
/// hold the sums of two columns or more.
pub fn find(table: &Table) -> Vec<Total> {
    let rows = table.rows();
    if rows < FEWEST {
        return vec![];
    }
    let mut found: Vec<Total> = vec![];
    for row in (rows - LAST.min(rows)..rows).rev() {
        let Some(sentence) = sums_up(table, row) else { break };
        found.push(Total { row, sentence });
    }
    found.reverse();
    found
}

fn sums_up(table: &Table, row: usize) -> Option<Said> {
    let mut cells = table.columns().map(|column| (column, column.cells()[row]));
    let (column, cell) = cells.find(|(column, cell)| !column.is_missing(*cell))?;
    let text = column.text(cell);
    let word = text.trim().trim_end_matches(':').to_lowercase();
    if WORDS.contains(&word.as_str()) || word.starts_with("total ") || word.starts_with("grand total") {
        let again = column.cells().iter().filter(|&&other| other == cell).count();
        let has_numbers = table.columns().any(|column| column.number(column.cells()[row]).is_some());
        let what =
            || say!("sumWord", "The row begins with \"{text}\" and seems to sum up the others.", text = text);
        return (again == 1 && has_numbers).then(what);
    }
    if std::ptr::eq(column, table.column(0)) {
        return None;
    }
    let sums = table.columns().filter(|column| is_sum(column, row)).count();
    (sums > 1).then(|| say!("sumColumns", "The row holds the sums of {count} columns.", count = sums))
}

/// Whether a cell is the sum of the numbers above it.
fn is_sum(column: &super::table::Column, row: usize) -> bool {
    let Some(own) = column.number(column.cells()[row]) else { return false };
    let above: Vec<f64> = column.cells()[..row].iter().filter_map(|&cell| column.number(cell)).collect();
    let sum: f64 = above.iter().sum();
    let size: f64 = above.iter().map(|number| number.abs()).sum();
    above.len() + 1 >= FEWEST && size > 0.0 && (own - sum).abs() <= 1e-9 * size
}
