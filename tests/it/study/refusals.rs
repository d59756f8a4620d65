//! What can't be scored or dealt is refused by name, with the value and what is allowed.

use trainyard::study::scores::{Costs, Given, ThresholdSweep, scores};
use trainyard::study::{FoldOptions, folds};

const BASE: FoldOptions =
    FoldOptions { folds: 2, repeats: 1, seed: 7, strata: None, groups: None, blocked: false, times: None };

#[test]
fn scores_refuse_what_does_not_fit() {
    let of = |outputs: &[f64], targets: &[f64], classes| scores(&Given::new(outputs, targets, classes));
    let said =
        |outputs: &[f64], targets: &[f64], classes| of(outputs, targets, classes).unwrap_err().to_string();
    for (sentence, part) in [
        (said(&[], &[], None), "at least one row"),
        (said(&[1.0], &[1.0, 2.0], None), "outputs holds 1 numbers and targets 2"),
        (said(&[1.0, f64::NAN], &[1.0, 2.0], None), "outputs[1]: NaN is not a finite number"),
        (said(&[1.0], &[f64::INFINITY], None), "targets[0]: inf is not a finite number"),
        (said(&[0.5], &[0.0], Some(1)), "classes: 1 is outside 2…1000"),
        (said(&[0.5], &[0.0], Some(1001)), "classes: 1001 is outside 2…1000"),
        (said(&[0.5], &[2.0], Some(2)), "targets[0]: class 2 is not a whole number in 0…1"),
        (said(&[0.5], &[0.5], Some(2)), "class 0.5 is not a whole number"),
        (said(&[0.5], &[-1.0], Some(2)), "class -1 is not"),
        (said(&[0.5, 0.5], &[0.0], Some(2)), "expected 1 a row"),
        (said(&[0.5, 0.5], &[0.0], Some(3)), "expected 3 a row"),
        (said(&[1.01], &[0.0], Some(2)), "outputs[0]: 1.01 is outside 0…1"),
        (said(&[0.5, 0.3, 0.198], &[0.0], Some(3)), "outputs of row 0 add up to 0.998"),
    ] {
        assert!(sentence.contains(part), "{sentence}");
    }
    assert!(of(&[0.5, 0.3, 0.1995], &[0.0], Some(3)).is_ok());
    assert!(of(&[1.0], &[1.0], Some(2)).is_ok() && of(&[0.0], &[0.0], Some(2)).is_ok());
    let weighed = |weights: &[f64]| {
        let given = Given { weights: Some(weights), ..Given::new(&[1.0, 2.0], &[1.0, 2.0], None) };
        scores(&given).map_err(|error| error.to_string()).err().unwrap_or_default()
    };
    assert!(weighed(&[1.0]).contains("1 numbers for 2 rows"));
    assert!(weighed(&[1.0, -0.1]).contains("weights[1]: -0.1"));
    assert!(weighed(&[0.0, 0.0]).contains("all 0"));
    assert_eq!(weighed(&[0.0, 1.0]), "");
    let decided = |decided: &[u32]| {
        let given = Given { decided: Some(decided), ..Given::new(&[0.5], &[1.0], Some(2)) };
        scores(&given).map_err(|error| error.to_string()).err().unwrap_or_default()
    };
    assert!(
        decided(&[2]).contains("class 2 is outside 0…1") && decided(&[]).contains("0 classes for 1 rows")
    );
    assert_eq!(decided(&[1]), "");
}

#[test]
fn a_threshold_is_for_two_classes_and_is_a_number() {
    let three = Given::new(&[0.2, 0.3, 0.5], &[1.0], Some(3));
    assert!(ThresholdSweep::new(&three).unwrap_err().to_string().contains("classes: 3, expected 2"));
    let sweep = ThresholdSweep::new(&Given::new(&[0.5], &[1.0], Some(2))).unwrap();
    assert!(sweep.at(f64::NAN).unwrap_err().to_string().contains("threshold: NaN"));
    for cost in [-1.0, f64::NAN, f64::INFINITY] {
        let error = sweep.cheapest(Costs { false_positive: 1.0, false_negative: cost }).unwrap_err();
        assert!(error.to_string().contains("falseNegative"), "{error}");
    }
}

#[test]
fn raw_scores_have_no_probabilities_and_are_decided_at_0() {
    use trainyard::study::scores::Scores;
    let given = Given { is_raw: true, ..Given::new(&[-3.0, 0.0, 0.2, 2.0], &[0.0, 0.0, 1.0, 1.0], Some(2)) };
    let Scores::Classes(own) = scores(&given).unwrap() else { panic!("classes") };
    assert_eq!([own.accuracy, own.auroc, own.mcc], [1.0, 1.0, 1.0]);
    assert!(own.log_loss.is_nan() && own.brier.is_nan() && own.curves.calibration.is_empty());
}

#[test]
fn folds_refuse_what_does_not_fit() {
    let said = |count, options: FoldOptions| {
        folds(count, &options).map_err(|e| e.to_string()).err().unwrap_or_default()
    };
    let of = |folds| FoldOptions { folds, ..BASE };
    for (sentence, part) in [
        (said(30, of(0)), "folds: 0 is outside 2…20"),
        (said(30, of(1)), "folds: 1 is outside"),
        (said(30, of(21)), "folds: 21 is outside 2…20"),
        (said(5, of(6)), "folds: 6 folds can't be filled by 5 rows"),
        (said(1, of(2)), "1 rows can't fill 2 folds"),
        (said(30, FoldOptions { repeats: 0, ..BASE }), "repeats: 0 is outside 1…100"),
        (said(30, FoldOptions { repeats: 101, ..BASE }), "repeats: 101 is outside 1…100"),
        (said(3, FoldOptions { strata: Some(&[0, 1]), ..BASE }), "stratify holds 2 numbers for 3 rows"),
        (said(3, FoldOptions { groups: Some(&[0, 1]), ..BASE }), "groups holds 2 numbers for 3 rows"),
        (said(3, FoldOptions { groups: Some(&[4, 4, 4]), ..BASE }), "2 folds can't be filled by 1 groups"),
        (said(2, FoldOptions { strata: Some(&[0, 65_536]), ..BASE }), "class 65536 is outside 0…65535"),
        (said(3, FoldOptions { blocked: true, repeats: 2, ..BASE }), "repeats: 2"),
        (said(2, FoldOptions { blocked: true, groups: Some(&[0, 1]), ..BASE }), "groups: can't"),
        (said(2, FoldOptions { blocked: true, strata: Some(&[0, 1]), ..BASE }), "stratify: can't"),
        (said(2, FoldOptions { times: Some(&[0.0, 1.0]), ..BASE }), "times: are for blocks"),
        (said(2, FoldOptions { blocked: true, times: Some(&[0.0, f64::NAN]), ..BASE }), "times[1]: NaN"),
    ] {
        assert!(sentence.contains(part), "{sentence:?} has no {part:?}");
    }
    for (count, options) in
        [(30, of(2)), (30, of(20)), (30, of(30)), (2, of(2)), (9, FoldOptions { repeats: 100, ..BASE })]
    {
        assert_eq!(said(count, options), "", "{count} rows, {options:?}");
    }
}
