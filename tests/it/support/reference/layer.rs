//! Layers as the Spec's JSON describes them, with the shapes they were given.

use super::window::{Padding, axis};
use serde_json::Value;

/// A layer that knows the shape of what it receives.
#[derive(Debug, Clone)]
#[allow(clippy::enum_variant_names)] // layer norm is called so
pub enum Layer {
    Dense {
        inputs: usize,
        outputs: usize,
        activation: String,
    },
    Conv2d {
        channels: usize,
        filters: usize,
        kernel: usize,
        stride: usize,
        padding: Padding,
        activation: String,
    },
    MaxPool2d {
        size: usize,
        stride: usize,
    },
    AvgPool2d {
        size: usize,
        stride: usize,
    },
    Flatten,
    Dropout {
        rate: f64,
    },
    LayerNorm {
        features: usize,
    },
    BatchNorm {
        channels: usize,
    },
    Residual {
        layers: Vec<Layer>,
    },
}

/// Reads a `layers` array; `shape` is a row's shape before it and, on return, after it.
pub fn read_layers(layers: &Value, shape: &mut Vec<usize>) -> Vec<Layer> {
    let layers = layers.as_array().expect("layers are an array");
    layers.iter().map(|layer| read_layer(layer, shape)).collect()
}

fn read_layer(json: &Value, shape: &mut Vec<usize>) -> Layer {
    let whole = |field: &str| json[field].as_u64().unwrap_or_else(|| panic!("{field} of {json}")) as usize;
    let activation = || json["activation"].as_str().unwrap_or("linear").to_string();
    match json["type"].as_str().expect("a layer has a type") {
        "dense" => {
            let [inputs] = shape[..] else { panic!("dense takes flat rows, not {shape:?}") };
            *shape = vec![whole("units")];
            Layer::Dense { inputs, outputs: whole("units"), activation: activation() }
        }
        "conv2d" => {
            let padding = match json["padding"].as_str() {
                Some("same") => Padding::Same,
                Some("valid") | None => Padding::Valid,
                Some(other) => panic!("no padding is called {other}"),
            };
            let (filters, kernel, stride) = (whole("filters"), whole("kernel"), whole("stride"));
            let channels = shape[0];
            *shape = slide(shape, filters, kernel, stride, padding);
            Layer::Conv2d { channels, filters, kernel, stride, padding, activation: activation() }
        }
        "maxPool2d" => {
            *shape = slide(shape, shape[0], whole("size"), whole("stride"), Padding::Valid);
            Layer::MaxPool2d { size: whole("size"), stride: whole("stride") }
        }
        "avgPool2d" => {
            *shape = slide(shape, shape[0], whole("size"), whole("stride"), Padding::Valid);
            Layer::AvgPool2d { size: whole("size"), stride: whole("stride") }
        }
        "flatten" => {
            *shape = vec![shape.iter().product()];
            Layer::Flatten
        }
        "dropout" => Layer::Dropout { rate: json["rate"].as_f64().expect("a rate") },
        "layerNorm" => Layer::LayerNorm { features: shape.iter().product() },
        "batchNorm" => Layer::BatchNorm { channels: shape[0] },
        "residual" => {
            let before = shape.clone();
            let layers = read_layers(&json["layers"], shape);
            assert_eq!(before, *shape, "a residual's layers keep the shape");
            Layer::Residual { layers }
        }
        other => panic!("no layer is called {other}"),
    }
}

fn slide(shape: &[usize], channels: usize, kernel: usize, stride: usize, padding: Padding) -> Vec<usize> {
    let [_, height, width] = shape[..] else { panic!("{shape:?} is not an image") };
    vec![channels, axis(height, kernel, stride, padding).out, axis(width, kernel, stride, padding).out]
}

impl Layer {
    /// Shapes of its parameter tensors in a PyTorch `state_dict`'s order: weight, then bias.
    pub fn parameter_shapes(&self) -> Vec<Vec<usize>> {
        match *self {
            Layer::Dense { inputs, outputs, .. } => vec![vec![outputs, inputs], vec![outputs]],
            Layer::Conv2d { channels, filters, kernel, .. } => {
                vec![vec![filters, channels, kernel, kernel], vec![filters]]
            }
            Layer::LayerNorm { features } => vec![vec![features], vec![features]],
            Layer::BatchNorm { channels } => vec![vec![channels], vec![channels]],
            Layer::Residual { ref layers } => layers.iter().flat_map(Layer::parameter_shapes).collect(),
            _ => Vec::new(),
        }
    }

    /// The channels of every batch normalization, in order.
    pub fn batch_norms(&self) -> Vec<usize> {
        match *self {
            Layer::BatchNorm { channels } => vec![channels],
            Layer::Residual { ref layers } => layers.iter().flat_map(Layer::batch_norms).collect(),
            _ => Vec::new(),
        }
    }
}
