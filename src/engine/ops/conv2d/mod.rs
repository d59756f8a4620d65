//! Convolution. On the CPU images are `[channel][y][x][row]`, so a tap of the kernel meets all rows of the batch in
//! neighboring vectors. What a window sees of eight rows is copied side by side, and all outputs read it there.
//!
//! The image is first copied with its zeros around it; then no loop needs to know of edges. The input
//! gradient is the same correlation, of `∂L/∂y` with the kernels turned by 180°.

mod correlation;
#[cfg(feature = "look")]
mod exact;
#[cfg(feature = "gpu")]
mod gpu;

use crate::engine::cpu;
use crate::engine::cpu::madd::madd;
use crate::engine::cpu::packed::{Add, Pair, Quad};
use crate::engine::cpu::product::{fold4, store};
use crate::nn::layers::Conv2d;
use crate::nn::plan::{Image, InputGradient, Op};
use correlation::Correlation;
use wide::f32x4;

/// Room for a padded image and for weights in the order the kernels read them.
#[derive(Clone, Default)]
pub struct Scratch {
    image: Vec<f32x4>,
    weights: Vec<Quad>,
    /// What all taps of two windows meet.
    panels: Vec<Pair>,
    /// Four outputs' sums a tap.
    sums: Vec<[f32x4; 4]>,
    /// A line of four outputs' gradients.
    line: Vec<[f32x4; 4]>,
}

impl Scratch {
    /// Makes room for `conv` on `n` vectors of rows a feature; called before training, so that no step allocates.
    pub fn reserve(&mut self, conv: &Conv2d, n: usize) {
        // Panels read four neighbors, also of the last vector.
        let image = conv.padded.size().max(spread_gradient(conv).size()) * n + 3;
        grow(&mut self.image, image, f32x4::ZERO);
        let taps = conv.kernel * conv.kernel;
        let (forward, back) = (conv.from.channels * taps, conv.to.channels * taps);
        let weights = (conv.to.channels.div_ceil(4) * forward).max(conv.from.channels.div_ceil(4) * back);
        grow(&mut self.weights, weights, [0.0; 4]);
        grow(&mut self.panels, 2 * forward.max(back), [f32x4::ZERO; 2]);
        grow(&mut self.sums, forward.next_multiple_of(2), [f32x4::ZERO; 4]);
        grow(&mut self.line, conv.to.width * n, [f32x4::ZERO; 4]);
    }
}

fn grow<T: Clone>(room: &mut Vec<T>, len: usize, with: T) {
    room.resize(room.len().max(len), with);
}

/// # Shapes
/// `x`: `[in][height][width][n]` → `y`: `[out][height′][width′][n]` · `W`: `[out, in, kernel, kernel]` · `b`: `[out]`;
/// their gradients likewise
impl cpu::Compute for Conv2d {
    fn reserve(&self, _op: &Op, vectors: usize, room: &mut cpu::Room) {
        room.scratch.reserve(self, vectors);
    }

    fn forward(&self, op: &Op, pass: &mut cpu::Forward) {
        let n = pass.values.n;
        let scratch = &mut pass.room.scratch;
        let (x, y, kept) = pass.values.around(op.input, op.output, self.kept.len);
        spread(x, self.from, &mut scratch.image, self.padded, self.before, 1, n);
        let (w, b) = (&pass.parameters[self.weight.clone()], &pass.parameters[self.bias.clone()]);
        let (inputs, taps) = (self.from.channels, self.kernel * self.kernel);
        let at = |o: usize, c: usize, tap: usize| w[(o * inputs + c) * taps + tap];
        pack(&mut scratch.weights, self.to.channels, inputs, taps, at);
        let shape =
            Correlation { from: self.padded, to: self.to, kernel: self.kernel, stride: self.stride, n };
        shape.run(scratch, b, y, Add::First);
        self.activation.forward(y, kept);
    }

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        let (n, accumulate) = (pass.values.n, pass.accumulate);
        let scratch = &mut pass.room.scratch;
        let (dx, dy, _) = pass.d.around(op.input, op.output, 0);
        self.activation.backward(dy, pass.values.of(op.output), pass.values.of(self.kept));
        spread(pass.values.of(op.input), self.from, &mut scratch.image, self.padded, self.before, 1, n);
        let (dw, db) = pass.gradients[self.weight.start..self.bias.end].split_at_mut(self.weight.len());
        weight_gradient(self, dy, scratch, dw, n, accumulate);
        bias_gradient(dy, db, accumulate);
        if op.input_gradient == InputGradient::Skip {
            return;
        }
        let from = spread_gradient(self);
        let shift = self.before.map(|before| self.kernel - 1 - before);
        spread(dy, self.to, &mut scratch.image, from, shift, self.stride, n);
        let (inputs, taps) = (self.from.channels, self.kernel * self.kernel);
        let w = &pass.parameters[self.weight.clone()];
        let turned = |c: usize, o: usize, tap: usize| w[(o * inputs + c) * taps + taps - 1 - tap];
        pack(&mut scratch.weights, inputs, self.to.channels, taps, turned);
        let shape = Correlation { from, to: self.from, kernel: self.kernel, stride: 1, n };
        let add = if op.input_gradient == InputGradient::Add { Add::Last } else { Add::No };
        shape.run(scratch, &[], dx, add);
    }
}

/// The image that `∂L/∂y` is spread over for the input gradient: as large as the input and a kernel's reach more.
fn spread_gradient(conv: &Conv2d) -> Image {
    let reach = conv.kernel - 1;
    Image { channels: conv.to.channels, height: conv.from.height + reach, width: conv.from.width + reach }
}

