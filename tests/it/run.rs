//! A run as a whole: the same numbers however it is sliced, saved or restored; it learns; it tells when it ends.

use serde_json::{Value, json};
use trainyard::data::Dataset;
use trainyard::nn::plan::Role;
use trainyard::run::checkpoint::{pack, unpack};
use trainyard::run::{Part, Run, Spec, Status};
use trainyard::train::StopReason;

pub(crate) fn open(document: Value) -> Run {
    Run::new(Spec::from_json(&document).unwrap(), None).unwrap()
}

#[test]
fn slices_of_time_change_nothing() {
    for optimizer in [json!({"type": "sgd"}), json!({"type": "adam"})] {
        let spec = json!({"data": {"source": "moons", "noise": 0.2}, "training": {"optimizer": optimizer}});
        let mut whole = open(spec.clone());
        let mut sliced = open(spec.clone());
        let mut timed = open(spec);
        whole.record(100);
        sliced.record(100);
        timed.record(100);
        whole.advance(230);
        for _ in 0..23 {
            for _ in 0..10 {
                sliced.advance(1);
            }
            sliced.evaluate(Part::Test);
            sliced.gradient(Part::Train);
            sliced.predict(&[1.0, 2.0]).unwrap();
        }
        let mut clock = 0.0;
        while timed.progress().step < 230 {
            let left = 230 - timed.progress().step;
            timed.advance_within(left, 5.0, || {
                clock += 1.7;
                clock
            });
        }
        assert_eq!(whole.parameters(), sliced.parameters());
        assert_eq!(whole.parameters(), timed.parameters());
        assert_eq!(whole.curve(), sliced.curve());
        assert_eq!(whole.curve(), timed.curve());
        assert_eq!(whole.progress(), sliced.progress());
    }
}

#[test]
fn a_restored_run_takes_the_same_next_steps() {
    for optimizer in [json!({"type": "sgd", "momentum": 0.9}), json!({"type": "adam"})] {
        let spec = json!({"training": {"optimizer": optimizer}});
        let mut saved = open(spec.clone());
        saved.record(50);
        saved.advance(117);
        saved.set_learning_rate(0.004).unwrap();
        let bytes = saved.checkpoint();
        let mut restored = open(spec);
        restored.advance(3);
        restored.restore(&bytes).unwrap();
        saved.advance(200);
        restored.advance(200);
        assert_eq!(saved.parameters(), restored.parameters());
        assert_eq!(saved.progress(), restored.progress());
        assert_eq!(format!("{:?}", saved.curve()), format!("{:?}", restored.curve()));
    }
}

