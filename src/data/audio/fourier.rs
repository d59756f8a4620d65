//! The discrete Fourier transform of a power of two of numbers.

use std::f64::consts::TAU;

/// A transform of one size: its roots of unity, and the order in which numbers come to the first stage.
pub(super) struct Fourier {
    roots: Vec<(f64, f64)>,
    order: Vec<usize>,
}

impl Fourier {
    /// `size`: a power of two.
    pub(super) fn new(size: usize) -> Fourier {
        let root = |k: usize| {
            let angle = TAU * k as f64 / size as f64;
            (libm::cos(angle), -libm::sin(angle))
        };
        let shift = usize::BITS - size.trailing_zeros();
        let order = (0..size).map(|i| if size > 1 { i.reverse_bits() >> shift } else { 0 });
        Fourier { roots: (0..size / 2).map(root).collect(), order: order.collect() }
    }

    /// In place: real and imaginary parts.
    fn transform(&self, re: &mut [f64], im: &mut [f64]) {
        let size = self.order.len();
        for (i, &j) in self.order.iter().enumerate() {
            if i < j {
                re.swap(i, j);
                im.swap(i, j);
            }
        }
        let mut half = 1;
        while half < size {
            let stride = size / (2 * half);
            for start in (0..size).step_by(2 * half) {
                for k in 0..half {
                    let (c, s) = self.roots[k * stride];
                    let (a, b) = (start + k, start + k + half);
                    let (x, y) = (re[b] * c - im[b] * s, re[b] * s + im[b] * c);
                    (re[b], im[b]) = (re[a] - x, im[a] - y);
                    (re[a], im[a]) = (re[a] + x, im[a] + y);
                }
            }
            half *= 2;
        }
    }

    /// The power at each of `size / 2 + 1` frequencies of two real signals at once, one of which came in `re`, the other in
    /// `im`: the transform of a real signal is its own mirror image, so two can be told apart afterwards.
    pub(super) fn powers(&self, re: &mut [f64], im: &mut [f64], first: &mut [f64], second: &mut [f64]) {
        self.transform(re, im);
        let size = self.order.len();
        for k in 0..=size / 2 {
            let mirror = (size - k) % size;
            let square = |x: f64, y: f64| (x * x + y * y) / 4.0;
            first[k] = square(re[k] + re[mirror], im[k] - im[mirror]);
            second[k] = square(im[k] + im[mirror], re[mirror] - re[k]);
        }
    }
}
