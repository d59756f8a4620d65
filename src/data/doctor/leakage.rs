//! A feature that equals the target, or settles it.

use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::prepare::Reading;
use crate::data::said::{Said, say};
use crate::data::table_spec::{CleaningStep, Kind};

/// Fewer rows agree by chance.
const LEAST_ROWS: usize = 20;
/// A correlation of values beyond this one is a formula.
const FORMULA: f64 = 0.9999;

pub(super) fn examine(view: &View) -> Vec<Finding> {
    let inputs: Vec<usize> = view.roles.inputs().collect();
    if view.rows.len() < LEAST_ROWS || inputs.len() < 2 {
        return vec![];
    }
    let answers = answers(view);
    inputs.into_iter().filter_map(|column| of_column(view, column, &answers)).collect()
}

fn of_column(view: &View, column: usize, answers: &[Option<f64>]) -> Option<Finding> {
    let settles = if view.roles.classes {
        settles_class(view, column, answers)
    } else {
        settles_value(view, column, answers)
    };
    let (name, target) = (view.name(column), view.name(view.roles.target));
    let how = match settles? {
        How::Names => say!("leakNames", "\"{name}\" names \"{target}\"", name = name, target = target),
        How::Settles => say!("leakSettles", "\"{name}\" settles \"{target}\"", name = name, target = target),
        How::Equals => say!("leakEquals", "\"{name}\" equals \"{target}\"", name = name, target = target),
        How::Line => say!(
            "leakLine",
            "\"{name}\" lies on one straight line with \"{target}\"",
            name = name,
            target = target
        ),
    };
    let sentence = both(say!("leakage", "{how} in every row.", how = how), known_before());
    let finding = view.finding(FindingKind::Leakage, Some(column), vec![], sentence);
    let finding = Finding { count: view.rows.len(), ..finding };
    Some(
        finding
            .with_suggestion(label::leave_column_out(), CleaningStep::DropColumn { column: name.to_owned() }),
    )
}

/// What is to be asked of a column that gives the answer away.
pub(super) fn known_before() -> Said {
    say!("knownBefore", "Would it be known before the answer is? If not, leave it out.")
}

/// How a column gives the target away.
enum How {
    Names,
    Settles,
    Equals,
    Line,
}

/// The target's numbers, or the indices of its classes, row by row.
fn answers(view: &View) -> Vec<Option<f64>> {
    Reading::values(view.column(view.roles.target), view.roles.target_kind(), view.rows)
}

/// Pairs of a feature's and the target's numbers, where both are known.
fn pairs(view: &View, column: usize, answers: &[Option<f64>]) -> Vec<(f64, f64)> {
    let own = Reading::values(view.column(column), view.kind(column), view.rows);
    own.into_iter().zip(answers).filter_map(|(own, answer)| own.zip(*answer)).collect()
}

/// Few values, each with rows of one class alone, and about as many as there are classes.
fn settles_class(view: &View, column: usize, answers: &[Option<f64>]) -> Option<How> {
    let mut pairs = pairs(view, column, answers);
    if pairs.len() < LEAST_ROWS || 2 * pairs.len() < view.rows.len() {
        return None;
    }
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let groups: Vec<&[(f64, f64)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let pure = groups.iter().all(|group| group[0].1 == group[group.len() - 1].1);
    let mut classes: Vec<f64> = groups.iter().map(|group| group[0].1).collect();
    classes.sort_unstable_by(f64::total_cmp);
    classes.dedup();
    if !pure || classes.len() < 2 || groups.len() * 5 > pairs.len() {
        return None;
    }
    Some(if groups.len() == classes.len() { How::Names } else { How::Settles })
}

/// The same numbers, or a straight line.
fn settles_value(view: &View, column: usize, answers: &[Option<f64>]) -> Option<How> {
    if view.kind(column) == Kind::Category {
        return None;
    }
    let pairs = pairs(view, column, answers);
    if pairs.len() < LEAST_ROWS || 2 * pairs.len() < view.rows.len() {
        return None;
    }
    if pairs.iter().all(|(a, b)| a == b) {
        return Some(How::Equals);
    }
    let count = pairs.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| pairs.iter().map(pick).sum::<f64>() / count;
    let (mean_a, mean_b) = (mean(|p| p.0), mean(|p| p.1));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for &(a, b) in &pairs {
        let (a, b) = (a - mean_a, b - mean_b);
        (aa, bb, ab) = (aa + a * a, bb + b * b, ab + a * b);
    }
    let correlation = ab / (aa * bb).sqrt();
    (correlation.abs() > FORMULA).then_some(How::Line)
}
