//! Activations as the mathematical functions, with two derivatives.

use crate::nn::Activation::{self, *};
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};

const LEAK: f64 = 0.01;
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;

/// `[f, f′, f″]` at `z`. At a kink, where no derivative exists, those of the engine: from below.
pub fn derivatives(activation: Activation, z: f64) -> [f64; 3] {
    // Straight on either side; NaN is on neither, and stays.
    let bent = |below: f64| if z > 0.0 { [z, 1.0, 0.0] } else { [below * z, below, 0.0 * z] };
    match activation {
        Linear => [z, 1.0, 0.0],
        Relu => bent(0.0),
        LeakyRelu => bent(LEAK),
        Elu if z > 0.0 => [z, 1.0, 0.0],
        Elu => [libm::expm1(z), libm::exp(z), libm::exp(z)],
        Selu if z > 0.0 => [SELU_SCALE * z, SELU_SCALE, 0.0],
        Selu => [libm::expm1(z), libm::exp(z), libm::exp(z)].map(|f| SELU_SCALE * SELU_ALPHA * f),
        Gelu => {
            let cdf = 0.5 * libm::erfc(-z * FRAC_1_SQRT_2);
            let density = 0.5 * FRAC_2_SQRT_PI * FRAC_1_SQRT_2 * libm::exp(-0.5 * z * z);
            // Where the density is 0, its product with z² is too, though that may overflow.
            let reach = if density == 0.0 { 0.0 } else { z };
            [z * cdf, cdf + reach * density, density * (2.0 - reach * reach)]
        }
        Silu => {
            let [s, d, dd] = logistic(z);
            [z * s, s + z * d, 2.0 * d + z * dd]
        }
        Softplus => {
            let [s, d, _] = logistic(z);
            [z.max(0.0) + libm::log1p(libm::exp(-z.abs())), s, d]
        }
        Sigmoid => logistic(z),
        Tanh => {
            let t = libm::tanh(z);
            let d = 1.0 - t * t;
            [t, d, -2.0 * t * d]
        }
        Sin => [libm::sin(z), libm::cos(z), -libm::sin(z)],
    }
}

/// `σ(z) = 1 / (1 + e⁻ᶻ)` and its two derivatives.
pub fn logistic(z: f64) -> [f64; 3] {
    let s = 1.0 / (1.0 + libm::exp(-z));
    // Not 1 − s, which loses what is left of it for large z.
    let d = s * (1.0 / (1.0 + libm::exp(z)));
    [s, d, d * (1.0 - 2.0 * s)]
}
