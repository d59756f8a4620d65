//! Class weights in a run.

use serde_json::{Value, json};
use trainyard::data::Dataset;
use trainyard::error::Error;
use trainyard::run::{Part, Run, Spec};

/// Weights of classes given as "balanced" are rows / (classes · rows of the class), of training rows.
#[test]
fn balanced_class_weights_are_those_computed_by_hand() {
    for source in ["two", "three"] {
        let classes = if source == "two" { 2 } else { 3 };
        // 2, 6 and 16 rows of a class, or 2 and 22.
        let class = |row: usize| match row {
            0..2 => 0,
            2..8 if classes == 3 => 1,
            _ => classes - 1,
        };
        let run = |weights: Value| {
            let inputs: Vec<f32> = (0..24).map(|row| (row * 7 % 24) as f32 / 12.0 - 1.0).collect();
            let targets = (0..24).map(|row| class(row) as f32).collect();
            let rows = Dataset::from_rows(inputs, targets, vec![1], Some(classes)).unwrap();
            let spec = json!({
                "data": {"source": "rows", "split": {"train": 1}},
                "training": {"classWeights": weights, "batchSize": 5}
            });
            Run::new(Spec::from_json(&spec).unwrap(), Some(rows)).unwrap()
        };
        let by_hand: Vec<f64> = (0..classes)
            .map(|c| 24.0 / (classes as f64 * (0..24).filter(|&row| class(row) == c).count() as f64))
            .collect();
        let (mut balanced, mut given, mut equal) =
            (run(json!("balanced")), run(json!(by_hand)), run(Value::Null));
        for run in [&mut balanced, &mut given, &mut equal] {
            run.advance(40);
        }
        assert_eq!(balanced.parameters(), given.parameters());
        assert_eq!(balanced.evaluate(Part::Train), given.evaluate(Part::Train));
        assert_ne!(balanced.parameters(), equal.parameters());
    }
}

#[test]
fn what_only_cross_entropy_knows_is_refused_by_its_name_for_another_loss() {
    let refused = |training: Value| {
        let spec = json!({"data": {"source": "circle", "samples": 20}, "training": training});
        Run::new(Spec::from_json(&spec).unwrap(), None).err()
    };
    for (training, field) in [
        (json!({"loss": "mse", "labelSmoothing": 0.1}), "labelSmoothing"),
        (json!({"loss": "mse", "classWeights": [1, 2]}), "classWeights"),
        (json!({"loss": "mse", "labelSmoothing": 0.1, "classWeights": [1, 2]}), "labelSmoothing"),
    ] {
        let (path, what) = (format!("training.{field}"), "has a meaning for cross-entropy only".to_owned());
        assert_eq!(refused(training), Some(Error::Spec { path, what }));
    }
    assert_eq!(refused(json!({"loss": "mse"})), None);
}
