//! Numbers that stand for a missing value, such as −999: repeated, at the edge, and far from all others.

use super::view::{View, brief};
use super::{Ailment, Finding};
use crate::data::remedy::{Kind, Remedy};

/// Numbers that people write for a missing value.
const KNOWN: [f64; 18] = [
    -1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, -999999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0, 255.0,
    65535.0, 32767.0, -32768.0, 8888.0, -8888.0,
];
/// Of these, negative ones that nobody measures: among numbers that are never negative they needn't be as far.
const NINES: f64 = -99.0;
/// Fewer cells are a single odd number, an outlier.
const LEAST: usize = 2;
/// Fewer others show no range to be far from.
const LEAST_OTHERS: usize = 3;

/// The number of a column that likely stands for a missing value, if there is one.
pub(super) fn of_numbers(sorted: &[f64]) -> Option<f64> {
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    [least, most].into_iter().find(|&number| {
        let others = || sorted.iter().copied().filter(move |&other| other != number);
        let (low, high) =
            others().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| (low.min(n), high.max(n)));
        let distance = if number < low { low - number } else { number - high };
        let different = sorted.chunk_by(|a, b| a == b).take(LEAST_OTHERS + 1).count() - 1;
        let is_far = distance > high - low || (number <= NINES && low >= 0.0);
        let repeats = sorted.iter().filter(|&&other| other == number).count();
        KNOWN.contains(&number) && repeats >= LEAST && different >= LEAST_OTHERS && is_far
    })
}

/// The sorted numbers of a column.
pub(super) fn sorted(view: &View, column: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = view.numbers(column).map(|(_, number)| number).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let columns = view.roles.used().filter(|&column| view.kind(column) == Kind::Number);
    columns.filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let sorted = sorted(view, column);
    let number = of_numbers(&sorted)?;
    let others = || sorted.iter().copied().filter(|&other| other != number);
    let (low, high) = (others().next()?, others().next_back()?);
    let rows: Vec<u32> = view.numbers(column).filter(|(_, own)| *own == number).map(|(row, _)| row).collect();
    let mut from: Vec<String> =
        rows.iter().map(|&row| view.table.text(row as usize, column).into_owned()).collect();
    from.sort_unstable();
    from.dedup();
    let name = view.name(column);
    let written = number.to_string().replace('-', "−");
    let sentence = format!(
        "{} have {written} in \"{name}\", where all others lie within {} and {}. Such a number often stands for a missing \
         value.",
        view.share(rows.len()),
        brief(low),
        brief(high)
    );
    let finding = view.finding(Ailment::Missing, Some(column), rows.clone(), sentence);
    let fix = Remedy::Merge { column: name.to_owned(), from, to: String::new() };
    Some(
        finding
            .or(format!("Treat {written} as missing"), fix)
            .or("Leave these rows out", Remedy::DropRows { rows }),
    )
}
