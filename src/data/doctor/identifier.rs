//! Columns that number or name the rows.

use super::view::View;
use super::{Ailment, Finding};
use crate::data::kind::Why;
use crate::data::prepare::MOST_NAMES;
use crate::data::remedy::{Kind, Remedy};

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
    let finding = view.finding(Ailment::Identifier, Some(column), vec![], sentence);
    let finding = Finding { count: profile.distinct, ..finding };
    Some(if used {
        finding.or("Leave the column out", Remedy::DropColumn { column: name.to_owned() })
    } else {
        let (label, fix) = used_after_all(view, column);
        finding.or(label, fix)
    })
}

/// What makes an input of a column that was left out.
fn used_after_all(view: &View, column: usize) -> (String, Remedy) {
    let profile = view.column(column).profile();
    let name = view.name(column).to_owned();
    match profile.base {
        Kind::Category if profile.distinct > MOST_NAMES => {
            let group = Remedy::Group { column: name, most: KEPT, to: "other".into() };
            (format!("Treat the {KEPT} most frequent as a category"), group)
        }
        Kind::Category => {
            let label = format!("Treat as a category of {} names", profile.distinct);
            (label, Remedy::Treat { column: name, to: Kind::Category })
        }
        base => ("Use it all the same".into(), Remedy::Treat { column: name, to: base }),
    }
}
