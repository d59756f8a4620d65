//! Layers that slide a square window over an image: convolution, maximum and average pooling.

use super::tensor::Tensor;

/// What happens at an image's border.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Padding {
    /// Only windows that lie wholly inside.
    Valid,
    /// Zeros around the image, so that the result has `ceil(in / stride)` places along each axis.
    Same,
}

/// One axis of a sliding window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Places the window stops at.
    pub out: usize,
    /// Zeros before the first pixel.
    pub before: usize,
}

/// Lays windows of `kernel` pixels, `stride` apart, along an axis of `size` pixels.
///
/// With `Same` the total padding is `max((out − 1)·stride + kernel − size, 0)`, its smaller half first.
pub fn axis(size: usize, kernel: usize, stride: usize, padding: Padding) -> Axis {
    match padding {
        Padding::Valid => Axis { out: (size - kernel) / stride + 1, before: 0 },
        Padding::Same => {
            let out = size.div_ceil(stride);
            let total = ((out - 1) * stride + kernel).saturating_sub(size);
            Axis { out, before: total / 2 }
        }
    }
}

/// Cross-correlation of every filter with every window, plus a bias.
///
/// # Shapes
/// `x`: `[rows, channels, height, width]` · `weight`: `[filters, channels, kernel, kernel]` · `bias`: `[filters]` ·
/// result: `[rows, filters, height', width']`
pub fn conv2d(
    x: &Tensor,
    weight: &[f64],
    bias: &[f64],
    kernel: usize,
    stride: usize,
    padding: Padding,
) -> Tensor {
    let [rows, channels, height, width] = image_shape(x);
    let (tall, wide) = (axis(height, kernel, stride, padding), axis(width, kernel, stride, padding));
    let filters = bias.len();
    let mut y = Tensor::zeros(&[rows, filters, tall.out, wide.out]);
    let mut next = 0;
    for r in 0..rows {
        for f in 0..filters {
            for oy in 0..tall.out {
                for ox in 0..wide.out {
                    let mut sum = bias[f];
                    for c in 0..channels {
                        for ky in 0..kernel {
                            for kx in 0..kernel {
                                let (py, px) = (oy * stride + ky, ox * stride + kx);
                                if py < tall.before || px < wide.before {
                                    continue;
                                }
                                let (iy, ix) = (py - tall.before, px - wide.before);
                                if iy >= height || ix >= width {
                                    continue;
                                }
                                let w = weight[((f * channels + c) * kernel + ky) * kernel + kx];
                                sum += w * x.data[((r * channels + c) * height + iy) * width + ix];
                            }
                        }
                    }
                    y.data[next] = sum;
                    next += 1;
                }
            }
        }
    }
    y
}

/// The largest pixel of each window, without padding.
pub fn max_pool2d(x: &Tensor, size: usize, stride: usize) -> Tensor {
    pool(x, size, stride, |window| window.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// The mean of each window, without padding.
pub fn avg_pool2d(x: &Tensor, size: usize, stride: usize) -> Tensor {
    pool(x, size, stride, |window| window.iter().sum::<f64>() / window.len() as f64)
}

/// By how much the largest pixel of each window leads the second; ∞ for a window of one pixel.
pub fn max_pool2d_lead(x: &Tensor, size: usize, stride: usize) -> Tensor {
    pool(x, size, stride, |window| {
        let mut sorted = window.to_vec();
        sorted.sort_by(|a, b| b.total_cmp(a));
        if sorted.len() < 2 { f64::INFINITY } else { sorted[0] - sorted[1] }
    })
}

/// # Shapes
/// `x`: `[rows, channels, height, width]` · result: `[rows, channels, height', width']`
fn pool(x: &Tensor, size: usize, stride: usize, reduce: impl Fn(&[f64]) -> f64) -> Tensor {
    let [rows, channels, height, width] = image_shape(x);
    let (tall, wide) =
        (axis(height, size, stride, Padding::Valid), axis(width, size, stride, Padding::Valid));
    let mut y = Tensor::zeros(&[rows, channels, tall.out, wide.out]);
    let mut next = 0;
    for plane in 0..rows * channels {
        for oy in 0..tall.out {
            for ox in 0..wide.out {
                let mut window = Vec::with_capacity(size * size);
                for ky in 0..size {
                    for kx in 0..size {
                        window.push(x.data[(plane * height + oy * stride + ky) * width + ox * stride + kx]);
                    }
                }
                y.data[next] = reduce(&window);
                next += 1;
            }
        }
    }
    y
}

fn image_shape(x: &Tensor) -> [usize; 4] {
    <[usize; 4]>::try_from(x.shape.as_slice()).expect("an image is [rows, channels, height, width]")
}
