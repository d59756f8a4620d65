use wide::f32x4;

use super::{SIGN, exp, ln::ln1p_unit};

/// `1 / (1 + e^−x)`, within 2 ulp. Exactly 1 from about 17.4, exactly 0 below −88.722 83.
#[inline]
pub fn sigmoid(x: f32x4) -> f32x4 {
    let one = f32x4::splat(1.0);
    one / (one + exp(-x))
}

/// `ln(1 + e^x)`, within 2 ulp, as `max(x, 0) + ln(1 + e^−|x|)`, which never overflows.
/// Zero below −87.336 54, where the result would be a denormal number.
#[inline]
pub fn softplus(x: f32x4) -> f32x4 {
    let zero = f32x4::splat(0.0);
    let positive = x.simd_gt(zero).select(x, zero);
    positive + ln1p_unit(exp(x | f32x4::splat(SIGN)))
}
