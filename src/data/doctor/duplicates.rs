//! Rows that equal an earlier row in every cell.

use super::view::View;
use super::{Finding, FindingKind};
use crate::data::clean;
use crate::data::said::say;
use crate::data::table_spec::CleaningStep;

pub(super) fn examine(view: &View) -> Option<Finding> {
    let rows = clean::duplicates(view.table, view.rows);
    if rows.is_empty() {
        return None;
    }
    let sentence = say!(
        "duplicates",
        "{share} are exact copies of earlier rows. A copy in the test rows is no test: the model has seen it.",
        share = view.share(rows.len())
    );
    let finding = view.finding(FindingKind::Duplicates, None, rows, sentence);
    Some(finding.with_suggestion(say!("keepOne", "Keep one of each"), CleaningStep::DropDuplicates))
}
