//! Columns with one value throughout.

use super::view::View;
use super::{Finding, FindingKind, label};
use crate::data::kind::Why;
use crate::data::said::say;
use crate::data::table_spec::CleaningStep;

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let columns = (0..view.roles.kinds.len()).filter(|column| !view.dropped.contains(column));
    columns.filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let name = view.name(column);
    let drop = CleaningStep::DropColumn { column: name.to_owned() };
    let is_target = column == view.roles.target;
    if own.profile().why == Some(Why::Empty) {
        let sentence = view.with_target(column, say!("empty", "\"{name}\" is empty.", name = name));
        let finding = view.finding(FindingKind::Constant, Some(column), vec![], sentence);
        return Some(
            Finding { count: view.rows.len(), ..finding }.with_suggestion(label::leave_column_out(), drop),
        );
    }
    let mut present = view.cells(column).map(|(_, cell)| cell).filter(|&cell| !own.is_missing(cell));
    let first = present.next()?;
    if view.rows.len() < 2 || !present.all(|cell| cell == first) {
        return None;
    }
    let value = own.text(first);
    let sentence = if is_target {
        say!(
            "constantTarget",
            "The target \"{name}\" is \"{value}\" in every row: there is nothing to tell apart.",
            name = name,
            value = value
        )
    } else {
        say!(
            "constant",
            "\"{name}\" is \"{value}\" in every row that has it: nothing can be learned from it.",
            name = name,
            value = value
        )
    };
    let finding = view.finding(FindingKind::Constant, Some(column), vec![], sentence);
    let finding = Finding { count: view.rows.len(), ..finding };
    Some(if is_target { finding } else { finding.with_suggestion(label::leave_column_out(), drop) })
}
