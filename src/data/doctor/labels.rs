//! Labels that similar rows don't share, and values far from those of similar rows.
//!
//! A row asks its nearest neighbors (Wilson, "Asymptotic properties of nearest neighbor rules using edited data", 1972);
//! those found doubtful are left out and the others asked again, since a wrong label misleads its own neighbors too.

use super::neighbors::Points;
use super::view::{View, both, brief};
use super::{Finding, FindingKind, label};
use crate::data::clean::have;
use crate::data::prepare::{Names, Reading};
use crate::data::said::{Said, say};
use crate::data::table_spec::{CleaningStep, Kind};
use crate::math::quantile;

/// Neighbors that are asked.
const ASKED: usize = 10;
/// Fewer rows say little of each other.
const LEAST_ROWS: usize = 30;
/// A label is doubtful when at most this share of the neighbors has it…
const FEW: f64 = 0.3;
/// …and another has at least this one.
const MANY: f64 = 0.6;
/// Where more labels than this share are doubtful, classes overlap, and only those with hardly a neighbor count.
const OVERLAP: f64 = 0.1;
/// Deviations beyond which a value is doubtful.
const FAR: f64 = 5.0;
/// Widths of its neighbors' middle half that it must lie beyond that half.
const REACH: f64 = 3.0;

pub(super) fn examine(view: &View) -> Option<Finding> {
    view.roles.inputs().next()?;
    let points = Points::of(view);
    if points.rows.len() < LEAST_ROWS {
        return None;
    }
    // Some spare ones, for those left out in the second round.
    let nearest = points.nearest(ASKED + ASKED / 2);
    if view.roles.classes { of_classes(view, &points, &nearest) } else { of_values(view, &points, &nearest) }
}

/// How many rows have something.
fn rows_have(points: &Points, count: usize) -> Said {
    match (points.is_sample, count) {
        (false, _) => have(count),
        (true, 1) => say!("rowOfSampleHas", "1 row of a sample has"),
        (true, _) => say!("rowsOfSampleHave", "{count} rows of a sample have", count = count),
    }
}

/// What a neighborhood says of its point: the share of its own label, and the most frequent other with its share.
struct Vote {
    own: f64,
    other: usize,
    others: f64,
}

fn of_classes(view: &View, points: &Points, nearest: &[Vec<u32>]) -> Option<Finding> {
    let own = view.column(view.roles.target);
    let names = Names::of(own, &points.rows);
    let read = Reading { column: own, kind: Kind::Category, names: &names };
    let label = |&row: &u32| read.number(own.cells()[row as usize]).unwrap_or(0.0) as usize;
    let labels: Vec<usize> = points.rows.iter().map(label).collect();
    let vote = |point: usize, doubtful: &[bool]| {
        let mut counts = vec![0_usize; names.len()];
        let trusted = nearest[point].iter().filter(|&&other| !doubtful[other as usize]).take(ASKED);
        let mut asked = 0;
        trusted.for_each(|&other| {
            counts[labels[other as usize]] += 1;
            asked += 1;
        });
        let own = labels[point];
        let mut other = usize::from(own == 0);
        (0..counts.len()).filter(|&class| class != own).for_each(|class| {
            if counts[class] > counts[other] {
                other = class;
            }
        });
        let share = |class: usize| counts.get(class).map_or(0.0, |&n| n as f64 / asked.max(1) as f64);
        Vote { own: share(own), other, others: share(other) }
    };
    let doubtful = |votes: &[Vote], few: f64, many: f64| -> Vec<bool> {
        votes.iter().map(|vote| vote.own <= few && vote.others >= many).collect()
    };
    let round = |known: &[bool]| -> Vec<Vote> { (0..labels.len()).map(|point| vote(point, known)).collect() };
    let none = vec![false; labels.len()];
    let first = doubtful(&round(&none), FEW, MANY);
    let votes = round(&first);
    let mut found = doubtful(&votes, FEW, MANY);
    let share = |found: &[bool]| found.iter().filter(|&&is| is).count() as f64 / found.len() as f64;
    let overlap = share(&found) > OVERLAP;
    if overlap {
        found = doubtful(&round(&none), 0.0, 0.9);
    }
    let mut places: Vec<usize> = (0..found.len()).filter(|&point| found[point]).collect();
    if places.is_empty() {
        return None;
    }
    let rows: Vec<u32> = places.iter().map(|&point| points.rows[point]).collect();
    let mut sentence = say!(
        "doubtfulClasses",
        "{have} a \"{name}\" that hardly any of the {asked} most similar rows share.",
        have = rows_have(points, rows.len()),
        name = &own.name,
        asked = ASKED
    );
    if overlap {
        let clearest = say!("clearestCases", "Classes overlap here, so only the clearest cases are named.");
        sentence = both(sentence, clearest);
    }
    // The clearest cases first.
    places.sort_by(|&a, &b| {
        votes[a].own.total_cmp(&votes[b].own).then(votes[b].others.total_cmp(&votes[a].others))
    });
    let finding = view.finding(FindingKind::Labels, Some(view.roles.target), rows.clone(), sentence);
    let finding = finding.with_suggestion(label::leave_rows_out(), CleaningStep::DropRows { rows });
    let texts = names.texts(own);
    let relabel = |finding: Finding, &point: &usize| {
        let (row, to) = (points.rows[point], texts[votes[point].other].clone());
        finding.with_suggestion(
            say!("relabel", "Relabel row {row} as \"{to}\"", row = row as usize + 1, to = &to),
            CleaningStep::Relabel { row, to },
        )
    };
    Some(places.iter().take(5).fold(finding, relabel))
}

