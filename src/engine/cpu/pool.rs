//! Pooling on the CPU: the largest or the mean of each window, images as `[channel][y][x][row]`.

use super::arena::Arena;
use crate::nn::layer::PoolKind;
use crate::nn::plan::{InputGradient, Op, Pool2d};
use wide::f32x4;

/// Calls `f` with each window: the index of its output, and of each of its pixels in reading order.
fn windows(pool: &Pool2d, mut f: impl FnMut(usize, &mut dyn Iterator<Item = usize>)) {
    let (from, to) = (pool.from, pool.to);
    let mut output = 0;
    for c in 0..to.channels {
        for oy in 0..to.height {
            for ox in 0..to.width {
                let corner = (c * from.height + oy * pool.stride) * from.width + ox * pool.stride;
                let pixel = |i: usize| corner + i / pool.size * from.width + i % pool.size;
                f(output, &mut (0..pool.size * pool.size).map(pixel));
                output += 1;
            }
        }
    }
}

/// Computes the pooled image for the batch in `arena`.
///
/// # Shapes
/// `x`: `[channels][height][width][n]` → `y`: `[channels][height′][width′][n]`
pub fn forward(op: &Op, pool: &Pool2d, arena: &mut Arena) {
    let n = arena.n;
    let (x, y, _) = arena.around(op.input, op.output, 0);
    let share = f32x4::splat(1.0 / (pool.size * pool.size) as f32);
    windows(pool, |output, pixels| {
        let y = &mut y[output * n..][..n];
        let mut first = true;
        for pixel in pixels {
            let x = &x[pixel * n..][..n];
            for (y, &x) in y.iter_mut().zip(x) {
                *y = match pool.kind {
                    _ if first => x,
                    // written so that a NaN, once met, stays
                    PoolKind::Max => (x.simd_le(*y)).bitselect(*y, x),
                    PoolKind::Average => *y + x,
                };
            }
            first = false;
        }
        if pool.kind == PoolKind::Average {
            y.iter_mut().for_each(|y| *y *= share);
        }
    });
}

/// Spreads the `∂L/∂y` in `d` over the windows: to the first largest pixel, or to all alike.
///
/// # Shapes
/// `dy`: `[channels][height′][width′][n]` → `dx`: `[channels][height][width][n]`
pub fn backward(op: &Op, pool: &Pool2d, arena: &Arena, d: &mut Arena) {
    if op.input_gradient == InputGradient::Skip {
        return;
    }
    let n = arena.n;
    let (x, y) = (arena.of(op.input), arena.of(op.output));
    let (dx, dy, _) = d.around(op.input, op.output, 0);
    if op.input_gradient == InputGradient::Write {
        dx.fill(f32x4::ZERO);
    }
    let share = f32x4::splat(1.0 / (pool.size * pool.size) as f32);
    windows(pool, |output, pixels| {
        let (y, dy) = (&y[output * n..][..n], &mut dy[output * n..][..n]);
        for pixel in pixels {
            let (x, dx) = (&x[pixel * n..][..n], &mut dx[pixel * n..][..n]);
            for r in 0..n {
                match pool.kind {
                    PoolKind::Average => dx[r] += dy[r] * share,
                    PoolKind::Max => {
                        // What is handed out is gone, so that equal pixels don't both get it.
                        let here = x[r].simd_eq(y[r]);
                        dx[r] += here.bitselect(dy[r], f32x4::ZERO);
                        dy[r] = here.bitselect(f32x4::ZERO, dy[r]);
                    }
                }
            }
        }
    });
}
