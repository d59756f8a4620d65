//! What would take all memory or never end is a sentence with its number and the range, and the run goes on.

use serde_json::{Value, json};
use trainyard::data::{Dataset, MOST_FEATURES, check_count};
use trainyard::error::Result;
use trainyard::run::{MOST_NUMBERS, Run, Spec, check_room};

fn residual(levels: usize) -> Value {
    let dense = json!({"type": "dense", "units": 2, "activation": "tanh"});
    let wrap = |inner: Value, _| json!({"type": "residual", "layers": [inner]});
    json!({"model": {"layers": [dense.clone(), (0..levels).fold(dense, wrap)]}})
}

fn refusal<T>(result: Result<T>) -> String {
    result.err().expect("refused").to_string()
}

#[test]
fn residual_layers_nest_eight_deep() {
    for levels in [0, 1, 8] {
        let mut run = Run::new(Spec::from_json(&residual(levels)).unwrap(), None).unwrap();
        assert!(run.advance(3).training_loss.is_finite(), "{levels}");
    }
    for levels in [9, 10, 60, 3000] {
        let said = refusal(Spec::from_json(&residual(levels)));
        assert!(said.ends_with("residual layers nest 9 deep, outside 0…8"), "{levels}: {said}");
        assert!(said.starts_with("model.layers[1].layers[0]"), "{levels}: {said}");
    }
}

fn rows(width: usize) -> Dataset {
    let inputs: Vec<f64> = (0..4 * width).map(|i| (i * i % 17) as f64).collect();
    Dataset::from_rows(inputs, vec![0.0, 1.0, 0.0, 1.0], vec![width], Some(2)).unwrap()
}

fn over(width: usize, features: Option<Vec<String>>) -> Result<Run> {
    let document = json!({
        "data": {"source": "rows", "features": features, "split": {"train": 1, "test": 0}},
        "model": {"layers": []}
    });
    Run::new(Spec::from_json(&document)?, Some(rows(width)))
}

#[test]
fn rows_have_so_many_features_and_no_more() {
    assert!(check_count(MOST_FEATURES).is_ok() && check_count(MOST_FEATURES + 1).is_err());
    assert_eq!(MOST_FEATURES, 16_384);
    assert!(over(MOST_FEATURES, None).unwrap().advance(1).training_loss.is_finite());
    let backward = (1..=MOST_FEATURES).rev().map(|i| format!("x{i}")).collect();
    assert!(over(MOST_FEATURES, Some(backward)).unwrap().advance(1).training_loss.is_finite());
    let wide = "data.features: 16385 features are outside 1…16384: choose the columns that matter";
    assert_eq!(refusal(over(MOST_FEATURES + 1, None)), wide);
    assert_eq!(refusal(over(3, Some(vec!["x1".into(); MOST_FEATURES + 1]))), wide);
    assert!(refusal(over(3, Some(vec!["x1".into(); 2_000_000]))).contains("2000000 features are outside"));
}

#[test]
fn a_name_that_is_no_feature_is_told_a_few_that_are() {
    let said = refusal(over(20, Some(vec!["z".into()])));
    assert!(said.ends_with("which have x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20"), "{said}");
    let said = refusal(over(21, Some(vec!["z".into()])));
    assert!(said.ends_with("x19, x20, 1 more"), "{said}");
    let said = refusal(over(MOST_FEATURES, Some(vec!["z".into()])));
    assert!(said.ends_with("x20, 16364 more"), "{said}");
}

#[test]
fn an_answer_has_so_many_numbers_and_no_more() {
    assert!(check_room(1 << 27, 1).is_ok() && check_room(1 << 15, 1 << 12).is_ok());
    assert!(check_room((1 << 27) + 1, 1).is_err() && check_room((1 << 15) + 1, 1 << 12).is_err());
    assert!(check_room(u32::MAX as usize, u32::MAX as usize).is_err() && check_room(0, 4096).is_ok());
    assert_eq!(MOST_NUMBERS, 134_217_728);
    let layer = json!({"type": "dense", "units": 4096});
    let document = json!({"data": {"samples": 20}, "model": {"layers": [layer]}});
    let mut run = Run::new(Spec::from_json(&document).unwrap(), None).unwrap();
    let said = refusal(run.activations(&vec![0.5; 2_000_000]));
    assert!(said.starts_with("1000000 rows take 4099000000 numbers, outside 0…134217728"), "{said}");
    assert_eq!(run.activations(&[0.5; 20]).unwrap().len(), 10 * (2 + 4096 + 1));
    assert!(run.advance(1).training_loss.is_finite());
}

/// A row of one number is answered by a score for each of 1024 classes: 2^17 rows would fill the room.
#[test]
fn rows_that_are_encoded_already_are_answered_within_the_same_room() {
    let numbers: Vec<f64> = (0..1024).map(f64::from).collect();
    let rows = Dataset::from_rows(numbers.clone(), numbers, vec![1], Some(1024)).unwrap();
    let document =
        json!({"data": {"source": "rows", "split": {"train": 1, "test": 0}}, "model": {"layers": []}});
    let mut run = Run::new(Spec::from_json(&document).unwrap(), Some(rows)).unwrap();
    let most = MOST_NUMBERS as usize / 1024;
    let wide = "131073 rows take 134218752 numbers, outside 0…134217728: ask for fewer rows at a time";
    assert_eq!(refusal(run.classify_encoded(&vec![0.5; most + 1])), wide);
    assert_eq!(refusal(run.classify(&vec![0.5; most + 1])), wide);
    assert_eq!(run.classify_encoded(&vec![0.5; 1000]).unwrap().outputs.len(), 1000 * 1024);
    assert!(run.advance(1).training_loss.is_finite());
}

#[test]
fn learning_rates_are_told_for_a_million_epochs() {
    let run = Run::new(Spec::from_json(&json!({})).unwrap(), None).unwrap();
    assert_eq!(run.learning_rates(1_000_000).unwrap().len(), 1_000_000);
    assert!(run.learning_rates(0).unwrap().is_empty());
    assert_eq!(refusal(run.learning_rates(1_000_001)), "1000001 epochs are outside 0…1000000");
    assert!(refusal(run.learning_rates(u32::MAX)).starts_with("4294967295 epochs"));
}
