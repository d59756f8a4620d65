//! A whole net: the Spec's layers, the output layer its task implies, and flat f64 parameters to a loss.

use super::activation::{activation, distance_to_kink, sigmoid};
use super::dense::dense;
use super::layer::{Layer, read_layers};
use super::loss::{Loss, Targets};
use super::norm::{Running, batch_norm_evaluation, batch_norm_training, layer_norm};
use super::tensor::Tensor;
use super::window::{avg_pool2d, conv2d, max_pool2d, max_pool2d_lead};
use serde_json::{Value, json};

/// Layers, ending in the implied output layer, and the loss on what comes out.
#[derive(Debug, Clone)]
pub struct Net {
    layers: Vec<Layer>,
    pub loss: Loss,
    pub classes: Option<usize>,
}

/// What a forward pass needs besides parameters and inputs, and what it leaves behind.
#[derive(Debug, Clone)]
pub struct Pass {
    /// Batch normalization by the batch and dropout by `masks`; otherwise by running estimates, without dropout.
    pub training: bool,
    /// One 0-or-1 mask a dropout layer, in order; a missing one keeps everything.
    pub masks: Vec<Tensor>,
    /// One a batch normalization, in order; moved by a training pass.
    pub running: Vec<Running>,
    /// Per row: how far its nearest pre-activation lies from a kink, or a pooled maximum from its runner-up.
    pub clearance: Vec<f64>,
    dropouts_seen: usize,
    norms_seen: usize,
}

impl Net {
    /// `shape` is a row's shape; `outputs` counts target columns and is unused where `classes` is given.
    pub fn from_spec(spec: &Value, shape: &[usize], outputs: usize, classes: Option<usize>) -> Net {
        let units = match classes {
            Some(2) => 1,
            Some(classes) => classes,
            None => outputs,
        };
        let output = spec["model"]["outputActivation"].as_str().unwrap_or("linear");
        let mut all = spec["model"]["layers"].as_array().expect("layers are an array").clone();
        all.push(json!({"type": "dense", "units": units, "activation": output}));
        let layers = read_layers(&Value::Array(all), &mut shape.to_vec());
        Net { layers, loss: Loss::from_training(&spec["training"], classes), classes }
    }

    /// Shapes of all parameter tensors, in the order of the flat parameters.
    pub fn parameter_shapes(&self) -> Vec<Vec<usize>> {
        self.layers.iter().flat_map(Layer::parameter_shapes).collect()
    }

    /// How many numbers the flat parameters hold.
    pub fn parameter_count(&self) -> usize {
        self.parameter_shapes().iter().map(|shape| shape.iter().product::<usize>()).sum()
    }

    /// A pass with fresh running estimates and no masks.
    pub fn pass(&self, training: bool) -> Pass {
        let norms = self.layers.iter().flat_map(Layer::batch_norms);
        Pass {
            training,
            masks: Vec::new(),
            running: norms.map(Running::new).collect(),
            clearance: Vec::new(),
            dropouts_seen: 0,
            norms_seen: 0,
        }
    }

    /// The outputs (logits for classes) of every row.
    pub fn forward(&self, parameters: &[f64], inputs: &Tensor, pass: &mut Pass) -> Tensor {
        pass.clearance = vec![f64::INFINITY; inputs.rows()];
        (pass.dropouts_seen, pass.norms_seen) = (0, 0);
        let mut rest = parameters;
        let outputs = forward_layers(&self.layers, &mut rest, inputs, pass);
        assert!(rest.is_empty(), "{} parameters too many", rest.len());
        outputs
    }

    /// Predictions in evaluation, with fresh running estimates.
    pub fn predict(&self, parameters: &[f64], inputs: &Tensor) -> Tensor {
        self.predictions(&self.forward(parameters, inputs, &mut self.pass(false)))
    }

    /// What outputs mean: values and scores on ±1 stay; logits become probabilities (of the second alone for two classes).
    pub fn predictions(&self, outputs: &Tensor) -> Tensor {
        match self.classes.filter(|_| self.loss.takes_logits()) {
            None => outputs.clone(),
            Some(2) => outputs.map(sigmoid),
            Some(classes) => {
                let rows = outputs.data.chunks(classes).flat_map(softmax).collect();
                Tensor::new(&outputs.shape, rows)
            }
        }
    }

