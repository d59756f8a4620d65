//! Going back and branching off.

use crate::run::open;
use serde_json::{Value, json};
use trainyard::data::Dataset;
use trainyard::run::{Run, Spec, Status};
use trainyard::train::StopReason;

const OPTIMIZERS: [&str; 2] = [r#"{"type": "sgd", "momentum": 0.9}"#, r#"{"type": "adam"}"#];

#[test]
fn back_and_on_again_is_the_uninterrupted_run() {
    for optimizer in OPTIMIZERS {
        let optimizer: Value = serde_json::from_str(optimizer).unwrap();
        let spec = json!({
            "data": {"noise": 0.2},
            "model": {"layers": [{"type": "dense", "units": 4, "activation": "tanh"}, {"type": "dropout", "rate": 0.2}]},
            "training": {"optimizer": optimizer, "stop": {"maxEpochs": 30, "patience": 25, "restoreBest": true}}
        });
        let (mut whole, mut back) = (open(spec.clone()), open(spec));
        whole.record(20);
        back.record(20);
        whole.advance(1000);
        back.advance(117); // in the middle of an epoch
        let early = back.moment();
        back.advance(400);
        let late = back.moment();
        let (parameters, curve) = (back.parameters().to_vec(), back.curve().to_vec());
        back.seek(&early, false).unwrap();
        assert_eq!(back.progress().step, 117);
        assert_eq!(back.curve(), curve, "the curve stays whole");
        back.advance(400);
        assert_eq!(back.parameters(), parameters);
        back.seek(&early, false).unwrap();
        back.seek(&late, false).unwrap();
        back.advance(483);
        assert_eq!(back.parameters(), whole.parameters());
        assert_eq!(back.progress(), whole.progress());
        assert_eq!(back.curve(), whole.curve());
    }
}

#[test]
fn what_was_to_come_is_forgotten_where_the_run_goes_on_otherwise() {
    let mut run = open(json!({}));
    run.record(100);
    run.advance(40 * 10);
    let moment = run.moment();
    run.advance(40 * 10);
    run.seek(&moment, true).unwrap();
    run.set_learning_rate(0.3).unwrap();
    assert_eq!(run.curve().last().unwrap().epoch, 10);
    run.advance(40 * 5);
    let mut other = open(json!({}));
    other.record(100);
    other.advance(40 * 10);
    other.set_learning_rate(0.3).unwrap();
    other.advance(40 * 5);
    assert_eq!(run.parameters(), other.parameters());
    assert_eq!(run.curve(), other.curve());
}

#[test]
fn a_moment_is_small_and_a_broken_one_changes_nothing() {
    let mut run = open(json!({}));
    run.record(1000);
    run.advance(40 * 600);
    let moment = run.moment();
    assert!(moment.len() < 1000, "{} bytes for 25 parameters", moment.len());
    let before = run.parameters().to_vec();
    let mut other = open(json!({"model": {"layers": [{"type": "dense", "units": 3}]}}));
    assert!(other.seek(&moment, false).is_err());
    for at in (0..moment.len()).step_by(7) {
        let mut changed = moment.clone();
        changed[at] ^= 0x10;
        assert!(run.seek(&changed, false).is_err(), "changed at {at}");
    }
    assert_eq!(run.parameters(), before);
}

/// A run of `training` after it branched off another at step `at`.
fn branched(training: Value, other: Value, at: u64) -> (Run, Run) {
    let mut parent = open(json!({ "training": training }));
    parent.record(50);
    parent.advance(at);
    let mut child = open(json!({ "training": other }));
    child.branch(&parent.checkpoint()).unwrap();
    (parent, child)
}

#[test]
fn a_branch_goes_on_from_the_same_weights_by_other_rules() {
    for (what, other) in [
        ("rate", json!({"optimizer": {"type": "sgd", "learningRate": 0.1}})),
        ("l2", json!({"l2": 0.05})),
        ("clip", json!({"clip": {"norm": 0.01}})),
        ("batch size", json!({"batchSize": 40})),
        ("loss", json!({"loss": "mse"})),
        ("momentum", json!({"optimizer": {"type": "sgd", "momentum": 0.9}})),
        ("optimizer", json!({"optimizer": {"type": "adam"}})),
    ] {
        let (mut parent, mut child) = branched(json!({}), other.clone(), 117);
        assert_eq!(child.parameters(), parent.parameters(), "{what}");
        assert_eq!((child.progress().step, child.progress().epoch), (117, 2), "{what}");
        assert_eq!(child.curve(), parent.curve(), "{what}");
        child.advance(40);
        parent.advance(40);
        assert_ne!(child.parameters(), parent.parameters(), "{what}");
        let (_, mut again) = branched(json!({}), other, 117);
        again.advance(40);
        assert_eq!(child.parameters(), again.parameters(), "{what}");
    }
}

#[test]
fn a_branch_without_a_change_is_the_same_run() {
    for optimizer in OPTIMIZERS {
        let optimizer: Value = serde_json::from_str(optimizer).unwrap();
        let training = json!({"optimizer": optimizer});
        let (mut parent, mut child) = branched(training.clone(), training, 117);
        parent.advance(200);
        child.advance(200);
        assert_eq!(child.parameters(), parent.parameters());
        assert_eq!(child.progress(), parent.progress());
    }
}

#[test]
fn a_branch_has_its_own_rate_and_end() {
    let (_, mut child) = branched(
        json!({"stop": {"maxEpochs": 5}}),
        json!({"optimizer": {"type": "sgd", "learningRate": 0.1}, "stop": {"maxEpochs": 8}}),
        1000,
    );
    assert_eq!(child.progress().status, Status::Training, "the parent had ended");
    assert_eq!(child.learning_rate(), 0.1);
    assert_eq!(child.advance(1000).status, Status::Finished(StopReason::MaxEpochs));
    assert_eq!(child.progress().epoch, 8);
    let (_, short) = branched(json!({}), json!({"stop": {"maxEpochs": 2}}), 200);
    assert_eq!(short.progress().status, Status::Finished(StopReason::MaxEpochs));
}

#[test]
fn a_branch_of_other_rows_seed_or_model_is_refused_and_changes_nothing() {
    let mut parent = open(json!({}));
    parent.advance(50);
    let bytes = parent.checkpoint();
    for (other, what) in [
        (json!({"seed": 8}), "seed"),
        (json!({"data": {"noise": 0.1}}), "data"),
        (json!({"model": {"layers": [{"type": "dense", "units": 3}]}}), "model"),
    ] {
        let mut run = open(other);
        run.advance(3);
        let before = run.parameters().to_vec();
        assert!(run.branch(&bytes).unwrap_err().to_string().contains(what), "{what}");
        assert_eq!(run.parameters(), before);
    }
    let rows = |targets: Vec<f32>| {
        let spec = json!({"data": {"source": "rows", "split": {"train": 1}}, "model": {"layers": []}});
        let data = Dataset::from_rows(vec![0.0, 1.0, 2.0], targets, vec![1], None).unwrap();
        Run::new(Spec::from_json(&spec).unwrap(), Some(data)).unwrap()
    };
    let other = rows(vec![0.0, 1.0, 2.0]).checkpoint();
    assert!(rows(vec![0.0, 1.0, 3.0]).branch(&other).unwrap_err().to_string().contains("rows"));
    let whole = parent.checkpoint();
    assert!(parent.branch(&whole[..40]).is_err());
}
