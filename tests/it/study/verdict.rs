//! Rules by which models are chosen, on both sides of each threshold, and Student's t by its tables.

use trainyard::study::verdict::{Answer, Comparison, Rule, compare, simplest, verdict};

const RULE: Rule = Rule { ratio: 1.0 / 9.0, level: 0.05, least: 0.005, margin: 0.05, share: 0.7 };

fn of(large: &[f64], simple: &[f64]) -> Answer {
    verdict(large, simple, None, &RULE).unwrap().answer
}

fn comparison(large: &[f64], simple: &[f64]) -> Comparison {
    compare(large, simple, &RULE).unwrap()
}

/// Ten scores with so much to the mean, and a spread of ± `spread` around it.
fn around(mean: f64, spread: f64) -> [f64; 10] {
    std::array::from_fn(|i| mean + spread * if i % 2 == 0 { 1.0 } else { -1.0 })
}

#[test]
fn the_corrected_t_test_is_that_of_the_paper() {
    // d = 0.1 ± 0.1 in ten folds: s² = 0.1/9, t = 0.1 / √((1/10 + 1/9) s²).
    let own = comparison(&around(0.6, 0.1), &[0.5; 10]);
    let s2 = 0.1_f64.powi(2) * 10.0 / 9.0;
    let t = 0.1 / ((0.1 + 1.0 / 9.0) * s2).sqrt();
    assert!((own.t - t).abs() <= 1e-9 && (own.deviation - s2.sqrt()).abs() <= 1e-12, "{own:?}");
    // scipy.stats.t.sf(t, 9) · 2
    assert!((own.p - 0.069_9).abs() <= 2e-3, "{own:?}");
    assert!(own.low < 0.0 && own.high > 0.2, "{own:?}");
    assert_eq!((own.wins, own.losses, own.folds), (5, 0, 10));
}

#[test]
fn intervals_and_p_values_meet_students_table() {
    // t at 95% two-sided: 12.706 with 1 degree of freedom, 2.262 with 9, 1.984 with 99.
    for (folds, table) in [(2, 12.706), (10, 2.262), (100, 1.984)] {
        let rule = Rule { ratio: 0.0, ..RULE };
        let large: Vec<f64> = (0..folds).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let own = compare(&large, &vec![0.0; folds], &rule).unwrap();
        let error = own.deviation / (folds as f64).sqrt();
        assert!((own.high / error - table).abs() <= 1e-3, "{folds}: {}", own.high / error);
        assert!((own.p - 1.0).abs() <= 1e-9, "a mean of 0 is no difference");
    }
}

#[test]
fn yes_needs_a_sure_difference_that_is_large_enough_in_enough_folds() {
    let (p_below, p_above) = (around(0.615, 0.1), around(0.605, 0.1));
    assert!(comparison(&p_below, &[0.5; 10]).p < 0.05 && comparison(&p_above, &[0.5; 10]).p > 0.05);
    assert_eq!(of(&p_below, &[0.5; 10]), Answer::Yes);
    assert_eq!(of(&p_above, &[0.5; 10]), Answer::CantTell);
    assert_eq!(of(&[0.505_1; 10], &[0.5; 10]), Answer::Yes);
    assert_eq!(of(&[0.504_9; 10], &[0.5; 10]), Answer::Tie, "sure, and too small to matter");
    // Better by much in some folds and worse by a trace in others.
    let in_folds = |wins: usize| -> [f64; 10] { std::array::from_fn(|i| if i < wins { 0.6 } else { 0.499 }) };
    assert!(comparison(&in_folds(7), &[0.5; 10]).p < 0.05 && comparison(&in_folds(6), &[0.5; 10]).p < 0.06);
    assert_eq!(of(&in_folds(7), &[0.5; 10]), Answer::Yes);
    let lenient = |share| verdict(&in_folds(7), &[0.5; 10], None, &Rule { share, ..RULE }).unwrap().answer;
    assert_eq!([lenient(0.7), lenient(0.71)], [Answer::Yes, Answer::CantTell]);
}

