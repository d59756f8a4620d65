use wide::{f32x4, u32x4};

use super::{ROUND, polynomial};

/// π/2 in four parts; the first three have 11 bits, so their products with up to 2¹³ are exact.
const HALF_PI: [f32; 4] = [1.570_312_5, 4.837_513e-4, 7.549_533_6e-8, 2.563_344e-12];
/// (sin r / r − 1) / r² and (cos r − 1 + r²/2) / r⁴ as polynomials in r² for |r| ≤ π/4.
const SIN: [f32; 3] = [-0.166_666_55, 8.332_19e-3, -1.951_840_8e-4];
const COS: [f32; 3] = [0.041_666_646, -1.388_730_1e-3, 2.443_066_8e-5];
/// Beyond this many radians an f32 says little about an angle.
const FARTHEST: f32 = 65_536.0;

/// Sine of x radians, within 2.4 ulp for |x| ≤ 8192 and within 0.004 up to 65 536; beyond that the angle
/// counts as 0, so the result is always in −1…1. Infinite angles give NaN.
#[inline]
pub fn sin(x: f32x4) -> f32x4 {
    quarter(x, 0)
}

/// Cosine of x radians, as accurate as [`sin()`]; 1 beyond 65 536.
#[inline]
pub fn cos(x: f32x4) -> f32x4 {
    quarter(x, 1)
}

/// The same angle within one turn, right to 1e-15 for |x| up to 2⁵³ and NaN beyond: an f64 says no more of it there.
pub fn angle(x: f64) -> f64 {
    use std::f64::consts::TAU;
    /// What the f64 lacks of 2π.
    const REST: f64 = 2.449_293_598_294_706_4e-16;
    // The remainder is exact, so all that is missing is the rest of each turn.
    let turns = (x / TAU).trunc();
    if x.abs() <= 9_007_199_254_740_992.0 { within_turn(within_turn(x) - turns * REST) } else { f64::NAN }
}

/// `x % TAU`, whose general form is 1 KB to fetch: here a few turns, halved and taken off, always exactly.
fn within_turn(x: f64) -> f64 {
    use std::f64::consts::TAU;
    let (mut rest, mut part) = (x.abs(), TAU);
    while part <= rest {
        part *= 2.0;
    }
    while part > TAU {
        part *= 0.5;
        if rest >= part {
            rest -= part;
        }
    }
    rest.copysign(x)
}

/// `sin(x + quarters · π/2)`: after Cody and Waite's reduction, the quadrant picks sin or cos and the sign.
#[inline(always)]
fn quarter(x: f32x4, quarters: u32) -> f32x4 {
    // x · 0 is zero for a finite x and NaN for an infinite one.
    let x = x.abs().simd_le(f32x4::splat(FARTHEST)).select(x, x * f32x4::splat(0.0));
    let shifted = x * f32x4::splat(std::f32::consts::FRAC_2_PI) + f32x4::splat(ROUND);
    let n = shifted - f32x4::splat(ROUND);
    let mut r = x;
    for part in HALF_PI {
        r -= n * f32x4::splat(part);
    }
    let quadrant = shifted.to_bits() + u32x4::splat(quarters);

    let z = r * r;
    let sine = r + r * (z * polynomial(z, SIN));
    let cosine = (f32x4::splat(1.0) - f32x4::splat(0.5) * z) + z * z * polynomial(z, COS);
    let odd = (quadrant & u32x4::splat(1)).simd_eq(u32x4::splat(1));
    let sign = (quadrant & u32x4::splat(2)) << 30;
    odd.select(cosine, sine) ^ f32x4::from_bits(sign)
}