#[test]
fn a_broken_or_foreign_checkpoint_is_refused_and_changes_nothing() {
    let mut run = open(json!({}));
    run.advance(10);
    let bytes = run.checkpoint();
    let before = run.parameters().to_vec();
    let mut other = open(json!({"seed": 8}));
    assert!(other.restore(&bytes).unwrap_err().to_string().contains("another seed"));
    for cut in [0, 5, 12, 40, bytes.len() - 9, bytes.len() - 1] {
        assert!(run.restore(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(97) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        assert!(run.restore(&changed).is_err(), "changed at {at}");
    }
    assert_eq!(run.parameters(), before);
}

#[test]
fn reset_repeats_the_same_start_and_another_seed_does_not() {
    let start = |seed: u32| open(json!({"seed": seed})).parameters().to_vec();
    assert_eq!(start(7), start(7));
    assert_ne!(start(7), start(8));
}

#[test]
fn the_streams_are_independent() {
    let base = open(json!({}));
    let other_batch = open(json!({"training": {"batchSize": 32}}));
    let other_layers =
        open(json!({"model": {"layers": [{"type": "dense", "units": 4, "activation": "relu"}]}}));
    assert_eq!(base.data().inputs, other_layers.data().inputs);
    assert_eq!(base.split().train, other_layers.split().train);
    assert_eq!(base.parameters(), other_batch.parameters());
    assert_eq!(base.parameters()[..12], other_layers.parameters()[..12], "the first layer starts the same");
}

#[test]
fn the_last_partial_batch_counts_once() {
    // 7 rows in batches of 3: three steps an epoch, and one epoch of plain gradient descent
    // with rate r equals three hand-made steps on rows 0–2, 3–5 and 6.
    let rows: Vec<f32> = (0..7).map(|i| i as f32 / 7.0).collect();
    let targets: Vec<f32> = rows.iter().map(|x| 3.0 * x + 1.0).collect();
    let data = Dataset::from_rows(rows.clone(), targets.clone(), vec![1], None).unwrap();
    let spec = json!({
        "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
        "model": {"layers": []},
        "training": {"batchSize": 3, "shuffle": false, "optimizer": {"type": "sgd", "learningRate": 0.1}}
    });
    let mut run = Run::new(Spec::from_json(&spec).unwrap(), Some(data)).unwrap();
    run.set_parameters(&[0.5, -0.25]).unwrap();
    let progress = run.advance(3);
    assert_eq!((progress.step, progress.epoch), (3, 1));
    let (mut w, mut b) = (0.5_f64, -0.25_f64);
    for batch in [0..3, 3..6, 6..7] {
        let n = batch.len() as f64;
        let (mut dw, mut db) = (0.0, 0.0);
        for i in batch {
            let (x, t) = (f64::from(rows[i]), f64::from(targets[i]));
            let e = 2.0 * (w * x + b - t) / n;
            dw += e * x;
            db += e;
        }
        w -= 0.1 * dw;
        b -= 0.1 * db;
    }
    assert!((f64::from(run.parameters()[0]) - w).abs() < 1e-6);
    assert!((f64::from(run.parameters()[1]) - b).abs() < 1e-6);
}

#[test]
fn the_line_is_learned() {
    let mut run = open(json!({
        "data": {"source": "line", "scale": "none"}, "model": {"layers": []},
        "training": {"batchSize": 6, "optimizer": {"type": "sgd", "learningRate": 0.03}}
    }));
    let progress = run.advance(u64::MAX);
    assert_eq!(progress.status, Status::Finished(StopReason::MaxEpochs));
    assert_eq!(progress.epoch, 500);
    let [w, b] = run.parameters() else { panic!("one weight, one bias") };
    assert!((w - 2.0).abs() < 0.05 && (b + 1.0).abs() < 0.1, "w {w}, b {b}");
    let six = run.predict(&[6.0]).unwrap()[0];
    assert!((10.9..=11.1).contains(&six), "X = 6 gives {six}");
}

#[test]
fn divergence_is_told_and_the_weights_stay_finite() {
    let mut run = open(json!({
        "data": {"source": "line", "scale": "none"}, "model": {"layers": []},
        "training": {"batchSize": 6, "optimizer": {"type": "sgd", "learningRate": 10}}
    }));
    let progress = run.advance(10_000);
    assert_eq!(progress.status, Status::Diverged);
    assert!(run.parameters().iter().all(|w| w.is_finite()), "{:?}", run.parameters());
    assert_eq!(run.advance(1).step, progress.step, "a diverged run stands still");
}

#[test]
fn the_curve_is_subsampled_by_epochs_alone() {
    let spec = json!({"training": {"stop": {"maxEpochs": 100}, "batchSize": 400}});
    let mut run = open(spec);
    run.record(16);
    run.advance(u64::MAX);
    let epochs: Vec<u32> = run.curve().iter().map(|p| p.epoch).collect();
    assert_eq!(epochs, (0..=100).step_by(8).collect::<Vec<_>>());
    assert!(run.curve().iter().all(|p| p.training.is_finite() && p.test.is_finite()));
}

#[test]
fn the_curve_has_validation_losses_where_there_are_such_rows_also_restored() {
    for split in [json!({"train": 0.5, "validation": 0.2, "test": 0.3}), json!({"train": 0.5})] {
        let spec = json!({"data": {"split": split}});
        let mut run = open(spec.clone());
        run.record(50);
        let steps = run.split().train.len().div_ceil(10) as u64;
        let mut expected = vec![];
        for _ in 0..4 {
            expected.push(run.evaluate(Part::Validation).map(|metrics| metrics.loss));
            run.advance(steps);
        }
        expected.push(run.evaluate(Part::Validation).map(|metrics| metrics.loss));
        let of = |run: &Run| run.curve().iter().map(|point| point.validation).collect::<Vec<_>>();
        assert_eq!(of(&run), expected);
        assert_eq!(expected.iter().all(Option::is_some), spec["data"]["split"]["validation"].is_number());
        let (mut header, numbers) = unpack(&run.checkpoint()).unwrap();
        let mut restored = open(spec.clone());
        restored.restore(&run.checkpoint()).unwrap();
        assert_eq!(restored.curve(), run.curve());
        // One of a version that kept none is taken as it is.
        header.as_object_mut().unwrap().remove("validation");
        restored.restore(&pack(&header, &[&numbers])).unwrap();
        assert_eq!(of(&restored), [None; 5]);
        assert_eq!(restored.curve().len(), run.curve().len());
    }
}

#[test]
fn biases_start_where_they_are_told_but_for_those_of_norms() {
    let model = json!({"layers": [{"type": "dense", "units": 3}, {"type": "layerNorm"}], "biasInit": 0.25});
    let (told, usual) = (open(json!({"model": model})), open(json!({"model": {"layers": model["layers"]}})));
    let plan = told.plan();
    for tensor in &plan.tensors {
        let (own, other) = (&told.parameters()[tensor.range()], &usual.parameters()[tensor.range()]);
        if tensor.role == Role::Bias && !tensor.name.ends_with("1.bias") {
            assert!(own.iter().all(|&b| b == 0.25) && other.iter().all(|&b| b == 0.0), "{}", tensor.name);
        } else {
            assert_eq!(own, other, "{}", tensor.name);
        }
    }
    let refused = Spec::from_json(&json!({"model": {"biasInit": 101}})).unwrap_err();
    assert_eq!(refused.to_string(), "model.biasInit: 101 is outside -100…100");
}
