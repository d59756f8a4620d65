//! Features of very different size.

use super::view::{View, brief};
use super::{Finding, FindingKind};
use crate::data::said::say;

/// One feature may spread this many times as wide as another.
const MOST_SPREAD_RATIO: f64 = 30.0;

pub(super) fn examine(view: &View) -> Option<Finding> {
    let mut spreads: Vec<(f64, usize)> =
        view.number_inputs().filter_map(|column| Some((spread(view, column)?, column))).collect();
    spreads.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (&(narrow, narrow_column), &(wide, wide_column)) = (spreads.first()?, spreads.last()?);
    if wide < MOST_SPREAD_RATIO * narrow {
        return None;
    }
    let sentence = say!(
        "unscaled",
        "\"{wide}\" spreads by {most}, \"{narrow}\" by {least}: steps that suit one are far too large or small for the \
         other. Scale features (standard or min-max).",
        wide = view.name(wide_column),
        most = brief(wide),
        narrow = view.name(narrow_column),
        least = brief(narrow)
    );
    let finding = view.finding(FindingKind::Unscaled, None, vec![], sentence);
    Some(Finding {
        count: spreads.iter().filter(|(size, _)| *size * MOST_SPREAD_RATIO <= wide).count(),
        ..finding
    })
}

/// The standard deviation; none for a constant.
fn spread(view: &View, column: usize) -> Option<f64> {
    let count = view.numbers(column).count() as f64;
    let mean = view.numbers(column).map(|(_, number)| number).sum::<f64>() / count;
    let squares = view.numbers(column).map(|(_, number)| (number - mean) * (number - mean)).sum::<f64>();
    Some((squares / count).sqrt()).filter(|&spread| spread > 0.0)
}
