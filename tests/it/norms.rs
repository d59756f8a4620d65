//! Batch norm over many steps: its running statistics against the oracle's, in evaluation and after a checkpoint.

use crate::support::close::{Tolerance, assert_close, assert_norm_close};
use crate::support::draw::Draw;
use crate::support::reference::{Net, Targets, Tensor, numeric_gradient};
use crate::support::runs::open;
use crate::support::tolerances::GRADIENT;
use serde_json::{Value, json};
use trainyard::run::{Part, Run};

/// Running estimates after 40 steps, each rounded, and two layers on top.
const RUNNING: Tolerance = Tolerance { absolute: 5e-6, relative: 2e-5 };

/// Evaluates by running statistics that came from batches of 4, 4, 4 and 2 rows, without any weight moving.
#[test]
fn evaluation_goes_by_the_running_statistics_of_all_steps() {
    let norm = json!({"type": "batchNorm"});
    let stacks: [(Vec<usize>, Value); 3] = [
        (vec![3], json!([norm, {"type": "dense", "units": 4, "activation": "tanh"}, norm])),
        (
            vec![2, 4, 5],
            json!([
                {"type": "conv2d", "filters": 3, "kernel": 2, "stride": 1, "activation": "relu"}, norm,
                {"type": "avgPool2d", "size": 2, "stride": 1}, norm, {"type": "flatten"}
            ]),
        ),
        (
            vec![5],
            json!([{"type": "residual", "layers": [norm, {"type": "dense", "units": 5, "activation": "silu"}]}]),
        ),
    ];
    for (shape, layers) in stacks {
        let name = layers.to_string();
        let spec = json!({
            "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
            "model": {"layers": layers},
            "training": {
                "loss": "mse", "batchSize": 4, "shuffle": false, "optimizer": {"type": "sgd", "learningRate": 0},
                "stop": {"maxEpochs": null}
            }
        });
        let (rows, mut draw) = (14, Draw::new(3));
        let width = shape.iter().product::<usize>();
        let values = draw.values(rows * width, 2.0).into_iter().map(|x| x + 1.0).collect();
        let inputs = Tensor::new(&[&[rows], shape.as_slice()].concat(), values);
        let all_targets = Tensor::new(&[rows, 1], draw.values(rows, 1.0));
        let targets = Targets::Values(all_targets.clone());
        let net = Net::from_spec(&spec, &shape, 1, None);
        let parameters = draw.values(net.parameter_count(), 1.0);
        let mut run = open(&spec, &inputs, &targets, None, &parameters).expect(&name);
        let mut pass = net.pass(true);
        for epoch in 1..=10 {
            run.advance(4);
            for first in (0..rows).step_by(4) {
                net.forward(&parameters, &inputs.slice(first, (first + 4).min(rows)), &mut pass);
            }
            let mut evaluation = pass.clone();
            evaluation.training = false;
            let outputs = net.forward(&parameters, &inputs, &mut evaluation);
            let want = net.loss(&parameters, &inputs, &targets, &mut evaluation);
            let name = format!("{name}, epoch {epoch}");
            assert_close(&name, &[run.evaluate(Part::Train).unwrap().loss], &[want], RUNNING);
            assert_close(&name, &run.predict(&inputs.data).unwrap(), &outputs.data, RUNNING);
        }
    }
}

