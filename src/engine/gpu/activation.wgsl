// Activations, by the code of their place in Activation::ALL. The functions behind them are the CPU's polynomials:
// those of drivers may be off by 2⁻¹¹.

const LINEAR = 0u;
const RELU = 1u;
const LEAKY_RELU = 2u;
const ELU = 3u;
const SELU = 4u;
const GELU = 5u;
const SILU = 6u;
const SOFTPLUS = 7u;
const SIGMOID = 8u;
const TANH = 9u;
const SIN = 10u;

const LEAK = 0.01;
const SELU_SCALE = 1.050701;
const SELU_ALPHA = 1.6732632;
const FRAC_1_SQRT_2PI = 0.3989423;
const FRAC_1_SQRT_2 = 0.70710677;
const LOG2_E = 1.442695;
const LN2_HIGH = 0.69314575;
const LN2_LOW = 1.4286068e-6;
const FRAC_2_PI = 0.63661975;

// Variables, since WGSL refuses constants that aren't finite.
var<private> infinity_bits: u32 = 0x7f800000u;
var<private> nan_bits: u32 = 0x7fc00000u;

/// eʳ − 1 for |r| ≤ ½ ln 2.
fn grown(r: vec4<f32>) -> vec4<f32> {
    return r + r * r * (0.49999997 + r * (0.16666547 + r * (0.041667435 + r * (0.008366262 + r * 0.0013870663))));
}

fn reduced(x: vec4<f32>, n: vec4<f32>) -> vec4<f32> {
    return (x - n * LN2_HIGH) - n * LN2_LOW;
}

/// 2ⁿ⁻¹; 2ⁿ itself may be past the largest number.
fn half_power(n: vec4<f32>) -> vec4<f32> {
    return bitcast<vec4<f32>>(vec4<u32>(vec4<i32>(n) + 126) << vec4(23u));
}

fn exponential(x: vec4<f32>) -> vec4<f32> {
    let n = round(clamp(x, vec4(-87.0), vec4(89.0)) * LOG2_E);
    let y = (1.0 + grown(reduced(x, n))) * half_power(n) * 2.0;
    let large = select(y, vec4(bitcast<f32>(infinity_bits)), x > vec4(88.72283));
    return select(large, vec4(0.0), x < vec4(-87.33654));
}

/// eˣ − 1, exact near zero.
fn exponential_less_one(x: vec4<f32>) -> vec4<f32> {
    let n = round(clamp(x, vec4(-18.0), vec4(89.0)) * LOG2_E);
    let scale = half_power(n);
    let half = scale * grown(reduced(x, n)) + (scale - 0.5);
    let large = select(half + half, vec4(bitcast<f32>(infinity_bits)), x > vec4(88.72283));
    return select(large, vec4(-1.0), x < vec4(-18.0));
}

/// ln x for normal x, from x = 2ᵉ·(1 + f) with 1 + f in [√½, √2).
fn logarithm(x: vec4<f32>) -> vec4<f32> {
    let offset = bitcast<vec4<u32>>(x) - vec4(0x3f3504f3u);
    let e = vec4<f32>(bitcast<vec4<i32>>(offset) >> vec4(23u));
    let f = bitcast<vec4<f32>>((offset & vec4(0x007fffffu)) + vec4(0x3f3504f3u)) - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (f + 2.0);
    let z = s * s;
    let rest = s * (half_square + z * (0.66666776 + z * (0.39977557 + z * 0.29872012))) + e * LN2_LOW;
    let y = e * LN2_HIGH - ((half_square - rest) - f);
    // What isn't finite, or isn't above zero, has no exponent to take.
    let odd = select(vec4(bitcast<f32>(nan_bits)), -vec4(bitcast<f32>(infinity_bits)), x == vec4(0.0));
    let finite = (bitcast<vec4<u32>>(x) & vec4(0x7f800000u)) != vec4(0x7f800000u);
    return select(select(odd, y, x > vec4(0.0)), x, !finite);
}

/// ln(1 + x) for x in 0…1.
fn logarithm_above_one(x: vec4<f32>) -> vec4<f32> {
    let s = x / (x + 2.0);
    let z = s * s;
    let twice = s + s;
    return twice + s * (z * (0.66666675 + z * (0.3999895 + z * (0.28615212 + z * (0.21443886 + z * 0.24245256)))));
}

fn sigmoid(x: vec4<f32>) -> vec4<f32> {
    return 1.0 / (1.0 + exponential(-x));
}

fn softplus(x: vec4<f32>) -> vec4<f32> {
    return select(vec4(0.0), x, x > vec4(0.0)) + logarithm_above_one(exponential(-abs(x)));
}

