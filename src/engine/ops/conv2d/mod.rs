//! Convolution. On the CPU it is direct: no patches are copied out. Images are `[channel][y][x][row]`, so a tap
//! of the kernel meets all rows of the batch in neighboring vectors.
//!
//! The image is first copied with its zeros around it; then no loop needs to know of edges. The input
//! gradient is the same correlation, of `∂L/∂y` with the kernels turned by 180°.

#[cfg(feature = "look")]
mod exact;
#[cfg(feature = "gpu")]
mod gpu;

use crate::engine::cpu;
use crate::engine::cpu::madd::madd;
use crate::engine::cpu::product::{add_products, by_columns, fold4, store, window};
use crate::nn::layers::Conv2d;
use crate::nn::plan::{Image, InputGradient, Op};
use wide::f32x4;

/// Room for a padded image and for weights in the order the kernels read them.
#[derive(Clone, Default)]
pub struct Scratch {
    image: Vec<f32x4>,
    weights: Vec<f32>,
    /// Four outputs' sums a tap.
    sums: Vec<[f32x4; 4]>,
    /// Where taps lie from their window's corner on.
    offsets: Vec<usize>,
}

impl Scratch {
    /// Makes room for `conv` on `n` vectors of rows a feature; called before training, so that no step allocates.
    pub fn reserve(&mut self, conv: &Conv2d, n: usize) {
        let image = conv.padded.size().max(spread_gradient(conv).size()) * n;
        let blocks = conv.to.channels.div_ceil(4) * conv.from.channels;
        let turned_blocks = conv.from.channels.div_ceil(4) * conv.to.channels;
        let weights = blocks.max(turned_blocks) * 4 * conv.kernel * conv.kernel;
        self.image.resize(self.image.len().max(image), f32x4::ZERO);
        self.weights.resize(self.weights.len().max(weights), 0.0);
        let taps = (conv.from.channels * conv.kernel * conv.kernel).next_multiple_of(2);
        self.sums.resize(self.sums.len().max(taps), [f32x4::ZERO; 4]);
        let taps = conv.from.channels.max(conv.to.channels) * conv.kernel * conv.kernel;
        self.offsets.resize(self.offsets.len().max(taps), 0);
    }
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
        let image = &mut scratch.image[..self.padded.size() * n];
        spread(x, self.from, image, self.padded, self.before.map(|b| b as isize), 1, n);
        let (w, b) = (&pass.parameters[self.weight.clone()], &pass.parameters[self.bias.clone()]);
        let (inputs, taps) = (self.from.channels, self.kernel * self.kernel);
        let at = |o: usize, c: usize, tap: usize| w[(o * inputs + c) * taps + tap];
        pack(&mut scratch.weights, self.to.channels, inputs, taps, at);
        let shape =
            Correlation { from: self.padded, to: self.to, kernel: self.kernel, stride: self.stride, n };
        shape.run(image, (&scratch.weights, &mut scratch.offsets), |o| b[o], y, false);
        self.activation.forward(y, kept);
    }

    fn backward(&self, op: &Op, pass: &mut cpu::Backward) {
        let (n, accumulate) = (pass.values.n, pass.accumulate);
        let scratch = &mut pass.room.scratch;
        let (dx, dy, _) = pass.d.around(op.input, op.output, 0);
        self.activation.backward(dy, pass.values.of(op.output), pass.values.of(self.kept));
        let image = &mut scratch.image[..self.padded.size() * n];
        spread(
            pass.values.of(op.input),
            self.from,
            image,
            self.padded,
            self.before.map(|b| b as isize),
            1,
            n,
        );
        let (dw, db) = pass.gradients[self.weight.start..self.bias.end].split_at_mut(self.weight.len());
        weight_gradient(self, dy, image, &mut scratch.sums, dw, n, accumulate);
        bias_gradient(dy, db, accumulate);
        if op.input_gradient == InputGradient::Skip {
            return;
        }
        let from = spread_gradient(self);
        let image = &mut scratch.image[..from.size() * n];
        let shift = self.before.map(|before| self.kernel as isize - 1 - before as isize);
        spread(dy, self.to, image, from, shift, self.stride, n);
        let (inputs, taps) = (self.from.channels, self.kernel * self.kernel);
        let w = &pass.parameters[self.weight.clone()];
        let turned = |c: usize, o: usize, tap: usize| w[(o * inputs + c) * taps + taps - 1 - tap];
        pack(&mut scratch.weights, inputs, self.to.channels, taps, turned);
        let shape = Correlation { from, to: self.from, kernel: self.kernel, stride: 1, n };
        let add = op.input_gradient == InputGradient::Add;
        shape.run(image, (&scratch.weights, &mut scratch.offsets), |_| 0.0, dx, add);
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
    shift: [isize; 2],
    step: usize,
    n: usize,
) {
    image.fill(f32x4::ZERO);
    let target =
        |i: usize, shift: isize, length: usize| (i * step).checked_add_signed(shift).filter(|&i| i < length);
    for c in 0..from.channels {
        for y in 0..from.height {
            let Some(to_y) = target(y, shift[0], to.height) else {
                continue;
            };
            for px in 0..from.width {
                let Some(to_x) = target(px, shift[1], to.width) else {
                    continue;
                };
                let source = &x[((c * from.height + y) * from.width + px) * n..][..n];
                image[((c * to.height + to_y) * to.width + to_x) * n..][..n].copy_from_slice(source);
            }
        }
    }
}

