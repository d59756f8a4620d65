//! Every op over a table of shapes, activations and losses: forward against the f64 oracle, gradients against its
//! central differences.

use crate::support::cell::Cell;
use crate::support::close::assert_close;
use crate::support::reference::activation::NAMES;
use crate::support::reference::loss::VALUE_LOSSES;
use crate::support::reference::{Net, Targets, Tensor, numeric_gradient};
use crate::support::runs::open;
use crate::support::tolerances::FORWARD;
use serde_json::{Value, json};
use trainyard::run::Part;

/// Sizes on both sides of every vector, tile and panel edge.
const EDGES: [usize; 10] = [1, 2, 3, 7, 8, 9, 63, 64, 65, 129];
/// A loss and the classes it needs for about `outputs` outputs.
fn tasks(outputs: usize) -> Vec<(&'static str, Option<usize>)> {
    let classes = Some(if outputs < 3 { 2 } else { outputs });
    let values = VALUE_LOSSES.iter().filter(|&&loss| loss != "hinge").map(|&loss| (loss, None));
    values.chain([("cross-entropy", classes), ("hinge", classes), ("mse", classes)]).collect()
}

#[test]
fn dense_layers_at_every_pair_of_edges() {
    for i in 0..EDGES.len() {
        for j in 0..EDGES.len() {
            let edge = |k: usize| EDGES[k % EDGES.len()];
            let (units, outputs) = (edge(i + j), edge(i + 2 * j));
            let tasks = tasks(outputs);
            let (loss, classes) = tasks[(3 * i + j) % tasks.len()];
            let activation = NAMES[(2 * i + 5 * j) % NAMES.len()];
            Cell {
                layers: json!([{"type": "dense", "units": units, "activation": activation}]),
                loss,
                classes,
                rows: edge(i),
                shape: vec![edge(j)],
                outputs,
                batch: if (i + j) % 2 == 0 { 7 } else { 200 },
            }
            .check();
        }
    }
}

/// Sums of more than 256 terms, forward and backward, are cut into blocks when there are many rows.
#[test]
fn dense_layers_wider_than_a_block_of_a_sum() {
    let dense = |units: usize| json!({"type": "dense", "units": units, "activation": "tanh"});
    for (rows, units) in [(33, 300), (40, 257), (64, 256)] {
        let layers = json!([dense(20), dense(units), dense(17)]);
        Cell { layers, loss: "mse", classes: None, rows, shape: vec![9], outputs: 2, batch: rows }.check();
    }
}

#[test]
fn every_activation_with_every_loss() {
    for activation in NAMES {
        for (loss, classes) in tasks(2).into_iter().chain(tasks(3)) {
            Cell {
                layers: json!([
                    {"type": "dense", "units": 5, "activation": activation},
                    {"type": "dense", "units": 3, "activation": activation},
                ]),
                loss,
                classes,
                rows: 9,
                shape: vec![4],
                outputs: 3,
                batch: 4,
            }
            .check();
        }
    }
}

#[test]
fn no_hidden_layer_at_every_pair_of_edges() {
    for (i, &rows) in EDGES.iter().enumerate() {
        for (j, &outputs) in EDGES.iter().enumerate() {
            let tasks = tasks(outputs);
            let (loss, classes) = tasks[(i + 2 * j) % tasks.len()];
            let shape = vec![EDGES[(i + j) % EDGES.len()]];
            Cell { layers: json!([]), loss, classes, rows, shape, outputs, batch: 64 }.check();
        }
    }
}

