//! What cleaning steps would destroy: a step that leaves one class, or takes many names away, says so and comes last.

use super::view::View;
use super::view::both;
use super::{Finding, Suggestion};
use crate::data::prepare::classes;
use crate::data::said::{Said, say};
use crate::data::table_spec::{CleaningStep, Kind};
use std::collections::BTreeMap;

/// One name in so many may go without a word.
const SILENT_SHARE: usize = 10;

/// The names of the columns that findings are about, each with its rows.
type Names = BTreeMap<usize, BTreeMap<String, usize>>;

/// What a cleaning step does to names: for its label, and as a sentence.
struct Harm {
    label: Said,
    sentence: Said,
    leaves_one: bool,
}

/// Warns in labels and sentences. Harmful suggestions go behind the others of their finding; findings whose first one
/// leaves one class go behind all others.
pub(super) fn warn(view: &View, findings: &mut [Finding]) {
    let mut names = Names::new();
    let mut last = vec![];
    for finding in findings.iter_mut() {
        let mut judged: Vec<(Option<Harm>, Suggestion)> = vec![];
        for mut suggestion in std::mem::take(&mut finding.remedies) {
            let own = finding.column.filter(|&column| column != view.roles.target);
            let mut about = [Some(view.roles.target), own].into_iter().flatten();
            let harm =
                about.find_map(|column| harm(view, &mut names, column, &finding.rows, &suggestion.fix));
            if let Some(harm) = &harm {
                let (label, harm) = (suggestion.label, harm.label.clone());
                suggestion.label = say!("labelHarm", "{label} ({harm})", label = label, harm = harm);
            }
            judged.push((harm, suggestion));
        }
        if let Some(harm) = judged.iter().find_map(|(harm, _)| harm.as_ref()) {
            finding.sentence = both(finding.sentence.clone(), harm.sentence.clone());
        }
        judged.sort_by_key(|(harm, _)| harm.is_some());
        last.push(judged.first().is_some_and(|(harm, _)| harm.as_ref().is_some_and(|harm| harm.leaves_one)));
        finding.remedies = judged.into_iter().map(|(_, suggestion)| suggestion).collect();
    }
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&place| last[place]);
    let sorted: Vec<Finding> = order.into_iter().map(|place| findings[place].clone()).collect();
    findings.clone_from_slice(&sorted);
}

/// What a cleaning step takes from the names of a column, where that is worth a word.
fn harm(view: &View, names: &mut Names, column: usize, rows: &[u32], fix: &CleaningStep) -> Option<Harm> {
    let is_target = column == view.roles.target;
    let are_classes = is_target && view.roles.classes;
    if view.kind(column) != Kind::Category && !are_classes {
        return None;
    }
    let of_column = || classes(view.column(column), view.rows).into_iter().collect();
    let known = names.entry(column).or_insert_with(of_column);
    let before = known.len();
    let after = match fix {
        CleaningStep::Merge { column: own, from, to } if own == view.name(column) => {
            let left = known.keys().filter(|name| !from.contains(name)).count();
            // The spelling that stays is among those left, or is a new one.
            left + usize::from(!to.trim().is_empty() && (!known.contains_key(to) || from.contains(to)))
        }
        CleaningStep::DropRows { rows } => without(view, known, column, rows),
        CleaningStep::DropMissing { .. } | CleaningStep::DropDuplicates => without(view, known, column, rows),
        // What it becomes is a name that there is.
        CleaningStep::Relabel { row, .. } if is_target => {
            without(view, known, column, std::slice::from_ref(row))
        }
        _ => return None,
    };
    if are_classes && before > 1 && after < 2 {
        let sentence = say!("wouldLeaveOne", "That would leave one class, and nothing to tell apart.");
        return Some(Harm { label: say!("leavesOne", "leaves one class"), sentence, leaves_one: true });
    }
    if (before.saturating_sub(after)) * SILENT_SHARE <= before {
        return None;
    }
    let (label, sentence) = if are_classes {
        (
            say!("classesBecome", "{before} classes become {after}", before = before, after = after),
            say!(
                "classesRemain",
                "Of {before} classes, {after} would remain.",
                before = before,
                after = after
            ),
        )
    } else {
        (
            say!("namesBecome", "{before} names become {after}", before = before, after = after),
            say!("namesRemain", "Of {before} names, {after} would remain.", before = before, after = after),
        )
    };
    Some(Harm { label, sentence, leaves_one: false })
}

/// How many names are left without some rows.
fn without(view: &View, known: &BTreeMap<String, usize>, column: usize, rows: &[u32]) -> usize {
    let mut left = known.clone();
    let own = view.column(column);
    for &row in rows {
        let cell = own.cells()[row as usize];
        if let Some(rows) = left.get_mut(own.text(cell).as_ref()) {
            *rows = rows.saturating_sub(1);
        }
    }
    left.values().filter(|&&rows| rows > 0).count()
}
