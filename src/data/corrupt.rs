//! Spoiling training rows on purpose, to see what bad data does to a model: garbage in, garbage out.
//!
//! Validation and test rows stay as they are, so that a clean and a spoilt twin are judged alike. Each kind of damage
//! has its own random stream: more of one changes nothing in another. And a larger share spoils all that a smaller one
//! does, in the same way, and more.

use super::{Dataset, Split, Task};
use crate::rng::{Purpose, Stream};

/// What a unit mix-up multiplies by: centimetres among inches.
const UNIT: f64 = 2.54;

/// How many standard deviations an outlier lies from the mean.
const FAR: [f32; 2] = [5.0, 10.0];

/// How much to spoil: shares of 0…0.5. What is larger counts as 0.5, what is less or NaN as 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Corruption {
    /// Share of the training rows that get another class, or the target of another row.
    pub labels: f64,
    /// Share of the training rows' cells that are lost: NaN.
    pub missing: f64,
    /// Share of the training rows with one number far out.
    pub outliers: f64,
    /// Share of the test rows that also stand among the training rows.
    pub duplicates: f64,
    /// Share of the training rows that have one column, the same in all, in another unit.
    pub units: f64,
}

impl Corruption {
    /// Whether it spoils nothing.
    pub fn is_none(&self) -> bool {
        *self == Corruption::default()
    }
}

/// What was spoilt, by row numbers of the data set, in the order of the damage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Damage {
    /// Rows with another label.
    pub labels: Vec<u32>,
    /// Rows and columns of lost cells.
    pub missing: Vec<(u32, u32)>,
    /// Rows and columns of numbers far out.
    pub outliers: Vec<(u32, u32)>,
    /// New training rows, at the end of the data set, and the test rows that they repeat.
    pub duplicates: Vec<(u32, u32)>,
    /// Rows and the column that is in another unit.
    pub units: Vec<(u32, u32)>,
}

/// Streams by kind of damage: never renumber.
#[derive(Clone, Copy)]
enum Kind {
    Labels,
    Missing,
    Outliers,
    Duplicates,
    Units,
}

/// Spoils the training rows of `split` in `data`, and says where. `numbers` are the columns that hold numbers: a
/// category can be lost or repeated, but not lie far out.
///
/// Duplicates are appended to `data` and to the training rows, as clean as the test rows that they repeat. A lost cell
/// may have been an outlier before.
pub fn corrupt(
    data: &mut Dataset,
    split: &mut Split,
    numbers: &[usize],
    how: &Corruption,
    seed: u32,
) -> Damage {
    // Sorted, so that the damage depends on which rows are trained on, not on their order.
    let mut train = split.train.clone();
    train.sort_unstable();
    let choice = |kind: Kind, count: usize, share: f64| Choice::new(seed, kind, count, share);
    let (rows, width) = (train.len(), data.width());
    let mut damage = Damage::default();
    let statistics: Vec<[f64; 2]> =
        numbers.iter().map(|&column| mean_and_deviation(data, &train, column)).collect();

    if !numbers.is_empty() {
        let mut chosen = choice(Kind::Units, rows, how.units);
        let column = numbers[chosen.stream.below(numbers.len() as u32) as usize];
        for i in chosen.places {
            data.inputs[train[i] as usize * width + column] *= UNIT;
            damage.units.push((train[i], column as u32));
        }

        let mut chosen = choice(Kind::Outliers, rows, how.outliers);
        for i in chosen.places {
            let which = chosen.stream.below(numbers.len() as u32) as usize;
            let far = f64::from(chosen.stream.range(FAR[0], FAR[1]));
            let side = if chosen.stream.below(2) == 0 { -far } else { far };
            let ([mean, deviation], column) = (statistics[which], numbers[which]);
            data.inputs[train[i] as usize * width + column] = mean + side * deviation;
            damage.outliers.push((train[i], column as u32));
        }
    }

    let chosen = choice(Kind::Missing, rows * width, how.missing);
    for i in chosen.places {
        let (row, column) = (train[i / width], i % width);
        data.inputs[row as usize * width + column] = f64::NAN;
        damage.missing.push((row, column as u32));
    }

    flip(data, &train, choice(Kind::Labels, rows, how.labels), &mut damage);

    let mut test = split.test.clone();
    test.sort_unstable();
    for i in choice(Kind::Duplicates, test.len(), how.duplicates).places {
        let copy = data.rows() as u32;
        repeat(data, test[i] as usize);
        split.train.push(copy);
        damage.duplicates.push((copy, test[i]));
    }
    damage
}

