//! Two classes of which one is rare.

use super::{Source, TWO_CLASSES, generate};
use crate::data::Dataset;
use crate::data::split::sort_rows;
use crate::rng::{Purpose, Stream};

/// Made for each row that is wanted, so that the rarer class is there to choose from even where noise eats it.
const SPARE: usize = 4;

/// [`generate`] with `share` of the rows in class 1, which is the rarer one: up to 0.5. At 0.5 (or NaN) and for
/// sources that don't have two classes the rows are those of [`generate`], as they are.
///
/// A smaller share keeps the rows that it leaves of class 1, and adds to class 0. Where noise has left too few of a
/// class, the other one fills up.
pub fn generate_imbalanced(source: Source, samples: usize, noise: f32, share: f32, seed: u32) -> Dataset {
    if share.is_nan() || share >= 0.5 || source.task() != TWO_CLASSES {
        return generate(source, samples, noise, seed);
    }
    let samples = samples.max(1);
    let pool = generate(source, samples * SPARE, noise, seed);
    let mut order: Vec<u32> = (0..pool.rows() as u32).collect();
    Stream::new(seed, Purpose::Data, 2).shuffle(&mut order);
    let (ones, zeros): (Vec<u32>, Vec<u32>) =
        order.into_iter().partition(|&row| pool.targets[row as usize] == 1.0);

    let rare = (samples as f32 * share.max(0.0)).round() as usize;
    let rare = rare.clamp(1, samples).min(ones.len()).max(samples.saturating_sub(zeros.len()));
    let mut rows = [&ones[..rare], &zeros[..samples - rare]].concat();
    sort_rows(&mut rows, pool.rows()); // the order they were made in: a spiral's arms stay arms
    let (width, mut inputs, mut targets) = (pool.width(), vec![], vec![]);
    for row in rows.into_iter().map(|row| row as usize) {
        inputs.extend_from_slice(&pool.inputs[row * width..][..width]);
        targets.push(pool.targets[row]);
    }
    Dataset { inputs, targets, ..pool }
}
