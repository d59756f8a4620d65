//! The best question for the rows of a node.

use super::tree::{Ranked, target};
use crate::data::Task;
use crate::rng::Stream;

/// Which features a node may ask for.
pub(super) struct Candidates {
    features: Vec<usize>,
    /// How many of them are looked at, drawn by chance; none means all, in order.
    drawn: Option<(usize, Stream)>,
}

impl Candidates {
    pub(super) fn all(features: usize) -> Candidates {
        Candidates { features: (0..features).collect(), drawn: None }
    }

    /// So many at each node, drawn anew.
    pub(super) fn drawn(features: usize, count: usize, stream: Stream) -> Candidates {
        Candidates { features: (0..features).collect(), drawn: Some((count, stream)) }
    }

    /// The feature looked at as number `i`, if there is another; one more is looked at while all were constant.
    fn get(&mut self, i: usize, has_varied: bool) -> Option<usize> {
        let left = self.features.len().checked_sub(i).filter(|&left| left > 0)?;
        if let Some((count, stream)) = &mut self.drawn {
            if i >= *count && has_varied {
                return None;
            }
            let drawn = i + stream.below(left as u32) as usize;
            self.features.swap(i, drawn);
        }
        self.features.get(i).copied()
    }
}

/// A question: is the feature at most the threshold?
pub(super) struct Split {
    pub(super) feature: usize,
    pub(super) threshold: f64,
    /// The last rank that is at most the threshold.
    pub(super) rank: u32,
}

/// What the rows of a node are to predict.
pub(super) struct Node {
    /// Shares of classes, or mean targets.
    values: Vec<f64>,
    /// How much all rows count.
    weight: u64,
    is_pure: bool,
}

impl Node {
    pub(super) fn new(splitter: &mut Splitter, rows: &[u32]) -> Node {
        let weight = rows.iter().map(|&row| u64::from(splitter.counts[row as usize])).sum();
        let data = splitter.ranked.data;
        let first = rows.first().map_or(&[][..], |&row| target(data, row));
        let is_pure = rows.iter().all(|&row| target(data, row) == first);
        let mut values = vec![0.0; super::inner_outputs(data.task)];
        for &row in rows {
            let count = f64::from(splitter.counts[row as usize]);
            match data.task {
                Task::Classification { .. } => values[target(data, row)[0] as usize] += count,
                Task::Regression { .. } => {
                    values.iter_mut().zip(target(data, row)).for_each(|(sum, value)| *sum += count * value);
                }
            }
        }
        values.iter_mut().for_each(|value| *value /= weight as f64);
        if is_pure && matches!(data.task, Task::Regression { .. }) {
            values.copy_from_slice(first); // the mean of equal numbers may round to another one
        }
        Node { values, weight, is_pure }
    }

    pub(super) fn is_pure(&self) -> bool {
        self.is_pure
    }

    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }
}

