//! What slides over an image: convolution and pooling, one window after the other.

use super::Dual;
use super::dense::dot;
use crate::nn::layer::PoolKind;
use crate::nn::plan::{Conv2d, Pool2d};
use std::ops::Range;

/// Calls `f` with every meeting of a weight with a pixel: where the weight, the input and the output lie. What meets the
/// zeros around the image is left out.
fn meetings(conv: &Conv2d, mut f: impl FnMut(usize, usize, usize)) {
    let (from, to, k) = (conv.from, conv.to, conv.kernel);
    let inside = |at: usize, tap: usize, before: usize, length: usize| {
        (at * conv.stride + tap).checked_sub(before).filter(|&at| at < length)
    };
    for o in 0..to.channels {
        for c in 0..from.channels {
            for tap in 0..k * k {
                let weight = (o * from.channels + c) * k * k + tap;
                for oy in 0..to.height {
                    let Some(y) = inside(oy, tap / k, conv.before[0], from.height) else { continue };
                    for ox in 0..to.width {
                        let Some(x) = inside(ox, tap % k, conv.before[1], from.width) else { continue };
                        let input = (c * from.height + y) * from.width + x;
                        f(weight, input, (o * to.height + oy) * to.width + ox);
                    }
                }
            }
        }
    }
}

/// `y[o] = b[o] + Σ W[o] ⋆ x`
pub fn conv_forward(conv: &Conv2d, w: &[Dual], b: &[Dual], x: &[Dual], y: &mut [Dual], n: usize) {
    let plane = conv.to.height * conv.to.width * n;
    for (y, &b) in y.chunks_exact_mut(plane).zip(b) {
        y.fill(b);
    }
    meetings(conv, |weight, input, output| {
        let w = w[weight];
        let x = &x[input * n..][..n];
        y[output * n..][..n].iter_mut().zip(x).for_each(|(y, &x)| *y += w * x);
    });
}

/// Adds to the gradients of weights and biases, and of the input where one is wanted.
pub fn conv_backward(
    conv: &Conv2d,
    w: &[Dual],
    x: &[Dual],
    dy: &[Dual],
    gradients: (&mut [Dual], &mut [Dual]),
    mut dx: Option<&mut [Dual]>,
    n: usize,
) {
    let (dw, db) = gradients;
    let plane = conv.to.height * conv.to.width * n;
    for (dy, db) in dy.chunks_exact(plane).zip(db) {
        dy.iter().for_each(|&dy| *db += dy);
    }
    meetings(conv, |weight, input, output| {
        let dy = &dy[output * n..][..n];
        dw[weight] += dot(dy, &x[input * n..][..n]);
        if let Some(dx) = dx.as_deref_mut() {
            dx[input * n..][..n].iter_mut().zip(dy).for_each(|(dx, &dy)| *dx += w[weight] * dy);
        }
    });
}

/// Calls `f` with each window of one row: where its output and its pixels lie.
fn windows(pool: &Pool2d, n: usize, row: usize, mut f: impl FnMut(usize, &dyn Fn(usize) -> usize)) {
    let (from, to) = (pool.from, pool.to);
    for output in 0..to.len() {
        let (c, oy, ox) = (output / (to.height * to.width), output / to.width % to.height, output % to.width);
        let corner = (c * from.height + oy * pool.stride) * from.width + ox * pool.stride;
        f(output * n + row, &|i| (corner + i / pool.size * from.width + i % pool.size) * n + row);
    }
}

/// Where in its window the first largest value stands; a NaN counts as larger than all.
fn first_largest(pixels: Range<usize>, value: impl Fn(usize) -> f64) -> usize {
    pixels.fold(0, |best, i| if value(i) > value(best) || value(i).is_nan() { i } else { best })
}

/// The largest or the mean of each window.
pub fn pool_forward(pool: &Pool2d, x: &[Dual], y: &mut [Dual], n: usize) {
    let count = pool.size * pool.size;
    for row in 0..n {
        windows(pool, n, row, |output, pixel| {
            y[output] = match pool.kind {
                PoolKind::Max => x[pixel(first_largest(0..count, |i| x[pixel(i)].value))],
                PoolKind::Average => {
                    (0..count).fold(Dual::ZERO, |sum, i| sum + x[pixel(i)]).times(1.0 / count as f64)
                }
            };
        });
    }
}

/// Hands `dy` to the first largest pixel, or to all alike.
pub fn pool_backward(pool: &Pool2d, x: &[Dual], dy: &[Dual], dx: &mut [Dual], n: usize) {
    let count = pool.size * pool.size;
    for row in 0..n {
        windows(pool, n, row, |output, pixel| match pool.kind {
            PoolKind::Max => dx[pixel(first_largest(0..count, |i| x[pixel(i)].value))] += dy[output],
            PoolKind::Average => {
                (0..count).for_each(|i| dx[pixel(i)] += dy[output].times(1.0 / count as f64))
            }
        });
    }
}
