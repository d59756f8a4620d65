//! Frozen parameters keep their bits under every rule, the others move as if the frozen had no gradient; and
//! parameters set by hand.

use crate::run::open;
use crate::support::close::{Tolerance, assert_close};
use serde_json::{Value, json};
use trainyard::run::{Part, Run};

/// One f32 step computed in f64: two roundings of numbers up to 3.
const STEP: Tolerance = Tolerance { absolute: 4e-7, relative: 2e-7 };

fn optimizers() -> [Value; 7] {
    [
        json!({"type": "sgd"}),
        json!({"type": "sgd", "momentum": 0.9}),
        json!({"type": "sgd", "momentum": 0.9, "nesterov": true}),
        json!({"type": "adagrad"}),
        json!({"type": "rmsprop"}),
        json!({"type": "adam"}),
        json!({"type": "adamw", "weightDecay": 0.5}),
    ]
}

fn training(training: Value) -> Run {
    open(json!({
        "data": {"source": "moons"},
        "model": {"layers": [{"type": "dense", "units": 4, "activation": "tanh"}, {"type": "layerNorm"}]},
        "training": training
    }))
}

/// Indices of all numbers of the tensors whose name begins so.
fn layer(run: &Run, name: &str) -> Vec<u32> {
    let own = run.plan().tensors.iter().filter(|tensor| tensor.name.starts_with(name));
    let indices: Vec<u32> = own.flat_map(|tensor| tensor.range()).map(|index| index as u32).collect();
    assert!(!indices.is_empty(), "no tensor is called {name}");
    indices
}

fn assert_stand_still(run: &Run, start: &[f32], frozen: &[u32], name: &str) {
    for (index, (before, after)) in start.iter().zip(run.parameters()).enumerate() {
        let stands = before.to_bits() == after.to_bits();
        assert_eq!(stands, frozen.contains(&(index as u32)), "{name}: parameter {index}, {before} → {after}");
    }
}

#[test]
fn frozen_parameters_keep_their_bits_and_all_others_move() {
    for optimizer in optimizers() {
        for regularizer in [
            json!({}),
            json!({"l1": 0.01, "l2": 0.02, "clip": {"norm": 0.1}}),
            json!({"clip": {"value": 0.05}}),
        ] {
            let name = format!("{optimizer} {regularizer}");
            let mut document = regularizer;
            document["optimizer"] = optimizer.clone();
            let mut run = training(document);
            // Biases begin at 0, which decay and penalties leave where it is.
            let start: Vec<f32> = (0..run.parameters().len()).map(|i| 0.3 + 0.01 * i as f32).collect();
            run.set_parameters(&start).unwrap();
            let single = [0, 3, start.len() as u32 - 1];
            run.freeze(&single).unwrap();
            run.advance(90);
            assert_stand_still(&run, &start, &single, &name);

            // Another set instead: what was free stops with its momentum, what was frozen goes.
            let start = run.parameters().to_vec();
            let whole = layer(&run, "layers.0.");
            run.freeze(&whole).unwrap();
            run.advance(90);
            assert_stand_still(&run, &start, &whole, &name);

            let start = run.parameters().to_vec();
            run.freeze(&[]).unwrap();
            run.advance(90);
            assert_stand_still(&run, &start, &[], &name);
        }
    }
}

#[test]
fn clipping_by_norm_leaves_out_what_is_frozen() {
    let (rate, most) = (0.5, 0.01);
    let mut run = training(json!({
        "batchSize": 1000, "clip": {"norm": most}, "optimizer": {"type": "sgd", "learningRate": rate}
    }));
    let frozen = layer(&run, "layers.0.");
    run.freeze(&frozen).unwrap();
    let mut gradient: Vec<f64> = run.gradient(Part::Train).into_iter().map(f64::from).collect();
    let norm = |gradient: &[f64]| gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
    let with = norm(&gradient);
    frozen.iter().for_each(|&index| gradient[index as usize] = 0.0);
    let without = norm(&gradient);
    assert!(most < without && without < 0.9 * with, "norms {without} of {with}");
    let want: Vec<f64> = run
        .parameters()
        .iter()
        .zip(&gradient)
        .map(|(&w, g)| f64::from(w) - rate * g * most / (without + 1e-6))
        .collect();
    run.advance(1);
    assert_close("parameters", run.parameters(), &want, STEP);
    assert_close("norm", &[run.gradient_norm()], &[most * without / (without + 1e-6)], STEP);
}

#[test]
fn a_saved_state_has_no_gradient_until_the_next_step() {
    let mut run = open(json!({}));
    let start = run.moment();
    run.advance(5);
    let moment = run.moment();
    run.advance(5);
    let norm = run.gradient_norm();
    run.seek(&moment, false).unwrap();
    assert!(run.gradient_norm().is_nan());
    run.advance(5);
    assert_eq!(run.gradient_norm(), norm);
    run.seek(&start, false).unwrap();
    assert_eq!(run.gradient_norm(), 0.0);
}

#[test]
fn the_gradient_norm_is_that_of_the_last_step_after_penalties() {
    let mut run = training(json!({"batchSize": 1000, "l2": 0.1, "l1": 0.05}));
    assert_eq!(run.gradient_norm(), 0.0);
    let mut gradient: Vec<f64> = run.gradient(Part::Train).into_iter().map(f64::from).collect();
    let weights = ["layers.0.weight", "layers.2.weight"].map(|name| layer(&run, name)).concat();
    for index in weights {
        let w = f64::from(run.parameters()[index as usize]);
        gradient[index as usize] += 0.1 * w + 0.05 * w.signum();
    }
    run.advance(1);
    let norm = gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
    assert_close("norm", &[run.gradient_norm()], &[norm], STEP);
}

#[test]
fn one_parameter_is_set_and_nothing_else() {
    let mut run = training(json!({}));
    run.advance(20);
    let mut want = run.parameters().to_vec();
    for (index, value) in [(0, 1.5), (want.len() - 1, -0.25), (5, 0.0)] {
        run.set_parameter(index, value).unwrap();
        want[index] = value;
        assert_eq!(run.parameters(), want);
    }
    run.freeze(&[5]).unwrap();
    run.advance(20);
    assert_eq!(run.parameters()[5].to_bits(), 0.0_f32.to_bits(), "set and frozen");
}

#[test]
fn what_is_no_parameter_or_no_number_is_refused_and_changes_nothing() {
    let mut run = training(json!({}));
    let count = run.parameters().len();
    run.freeze(&[1]).unwrap();
    let before = run.parameters().to_vec();
    let refusals = [
        run.set_parameter(count, 1.0),
        run.set_parameter(0, f32::NAN),
        run.set_parameter(0, f32::INFINITY),
        run.freeze(&[0, count as u32]),
        run.set_parameters(&before[1..]),
        run.set_learning_rate(f64::NAN),
        run.set_learning_rate(-0.1),
    ];
    for (index, refusal) in refusals.into_iter().enumerate() {
        assert!(refusal.is_err(), "{index}");
    }
    assert_eq!(run.parameters(), before);
    run.advance(40);
    assert_stand_still(&run, &before, &[1], "after the refusals");
}
