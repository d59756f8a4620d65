//! Principal components: the directions in which encoded rows spread most, as training rows have them.

use crate::error::{Error, Result};
use crate::math::dot;

/// Numbers that a row may have: the matrix of covariances has as many squared.
const MOST_WIDE: usize = 2000;
/// Products that summing covariances may take; of more rows only every n-th counts.
const MOST_PRODUCTS: usize = 1_000_000_000;
/// Narrower matrices are diagonalised whole, wider ones by a block of as many vectors.
const BLOCK: usize = 16;
/// Rounds of the block: it settles much sooner unless the spread is nearly the same all round.
const ROUNDS: usize = 300;

/// The first two principal components.
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    /// The mean row.
    pub mean: Vec<f64>,
    /// Unit vectors, at right angles, the wider spread first. The largest number of each is positive.
    pub axes: [Vec<f64>; 2],
    /// Each one's share of all variance, 0…1; 0 where nothing varies.
    pub shares: [f64; 2],
}

impl Components {
    /// Of the rows `train` of encoded `rows`, and of no others.
    ///
    /// # Shapes
    /// `rows`: `[rows, width]`
    ///
    /// # Errors
    /// [`Error::Data`] for rows of one number, or of too many.
    pub fn of(rows: &[f32], width: usize, train: &[u32]) -> Result<Components> {
        if !(2..=MOST_WIDE).contains(&width) {
            let what =
                format!("principal components take 2 to {MOST_WIDE} inputs, and the net is shown {width}");
            return Err(Error::Data { what });
        }
        let stride = (train.len() * width * width / MOST_PRODUCTS + 1).min(train.len().max(1));
        let chosen = || train.iter().step_by(stride).map(|&row| &rows[row as usize * width..][..width]);
        let count = chosen().count().max(1) as f64;
        let mut mean = vec![0.0; width];
        chosen().for_each(|row| mean.iter_mut().zip(row).for_each(|(sum, &x)| *sum += f64::from(x)));
        mean.iter_mut().for_each(|sum| *sum /= count);
        let mut matrix = vec![0.0; width * width];
        let mut centerd = vec![0.0; width];
        for row in chosen() {
            (0..width).for_each(|i| centerd[i] = f64::from(row[i]) - mean[i]);
            for i in 0..width {
                let own = centerd[i];
                let line = &mut matrix[i * width..][..=i];
                line.iter_mut().zip(&centerd).for_each(|(sum, x)| *sum += own * x);
            }
        }
        for i in 0..width {
            for j in 0..=i {
                let covariance = matrix[i * width + j] / count;
                (matrix[i * width + j], matrix[j * width + i]) = (covariance, covariance);
            }
        }
        let total: f64 = (0..width).map(|i| matrix[i * width + i]).sum();
        let [(first, x), (second, y)] =
            if width <= BLOCK { jacobi(matrix) } else { by_block(&matrix, width) };
        let share = |value: f64| if total > 0.0 { (value / total).clamp(0.0, 1.0) } else { 0.0 };
        Ok(Components { mean, axes: [x, y].map(pointed), shares: [share(first), share(second)] })
    }

    /// Where rows lie on the plane of the two.
    ///
    /// # Shapes
    /// `rows`: `[rows, width]` → `[rows, 2]`
    pub fn project(&self, rows: &[f32]) -> Vec<f32> {
        let place = |row: &[f32], axis: &[f64]| -> f32 {
            let parts = row.iter().zip(&self.mean).zip(axis).map(|((&x, mean), a)| (f64::from(x) - mean) * a);
            parts.sum::<f64>() as f32
        };
        rows.chunks_exact(self.mean.len())
            .flat_map(|row| [place(row, &self.axes[0]), place(row, &self.axes[1])])
            .collect()
    }
}

/// A direction has two ends: the one is taken that makes its largest number positive.
fn pointed(mut axis: Vec<f64>) -> Vec<f64> {
    let largest = axis.iter().fold(0.0_f64, |most, &x| if x.abs() > most.abs() { x } else { most });
    if largest < 0.0 {
        axis.iter_mut().for_each(|x| *x = -*x);
    }
    axis
}

type Pair = (f64, Vec<f64>);

