//! Columns that number or name the rows.

use super::view::View;
use super::{Ailment, Finding};
use crate::data::kind::Why;
use crate::data::remedy::{Kind, Remedy};

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let columns = 0..view.roles.kinds.len();
    let open = columns.filter(|&column| column != view.roles.target && !view.dropped.contains(&column));
    open.filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let profile = view.column(column).profile();
    let name = view.name(column);
    let what = match profile.why? {
        Why::Identifier => "names its rows",
        Why::FreeText => "is free text",
        Why::Empty | Why::Constant => return None,
    };
    let used = view.kind(column) != Kind::Ignore;
    let then = if used { "A model learns such rows by heart." } else { "It is left out." };
    let sentence = format!("\"{name}\" {what}: {} different values. {then}", profile.distinct);
    let finding = view.finding(Ailment::Identifier, Some(column), vec![], sentence);
    let finding = Finding { count: profile.distinct, ..finding };
    Some(if used {
        finding.or("Leave the column out", Remedy::DropColumn { column: name.to_owned() })
    } else {
        finding
    })
}