/// Orders weights as the kernels read them: `[out / 4][in][tap][4 outs]`, missing outs as zeros.
fn pack(packed: &mut [f32], outs: usize, ins: usize, taps: usize, at: impl Fn(usize, usize, usize) -> f32) {
    let mut quads = packed.chunks_exact_mut(4);
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

/// Sizes of a correlation without edges.
struct Correlation {
    from: Image,
    to: Image,
    kernel: usize,
    stride: usize,
    n: usize,
}

impl Correlation {
    /// `y[o, p] = b[o] + Σ w[o, c, tap] · x[c, p·stride + tap]`, or `+=`, in the order of c and tap.
    fn run(
        &self,
        x: &[f32x4],
        scratch: (&[f32], &mut [usize]),
        b: impl Fn(usize) -> f32,
        y: &mut [f32x4],
        accumulate: bool,
    ) {
        let (from, to, n, k) = (self.from, self.to, self.n, self.kernel);
        let (packed, offsets) = scratch;
        let offsets = &mut offsets[..from.channels * k * k];
        for (tap, offset) in offsets.iter_mut().enumerate() {
            let (c, ky, kx) = (tap / (k * k), tap / k % k, tap % k);
            *offset = ((c * from.height + ky) * from.width + kx) * n;
        }
        let plane = to.height * to.width * n;
        // With a stride of one, neighbors in a line are neighbors in memory: the line is one run of vectors.
        let (runs, len) = if self.stride == 1 { (1, to.width * n) } else { (to.width, n) };
        for oy in 0..to.height {
            for run in 0..runs {
                let x = &x[(oy * from.width + run) * self.stride * n..];
                let blocks = packed.as_chunks().0.chunks_exact(offsets.len()).take(to.channels.div_ceil(4));
                for (block, w) in blocks.enumerate() {
                    let first = 4 * block;
                    let outs = (to.channels - first).min(4);
                    let bias = std::array::from_fn(|i| if i < outs { b(first + i) } else { 0.0 });
                    let y = &mut y[first * plane + oy * to.width * n + run * len..];
                    by_columns(len, |at, width| match width {
                        1 => put(tile::<1>(&x[at..], w, offsets, bias), y, plane, at, outs, accumulate),
                        _ => put(tile::<2>(&x[at..], w, offsets, bias), y, plane, at, outs, accumulate),
                    });
                }
            }
        }
    }
}

/// Four outputs of `R` neighboring vectors. One loop over all taps, since loops in loops cost as much as they compute.
#[inline(never)] // small functions get better registers
fn tile<const R: usize>(x: &[f32x4], w: &[[f32; 4]], offsets: &[usize], bias: [f32; 4]) -> [[f32x4; R]; 4] {
    let mut sum = bias.map(|b| [f32x4::splat(b); R]);
    for (w, &offset) in w.iter().zip(offsets) {
        let x: &[f32x4; R] = window(x, offset);
        for o in 0..4 {
            let w = f32x4::splat(w[o]);
            for r in 0..R {
                sum[o][r] = madd(w, x[r], sum[o][r]);
            }
        }
    }
    sum
}

#[inline(always)]
fn put<const R: usize>(
    sum: [[f32x4; R]; 4],
    y: &mut [f32x4],
    plane: usize,
    at: usize,
    outs: usize,
    accumulate: bool,
) {
    for o in 0..outs {
        let y = &mut y[o * plane + at..][..R];
        for r in 0..R {
            y[r] = if accumulate { y[r] + sum[o][r] } else { sum[o][r] };
        }
    }
}

/// `dw[o, c, tap] = Σ dy[o, p] · x[c, p·stride + tap]` over positions and rows; one lane sum at the end. Line by line, so
/// that what all taps meet stays in the first-level cache.
#[inline(never)]
fn weight_gradient(
    conv: &Conv2d,
    dy: &[f32x4],
    x: &[f32x4],
    sums: &mut [[f32x4; 4]],
    dw: &mut [f32],
    n: usize,
    accumulate: bool,
) {
    let (padded, to, k) = (conv.padded, conv.to, conv.kernel);
    let (line, plane) = (to.width * n, to.height * to.width * n);
    let taps = conv.from.channels * k * k;
    let sums = &mut sums[..taps.next_multiple_of(2)];
    for (dy, dw) in dy.chunks(4 * plane).zip(dw.chunks_mut(4 * taps)) {
        let outs = dy.len() / plane;
        // A missing output repeats the last, a missing tap too; their sums are not stored.
        let dy: [&[f32x4]; 4] = std::array::from_fn(|o| &dy[o.min(outs - 1) * plane..][..plane]);
        sums.fill([f32x4::ZERO; 4]);
        for oy in 0..to.height {
            let dy = dy.map(|dy| &dy[oy * line..][..line]);
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
                    add_products(sums, dy, x.map(|x| &x[..line]));
                } else {
                    for ox in 0..to.width {
                        let dy = dy.map(|dy| &dy[ox * n..][..n]);
                        add_products(sums, dy, x.map(|x| &x[ox * conv.stride * n..][..n]));
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

fn bias_gradient(dy: &[f32x4], db: &mut [f32], accumulate: bool) {
    let plane = dy.len() / db.len();
    for (dy, db) in dy.chunks_exact(plane).zip(db) {
        let sum = dy.iter().fold(f32x4::ZERO, |sum, &d| sum + d).to_array();
        let sum = (sum[0] + sum[2]) + (sum[1] + sum[3]);
        *db = if accumulate { *db + sum } else { sum };
    }
}