/// Working space of one tree.
pub(super) struct Splitter<'a> {
    ranked: &'a Ranked<'a>,
    counts: &'a [u32],
    min_leaf: usize,
    /// A node's rows by one feature: its rank in the high half, the row in the low one.
    keys: Vec<u64>,
    /// Of classes: how much rows of each count before a threshold and after it, and the sums of squares of that.
    classes: [Vec<u64>; 2],
    squares: [u64; 2],
    /// Of values: sums before a threshold, about the node's means.
    sums: Vec<f64>,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(ranked: &'a Ranked<'a>, counts: &'a [u32], min_leaf: usize) -> Splitter<'a> {
        let (classes, targets) = match ranked.data.task {
            Task::Classification { classes } => (classes, 0),
            Task::Regression { targets } => (0, targets),
        };
        let classes = [vec![0; classes], vec![0; classes]];
        Splitter {
            ranked,
            counts,
            min_leaf,
            keys: Vec::new(),
            classes,
            squares: [0; 2],
            sums: vec![0.0; targets],
        }
    }

    /// The first of the best questions, if any leaves enough rows on both sides. One that gains nothing may be it: what
    /// comes after it may gain, as in a chessboard of two by two.
    pub(super) fn best(&mut self, node: &Node, rows: &[u32], candidates: &mut Candidates) -> Option<Split> {
        let all = self.counts.len();
        let (mut best, mut best_score) = (None, f64::NEG_INFINITY);
        let (mut looked, mut has_varied) = (0, false);
        while let Some(feature) = candidates.get(looked, has_varied) {
            looked += 1;
            let ranks = &self.ranked.ranks[feature * all..][..all];
            self.keys.clear();
            self.keys.extend(rows.iter().map(|&row| (u64::from(ranks[row as usize]) << 32) | u64::from(row)));
            let first = self.keys[0] >> 32;
            if self.keys.iter().all(|key| key >> 32 == first) {
                continue;
            }
            has_varied = true;
            self.keys.sort_unstable();
            let found = self.scan(node);
            if let Some((place, score)) = found.filter(|&(_, score)| score > best_score) {
                best_score = score;
                let [low, high] = [place - 1, place].map(|place| (self.keys[place] >> 32) as usize);
                let values = &self.ranked.distinct[feature];
                let middle = values[low] / 2.0 + values[high] / 2.0;
                // Between neighboring numbers there is none.
                let threshold = if middle < values[high] { middle.max(values[low]) } else { values[low] };
                best = Some(Split { feature, threshold, rank: low as u32 });
            }
        }
        best
    }

    /// The best place between two values that has enough rows on both sides: how many rows stand before it, and its score.
    fn scan(&mut self, node: &Node) -> Option<(usize, f64)> {
        let data = self.ranked.data;
        let is_of_classes = matches!(data.task, Task::Classification { .. });
        if is_of_classes {
            self.count_classes();
        }
        self.sums.fill(0.0);
        let (mut best, mut weight) = (None, 0);
        for place in 1..self.keys.len() {
            let (key, next) = (self.keys[place - 1], self.keys[place]);
            let row = key as u32;
            let count = u64::from(self.counts[row as usize]);
            weight += count;
            if is_of_classes {
                self.pass_class(target(data, row)[0] as usize, count);
            } else {
                let targets = target(data, row).iter().zip(&node.values);
                let sums = self.sums.iter_mut().zip(targets);
                sums.for_each(|(sum, (value, mean))| *sum += count as f64 * (value - mean));
            }
            let is_between = key >> 32 != next >> 32;
            if is_between && place >= self.min_leaf && self.keys.len() - place >= self.min_leaf {
                let score = self.score(is_of_classes, weight, node.weight - weight);
                if best.is_none_or(|(_, known)| score > known) {
                    best = Some((place, score));
                }
            }
        }
        best
    }

    /// Large where both sides are pure: by Gini's impurity, or by squared errors, where sums about the node's mean are
    /// opposite on both sides.
    fn score(&self, is_of_classes: bool, before: u64, after: u64) -> f64 {
        if is_of_classes {
            self.squares[0] as f64 / before as f64 + self.squares[1] as f64 / after as f64
        } else {
            let squares: f64 = self.sums.iter().map(|sum| sum * sum).sum();
            squares / before as f64 + squares / after as f64
        }
    }

    /// All rows stand after the first threshold.
    fn count_classes(&mut self) {
        let data = self.ranked.data;
        let class_of = |key: u64| target(data, key as u32)[0] as usize;
        let [before, after] = &mut self.classes;
        // Only classes that are here: there may be many others.
        self.keys.iter().for_each(|&key| (before[class_of(key)], after[class_of(key)]) = (0, 0));
        self.squares = [0; 2];
        for &key in &self.keys {
            let (class, count) = (class_of(key), u64::from(self.counts[key as u32 as usize]));
            self.squares[1] += count * (2 * after[class] + count);
            after[class] += count;
        }
    }

    /// A row now stands before the threshold.
    fn pass_class(&mut self, class: usize, count: u64) {
        let [before, after] = &mut self.classes;
        self.squares[0] += count * (2 * before[class] + count);
        before[class] += count;
        self.squares[1] -= count * (2 * after[class] - count);
        after[class] -= count;
    }
}
