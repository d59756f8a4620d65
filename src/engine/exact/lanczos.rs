//! The largest eigenvalue of a symmetric matrix that is known by its products alone (Lanczos 1950).

use crate::math::dot;

/// Products, at most. From a start drawn at random, some fifty find the largest eigenvalue of a positive matrix to 1%
/// whatever its spectrum (Kuczyński & Woźniakowski 1992).
const PRODUCTS: usize = 120;

/// Products, at least, unless the space is exhausted: what the start holds little of comes up late.
const FIRST: usize = 24;

/// A residual of this share of the eigenvalue is sought, and of this one accepted when no product is left. Some
/// eigenvalue lies within the residual.
const SOUGHT: f64 = 1e-3;
const ACCEPTED: f64 = 1e-2;

/// An eigenvalue below this share of the matrix's norm is 0 but for rounding.
const NOTHING: f64 = 1e-9;

/// Numbers that the basis may take: 256 MB of them.
const MOST_NUMBERS: usize = 1 << 25;

/// The largest eigenvalue (the most positive, not the largest by size) to 1%, from a fixed start, with its eigenvector, of
/// length 1, among directions at right angles to `away`: orthonormal eigenvectors that are known already. `None` where that
/// many products don't find it, where numbers overflow, or where the basis would not fit into memory.
pub fn leading_eigenpair(
    size: usize,
    away: &[Vec<f64>],
    product: &mut dyn FnMut(&[f64]) -> Vec<f64>,
) -> Option<(f64, Vec<f64>)> {
    let room = (MOST_NUMBERS / size.max(1)).min(PRODUCTS);
    if room < size.min(4) || size <= away.len() {
        return None;
    }
    let turn_away = |vector: &mut [f64]| {
        for known in away {
            let share = dot(vector, known);
            vector.iter_mut().zip(known).for_each(|(x, k)| *x -= share * k);
        }
    };
    let product = &mut |direction: &[f64]| {
        let mut result = product(direction);
        turn_away(&mut result);
        result
    };
    let mut start = drawn(size);
    turn_away(&mut start);
    let mut left = PRODUCTS;
    loop {
        let first = if left == PRODUCTS { FIRST } else { 2 };
        let (found, taken) = lanczos(start, room.min(left), first, product)?;
        left -= taken;
        if found.is_settled || left == 0 {
            return (found.residual <= found.allowed(ACCEPTED)).then_some((found.value, found.vector));
        }
        start = found.vector; // the basis is full: again, from the best that it holds
    }
}

/// The best that a basis holds.
struct Found {
    value: f64,
    vector: Vec<f64>,
    residual: f64,
    /// The matrix's norm, as far as it is known.
    norm: f64,
    is_settled: bool,
}

impl Found {
    fn allowed(&self, share: f64) -> f64 {
        share * self.value.abs() + NOTHING * self.norm
    }
}

/// At most `most` products from `start`. What is found, and how many were taken; `None` where a number isn't finite.
fn lanczos(
    start: Vec<f64>,
    most: usize,
    first: usize,
    product: &mut dyn FnMut(&[f64]) -> Vec<f64>,
) -> Option<(Found, usize)> {
    let mut basis = vec![normalized(start)?];
    let (mut diagonal, mut beside) = (vec![], vec![]);
    loop {
        let taken = basis.len();
        let last = &basis[taken - 1];
        let mut next = product(last);
        diagonal.push(dot(&next, last));
        // Twice is enough (Parlett 1998); once leaves what cancellation made of it.
        for _ in 0..2 {
            for v in &basis {
                let share = dot(&next, v);
                next.iter_mut().zip(v).for_each(|(x, v)| *x -= share * v);
            }
        }
        let rest = dot(&next, &next).sqrt();
        let (value, ritz) = top_of_tridiagonal(&diagonal, &beside);
        let norm = diagonal.iter().chain(&beside).fold(0.0_f64, |norm, x: &f64| norm.max(x.abs()));
        if !(rest.is_finite() && value.is_finite()) {
            return None;
        }
        let is_exhausted = taken == next.len() || rest <= 1e-12 * norm;
        let residual = if is_exhausted { 0.0 } else { rest * ritz[taken - 1].abs() };
        let mut found = Found { value, vector: vec![], residual, norm, is_settled: is_exhausted };
        found.is_settled |= taken >= first && residual <= found.allowed(SOUGHT);
        if found.is_settled || taken == most {
            found.vector = vec![0.0; next.len()];
            for (v, share) in basis.iter().zip(ritz) {
                found.vector.iter_mut().zip(v).for_each(|(x, v)| *x += share * v);
            }
            return Some((found, taken));
        }
        beside.push(rest);
        next.iter_mut().for_each(|x| *x /= rest);
        basis.push(next);
    }
}

/// The largest eigenvalue of a symmetric tridiagonal matrix, and its eigenvector.
fn top_of_tridiagonal(diagonal: &[f64], beside: &[f64]) -> (f64, Vec<f64>) {
    let size = diagonal.len();
    let off = |i: usize| if i < beside.len() { beside[i].abs() } else { 0.0 };
    let reach = |i: usize| off(i) + if i > 0 { off(i - 1) } else { 0.0 };
    let edge = |sign: f64| (0..size).map(|i| sign * diagonal[i] + reach(i)).fold(f64::NEG_INFINITY, f64::max);
    let (mut below, mut above) = (-edge(-1.0), edge(1.0));
    // Pivots of T − x: all are negative just where x is above all eigenvalues.
    let pivots = |x: f64| {
        let mut pivots = vec![diagonal[0] - x];
        for i in 1..size {
            let before = pivots[i - 1];
            pivots.push(diagonal[i] - x - beside[i - 1] * beside[i - 1] / before);
        }
        pivots
    };
    for _ in 0..100 {
        let middle = 0.5 * (below + above);
        if pivots(middle).iter().all(|&pivot| pivot < 0.0) {
            above = middle;
        } else {
            below = middle;
        }
    }
    // Two rounds of inverse iteration from just above, where elimination needs no exchange of rows.
    let width = above.abs().max(edge(1.0).abs()).max(edge(-1.0).abs());
    let pivots = pivots(above + 1e-15 * width);
    let mut vector = vec![1.0; size];
    for _ in 0..3 {
        for i in 1..size {
            vector[i] -= beside[i - 1] / pivots[i - 1] * vector[i - 1];
        }
        for i in (0..size).rev() {
            let behind = if i + 1 < size { beside[i] * vector[i + 1] } else { 0.0 };
            let pivot = if pivots[i] == 0.0 { -f64::MIN_POSITIVE } else { pivots[i] };
            vector[i] = (vector[i] - behind) / pivot;
        }
        let length = dot(&vector, &vector).sqrt();
        vector.iter_mut().for_each(|x| *x /= length);
    }
    (above, vector)
}

/// Drawn, so that no symmetry of the model hides a direction; the same each time.
fn drawn(size: usize) -> Vec<f64> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24) - 0.5
    };
    (0..size).map(|_| next()).collect()
}

fn normalized(mut vector: Vec<f64>) -> Option<Vec<f64>> {
    let length = dot(&vector, &vector).sqrt();
    vector.iter_mut().for_each(|x| *x /= length);
    (length > 0.0 && length.is_finite()).then_some(vector)
}
