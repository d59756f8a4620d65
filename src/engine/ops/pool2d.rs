//! Pooling: the largest or the mean of each window, images as `[channel][y][x][row]`.

use crate::engine::cpu;
#[cfg(feature = "look")]
use crate::engine::exact::{self, Dual};
#[cfg(feature = "gpu")]
use crate::engine::gpu::{self, ACTIVATION, COMMON, Context, Grid, Recipe, SLOT};
use crate::nn::layers::{Pool2d, PoolKind};
#[cfg(feature = "gpu")]
use crate::nn::plan::Image;
use crate::nn::plan::{InputGradient, Op};
#[cfg(feature = "look")]
use std::ops::Range;
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

/// # Shapes
/// `x`: `[channels][height][width][n]` → `y`: `[channels][height′][width′][n]`, and `dy` → `dx` likewise
impl cpu::Compute for Pool2d {
    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let n = pass.values.n;
        let (x, y, _) = pass.values.around(op.input, op.output, 0);
        let share = f32x4::splat(1.0 / (self.size * self.size) as f32);
        windows(self, |output, pixels| {
            let y = &mut y[output * n..][..n];
            let mut first = true;
            for pixel in pixels {
                let x = &x[pixel * n..][..n];
                for (y, &x) in y.iter_mut().zip(x) {
                    *y = match self.kind {
                        _ if first => x,
                        // written so that a NaN, once met, stays
                        PoolKind::Max => (x.simd_le(*y)).bitselect(*y, x),
                        PoolKind::Average => *y + x,
                    };
                }
                first = false;
            }
            if self.kind == PoolKind::Average {
                y.iter_mut().for_each(|y| *y *= share);
            }
        });
    }

    /// Spreads `∂L/∂y` over the windows: to the first largest pixel, or to all alike.
    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        if op.input_gradient == InputGradient::Skip {
            return;
        }
        let n = pass.values.n;
        let (x, y) = (pass.values.of(op.input), pass.values.of(op.output));
        let (dx, dy, _) = pass.d.around(op.input, op.output, 0);
        if op.input_gradient == InputGradient::Write {
            dx.fill(f32x4::ZERO);
        }
        let share = f32x4::splat(1.0 / (self.size * self.size) as f32);
        windows(self, |output, pixels| {
            let (y, dy) = (&y[output * n..][..n], &mut dy[output * n..][..n]);
            for pixel in pixels {
                let (x, dx) = (&x[pixel * n..][..n], &mut dx[pixel * n..][..n]);
                for r in 0..n {
                    match self.kind {
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
}

#[cfg(feature = "gpu")]
impl gpu::Drive for Pool2d {
    fn forward(&self, context: &Context, index: usize, op: &Op) -> Recipe {
        let mut constants = context.slots(index, op);
        let numbers = [
            ("HEIGHT", self.from.height),
            ("WIDTH", self.from.width),
            ("TO_HEIGHT", self.to.height),
            ("TO_WIDTH", self.to.width),
            ("SIZE", self.size),
            ("STRIDE", self.stride),
            ("MEAN", usize::from(self.kind == PoolKind::Average)),
        ];
        constants.extend(numbers.map(|(name, number)| (name, number as f64)));
        Recipe {
            tiles: vec![],
            shared: &[COMMON, ACTIVATION, SLOT],
            source: include_str!("pool2d.wgsl"),
            entry: "forward",
            constants,
            grid: Grid::each(op.output.len),
            set: None,
        }
    }

    /// Windows that don't overlap hand back each; else each pixel gathers its own.
    fn backward(&self, context: &Context, index: usize, op: &Op) -> Option<Recipe> {
        let Image { channels, height, width } = self.from;
        let windows = channels * height.div_ceil(self.size) * width.div_ceil(self.size);
        let threads = if self.size == self.stride { windows } else { op.input.len };
        let recipe = self.forward(context, index, op);
        let wanted = op.input_gradient != InputGradient::Skip;
        wanted.then_some(Recipe { entry: "backward", grid: Grid::each(threads), ..recipe })
    }
}

#[cfg(feature = "look")]
/// Calls `f` with each window of one row: where its output and its pixels lie.
fn windows_of_row(pool: &Pool2d, n: usize, row: usize, mut f: impl FnMut(usize, &dyn Fn(usize) -> usize)) {
    let (from, to) = (pool.from, pool.to);
    for output in 0..to.size() {
        let (c, oy, ox) = (output / (to.height * to.width), output / to.width % to.height, output % to.width);
        let corner = (c * from.height + oy * pool.stride) * from.width + ox * pool.stride;
        f(output * n + row, &|i| (corner + i / pool.size * from.width + i % pool.size) * n + row);
    }
}

#[cfg(feature = "look")]
/// Where in its window the first largest value stands; a NaN counts as larger than all.
fn first_largest(pixels: Range<usize>, value: impl Fn(usize) -> f64) -> usize {
    pixels.fold(0, |best, i| if value(i) > value(best) || value(i).is_nan() { i } else { best })
}

#[cfg(feature = "look")]
impl exact::Differentiate for Pool2d {
    fn terms(&self, _op: &Op) -> usize {
        self.size * self.size
    }

    fn forward(&self, pass: exact::Forward) {
        let (x, n) = (pass.x, pass.n);
        let count = self.size * self.size;
        for row in 0..n {
            windows_of_row(self, n, row, |output, pixel| {
                pass.y[output] = match self.kind {
                    PoolKind::Max => x[pixel(first_largest(0..count, |i| x[pixel(i)].value))],
                    PoolKind::Average => {
                        (0..count).fold(Dual::ZERO, |sum, i| sum + x[pixel(i)]).times(1.0 / count as f64)
                    }
                };
            });
        }
    }

    fn backward(&self, op: &Op, pass: exact::Backward) {
        let (x, dy, n) = (pass.x, pass.dy, pass.n);
        let Some(dx) = exact::handed_back(op, pass.before, n) else { return };
        let count = self.size * self.size;
        for row in 0..n {
            windows_of_row(self, n, row, |output, pixel| match self.kind {
                PoolKind::Max => dx[pixel(first_largest(0..count, |i| x[pixel(i)].value))] += dy[output],
                PoolKind::Average => {
                    (0..count).for_each(|i| dx[pixel(i)] += dy[output].times(1.0 / count as f64))
                }
            });
        }
    }
}
