//! Lines that sum up the others: no rows like them, though they look so.

use super::said::{Said, say};
use super::table::Table;
use std::collections::BTreeSet;

/// Rows at the end that are looked at: as many as statistics of a column have, from its count to its largest.
const LAST: usize = 8;
/// Rows that a table needs for one of them to sum up the others.
const FEWEST: usize = 4;

/// What such lines begin with.
const WORDS: [&str; 36] = [
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
    "gesamtsumme",
    "endsumme",
    "gesamtergebnis",
    "teilergebnis",
    "total general",
    "total geral",
    "suma",
    "razem",
    "promedio",
    "media",
    "totaal",
    "итого",
    "合計",
    "总计",
];

/// What other lines of statistics begin with. Alone they may be names, such as Max.
#[rustfmt::skip]
const BESIDE: [&str; 26] = [
    "count", "n", "std", "stdev", "std dev", "std. dev.", "std.dev.", "stddev", "sd", "standard deviation",
    "standardabweichung", "var", "variance", "varianz", "min", "minimum", "max", "maximum", "25%", "50%", "75%",
    "range", "mode", "anzahl", "se", "sem",
];

/// A row that sums up the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Which.
    pub row: usize,
    /// What it says of itself, in a sentence.
    pub sentence: Said,
}

/// The rows that sum up others: the last ones, which say so in a word that no other row has, or begin with an empty cell and
/// hold the sums of two columns or more; and any that name themselves after others, as `North Total` does after `North`.
pub fn find(table: &Table) -> Vec<Total> {
    let rows = table.rows();
    if rows < FEWEST {
        return vec![];
    }
    let mut found: Vec<Total> = vec![];
    // Lines of statistics are such beside one that sums up.
    let mut beside: Vec<Total> = vec![];
    for row in (rows - LAST.min(rows / 2)..rows).rev() {
        let Some((sentence, is_beside)) = sums_up(table, row) else { break };
        if is_beside && found.is_empty() {
            beside.push(Total { row, sentence });
        } else {
            found.append(&mut beside);
            found.push(Total { row, sentence });
        }
    }
    let known: Vec<usize> = found.iter().map(|total| total.row).collect();
    found.extend(named_after(table).into_iter().filter(|total| !known.contains(&total.row)));
    found.sort_unstable_by_key(|total| total.row);
    found
}

/// The rows whose first cell is that of others and a word for a sum.
fn named_after(table: &Table) -> Vec<Total> {
    const BEHIND: [&str; 5] = [" total", " totals", " subtotal", " gesamt", " summe"];
    const BEFORE: [&str; 7] =
        ["total ", "subtotal ", "summe ", "zwischensumme ", "gesamt ", "total: ", "summe: "];
    let column = table.column(0);
    let other = |text: &str| {
        let lower = text.trim().to_lowercase();
        let behind = BEHIND.iter().find_map(|word| lower.strip_suffix(word));
        behind
            .or_else(|| BEFORE.iter().find_map(|word| lower.strip_prefix(word)))
            .map(|rest| rest.trim().to_owned())
    };
    let texts = || column.cells().iter().enumerate().filter(|(_, cell)| cell.id().is_some());
    let named: Vec<(usize, String)> =
        texts().filter_map(|(row, &cell)| Some((row, other(column.text_of(cell))?))).collect();
    if named.is_empty() {
        return vec![];
    }
    let names: BTreeSet<String> =
        texts().map(|(_, &cell)| column.text_of(cell).trim().to_lowercase()).collect();
    let is_one = |(row, name): &(usize, String)| {
        let has_numbers = table.columns().any(|column| column.number(column.cells()[*row]).is_some());
        has_numbers && names.contains(name)
    };
    let total = |(row, _): (usize, String)| Total { row, sentence: by_word(&table.text(row, 0)) };
    named.into_iter().filter(is_one).map(total).collect()
}

fn by_word(text: &str) -> Said {
    say!("sumWord", "The row begins with \"{text}\" and seems to sum up the others.", text = text)
}

/// Whether a row sums up the others, in a sentence, and whether it does so only beside another that does.
fn sums_up(table: &Table, row: usize) -> Option<(Said, bool)> {
    let mut cells = table.columns().map(|column| (column, column.cells()[row]));
    let (column, cell) = cells.find(|(column, cell)| !column.is_missing(*cell))?;
    let text = column.text(cell);
    let word = text.trim().trim_end_matches(':').to_lowercase();
    let is_beside = BESIDE.contains(&word.as_str());
    let is_total = word.starts_with("total ") || word.starts_with("grand total");
    if WORDS.contains(&word.as_str()) || is_total || is_beside {
        let again = column.cells().iter().filter(|&&other| other == cell).count();
        let has_numbers = table.columns().any(|column| column.number(column.cells()[row]).is_some());
        let others = table.columns().filter(|other| !std::ptr::eq(*other, column));
        let is_alone = !is_beside
            && others.map(|other| (other, other.cells()[row])).all(|(other, cell)| other.is_missing(cell));
        return (again == 1 && (has_numbers || is_alone)).then(|| (by_word(&text), is_beside));
    }
    if std::ptr::eq(column, table.column(0)) {
        return None;
    }
    let sums = table.columns().filter(|column| is_sum(column, row)).count();
    let what = || say!("sumColumns", "The row holds the sums of {count} columns.", count = sums);
    (sums > 1).then(|| (what(), false))
}

/// Whether a cell is the sum of the numbers above it.
fn is_sum(column: &super::table::Column, row: usize) -> bool {
    let Some(own) = column.number(column.cells()[row]) else { return false };
    let above: Vec<f64> = column.cells()[..row].iter().filter_map(|&cell| column.number(cell)).collect();
    let sum: f64 = above.iter().sum();
    let size: f64 = above.iter().map(|number| number.abs()).sum();
    above.len() + 1 >= FEWEST && size > 0.0 && (own - sum).abs() <= 1e-9 * size
}
