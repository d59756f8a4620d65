//! Cells without a value: empty, or a word for it such as `NA` or `?`.

use super::view::View;
use super::{Ailment, Finding};
use crate::data::remedy::{By, Kind, Remedy};

pub(super) fn examine(view: &View) -> Vec<Finding> {
    view.roles.used().filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let rows: Vec<u32> =
        view.cells(column).filter(|&(_, cell)| own.is_missing(cell)).map(|(row, _)| row).collect();
    if rows.is_empty() || view.imputes[column].is_some() {
        return None;
    }
    let mut words: Vec<String> =
        rows.iter().map(|&row| view.table.text(row as usize, column).trim().into()).collect();
    words.sort_unstable();
    words.dedup();
    words.retain(|word| !word.is_empty());
    let written = match words.len() {
        0 => String::new(),
        _ => format!(", some written as {}", super::view::list(&words, 4)),
    };
    let name = view.name(column);
    let share = view.share(rows.len());
    let mostly = 2 * rows.len() > view.rows.len();
    let sentence = if column == view.roles.target {
        format!("{share} have no \"{name}\"{written}. Without an answer there is nothing to learn from.")
    } else {
        format!("{share} have no \"{name}\"{written}. They are left out unless something stands in.")
    };
    let finding = view.finding(Ailment::Missing, Some(column), rows, sentence);
    let column_name = || name.to_owned();
    let drop = Remedy::DropMissing { column: Some(column_name()) };
    if column == view.roles.target {
        return Some(finding.or("Leave these rows out", drop));
    }
    let finding = if mostly {
        finding.or("Leave the column out", Remedy::DropColumn { column: column_name() })
    } else {
        finding
    };
    let impute = |by| Remedy::Impute { column: column_name(), by };
    let finding = match view.kind(column) {
        Kind::Category => finding.or("Fill in the most frequent", impute(By::Mode)),
        _ => finding.or("Fill in the median", impute(By::Median)).or("Fill in the mean", impute(By::Mean)),
    };
    let finding = finding.or("Leave these rows out", drop);
    Some(if mostly {
        finding
    } else {
        finding.or("Leave the column out", Remedy::DropColumn { column: column_name() })
    })
}
