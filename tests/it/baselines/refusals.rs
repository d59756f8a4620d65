//! What is refused, by its path, its value and what is allowed.

use super::small;
use serde_json::{Value, json};
use trainyard::data::Dataset;
use trainyard::study::baselines::{Baseline, Kind, OPTIONS, Options};

fn message(result: trainyard::error::Result<impl std::fmt::Debug>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn options_are_read_with_their_defaults_and_up_to_their_limits() {
    assert_eq!(Options::from_json(&Value::Null).unwrap(), Options::default());
    assert_eq!(Options::from_json(&json!({})).unwrap(), Options::default());
    let given = json!({"penalty": 0.25, "neighbors": 3.0, "maxDepth": 4, "minLeaf": 2, "trees": 9, "seed": 4294967295_u32});
    let read = Options::from_json(&given).unwrap();
    let wanted =
        Options { penalty: 0.25, neighbors: 3, max_depth: Some(4), min_leaf: 2, trees: 9, seed: u32::MAX };
    assert_eq!(read, wanted);
    assert_eq!(Options::from_json(&json!({"maxDepth": null, "penalty": null})).unwrap(), Options::default());
    for range in OPTIONS {
        for limit in [range.low, range.high] {
            assert!(Options::from_json(&json!({ range.name: limit })).is_ok(), "{}: {limit}", range.name);
        }
        for beyond in [range.low - 1.0, range.high * 2.0] {
            let error = Options::from_json(&json!({ range.name: beyond })).unwrap_err();
            assert_eq!(error.place(), Some(format!("options.{}", range.name)));
            assert!(error.to_string().contains(" is outside "), "{error}");
        }
        for odd in [json!("3"), json!([3]), json!({}), json!(true)] {
            assert!(Options::from_json(&json!({ range.name: odd })).is_err(), "{}: {odd}", range.name);
        }
    }
    for (given, wanted) in [
        (json!({"penalty": -1}), "options.penalty: -1 is outside 0…1000000000"),
        (json!({"trees": 2.5}), "options.trees: 2.5 is outside a whole number in 1…10000"),
        (
            json!({"depth": 2}),
            "options.depth: unknown option; known are penalty, neighbors, maxDepth, minLeaf, trees, seed",
        ),
        (json!([1]), "options: a list is not an object"),
    ] {
        assert_eq!(message(Options::from_json(&given)), wanted);
    }
}

#[test]
fn kinds_are_named_and_each_wants_its_targets() {
    let wanted = "kind: \"svm\" is not one of constant, ridge, lasso, logistic, knn, tree, forest";
    assert_eq!(message(Kind::named("svm")), wanted);
    for name in super::KINDS {
        assert_eq!(Kind::named(name).unwrap().name(), name);
    }
    let values = Dataset::from_rows(vec![1.0, 2.0], vec![0.0, 1.0], vec![1], None).unwrap();
    let classes = Dataset::from_rows(vec![1.0, 2.0], vec![0.0, 1.0], vec![1], Some(2)).unwrap();
    assert!(message(Baseline::fit(Kind::Logistic, &small(), &values)).contains("predicts classes"));
    assert!(message(Baseline::fit(Kind::Ridge, &small(), &classes)).contains("predict values"));
    assert!(message(Baseline::fit(Kind::Lasso, &small(), &classes)).contains("predict values"));
}

#[test]
fn rows_of_another_width_and_numbers_without_bounds_are_refused() {
    let data = Dataset::from_rows(vec![1.0, 2.0, 3.0, 4.0], vec![0.0, 1.0], vec![2], None).unwrap();
    for kind in [Kind::Constant, Kind::Ridge, Kind::Lasso, Kind::Neighbors, Kind::Tree, Kind::Forest] {
        let model = Baseline::fit(kind, &small(), &data).unwrap();
        assert_eq!(message(model.predict(&[1.0])), "1 numbers are no whole number of rows of 2 columns");
        for (odd, said) in
            [(f64::NAN, "NaN"), (f64::NEG_INFINITY, "-inf"), (2e60, &format!("2{}", "0".repeat(60)))]
        {
            let wanted = format!(
                "inputs, row 1, column 0: {said} is not within ±1e60 (rows and columns count from 0)"
            );
            assert_eq!(message(model.predict(&[1.0, 2.0, odd, 4.0])), wanted);
        }
    }
    let far = Dataset::from_rows(vec![1.0, 2.0], vec![0.0, -1.1e60], vec![1], None).unwrap();
    assert!(message(Baseline::fit(Kind::Ridge, &small(), &far)).contains("targets, row 1, column 0: -11000"));
}

#[test]
fn models_and_answers_that_memory_cannot_hold_are_refused() {
    let width = 4097;
    let zeros = vec![0.0; width * width];
    let wide = Dataset::from_rows(zeros, vec![0.0; width], vec![width], None).unwrap();
    assert!(message(Baseline::fit(Kind::Ridge, &small(), &wide)).contains("at most 4096"));
    let many = Dataset::from_rows(vec![0.0, 1.0, 2.0], vec![0.0, 1.0, 2.0], vec![1], Some(1 << 24)).unwrap();
    let options = Options { trees: 10, ..small() };
    assert!(
        message(Baseline::fit(Kind::Forest, &options, &many)).contains("134217728 numbers: take fewer trees")
    );
    let model = Baseline::fit(Kind::Constant, &small(), &many).unwrap();
    assert!(message(model.predict(&[0.0; 9])).contains("the answer would hold more than"));
    assert_eq!(model.predict(&[0.0]).unwrap().len(), 1 << 24);
}
