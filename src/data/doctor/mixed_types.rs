//! Texts among the numbers of a column, or a few numbers among its names.

use super::view::{View, list};
use super::{Ailment, Finding};
use crate::data::remedy::{By, Kind, Remedy};

pub(super) fn examine(view: &View) -> Vec<Finding> {
    view.roles.used().filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let present = view.cells(column).filter(|&(_, cell)| !own.is_missing(cell));
    let kind = view.kind(column);
    // A target that is to be classes may be called by numbers, and then they are the rule.
    let base = own.profile().base;
    let (rows, total): (Vec<u32>, usize) = {
        let mut total = 0;
        let odd = present.filter(|&(_, cell)| {
            total += 1;
            match if column == view.roles.target { base } else { kind } {
                Kind::Number => own.number(cell).is_none(),
                Kind::Date => own.days(cell).is_none(),
                Kind::Category | Kind::Ignore => own.number(cell).is_some(),
            }
        });
        (odd.map(|(row, _)| row).collect(), total)
    };
    // Names that are mostly numbers are codes.
    if rows.is_empty() || (kind == Kind::Category && 5 * rows.len() > total) {
        return None;
    }
    let mut texts: Vec<String> =
        rows.iter().map(|&row| view.table.text(row as usize, column).into_owned()).collect();
    texts.sort_unstable();
    texts.dedup();
    let name = view.name(column);
    let what = match kind {
        Kind::Number => "no number",
        Kind::Date => "no date",
        Kind::Category | Kind::Ignore => "a number among names",
    };
    let sentence = format!("{} have {what} in \"{name}\": {}.", view.share(rows.len()), list(&texts, 4));
    let finding = view.finding(Ailment::MixedTypes, Some(column), rows.clone(), sentence);
    let impute = |by| Remedy::Impute { column: name.to_owned(), by };
    let is_filled = view.imputes[column].is_some() && kind != Kind::Category;
    if is_filled {
        return None;
    }
    let fills = column != view.roles.target && kind != Kind::Category;
    let finding = if fills { finding.or("Fill in the median", impute(By::Median)) } else { finding };
    Some(finding.or("Leave these rows out", Remedy::DropRows { rows }))
}
