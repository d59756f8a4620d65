//! Points drawn by hand: they stand in the Spec, class by class, and are rows like any others.

use serde_json::{Value, json};
use trainyard::data::Task;
use trainyard::run::{Part, Run, Spec};

fn drawn(points: Value) -> Value {
    json!({"data": {"source": "drawn", "points": points}})
}

/// Two clouds of a spiral's seeds, left below and right above.
fn clouds() -> Value {
    let cloud = |middle: f64| -> Vec<f64> {
        let place = |i: u32, turn: f64| middle + (f64::from(i) * turn).sin();
        (0..30).flat_map(|i| [place(i, 2.4), place(i, 1.7)]).collect()
    };
    json!([cloud(-2.5), cloud(2.5)])
}

#[test]
fn points_are_rows_in_the_order_of_their_classes() {
    let run =
        Run::new(Spec::from_json(&drawn(json!([[1.5, -2], [], [0, 0.25, 3, 4]]))).unwrap(), None).unwrap();
    let data = run.data();
    assert_eq!(data.inputs, [1.5, -2.0, 0.0, 0.25, 3.0, 4.0]);
    assert_eq!(data.targets, [0.0, 2.0, 2.0]);
    assert_eq!(data.task, Task::Classification { classes: 3 });
    assert_eq!(data.columns, ["x", "y"]);
}

#[test]
fn writing_and_reading_again_changes_nothing_and_others_have_no_points() {
    let spec = Spec::from_json(&drawn(json!([[0.1, 2.55], [-1, 3]]))).unwrap();
    assert_eq!(Spec::from_json(&spec.to_json()).unwrap(), spec);
    let other = Spec::from_json(&json!({"data": {"points": [[1, 2]]}})).unwrap();
    assert!(other.to_json()["data"].get("points").is_none());
}

#[test]
fn what_are_no_points_is_refused() {
    for points in [json!([[1, 2, 3]]), json!([1, 2]), json!("1,2"), json!([["1", "2"]])] {
        let error = Spec::from_json(&drawn(points)).unwrap_err().to_string();
        assert_eq!(error, "data.points: is not a list of x and y in turn for each class");
    }
    for points in [json!([]), json!([[], []])] {
        assert!(Run::new(Spec::from_json(&drawn(points)).unwrap(), None).is_err());
    }
}

#[test]
fn two_clouds_are_told_apart() {
    let mut run = Run::new(Spec::from_json(&drawn(clouds())).unwrap(), None).unwrap();
    run.advance(600);
    assert!(run.evaluate(Part::Train).unwrap().accuracy > Some(0.95));
    let said = run.predict(&[-2.5, -2.5, 2.5, 2.5]).unwrap();
    assert!(said[0] < 0.2 && said[1] > 0.8, "{said:?}");
}
