//! Numbers far from all others of their column: beyond Tukey's outer fences (Exploratory Data Analysis, 1977).

use super::view::{View, brief};
use super::{Finding, FindingKind, label};
use crate::data::said::{Said, say};
use crate::data::table_spec::CleaningStep;
use crate::math::quantile;

/// How many times the middle half's width a number may lie beyond it.
const REACH: f64 = 3.0;
/// Columns of fewer different numbers are codes or counts; codes have no far.
const LEAST_DISTINCT: usize = 12;

/// Of the `sorted` numbers of a column. Numbers that stand for a missing value are findings of their own.
pub(super) fn of_column(view: &View, column: usize, sorted: &[f64], sentinels: &[f64]) -> Option<Finding> {
    let numbers = view.numbers(column).filter(|(_, number)| !sentinels.contains(number));
    if sorted.chunk_by(|a, b| a == b).take(LEAST_DISTINCT).count() < LEAST_DISTINCT {
        return None;
    }
    let (first, third) = (quantile(sorted, 0.25), quantile(sorted, 0.75));
    let width = third - first;
    let (low, high) = (first - REACH * width, third + REACH * width);
    let far: Vec<(u32, f64)> = numbers.filter(|&(_, number)| number < low || number > high).collect();
    // A long tail is a shape, not an error: many far numbers are none.
    if width == 0.0 || far.is_empty() || 10 * far.len() > sorted.len() {
        return None;
    }
    let (mut least, mut most) = (low, high);
    far.iter().for_each(|&(_, number)| (least, most) = (least.min(number), most.max(number)));
    let name = view.name(column);
    let reach = match (least < low, most > high) {
        (true, true) => say!("and", "{one} and {other}", one = brief(least), other = brief(most)),
        (true, false) => Said::verbatim(&brief(least)),
        _ => Said::verbatim(&brief(most)),
    };
    let sentence = say!(
        "outliers",
        "{share} lie far from the rest of \"{name}\": up to {reach}, where half of all lie within {first} and {third}.",
        share = view.share(far.len()),
        name = name,
        reach = reach,
        first = brief(first),
        third = brief(third)
    );
    let rows: Vec<u32> = far.into_iter().map(|(row, _)| row).collect();
    let finding = view.finding(FindingKind::Outliers, Some(column), rows.clone(), sentence);
    // The nearest numbers within the fences, so that no new values appear.
    let within = |&&number: &&f64| number >= low && number <= high;
    let cap = CleaningStep::Cap {
        column: name.to_owned(),
        low: sorted.iter().find(within).copied().unwrap_or(low),
        high: sorted.iter().rev().find(within).copied().unwrap_or(high),
    };
    Some(
        finding
            .with_suggestion(say!("bringToEdge", "Bring them to the edge"), cap)
            .with_suggestion(label::leave_rows_out(), CleaningStep::DropRows { rows }),
    )
}
