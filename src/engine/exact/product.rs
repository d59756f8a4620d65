//! Products of a dense layer, several rows at a time: `[feature][row]`, as in the CPU engine.

use super::Dual;

/// Rows whose sums stand in registers.
const TILE: usize = 4;

/// `y[o] = b[o] + Σ W[o, i]·x[i]`
pub fn forward(w: &[Dual], b: &[Dual], x: &[Dual], y: &mut [Dual], n: usize) {
    let inputs = x.len() / n;
    for (o, y) in y.chunks_exact_mut(n).enumerate() {
        y.fill(b[o]);
        add_sums(y, n, inputs, |i| w[o * inputs + i], x);
    }
}

/// `∂L/∂x[i] += Σ W[o, i]·dy[o]`
pub fn input_gradient(w: &[Dual], dy: &[Dual], dx: &mut [Dual], n: usize) {
    let (inputs, outputs) = (dx.len() / n, dy.len() / n);
    for (i, dx) in dx.chunks_exact_mut(n).enumerate() {
        add_sums(dx, n, outputs, |o| w[o * inputs + i], dy);
    }
}

/// `to[row] += Σ factor(k)·from[k][row]` over `terms` terms.
#[inline(always)]
fn add_sums(to: &mut [Dual], n: usize, terms: usize, factor: impl Fn(usize) -> Dual, from: &[Dual]) {
    let whole = n - n % TILE;
    for row in (0..whole).step_by(TILE) {
        let mut sums = [Dual::ZERO; TILE];
        for k in 0..terms {
            let (w, from) = (factor(k), &from[k * n + row..][..TILE]);
            for t in 0..TILE {
                sums[t] += w * from[t];
            }
        }
        for t in 0..TILE {
            to[row + t] += sums[t];
        }
    }
    for row in whole..n {
        for k in 0..terms {
            to[row] += factor(k) * from[k * n + row];
        }
    }
}

/// `∂L/∂W[o, i] += Σ dy[o]·x[i]` over rows, and `∂L/∂b[o] += Σ dy[o]`
pub fn weight_gradient(dy: &[Dual], x: &[Dual], dw: &mut [Dual], db: &mut [Dual], n: usize) {
    let inputs = x.len() / n;
    for (o, dy) in dy.chunks_exact(n).enumerate() {
        dy.iter().for_each(|&dy| db[o] += dy);
        for (dw, x) in dw[o * inputs..][..inputs].iter_mut().zip(x.chunks_exact(n)) {
            *dw += dot(dy, x);
        }
    }
}

/// `Σ a·b`
#[inline(always)]
pub fn dot(a: &[Dual], b: &[Dual]) -> Dual {
    let (mut sums, mut rest) = ([Dual::ZERO; TILE], Dual::ZERO);
    let (a_tiles, b_tiles) = (a.chunks_exact(TILE), b.chunks_exact(TILE));
    for (&a, &b) in a_tiles.remainder().iter().zip(b_tiles.remainder()) {
        rest += a * b;
    }
    for (a, b) in a_tiles.zip(b_tiles) {
        for t in 0..TILE {
            sums[t] += a[t] * b[t];
        }
    }
    sums.into_iter().fold(rest, |sum, part| sum + part)
}
