//! Orders of rows: AUROC is the Mann–Whitney statistic, and a threshold that moves counts as a loop over all rows does.

use crate::support::draw::Draw;
use trainyard::study::scores::{Costs, Counts, Given, Scores, ThresholdSweep, scores};

/// How often a row of the class scores above another one, equal ones half, by weight.
fn mann_whitney(outputs: &[f64], targets: &[f64], weights: &[f64]) -> f64 {
    let (mut above, mut pairs) = (0.0, 0.0);
    for i in (0..outputs.len()).filter(|&i| targets[i] == 1.0) {
        for j in (0..outputs.len()).filter(|&j| targets[j] == 0.0) {
            let pair = weights[i] * weights[j];
            pairs += pair;
            above += pair
                * if outputs[i] > outputs[j] {
                    1.0
                } else if outputs[i] == outputs[j] {
                    0.5
                } else {
                    0.0
                };
        }
    }
    above / pairs
}

/// Rows of two classes; few different outputs where `levels` are.
fn rows(draw: &mut Draw, count: usize, levels: f64) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let mut unit = || draw.within(0.5) + 0.5;
    let outputs = (0..count).map(|_| (unit() * levels).floor() / levels).collect();
    let targets =
        (0..count).map(|i| if i < 2 { i as f64 } else { f64::from(u8::from(unit() > 0.6)) }).collect();
    let weights = (0..count).map(|i| if i > 1 && unit() < 0.2 { 0.0 } else { unit() + 0.1 }).collect();
    (outputs, targets, weights)
}

#[test]
fn the_area_under_the_roc_curve_is_the_mann_whitney_statistic() {
    let mut draw = Draw::new(1);
    for case in 0..60 {
        let levels = [2.0, 7.0, 1e6][case % 3];
        let (outputs, targets, weights) = rows(&mut draw, 2 + case, levels);
        for weights in [None, Some(weights.as_slice())] {
            let given = Given { weights, with_intervals: false, ..Given::new(&outputs, &targets, Some(2)) };
            let Scores::Classes(own) = scores(&given).unwrap() else { panic!("classes") };
            let ones = vec![1.0; outputs.len()];
            let want = mann_whitney(&outputs, &targets, weights.unwrap_or(&ones));
            assert!((own.auroc - want).abs() <= 1e-12, "case {case}: {} and {want}", own.auroc);
            // The first class is told from the second as well as the second from the first.
            assert!((own.per_class[0].auroc - want).abs() <= 1e-12, "case {case}");
        }
    }
}

/// What a loop over all rows counts.
fn counted(outputs: &[f64], targets: &[f64], weights: &[f64], threshold: f64) -> Counts {
    let mut counts = Counts {
        threshold,
        true_positives: 0.0,
        false_positives: 0.0,
        true_negatives: 0.0,
        false_negatives: 0.0,
    };
    for i in 0..outputs.len() {
        *match (outputs[i] > threshold, targets[i] == 1.0) {
            (true, true) => &mut counts.true_positives,
            (true, false) => &mut counts.false_positives,
            (false, false) => &mut counts.true_negatives,
            (false, true) => &mut counts.false_negatives,
        } += weights[i];
    }
    counts
}

fn same(a: &Counts, b: &Counts) -> bool {
    let of = |c: &Counts| [c.true_positives, c.false_positives, c.true_negatives, c.false_negatives];
    of(a).iter().zip(of(b)).all(|(a, b)| (a - b).abs() <= 1e-9)
}

#[test]
fn a_threshold_counts_as_a_loop_over_all_rows_does() {
    let mut draw = Draw::new(2);
    for case in 0..40 {
        let (outputs, targets, weights) = rows(&mut draw, 3 + case, [3.0, 11.0, 1e6][case % 3]);
        let given = Given { weights: Some(&weights), ..Given::new(&outputs, &targets, Some(2)) };
        let sweep = ThresholdSweep::new(&given).unwrap();
        let mut thresholds = vec![-1.0, 0.0, 0.5, 1.0, 2.0, f64::INFINITY, f64::NEG_INFINITY];
        thresholds.extend(&outputs); // exactly at a row: not above
        for threshold in thresholds {
            let (own, want) =
                (sweep.at(threshold).unwrap(), counted(&outputs, &targets, &weights, threshold));
            assert!(same(&own, &want), "case {case} at {threshold}: {own:?}, want {want:?}");
        }
        // At one half it counts as accuracy does.
        let Scores::Classes(scores) = scores(&Given { with_intervals: false, ..given }).unwrap() else {
            panic!()
        };
        assert!((sweep.at(0.5).unwrap().accuracy() - scores.accuracy).abs() <= 1e-12);
        for (fp, fn_) in [(1.0, 1.0), (1.0, 20.0), (20.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0)] {
            let costs = Costs { false_positive: fp, false_negative: fn_ };
            let best = sweep.cheapest(costs).unwrap();
            let price = |c: &Counts| c.false_positives * fp + c.false_negatives * fn_;
            assert!(
                same(&best, &sweep.at(best.threshold).unwrap()),
                "case {case}: {best:?} is what stands there"
            );
            let least =
                outputs.iter().chain(&[-1.0]).map(|&t| price(&counted(&outputs, &targets, &weights, t)));
            let least = least.fold(f64::INFINITY, f64::min);
            assert!((price(&best) - least).abs() <= 1e-9, "case {case}: {} and {least}", price(&best));
        }
    }
}

#[test]
fn shares_at_the_ends_are_those_of_the_curves() {
    let sweep = ThresholdSweep::new(&Given::new(&[0.2, 0.6, 0.9], &[0.0, 1.0, 1.0], Some(2))).unwrap();
    let all = sweep.at(0.1).unwrap();
    assert_eq!([all.true_positive_rate(), all.false_positive_rate(), all.precision()], [1.0, 1.0, 2.0 / 3.0]);
    let none = sweep.at(0.9).unwrap();
    assert_eq!([none.true_positive_rate(), none.false_positive_rate(), none.precision()], [0.0, 0.0, 1.0]);
    assert_eq!([none.f1(), none.accuracy()], [0.0, 1.0 / 3.0]);
    let perfect = sweep.cheapest(Costs { false_positive: 1.0, false_negative: 1.0 }).unwrap();
    assert_eq!([perfect.threshold, perfect.f1(), perfect.accuracy()], [0.4, 1.0, 1.0]);
}