    /// The loss alone, without penalties.
    pub fn loss(&self, parameters: &[f64], inputs: &Tensor, targets: &Targets, pass: &mut Pass) -> f64 {
        let outputs = self.forward(parameters, inputs, pass);
        for row in 0..inputs.rows() {
            let distance = self.loss.distance_to_kink(&outputs, targets, row);
            pass.clearance[row] = pass.clearance[row].min(distance);
        }
        self.loss.value(&outputs, targets)
    }
}

fn softmax(logits: &[f64]) -> Vec<f64> {
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = logits.iter().map(|o| (o - top).exp()).sum();
    logits.iter().map(|o| (o - top).exp() / total).collect()
}

/// Multiplies what the mask keeps by `1 / (1 − rate)` and drops the rest.
pub fn dropout(x: &Tensor, mask: &Tensor, rate: f64) -> Tensor {
    assert_eq!(x.shape, mask.shape);
    let data = x.data.iter().zip(&mask.data).map(|(&x, &keep)| x * keep / (1.0 - rate)).collect();
    Tensor::new(&x.shape, data)
}

fn forward_layers(layers: &[Layer], parameters: &mut &[f64], inputs: &Tensor, pass: &mut Pass) -> Tensor {
    layers.iter().fold(inputs.clone(), |x, layer| forward_layer(layer, parameters, &x, pass))
}

fn forward_layer(layer: &Layer, parameters: &mut &[f64], x: &Tensor, pass: &mut Pass) -> Tensor {
    if let Layer::Residual { layers } = layer {
        let through = forward_layers(layers, parameters, x, pass);
        let data = x.data.iter().zip(&through.data).map(|(a, b)| a + b).collect();
        return Tensor::new(&x.shape, data);
    }
    let mut tensors = Vec::new();
    for shape in layer.parameter_shapes() {
        let (tensor, rest) = parameters.split_at(shape.iter().product());
        tensors.push(tensor);
        *parameters = rest;
    }
    match *layer {
        Layer::Dense { ref activation, .. } => activate(activation, dense(x, tensors[0], tensors[1]), pass),
        Layer::Conv2d { kernel, stride, padding, ref activation, .. } => {
            activate(activation, conv2d(x, tensors[0], tensors[1], kernel, stride, padding), pass)
        }
        Layer::MaxPool2d { size, stride } => {
            pass.note(&max_pool2d_lead(x, size, stride));
            max_pool2d(x, size, stride)
        }
        Layer::AvgPool2d { size, stride } => avg_pool2d(x, size, stride),
        Layer::Flatten => Tensor::new(&[x.rows(), x.width()], x.data.clone()),
        Layer::Dropout { rate } => {
            let mask = pass.masks.get(pass.dropouts_seen);
            pass.dropouts_seen += 1;
            match mask {
                Some(mask) if pass.training => dropout(x, mask, rate),
                _ => x.clone(),
            }
        }
        Layer::LayerNorm { .. } => layer_norm(x, tensors[0], tensors[1]),
        Layer::BatchNorm { .. } => {
            let running = &mut pass.running[pass.norms_seen];
            pass.norms_seen += 1;
            if pass.training {
                batch_norm_training(x, tensors[0], tensors[1], running)
            } else {
                batch_norm_evaluation(x, tensors[0], tensors[1], running)
            }
        }
        Layer::Residual { .. } => unreachable!("handled above"),
    }
}

fn activate(name: &str, before: Tensor, pass: &mut Pass) -> Tensor {
    pass.note(&before.map(|x| distance_to_kink(name, x)));
    before.map(|x| activation(name, x))
}

impl Pass {
    /// Takes note of every row's smallest distance.
    fn note(&mut self, distances: &Tensor) {
        for (row, clearance) in self.clearance.iter_mut().enumerate() {
            *clearance = distances.row(row).iter().copied().fold(*clearance, f64::min);
        }
    }
}