fn saturated(x: vec4<f32>, limit: f32, y: vec4<f32>) -> vec4<f32> {
    return select(y, sign(x), (abs(x) > vec4(limit)) | (abs(y) > vec4(1.0)));
}

fn hyperbolic_tangent(x: vec4<f32>) -> vec4<f32> {
    let z = x * x;
    let p = 1.0 + z * (0.1337973 + z * (3.4940487e-3 + z * (2.0583708e-5 + z * 1.3319347e-8)));
    let q = 1.0 + z * (0.46713042 + z * (2.587113e-2 + z * (3.2831155e-4 + z * 7.762138e-7)));
    return saturated(x, 9.01, x * p / q);
}

fn error_function(x: vec4<f32>) -> vec4<f32> {
    let z = x * x;
    let p = 1.1283792 + z * (0.19078109 + z * (0.05278992 + z * (3.77949e-3 + z * (2.848058e-4 + z * 2.0419918e-6))));
    let q = 1.0 + z * (0.5024081 + z * (0.11425639 + z * (0.0149972 + z * (1.1651834e-3 + z * 3.8004153e-5))));
    return saturated(x, 3.92, x * p / q);
}

/// sin(x + quarters · π/2) for |x| up to 65 536, beyond which the angle counts as 0.
fn sine(angle: vec4<f32>, quarters: u32) -> vec4<f32> {
    let x = select(angle * 0.0, angle, abs(angle) <= vec4(65536.0));
    let n = round(x * FRAC_2_PI);
    let r = (((x - n * 1.5703125) - n * 4.837513e-4) - n * 7.5495336e-8) - n * 2.563344e-12;
    let quadrant = bitcast<vec4<u32>>(vec4<i32>(n)) + quarters;
    let z = r * r;
    let sin_r = r + r * (z * (-0.16666655 + z * (8.33219e-3 + z * -1.9518408e-4)));
    let cos_r = (1.0 - 0.5 * z) + z * z * (0.041666646 + z * (-1.3887301e-3 + z * 2.4433067e-5));
    let y = select(sin_r, cos_r, (quadrant & vec4(1u)) == vec4(1u));
    return select(y, -y, (quadrant & vec4(2u)) == vec4(2u));
}

fn normal_distribution(z: vec4<f32>) -> vec4<f32> {
    return 0.5 * (1.0 + error_function(z * FRAC_1_SQRT_2));
}

/// f(z)
fn activate(kind: u32, z: vec4<f32>) -> vec4<f32> {
    let positive = z > vec4(0.0);
    switch kind {
        case RELU: { return select(0.0 * z, z, positive); }
        case LEAKY_RELU: { return select(LEAK * z, z, positive); }
        case ELU: { return select(exponential_less_one(z), z, positive); }
        case SELU: { return SELU_SCALE * select(SELU_ALPHA * exponential_less_one(z), z, positive); }
        case GELU: { return z * normal_distribution(z); }
        case SILU: { return z * sigmoid(z); }
        case SOFTPLUS: { return softplus(z); }
        case SIGMOID: { return sigmoid(z); }
        case TANH: { return hyperbolic_tangent(z); }
        case SIN: { return sine(z, 0u); }
        default: { return z; }
    }
}

/// d · f′ from y, or from z where it was kept.
fn slope(kind: u32, d: vec4<f32>, y: vec4<f32>, z: vec4<f32>) -> vec4<f32> {
    let positive = y > vec4(0.0);
    switch kind {
        case RELU: { return select(vec4(0.0), d, positive); }
        case LEAKY_RELU: { return select(LEAK * d, d, positive); }
        case ELU: { return d * select(y + 1.0, vec4(1.0), positive); }
        case SELU: { return d * select(y + SELU_SCALE * SELU_ALPHA, vec4(SELU_SCALE), positive); }
        case GELU: {
            return d * (normal_distribution(z) + z * FRAC_1_SQRT_2PI * exponential(-0.5 * z * z));
        }
        case SILU: {
            let s = sigmoid(z);
            return d * (s * (1.0 + z * (1.0 - s)));
        }
        case SOFTPLUS: { return d * -exponential_less_one(-y); }
        case SIGMOID: { return d * (y * (1.0 - y)); }
        case TANH: { return d * (1.0 - y * y); }
        case SIN: { return d * sine(z, 1u); }
        default: { return d; }
    }
}

fn keeps_input(kind: u32) -> bool {
    return kind == GELU || kind == SILU || kind == SIN;
}
