//! The only transcendental functions of the project.
//!
//! Each is written in plain f32 additions, multiplications, divisions, comparisons and bit operations,
//! all of them exact by IEEE 754, in one fixed order and never fused. So a vector of SSE, NEON or wasm
//! gives the same bits, and so does a build without SIMD; `f32::exp` and its kin promise no such thing.
//!
//! The functions take four lanes, which never influence each other; [`scalar`] has the same code for one
//! number. Accuracy is stated in ulp (units in the last place of the correctly rounded f32), measured
//! over a dense sweep of the range named. NaN gives NaN; the payload and sign of a NaN are not specified,
//! since processors differ there. Minima and maxima say which operand a NaN comes from, because the vector
//! instructions called min and max disagree about it.
//!
//! Sums that several layers ask for stand here too: [`dot`] and [`quantile`], of f64.

mod erf;
mod exp;
mod ln;
mod logistic;
mod sums;
mod tanh;
mod trig;

use wide::f32x4;

pub use erf::erf;
pub use exp::{exp, expm1};
pub use ln::ln;
pub use logistic::{sigmoid, softplus};
pub use sums::{dot, quantile};
pub use tanh::{Tanh, tanh};
pub use trig::{angle, cos, sin};

/// Adding and subtracting 1.5 · 2²³ rounds a small f32 to the nearest integer, ties to even.
const ROUND: f32 = 12_582_912.0;
const SIGN: f32 = -0.0;

/// `c₀ + c₁·x + c₂·x² + …` by Horner's rule.
#[inline(always)]
fn polynomial<const N: usize>(x: f32x4, c: [f32; N]) -> f32x4 {
    let mut sum = f32x4::splat(c[N - 1]);
    for i in (0..N - 1).rev() {
        sum = sum * x + f32x4::splat(c[i]);
    }
    sum
}

/// The smaller of the two; NaN where `x` is.
#[inline(always)]
fn at_most(x: f32x4, bound: f32x4) -> f32x4 {
    // Where one is NaN, a minimum of x86 is the second operand, that of WebAssembly the first, that of Arm NaN.
    if cfg!(target_feature = "sse") { bound.fast_min(x) } else { x.fast_min(bound) }
}

/// The larger of the two; NaN where `x` is.
#[inline(always)]
fn at_least(x: f32x4, bound: f32x4) -> f32x4 {
    if cfg!(target_feature = "sse") { bound.fast_max(x) } else { x.fast_max(bound) }
}

/// `x · P(x²) / Q(x²)` for `x²` up to `far`, and within ±1: beyond, the quotient stays and x grows, so that the bound holds.
#[inline(always)]
fn odd<const N: usize>(x: f32x4, p: [f32; N], q: [f32; N], far: f32, one: f32) -> f32x4 {
    let z = at_most(x * x, f32x4::splat(far));
    let y = x * polynomial(z, p) / polynomial(z, q);
    let y = at_least(at_most(y, f32x4::splat(one)), f32x4::splat(-one));
    // There, a minimum may come from either operand.
    if cfg!(target_feature = "relaxed-simd") { x.is_nan().select(x, y) } else { y }
}

/// `baseⁿ` by binary exponentiation: exact products in a fixed order, about log₂ n of them.
pub fn powu(base: f64, n: u64) -> f64 {
    let (mut result, mut square, mut rest) = (1.0, base, n);
    while rest > 0 {
        if rest & 1 == 1 {
            result *= square;
        }
        square *= square;
        rest >>= 1;
    }
    result
}

/// The same functions for one number: the vector's code on one lane, so the same bits.
pub mod scalar {
    use wide::f32x4;

    macro_rules! one_lane {
        ($($name:ident),*) => {$(
            #[doc = concat!("One lane of [`", stringify!($name), "`](super::", stringify!($name), "()).")]
            #[inline]
            pub fn $name(x: f32) -> f32 {
                super::$name(f32x4::splat(x)).to_array()[0]
            }
        )*};
    }

    one_lane!(exp, expm1, ln, tanh, sigmoid, softplus, sin, cos, erf);
}
