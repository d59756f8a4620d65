use super::pair::{Case, Pair, device};
use serde_json::{Value, json};

fn conv(filters: usize, kernel: usize, stride: usize, padding: &str, activation: &str) -> Value {
    json!({
        "type": "conv2d", "filters": filters, "kernel": kernel, "stride": stride, "padding": padding,
        "activation": activation
    })
}

fn pool(kind: &str, size: usize, stride: usize) -> Value {
    json!({"type": kind, "size": size, "stride": stride})
}

fn check(shape: &[usize], mut layers: Vec<Value>, rows: usize) {
    let Some(gpu) = device() else { return };
    layers.push(json!({"type": "flatten"}));
    Pair::open(&gpu, &Case::new(Value::Array(layers), shape, rows)).check();
}

#[test]
fn conv2d_parity_of_strides_and_paddings() {
    for (i, (kernel, stride)) in
        [(1, 1), (2, 1), (3, 1), (5, 1), (2, 2), (3, 2), (3, 3), (4, 3)].into_iter().enumerate()
    {
        for padding in ["same", "valid"] {
            let (filters, rows) = ([1, 3, 8, 9][i % 4], [1, 3, 8, 13][(i + 1) % 4]);
            let layers = vec![conv(filters, kernel, stride, padding, "tanh"), conv(5, 2, 1, padding, "gelu")];
            check(&[1 + i % 3, 9, 11], layers, rows);
        }
    }
}

#[test]
fn conv2d_parity_of_many_channels() {
    check(&[9, 6, 5], vec![conv(17, 3, 1, "same", "relu"), conv(10, 3, 2, "same", "sin")], 33);
}

#[test]
fn pool2d_parity_of_windows() {
    for kind in ["maxPool2d", "avgPool2d"] {
        for (size, stride) in [(1, 1), (2, 2), (2, 1), (3, 2), (3, 3), (2, 3), (4, 1)] {
            let layers = vec![conv(3, 3, 1, "same", "relu"), pool(kind, size, stride)];
            check(&[2, 7, 8], layers, 9);
        }
    }
}

/// Of equal pixels only the first gets the window's gradient.
#[test]
fn pool2d_parity_of_ties() {
    let Some(gpu) = device() else { return };
    let layers = json!([conv(2, 1, 1, "valid", "linear"), pool("maxPool2d", 3, 2), {"type": "flatten"}]);
    let mut pair = Pair::open(&gpu, &Case::new(layers, &[1, 5, 5], 6));
    let mut parameters = pair.cpu.parameters().to_vec();
    // Kernels of nothing: all pixels are their channel's bias.
    parameters[..2].fill(0.0);
    pair.cpu.parameters_mut().copy_from_slice(&parameters);
    pair.gpu.write(trainyard::engine::gpu::Memory::Parameters, &parameters);
    pair.check();
}
