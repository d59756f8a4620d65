//! Plans of searches: which settings, and for how long.

use trainyard::study::search::{Axis, Rung, grid, halving, random, survivors};

fn range(low: f64, high: f64, is_log: bool, is_whole: bool) -> Axis {
    Axis::Range { low, high, is_log, is_whole }
}

#[test]
fn a_grid_has_all_combinations_and_the_ends_of_ranges() {
    let axes = [Axis::Values(vec![1.0, 2.0]), range(1e-4, 1.0, true, false)];
    let trials = grid(&axes, 5).unwrap();
    assert_eq!(trials.len(), 10);
    assert_eq!((trials[0].as_slice(), trials[4].as_slice()), (&[1.0, 1e-4][..], &[1.0, 1.0][..]));
    assert!((trials[2][1] - 1e-2).abs() <= 1e-15 && trials[5][0] == 2.0, "{trials:?}");
    let whole = grid(&[range(1.0, 3.0, false, true)], 10).unwrap();
    assert_eq!(whole, [[1.0], [2.0], [3.0]], "each whole number once");
}

#[test]
fn drawn_rates_are_even_by_factors_and_whole_numbers_even_among_themselves() {
    let trials = random(&[range(1e-4, 1.0, true, false), range(1.0, 4.0, false, true)], 4000, 1).unwrap();
    let below = |factor: f64| trials.iter().filter(|trial| trial[0] < factor).count();
    for (factor, share) in [(1e-3, 1000), (1e-2, 2000), (1e-1, 3000)] {
        assert!(below(factor).abs_diff(share) <= 150, "{} below {factor}", below(factor));
    }
    for number in 1..=4 {
        let count = trials.iter().filter(|trial| trial[1] == f64::from(number)).count();
        assert!(count.abs_diff(1000) <= 120, "{count} of {number}");
    }
    assert!(trials.iter().all(|trial| (1e-4..=1.0).contains(&trial[0])));
    let axes = [range(0.0, 1.0, false, false)];
    assert_eq!(random(&axes, 5, 1).unwrap(), random(&axes, 9, 1).unwrap()[..5], "more change no earlier one");
    assert_ne!(random(&axes, 5, 1).unwrap(), random(&axes, 5, 2).unwrap());
}

#[test]
fn halving_lets_one_in_three_go_on_three_times_as_long() {
    let rung = |trials, epochs| Rung { trials, epochs };
    assert_eq!(halving(27, 81, 3).unwrap(), [rung(27, 3), rung(9, 9), rung(3, 27), rung(1, 81)]);
    assert_eq!(halving(10, 100, 2).unwrap(), [rung(10, 12), rung(5, 25), rung(2, 50), rung(1, 100)]);
    assert_eq!(halving(2, 100, 3).unwrap(), [rung(2, 100)], "too few to choose among");
    assert_eq!(halving(100, 2, 3).unwrap(), [rung(100, 2)], "too short to be cut");
    assert_eq!(halving(1, 1, 2).unwrap(), [rung(1, 1)]);
    let said = |a, b, c| halving(a, b, c).err().unwrap().to_string();
    assert!(said(0, 1, 2).contains("trials: 0") && said(1, 0, 2).contains("epochs: 0"));
    assert!(said(1, 1, 1).contains("factor: 1 is outside 2…10") && said(1, 1, 11).contains("factor: 11"));
}

#[test]
fn the_best_survive_and_what_has_no_score_comes_last() {
    assert_eq!(survivors(&[0.1, f64::NAN, 0.9, 0.9, 0.5], 3), [2, 3, 4]);
    assert_eq!(survivors(&[f64::NAN, 0.0], 2), [1, 0]);
    assert_eq!(survivors(&[1.0], 9), [0]);
}

#[test]
fn axes_that_can_not_be_tried_are_refused() {
    let said = |axes: &[Axis]| grid(axes, 5).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said(&[]).contains("axes: is empty"));
    assert!(said(&[Axis::Values(vec![])]).contains("axes[0]: has no values"));
    assert!(said(&[Axis::Values(vec![f64::NAN])]).contains("axes[0]: NaN"));
    assert!(said(&[range(2.0, 1.0, false, false)]).contains("2…1 is no range"));
    assert!(said(&[range(0.0, 1.0, true, false)]).contains("begins above 0"));
    assert!(said(&[range(0.5, 2.0, false, true)]).contains("whole numbers"));
    let many = vec![Axis::Values(vec![0.0; 101]); 2];
    assert!(said(&many).contains("10201 is outside 1…10000"));
    assert!(grid(&vec![Axis::Values(vec![0.0; 100]); 2], 5).is_ok());
    assert!(grid(&vec![Axis::Values(vec![0.0; 1000]); 9], 5).is_err(), "whatever overflows");
    assert!(random(&[range(0.0, 1.0, false, false)], 10_001, 1).is_err());
}
