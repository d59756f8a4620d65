//! Folds: rows dealt into groups of which each validates once, while all others train.

use crate::error::{Error, Result, decimal};
use crate::rng::{Purpose, Stream};

/// Folds, unless there is one a row.
pub const MOST_FOLDS: u32 = 20;
/// Times that rows are dealt anew.
pub const MOST_REPEATS: u32 = 100;
/// Classes by which rows may be dealt.
const MOST_STRATA: usize = 1 << 16;

/// How rows are dealt.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FoldOptions<'a> {
    /// How many folds: 2…20, or one a row, which is leave-one-out.
    pub folds: u32,
    /// How often rows are dealt anew, 1…100.
    pub repeats: u32,
    /// Of the order in which they are dealt.
    pub seed: u32,
    /// The class of each row: every fold then has the same mix of them.
    pub strata: Option<&'a [u32]>,
    /// The group of each row, by any number: a group is never cut.
    pub groups: Option<&'a [u32]>,
    /// Folds are blocks of rows that follow one another.
    pub blocked: bool,
    /// By what rows follow one another where it isn't their order: finite numbers, such as days.
    pub times: Option<&'a [f64]>,
}

/// The fold of each row, `[repeat][row]`.
pub type Folds = Vec<Vec<u32>>;

/// Deals `count` rows into folds, always the same way for the same seed. Every row is in one fold of each repeat.
///
/// Folds differ by one row at most, and with strata by one row of each class at most. Groups are dealt whole, the largest
/// first, each to the fold that has fewest rows so far (with strata, fewest of the group's classes): how even that comes
/// out depends on them. Blocks are cut where rows follow one another; they are the same for every seed.
///
/// # Errors
/// [`Error::Spec`] names the option that is out of range or doesn't go with another; [`Error::Data`] a list that doesn't
/// fit the rows.
pub fn folds(count: usize, options: &FoldOptions) -> Result<Folds> {
    check(count, options)?;
    let (folds, rows) = (options.folds as usize, 0..count as u32);
    let class_of = |row: u32| options.strata.map_or(0, |strata| strata[row as usize]);
    if options.blocked {
        let mut order: Vec<u32> = rows.collect();
        if let Some(times) = options.times {
            order.sort_by(|&a, &b| times[a as usize].total_cmp(&times[b as usize]));
        }
        let mut blocks = vec![0; count];
        // The first blocks get a row more where it doesn't come out even.
        let (each, more) = (count / folds, count % folds);
        for (place, row) in order.into_iter().enumerate() {
            let long = (each + 1) * more;
            let block = if place < long { place / (each + 1) } else { more + (place - long) / each };
            blocks[row as usize] = block as u32;
        }
        return Ok(vec![blocks]);
    }
    let deal = |repeat: u32| {
        let mut order: Vec<u32> = rows.clone().collect();
        Stream::new(options.seed, Purpose::Folds, repeat).shuffle(&mut order);
        match options.groups {
            Some(groups) => deal_groups(&order, groups, folds, class_of),
            None => {
                // Class by class around the folds, each going on where the one before ended: so classes and folds alike
                // come out within one row. The sort is stable, so rows of a class keep their random order.
                order.sort_by_key(|&row| class_of(row));
                let mut dealt = vec![0; count];
                for (place, row) in order.into_iter().enumerate() {
                    dealt[row as usize] = (place % folds) as u32;
                }
                dealt
            }
        }
    };
    Ok((0..options.repeats).map(deal).collect())
}

/// Deals groups, the largest first; those of the same size in the order in which they come in `order`.
fn deal_groups(order: &[u32], groups: &[u32], folds: usize, class_of: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut members = sorted_groups(order, groups);
    members.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
    let classes = order.iter().map(|&row| class_of(row)).max().map_or(1, |last| last as usize + 1);
    let mut all = vec![0_u32; classes];
    order.iter().for_each(|&row| all[class_of(row) as usize] += 1);
    let mut held = vec![0_u32; folds * classes];
    let mut sizes = vec![0; folds];
    let mut dealt = vec![0; order.len()];
    for rows in members {
        let mut of_class = vec![0_u32; classes];
        rows.iter().for_each(|&row| of_class[class_of(row) as usize] += 1);
        // What the group adds to the sum of squared shares, which is least where classes are even. Nothing costs less than
        // a fold without rows, and it is the smallest of equals: none stays empty.
        let cost = |fold: usize| -> f64 {
            let terms = of_class.iter().enumerate().filter(|(_, own)| **own > 0);
            terms
                .map(|(class, &own)| {
                    let (own, has) = (f64::from(own), f64::from(held[fold * classes + class]));
                    own * (2.0 * has + own) / f64::from(all[class])
                })
                .sum()
        };
        let better = |a: usize, b: usize| {
            let (cost_a, cost_b) = (cost(a), cost(b));
            cost_a < cost_b || (cost_a == cost_b && sizes[a] < sizes[b])
        };
        let best = (1..folds).fold(0, |best, fold| if better(fold, best) { fold } else { best });
        sizes[best] += rows.len();
        of_class.iter().enumerate().for_each(|(class, own)| held[best * classes + class] += own);
        rows.iter().for_each(|&row| dealt[row as usize] = best as u32);
    }
    dealt
}