/// One mean and variance a channel, of all rows, though the engine takes them 256 at a time: as a pass of PyTorch's over
/// the whole set would have it in training mode. The rows are sorted, so that no chunk is like another.
#[test]
fn a_gradient_through_batch_norm_goes_by_the_statistics_of_all_rows() {
    let norm = json!({"type": "batchNorm"});
    let dense = |units: usize| json!({"type": "dense", "units": units, "activation": "tanh"});
    let conv = json!({"type": "conv2d", "filters": 2, "kernel": 2, "stride": 1, "activation": "tanh"});
    let stacks: [(Vec<usize>, Value); 3] = [
        (vec![3], json!([dense(4), norm, dense(5), norm, dense(3), norm])),
        (vec![1, 3, 3], json!([conv, norm, {"type": "flatten"}])),
        (vec![4], json!([norm, {"type": "residual", "layers": [dense(4), norm]}, norm])),
    ];
    for rows in [256, 257, 700] {
        for (shape, layers) in &stacks {
            let name = format!("{rows} rows of {layers}");
            let spec = json!({
                "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
                "model": {"layers": layers},
                "training": {"batchSize": 9, "classWeights": [1, 3]}
            });
            let mut draw = Draw::new(11);
            let width = shape.iter().product::<usize>();
            let slope = |(i, x): (usize, f64)| x + 4.0 * (i / width) as f64 / rows as f64;
            let values = draw.values(rows * width, 1.0).into_iter().enumerate().map(slope).collect();
            let inputs = Tensor::new(&[&[rows], shape.as_slice()].concat(), values);
            let targets = Targets::Classes((0..rows).map(|_| draw.index(2)).collect());
            let net = Net::from_spec(&spec, shape, 1, Some(2));
            let parameters = draw.values(net.parameter_count(), 1.0);
            let mut run = open(&spec, &inputs, &targets, Some(2), &parameters).expect(&name);
            let before = run.checkpoint();
            let want = numeric_gradient(&net, &parameters, &inputs, &targets, &net.pass(true));
            assert_norm_close(&name, &run.gradient(Part::Train), &want, GRADIENT);
            assert_eq!(run.checkpoint(), before, "{name}");
        }
    }
}

/// Looking at a run moves no statistics.
#[test]
fn reads_leave_the_running_statistics_alone() {
    let (mut read, mut left) = (everything(), everything());
    read.advance(5);
    left.advance(5);
    let inputs = read.data().inputs.clone();
    for part in [Part::Train, Part::Test] {
        read.evaluate(part);
        read.gradient(part);
    }
    let predictions = read.predict(&inputs).unwrap();
    assert_eq!(predictions, left.predict(&inputs).unwrap());
    assert_eq!(read.checkpoint(), left.checkpoint());
}

/// Everything that remembers: momentum, batch norm, dropout, a plateau schedule, frozen weights, the best epoch.
fn everything() -> Run {
    let mut run = crate::run::open(json!({
        "data": {"source": "moons", "samples": 90, "noise": 0.3},
        "model": {"layers": [
            {"type": "dense", "units": 6, "activation": "tanh"}, {"type": "batchNorm"}, {"type": "dropout", "rate": 0.3},
            {"type": "dense", "units": 5, "activation": "gelu"}, {"type": "layerNorm"}
        ]},
        "training": {
            "batchSize": 7, "optimizer": {"type": "adamw", "learningRate": 0.02}, "l1": 1e-4, "l2": 1e-3,
            "clip": {"norm": 0.5}, "labelSmoothing": 0.05, "classWeights": "balanced",
            "schedule": {"type": "reduce-on-plateau", "patience": 0, "threshold": 0.2},
            "stop": {"maxEpochs": 40, "patience": 39, "restoreBest": true}
        }
    }));
    run.record(20);
    run
}

#[test]
fn a_checkpoint_of_everything_goes_on_bit_for_bit() {
    // At the start, in the middle of an epoch, at its end, near the end of the run and after it.
    for steps in [0, 3, 11, 60, 300, 420, 1000] {
        let (mut whole, mut saved) = (everything(), everything());
        for run in [&mut whole, &mut saved] {
            run.freeze(&[0, 4, 9]).unwrap();
            run.advance(steps);
        }
        let bytes = saved.checkpoint();
        let mut restored = everything();
        restored.advance(17);
        restored.restore(&bytes).unwrap();
        assert_eq!(restored.checkpoint(), bytes, "after {steps} steps");
        assert_eq!(restored.learning_rate(), saved.learning_rate(), "after {steps} steps");
        for more in [1, 10, 90, u64::MAX] {
            whole.advance(more);
            restored.advance(more);
            assert_eq!(whole.checkpoint(), restored.checkpoint(), "{more} more after {steps} steps");
            assert_eq!(whole.best(), restored.best());
            assert_eq!(whole.learning_rate(), restored.learning_rate());
            let inputs = whole.data().inputs.clone();
            assert_eq!(whole.predict(&inputs).unwrap(), restored.predict(&inputs).unwrap());
        }
    }
}
