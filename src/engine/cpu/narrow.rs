//! The products of [`product`](super::product) for batches of at most twelve rows, the rule on toy data.
//!
//! The number of vectors a feature, `N`, is known to the compiler, so that a feature is a value in registers and no
//! loop over rows is left. Sums run in the same order: the bits are the same.

use super::madd::madd;
use super::product::{fold4, store};
use wide::f32x4;

/// All rows of one feature.
type Feature<const N: usize> = [f32x4; N];

/// `y[o] = b[o] + Σₖ w[o, k] · x[k]`
#[inline(never)]
pub fn forward<const N: usize>(w: &[f32], b: &[f32], x: &[f32x4], y: &mut [f32x4]) {
    let (x, y) = (x.as_chunks::<N>().0, y.as_chunks_mut::<N>().0);
    let inputs = x.len();
    let (quads, rest) = y.as_chunks_mut::<4>();
    let done = 4 * quads.len();
    for (o, y) in quads.iter_mut().enumerate() {
        *y = dot::<4, N>(&w[4 * o * inputs..], &b[4 * o..], x);
    }
    for (o, y) in (done..).zip(rest) {
        [*y] = dot::<1, N>(&w[o * inputs..], &b[o..], x);
    }
}

#[inline(always)]
fn dot<const O: usize, const N: usize>(w: &[f32], b: &[f32], x: &[Feature<N>]) -> [Feature<N>; O] {
    let rows: [&[f32]; O] = std::array::from_fn(|o| &w[o * x.len()..][..x.len()]);
    let mut sum: [Feature<N>; O] = std::array::from_fn(|o| [f32x4::splat(b[o]); N]);
    for (k, x) in x.iter().enumerate() {
        for o in 0..O {
            let w = f32x4::splat(rows[o][k]);
            for r in 0..N {
                sum[o][r] = madd(w, x[r], sum[o][r]);
            }
        }
    }
    sum
}

/// `dx[k] = Σₒ w[o, k] · dy[o]`, or `dx[k] += …` when `accumulate`.
#[inline(never)]
pub fn input_gradient<const N: usize>(w: &[f32], dy: &[f32x4], dx: &mut [f32x4], accumulate: bool) {
    let (dy, dx) = (dy.as_chunks::<N>().0, dx.as_chunks_mut::<N>().0);
    let inputs = dx.len();
    let (quads, rest) = dx.as_chunks_mut::<4>();
    let done = 4 * quads.len();
    for (k, dx) in quads.iter_mut().enumerate() {
        put(weighted::<4, N>(w, inputs, 4 * k, dy), dx, accumulate);
    }
    for (k, dx) in (done..).zip(rest) {
        put(weighted::<1, N>(w, inputs, k, dy), std::array::from_mut(dx), accumulate);
    }
}

#[inline(always)]
fn weighted<const K: usize, const N: usize>(
    w: &[f32],
    inputs: usize,
    k: usize,
    dy: &[Feature<N>],
) -> [Feature<N>; K] {
    let mut sum = [[f32x4::ZERO; N]; K];
    for (w, dy) in w.chunks_exact(inputs).zip(dy) {
        let w = &w[k..k + K];
        for i in 0..K {
            let w = f32x4::splat(w[i]);
            for r in 0..N {
                sum[i][r] = madd(w, dy[r], sum[i][r]);
            }
        }
    }
    sum
}

#[inline(always)]
fn put<const K: usize, const N: usize>(sum: [Feature<N>; K], dx: &mut [Feature<N>; K], accumulate: bool) {
    for i in 0..K {
        for r in 0..N {
            dx[i][r] = if accumulate { dx[i][r] + sum[i][r] } else { sum[i][r] };
        }
    }
}

/// `dw[o, k] = Σᵣ dy[o, r] · x[k, r]` and `db[o] = Σᵣ dy[o, r]`, or `+=` when `accumulate`.
#[inline(never)]
pub fn weight_gradient<const N: usize>(
    dy: &[f32x4],
    x: &[f32x4],
    dw: &mut [f32],
    db: &mut [f32],
    accumulate: bool,
) {
    let (dy, x) = (dy.as_chunks::<N>().0, x.as_chunks::<N>().0);
    let (quads, rest) = x.as_chunks::<4>();
    for (dy, dw) in dy.iter().zip(dw.chunks_exact_mut(x.len())) {
        let (dw_quads, dw_rest) = dw.as_chunks_mut::<4>();
        for (x, dw) in quads.iter().zip(dw_quads) {
            let [a, b, c, d] = x;
            let sums = [product(dy, a), product(dy, b), product(dy, c), product(dy, d)];
            store(&folded(sums), dw, accumulate);
        }
        if !rest.is_empty() {
            let sums = std::array::from_fn(|i| rest.get(i).map_or(f32x4::ZERO, |x| product(dy, x)));
            store(&folded(sums)[..rest.len()], dw_rest, accumulate);
        }
    }
    for (dy, db) in dy.chunks(4).zip(db.chunks_mut(4)) {
        let sums = std::array::from_fn(|i| dy.get(i).map_or(f32x4::ZERO, sum));
        store(&fold4(sums).to_array()[..db.len()], db, accumulate);
    }
}

#[inline(always)]
fn product<const N: usize>(dy: &Feature<N>, x: &Feature<N>) -> f32x4 {
    (1..N).fold(dy[0] * x[0], |sum, r| madd(dy[r], x[r], sum))
}

/// Lane sums of sums that don't begin with 0: it is added here, once, so that none of them is −0 as in no other product.
#[inline(always)]
fn folded(sums: [f32x4; 4]) -> [f32; 4] {
    (fold4(sums) + f32x4::ZERO).to_array()
}

#[inline(always)]
fn sum<const N: usize>(dy: &Feature<N>) -> f32x4 {
    dy.iter().fold(f32x4::ZERO, |sum, &d| sum + d)
}
