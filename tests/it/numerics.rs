//! Far out: logits of ±1000, runs that diverge.

use crate::support::close::{Tolerance, assert_close};
use crate::support::reference::{Net, Targets, Tensor, numeric_gradient};
use crate::support::runs::open;
use crate::support::tolerances::FORWARD;
use serde_json::{Value, json};
use trainyard::data::Dataset;
use trainyard::run::{Part, Run, Spec, Status};

/// Central differences at parameters of size 1000 take steps of 0.01, and logits within 0.01 of each other don't occur.
const FAR_GRADIENT: Tolerance = Tolerance { absolute: 3e-6, relative: 1e-5 };

/// Losses stay exact and gradients finite, right or wrong, sure or smoothed.
#[test]
fn cross_entropy_is_exact_at_logits_of_a_thousand() {
    for (classes, signs) in [(2, vec![1.0, 0.0]), (3, vec![1.0, -1.0, 0.0, 0.0, 0.0, 0.0])] {
        for logit in [100.0, 1000.0] {
            for (smoothing, weights) in [(0.0, Value::Null), (0.1, Value::Null), (0.1, json!([1, 2, 4]))] {
                let name = format!("{classes} classes, ±{logit}, smoothing {smoothing}, weights {weights}");
                let weights = weights.as_array().map(|all| all[..classes].to_vec());
                let spec = json!({
                    "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
                    "model": {"layers": []},
                    "training": {
                        "loss": "cross-entropy", "labelSmoothing": smoothing, "classWeights": weights,
                        "batchSize": 4, "shuffle": false
                    }
                });
                let parameters: Vec<f64> = signs.iter().map(|sign| sign * logit).collect();
                let net = Net::from_spec(&spec, &[1], 1, Some(classes));
                let inputs = Tensor::new(&[6, 1], vec![1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
                let targets = Targets::Classes(vec![0, 0, 1, 1, classes - 1, classes - 1]);
                let mut run = open(&spec, &inputs, &targets, Some(classes), &parameters).expect(&name);
                let want = net.loss(&parameters, &inputs, &targets, &mut net.pass(true));
                assert_close(&name, &[run.evaluate(Part::Train).unwrap().loss], &[want], FORWARD);
                let want = numeric_gradient(&net, &parameters, &inputs, &targets, &net.pass(true));
                assert_close(&name, &run.gradient(Part::Train), &want, FAR_GRADIENT);
                let predictions = net.predict(&parameters, &inputs).data;
                assert_close(
                    &name,
                    &run.predict(&[1.0, -1.0, 1.0, -1.0, 1.0, -1.0]).unwrap(),
                    &predictions,
                    FORWARD,
                );
            }
        }
    }
}

/// Eight pictures of 6 × 6 in two classes, or with a value each.
fn pictures(layers: Value, optimizer: Value, classes: Option<usize>) -> Run {
    let inputs = (0..8 * 36).map(|i| ((i * 29 + i / 36) % 17) as f32 / 8.0 - 1.0).collect();
    let targets = (0..8).map(|row| (row % 2) as f32).collect();
    let rows = Dataset::from_rows(inputs, targets, vec![1, 6, 6], classes).unwrap();
    let spec = json!({
        "data": {"source": "rows", "split": {"train": 1}}, "model": {"layers": layers},
        "training": {"optimizer": optimizer, "batchSize": 3}
    });
    Run::new(Spec::from_json(&spec).unwrap(), Some(rows)).unwrap()
}

#[test]
fn a_diverged_net_of_images_keeps_finite_weights_and_predicts() {
    let conv = json!({"type": "conv2d", "filters": 3, "kernel": 3, "activation": "relu"});
    let norm = json!({"type": "batchNorm"});
    let pool = json!({"type": "maxPool2d", "size": 2});
    let dense = json!({"type": "dense", "units": 5, "activation": "elu"});
    let narrow = json!({"type": "residual", "layers": [dense, {"type": "dense", "units": 12}]});
    let stacks = [
        (json!([conv, pool, {"type": "flatten"}, dense]), false),
        (json!([conv, norm, pool, {"type": "flatten"}, dense]), true),
        (json!([conv, conv, norm, {"type": "flatten"}, dense, norm]), true),
        (json!([conv, {"type": "avgPool2d"}, {"type": "flatten"}, narrow]), false),
        (json!([norm, conv, {"type": "dropout", "rate": 0.2}, {"type": "flatten"}]), false),
    ];
    let mut diverged = 0;
    for (layers, bounded) in stacks {
        for optimizer in [
            json!({"type": "sgd", "learningRate": 1000}),
            json!({"type": "sgd", "learningRate": 1000, "momentum": 0.99}),
            json!({"type": "rmsprop", "learningRate": 1000}),
        ] {
            let name = format!("{layers} {optimizer}");
            let mut run = pictures(layers.clone(), optimizer, None);
            let progress = run.advance(2000);
            diverged += u32::from(progress.status == Status::Diverged);
            assert!(run.parameters().iter().all(|w| w.is_finite()), "{name}: {:?}", run.parameters());
            let stands = run.advance(1);
            assert!(progress.status != Status::Diverged || stands.step == progress.step, "{name}");
            let mut restored = pictures(layers.clone(), run_optimizer(&run), None);
            restored.restore(&run.checkpoint()).unwrap();
            let inputs = run.data().inputs.clone();
            let (here, there) = (run.predict(&inputs).unwrap(), restored.predict(&inputs).unwrap());
            assert_eq!(format!("{here:?}"), format!("{there:?}"), "{name}");
            // Running statistics are as finite as weights. Huge weights may still overflow, but not behind a norm.
            if bounded {
                assert!(here.iter().all(|y| !y.is_nan()), "{name}: {here:?}");
            }
        }
    }
    assert!(diverged >= 6, "only {diverged} runs diverged");
}

fn run_optimizer(run: &Run) -> Value {
    run.spec().to_json()["training"]["optimizer"].clone()
}

/// A finite loss may have a gradient that isn't: the update then ends an epoch and the next one starts from ruins.
#[test]
fn an_update_that_overflows_at_the_end_of_an_epoch_is_taken_back() {
    for batch in [1, 2] {
        let rows = Dataset::from_rows(vec![1e20, 1e20], vec![0.0, 0.0], vec![1], None).unwrap();
        let spec = json!({
            "data": {"source": "rows", "scale": "none", "split": {"train": 1}}, "model": {"layers": []},
            "training": {"batchSize": batch, "optimizer": {"type": "sgd", "learningRate": 0.5}}
        });
        let mut run = Run::new(Spec::from_json(&spec).unwrap(), Some(rows)).unwrap();
        run.set_parameters(&[0.1, 0.0]).unwrap();
        assert_eq!(run.advance(1).status, Status::Training);
        assert!(!run.parameters()[0].is_finite(), "the update overflowed: {:?}", run.parameters());
        assert_eq!(run.advance(2).status, Status::Diverged);
        assert_eq!(run.parameters(), [0.1, 0.0]);
    }
}

#[test]
fn parameters_from_outside_are_numbers() {
    let mut run = pictures(json!([{"type": "flatten"}]), json!({"type": "sgd"}), Some(2));
    let good = run.parameters().to_vec();
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut parameters = good.clone();
        parameters[3] = bad;
        let message = run.set_parameters(&parameters).expect_err("it is no number").to_string();
        assert!(message.contains("parameter 3"), "{message}");
        assert_eq!(run.parameters(), good);
    }
}
