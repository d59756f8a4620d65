//! Texts among the numbers of a column, or a few numbers among its names.

use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::cell::Cell;
use crate::data::date::Order;
use crate::data::number::Written;
use crate::data::said::{list, say};
use crate::data::settled::in_doubt;
use crate::data::table_spec::{CleaningStep, ImputeWith, Kind};

/// Columns of more different values are no categories.
const MOST_NAMES: usize = 20;
/// Fewer dates among names, or fewer than one in so many, may be chance.
const LEAST_DATES: usize = 2;
const FEW_DATES: usize = 5;

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let all = |column| [of_column(view, column), without_unit(view, column), of_both_orders(view, column)];
    let mut found: Vec<Finding> = view.roles.used().flat_map(all).flatten().collect();
    let columns = (0..view.roles.kinds.len()).filter(|column| !view.dropped.contains(column));
    found.extend(columns.filter_map(|column| of_some_dates(view, column)));
    found
}

/// Dates among names, more than a few but too few for a column of dates: names they are, but not in silence.
fn of_some_dates(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let profile = own.profile();
    profile.order.filter(|_| profile.base == Kind::Category && view.kind(column) != Kind::Date)?;
    let present = || view.cells(column).filter(|&(_, cell)| !own.is_missing(cell));
    let (dates, others): (Vec<_>, Vec<_>) = present().partition(|&(_, cell)| own.days(cell).is_some());
    if dates.len() < LEAST_DATES || FEW_DATES * dates.len() < dates.len() + others.len() {
        return None;
    }
    let mut texts: Vec<String> = others.iter().map(|&(_, cell)| own.text(cell).into_owned()).collect();
    texts.sort_unstable();
    texts.dedup();
    let name = view.name(column);
    let sentence = say!(
        "someDates",
        "{share} have a date in \"{name}\", but the others have none that can be read: {texts}. The column is read as \
         names.",
        share = view.share(dates.len()),
        name = name,
        texts = list(&texts, 4)
    );
    let rows = others.into_iter().map(|(row, _)| row).collect();
    let treat = CleaningStep::Treat { column: name.to_owned(), to: Kind::Date };
    let drop = CleaningStep::DropColumn { column: name.to_owned() };
    let finding = view.finding(FindingKind::MixedTypes, Some(column), rows, sentence);
    Some(
        finding
            .with_suggestion(say!("treatAsDates", "Treat as dates"), treat)
            .with_suggestion(label::leave_column_out(), drop),
    )
}

/// Dates some of which have the day first and others the month.
fn of_both_orders(view: &View, column: usize) -> Option<Finding> {
    let own = view.column(column);
    let order = own.profile().order.filter(|order| order.is_mixed() && view.kind(column) == Kind::Date)?;
    let reads = |order: Order, cell: Cell| own.days_in(cell, order).is_some();
    let example = |order: Order, other: Order| {
        let mut cells = view.cells(column).map(|(_, cell)| cell);
        cells.find(|&cell| reads(order, cell) && !reads(other, cell)).map(|cell| own.text(cell).into_owned())
    };
    let by_day = example(Order::DayMonthYear, Order::MonthDayYear)?;
    let by_month = example(Order::MonthDayYear, Order::DayMonthYear)?;
    let rows: Vec<u32> =
        view.cells(column).filter(|&(_, cell)| own.is_in_doubt(cell)).map(|(row, _)| row).collect();
    let name = view.name(column);
    let then = match in_doubt(own).filter(|_| !rows.is_empty()) {
        Some((text, _)) => {
            let share = view.share(rows.len());
            match order == Order::DayElseMonth {
                true => say!(
                    "fitBothDay",
                    "{share} fit both, such as {text}, and are read with the day first.",
                    share = share,
                    text = text
                ),
                false => say!(
                    "fitBothMonth",
                    "{share} fit both, such as {text}, and are read with the month first.",
                    share = share,
                    text = text
                ),
            }
        }
        None => say!("fitOne", "Each fits one way alone, and is read so."),
    };
    let sentence = say!(
        "bothOrders",
        "Some dates in \"{name}\" have the day first (\"{day}\"), others the month (\"{month}\").",
        name = name,
        day = by_day,
        month = by_month
    );
    let sentence = both(sentence, then);
    let count = rows.len().max(1);
    let finding = view.finding(FindingKind::MixedTypes, Some(column), rows.clone(), sentence);
    let finding = Finding { count, ..finding };
    let finding = if rows.is_empty() {
        finding
    } else {
        finding.with_suggestion(
            say!("leaveDoubtOut", "Leave the rows in doubt out"),
            CleaningStep::DropRows { rows },
        )
    };
    let treat = CleaningStep::Treat { column: name.to_owned(), to: Kind::Category };
    Some(
        finding
            .with_suggestion(label::treat_as_category(), treat)
            .with_suggestion(label::leave_column_out(), CleaningStep::DropColumn { column: name.to_owned() }),
    )
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
    let sentence = say!(
        "noUnit",
        "{share} have no {unit} in \"{name}\". They are read as if they had it.",
        share = share,
        unit = unit,
        name = name
    );
    let finding = view.finding(FindingKind::MixedTypes, Some(column), rows.clone(), sentence);
    Some(finding.with_suggestion(label::leave_rows_out(), CleaningStep::DropRows { rows }))
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
    let what = match kind {
        Kind::Number if !unit.is_empty() => say!("noNumberIn", "no number in {unit}", unit = unit),
        Kind::Number => say!("noNumber", "no number"),
        Kind::Date => say!("noDate", "no date"),
        Kind::Category | Kind::Ignore => say!("numberAmongNames", "a number among names"),
    };
    let sentence = say!(
        "mixedTypes",
        "{share} have {what} in \"{name}\": {texts}.",
        share = view.share(rows.len()),
        what = what,
        name = name,
        texts = list(&texts, 4)
    );
    let finding = view.finding(FindingKind::MixedTypes, Some(column), rows.clone(), sentence);
    let impute = |by| CleaningStep::Impute { column: name.to_owned(), by };
    let is_filled = view.imputes[column].is_some() && kind != Kind::Category;
    if is_filled {
        return None;
    }
    let fills = column != view.roles.target && kind != Kind::Category;
    let finding = if fills {
        finding.with_suggestion(label::fill_in_median(), impute(ImputeWith::Median))
    } else {
        finding
    };
    let finding = finding.with_suggestion(label::leave_rows_out(), CleaningStep::DropRows { rows });
    // A few names, some of them numbers, may be grades or codes.
    let few = own.profile().distinct <= MOST_NAMES && kind != Kind::Category && column != view.roles.target;
    let treat = CleaningStep::Treat { column: name.to_owned(), to: Kind::Category };
    Some(if few { finding.with_suggestion(label::treat_as_category(), treat) } else { finding })
}
