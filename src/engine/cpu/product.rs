//! The three products of a dense layer, on activations with rows innermost.
//!
//! A matrix of activations is `[feature][row]`: `n` vectors of four rows a feature, one feature after
//! the other. Weights stay in PyTorch's `[out, in]` layout and are read by splat, so nothing is
//! transposed. Every sum runs with its index ascending, in registers; lanes never mix rows until the
//! weight gradient folds them once, at its end.

use super::madd::madd;
use wide::f32x4;

/// Outputs that share one read of the inputs.
const OUTPUTS: usize = 4;

/// `y[o] = b[o] + Σₖ w[o, k] · x[k]`
///
/// # Shapes
/// `w`: `[outputs, inputs]` · `b`: `[outputs]` · `x`: `[inputs][n]` · `y`: `[outputs][n]`
#[inline(never)]
pub fn forward(w: &[f32], b: &[f32], x: &[f32x4], y: &mut [f32x4], n: usize) {
    let inputs = x.len() / n;
    let blocks = w.chunks(OUTPUTS * inputs).zip(b.chunks(OUTPUTS)).zip(y.chunks_mut(OUTPUTS * n));
    for ((w, b), y) in blocks {
        match b.len() {
            4 => by_columns(n, |at, width| match width {
                1 => forward_tile::<4, 1>(w, b, x, y, n, at),
                _ => forward_tile::<4, 2>(w, b, x, y, n, at),
            }),
            outputs => {
                for o in 0..outputs {
                    let (w, b, y) = (&w[o * inputs..][..inputs], &b[o..=o], &mut y[o * n..][..n]);
                    by_columns(n, |at, width| match width {
                        1 => forward_tile::<1, 1>(w, b, x, y, n, at),
                        _ => forward_tile::<1, 2>(w, b, x, y, n, at),
                    });
                }
            }
        }
    }
}

/// Cuts `n` vectors into tiles of two, and one: browsers keep four outputs of three no longer in registers.
#[inline(always)]
pub(in crate::engine) fn by_columns(n: usize, mut tile: impl FnMut(usize, usize)) {
    for at in (0..n).step_by(2) {
        tile(at, (n - at).min(2));
    }
}

#[inline(always)]
fn forward_tile<const O: usize, const R: usize>(
    w: &[f32],
    b: &[f32],
    x: &[f32x4],
    y: &mut [f32x4],
    n: usize,
    at: usize,
) {
    let inputs = w.len() / O;
    let mut sum: [[f32x4; R]; O] = std::array::from_fn(|o| [f32x4::splat(b[o]); R]);
    let rows: [&[f32]; O] = std::array::from_fn(|o| &w[o * inputs..][..inputs]);
    for (k, x) in x.chunks_exact(n).enumerate() {
        let x: &[f32x4; R] = window(x, at);
        for o in 0..O {
            let w = f32x4::splat(rows[o][k]);
            for r in 0..R {
                sum[o][r] = madd(w, x[r], sum[o][r]);
            }
        }
    }
    for o in 0..O {
        y[o * n + at..][..R].copy_from_slice(&sum[o]);
    }
}

/// `dx[k] = Σₒ w[o, k] · dy[o]`, or `dx[k] += …` when `accumulate`.
///
/// # Shapes
/// `w`: `[outputs, inputs]` · `dy`: `[outputs][n]` · `dx`: `[inputs][n]`
#[inline(never)]
pub fn input_gradient(w: &[f32], dy: &[f32x4], dx: &mut [f32x4], n: usize, accumulate: bool) {
    let inputs = dx.len() / n;
    let mut k = 0;
    while k < inputs {
        let dx = &mut dx[k * n..];
        if inputs - k >= 4 {
            by_columns(n, |at, width| match width {
                1 => input_tile::<4, 1>(w, dy, dx, n, k, inputs, at, accumulate),
                _ => input_tile::<4, 2>(w, dy, dx, n, k, inputs, at, accumulate),
            });
            k += 4;
        } else {
            by_columns(n, |at, width| match width {
                1 => input_tile::<1, 1>(w, dy, dx, n, k, inputs, at, accumulate),
                _ => input_tile::<1, 2>(w, dy, dx, n, k, inputs, at, accumulate),
            });
            k += 1;
        }
    }
}

