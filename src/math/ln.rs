use wide::{f32x4, u32x4};

use super::polynomial;

/// ln 2 in two parts: the first has 15 bits, so its product with an exponent is exact.
const LN2_HIGH: f32 = 0.693_145_75;
const LN2_LOW: f32 = 1.428_606_8e-6;
/// (2 atanh(s) / s − 2) / s² as a polynomial in s² for |s| ≤ 0.172; error 8e-10 of the logarithm.
const NEAR: [f32; 3] = [0.666_667_76, 0.399_775_57, 0.298_720_12];
/// The same for |s| ≤ 1/3; error 1.2e-10 of the logarithm.
const WIDE: [f32; 5] = [0.666_666_75, 0.399_989_5, 0.286_152_12, 0.214_438_86, 0.242_452_56];

/// Natural logarithm, within 0.9 ulp, denormal numbers included. `ln 0 = −∞`; below zero NaN.
///
/// `x = 2^e · (1 + f)` with `1 + f` in [√½, √2), then `ln(1 + f) = 2 atanh(f / (2 + f))`, with the leading
/// terms `f − f²/2` kept apart from the small rest (Tang, ACM TOMS 16, 1990).
#[inline]
pub fn ln(x: f32x4) -> f32x4 {
    // Denormal numbers are scaled by 2²³ first.
    let tiny = x.simd_lt(f32x4::splat(f32::MIN_POSITIVE));
    let scaled = tiny.select(x * f32x4::splat(8_388_608.0), x);
    // Subtracting the bits of √½ makes the exponent field count from [√½, √2).
    let root = u32x4::splat(0x3f35_04f3);
    let offset = scaled.to_bits() - root;
    // 2²³ as the high bits turns the exponent into a float without an integer conversion; 256 keeps it positive.
    let biased = ((offset + u32x4::splat(256 << 23)) >> 23) & u32x4::splat(0x1ff);
    let e = f32x4::from_bits(biased | u32x4::splat(0x4b00_0000)) - f32x4::splat(8_388_608.0 + 256.0);
    let e = tiny.select(e - f32x4::splat(23.0), e);
    let f = f32x4::from_bits((offset & u32x4::splat(0x007f_ffff)) + root) - f32x4::splat(1.0);

    let half_square = f32x4::splat(0.5) * f * f;
    let s = f / (f + f32x4::splat(2.0));
    let z = s * s;
    let rest = s * (half_square + z * polynomial(z, NEAR)) + e * f32x4::splat(LN2_LOW);
    let y = e * f32x4::splat(LN2_HIGH) - ((half_square - rest) - f);

    let zero = f32x4::splat(0.0);
    let y = x.simd_eq(f32x4::splat(f32::INFINITY)).select(x, y);
    let y = x.simd_eq(zero).select(f32x4::splat(f32::NEG_INFINITY), y);
    let y = x.simd_lt(zero).select(f32x4::splat(f32::NAN), y);
    x.is_nan().select(x, y)
}

/// `ln(1 + x)` for x in 0…1 only, accurate also where x is tiny.
#[inline(always)]
pub(super) fn ln1p_unit(x: f32x4) -> f32x4 {
    let s = x / (x + f32x4::splat(2.0));
    let z = s * s;
    let twice = s + s;
    twice + s * (z * polynomial(z, WIDE))
}
