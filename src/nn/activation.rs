//! Activation functions: `y = f(z)`, element by element, with PyTorch's default constants.

use crate::math;
use wide::f32x4;

/// The activation of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `y = z`
    Linear,
    /// `y = max(z, 0)`
    Relu,
    /// `y = z` above 0, `0.01·z` below
    LeakyRelu,
    /// `y = z` above 0, `eᶻ − 1` below (Clevert et al. 2015)
    Elu,
    /// `y = λ·z` above 0, `λ·α·(eᶻ − 1)` below (Klambauer et al. 2017)
    Selu,
    /// `y = z·Φ(z)` with the exact normal distribution (Hendrycks & Gimpel 2016)
    Gelu,
    /// `y = z·σ(z)` (Ramachandran et al. 2017)
    Silu,
    /// `y = ln(1 + eᶻ)`
    Softplus,
    /// `y = 1 / (1 + e⁻ᶻ)`
    Sigmoid,
    /// `y = tanh z`
    Tanh,
    /// `y = sin z` (Sitzmann et al. 2020), right for |z| up to 8192, see [`math::sin`]
    Sin,
}

use Activation::*;

const LEAK: f32 = 0.01;
const SELU_SCALE: f32 = 1.050_701;
const SELU_ALPHA: f32 = 1.673_263_2;
const FRAC_1_SQRT_2PI: f32 = 0.398_942_3;

impl Activation {
    /// Every activation with its name in the Spec.
    pub const ALL: [(&'static str, Activation); 11] = [
        ("tanh", Tanh),
        ("relu", Relu),
        ("sigmoid", Sigmoid),
        ("linear", Linear),
        ("leaky-relu", LeakyRelu),
        ("elu", Elu),
        ("selu", Selu),
        ("gelu", Gelu),
        ("silu", Silu),
        ("softplus", Softplus),
        ("sin", Sin),
    ];

    /// The name in the Spec.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// How it is written as a function, and the formulas of `f(z)` and of `f′(z)` from `z` and `a = f(z)`, as
    /// [`forward`](Self::forward) and [`backward`](Self::backward) work them out: of two, the first holds for z above 0
    /// and the second otherwise. Constants are rounded.
    pub fn formulas(self) -> (&'static str, &'static [&'static str], &'static [&'static str]) {
        match self {
            Linear => ("id", &["z"], &["1"]),
            Relu => ("ReLU", &["z", "0"], &["1", "0"]),
            LeakyRelu => ("LReLU", &["z", "0.01·z"], &["1", "0.01"]),
            Elu => ("ELU", &["z", "exp(z) − 1"], &["1", "a + 1"]),
            Selu => ("SELU", &["1.0507·z", "1.75810·(exp(z) − 1)"], &["1.0507", "a + 1.7581"]),
            Gelu => ("GELU", &["z·Φ(z)"], &["Φ(z) + z·φ(z)"]),
            Silu => ("SiLU", &["z·σ(z)"], &["σ(z)·(1 + z·(1 − σ(z)))"]),
            Softplus => ("softplus", &["ln(1 + exp(z))"], &["1 − exp(−a)"]),
            Sigmoid => ("σ", &["1 / (1 + exp(−z))"], &["a·(1 − a)"]),
            Tanh => ("tanh", &["(exp(z) − exp(−z)) / (exp(z) + exp(−z))"], &["1 − a^2"]),
            Sin => ("sin", &["sin(z)"], &["cos(z)"]),
        }
    }

    /// Whether the derivative needs `z`; the others get by with `y`.
    pub fn keeps_input(self) -> bool {
        matches!(self, Gelu | Silu | Sin)
    }

    /// `y = f(z)` in place. Where [`keeps_input`](Self::keeps_input) holds, `z` is first copied to `kept`.
    #[inline(never)]
    pub fn forward(self, values: &mut [f32x4], kept: &mut [f32x4]) {
        if self.keeps_input() {
            kept.copy_from_slice(values);
        }
        let zero = f32x4::ZERO;
        match self {
            Linear => {}
            Relu => map(values, |z| z.simd_gt(zero).bitselect(z, zero * z)),
            LeakyRelu => map(values, |z| z.simd_gt(zero).bitselect(z, z * LEAK)),
            Elu => map(values, |z| z.simd_gt(zero).bitselect(z, math::expm1(z))),
            Selu => map(values, |z| {
                let below = math::expm1(z) * SELU_ALPHA;
                z.simd_gt(zero).bitselect(z, below) * SELU_SCALE
            }),
            Gelu => map(values, |z| z * normal_cdf(z)),
            Silu => map(values, |z| z * math::sigmoid(z)),
            Softplus => map(values, math::softplus),
            Sigmoid => map(values, math::sigmoid),
            Tanh => {
                let tanh = math::Tanh::new();
                map(values, |z| tanh.of(z));
            }
            Sin => map(values, math::sin),
        }
    }

    /// Turns `∂L/∂y` into `∂L/∂z` in place: `d ← d · f′`, from `y`, or from `z` where it was kept.
    #[inline(never)]
    pub fn backward(self, d: &mut [f32x4], y: &[f32x4], kept: &[f32x4]) {
        let (zero, one) = (f32x4::ZERO, f32x4::ONE);
        match self {
            Linear => {}
            Relu => zip(d, y, |d, y| y.simd_gt(zero).bitselect(d, zero)),
            LeakyRelu => zip(d, y, |d, y| y.simd_gt(zero).bitselect(d, d * LEAK)),
            Elu => zip(d, y, |d, y| d * y.simd_gt(zero).bitselect(one, y + one)),
            Selu => zip(d, y, |d, y| {
                let scale = f32x4::splat(SELU_SCALE);
                d * y.simd_gt(zero).bitselect(scale, y + SELU_SCALE * SELU_ALPHA)
            }),
            Gelu => zip(d, kept, |d, z| {
                let density = math::exp(z * z * -0.5) * FRAC_1_SQRT_2PI;
                d * (normal_cdf(z) + z * density)
            }),
            Silu => zip(d, kept, |d, z| {
                let s = math::sigmoid(z);
                d * (s * (one + z * (one - s)))
            }),
            Softplus => zip(d, y, |d, y| d * -math::expm1(-y)),
            Sigmoid => zip(d, y, |d, y| d * (y * (one - y))),
            Tanh => zip(d, y, |d, y| d * (one - y * y)),
            Sin => zip(d, kept, |d, z| d * math::cos(z)),
        }
    }
}

/// `Φ(z)`, the standard normal distribution function.
#[inline]
fn normal_cdf(z: f32x4) -> f32x4 {
    (f32x4::ONE + math::erf(z * std::f32::consts::FRAC_1_SQRT_2)) * 0.5
}

fn map(values: &mut [f32x4], f: impl Fn(f32x4) -> f32x4) {
    for v in values {
        *v = f(*v);
    }
}

fn zip(d: &mut [f32x4], values: &[f32x4], f: impl Fn(f32x4, f32x4) -> f32x4) {
    for (d, &v) in d.iter_mut().zip(values) {
        *d = f(*d, v);
    }
}