/// The rows of each group, groups in the order of their first row in `order`.
fn sorted_groups(order: &[u32], groups: &[u32]) -> Vec<Vec<u32>> {
    let mut by_group: Vec<(u32, u32)> =
        (0..).zip(order).map(|(place, &row)| (groups[row as usize], place)).collect();
    by_group.sort_unstable();
    let mut members: Vec<Vec<u32>> = vec![];
    for (i, &(group, place)) in by_group.iter().enumerate() {
        if i == 0 || by_group[i - 1].0 != group {
            members.push(vec![]);
        }
        if let Some(last) = members.last_mut() {
            last.push(place);
        }
    }
    members.sort_by_key(|places| places[0]);
    members.iter().map(|places| places.iter().map(|&place| order[place as usize]).collect()).collect()
}

/// Refuses a list that has not one number a row.
pub(super) fn check_lengths(lists: &[(&str, Option<usize>)], rows: usize) -> Result<()> {
    match lists.iter().find_map(|&(name, length)| Some((name, length.filter(|&length| length != rows)?))) {
        None => Ok(()),
        Some((name, length)) => Err(Error::Data {
            what: format!("{name} holds {length} numbers for {rows} rows, expected one a row"),
        }),
    }
}

fn check(count: usize, options: &FoldOptions) -> Result<()> {
    let refuse = |path: &str, what: String| Err(Error::Spec { path: path.into(), what });
    let FoldOptions { folds, repeats, .. } = *options;
    if count < 2 {
        return Err(Error::Data { what: format!("{count} rows can't fill 2 folds: give at least 2") });
    }
    if !(2..=MOST_FOLDS).contains(&folds) && folds as usize != count {
        return refuse(
            "folds",
            format!("{folds} is outside 2…{MOST_FOLDS}, and is not the {count} rows, one a fold"),
        );
    }
    if folds as usize > count {
        return refuse(
            "folds",
            format!("{folds} folds can't be filled by {count} rows: choose fewer, or give more rows"),
        );
    }
    if !(1..=MOST_REPEATS).contains(&repeats) {
        return refuse("repeats", format!("{repeats} is outside 1…{MOST_REPEATS}"));
    }
    let lengths = [
        ("stratify", options.strata.map(<[u32]>::len)),
        ("groups", options.groups.map(<[u32]>::len)),
        ("times", options.times.map(<[f64]>::len)),
    ];
    check_lengths(&lengths, count)?;
    if let Some(&class) = options.strata.and_then(|s| s.iter().find(|&&class| class as usize >= MOST_STRATA))
    {
        return Err(Error::Data {
            what: format!("stratify: class {class} is outside 0…{}", MOST_STRATA - 1),
        });
    }
    if options.blocked {
        if repeats > 1 {
            return refuse("repeats", format!("{repeats} is outside 1…1: blocks are the same each time"));
        }
        if options.groups.is_some() {
            return refuse(
                "groups",
                "can't be kept whole in blocks of rows that follow one another: choose one of them".into(),
            );
        }
        if options.strata.is_some() {
            return refuse(
                "stratify",
                "can't hold in blocks of rows that follow one another: choose one of them".into(),
            );
        }
        if let Some(place) = options.times.and_then(|times| times.iter().position(|time| !time.is_finite())) {
            let time = options.times.map_or(f64::NAN, |times| times[place]);
            return Err(Error::Data {
                what: format!("times[{place}]: {} is not a finite number", decimal(time)),
            });
        }
    } else if options.times.is_some() {
        return refuse("times", "are for blocks: say so, or leave them out".into());
    }
    if let Some(groups) = options.groups {
        let mut different = groups.to_vec();
        different.sort_unstable();
        different.dedup();
        let count = different.len();
        if folds as usize > count {
            return refuse(
                "folds",
                format!("{folds} folds can't be filled by {count} groups: choose fewer folds"),
            );
        }
    }
    Ok(())
}
