//! Rows that sum up the others.

use super::view::View;
use super::{Finding, FindingKind};
use crate::data::table_spec::CleaningStep;
use crate::data::totals;

pub(super) fn examine(view: &View) -> Option<Finding> {
    let found = totals::find(view.table);
    let rows: Vec<u32> =
        found.iter().map(|total| total.row as u32).filter(|row| view.rows.contains(row)).collect();
    let first = found.iter().find(|total| rows.contains(&(total.row as u32)))?;
    let sentence = format!("{} A sum is no example: a model would learn it as one.", first.sentence);
    let label = if rows.len() == 1 { "Leave the row out" } else { "Leave these rows out" };
    let fix = CleaningStep::DropRows { rows: rows.clone() };
    Some(view.finding(FindingKind::Total, None, rows, sentence).with_suggestion(label, fix))
}
