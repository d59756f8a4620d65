//! Sharing the rows among training, validation and test.

use crate::data::{Dataset, Task};
use crate::error::{Error, Result, decimal};
use crate::rng::{Purpose, Stream};

/// The shares of the three parts: each at least 0, together 1 within 0.001, `train` above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitSpec {
    /// Rows the weights learn from.
    pub train: f64,
    /// Rows that choose among models and say when to stop.
    pub validation: f64,
    /// Rows kept aside for the final judgement.
    pub test: f64,
    /// Share each class by itself, so that every part has the same mix. No effect on regression.
    pub stratify: bool,
}

/// Row numbers of the parts: disjoint, all rows, each part in shuffled order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// Rows the weights learn from.
    pub train: Vec<u32>,
    /// Rows that choose among models; may be empty.
    pub validation: Vec<u32>,
    /// Rows for the final judgement; may be empty.
    pub test: Vec<u32>,
}

const PARTS: usize = 3;

/// Splits the rows at random, always the same way for the same seed.
///
/// Sizes are rounded by largest remainder. A stratified split does so class by class and carries what
/// rounding left over to the next class, so that small classes don't all round the same way: each class
/// is within one row of its share in every part, and so is the whole, unless many classes have too few rows
/// to share: each class keeps at least one row for training. Every part with a share above 0 gets at least
/// one row, if need be the only one of a class.
///
/// # Errors
/// [`Error::Split`] when the shares are out of range or there are fewer rows than parts.
pub fn split(data: &Dataset, spec: &SplitSpec, seed: u32) -> Result<Split> {
    let shares = millionths(spec)?;
    let wanted = shares.iter().filter(|&&share| share > 0).count();
    let rows = data.rows();
    if rows < wanted {
        return Err(Error::Split {
            what: format!("{rows} rows can't fill {wanted} parts with at least one row each"),
        });
    }

    let groups = match data.task {
        Task::Classification { classes } if spec.stratify => classes,
        _ => 1,
    };
    let group_of = |row: u32| {
        if groups == 1 { 0 } else { data.targets[row as usize] as usize }
    };
    let mut counts = vec![0; groups];
    for row in 0..rows as u32 {
        counts[group_of(row)] += 1;
    }
    let mut left = sizes(&counts, shares);

    let mut order: Vec<u32> = (0..rows as u32).collect();
    Stream::new(seed, Purpose::Split, 0).shuffle(&mut order);
    let mut parts: [Vec<u32>; PARTS] = Default::default();
    for row in order {
        let group = &mut left[group_of(row)];
        // The sizes of a group add up to its rows, so there is always a part with room.
        let part = group.iter().position(|&room| room > 0).unwrap_or(0);
        group[part] = group[part].saturating_sub(1);
        parts[part].push(row);
    }
    let [train, validation, test] = parts;
    Ok(Split { train, validation, test })
}

/// Puts row numbers below `of` in ascending order. It counts, since the sort of the standard library is 1.5 KB to fetch.
pub(crate) fn sort_rows(rows: &mut [u32], of: usize) {
    let mut counts = vec![0_usize; of];
    for &row in rows.iter() {
        counts[row as usize] += 1;
    }
    let sorted = (0..).zip(counts).flat_map(|(row, count)| std::iter::repeat_n(row, count));
    rows.iter_mut().zip(sorted).for_each(|(place, row)| *place = row);
}

/// The shares as whole millionths, so that sizes follow from exact arithmetic: 0.8 means 0.8.
fn millionths(spec: &SplitSpec) -> Result<[u64; PARTS]> {
    let named = [("train", spec.train), ("validation", spec.validation), ("test", spec.test)];
    for (name, share) in named {
        if !(0.0..=1.0).contains(&share) {
            return Err(Error::Split { what: format!("{name} is {}, expected 0…1", decimal(share)) });
        }
    }
    let shares = named.map(|(_, share)| (share * 1e6).round() as u64);
    let sum: u64 = shares.iter().sum();
    if shares[0] == 0 {
        return Err(Error::Split { what: format!("train is {}, expected more than 0", decimal(spec.train)) });
    }
    if sum.abs_diff(1_000_000) > 1000 {
        return Err(Error::Split {
            what: format!("train, validation and test add up to {}, expected 1", decimal(sum as f64 / 1e6)),
        });
    }
    Ok(shares)
}

/// Rows of each group for each part.
fn sizes(counts: &[u64], shares: [u64; PARTS]) -> Vec<[u64; PARTS]> {
    let total: u64 = shares.iter().sum();
    // What each part has been given too little so far, in rows / total.
    let mut owed = [0_i64; PARTS];
    let mut table: Vec<[u64; PARTS]> = Vec::with_capacity(counts.len());
    for &count in counts {
        let mut row = shares.map(|share| count * share / total);
        let mut open = shares.map(|share| count * share % total > 0);
        for part in 0..PARTS {
            owed[part] += (count * shares[part] % total) as i64;
        }
        for _ in row.iter().sum()..count {
            // The first of equals, so that ties favor training. A class's first row goes there whatever is owed: what is
            // not in training can't be learned.
            let mut best = 0;
            for part in 1..PARTS {
                if row[0] > 0 && open[part] && (!open[best] || owed[part] > owed[best]) {
                    best = part;
                }
            }
            open[best] = false;
            row[best] += 1;
            owed[best] -= total as i64;
        }
        table.push(row);
    }
    for part in 0..PARTS {
        if shares[part] > 0 && table.iter().all(|row| row[part] == 0) {
            give_one(&mut table, part);
        }
    }
    table
}

/// Moves one row to an empty part from the group that has most rows in the largest part. No group gives its only row of
/// training as long as there are others.
fn give_one(table: &mut [[u64; PARTS]], part: usize) {
    // Rows of a part that can spare one; there is always some, or else it is training.
    let held = |part: usize| {
        let (kept, all) = (u64::from(part == 0), table.iter().map(|row| row[part]).sum());
        if all > 1 && table.iter().any(|row| row[part] > kept) { all } else { 0_u64 }
    };
    let mut largest = 0;
    for other in 1..PARTS {
        if held(other) > held(largest) {
            largest = other;
        }
    }
    let mut group = 0;
    for other in 1..table.len() {
        if table[other][largest] > table[group][largest] {
            group = other;
        }
    }
    table[group][largest] -= 1;
    table[group][part] += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_also_where_one_stands_twice() {
        let mut rows = [4, 0, 9, 4, 2, 4];
        sort_rows(&mut rows, 10);
        assert_eq!(rows, [0, 2, 4, 4, 4, 9]);
        sort_rows(&mut [], 0);
    }
}
