//! Layer and batch normalization, affine, ε 1e-5.

use super::tensor::Tensor;

const EPSILON: f64 = 1e-5;
/// The share of a batch's statistics in the running estimate.
const MOMENTUM: f64 = 0.1;

/// A batch normalization's running estimates, one number a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    pub mean: Vec<f64>,
    pub variance: Vec<f64>,
}

impl Running {
    pub fn new(channels: usize) -> Running {
        Running { mean: vec![0.0; channels], variance: vec![1.0; channels] }
    }
}

/// Normalizes each row over all of its features.
///
/// # Shapes
/// `x` and result: `[rows, …]` · `gain`, `bias`: one number a feature of a row
pub fn layer_norm(x: &Tensor, gain: &[f64], bias: &[f64]) -> Tensor {
    let width = x.width();
    let mut y = x.clone();
    for r in 0..x.rows() {
        let (mean, variance) = mean_and_variance(x.row(r));
        for i in 0..width {
            y.data[r * width + i] =
                (x.data[r * width + i] - mean) / (variance + EPSILON).sqrt() * gain[i] + bias[i];
        }
    }
    y
}

/// Normalizes each channel by the batch's mean and biased variance.
///
/// Moves `running` a tenth of the way to the batch's mean and *unbiased* variance.
///
/// # Shapes
/// `x` and result: `[rows, channels, …]` · `gain`, `bias`: `[channels]`
pub fn batch_norm_training(x: &Tensor, gain: &[f64], bias: &[f64], running: &mut Running) -> Tensor {
    let mut y = x.clone();
    for c in 0..gain.len() {
        let places = places_of_channel(x, c);
        let values: Vec<f64> = places.iter().map(|&i| x.data[i]).collect();
        let (mean, variance) = mean_and_variance(&values);
        for i in places {
            y.data[i] = (x.data[i] - mean) / (variance + EPSILON).sqrt() * gain[c] + bias[c];
        }
        let count = values.len() as f64;
        let unbiased = variance * count / (count - 1.0);
        running.mean[c] += MOMENTUM * (mean - running.mean[c]);
        running.variance[c] += MOMENTUM * (unbiased - running.variance[c]);
    }
    y
}

/// Normalizes each channel by the running estimates.
pub fn batch_norm_evaluation(x: &Tensor, gain: &[f64], bias: &[f64], running: &Running) -> Tensor {
    let mut y = x.clone();
    for c in 0..gain.len() {
        for i in places_of_channel(x, c) {
            y.data[i] =
                (x.data[i] - running.mean[c]) / (running.variance[c] + EPSILON).sqrt() * gain[c] + bias[c];
        }
    }
    y
}

/// Where the numbers of one channel lie in `[rows, channels, …]`.
fn places_of_channel(x: &Tensor, channel: usize) -> Vec<usize> {
    let channels = x.shape[1];
    let pixels: usize = x.shape[2..].iter().product();
    let mut places = Vec::new();
    for r in 0..x.rows() {
        for p in 0..pixels {
            places.push((r * channels + channel) * pixels + p);
        }
    }
    places
}

/// Mean and biased variance.
fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count;
    (mean, variance)
}
