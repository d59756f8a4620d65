use super::pair::{Case, Pair, device};
use crate::support::tolerances::PARITY;
use serde_json::{Value, json};

fn dense(units: usize, activation: &str) -> Value {
    json!({"type": "dense", "units": units, "activation": activation})
}

fn norm(kind: &str) -> Value {
    json!({"type": kind})
}

fn check(layers: Value, shape: &[usize], rows: usize) {
    let Some(gpu) = device() else { return };
    Pair::open(&gpu, &Case::new(layers, shape, rows)).check();
}

/// Gradients are handed back through the activation before, whatever the op behind it and however many read it.
#[test]
fn slot_parity_of_gradients_handed_back() {
    let residual = json!({"type": "residual", "layers": [dense(4, "relu")]});
    for activation in ["tanh", "gelu", "softplus"] {
        let layer = dense(4, activation);
        let drop = json!({"type": "dropout", "rate": 0.3});
        let layers =
            json!([layer, drop, layer, norm("layerNorm"), layer, norm("batchNorm"), layer, residual, layer]);
        check(layers, &[3], 11);
    }
}

/// Sums over more values than a workgroup has threads, and fewer.
#[test]
fn group_parity_of_sums() {
    for (units, rows) in [(12, 700), (63, 9), (64, 12), (200, 66)] {
        let layers = json!([
            dense(units, "linear"),
            norm("layerNorm"),
            dense(2, "tanh"),
            norm("batchNorm"),
            dense(3, "tanh")
        ]);
        check(layers, &[2], rows);
    }
}

#[test]
fn dropout_parity_drops_the_same_values() {
    let Some(gpu) = device() else { return };
    for (rate, batch) in [(0.1, 4), (0.5, 7), (0.9, 33)] {
        let drop = json!({"type": "dropout", "rate": rate});
        let layers = json!([drop, dense(20, "relu"), drop, dense(9, "silu"), drop]);
        let mut case = Case::new(layers, &[6], 40);
        case.batch = batch;
        case.training = json!({"loss": "mae", "optimizer": {"type": "sgd", "learningRate": 0.01}});
        let mut pair = Pair::open(&gpu, &case);
        pair.check();
        for _ in 0..5 {
            pair.check_step();
        }
    }
}

#[test]
fn layer_norm_parity() {
    for (units, rows) in [(2, 1), (3, 9), (64, 5), (65, 8), (129, 33)] {
        check(
            json!([dense(units, "tanh"), norm("layerNorm"), dense(3, "gelu"), norm("layerNorm")]),
            &[7],
            rows,
        );
    }
    check(json!([norm("layerNorm"), {"type": "flatten"}]), &[2, 3, 5], 6);
}

#[test]
fn batch_norm_parity() {
    for (units, rows) in [(1, 9), (5, 30), (65, 13)] {
        check(
            json!([dense(units, "tanh"), norm("batchNorm"), dense(3, "silu"), norm("batchNorm")]),
            &[7],
            rows,
        );
    }
    let conv = json!({"type": "conv2d", "filters": 3, "kernel": 2, "activation": "relu"});
    check(json!([norm("batchNorm"), conv, norm("batchNorm"), {"type": "flatten"}]), &[2, 6, 5], 10);
}

/// Running statistics over several batches, the last of them short, and evaluation by them.
#[test]
fn batch_norm_parity_of_running_statistics() {
    let Some(gpu) = device() else { return };
    let mut case = Case::new(json!([dense(6, "tanh"), norm("batchNorm")]), &[4], 14);
    case.batch = 4;
    let mut pair = Pair::open(&gpu, &case);
    pair.steps(9);
    pair.check_memory(PARITY);
    pair.check_gradient_norm(PARITY);
    pair.check_reads();
    pair.check_memory(PARITY);
}

#[test]
fn add_parity_in_residual_blocks() {
    let block = |layers: Value| json!({"type": "residual", "layers": layers});
    check(
        json!([dense(6, "gelu"), block(json!([dense(3, "relu"), dense(6, "silu")])), dense(4, "tanh")]),
        &[5],
        9,
    );
    // A block at the inputs, and one within another.
    let inner = block(json!([norm("layerNorm"), dense(5, "relu")]));
    check(json!([block(json!([dense(8, "tanh"), inner_of(8), dense(5, "sin")])), inner]), &[5], 7);
    check(json!([block(json!([norm("batchNorm")])), block(json!([dense(5, "elu")]))]), &[5], 12);
}

fn inner_of(units: usize) -> Value {
    json!({"type": "residual", "layers": [dense(units, "softplus")]})
}