/// Fills lost cells so that a model can be trained: a number with the mean of what the training rows `train` have left
/// of its column, a category with the most frequent one. Where nothing is left, 0.
pub fn fill(data: &mut Dataset, train: &[u32], numbers: &[usize], lost: &[(u32, u32)]) {
    let width = data.width();
    // Cells come in any order: column by column, each looked at once.
    for column in 0..width {
        if !lost.iter().any(|&(_, at)| at as usize == column) {
            continue;
        }
        let value = if numbers.contains(&column) {
            mean_and_deviation(data, train, column)[0]
        } else {
            most_frequent(data, train, column)
        };
        for &(row, _) in lost.iter().filter(|&&(_, at)| at as usize == column) {
            data.inputs[row as usize * width + column] = value;
        }
    }
}

fn most_frequent(data: &Dataset, rows: &[u32], column: usize) -> f64 {
    let mut counts: Vec<u32> = vec![];
    for value in rows.iter().map(|&row| data.inputs[row as usize * data.width() + column]) {
        // An index of a category; NaN is none.
        if value >= 0.0 {
            let index = value as usize;
            counts.resize(counts.len().max(index + 1), 0);
            counts[index] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|&count| count == most).unwrap_or(0) as f64
}

/// Other labels: another class, each as likely; or the target of another training row.
fn flip(data: &mut Dataset, train: &[u32], mut chosen: Choice, damage: &mut Damage) {
    let before = data.targets.clone();
    for i in chosen.places {
        let row = train[i] as usize;
        match data.task {
            Task::Classification { classes } => {
                let other = f64::from(chosen.stream.below(classes as u32 - 1));
                data.targets[row] = if other < before[row] { other } else { other + 1.0 };
            }
            Task::Regression { targets } => {
                // Any place but its own; alone, a row keeps what it has.
                let step = 1 + chosen.stream.below(train.len().max(2) as u32 - 1) as usize;
                let from = train[(i + step) % train.len()] as usize;
                data.targets[row * targets..][..targets]
                    .copy_from_slice(&before[from * targets..][..targets]);
            }
        }
        damage.labels.push(train[i]);
    }
}

/// Appends a copy of a row.
fn repeat(data: &mut Dataset, row: usize) {
    let width = data.width();
    let targets = data.task.targets();
    data.inputs.extend_from_within(row * width..(row + 1) * width);
    data.targets.extend_from_within(row * targets..(row + 1) * targets);
}

/// The mean of a column's numbers over the rows, and their standard deviation, 1 where it is 0; lost ones don't count.
fn mean_and_deviation(data: &Dataset, rows: &[u32], column: usize) -> [f64; 2] {
    let width = data.width();
    let values = || {
        let all = rows.iter().map(|&row| data.inputs[row as usize * width + column]);
        all.filter(|value| value.is_finite())
    };
    let count = values().count().max(1) as f64;
    let mean = values().sum::<f64>() / count;
    let deviation = (values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt();
    [mean, if deviation > 0.0 { deviation } else { 1.0 }]
}

/// Some of `count` places, and the stream to draw from for each of them in turn.
struct Choice {
    places: Vec<usize>,
    stream: Stream,
}

impl Choice {
    /// A share of all places in random order: a larger share begins with what a smaller one has. What is drawn for a
    /// place comes after the order, and so is the same for both.
    fn new(seed: u32, kind: Kind, count: usize, share: f64) -> Choice {
        let mut stream = Stream::new(seed, Purpose::Corrupt, kind as u32);
        let wanted = (count as f64 * share.clamp(0.0, 0.5)).round() as usize; // NaN is 0
        // Without any there is nothing to shuffle: a run without damage costs nothing.
        let mut order: Vec<u32> = if wanted == 0 { vec![] } else { (0..count as u32).collect() };
        stream.shuffle(&mut order);
        Choice { places: order.into_iter().take(wanted).map(|place| place as usize).collect(), stream }
    }
}