/// The two largest eigenvalues of a symmetric matrix with their vectors, by Jacobi's rotations.
fn jacobi(matrix: Vec<f64>) -> [Pair; 2] {
    let (values, vectors) = diagonal(matrix);
    let n = values.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| values[j].total_cmp(&values[i]));
    [order[0], order[1]].map(|k| (values[k], (0..n).map(|i| vectors[i * n + k]).collect()))
}

/// Eigenvalues, and eigenvectors as columns.
fn diagonal(mut a: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
    let n = a.len().isqrt();
    let mut v: Vec<f64> = (0..n * n).map(|i| f64::from(u8::from(i % (n + 1) == 0))).collect();
    let scale: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..60 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| i * n + j)).map(|at| a[at] * a[at]).sum();
        if off <= scale * 1e-30 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                let apq = a[p * n + q];
                if apq == 0.0 {
                    continue;
                }
                let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * apq);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                let turn = |m: &mut [f64], i: usize, j: usize| {
                    let (x, y) = (m[i], m[j]);
                    (m[i], m[j]) = (c * x - s * y, s * x + c * y);
                };
                (0..n).for_each(|k| turn(&mut a, k * n + p, k * n + q));
                (0..n).for_each(|k| turn(&mut a, p * n + k, q * n + k));
                (0..n).for_each(|k| turn(&mut v, k * n + p, k * n + q));
            }
        }
    }
    ((0..n).map(|i| a[i * n + i]).collect(), v)
}

/// The same of a wide matrix: a block of vectors is multiplied by it again and again, and the small matrix that it makes
/// of their space is diagonalised (Rayleigh and Ritz).
fn by_block(matrix: &[f64], n: usize) -> [Pair; 2] {
    // Waves of all lengths: fixed, and at no right angle to anything in particular.
    let mut block: Vec<Vec<f64>> = (0..BLOCK)
        .map(|k| (0..n).map(|i| ((i * (2 * k + 3) + 7 * k) % 31) as f64 - 15.0).collect())
        .collect();
    orthonormal(&mut block);
    let mut before = f64::NAN;
    let mut found = [(0.0, vec![0.0; n]), (0.0, vec![0.0; n])];
    for _ in 0..ROUNDS {
        let image: Vec<Vec<f64>> =
            block.iter().map(|x| (0..n).map(|i| dot(&matrix[i * n..][..n], x)).collect()).collect();
        let small = (0..BLOCK * BLOCK).map(|at| dot(&block[at / BLOCK], &image[at % BLOCK])).collect();
        let pairs = jacobi(small);
        let mix = |of: &[Vec<f64>], parts: &[f64]| -> Vec<f64> {
            (0..n).map(|i| of.iter().zip(parts).map(|(x, part)| part * x[i]).sum()).collect()
        };
        found = pairs.map(|(value, parts)| (value, mix(&block, &parts)));
        let sum = found[0].0 + found[1].0;
        // How far the second is from being turned by the matrix only in length.
        let is_still = (sum - before).abs() <= 1e-13 * sum.abs() && residual(matrix, &found[1]) <= 1e-8 * sum;
        if is_still || sum == 0.0 {
            break;
        }
        before = sum;
        block = image;
        orthonormal(&mut block);
    }
    found
}

fn residual(matrix: &[f64], (value, x): &Pair) -> f64 {
    let n = x.len();
    (0..n).map(|i| (dot(&matrix[i * n..][..n], x) - value * x[i]).abs()).fold(0.0, f64::max)
}

/// Gram and Schmidt, twice over for the digits; a vector that the others span is replaced by zeros.
fn orthonormal(block: &mut [Vec<f64>]) {
    for k in 0..block.len() {
        let before = dot(&block[k], &block[k]).sqrt();
        for _ in 0..2 {
            for j in 0..k {
                let (done, rest) = block.split_at_mut(k);
                let part = dot(&done[j], &rest[0]);
                rest[0].iter_mut().zip(&done[j]).for_each(|(x, y)| *x -= part * y);
            }
        }
        let length = dot(&block[k], &block[k]).sqrt();
        let factor = if length > 1e-12 * before { 1.0 / length } else { 0.0 };
        block[k].iter_mut().for_each(|x| *x *= factor);
    }
}