fn of_values(view: &View, points: &Points, nearest: &[Vec<u32>]) -> Option<Finding> {
    let own = view.column(view.roles.target);
    let read = Reading { column: own, kind: view.kind(view.roles.target), names: &Names::default() };
    let value = |&row: &u32| read.number(own.cells()[row as usize]).unwrap_or(0.0);
    let values: Vec<f64> = points.rows.iter().map(value).collect();
    let neighborhood = |point: usize| {
        let asked = nearest[point].iter().take(ASKED);
        let mut around: Vec<f64> = asked.map(|&other| values[other as usize]).collect();
        around.sort_unstable_by(f64::total_cmp);
        around
    };
    let around: Vec<Vec<f64>> = (0..values.len()).map(neighborhood).collect();
    let residual = |point: usize| values[point] - quantile(&around[point], 0.5);
    // At the rim all neighbors lie to one side: a value must be far for them, too.
    let is_outside = |point: usize| {
        let [first, third] = [0.25, 0.75].map(|share| quantile(&around[point], share));
        let reach = REACH * (third - first);
        values[point] < first - reach || values[point] > third + reach
    };
    let mut sizes: Vec<f64> = (0..values.len()).map(|point| residual(point).abs()).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    // The middle size of a normal distribution's deviations is 0.6745 of them.
    let deviation = quantile(&sizes, 0.5) / 0.6745;
    if deviation <= 0.0 {
        return None;
    }
    let far = (0..values.len()).filter(|&point| residual(point).abs() > FAR * deviation && is_outside(point));
    let rows: Vec<u32> = far.map(|point| points.rows[point]).collect();
    // Where many are far, the target jumps: that is its shape.
    if rows.is_empty() || 10 * rows.len() > values.len() {
        return None;
    }
    let sentence = say!(
        "doubtfulValues",
        "{have} a \"{name}\" far from that of the {asked} most similar rows, which usually differ by {usual}.",
        have = rows_have(points, rows.len()),
        name = &own.name,
        asked = ASKED,
        usual = brief(deviation * 0.6745)
    );
    let finding = view.finding(FindingKind::Labels, Some(view.roles.target), rows.clone(), sentence);
    Some(finding.with_suggestion(label::leave_rows_out(), CleaningStep::DropRows { rows }))
}
