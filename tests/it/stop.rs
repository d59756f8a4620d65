//! The stop contract: each clause fires at the right epoch with the right reason, and the best comes back exactly.

use crate::run::open;
use serde_json::{Value, json};
use trainyard::run::{Part, Run, Status};
use trainyard::train::StopReason;

/// Noisy moons with a rate that makes losses go up and down.
fn spec(split: Value, stop: Value) -> Value {
    json!({
        "data": {"source": "moons", "noise": 0.6, "samples": 60, "split": split},
        "model": {"layers": [{"type": "dense", "units": 8, "activation": "tanh"}, {"type": "batchNorm"}]},
        "training": {"optimizer": {"type": "sgd", "learningRate": 0.4, "momentum": 0.8}, "stop": stop}
    })
}

fn halves() -> Value {
    json!({"train": 0.5, "test": 0.5})
}

/// What an undisturbed run measures at the end of an epoch.
struct Epoch {
    training: f64,
    validation: Option<f64>,
    test: Option<f64>,
    accuracy: Option<f64>,
    parameters: Vec<f32>,
}

impl Epoch {
    fn watched(&self) -> f64 {
        self.validation.or(self.test).unwrap_or(self.training)
    }
}

fn steps_per_epoch(run: &Run) -> u64 {
    run.split().train.len().div_ceil(run.spec().training.batch_size) as u64
}

/// The first `count` epochs of the same run without any clause; index 0 is epoch 1.
fn epochs(split: Value, count: usize) -> Vec<Epoch> {
    measured(open(spec(split, json!({"maxEpochs": null}))), count)
}

fn measured(mut run: Run, count: usize) -> Vec<Epoch> {
    let steps = steps_per_epoch(&run);
    let mut measure = |_| {
        run.advance(steps);
        let test = run.evaluate(Part::Test);
        Epoch {
            training: run.evaluate(Part::Train).unwrap().loss,
            validation: run.evaluate(Part::Validation).map(|metrics| metrics.loss),
            test: test.map(|metrics| metrics.loss),
            accuracy: test.and_then(|metrics| metrics.accuracy),
            parameters: run.parameters().to_vec(),
        }
    };
    (0..count).map(&mut measure).collect()
}

/// Runs to the end, and checks why and when that is.
fn assert_ends(mut run: Run, reason: StopReason, epoch: usize) -> Run {
    let progress = run.advance(1_000_000);
    assert_eq!(progress.status, Status::Finished(reason));
    assert_eq!(progress.epoch as usize, epoch);
    assert_eq!(progress.step, epoch as u64 * steps_per_epoch(&run));
    assert_eq!(run.advance(10), progress, "a finished run stands still");
    run
}

#[test]
fn max_epochs_ends_after_just_so_many() {
    for most in [1, 2, 7] {
        assert_ends(open(spec(halves(), json!({"maxEpochs": most}))), StopReason::MaxEpochs, most);
    }
    let mut endless = open(spec(halves(), json!({"maxEpochs": null})));
    assert_eq!(endless.advance(3000).status, Status::Training);
}

#[test]
fn a_goal_ends_at_the_first_epoch_that_passes_it() {
    let slow = |stop: Value| {
        let mut document = spec(halves(), stop);
        document["training"]["optimizer"] = json!({"type": "sgd", "learningRate": 0.02});
        open(document)
    };
    let epochs = measured(slow(json!({"maxEpochs": null})), 60);
    let metrics: [(&str, Vec<f64>, bool); 3] = [
        ("trainingLoss", epochs.iter().map(|epoch| epoch.training).collect(), false),
        ("testLoss", epochs.iter().map(|epoch| epoch.test.unwrap()).collect(), false),
        ("testAccuracy", epochs.iter().map(|epoch| epoch.accuracy.unwrap()).collect(), true),
    ];
    for (metric, values, above) in metrics {
        let passes = |value: f64, goal: f64| if above { value > goal } else { value < goal };
        let mut ends = vec![];
        // Every value as a goal: it is passed by the first that is strictly better.
        for &goal in &values {
            let Some(first) = values.iter().position(|&value| passes(value, goal)) else { continue };
            let stop = json!({"goal": {"metric": metric, "value": goal}, "maxEpochs": null});
            assert_ends(slow(stop), StopReason::Goal, first + 1);
            ends.push(first + 1);
        }
        ends.sort_unstable();
        ends.dedup();
        assert!(ends.len() >= 3, "{metric}: only epochs {ends:?} were tried");
    }
}

