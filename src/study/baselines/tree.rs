//! Decision trees: CART (Breiman, Friedman, Olshen and Stone, 1984) with Gini's impurity for classes and squared errors
//! for values, grown to the end as scikit-learn's are.

use super::split::{Candidates, Node, Splitter};
use super::{MOST_NUMBERS, Options, check_size};
use crate::data::Dataset;
use crate::error::Result;

/// A leaf asks for no feature.
const LEAF: u32 = u32::MAX;

/// A node; the one that a row goes to whose feature is at most the threshold comes next.
#[derive(Debug, Clone, Copy)]
struct Step {
    threshold: f64,
    feature: u32,
    /// Where other rows go; of a leaf, where its values stand.
    other: u32,
}

/// A tree that is grown.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    steps: Vec<Step>,
    /// The mean targets or the shares of classes of each leaf, one leaf after the other.
    values: Vec<f64>,
    outputs: usize,
}

/// A tree on all rows that looks at all features.
pub(super) fn fit(data: &Dataset, options: &Options) -> Result<Tree> {
    let ranked = Ranked::new(data);
    let counts = vec![1; data.rows()];
    Tree::grow(&ranked, &counts, options, &mut Candidates::all(data.width()), MOST_NUMBERS)
}

/// Rows with each feature's values as ranks, so that growing compares whole numbers.
pub(super) struct Ranked<'a> {
    pub(super) data: &'a Dataset,
    /// `[features, rows]`: the place of each value among the feature's distinct ones.
    pub(super) ranks: Vec<u32>,
    /// Each feature's distinct values, ascending.
    pub(super) distinct: Vec<Vec<f64>>,
}

impl<'a> Ranked<'a> {
    pub(super) fn new(data: &'a Dataset) -> Ranked<'a> {
        let (rows, width) = (data.rows(), data.width());
        let mut ranks = vec![0; rows * width];
        let mut distinct = Vec::with_capacity(width);
        let mut order: Vec<(f64, u32)> = Vec::with_capacity(rows);
        for feature in 0..width {
            order.clear();
            order.extend(data.inputs[feature..].iter().step_by(width).copied().zip(0_u32..));
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let mut values: Vec<f64> = Vec::new();
            for &(value, row) in &order {
                // −0 and 0 are neighbors in this order, and equal.
                if values.last() != Some(&value) {
                    values.push(value);
                }
                ranks[feature * rows + row as usize] = values.len() as u32 - 1;
            }
            distinct.push(values);
        }
        Ranked { data, ranks, distinct }
    }
}

/// Rows that wait for their node.
struct Waiting {
    start: usize,
    end: usize,
    depth: usize,
    /// The node whose other branch they are.
    other_of: Option<usize>,
}

impl Tree {
    /// Grows a tree on rows that count as often as said, 0 for not at all.
    ///
    /// # Errors
    /// More than `most` numbers.
    pub(super) fn grow(
        ranked: &Ranked,
        counts: &[u32],
        options: &Options,
        candidates: &mut Candidates,
        most: usize,
    ) -> Result<Tree> {
        let outputs = super::inner_outputs(ranked.data.task);
        let mut rows: Vec<u32> = (0..counts.len() as u32).filter(|&row| counts[row as usize] > 0).collect();
        let mut splitter = Splitter::new(ranked, counts, options.min_leaf);
        let mut tree = Tree { steps: Vec::new(), values: Vec::new(), outputs };
        let mut waiting = vec![Waiting { start: 0, end: rows.len(), depth: 0, other_of: None }];
        let mut later = Vec::new();
        while let Some(Waiting { start, end, depth, other_of }) = waiting.pop() {
            let here = tree.steps.len();
            if let Some(parent) = other_of {
                tree.steps[parent].other = here as u32;
            }
            let node = Node::new(&mut splitter, &rows[start..end]);
            let is_deep = options.max_depth.is_some_and(|most| depth >= most);
            let is_small = end - start < 2 * options.min_leaf;
            let split = if is_deep || is_small || node.is_pure() {
                None
            } else {
                splitter.best(&node, &rows[start..end], candidates)
            };
            let Some(split) = split else {
                let other = tree.values.len() as u32;
                tree.steps.push(Step { threshold: 0.0, feature: LEAF, other });
                tree.values.extend_from_slice(node.values());
                check_size("trees", tree.numbers().saturating_add(MOST_NUMBERS - most), SMALLER)?;
                continue;
            };
            tree.steps.push(Step { threshold: split.threshold, feature: split.feature as u32, other: 0 });
            let ranks = &ranked.ranks[split.feature * counts.len()..];
            let middle =
                start + part(&mut rows[start..end], &mut later, |row| ranks[row as usize] <= split.rank);
            waiting.push(Waiting { start: middle, end, depth: depth + 1, other_of: Some(here) });
            waiting.push(Waiting { start, end: middle, depth: depth + 1, other_of: None });
        }
        Ok(tree)
    }

    /// The values of the leaf that a row comes to.
    pub(super) fn leaf(&self, row: &[f64]) -> &[f64] {
        let mut at = 0;
        loop {
            let step = self.steps[at];
            if step.feature == LEAF {
                return &self.values[step.other as usize..][..self.outputs];
            }
            at = if row[step.feature as usize] <= step.threshold { at + 1 } else { step.other as usize };
        }
    }

    pub(super) fn leaves(&self) -> usize {
        self.values.len() / self.outputs
    }

    /// A feature and a threshold a split, and so many values a leaf.
    pub(super) fn parameters(&self, values: usize) -> usize {
        2 * (self.steps.len() - self.leaves()) + values * self.leaves()
    }

    /// What it takes in memory, in numbers of eight bytes.
    pub(super) fn numbers(&self) -> usize {
        2 * self.steps.len() + self.values.len()
    }
}

const SMALLER: &str = "take fewer trees, a smaller maxDepth or a larger minLeaf";

/// Brings the rows that are `first` before the others, all in the order they had; gives how many they are.
fn part(rows: &mut [u32], later: &mut Vec<u32>, first: impl Fn(u32) -> bool) -> usize {
    later.clear();
    let mut kept = 0;
    for i in 0..rows.len() {
        let row = rows[i];
        if first(row) {
            rows[kept] = row;
            kept += 1;
        } else {
            later.push(row);
        }
    }
    rows[kept..].copy_from_slice(later);
    kept
}

/// Values a row, for whoever asks what is predicted.
pub(super) fn target(data: &Dataset, row: u32) -> &[f64] {
    let per_row = data.task.targets();
    &data.targets[row as usize * per_row..][..per_row]
}