#[test]
fn no_needs_the_simple_model_to_be_surely_better() {
    assert_eq!(of(&[0.5; 10], &around(0.615, 0.1)), Answer::No);
    assert_eq!(of(&[0.5; 10], &around(0.605, 0.1)), Answer::CantTell);
    assert_eq!(of(&[0.494_9; 10], &[0.5; 10]), Answer::No);
    assert_eq!(of(&[0.495_1; 10], &[0.5; 10]), Answer::Tie);
}

#[test]
fn a_tie_is_an_interval_within_the_margin() {
    // Half width 2.262 · √(19/90) · spread · √(10/9).
    let half = |spread: f64| comparison(&around(0.5, spread), &[0.5; 10]).high;
    let at = 0.05 / half(1.0);
    assert_eq!(of(&around(0.5, at * 0.999), &[0.5; 10]), Answer::Tie);
    assert_eq!(of(&around(0.5, at * 1.001), &[0.5; 10]), Answer::CantTell);
    assert_eq!(of(&[0.9; 10], &[0.9; 10]), Answer::Tie, "the same scores in all folds");
}

#[test]
fn where_nothing_beats_a_constant_nothing_can_be_told() {
    let of = |large: &[f64], simple: &[f64]| verdict(large, simple, Some(&[0.5; 10]), &RULE).unwrap();
    let none = of(&[0.5; 10], &[0.5; 10]);
    assert_eq!((none.answer, none.has_learned), (Answer::CantTell, Some(false)));
    let both = of(&[0.9; 10], &[0.9; 10]);
    assert_eq!((both.answer, both.has_learned), (Answer::Tie, Some(true)));
    assert_eq!(of(&[0.9; 10], &[0.5; 10]).answer, Answer::Yes);
    assert_eq!(of(&[0.5; 10], &[0.9; 10]).answer, Answer::No);
    assert_eq!(of(&[0.4; 10], &[0.3; 10]).answer, Answer::CantTell, "worse than a constant, both");
}

#[test]
fn what_can_not_be_compared_is_refused() {
    let said = |a: &[f64], b: &[f64], rule: Rule| compare(a, b, &rule).err().unwrap().to_string();
    assert!(said(&[1.0], &[1.0], RULE).contains("at least 2"));
    assert!(said(&[1.0, 2.0], &[1.0], RULE).contains("2 scores beside 1"));
    assert!(said(&[1.0, f64::NAN], &[1.0, 2.0], RULE).contains("fold 1 are NaN and 2"));
    assert!(said(&[1.0, 2.0], &[1.0, 2.0], Rule { level: 0.0, ..RULE }).contains("level: 0 is outside"));
    assert!(said(&[1.0, 2.0], &[1.0, 2.0], Rule { share: 1.1, ..RULE }).contains("share: 1.1"));
    assert!((Rule::of_folds(10).ratio - 1.0 / 9.0).abs() <= 1e-15);
}

#[test]
fn the_simplest_within_one_standard_error_is_taken() {
    let means = [0.90, 0.93, 0.95, 0.949];
    let errors = [0.01, 0.01, 0.02, 0.01];
    let costs = [1.0, 10.0, 100.0, 100.0];
    assert_eq!(simplest(&means, &errors, &costs), Some(1), "exactly one standard error below the best");
    assert_eq!(simplest(&means, &[0.01, 0.01, 0.019_9, 0.01], &costs), Some(2));
    assert_eq!(simplest(&means, &[0.01, 0.01, 0.051, 0.01], &costs), Some(0));
    assert_eq!(simplest(&means, &[f64::NAN; 4], &costs), Some(2), "no error known: the best");
    assert_eq!(simplest(&[f64::NAN, 0.1], &[0.0; 2], &[1.0, 2.0]), Some(1));
    assert_eq!(simplest(&[], &[], &[]), None);
}
