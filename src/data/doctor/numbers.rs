//! The numbers of a column, sorted once for all who look at how they lie.

use super::view::View;
use super::{Finding, outliers, sentinels};
use crate::data::table_spec::Kind;

/// Numbers that stand for a missing value, and numbers far from all others.
pub(super) fn examine(view: &View) -> (Vec<Finding>, Vec<Finding>) {
    let (mut standing_in, mut far) = (vec![], vec![]);
    let is_date = |column: usize| view.kind(column) == Kind::Date;
    for column in view.roles.used().filter(|&column| view.kind(column) == Kind::Number || is_date(column)) {
        let mut sorted: Vec<f64> = view.numbers(column).map(|(_, number)| number).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let found =
            if is_date(column) { sentinels::of_days(&sorted) } else { sentinels::of_numbers(&sorted) };
        sorted.retain(|number| !found.contains(number));
        standing_in.extend(found.iter().map(|&number| sentinels::finding(view, column, number, &sorted)));
        // Classes may be called by numbers, and are not far from each other.
        if !is_date(column) && (column != view.roles.target || !view.roles.classes) {
            far.extend(outliers::of_column(view, column, &sorted, &found));
        }
    }
    (standing_in, far)
}
