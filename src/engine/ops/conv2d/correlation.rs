//! Kernels slid over an image: outputs, and the gradient of the inputs. What a window sees is copied next to each other,
//! and then they are products of panels as those of a wide dense layer.

use super::Scratch;
use crate::engine::cpu::packed::{Add, Pair, strip};
use crate::engine::cpu::product::window;
use crate::nn::plan::Image;
use wide::f32x4;

/// Sizes of a correlation without edges.
pub struct Correlation {
    pub from: Image,
    pub to: Image,
    pub kernel: usize,
    pub stride: usize,
    pub n: usize,
}

impl Correlation {
    /// `y[o, p] = b[o] + Σ w[o, c, tap] · x[c, p·stride + tap]`, or `+=` without b, in the order of c and tap. What a window
    /// sees is copied next to each other first, for all outputs: the loop over taps has nothing else to do then.
    pub fn run(&self, scratch: &mut Scratch, b: &[f32], y: &mut [f32x4], add: Add) {
        let (from, to, n, k) = (self.from, self.to, self.n, self.kernel);
        let taps = from.channels * k * k;
        let panels = &mut scratch.panels[..2 * taps];
        let plane = to.height * to.width * n;
        // With a stride of one, neighbors in a line are neighbors in memory: the line is one run of vectors.
        let (runs, len) = if self.stride == 1 { (1, to.width * n) } else { (to.width, n) };
        for (oy, run) in (0..to.height).flat_map(|oy| (0..runs).map(move |run| (oy, run))) {
            let x = &scratch.image[(oy * from.width + run) * self.stride * n..];
            let start = oy * to.width * n + run * len;
            for (y, &b) in y.chunks_exact_mut(plane).zip(b) {
                y[start..][..len].fill(f32x4::splat(b));
            }
            for at in (0..len).step_by(2) {
                let half = at / 2 % 2;
                if half == 0 {
                    self.see(&x[at..], panels);
                }
                let panel = &panels[half * taps..][..taps];
                let size = (to.channels, 4 * (len - at));
                let y: &mut [f32] = bytemuck::cast_slice_mut(&mut y[start + at..]);
                strip(&scratch.weights, panel, y, 4 * plane, size, add);
            }
        }
    }

    /// Copies four neighboring vectors of each tap of a window, a cache line of them, into two panels.
    fn see(&self, x: &[f32x4], panels: &mut [Pair]) {
        match self.kernel {
            3 => self.see_taps(3, x, panels),
            5 => self.see_taps(5, x, panels),
            k => self.see_taps(k, x, panels),
        }
    }

    #[inline(always)]
    fn see_taps(&self, k: usize, x: &[f32x4], panels: &mut [Pair]) {
        let (row, n) = (self.from.width * self.n, self.n);
        let reach = (k - 1) * n + 4;
        let (first, second) = panels.split_at_mut(panels.len() / 2);
        let squares = first.chunks_exact_mut(k * k).zip(second.chunks_exact_mut(k * k));
        for (c, (first, second)) in squares.enumerate() {
            let mut start = c * self.from.height * row;
            for (first, second) in first.chunks_exact_mut(k).zip(second.chunks_exact_mut(k)) {
                let x = &x[start..][..reach];
                for kx in 0..k {
                    let &[a, b, c, d] = window(x, kx * n);
                    (first[kx], second[kx]) = ([a, b], [c, d]);
                }
                start += row;
            }
        }
    }
}
