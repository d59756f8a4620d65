//! A feature that equals the target, or settles it.

use super::view::{View, both};
use super::{Finding, FindingKind, label};
use crate::data::kind::is_identifier_name;
use crate::data::prepare::Reading;
use crate::data::said::{Said, say};
use crate::data::table_spec::{CleaningStep, Kind};

/// Fewer rows agree by chance.
const LEAST_ROWS: usize = 20;
/// Fewer rows of a class, or of all others, agree by chance.
const LEAST_OF_CLASS: usize = 5;
/// Names that settle the target by a smaller chance than this one do so by more than chance.
const CHANCE: f64 = 1e-6;
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
    if let Some(how) = marks_class(view, column, answers) {
        return Some(found(view, column, how));
    }
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
    Some(found(view, column, say!("leakage", "{how} in every row.", how = how)))
}

fn found(view: &View, column: usize, how: Said) -> Finding {
    let finding = view.finding(FindingKind::Leakage, Some(column), vec![], both(how, known_before()));
    let fix = CleaningStep::DropColumn { column: view.name(column).to_owned() };
    Finding { count: view.rows.len(), ..finding }.with_suggestion(label::leave_column_out(), fix)
}

/// Whether a column is 0, or missing, in all rows of one class and in no other row.
fn marks_class(view: &View, column: usize, answers: &[Option<f64>]) -> Option<Said> {
    if !view.roles.classes {
        return None;
    }
    let own = Reading::values(view.column(column), view.kind(column), view.rows);
    let class = |is: &dyn Fn(Option<f64>) -> bool| {
        let with = || own.iter().zip(answers).filter(|(own, _)| is(**own));
        let class = with().find_map(|(_, answer)| *answer)?;
        let is_of = |answer: &Option<f64>| *answer == Some(class);
        let rows = answers.iter().filter(|answer| is_of(answer)).count();
        let others = answers.iter().filter(|answer| answer.is_some() && !is_of(answer)).count();
        let is_all = with().all(|(_, answer)| is_of(answer)) && with().count() == rows;
        (is_all && rows.min(others) >= LEAST_OF_CLASS).then_some(class)
    };
    // Two values alone name the classes, which is told otherwise.
    let mut values: Vec<f64> = own.iter().copied().flatten().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    let target = view.column(view.roles.target);
    let texts = Reading::names(target, Kind::Category, view.rows).texts(target);
    let named = |class: f64| texts.get(class as usize).cloned().unwrap_or_default();
    let name = view.name(column);
    let is_measured = view.kind(column) == Kind::Number && values.len() > 2;
    if let Some(class) = class(&|own| own == Some(0.0)).filter(|_| is_measured) {
        let class = named(class);
        return Some(say!(
            "leakZero",
            "\"{name}\" is 0 in all rows of \"{class}\" and in no other row.",
            name = name,
            class = class
        ));
    }
    let class = named(class(&|own| own.is_none())?);
    Some(say!(
        "leakMissing",
        "\"{name}\" is missing in all rows of \"{class}\" and in no other row.",
        name = name,
        class = class
    ))
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

/// Few values, or names that repeat, each with rows of one class alone.
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
    // Names of few rows each, as those of persons: how likely are all further rows of the class of the first?
    let share =
        |class: &f64| pairs.iter().filter(|pair| pair.1 == *class).count() as f64 / pairs.len() as f64;
    let same: f64 = classes.iter().map(|class| share(class) * share(class)).sum();
    let own = view.column(column);
    let names_something = view.kind(column) == Kind::Category || is_identifier_name(&own.name);
    let is_by_chance = || {
        !names_something || std::iter::repeat_n(same, pairs.len() - groups.len()).product::<f64>() > CHANCE
    };
    if !pure || classes.len() < 2 || (groups.len() * 5 > pairs.len() && is_by_chance()) {
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
