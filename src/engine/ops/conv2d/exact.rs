//! Convolution with second derivatives, one meeting of a weight with a pixel after the other.

use crate::engine::exact::product::dot;
use crate::engine::exact::{Backward, Differentiate, Forward, handed_back};
use crate::nn::layers::Conv2d;
use crate::nn::plan::Op;

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

impl Differentiate for Conv2d {
    fn terms(&self, _op: &Op) -> usize {
        self.from.channels * self.kernel * self.kernel
    }

    fn forward(&self, pass: Forward) {
        let (x, n) = (pass.x, pass.n);
        let (w, b) = (&pass.parameters[self.weight.clone()], &pass.parameters[self.bias.clone()]);
        let plane = self.to.height * self.to.width * n;
        for (y, &b) in pass.y.chunks_exact_mut(plane).zip(b) {
            y.fill(b);
        }
        meetings(self, |weight, input, output| {
            let w = w[weight];
            let x = &x[input * n..][..n];
            pass.y[output * n..][..n].iter_mut().zip(x).for_each(|(y, &x)| *y += w * x);
        });
    }

    fn backward(&self, op: &Op, pass: Backward) {
        let (x, dy, n) = (pass.x, pass.dy, pass.n);
        let w = &pass.parameters[self.weight.clone()];
        let (dw, db) = pass.gradient[self.weight.start..self.bias.end].split_at_mut(self.weight.len());
        let mut dx = handed_back(op, pass.before, n);
        let plane = self.to.height * self.to.width * n;
        for (dy, db) in dy.chunks_exact(plane).zip(db) {
            dy.iter().for_each(|&dy| *db += dy);
        }
        meetings(self, |weight, input, output| {
            let dy = &dy[output * n..][..n];
            dw[weight] += dot(dy, &x[input * n..][..n]);
            if let Some(dx) = dx.as_deref_mut() {
                dx[input * n..][..n].iter_mut().zip(dy).for_each(|(dx, &dy)| *dx += w[weight] * dy);
            }
        });
    }
}
