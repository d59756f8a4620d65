//! Texts among the numbers of a column, or a few numbers among its names.

use super::view::{View, list};
use super::{Ailment, Finding};
use crate::data::cell::Cell;
use crate::data::number::Written;
use crate::data::remedy::{By, Kind, Remedy};

/// Columns of more different values are no categories.
const MOST_NAMES: usize = 20;

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let both = |column| [of_column(view, column), without_unit(view, column)];
    view.roles.used().flat_map(both).flatten().collect()
}

/// Numbers without the unit that most others of their column have.
fn without_unit(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let unit = own.style().unit.as_str();
    if view.kind(column) != Kind::Number || unit.is_empty() {
        return None;
    }
    let has_none = |&(_, cell): &(u32, Cell)| {
        let written = Written::of(own.text_of(cell));
        let is_bare = cell.decimal().is_some() || written.is_some_and(|written| written.unit.is_empty());
        is_bare && own.number(cell).is_some_and(|number| number != 0.0)
    };
    let rows: Vec<u32> = view.cells(column).filter(has_none).map(|(row, _)| row).collect();
    if rows.is_empty() {
        return None;
    }
    let name = view.name(column);
    let share = view.share(rows.len());
    let sentence = format!("{share} have no {unit} in \"{name}\". They are read as if they had it.");
    let finding = view.finding(Ailment::MixedTypes, Some(column), rows.clone(), sentence);
    Some(finding.or("Leave these rows out", Remedy::DropRows { rows }))
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
    let unit = own.style().unit.as_str();
    let in_unit = format!("no number in {unit}");
    let what = match kind {
        Kind::Number if !unit.is_empty() => &in_unit,
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
    let finding = finding.or("Leave these rows out", Remedy::DropRows { rows });
    // A few names, some of them numbers, may be grades or codes.
    let few = own.profile().distinct <= MOST_NAMES && kind != Kind::Category && column != view.roles.target;
    let treat = Remedy::Treat { column: name.to_owned(), to: Kind::Category };
    Some(if few { finding.or("Treat as a category", treat) } else { finding })
}
