//! The functions against f64, their special values, and their bits.

use trainyard::math::{self, scalar};
use wide::f32x4;

type Vector = fn(f32x4) -> f32x4;
type Cases = (&'static str, fn(f32) -> f32, &'static [(f32, f32)]);

/// One unit in the last place of the f32 nearest to `y`.
fn ulp(y: f64) -> f64 {
    let exponent = (((y as f32).abs().to_bits() >> 23) as i32).clamp(1, 254) - 150;
    f64::from(exponent).exp2()
}

/// Visits about `count` floats of [lo, hi], both signs, with equal steps in their bits, four at a time.
fn sweep(lo: f32, hi: f32, count: u32, mut visit: impl FnMut([f32; 4])) {
    let top = lo.abs().max(hi.abs()).to_bits();
    let step = (top / count).max(1) | 1;
    for sign in [0, 1 << 31] {
        let mut bits = 0;
        while bits < top {
            let x =
                [0, 1, 2, 3].map(|lane| f32::from_bits((bits + lane * step).min(top) | sign).clamp(lo, hi));
            visit(x);
            bits += 4 * step;
        }
    }
}

fn assert_ulps(name: &str, f: Vector, exact: fn(f64) -> f64, lo: f32, hi: f32, allowed: f64) {
    let (mut worst, mut at) = (0.0, 0.0);
    sweep(lo, hi, 400_000, |x| {
        let y = f(f32x4::new(x)).to_array();
        for lane in 0..4 {
            let want = exact(f64::from(x[lane]));
            let error = (f64::from(y[lane]) - want).abs() / ulp(want);
            // NaN must count as the worst error, and stay it.
            let error = if error.is_nan() { f64::INFINITY } else { error };
            if error > worst {
                (worst, at) = (error, x[lane]);
            }
        }
    });
    assert!(worst <= allowed, "{name}({at:e}): {worst} ulp, allowed {allowed}");
}

/// erf by its power series below 2.5 and by the continued fraction of erfc above.
fn erf(x: f64) -> f64 {
    let a = x.abs();
    let root_pi = std::f64::consts::PI.sqrt();
    let y = if a < 2.5 {
        let (mut term, mut sum, mut n) = (a, a, 0.0);
        while term.abs() > 1e-18 * sum {
            n += 1.0;
            term *= -a * a / n;
            sum += term / (2.0 * n + 1.0);
        }
        2.0 * sum / root_pi
    } else {
        let tail = (1..80).rev().fold(0.0, |f, k| f64::from(k) / 2.0 / (a + f));
        1.0 - (-a * a).exp() / root_pi / (a + tail)
    };
    y.copysign(x)
}

#[test]
fn accuracy_is_as_stated() {
    assert_ulps("exp", math::exp, f64::exp, -87.336, 88.7228, 1.01);
    assert_ulps("expm1", math::expm1, f64::exp_m1, -100.0, 88.7228, 1.7);
    assert_ulps("ln", math::ln, f64::ln, 1e-45, f32::MAX, 0.9);
    assert_ulps("tanh", math::tanh, f64::tanh, -20.0, 20.0, 5.5);
    assert_ulps("sigmoid", math::sigmoid, |x| 1.0 / (1.0 + (-x).exp()), -87.0, 100.0, 2.5);
    assert_ulps("softplus", math::softplus, |x| x.max(0.0) + (-x.abs()).exp().ln_1p(), -87.3, 200.0, 2.8);
    assert_ulps("sin", math::sin, f64::sin, -8192.0, 8192.0, 2.4);
    assert_ulps("cos", math::cos, f64::cos, -8192.0, 8192.0, 2.4);
    assert_ulps("erf", math::erf, erf, -10.0, 10.0, 5.5);
}

#[test]
fn special_values() {
    const INF: f32 = f32::INFINITY;
    const NAN: f32 = f32::NAN;
    #[rustfmt::skip]
    let table: [Cases; 9] = [
        ("exp", scalar::exp, &[(0.0, 1.0), (-0.0, 1.0), (INF, INF), (-INF, 0.0), (88.73, INF), (-87.34, 0.0), (1e-40, 1.0)]),
        ("expm1", scalar::expm1, &[(0.0, 0.0), (INF, INF), (-INF, -1.0), (89.0, INF), (-18.0, -1.0), (1e-20, 1e-20)]),
        ("ln", scalar::ln, &[(0.0, -INF), (-0.0, -INF), (1.0, 0.0), (INF, INF), (-1.0, NAN), (-INF, NAN), (-1e-40, NAN)]),
        ("tanh", scalar::tanh, &[(0.0, 0.0), (INF, 1.0), (-INF, -1.0), (9.1, 1.0), (-1e30, -1.0), (1e-40, 1e-40)]),
        ("sigmoid", scalar::sigmoid, &[(0.0, 0.5), (INF, 1.0), (-INF, 0.0), (20.0, 1.0), (-100.0, 0.0)]),
        ("softplus", scalar::softplus, &[(INF, INF), (-INF, 0.0), (100.0, 100.0), (-100.0, 0.0), (0.0, std::f32::consts::LN_2)]),
        ("sin", scalar::sin, &[(0.0, 0.0), (INF, NAN), (-INF, NAN), (1e30, 0.0), (1e-40, 1e-40)]),
        ("cos", scalar::cos, &[(0.0, 1.0), (INF, NAN), (-INF, NAN), (1e30, 1.0), (1e-40, 1.0)]),
        ("erf", scalar::erf, &[(0.0, 0.0), (INF, 1.0), (-INF, -1.0), (4.0, 1.0), (-1e30, -1.0)]),
    ];
    for (name, f, cases) in table {
        assert!(f(NAN).is_nan() && f(-NAN).is_nan(), "{name}(NaN) is a number");
        // A payload that a shift by 23 bits would turn into a number.
        assert!(f(f32::from_bits(0x7fc0_0155)).is_nan(), "{name} loses a NaN's payload");
        for &(x, want) in cases {
            let got = f(x);
            assert!(
                got == want || got.is_nan() && want.is_nan(),
                "{name}({x:e}) = {got:e}, expected {want:e}"
            );
        }
    }
}

