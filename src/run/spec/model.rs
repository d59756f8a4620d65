//! `model`: layers, initialiser, output activation.

use super::fields::{Fields, brief, choose, name_of, refuse};
use crate::error::Result;
use crate::nn::layer::{Padding, PoolKind};
use crate::nn::{Activation, Init, LayerSpec, ModelSpec};
use crate::run::document::object;
use serde_json::Value;

/// Deep enough for any lesson here; shallow enough that no typing error freezes the page.
const MOST_LAYERS: usize = 64;

pub(super) fn read(value: Option<&Value>) -> Result<ModelSpec> {
    let fields = Fields::new("model", value, &["layers", "init", "biasInit", "outputActivation"])?;
    let layers = match fields.get("layers") {
        None => [4, 2].map(|units| LayerSpec::Dense { units, activation: Activation::Tanh }).into(),
        Some(list) => read_layers("model.layers", list)?,
    };
    Ok(ModelSpec {
        layers,
        init: read_init(fields.get("init"))?,
        bias_init: fields.number("biasInit", 0.0, -100.0..=100.0)?,
        output_activation: fields.choice("outputActivation", Activation::Linear, &Activation::ALL)?,
    })
}

fn read_layers(path: &str, value: &Value) -> Result<Vec<LayerSpec>> {
    match value {
        Value::Array(list) if list.len() <= MOST_LAYERS => {
            let layer = |(index, value)| read_layer(&format!("{path}[{index}]"), value);
            list.iter().enumerate().map(layer).collect()
        }
        Value::Array(list) => Err(refuse(path, format!("{} layers are outside 0…{MOST_LAYERS}", list.len()))),
        other => Err(refuse(path, format!("{} is not a list", brief(other)))),
    }
}

type Read = fn(&str, &Value) -> Result<LayerSpec>;

/// Which layers there are: a new layer gets its line here and its reader below.
const LAYERS: [(&str, Read); 9] = [
    ("dense", read_dense),
    ("conv2d", read_conv2d),
    ("maxPool2d", |path, value| read_pool(path, value, PoolKind::Max)),
    ("avgPool2d", |path, value| read_pool(path, value, PoolKind::Average)),
    ("flatten", |path, value| bare(path, value, LayerSpec::Flatten)),
    ("dropout", read_dropout),
    ("layerNorm", |path, value| bare(path, value, LayerSpec::LayerNorm)),
    ("batchNorm", |path, value| bare(path, value, LayerSpec::BatchNorm)),
    ("residual", read_residual),
];

fn read_layer(path: &str, value: &Value) -> Result<LayerSpec> {
    let kind = value.get("type").unwrap_or(&Value::Null);
    choose(&format!("{path}.type"), kind, &LAYERS)?(path, value)
}

/// A layer that has no settings.
fn bare(path: &str, value: &Value, layer: LayerSpec) -> Result<LayerSpec> {
    Fields::new(path, Some(value), &["type"]).map(|_| layer)
}

fn read_dense(path: &str, value: &Value) -> Result<LayerSpec> {
    let fields = Fields::new(path, Some(value), &["type", "units", "activation"])?;
    Ok(LayerSpec::Dense {
        units: fields.integer("units", 4, 1..=4096)? as usize,
        activation: fields.choice("activation", Activation::Linear, &Activation::ALL)?,
    })
}

fn read_conv2d(path: &str, value: &Value) -> Result<LayerSpec> {
    let known = ["type", "filters", "kernel", "stride", "padding", "activation"];
    let fields = Fields::new(path, Some(value), &known)?;
    Ok(LayerSpec::Conv2d {
        filters: fields.integer("filters", 8, 1..=1024)? as usize,
        kernel: fields.integer("kernel", 3, 1..=31)? as usize,
        stride: fields.integer("stride", 1, 1..=31)? as usize,
        padding: fields.choice("padding", Padding::Valid, &PADDINGS)?,
        activation: fields.choice("activation", Activation::Linear, &Activation::ALL)?,
    })
}

const PADDINGS: [(&str, Padding); 2] = [("valid", Padding::Valid), ("same", Padding::Same)];

fn read_pool(path: &str, value: &Value, kind: PoolKind) -> Result<LayerSpec> {
    let fields = Fields::new(path, Some(value), &["type", "size", "stride"])?;
    let size = fields.integer("size", 2, 1..=64)?;
    let stride = fields.integer("stride", size, 1..=64)?;
    Ok(LayerSpec::Pool2d { kind, size: size as usize, stride: stride as usize })
}

fn read_dropout(path: &str, value: &Value) -> Result<LayerSpec> {
    let fields = Fields::new(path, Some(value), &["type", "rate"])?;
    Ok(LayerSpec::Dropout { rate: fields.number("rate", 0.5, 0.0..=0.99)? })
}

fn read_residual(path: &str, value: &Value) -> Result<LayerSpec> {
    let fields = Fields::new(path, Some(value), &["type", "layers"])?;
    let layers = read_layers(&fields.at("layers"), fields.get("layers").unwrap_or(&Value::Null))?;
    Ok(LayerSpec::Residual { layers })
}

fn read_init(value: Option<&Value>) -> Result<Init> {
    match value {
        None => Ok(Init::GlorotUniform),
        Some(Value::Object(_)) => {
            let fields = Fields::new("model.init", value, &["type", "range"])?;
            let range = fields.number("range", 0.5, 0.0..=100.0)?;
            fields.choice("type", Init::Uniform { range }, &[("uniform", Init::Uniform { range })])
        }
        Some(name) => {
            let uniform = Init::Uniform { range: 0.5 };
            let table: Vec<_> = Init::NAMED.into_iter().chain([("uniform", uniform)]).collect();
            choose("model.init", name, &table)
        }
    }
}

pub(super) fn write(model: &ModelSpec) -> Value {
    object!({
        "layers": model.layers.iter().map(write_layer).collect::<Vec<_>>(),
        "init": match model.init {
            Init::Uniform { range } => object!({ "type": "uniform", "range": range }),
            named => name_of(&named, &Init::NAMED).into(),
        },
        "biasInit": model.bias_init,
        "outputActivation": name_of(&model.output_activation, &Activation::ALL),
    })
}

fn write_layer(layer: &LayerSpec) -> Value {
    let name = |activation| name_of(activation, &Activation::ALL);
    match layer {
        LayerSpec::Dense { units, activation } => {
            object!({ "type": "dense", "units": *units, "activation": name(activation) })
        }
        LayerSpec::Conv2d { filters, kernel, stride, padding, activation } => object!({
            "type": "conv2d", "filters": *filters, "kernel": *kernel, "stride": *stride,
            "padding": name_of(padding, &PADDINGS), "activation": name(activation)
        }),
        LayerSpec::Pool2d { kind, size, stride } => {
            let kind = if *kind == PoolKind::Max { "maxPool2d" } else { "avgPool2d" };
            object!({ "type": kind, "size": *size, "stride": *stride })
        }
        LayerSpec::Flatten => object!({ "type": "flatten" }),
        LayerSpec::Dropout { rate } => object!({ "type": "dropout", "rate": *rate }),
        LayerSpec::LayerNorm => object!({ "type": "layerNorm" }),
        LayerSpec::BatchNorm => object!({ "type": "batchNorm" }),
        LayerSpec::Residual { layers } => {
            object!({ "type": "residual", "layers": layers.iter().map(write_layer).collect::<Vec<_>>() })
        }
    }
}
