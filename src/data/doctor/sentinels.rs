//! Numbers that stand for a missing value, such as −999: repeated, at the edge, and far from all others.

use super::view::{View, brief};
use super::{Finding, FindingKind, label};
use crate::data::said::say;
use crate::data::table_spec::{CleaningStep, Kind};

/// Numbers that people write for a missing value.
const KNOWN: [f64; 18] = [
    -1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, -999999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0, 255.0,
    65535.0, 32767.0, -32768.0, 8888.0, -8888.0,
];
/// Dates of the kind: 1753-01-01, 1899-12-30 and the two days after it, 1970-01-01, 2099-12-31, 9999-12-31.
const KNOWN_DAYS: [f64; 7] = [-79257.0, -25569.0, -25568.0, -25567.0, 0.0, 47481.0, 2932896.0];
/// Of these, negative ones that nobody measures: among numbers that are never negative they needn't be as far.
const NINES: f64 = -99.0;
/// Fewer cells are a single odd number, an outlier.
const LEAST: usize = 2;
/// Numbers that differ, of which a column has so many where something was measured.
const MANY: usize = 12;
/// Fewer others show no range to be far from.
const LEAST_OTHERS: usize = 3;

/// The numbers of a column that likely stand for missing values: one, or codes side by side at an end, such as 97, 98 and 99
/// of a questionnaire.
pub(super) fn of_numbers(sorted: &[f64]) -> Vec<f64> {
    let runs = || sorted.chunk_by(|a, b| a == b);
    codes(runs())
        .or_else(|| codes(runs().rev()))
        .unwrap_or_else(|| odd_end(sorted, is_known).into_iter().collect())
}

/// The same of dates, in days.
pub(super) fn of_days(sorted: &[f64]) -> Vec<f64> {
    odd_end(sorted, |day| KNOWN_DAYS.contains(&day)).into_iter().collect()
}

/// Two codes or more at the end that comes first, farther from all other numbers than these from each other. Each repeats,
/// and one of them is known by itself.
fn codes<'a>(runs: impl Iterator<Item = &'a [f64]> + Clone) -> Option<Vec<f64>> {
    let mut runs = runs.peekable();
    let mut found = vec![];
    while let Some(run) = runs.next_if(|run| run.len() >= LEAST && is_code(run[0])) {
        found.push(run[0]);
    }
    let (nearest, farthest) = (runs.next()?[0], runs.clone().last()?[0]);
    let distance = (found.last()? - nearest).abs();
    let is_far = distance > (farthest - nearest).abs();
    let different = runs.take(LEAST_OTHERS).count() + 1;
    (found.len() > 1 && found.iter().any(|&code| is_known(code)) && is_far && different >= LEAST_OTHERS)
        .then_some(found)
}

/// Nines, eights or sevens alone, or nines that end in such a digit: what no answer, no opinion and the like are written as.
fn is_code(number: f64) -> bool {
    let text = number.abs().to_string();
    let first = text.as_bytes()[0];
    let is_same = text.bytes().all(|digit| digit == first) && (b'7'..=b'9').contains(&first);
    let stem = text.trim_end_matches(['6', '7', '8']);
    is_same || (stem.len() + 1 == text.len() && text.len() > 1 && stem.bytes().all(|digit| digit == b'9'))
}

/// The smallest or largest number, where it is one of the known ones, repeated and odd.
fn odd_end(sorted: &[f64], is_known: impl Fn(f64) -> bool) -> Option<f64> {
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    [least, most].into_iter().find(|&number| {
        let others = || sorted.iter().copied().filter(move |&other| other != number);
        let (low, high) =
            others().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| (low.min(n), high.max(n)));
        let distance = if number < low { low - number } else { number - high };
        let different = sorted.chunk_by(|a, b| a == b).take(LEAST_OTHERS + 1).count() - 1;
        let is_far = distance > high - low || (number <= NINES && low >= 0.0) || is_odd(number, sorted);
        let repeats = sorted.iter().filter(|&&other| other == number).count();
        is_known(number) && repeats >= LEAST && different >= LEAST_OTHERS && is_far
    })
}

/// Numbers that people write for a missing value: known ones, 0, and those of nines alone.
fn is_known(number: f64) -> bool {
    let text = number.abs().to_string();
    let nines = text.bytes().filter(|&byte| byte == b'9').count();
    number == 0.0
        || KNOWN.contains(&number)
        || (nines > 2 && text.bytes().all(|byte| matches!(byte, b'9' | b'.')))
}

/// Whether 0 or −1 is odd among many numbers that are all larger than 0: outside of what half of them make likely, or where
/// decimals show that they were measured.
fn is_odd(number: f64, sorted: &[f64]) -> bool {
    let from = sorted.partition_point(|&other| other <= number);
    let others = &sorted[from..];
    let different = others.chunk_by(|a, b| a == b).take(MANY).count();
    if different < MANY || others[0] <= 0.0 || sorted[0] < number {
        return false;
    }
    let at = |share: f64| others[(share * (others.len() - 1) as f64) as usize];
    let fence = at(0.25) - 1.5 * (at(0.75) - at(0.25));
    let are_measured = others.iter().any(|other| other.fract() != 0.0);
    (number == 0.0 && fence > 0.0) || (number == -1.0 && (fence > number || are_measured))
}

/// What is to be said of a number that likely stands for a missing value, beside the sorted ones of its column that don't.
pub(super) fn finding(view: &View, column: usize, number: f64, others: &[f64]) -> Finding {
    let (low, high) = (others.first().copied().unwrap_or(number), others.last().copied().unwrap_or(number));
    let rows: Vec<u32> = view.numbers(column).filter(|(_, own)| *own == number).map(|(row, _)| row).collect();
    let mut from: Vec<String> =
        rows.iter().map(|&row| view.table.text(row as usize, column).into_owned()).collect();
    from.sort_unstable();
    from.dedup();
    let name = view.name(column);
    // Dates as the file writes them.
    let date = |day: f64| {
        let row = view.numbers(column).find(|(_, own)| *own == day).map(|(row, _)| row);
        row.map(|row| view.table.text(row as usize, column).trim().to_owned()).unwrap_or_default()
    };
    let is_date = view.kind(column) == Kind::Date;
    let told = |number: f64| if is_date { date(number) } else { brief(number) };
    let written = if is_date { date(number) } else { number.to_string().replace('-', "−") };
    let sentence = say!(
        "sentinel",
        "{share} have {number} in \"{name}\", where all others lie within {low} and {high}. Such a number often stands for \
         a missing value.",
        share = view.share(rows.len()),
        number = &written,
        name = name,
        low = told(low),
        high = told(high)
    );
    let finding = view.finding(FindingKind::Missing, Some(column), rows.clone(), sentence);
    let fix = CleaningStep::Merge { column: name.to_owned(), from, to: String::new() };
    finding
        .with_suggestion(say!("treatNumberAsMissing", "Treat {number} as missing", number = written), fix)
        .with_suggestion(label::leave_rows_out(), CleaningStep::DropRows { rows })
}