/// Copies an image into a larger one of zeros: pixel (y, x) goes to (y·step + shift, x·step + shift); what falls
/// outside is dropped.
#[inline(never)]
fn spread(
    x: &[f32x4],
    from: Image,
    image: &mut [f32x4],
    to: Image,
    [top, left]: [usize; 2],
    step: usize,
    n: usize,
) {
    let zero = f32x4::ZERO;
    for (line, image) in image[..to.size() * n].chunks_exact_mut(to.width * n).enumerate() {
        let (c, down) = (line / to.height, (line % to.height).wrapping_sub(top));
        let y = down / step;
        if down % step > 0 || y >= from.height {
            image.fill(zero);
            continue;
        }
        let x = &x[(c * from.height + y) * from.width * n..][..from.width * n];
        let (before, image) = image.split_at_mut(left * n);
        before.fill(zero);
        if step == 1 {
            // A line of pixels is copied at once.
            let (pixels, after) = image.split_at_mut(x.len().min(image.len()));
            pixels.copy_from_slice(&x[..pixels.len()]);
            after.fill(zero);
        } else {
            image.fill(zero);
            for (pixel, x) in image.chunks_mut(step * n).zip(x.chunks_exact(n)) {
                pixel[..n].copy_from_slice(x);
            }
        }
    }
}

/// Orders weights as the kernels read them: `[out / 4][in][tap][4 outs]`, missing outs as zeros.
fn pack(packed: &mut [Quad], outs: usize, ins: usize, taps: usize, at: impl Fn(usize, usize, usize) -> f32) {
    let mut quads = packed.iter_mut();
    for block in 0..outs.div_ceil(4) {
        for c in 0..ins {
            for (tap, quad) in (0..taps).zip(&mut quads) {
                for (i, weight) in quad.iter_mut().enumerate() {
                    let o = 4 * block + i;
                    *weight = if o < outs { at(o, c, tap) } else { 0.0 };
                }
            }
        }
    }
}

/// `dw[o, c, tap] = Σ dy[o, p] · x[c, p·stride + tap]` over positions and rows; one lane sum at the end. Line by line, so
/// that what all taps meet stays in the first-level cache.
#[inline(never)]
fn weight_gradient(
    conv: &Conv2d,
    dy: &[f32x4],
    scratch: &mut Scratch,
    dw: &mut [f32],
    n: usize,
    accumulate: bool,
) {
    let (padded, to, k) = (conv.padded, conv.to, conv.kernel);
    let (line, plane) = (to.width * n, to.height * to.width * n);
    let taps = conv.from.channels * k * k;
    let (x, fours) = (&scratch.image, &mut scratch.line[..line]);
    let sums = &mut scratch.sums[..taps.next_multiple_of(2)];
    for (dy, dw) in dy.chunks(4 * plane).zip(dw.chunks_mut(4 * taps)) {
        let outs = dy.len() / plane;
        // A missing output repeats the last, a missing tap too; their sums are not stored.
        let dy: [&[f32x4]; 4] = std::array::from_fn(|o| &dy[o.min(outs - 1) * plane..][..plane]);
        sums.fill([f32x4::ZERO; 4]);
        for oy in 0..to.height {
            // Gradients of a position lie together: then they need one address.
            let dy = dy.map(|dy| &dy[oy * line..][..line]);
            for (i, four) in fours.iter_mut().enumerate() {
                *four = dy.map(|dy| dy[i]);
            }
            let start = oy * conv.stride;
            let corner = move |c: usize, ky: usize, kx: usize| {
                ((c * padded.height + start + ky) * padded.width + kx) * n
            };
            let rows = (0..conv.from.channels).flat_map(move |c| (0..k).map(move |ky| (c, ky)));
            let mut corners = rows.flat_map(move |(c, ky)| (0..k).map(move |kx| corner(c, ky, kx)));
            for sums in sums.as_chunks_mut().0 {
                let Some(first) = corners.next() else { break };
                let x = [&x[first..], &x[corners.next().unwrap_or(first)..]];
                if conv.stride == 1 {
                    add_products(sums, fours, x.map(|x| &x[..line]));
                } else {
                    for ox in 0..to.width {
                        let fours = &fours[ox * n..][..n];
                        add_products(sums, fours, x.map(|x| &x[ox * conv.stride * n..][..n]));
                    }
                }
            }
        }
        for (tap, &sums) in sums.iter().enumerate().take(taps) {
            for (o, sum) in fold4(sums).to_array().into_iter().take(outs).enumerate() {
                store(&[sum], &mut dw[o * taps + tap..=o * taps + tap], accumulate);
            }
        }
    }
}

/// Adds the products of each of two runs with four that lie together.
#[inline(always)]
fn add_products(sums: &mut [[f32x4; 4]; 2], fours: &[[f32x4; 4]], [a, b]: [&[f32x4]; 2]) {
    let mut sum = *sums;
    for ((four, &a), &b) in fours.iter().zip(a).zip(b) {
        for o in 0..4 {
            sum[0][o] = madd(four[o], a, sum[0][o]);
            sum[1][o] = madd(four[o], b, sum[1][o]);
        }
    }
    *sums = sum;
}

fn bias_gradient(dy: &[f32x4], db: &mut [f32], accumulate: bool) {
    let plane = dy.len() / db.len();
    for (dy, db) in dy.chunks_exact(plane).zip(db) {
        let sum = dy.iter().fold(f32x4::ZERO, |sum, &d| sum + d).to_array();
        let sum = (sum[0] + sum[2]) + (sum[1] + sum[3]);
        *db = if accumulate { *db + sum } else { sum };
    }
}
