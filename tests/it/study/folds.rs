//! Folds are a partition, even in size and classes; groups are whole, and blocks follow one another.

use crate::support::draw::Draw;
use trainyard::study::{FoldOptions, folds};

fn of(count: u32, seed: u32) -> FoldOptions<'static> {
    FoldOptions { folds: count, repeats: 1, seed, ..FoldOptions::default() }
}

/// Rows of each fold, for which `counts` holds.
fn sizes(fold_of: &[u32], folds: u32, counts: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut sizes = vec![0; folds as usize];
    (0..fold_of.len()).filter(|&row| counts(row)).for_each(|row| sizes[fold_of[row] as usize] += 1);
    sizes
}

fn spread(sizes: &[usize]) -> usize {
    sizes.iter().max().unwrap() - sizes.iter().min().unwrap()
}

#[test]
fn every_row_is_in_one_fold_and_folds_and_classes_are_even_within_one_row() {
    let mut draw = Draw::new(11);
    for case in 0..200 {
        let count = 2 + draw.index(120);
        let wanted = (2 + draw.index(19)).min(count) as u32;
        let classes = 1 + draw.index(6);
        let strata: Vec<u32> = (0..count).map(|_| draw.index(classes).pow(2) as u32).collect();
        let repeats = 1 + draw.index(3) as u32;
        let options = FoldOptions { repeats, strata: Some(&strata), ..of(wanted, case) };
        let dealt = folds(count, &options).unwrap();
        assert_eq!(dealt.len(), repeats as usize);
        for fold_of in &dealt {
            assert_eq!(fold_of.len(), count, "case {case}: a fold a row");
            assert!(fold_of.iter().all(|&fold| fold < wanted), "case {case}");
            let all = sizes(fold_of, wanted, |_| true);
            assert!(spread(&all) <= 1 && all.iter().all(|&size| size > 0), "case {case}: {all:?}");
            for class in 0..=25 {
                let own = sizes(fold_of, wanted, |row| strata[row] == class);
                assert!(spread(&own) <= 1, "case {case}, class {class}: {own:?}");
            }
        }
    }
}

#[test]
fn leave_one_out_gives_each_row_a_fold_of_its_own() {
    for count in [2, 20, 21, 300] {
        let mut dealt = folds(count, &of(count as u32, 1)).unwrap().remove(0);
        dealt.sort_unstable();
        assert_eq!(dealt, (0..count as u32).collect::<Vec<_>>());
    }
}

#[test]
fn the_same_seed_deals_the_same_and_repeats_and_seeds_deal_anew() {
    let dealt = |seed| folds(60, &FoldOptions { repeats: 3, ..of(5, seed) }).unwrap();
    assert_eq!(dealt(1), dealt(1));
    assert_ne!(dealt(1), dealt(2));
    let [a, b, c] = &dealt(1)[..] else { panic!("three") };
    assert!(a != b && b != c && a != c);
    assert_eq!(folds(60, &of(5, 1)).unwrap()[0], *a, "more repeats change no earlier one");
}

#[test]
fn rows_are_not_dealt_in_their_order() {
    let dealt = folds(100, &of(10, 7)).unwrap().remove(0);
    let in_order = dealt.iter().enumerate().filter(|(row, fold)| row % 10 == **fold as usize).count();
    assert!(in_order < 30, "{in_order} of 100");
}

#[test]
fn groups_are_whole_and_no_fold_is_empty() {
    let mut draw = Draw::new(12);
    for case in 0..150 {
        let count = 20 + draw.index(100);
        let names = 4 + draw.index(12);
        // Numbers of groups are any, and of any size.
        let name = |i: usize| if i == 0 { u32::MAX } else { (i * i * 977) as u32 };
        let groups: Vec<u32> = (0..count)
            .map(|row| name(if row < names { row } else { draw.index(names).min(draw.index(names)) }))
            .collect();
        let strata: Vec<u32> = (0..count).map(|_| draw.index(3) as u32).collect();
        let wanted = 2 + draw.index(3) as u32;
        let with = (case % 2 == 0).then_some(strata.as_slice());
        let dealt =
            folds(count, &FoldOptions { groups: Some(&groups), strata: with, ..of(wanted, case) }).unwrap();
        for row in 0..count {
            let first = groups.iter().position(|group| *group == groups[row]).unwrap();
            assert_eq!(dealt[0][row], dealt[0][first], "case {case}: row {row} is with its group");
        }
        let all = sizes(&dealt[0], wanted, |_| true);
        assert!(all.iter().all(|&size| size > 0), "case {case}: {all:?}");
        // The largest fold is at most one group larger than the smallest: largest groups were dealt first.
        let largest =
            groups.iter().map(|group| groups.iter().filter(|other| *other == group).count()).max().unwrap();
        if with.is_none() {
            assert!(spread(&all) <= largest, "case {case}: {all:?}, the largest group has {largest}");
        }
    }
}

#[test]
fn groups_of_classes_are_dealt_evenly_where_they_can_be() {
    // Twenty groups of three rows, half of them of either class.
    let groups: Vec<u32> = (0..60).map(|row| row / 3).collect();
    let strata: Vec<u32> = (0..60).map(|row| (row / 3) % 2).collect();
    for seed in 0..20 {
        let options = FoldOptions { groups: Some(&groups), strata: Some(&strata), ..of(5, seed) };
        let dealt = folds(60, &options).unwrap();
        for class in 0..2 {
            assert_eq!(sizes(&dealt[0], 5, |row| strata[row] == class), [6; 5], "seed {seed}");
        }
    }
}

#[test]
fn blocks_follow_one_another_in_order_or_by_time() {
    let blocked = FoldOptions { blocked: true, ..of(3, 7) };
    assert_eq!(folds(8, &blocked).unwrap()[0], [0, 0, 0, 1, 1, 1, 2, 2]);
    let times = [5.0, -1.0, 3.5, 2.0, 9.0, 8.0, 0.0, 7.0];
    let dealt = folds(8, &FoldOptions { times: Some(&times), ..blocked }).unwrap().remove(0);
    for (a, b) in (0..8).flat_map(|a| (0..8).map(move |b| (a, b))) {
        assert!(times[a] >= times[b] || dealt[a] <= dealt[b], "{dealt:?}");
    }
    assert_eq!(spread(&sizes(&dealt, 3, |_| true)), 1);
    assert_eq!(folds(8, &FoldOptions { seed: 1, ..blocked }), folds(8, &blocked), "whatever the seed");
}
