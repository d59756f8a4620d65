//! Symmetric systems of equations by Cholesky's method, in f64.

/// The sum of products, in four running sums: as exact as one, and as fast as the processor adds.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a_fours, b_fours) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a_fours.remainder().iter().zip(b_fours.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a_fours.zip(b_fours) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// Adds `factor` times `b` to `a`.
pub(super) fn add_scaled(a: &mut [f64], factor: f64, b: &[f64]) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += factor * b);
}

/// All products of vectors with one another: `[count, count]` of `[count, length]`.
pub(super) fn gram(vectors: &[f64], length: usize) -> Vec<f64> {
    let count = vectors.len() / length;
    let mut products = vec![0.0; count * count];
    for i in 0..count {
        for j in 0..=i {
            let product = dot(&vectors[i * length..][..length], &vectors[j * length..][..length]);
            products[i * count + j] = product;
            products[j * count + i] = product;
        }
    }
    products
}

/// Solves `(matrix + shift · 1) · x = b` in place of `b`, for each of the right sides, one after the other in `sides`.
/// Where that has many solutions or, but for rounding, none, it is the shortest of those that come nearest.
pub(super) fn solve(matrix: &[f64], shift: f64, sides: &mut [f64]) {
    let size = matrix.len().isqrt();
    let mut factor = matrix.to_vec();
    (0..size).for_each(|i| factor[i * size + i] += shift);
    if cholesky(&mut factor, size) {
        sides.chunks_exact_mut(size).for_each(|side| substitute(&factor, size, side));
    } else {
        solve_singular(matrix, size, sides);
    }
}

/// A pivot below this share of its diagonal entry is 0 but for rounding.
const NOTHING: f64 = 1e-11;

/// The lower triangle L of `matrix = L · Lᵀ` in its place; false where there is none.
fn cholesky(matrix: &mut [f64], size: usize) -> bool {
    for i in 0..size {
        for j in 0..i {
            let done = dot(&matrix[i * size..][..j], &matrix[j * size..][..j]);
            matrix[i * size + j] = (matrix[i * size + j] - done) / matrix[j * size + j];
        }
        let row = &matrix[i * size..][..i];
        let diagonal = matrix[i * size + i];
        let pivot = diagonal - dot(row, row);
        if pivot <= NOTHING * diagonal || pivot.is_nan() {
            return false;
        }
        matrix[i * size + i] = pivot.sqrt();
    }
    true
}

/// Solves `L · Lᵀ · x = b`.
fn substitute(factor: &[f64], size: usize, side: &mut [f64]) {
    for i in 0..size {
        let done = dot(&factor[i * size..][..i], &side[..i]);
        side[i] = (side[i] - done) / factor[i * size + i];
    }
    for i in (0..size).rev() {
        side[i] /= factor[i * size + i];
        let solved = side[i];
        add_scaled(&mut side[..i], -solved, &factor[i * size..][..i]);
    }
}

/// With `matrix = L · Lᵀ`, L as wide as the rank: `x = L · M⁻¹ · M⁻¹ · Lᵀ · b` for `M = Lᵀ · L` is the shortest solution.
fn solve_singular(matrix: &[f64], size: usize, sides: &mut [f64]) {
    // The columns of L one after the other, by Cholesky's method with the largest pivot that is left each time.
    let mut columns: Vec<f64> = Vec::new();
    let original: Vec<f64> = (0..size).map(|i| matrix[i * size + i]).collect();
    let mut left = original.clone();
    let share = |left: &[f64], i: usize| if original[i] > 0.0 { left[i] / original[i] } else { 0.0 };
    let largest = |left: &[f64]| (0..size).max_by(|&i, &j| share(left, i).total_cmp(&share(left, j)));
    while let Some(next) = largest(&left).filter(|&next| share(&left, next) > NOTHING) {
        let root = left[next].sqrt();
        let mut column = matrix[next * size..][..size].to_vec();
        columns.chunks_exact(size).for_each(|known| add_scaled(&mut column, -known[next], known));
        column.iter_mut().for_each(|value| *value /= root);
        // Entries of earlier pivots are rounding.
        (0..size).filter(|&i| left[i] == 0.0).for_each(|i| column[i] = 0.0);
        left.iter_mut().zip(&column).for_each(|(left, value)| *left = (*left - value * value).max(0.0));
        left[next] = 0.0;
        columns.extend_from_slice(&column);
    }
    let rank = columns.len() / size;
    let mut inner = gram(&columns, size);
    let is_sound = cholesky(&mut inner, rank);
    for side in sides.chunks_exact_mut(size) {
        let mut short: Vec<f64> = columns.chunks_exact(size).map(|column| dot(column, side)).collect();
        side.fill(0.0);
        if is_sound {
            substitute(&inner, rank, &mut short);
            substitute(&inner, rank, &mut short);
            columns
                .chunks_exact(size)
                .zip(&short)
                .for_each(|(column, &factor)| add_scaled(side, factor, column));
        }
    }
}
