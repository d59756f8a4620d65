use wide::{f32x4, u32x4};

use super::{ROUND, polynomial};

/// ln 2 in two parts: the first has 15 bits, so its product with an exponent is exact.
const LN2_HIGH: f32 = 0.693_145_75;
const LN2_LOW: f32 = 1.428_606_8e-6;
/// (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2; minimax for the relative error of eʳ − 1: 1.4e-8.
const TAIL: [f32; 5] = [0.499_999_97, 0.166_665_47, 0.041_667_435, 0.008_366_262, 0.001_387_066_3];

/// Above this e^x is past the largest f32.
pub(super) const LARGEST: f32 = 88.722_83;
/// Below this e^x is a denormal f32, which counts as zero.
pub(super) const SMALLEST: f32 = -87.336_54;

/// `x = n · ln 2 + r`, `|r| ≤ ½ ln 2`: gives `eʳ − 1` and `n` in the low bits of an integer.
///
/// Cody and Waite, Software Manual for the Elementary Functions, 1980.
#[inline(always)]
fn reduce(x: f32x4) -> (f32x4, u32x4) {
    let shifted = x * f32x4::splat(std::f32::consts::LOG2_E) + f32x4::splat(ROUND);
    let n = shifted - f32x4::splat(ROUND);
    let r = (x - n * f32x4::splat(LN2_HIGH)) - n * f32x4::splat(LN2_LOW);
    (r + r * r * polynomial(r, TAIL), shifted.to_bits())
}

/// `e^x`, within 1.01 ulp.
///
/// Infinite above 88.722 83; zero below −87.336 54, where the result would be a denormal number.
#[inline]
pub fn exp(x: f32x4) -> f32x4 {
    let (grown, n) = reduce(x);
    // eʳ is between 0.7 and 1.5, so adding n to its exponent stays in range wherever the result does.
    let y = f32x4::from_bits((f32x4::splat(1.0) + grown).to_bits() + (n << 23));
    let beyond = x.simd_gt(f32x4::splat(LARGEST));
    let y = beyond.select(f32x4::splat(f32::INFINITY), y);
    let y = x.simd_lt(f32x4::splat(SMALLEST)).select(f32x4::splat(0.0), y);
    // The integer addition may have made a number of a NaN.
    x.is_nan().select(x, y)
}

/// `e^x − 1`, within 1.7 ulp also near zero.
///
/// Infinite above 88.722 83, and −1 below −17.4.
#[inline]
pub fn expm1(x: f32x4) -> f32x4 {
    let half = f32x4::splat(0.5);
    let (grown, n) = reduce(x);
    // 2ⁿ⁻¹, since 2ⁿ itself may be past the largest f32.
    let scale = f32x4::from_bits(half.to_bits() + (n << 23));
    let y = scale * grown + (scale - half);
    let y = y + y;
    let y = x.simd_gt(f32x4::splat(LARGEST)).select(f32x4::splat(f32::INFINITY), y);
    let y = x.simd_lt(f32x4::splat(-18.0)).select(f32x4::splat(-1.0), y);
    x.is_nan().select(x, y)
}
