//! Losses by name, each a mean over rows and outputs with the meaning PyTorch's default gives it.
//!
//! Cross-entropy takes logits. Two classes share one logit `o`, which means the two-class softmax of `(0, o)`;
//! label smoothing and class weights are those of that softmax. Every other loss sees a class as +1 and what isn't
//! the class as −1: one output for two classes, else one a class.

use super::activation::softplus;
use super::tensor::Tensor;
use serde_json::Value;

/// Losses on values; `hinge` expects ±1, so it goes with classes.
pub const VALUE_LOSSES: [&str; 5] = ["mse", "mae", "huber", "hinge", "half-mse"];

/// What a batch should come out as.
#[derive(Debug, Clone)]
pub enum Targets {
    /// `[rows, outputs]`
    Values(Tensor),
    /// A class index a row.
    Classes(Vec<usize>),
}

impl Targets {
    pub fn slice(&self, first: usize, last: usize) -> Targets {
        match self {
            Targets::Values(values) => Targets::Values(values.slice(first, last)),
            Targets::Classes(classes) => Targets::Classes(classes[first..last].to_vec()),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Loss {
    pub name: String,
    pub label_smoothing: f64,
    /// One weight a class, or empty for equal weights.
    pub class_weights: Vec<f64>,
}

impl Loss {
    pub fn named(name: &str) -> Loss {
        Loss { name: name.to_string(), label_smoothing: 0.0, class_weights: Vec::new() }
    }

    /// Reads `loss`, `labelSmoothing` and `classWeights` of a Spec's `training`.
    pub fn from_training(training: &Value, classes: Option<usize>) -> Loss {
        let name = match training["loss"].as_str().unwrap_or("auto") {
            "auto" if classes.is_some() => "cross-entropy",
            "auto" => "mse",
            name => name,
        };
        let weights = training["classWeights"].as_array();
        Loss {
            name: name.to_string(),
            label_smoothing: training["labelSmoothing"].as_f64().unwrap_or(0.0),
            class_weights: weights
                .into_iter()
                .flatten()
                .map(|w| w.as_f64().expect("a weight is a number"))
                .collect(),
        }
    }

    /// # Shapes
    /// `outputs`: `[rows, outputs]`, logits for cross-entropy
    pub fn value(&self, outputs: &Tensor, targets: &Targets) -> f64 {
        match targets {
            Targets::Classes(classes) if self.takes_logits() => self.cross_entropy(outputs, classes),
            Targets::Classes(classes) => self.mean(outputs, &signs(classes, outputs.width())),
            Targets::Values(values) => self.mean(outputs, values),
        }
    }

    /// The smallest distance of a row's outputs to a point where the loss has no derivative.
    pub fn distance_to_kink(&self, outputs: &Tensor, targets: &Targets, row: usize) -> f64 {
        let distance = |o: f64, y: f64| match self.name.as_str() {
            "mae" => (o - y).abs(),
            "hinge" => (1.0 - y * o).abs(),
            _ => f64::INFINITY,
        };
        let values = match targets {
            Targets::Classes(classes) => &signs(classes, outputs.width()),
            Targets::Values(values) => values,
        };
        let pairs = outputs.row(row).iter().zip(values.row(row));
        pairs.map(|(&o, &y)| distance(o, y)).fold(f64::INFINITY, f64::min)
    }

    pub fn takes_logits(&self) -> bool {
        self.name == "cross-entropy"
    }

    fn mean(&self, outputs: &Tensor, values: &Tensor) -> f64 {
        assert_eq!(outputs.shape, values.shape);
        let terms = outputs.data.iter().zip(&values.data).map(|(&o, &y)| self.term(o, y));
        terms.sum::<f64>() / outputs.data.len() as f64
    }

    /// One output's share before the mean.
    fn term(&self, o: f64, y: f64) -> f64 {
        let d = o - y;
        match self.name.as_str() {
            "mse" => d * d,
            "half-mse" => 0.5 * d * d,
            "mae" => d.abs(),
            "huber" if d.abs() <= 1.0 => 0.5 * d * d,
            "huber" => d.abs() - 0.5,
            "hinge" => (1.0 - y * o).max(0.0),
            name => panic!("{name} is not a loss on values"),
        }
    }

    /// `Σ_r [(1−ε)·w_y·(−ln p_y) + ε/K · Σ_c w_c·(−ln p_c)] / Σ_r w_y`.
    fn cross_entropy(&self, logits: &Tensor, classes: &[usize]) -> f64 {
        assert_eq!(logits.rows(), classes.len());
        let smoothing = self.label_smoothing;
        let weight = |class: usize| self.class_weights.get(class).copied().unwrap_or(1.0);
        let (mut sum, mut total) = (0.0, 0.0);
        for (r, &class) in classes.iter().enumerate() {
            let surprises = surprises(logits.row(r));
            let spread: f64 = surprises.iter().enumerate().map(|(c, s)| weight(c) * s).sum();
            sum += (1.0 - smoothing) * weight(class) * surprises[class]
                + smoothing / surprises.len() as f64 * spread;
            total += weight(class);
        }
        sum / total
    }
}

/// `[rows, outputs]` of ±1; a single output stands for the second of two classes.
fn signs(classes: &[usize], outputs: usize) -> Tensor {
    let sign = |yes: bool| if yes { 1.0 } else { -1.0 };
    let data = match outputs {
        1 => classes.iter().map(|&class| sign(class == 1)).collect(),
        _ => classes.iter().flat_map(|&class| (0..outputs).map(move |o| sign(class == o))).collect(),
    };
    Tensor::new(&[classes.len(), outputs], data)
}

/// `−ln p` of every class from one row's logits; one logit stands for `(0, o)`.
fn surprises(logits: &[f64]) -> Vec<f64> {
    if let [o] = *logits {
        return vec![softplus(o), softplus(-o)];
    }
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let rest = logits.iter().map(|o| (o - top).exp()).sum::<f64>().ln();
    logits.iter().map(|o| top + rest - o).collect()
}
