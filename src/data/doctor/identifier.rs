//! Columns that number or name the rows.

use super::view::View;
use super::{Finding, FindingKind};
use crate::data::kind::Why;
use crate::data::prepare::MOST_NAMES;
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
    let what = match profile.why? {
        Why::Identifier => "names its rows",
        Why::FreeText => "is free text",
        Why::Empty | Why::Constant => return None,
    };
    let used = view.kind(column) != Kind::Ignore;
    let then = if used { "A model learns such rows by heart." } else { "It is left out." };
    let instead = view.instead(column);
    let sentence = format!("\"{name}\" {what}: {} different values. {then}{instead}", profile.distinct);
    let finding = view.finding(FindingKind::Identifier, Some(column), vec![], sentence);
    let finding = Finding { count: profile.distinct, ..finding };
    Some(if used {
        finding.with_suggestion("Leave the column out", CleaningStep::DropColumn { column: name.to_owned() })
    } else {
        let (label, fix) = used_after_all(view, column);
        finding.with_suggestion(label, fix)
    })
}

/// What makes an input of a column that was left out.
fn used_after_all(view: &View, column: usize) -> (String, CleaningStep) {
    let profile = view.column(column).profile();
    let name = view.name(column).to_owned();
    match profile.base {
        Kind::Category if profile.distinct > MOST_NAMES => {
            let group = CleaningStep::Group { column: name, most: KEPT, to: "other".into() };
            (format!("Treat the {KEPT} most frequent as a category"), group)
        }
        Kind::Category => {
            let label = format!("Treat as a category of {} names", profile.distinct);
            (label, CleaningStep::Treat { column: name, to: Kind::Category })
        }
        base => ("Use it all the same".into(), CleaningStep::Treat { column: name, to: base }),
    }
}
