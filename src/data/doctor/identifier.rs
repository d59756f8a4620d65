//! Columns that number or name the rows.

use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::kind::Why;
use crate::data::prepare::MOST_NAMES;
use crate::data::said::{Said, say};
use crate::data::table_spec::{CleaningStep, Kind};

/// Names that stay of too many; the others are called "other".
const KEPT: usize = 100;

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let columns = 0..view.roles.kinds.len();
    let open = columns.filter(|&column| column != view.roles.target && !view.dropped.contains(&column));
    open.filter_map(|column| of_column(view, column)).collect()
}

fn of_column(view: &View, column: usize) -> Option<Finding> {
    let profile = view.column(column).profile();
    let name = view.name(column);
    let count = profile.distinct;
    let what = match profile.why? {
        Why::Identifier => {
            say!(
                "identifier",
                "\"{name}\" names its rows: {count} different values.",
                name = name,
                count = count
            )
        }
        Why::FreeText => {
            say!("freeText", "\"{name}\" is free text: {count} different values.", name = name, count = count)
        }
        Why::Empty | Why::Constant => return None,
    };
    let used = view.kind(column) != Kind::Ignore;
    let then = match used {
        true => say!("memorized", "A model memorizes such rows."),
        false => say!("isLeftOut", "It is left out."),
    };
    let sentence = view.with_target(column, both(what, then));
    let finding = view.finding(FindingKind::Identifier, Some(column), vec![], sentence);
    let finding = Finding { count: profile.distinct, ..finding };
    Some(if used {
        finding
            .with_suggestion(label::leave_column_out(), CleaningStep::DropColumn { column: name.to_owned() })
    } else {
        let (label, fix) = used_after_all(view, column);
        finding.with_suggestion(label, fix)
    })
}

/// What makes an input of a column that was left out.
fn used_after_all(view: &View, column: usize) -> (Said, CleaningStep) {
    let profile = view.column(column).profile();
    let name = view.name(column).to_owned();
    match profile.base {
        Kind::Category if profile.distinct > MOST_NAMES => {
            let group = CleaningStep::Group { column: name, most: KEPT, to: "other".into() };
            (say!("treatMostFrequent", "Treat the {count} most frequent as a category", count = KEPT), group)
        }
        Kind::Category => {
            let label =
                say!("treatAsCategoryOf", "Treat as a category of {count} names", count = profile.distinct);
            (label, CleaningStep::Treat { column: name, to: Kind::Category })
        }
        base => {
            (say!("useAllTheSame", "Use it all the same"), CleaningStep::Treat { column: name, to: base })
        }
    }
}