#[inline(always)]
#[allow(clippy::too_many_arguments)] // a tile is all coordinates
fn input_tile<const K: usize, const R: usize>(
    w: &[f32],
    dy: &[f32x4],
    dx: &mut [f32x4],
    n: usize,
    k: usize,
    inputs: usize,
    at: usize,
    accumulate: bool,
) {
    let mut sum = [[f32x4::ZERO; R]; K];
    for (w, dy) in w.chunks_exact(inputs).zip(dy.chunks_exact(n)) {
        let w: &[f32; K] = window(w, k);
        let dy: &[f32x4; R] = window(dy, at);
        for i in 0..K {
            let w = f32x4::splat(w[i]);
            for r in 0..R {
                sum[i][r] = madd(w, dy[r], sum[i][r]);
            }
        }
    }
    for i in 0..K {
        let dx = &mut dx[i * n + at..][..R];
        for r in 0..R {
            dx[r] = if accumulate { dx[r] + sum[i][r] } else { sum[i][r] };
        }
    }
}

/// Vectors of inputs that all outputs meet before the next ones: few enough to stay in the first-level cache.
const INPUT_BLOCK: usize = 1024;

/// `dw[o, k] = Σᵣ dy[o, r] · x[k, r]` and `db[o] = Σᵣ dy[o, r]`, or `+=` when `accumulate`.
///
/// # Shapes
/// `dy`: `[outputs][n]` · `x`: `[inputs][n]` · `dw`: `[outputs, inputs]` · `db`: `[outputs]`
#[inline(never)]
pub fn weight_gradient(
    dy: &[f32x4],
    x: &[f32x4],
    dw: &mut [f32],
    db: &mut [f32],
    n: usize,
    accumulate: bool,
) {
    let inputs = x.len() / n;
    let block = (INPUT_BLOCK / n).max(4) / 4 * 4;
    for (index, x) in x.chunks(block * n).enumerate() {
        for (dy, dw) in dy.chunks(2 * n).zip(dw.chunks_mut(2 * inputs)) {
            // An output or input that isn't there repeats the last; its sums are not stored.
            let outputs = dy.len() / n;
            let dy = [&dy[..n], &dy[(outputs - 1) * n..]];
            for (quad, x) in x.chunks(4 * n).enumerate() {
                let k = index * block + 4 * quad;
                let last = x.len() / n - 1;
                let x: [&[f32x4]; 4] = std::array::from_fn(|i| &x[i.min(last) * n..][..n]);
                let mut sums = [[f32x4::ZERO; 4]; 2];
                add_products(&mut sums, x, dy);
                for (o, sums) in sums.into_iter().enumerate().take(outputs) {
                    let sums = &fold4(sums).to_array()[..=last];
                    store(sums, &mut dw[o * inputs + k..][..=last], accumulate);
                }
            }
        }
    }
    bias_gradient(dy, db, n, accumulate);
}

/// `db[o] = Σᵣ dy[o, r]`, or `+=` when `accumulate`.
pub(in crate::engine) fn bias_gradient(dy: &[f32x4], db: &mut [f32], n: usize, accumulate: bool) {
    for (dy, db) in dy.chunks(4 * n).zip(db.chunks_mut(4)) {
        let mut sums = [f32x4::ZERO; 4];
        for (sum, dy) in sums.iter_mut().zip(dy.chunks_exact(n)) {
            *sum = dy.iter().fold(f32x4::ZERO, |sum, &d| sum + d);
        }
        store(&fold4(sums).to_array()[..db.len()], db, accumulate);
    }
}

/// Adds the products of each of two runs with each of four, lane by lane.
#[inline(always)]
pub(in crate::engine) fn add_products(sums: &mut [[f32x4; 4]; 2], four: [&[f32x4]; 4], two: [&[f32x4]; 2]) {
    let len = two[0].len();
    let (four, two) = (four.map(|run| &run[..len]), two.map(|run| &run[..len]));
    let mut sum = *sums;
    for r in 0..len {
        for i in 0..2 {
            for o in 0..4 {
                sum[i][o] = madd(four[o][r], two[i][r], sum[i][o]);
            }
        }
    }
    *sums = sum;
}

/// The four vectors' lane sums, each `(l₀ + l₂) + (l₁ + l₃)`.
#[inline(always)]
pub(in crate::engine) fn fold4(sums: [f32x4; 4]) -> f32x4 {
    let [a, b, c, d] = f32x4::transpose(sums);
    (a + c) + (b + d)
}

#[inline(always)]
pub(in crate::engine) fn store(from: &[f32], to: &mut [f32], accumulate: bool) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = if accumulate { *to + from } else { from };
    }
}

/// `N` neighbors from `at` on.
#[inline(always)]
pub(in crate::engine) fn window<T, const N: usize>(values: &[T], at: usize) -> &[T; N] {
    values[at..].first_chunk().unwrap_or_else(|| out_of_bounds())
}

#[cold]
fn out_of_bounds() -> ! {
    panic!("a tile reaches past its matrix")
}
