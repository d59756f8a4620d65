//! The L1 rule that prunes: what it does to each weight, and that a pruned weight stays it.

use crate::run::open;
use serde_json::{Value, json};
use trainyard::run::{Part, Run};
use trainyard::train::gradient::{is_pruned, prune};
use trainyard::train::{L1Rule, Penalty};

fn spec(rule: &str, optimizer: Value) -> Value {
    json!({
        "data": {"source": "circle", "samples": 60, "features": ["x", "y", "x2", "y2"], "split": {"train": 1}},
        "model": {"layers": [{"type": "dense", "units": 5, "activation": "tanh"}]},
        "training": {"batchSize": 60, "shuffle": false, "l1": 0.03, "l1Rule": rule, "optimizer": optimizer}
    })
}

fn sgd() -> Value {
    json!({"type": "sgd", "learningRate": 0.3})
}

/// Whether each parameter is a weight: those of 4 × 5, 5 biases, 5 × 1, a bias.
fn is_weight(index: usize) -> bool {
    index < 20 || (25..30).contains(&index)
}

fn pruned(run: &Run) -> Vec<usize> {
    (0..run.parameters().len()).filter(|&i| is_pruned(run.parameters()[i])).collect()
}

#[test]
fn each_step_is_the_rule_in_f64() {
    let mut run = open(spec("prune", sgd()));
    let (rate, l1) = (0.3, 0.03);
    let (mut dead, mut crossings) = (vec![false; run.parameters().len()], 0);
    for step in 0..200 {
        let before = run.parameters().to_vec();
        let gradient = run.gradient(Part::Train);
        run.advance(1);
        for (i, &w) in before.iter().enumerate() {
            let w = f64::from(w);
            let moved = w - rate * f64::from(gradient[i]);
            let shrunk = moved - rate * l1 * if w == 0.0 { 0.0 } else { w.signum() };
            let want = match is_weight(i) {
                _ if dead[i] => 0.0,
                true if moved * shrunk < 0.0 => {
                    (dead[i], crossings) = (true, crossings + 1);
                    0.0
                }
                true => shrunk,
                false => moved,
            };
            let got = run.parameters()[i];
            assert!((f64::from(got) - want).abs() <= 1e-6, "step {step}, {i}: {got}, not {want}");
            assert_eq!(is_pruned(got), dead[i], "step {step}, {i}");
        }
    }
    assert!((1..25).contains(&crossings), "{crossings} of 25 weights are pruned");
}

#[test]
fn a_pruned_weight_stays_it_whatever_the_optimizer_remembers() {
    for optimizer in [
        json!({"type": "sgd", "learningRate": 0.1, "momentum": 0.9}),
        json!({"type": "adamw", "learningRate": 0.05, "weightDecay": 0.1}),
        json!({"type": "rmsprop", "learningRate": 0.01}),
        json!({"type": "adagrad", "learningRate": 0.1}),
    ] {
        let mut run = open(spec("prune", optimizer.clone()));
        let mut known = vec![];
        for _ in 0..20 {
            run.advance(20);
            let now = pruned(&run);
            assert!(known.iter().all(|i| now.contains(i)), "{optimizer}: {known:?} {now:?}");
            known = now;
        }
        assert!(!known.is_empty() && known.iter().all(|&i| is_weight(i)), "{optimizer}: {known:?}");
    }
    // The other rule prunes nothing, however long weights hover about 0.
    let mut other = open(spec("subgradient", sgd()));
    other.advance(400);
    assert!(pruned(&other).is_empty());
}

#[test]
fn pruned_weights_are_kept_by_checkpoints_moments_and_looks() {
    let mut run = open(spec("prune", sgd()));
    run.advance(150);
    let (moment, known) = (run.moment(), pruned(&run));
    assert!(!known.is_empty());
    let mut other = open(spec("prune", sgd()));
    other.restore(&run.checkpoint()).unwrap();
    let bits = |run: &Run| run.parameters().iter().map(|w| w.to_bits()).collect::<Vec<_>>();
    run.advance(100);
    other.advance(100);
    assert_eq!(bits(&run), bits(&other));
    run.seek(&moment, true).unwrap();
    assert_eq!(pruned(&run), known);
    run.advance(100);
    assert_eq!(bits(&run), bits(&other));
    // A weight set by hand is trained again, be it to 0.
    run.set_parameter(known[0], -0.0).unwrap();
    assert!(!pruned(&run).contains(&known[0]));
}

#[test]
fn weights_that_start_at_zero_are_not_pruned() {
    let mut all = spec("prune", sgd());
    (all["model"]["init"], all["model"]["biasInit"]) = ("zeros".into(), 0.1.into());
    all["training"]["l1"] = 1e-6.into(); // less than a step of the gradient
    let mut run = open(all);
    assert!(pruned(&run).is_empty());
    run.advance(3);
    assert!(run.parameters()[25..30].iter().all(|&w| w != 0.0), "{:?}", run.parameters());
}

#[test]
fn a_rate_of_zero_revives_none() {
    let mut run = open(spec("prune", sgd()));
    run.advance(150);
    let known = pruned(&run);
    run.set_learning_rate(0.0).unwrap();
    run.advance(5);
    assert_eq!(pruned(&run), known);
}

#[test]
fn a_weight_that_crosses_zero_is_pruned_and_one_that_reaches_it_is_not() {
    let after = |weight: f32, shrink: f32| {
        let mut weights = [9.0, weight, 9.0];
        prune(&mut weights, &[9.0, weight, 9.0], &[1..2, 0..0], shrink);
        assert_eq!((weights[0], weights[2]), (9.0, 9.0), "others stay as they are");
        (weights[1], is_pruned(weights[1]))
    };
    for sign in [1.0, -1.0] {
        assert_eq!(after(0.5 * sign, 0.25), (0.25 * sign, false));
        assert_eq!(after(0.5 * sign, 0.5), (0.0, false), "it reaches zero");
        assert_eq!(after(0.5 * sign, 0.75), (0.0, true), "it crosses it");
    }
}

#[test]
fn a_penalty_is_none_where_both_are_0() {
    for (l1, l2, is_none) in [(0.0, 0.0, true), (1e-9, 0.0, false), (0.0, 1e-9, false), (0.1, 0.1, false)] {
        let penalty = Penalty { l1, l1_rule: L1Rule::Prune, l2 };
        assert_eq!(penalty.is_none(), is_none, "{l1} and {l2}");
    }
}
