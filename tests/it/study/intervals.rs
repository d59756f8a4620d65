//! Intervals: Wilson's by figures of the literature, the bootstrap by what it must cover.

use crate::support::draw::Draw;
use trainyard::study::scores::{Given, Method, Scores, scores, wilson};

#[test]
fn wilsons_interval_is_that_of_the_literature() {
    // Newcombe (Statistics in Medicine 17, 1998), table I, method 3.
    for (share, rows, low, high) in [
        (81.0, 263.0, 0.2553, 0.3662),
        (15.0, 148.0, 0.0624, 0.1605),
        (0.0, 20.0, 0.0, 0.1611),
        (1.0, 29.0, 0.0061, 0.1718),
    ] {
        let own = wilson(share / rows, rows);
        assert!((own.low - low).abs() <= 6e-5 && (own.high - high).abs() <= 6e-5, "{own:?}");
    }
    assert_eq!(wilson(1.0, 9.0).high, 1.0);
    assert_eq!(wilson(0.0, 9.0).low, 0.0);
    assert!(wilson(0.5, 0.0).low.is_nan() && wilson(f64::NAN, 5.0).high.is_nan());
}

/// Rows of two classes of which about 70 % can be told.
fn rows(draw: &mut Draw, count: usize) -> (Vec<f64>, Vec<f64>) {
    let mut unit = || draw.within(0.5) + 0.5;
    (0..count)
        .map(|_| {
            let class = f64::from(u8::from(unit() > 0.5));
            let likely = if unit() < 0.7 { class } else { 1.0 - class };
            (0.1 + 0.8 * (0.6 * likely + 0.4 * unit()), class)
        })
        .unzip()
}

#[test]
fn intervals_hold_the_score_say_how_they_were_found_and_narrow_with_rows() {
    let mut draw = Draw::new(3);
    let mut widths = vec![];
    for count in [40, 160, 640] {
        let (outputs, targets) = rows(&mut draw, count);
        let Scores::Classes(own) = scores(&Given::new(&outputs, &targets, Some(2))).unwrap() else {
            panic!()
        };
        let accuracy = own.accuracy_interval.unwrap();
        assert!(
            accuracy.method == Method::Wilson && accuracy.low < own.accuracy && own.accuracy < accuracy.high
        );
        let intervals = own.intervals.unwrap();
        let found =
            [own.balanced_accuracy, own.log_loss, own.brier, own.mcc, own.auroc, own.average_precision];
        for (score, interval) in found.iter().zip(intervals) {
            assert!(interval.method == Method::Bootstrap, "{interval:?}");
            assert!(interval.low < *score && *score < interval.high, "{score} in {interval:?}");
        }
        widths.push(intervals[4].high - intervals[4].low);
    }
    assert!(widths[0] > 1.5 * widths[1] && widths[1] > 1.5 * widths[2], "{widths:?}");
}

#[test]
fn the_bootstrap_covers_the_truth_about_as_often_as_it_says() {
    // Mean absolute error of uniform errors is 0.5; 40 rows each.
    let mut draw = Draw::new(4);
    let mut covered = 0;
    for _ in 0..100 {
        let errors: Vec<f64> = (0..40).map(|_| draw.within(0.5) + 0.5).collect();
        let Scores::Values(own) = scores(&Given::new(&errors, &[0.0; 40], None)).unwrap() else { panic!() };
        let interval = own.intervals.unwrap()[2];
        covered += usize::from(interval.low <= 0.5 && 0.5 <= interval.high);
    }
    assert!((86..=99).contains(&covered), "{covered} of 100");
}

#[test]
fn the_same_seed_gives_the_same_interval_and_another_seed_another() {
    let mut draw = Draw::new(5);
    let (outputs, targets) = rows(&mut draw, 50);
    let of = |seed| match scores(&Given { seed, ..Given::new(&outputs, &targets, Some(2)) }).unwrap() {
        Scores::Classes(own) => own.intervals.unwrap()[4],
        Scores::Values(_) => panic!("classes"),
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn there_is_none_where_it_was_not_wanted_or_rows_are_too_many() {
    let (few, many) = (vec![0.5; 200_000], vec![0.5; 200_001]);
    let of = |numbers: &[f64], with_intervals| {
        let given = Given { with_intervals, ..Given::new(numbers, numbers, None) };
        match scores(&given).unwrap() {
            Scores::Values(own) => own.intervals.is_some(),
            Scores::Classes(_) => panic!("values"),
        }
    };
    assert_eq!([of(&few[..9], true), of(&few[..9], false), of(&many, true)], [true, false, false]);
}
