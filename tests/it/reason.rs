//! The sentence of a run that is over: which size of targets and inputs it names, and when.

use serde_json::{Value, json};
use trainyard::data::Dataset;
use trainyard::run::{Run, Spec};

fn ended(target: impl Fn(f64) -> f64, x: impl Fn(f64) -> f64, data: Value, rate: f64) -> String {
    let rows = || (0..50).map(|i| f64::from(i) / 24.5 - 1.0);
    let (inputs, targets) = (rows().map(x).collect(), rows().map(target).collect());
    let mut spec = json!({"data": data, "model": {"layers": [{"type": "dense", "units": 4, "activation": "tanh"}]},
        "training": {"optimizer": {"type": "sgd", "learningRate": rate}, "stop": {"maxEpochs": 30}}});
    (spec["data"]["source"], spec["data"]["split"]) = ("rows".into(), json!({"train": 1}));
    let rows = Dataset::from_rows(inputs, targets, vec![1], None).unwrap();
    let mut run = Run::new(Spec::from_json(&spec).unwrap(), Some(rows)).unwrap();
    assert_eq!(run.reason(), "", "nothing to say before the end");
    run.advance(u64::MAX);
    run.reason()
}

#[test]
fn targets_far_from_unit_scale_are_named_with_their_size() {
    let same = |x: f64| x;
    let done = "the agreed number of epochs is done";
    let far = ended(|t| 100_000.0 + 20_000.0 * t, same, json!({}), 0.03);
    assert!(far.contains("mean 100000, standard deviation 11800"), "{far}");
    assert!(far.contains("Subtract 100000 and divide by 11800"), "{far}");
    let slow = ended(|t| 100_000.0 + 20_000.0 * t, same, json!({}), 1e-9);
    assert!(slow.starts_with(done) && slow.contains("mean 100000"), "{slow}");
    // At unit scale, or where something was learned, there is nothing to name.
    assert_eq!(ended(|t| 2.0 * t, same, json!({}), 0.03), done);
    assert_eq!(ended(|t| 2.0 * t, same, json!({}), 1e-9), done, "the targets are not why");
    assert_eq!(ended(|t| 12.0 * t + 5.0, same, json!({}), 0.01), done);
    // Either side of 10.
    let at = |mean: f64| ended(|_| mean, same, json!({}), 1e-9);
    assert_eq!(at(9.9), done);
    assert!(at(10.1).contains("mean 10.1, standard deviation 0"), "{}", at(10.1));
}

#[test]
fn a_constant_target_is_not_told_to_be_divided_by_zero() {
    let constant = ended(|_| 1e6, |x| x, json!({}), 1e-9);
    assert!(constant.contains("Subtract 1000000 ") && !constant.contains("divide by 0"), "{constant}");
}

#[test]
fn inputs_without_scaling_are_named_where_a_run_diverges() {
    let seconds = |x: f64| 1.7e9 + 100.0 * x;
    let none = json!({"scale": "none"});
    let steep = json!({"scale": "none", "features": ["x1"]});
    for data in [none, steep] {
        let mut line = json!({"layers": []});
        line["data"] = data;
        let said = diverged(seconds, line["data"].clone());
        assert!(
            said.contains(
                "\"x1\" reaches 1700000000 unscaled. Choose standard scaling (data.scale: \"standard\")"
            ),
            "{said}"
        );
    }
    let near = diverged(|x| 100.0 * x, json!({"scale": "none"}));
    assert_eq!(near, "the loss is no longer a finite number");
    let beyond = diverged(|x| 101.0 * x, json!({"scale": "none"}));
    assert!(beyond.contains("reaches 101 unscaled"), "{beyond}");
}

/// Of a linear model at a rate that no such data bear.
fn diverged(x: impl Fn(f64) -> f64, data: Value) -> String {
    let rows = || (0..50).map(|i| f64::from(i) / 24.5 - 1.0);
    let (inputs, targets) = (rows().map(x).collect(), rows().collect());
    let mut spec = json!({"data": data, "model": {"layers": []}, "training": {"optimizer": {"type": "sgd", "learningRate": 900}}});
    (spec["data"]["source"], spec["data"]["split"]) = ("rows".into(), json!({"train": 1}));
    let rows = Dataset::from_rows(inputs, targets, vec![1], None).unwrap();
    let mut run = Run::new(Spec::from_json(&spec).unwrap(), Some(rows)).unwrap();
    run.advance(u64::MAX);
    run.reason()
}

#[test]
fn inputs_without_scaling_are_named_where_nothing_is_learned() {
    let of = |x: fn(f64) -> f64, scale: &str, classes: Option<usize>| {
        let rows = || (0..50).map(|i| f64::from(i % 10) / 5.0 - 0.9);
        let target = |t: f64| if classes.is_some() { f64::from(u8::from(t > 0.0)) } else { t };
        let spec = json!({"data": {"source": "rows", "scale": scale, "split": {"train": 1}},
            "model": {"layers": [{"type": "dense", "units": 4, "activation": "tanh"}]},
            "training": {"batchSize": 50, "stop": {"maxEpochs": 100}}});
        let data =
            Dataset::from_rows(rows().map(x).collect(), rows().map(target).collect(), vec![1], classes);
        let mut run = Run::new(Spec::from_json(&spec).unwrap(), Some(data.unwrap())).unwrap();
        run.advance(u64::MAX);
        run.reason()
    };
    for classes in [None, Some(2)] {
        let said = of(|x| 1.7e9 + x, "none", classes);
        assert!(said.contains("\"x1\" reaches 1700000000 unscaled"), "{said}");
        assert_eq!(of(|x| 1.7e9 + x, "standard", classes), "the agreed number of epochs is done");
        assert_eq!(of(|x| x, "none", classes), "the agreed number of epochs is done");
    }
}
