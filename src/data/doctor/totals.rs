//! Rows that sum up the others.

use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::said::say;
use crate::data::table_spec::CleaningStep;
use crate::data::totals;

pub(super) fn examine(view: &View) -> Option<Finding> {
    let found = totals::find(view.table);
    let rows: Vec<u32> =
        found.iter().map(|total| total.row as u32).filter(|row| view.rows.contains(row)).collect();
    let first = found.iter().find(|total| rows.contains(&(total.row as u32)))?;
    let no_example = say!("sumNoExample", "A sum is no example: a model would learn it as one.");
    let sentence = both(first.sentence.clone(), no_example);
    let label = match rows.len() {
        1 => say!("leaveRowOut", "Leave the row out"),
        _ => label::leave_rows_out(),
    };
    let fix = CleaningStep::DropRows { rows: rows.clone() };
    Some(view.finding(FindingKind::Total, None, rows, sentence).with_suggestion(label, fix))
}
