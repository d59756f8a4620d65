//! Random forests (Breiman, "Random forests", Machine Learning 45, 2001): each tree is grown on as many rows as there are,
//! drawn with replacement. For classes each node looks at √features of them, for values at all, as in scikit-learn.

use super::split::Candidates;
use super::tree::{Ranked, Tree};
use super::{MOST_NUMBERS, Options};
use crate::data::{Dataset, Task};
use crate::error::Result;
use crate::rng::{Purpose, Stream};

pub(super) fn fit(data: &Dataset, options: &Options) -> Result<Vec<Tree>> {
    let (rows, width) = (data.rows(), data.width());
    let looked_at = match data.task {
        Task::Classification { .. } => width.isqrt(),
        Task::Regression { .. } => width,
    };
    let ranked = Ranked::new(data);
    let (mut trees, mut left) = (Vec::new(), MOST_NUMBERS);
    for number in 0..options.trees {
        let mut stream = Stream::new(options.seed, Purpose::Forest, number as u32);
        let mut counts = vec![0; rows];
        (0..rows).for_each(|_| counts[stream.below(rows as u32) as usize] += 1);
        let mut candidates = Candidates::drawn(width, looked_at, stream);
        let tree = Tree::grow(&ranked, &counts, options, &mut candidates, left)?;
        left -= tree.numbers();
        trees.push(tree);
    }
    Ok(trees)
}

/// The mean of what all trees say.
pub(super) fn predict(trees: &[Tree], row: &[f64], outputs: &mut [f64]) {
    outputs.fill(0.0);
    for tree in trees {
        outputs.iter_mut().zip(tree.leaf(row)).for_each(|(sum, value)| *sum += value);
    }
    outputs.iter_mut().for_each(|sum| *sum /= trees.len() as f64);
}
