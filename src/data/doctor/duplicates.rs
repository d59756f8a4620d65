//! Rows that equal an earlier row in every cell.

use super::view::View;
use super::{Ailment, Finding};
use crate::data::clean;
use crate::data::remedy::Remedy;

pub(super) fn examine(view: &View) -> Option<Finding> {
    let rows = clean::duplicates(view.table, view.rows);
    if rows.is_empty() {
        return None;
    }
    let sentence = format!(
        "{} are exact copies of earlier rows. A copy in the test rows is no test: the model has seen it.",
        view.share(rows.len())
    );
    let finding = view.finding(Ailment::Duplicates, None, rows, sentence);
    Some(finding.or("Keep one of each", Remedy::DropDuplicates))
}