#[test]
fn saturation_stays_within_bounds() {
    for (name, f, lo) in
        [("tanh", math::tanh as Vector, -1.0), ("erf", math::erf, -1.0), ("sigmoid", math::sigmoid, 0.0)]
    {
        sweep(-200.0, 200.0, 400_000, |x| {
            let y = f(f32x4::new(x)).to_array();
            for lane in 0..4 {
                assert!((lo..=1.0).contains(&y[lane]), "{name}({}) = {}", x[lane], y[lane]);
            }
        });
    }
    for (name, f, from) in [
        ("tanh", scalar::tanh as fn(f32) -> f32, 9.02),
        ("erf", scalar::erf, 3.93),
        ("sigmoid", scalar::sigmoid, 17.5),
    ] {
        for i in 0..20_000 {
            let x = from + i as f32 * 0.01;
            assert_eq!(f(x), 1.0, "{name}({x})");
        }
    }
    for i in -80_000..80_000 {
        let x = i as f32 * 0.7;
        assert!(
            scalar::sin(x).abs() <= 1.0 && scalar::cos(x).abs() <= 1.0,
            "sine or cosine of {x} is past 1"
        );
    }
}

#[test]
fn lanes_are_independent() {
    let odd = [f32::NAN, f32::INFINITY, 0.0, -1e30];
    for f in [
        math::exp,
        math::expm1,
        math::ln,
        math::tanh,
        math::sigmoid,
        math::softplus,
        math::sin,
        math::cos,
        math::erf,
    ] {
        for i in 0..200 {
            let x = 0.05 + i as f32 * 0.11;
            let alone = f(f32x4::splat(x)).to_array()[2];
            let beside = f(f32x4::new([odd[i % 4], odd[(i + 1) % 4], x, odd[(i + 2) % 4]])).to_array()[2];
            assert_eq!(alone.to_bits(), beside.to_bits(), "at {x}");
        }
    }
}

/// FNV-1a over the outputs' bits, little-endian, NaN counted as one value.
fn hash(f: Vector) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    // Fractions with exact steps, then all magnitudes.
    let near = (0..1 << 16).map(|i| (i as f32 - 32_768.0) / 512.0);
    let all = (0..1 << 16).map(|i: u32| f32::from_bits(i << 16 | 0x1357));
    let inputs: Vec<f32> = near.chain(all).collect();
    for x in inputs.chunks_exact(4) {
        for y in f(f32x4::new([x[0], x[1], x[2], x[3]])).to_array() {
            let bits = if y.is_nan() { 0x7fc0_0000 } else { y.to_bits() };
            for byte in bits.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    hash
}

#[test]
fn bits_are_pinned() {
    let pinned: [(&str, Vector, u64); 9] = [
        ("exp", math::exp, 0x1a38_9a3f_65df_83c4),
        ("expm1", math::expm1, 0xa6f8_5617_c65d_fd63),
        ("ln", math::ln, 0xdef8_861e_dd2d_fcae),
        ("tanh", math::tanh, 0x0756_eac4_a2f7_c960),
        ("sigmoid", math::sigmoid, 0x75ca_3b4d_5b87_a365),
        ("softplus", math::softplus, 0xbfeb_cc78_9300_817e),
        ("sin", math::sin, 0x2b31_329b_c4de_ee99),
        ("cos", math::cos, 0xf315_4190_c398_2a8a),
        ("erf", math::erf, 0xa5ec_afab_e1d3_39e8),
    ];
    let changed: Vec<String> = pinned
        .iter()
        .filter(|row| hash(row.1) != row.2)
        .map(|row| format!("{} {:#018x}", row.0, hash(row.1)))
        .collect();
    assert!(changed.is_empty(), "other bits than before: {changed:#?}");
}

#[test]
fn powers() {
    assert_eq!(math::powu(0.9, 0), 1.0);
    assert_eq!(math::powu(3.0, 5), 243.0);
    assert_eq!(math::powu(0.0, 3), 0.0);
    assert_eq!(math::powu(0.999, u64::MAX), 0.0);
    for n in [1, 2, 10, 1000, 12_345] {
        let want = 0.999_f64.powi(n as i32);
        assert!((math::powu(0.999, n) / want - 1.0).abs() < 1e-12, "0.999^{n}");
    }
}

#[test]
fn an_angle_within_a_turn_has_the_bits_of_the_general_remainder() {
    use std::f64::consts::TAU;
    let reference = |x: f64| (x % TAU - (x / TAU).trunc() * 2.449_293_598_294_706_4e-16) % TAU;
    let mut seen = 0;
    for exponent in 0..53 {
        let power = f64::from(exponent).exp2();
        for step in 0..100_u32 {
            let part = f64::from(step) / 100.0;
            let turns = TAU * (power / 8.0).round();
            for x in [power * (1.0 + part), turns + part, turns.next_down(), part * 0.1] {
                for x in [x, -x] {
                    assert_eq!(math::angle(x).to_bits(), reference(x).to_bits(), "{x}");
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 53 * 100 * 8);
}
