//! Activations by name, each with the meaning PyTorch's default gives it.

use super::special::erf;
use std::f64::consts::SQRT_2;
use trainyard::nn::Activation;

/// Every activation of the Spec.
pub const NAMES: [&str; Activation::ALL.len()] = {
    let mut names = [""; Activation::ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = Activation::ALL[i].0;
        i += 1;
    }
    names
};

const LEAK: f64 = 0.01;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;

pub fn activation(name: &str, x: f64) -> f64 {
    match name {
        "linear" => x,
        "relu" => x.max(0.0),
        "leaky-relu" => x.max(0.0) + LEAK * x.min(0.0),
        "elu" => x.max(0.0) + x.min(0.0).exp_m1(),
        "selu" => SELU_SCALE * (x.max(0.0) + SELU_ALPHA * x.min(0.0).exp_m1()),
        "gelu" => 0.5 * x * (1.0 + erf(x / SQRT_2)),
        "silu" => x * sigmoid(x),
        "softplus" => softplus(x),
        "sigmoid" => sigmoid(x),
        "tanh" => x.tanh(),
        "sin" => x.sin(),
        _ => panic!("no activation is called {name}"),
    }
}

/// How far `x` lies from the nearest point where the activation has no derivative.
pub fn distance_to_kink(name: &str, x: f64) -> f64 {
    match name {
        "relu" | "leaky-relu" | "selu" => x.abs(),
        _ => f64::INFINITY,
    }
}

/// `1 / (1 + exp(−x))`.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `ln(1 + exp(x))`, also where `exp(x)` overflows.
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}
