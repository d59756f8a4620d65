use super::pair::{Case, Pair, device};
use serde_json::{Value, json};
use trainyard::data::Task;

fn dense(units: usize, activation: &str) -> Value {
    json!({"type": "dense", "units": units, "activation": activation})
}

fn conv(filters: usize, kernel: usize) -> Value {
    json!({"type": "conv2d", "filters": filters, "kernel": kernel, "padding": "same", "activation": "relu"})
}

fn check(case: &Case) {
    let Some(gpu) = device() else { return };
    Pair::open(&gpu, case).check();
    Pair::open(&gpu, case).check_course();
}

fn classes(
    layers: Value,
    shape: &[usize],
    classes: usize,
    optimizer: Value,
    (rows, batch): (usize, usize),
) -> Case {
    let training = json!({"loss": "cross-entropy", "optimizer": optimizer});
    Case { layers, training, shape: shape.to_vec(), task: Task::Classification { classes }, rows, batch }
}

#[test]
fn tiny_tanh_net() {
    let optimizer = json!({"type": "sgd", "learningRate": 0.03});
    check(&classes(json!([dense(8, "tanh"), dense(8, "tanh")]), &[2], 2, optimizer, (100, 10)));
}

#[test]
fn digits_net_by_adam() {
    let optimizer = json!({"type": "adam", "learningRate": 0.001});
    check(&classes(json!([dense(64, "relu")]), &[784], 10, optimizer, (96, 32)));
}

#[test]
fn convolutional_net_by_gradient_descent() {
    let pool = json!({"type": "maxPool2d", "size": 2});
    let layers = json!([conv(4, 5), pool, conv(6, 3), pool, {"type": "flatten"}]);
    check(&classes(layers, &[1, 12, 12], 10, json!({"type": "sgd", "learningRate": 0.05}), (40, 10)));
}

#[test]
fn residual_net_by_adamw() {
    let block = json!({"type": "residual", "layers": [{"type": "layerNorm"}, dense(24, "gelu"), dense(12, "linear")]});
    let layers = json!([dense(12, "gelu"), block, block]);
    let optimizer = json!({"type": "adamw", "learningRate": 0.002, "weightDecay": 0.01});
    check(&classes(layers, &[6], 3, optimizer, (60, 16)));
}

#[test]
fn normed_net_with_dropout_by_rmsprop() {
    let layers = json!([
        conv(4, 3), {"type": "batchNorm"}, {"type": "avgPool2d", "size": 2}, {"type": "dropout", "rate": 0.2},
        {"type": "flatten"}, dense(10, "tanh")
    ]);
    check(&classes(layers, &[2, 8, 8], 4, json!({"type": "rmsprop", "learningRate": 0.001}), (48, 12)));
}