#[test]
fn a_goal_that_is_out_of_reach_leaves_the_other_clauses() {
    let stop = json!({"goal": {"metric": "testAccuracy", "value": 1}, "maxEpochs": 5});
    assert_ends(open(spec(halves(), stop)), StopReason::MaxEpochs, 5);
    // Without test rows a goal on them can't be passed.
    let stop = json!({"goal": {"metric": "testLoss", "value": 1e9}, "maxEpochs": 5});
    assert_ends(open(spec(json!({"train": 1}), stop)), StopReason::MaxEpochs, 5);
    // The goal comes before the others in the same epoch.
    let stop = json!({"goal": {"metric": "testLoss", "value": 1e9}, "patience": 1, "maxEpochs": 1});
    assert_ends(open(spec(halves(), stop)), StopReason::Goal, 1);
}

/// The epochs (from 1) of the best loss and of the end, by the words of the contract.
fn patient_end(watched: &[f64], patience: usize) -> (usize, usize) {
    let mut best = 0;
    for (index, &loss) in watched.iter().enumerate() {
        if loss < watched[best] {
            best = index;
        }
        if index - best == patience {
            return (best + 1, index + 1);
        }
    }
    panic!("{} epochs are too few to run out of patience {patience}", watched.len())
}

#[test]
fn patience_counts_epochs_without_a_better_loss_on_the_right_rows() {
    let splits = [halves(), json!({"train": 0.5, "validation": 0.25, "test": 0.25}), json!({"train": 1})];
    let mut ends = vec![];
    for split in splits {
        let epochs = epochs(split.clone(), 400);
        let watched: Vec<f64> = epochs.iter().map(Epoch::watched).collect();
        for patience in [1, 2, 3, 7] {
            let (best, end) = patient_end(&watched, patience);
            let stop = json!({"patience": patience, "maxEpochs": null});
            let run = assert_ends(open(spec(split.clone(), stop)), StopReason::Patience, end);
            let remembered = run.best().unwrap();
            assert_eq!((remembered.epoch as usize, remembered.loss), (best, watched[best - 1]));
            assert_eq!(run.parameters(), epochs[end - 1].parameters, "nothing is taken back unasked");
            ends.push(end);
        }
    }
    ends.sort_unstable();
    ends.dedup();
    assert!(ends.len() >= 5, "only epochs {ends:?} were tried");
}

#[test]
fn restore_best_brings_back_the_best_epoch_whatever_ended_the_run() {
    let epochs = epochs(halves(), 400);
    let watched: Vec<f64> = epochs.iter().map(Epoch::watched).collect();
    let (best, end) = patient_end(&watched, 6);
    assert!(best < end);
    let until_last = |goal: f64| watched.iter().position(|&loss| loss < goal).unwrap() + 1;
    let goal_end = until_last(watched[0]);
    for (clause, reason, best, end) in [
        (json!({"patience": 6}), StopReason::Patience, best, end),
        (json!({"maxEpochs": end}), StopReason::MaxEpochs, best, end),
        (json!({"goal": {"metric": "testLoss", "value": watched[0]}}), StopReason::Goal, goal_end, goal_end),
    ] {
        let mut stop = clause;
        stop["restoreBest"] = true.into();
        let mut run = assert_ends(open(spec(halves(), stop)), reason, end);
        assert_eq!(run.parameters(), epochs[best - 1].parameters, "{reason:?}");
        // All that makes a prediction is back, running statistics too.
        assert_eq!(run.evaluate(Part::Test).unwrap().loss, watched[best - 1], "{reason:?}");
    }
}

#[test]
fn a_finished_run_that_may_go_on_is_the_uninterrupted_one() {
    let longer = |optimizer: Value, most: Value| {
        let mut document = spec(halves(), json!({"maxEpochs": most}));
        document["training"]["optimizer"] = optimizer;
        document["training"]["schedule"] = json!({"type": "reduce-on-plateau", "patience": 0});
        open(document)
    };
    for optimizer in [json!({"type": "sgd", "momentum": 0.9}), json!({"type": "adamw"})] {
        let mut whole = longer(optimizer.clone(), json!(25));
        whole.advance(u64::MAX);
        let mut parts = longer(optimizer, json!(10));
        let ended = parts.advance(u64::MAX);
        parts.set_max_epochs(Some(10));
        assert_eq!(parts.progress(), ended, "no more epochs, no more steps");
        parts.set_max_epochs(Some(18));
        assert_eq!(parts.progress().status, Status::Training);
        assert_eq!(parts.advance(u64::MAX).epoch, 18);
        parts.set_max_epochs(None);
        parts.advance(4);
        parts.set_max_epochs(Some(25));
        assert_eq!(parts.advance(u64::MAX), whole.progress());
        assert_eq!(parts.parameters(), whole.parameters());
        assert_eq!(parts.learning_rate(), whole.learning_rate());
    }
}