/// Stacks of layers on images and rows, each with its activation left open.
fn stacks(activation: &str) -> Vec<(Vec<usize>, Value)> {
    let conv = |filters: usize, kernel: usize, stride: usize, padding: &str| {
        json!({
            "type": "conv2d", "filters": filters, "kernel": kernel, "stride": stride, "padding": padding,
            "activation": activation
        })
    };
    let dense = |units: usize| json!({"type": "dense", "units": units, "activation": activation});
    let pool = |kind: &str, size: usize, stride: usize| json!({"type": kind, "size": size, "stride": stride});
    let flatten = json!({"type": "flatten"});
    let layer_norm = json!({"type": "layerNorm"});
    let batch_norm = json!({"type": "batchNorm"});
    let image = |channels, height, width| vec![channels, height, width];
    vec![
        (image(1, 5, 5), json!([conv(3, 3, 1, "valid"), flatten])),
        (image(2, 7, 5), json!([conv(2, 3, 1, "same"), conv(3, 2, 1, "valid"), flatten])),
        (image(3, 6, 7), json!([conv(5, 3, 2, "same"), pool("maxPool2d", 2, 1), flatten])),
        (image(1, 9, 8), json!([conv(4, 4, 3, "same"), pool("avgPool2d", 2, 1), flatten])),
        (
            image(2, 8, 9),
            json!([conv(2, 1, 1, "valid"), pool("maxPool2d", 3, 2), conv(2, 3, 2, "valid"), flatten]),
        ),
        (image(2, 5, 5), json!([pool("avgPool2d", 2, 2), conv(9, 2, 1, "same"), flatten, dense(7)])),
        (image(2, 4, 4), json!([conv(3, 3, 1, "same"), layer_norm, flatten])),
        (image(2, 4, 3), json!([conv(3, 3, 1, "same"), batch_norm, conv(2, 2, 1, "valid"), flatten])),
        (
            image(2, 4, 4),
            json!([{"type": "residual", "layers": [conv(3, 3, 1, "same"), conv(2, 3, 1, "same")]}, flatten]),
        ),
        (vec![7], json!([dense(9), layer_norm, dense(5)])),
        (vec![7], json!([dense(9), batch_norm, dense(5)])),
        (vec![5], json!([dense(6), {"type": "residual", "layers": [dense(3), dense(6)]}, dense(4)])),
    ]
}

#[test]
fn every_layer_with_every_activation() {
    for (a, activation) in NAMES.into_iter().enumerate() {
        for (s, (shape, layers)) in stacks(activation).into_iter().enumerate() {
            let normed = layers.to_string().contains("batchNorm");
            // Batch norm takes away what a bias right before it adds: that gradient is zero but for rounding.
            if activation == "linear" && normed {
                continue;
            }
            // Over two or three rows it makes nearly ±1 of anything, and gradients cancel again.
            let rows = if normed { [8, 9, 13, 15, 16] } else { [1, 2, 3, 8, 9] }[(a + 2 * s) % 5];
            let tasks = tasks(3);
            let (loss, classes) = tasks[(a + s) % tasks.len()];
            Cell { layers, loss, classes, rows, shape, outputs: 3, batch: 16 }.check();
        }
    }
}

/// Of equal pixels only the first gets the window's gradient: a bias before the pool sees it once, not four times.
#[test]
fn equal_pixels_share_one_gradient() {
    let spec = json!({
        "data": {"source": "rows", "scale": "none", "split": {"train": 1}},
        "model": {"layers": [
            {"type": "conv2d", "filters": 1, "kernel": 1}, {"type": "maxPool2d", "size": 2}, {"type": "flatten"}
        ]},
        "training": {"loss": "mse"}
    });
    // y = 3·max(2·0.5 + 0.25) − 1, wanted 0.75: the loss has the slope 2·(2.75 − 0.75) = 4.
    let inputs = Tensor::new(&[1, 1, 2, 2], vec![0.5; 4]);
    let targets = Targets::Values(Tensor::new(&[1, 1], vec![0.75]));
    let mut run = open(&spec, &inputs, &targets, None, &[2.0, 0.25, 3.0, -1.0]).expect("a run");
    assert_eq!(run.gradient(Part::Train), [4.0 * 3.0 * 0.5, 4.0 * 3.0, 4.0 * 1.25, 4.0]);
}

/// Logits of ±100: losses stay exact and gradients finite, right or wrong.
#[test]
fn cross_entropy_at_a_hundred() {
    for (classes, parameters) in [(2, vec![100.0, 0.0]), (3, vec![100.0, -100.0, 0.0, 0.0, 0.0, 0.0])] {
        let cell = Cell {
            layers: json!([]),
            loss: "cross-entropy",
            classes: Some(classes),
            rows: 6,
            shape: vec![1],
            outputs: 1,
            batch: 4,
        };
        let spec = cell.spec();
        let net = Net::from_spec(&spec, &[1], 1, Some(classes));
        let inputs = Tensor::new(&[6, 1], vec![1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
        let targets = Targets::Classes(vec![0, 0, 1, 1, classes - 1, classes - 1]);
        let mut run = open(&spec, &inputs, &targets, Some(classes), &parameters).expect("a run");
        let want = net.loss(&parameters, &inputs, &targets, &mut net.pass(true));
        let loss = run.evaluate(Part::Train).expect("training rows").loss;
        assert_close("loss", &[loss], &[want], FORWARD);
        let want = numeric_gradient(&net, &parameters, &inputs, &targets, &net.pass(true));
        assert_close("gradient", &run.gradient(Part::Train), &want, FORWARD);
    }
}
