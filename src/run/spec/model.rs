//! `model`: layers, initializer, output activation.

use super::fields::{Fields, brief, choose, name_of, refuse};
use super::schema::{DEFAULT_RANGE, INIT, LAYER, MODEL, MOST_LAYERS, MOST_NESTED, UNIFORM};
use crate::error::Result;
use crate::json::Value;
use crate::nn::layer::{Padding, PoolKind};
use crate::nn::{Activation, Init, LayerSpec, ModelSpec};

pub(super) fn read(value: Option<&Value>) -> Result<ModelSpec> {
    let fields = Fields::new("model", value, &MODEL)?;
    let layers = match fields.get("layers") {
        None => [4, 2].map(|units| LayerSpec::Dense { units, activation: Activation::Tanh }).into(),
        Some(list) => read_layers("model.layers", list, 0)?,
    };
    Ok(ModelSpec {
        layers,
        init: read_init(fields.get("init"))?,
        bias_init: fields.number("biasInit")?,
        output_activation: fields.choice("outputActivation", &Activation::ALL)?,
    })
}

/// `outer`: the residual layers around them.
fn read_layers(path: &str, value: &Value, outer: usize) -> Result<Vec<LayerSpec>> {
    match value {
        Value::Array(list) if list.len() <= MOST_LAYERS => {
            let layer = |(index, value)| read_layer(&format!("{path}[{index}]"), value, outer);
            list.iter().enumerate().map(layer).collect()
        }
        Value::Array(list) => Err(refuse(path, format!("{} layers are outside 0…{MOST_LAYERS}", list.len()))),
        other => Err(refuse(path, format!("{} is not a list", brief(other)))),
    }
}

fn read_layer(path: &str, value: &Value, outer: usize) -> Result<LayerSpec> {
    let (kind, fields) = LAYER.read(path, Some(value))?;
    let size = |key: &str| fields.integer(key).map(|size| size as usize);
    let activation = || fields.choice("activation", &Activation::ALL);
    let pool = |kind: PoolKind| {
        let size = fields.integer("size")?;
        let stride = fields.integer_or_null("stride")?.unwrap_or(size);
        Ok(LayerSpec::Pool2d { kind, size: size as usize, stride: stride as usize })
    };
    match kind {
        "conv2d" => Ok(LayerSpec::Conv2d {
            filters: size("filters")?,
            kernel: size("kernel")?,
            stride: size("stride")?,
            padding: fields.choice("padding", &PADDINGS)?,
            activation: activation()?,
        }),
        "maxPool2d" => pool(PoolKind::Max),
        "avgPool2d" => pool(PoolKind::Average),
        "flatten" => Ok(LayerSpec::Flatten),
        "dropout" => Ok(LayerSpec::Dropout { rate: fields.number("rate")? }),
        "layerNorm" => Ok(LayerSpec::LayerNorm),
        "batchNorm" => Ok(LayerSpec::BatchNorm),
        "residual" => {
            if outer == MOST_NESTED {
                let what = format!("residual layers nest {} deep, outside 0…{MOST_NESTED}", outer + 1);
                return Err(refuse(path, what));
            }
            let layers = fields.get("layers").unwrap_or(&Value::Null);
            let layers = read_layers(&fields.at("layers"), layers, outer + 1)?;
            Ok(LayerSpec::Residual { layers })
        }
        _ => Ok(LayerSpec::Dense { units: size("units")?, activation: activation()? }),
    }
}

pub(super) const PADDINGS: [(&str, Padding); 2] = [("valid", Padding::Valid), ("same", Padding::Same)];

fn read_init(value: Option<&Value>) -> Result<Init> {
    match value {
        None => Ok(Init::GlorotUniform),
        Some(Value::Object(_)) => {
            let (_, fields) = INIT.read("model.init", value)?;
            Ok(Init::Uniform { range: fields.number("range")? })
        }
        Some(name) => {
            let uniform = Init::Uniform { range: DEFAULT_RANGE };
            let table: Vec<_> = Init::NAMED.into_iter().chain([(UNIFORM, uniform)]).collect();
            choose("model.init", name, &table)
        }
    }
}

pub(super) fn write(model: &ModelSpec) -> Value {
    MODEL.write(&mut [
        write_layers(&model.layers),
        match model.init {
            Init::Uniform { range } => INIT.write(UNIFORM, &mut [range.into()]),
            named => name_of(&named, &Init::NAMED).into(),
        },
        model.bias_init.into(),
        name_of(&model.output_activation, &Activation::ALL).into(),
    ])
}

fn write_layers(layers: &[LayerSpec]) -> Value {
    layers.iter().map(write_layer).collect::<Vec<_>>().into()
}

fn write_layer(layer: &LayerSpec) -> Value {
    let name = |activation| name_of(activation, &Activation::ALL).into();
    match layer {
        LayerSpec::Dense { units, activation } => {
            LAYER.write("dense", &mut [(*units).into(), name(activation)])
        }
        LayerSpec::Conv2d { filters, kernel, stride, padding, activation } => {
            let [filters, kernel, stride] = [*filters, *kernel, *stride].map(Value::from);
            let padding = name_of(padding, &PADDINGS).into();
            LAYER.write("conv2d", &mut [filters, kernel, stride, padding, name(activation)])
        }
        LayerSpec::Pool2d { kind, size, stride } => {
            let kind = if *kind == PoolKind::Max { "maxPool2d" } else { "avgPool2d" };
            LAYER.write(kind, &mut [(*size).into(), (*stride).into()])
        }
        LayerSpec::Flatten => LAYER.write("flatten", &mut []),
        LayerSpec::Dropout { rate } => LAYER.write("dropout", &mut [(*rate).into()]),
        LayerSpec::LayerNorm => LAYER.write("layerNorm", &mut []),
        LayerSpec::BatchNorm => LAYER.write("batchNorm", &mut []),
        LayerSpec::Residual { layers } => LAYER.write("residual", &mut [write_layers(layers)]),
    }
}