#[test]
fn a_run_that_has_taken_as_many_epochs_is_over_at_once() {
    let epochs = epochs(halves(), 12);
    let watched: Vec<f64> = epochs.iter().map(Epoch::watched).collect();
    for restores in [false, true] {
        let mut run = open(spec(halves(), json!({"maxEpochs": null, "restoreBest": restores})));
        let per_epoch = steps_per_epoch(&run);
        run.advance(8 * per_epoch + 1);
        let (step, here) = (run.progress().step, run.parameters().to_vec());
        run.set_max_epochs(Some(9));
        assert_eq!(run.progress().status, Status::Training);
        run.set_max_epochs(Some(5));
        assert_eq!(run.progress().status, Status::Finished(StopReason::MaxEpochs));
        assert_eq!(run.advance(u64::MAX).step, step);
        let best = (0..8).min_by(|&a, &b| watched[a].total_cmp(&watched[b])).unwrap();
        let want = if restores { &epochs[best].parameters } else { &here };
        assert_eq!(run.parameters(), want);
        run.set_max_epochs(Some(10));
        assert_eq!(run.advance(u64::MAX).step, 10 * per_epoch);
    }
}

#[test]
fn max_epochs_revive_no_run_that_ended_otherwise() {
    let stop = json!({"goal": {"metric": "testLoss", "value": 1e9}});
    let mut run = assert_ends(open(spec(halves(), stop)), StopReason::Goal, 1);
    run.set_max_epochs(None);
    assert_eq!(run.progress().status, Status::Finished(StopReason::Goal));
}

/// All numbers in a checkpoint: those of the header as bits of an f64, and the arrays.
#[cfg(feature = "table")]
fn numbers_in(bytes: &[u8]) -> Vec<f64> {
    fn integers(value: &Value, found: &mut Vec<f64>) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| integers(value, found)),
            Value::Object(values) => values.values().for_each(|value| integers(value, found)),
            value => found.extend(value.as_u64().map(f64::from_bits)),
        }
    }
    let (header, numbers) = trainyard::run::checkpoint::unpack(bytes).unwrap();
    let mut found = numbers.into_iter().map(f64::from).collect();
    integers(&header, &mut found);
    found
}

#[cfg(feature = "table")]
#[test]
fn a_checkpoint_without_test_figures_goes_on_as_the_whole_one() {
    let sixths = json!({"train": 0.5, "validation": 0.2, "test": 0.3});
    for (split, has_validation) in [(halves(), false), (sixths, true)] {
        for stop in [json!({"maxEpochs": 60, "patience": 12, "restoreBest": true}), json!({"maxEpochs": 60})]
        {
            let start = || {
                let mut run = open(spec(split.clone(), stop.clone()));
                run.record(50);
                run
            };
            let mut run = start();
            let mut tested = vec![run.evaluate(Part::Test).unwrap().loss];
            let steps = steps_per_epoch(&run);
            for _ in 0..8 {
                run.advance(steps);
                tested.push(run.evaluate(Part::Test).unwrap().loss);
            }
            run.advance(1); // in the middle of an epoch
            let has =
                |bytes: &[u8], loss: f64| numbers_in(bytes).iter().any(|x| x.to_bits() == loss.to_bits());
            let (whole, withheld) = (run.checkpoint(), run.checkpoint_without_test());
            assert!(
                tested.iter().all(|&loss| has(&whole, loss)),
                "the whole one has them: they would be found"
            );
            assert!(!tested.iter().any(|&loss| has(&withheld, loss)));
            let watched = run.evaluate(Part::Validation).is_some();
            assert_eq!(watched, has_validation);
            let mut restored = start();
            restored.restore(&withheld).unwrap();
            let curve = restored.curve();
            assert_eq!(curve.len(), run.curve().len());
            assert!(curve.iter().all(|point| point.test.is_nan() && point.training.is_finite()));
            assert_eq!(restored.advance(100_000), run.advance(100_000));
            assert_eq!(restored.parameters(), run.parameters());
            // What was measured later is whole again; a branch takes such bytes, too.
            assert!(restored.curve().last().unwrap().test.is_finite());
            start().branch(&withheld).unwrap();
        }
    }
}
