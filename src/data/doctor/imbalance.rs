//! Classes of very different size.

use super::view::{View, percent};
use super::{Finding, FindingKind};
use crate::data::prepare::classes;
use crate::data::said::say;

/// The largest class may have this many times the rows of the smallest.
const MOST_TIMES: usize = 4;

pub(super) fn examine(view: &View) -> Option<Finding> {
    if !view.roles.classes {
        return None;
    }
    let classes = classes(view.column(view.roles.target), view.rows);
    let (least, most) =
        (classes.iter().min_by_key(|class| class.1)?, classes.iter().max_by_key(|class| class.1)?);
    if classes.len() < 2 || most.1 < MOST_TIMES * least.1 {
        return None;
    }
    let sentence = say!(
        "imbalance",
        "\"{most}\" has {many} rows, \"{least}\" only {few}. A model that always says \"{most}\" is right in {share} of \
         them: judge it by more than accuracy, or let rare classes weigh more (class weights: balanced).",
        most = &most.0,
        many = most.1,
        least = &least.0,
        few = least.1,
        share = percent(most.1, view.rows.len())
    );
    let finding = view.finding(FindingKind::Imbalance, Some(view.roles.target), vec![], sentence);
    Some(Finding { count: least.1, ..finding })
}
