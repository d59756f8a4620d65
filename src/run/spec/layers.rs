//! `model.layers`: which layers there are, in one table, and how each is read and written.

use super::fields::{brief, name_of, refuse};
use super::kind::{Field, Object, Tagged, choice, integer, layers, names, number, optional};
use super::model::ACTIVATIONS;
use crate::error::Result;
use crate::json::Value;
use crate::nn::layers::{
    BatchNormSpec, Conv2dSpec, DenseSpec, DropoutSpec, FlattenSpec, LayerNormSpec, Padding, Pool2dSpec,
    PoolKind, ResidualSpec,
};
use crate::nn::{Activation, LayerSpec};

/// Deep enough for any lesson here; shallow enough that no typing error freezes the page.
pub(super) const MOST_LAYERS: usize = 64;

/// Residual layers inside each other: the stack is the limit, and lessons end long before.
pub(super) const MOST_NESTED: usize = 8;

/// Which layers there are: a new one gets its line here, and its reader and writer below.
pub(super) static LAYER: Tagged = Tagged {
    tag: "type",
    default: None,
    variants: &[
        ("dense", &Object(&[integer("units", 4, 1, 4096), ACTIVATION])),
        (
            "conv2d",
            &Object(&[
                integer("filters", 8, 1, 1024),
                integer("kernel", 3, 1, 31).unit("pixels"),
                integer("stride", 1, 1, 31).unit("pixels"),
                choice("padding", "valid", &PADDING_NAMES),
                ACTIVATION,
            ]),
        ),
        ("maxPool2d", &POOL),
        ("avgPool2d", &POOL),
        ("flatten", &Object(&[])),
        ("dropout", &Object(&[number("rate", 0.5, 0.0, 0.99)])),
        ("layerNorm", &Object(&[])),
        ("batchNorm", &Object(&[])),
        ("residual", &Object(&[layers("layers")])),
    ],
};

const PADDINGS: [(&str, Padding); 2] = [("valid", Padding::Valid), ("same", Padding::Same)];
static PADDING_NAMES: [&str; PADDINGS.len()] = names(&PADDINGS);

const ACTIVATION: Field = choice("activation", "linear", &ACTIVATIONS);

// Without a stride of its own, patches lie side by side.
static POOL: Object =
    Object(&[integer("size", 2, 1, 64).unit("pixels"), optional(integer("stride", 0, 1, 64)).unit("pixels")]);

/// `outer`: the residual layers around them.
pub(super) fn read(path: &str, value: &Value, outer: usize) -> Result<Vec<LayerSpec>> {
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
        Ok(LayerSpec::Pool2d(Pool2dSpec { kind, size: size as usize, stride: stride as usize }))
    };
    match kind {
        "conv2d" => Ok(LayerSpec::Conv2d(Conv2dSpec {
            filters: size("filters")?,
            kernel: size("kernel")?,
            stride: size("stride")?,
            padding: fields.choice("padding", &PADDINGS)?,
            activation: activation()?,
        })),
        "maxPool2d" => pool(PoolKind::Max),
        "avgPool2d" => pool(PoolKind::Average),
        "flatten" => Ok(LayerSpec::Flatten(FlattenSpec)),
        "dropout" => Ok(LayerSpec::Dropout(DropoutSpec { rate: fields.number("rate")? })),
        "layerNorm" => Ok(LayerSpec::LayerNorm(LayerNormSpec)),
        "batchNorm" => Ok(LayerSpec::BatchNorm(BatchNormSpec)),
        "residual" => {
            if outer == MOST_NESTED {
                let what = format!("residual layers nest {} deep, outside 0…{MOST_NESTED}", outer + 1);
                return Err(refuse(path, what));
            }
            let layers = fields.get("layers").unwrap_or(&Value::Null);
            let layers = read(&fields.at("layers"), layers, outer + 1)?;
            Ok(LayerSpec::Residual(ResidualSpec { layers }))
        }
        _ => Ok(LayerSpec::Dense(DenseSpec { units: size("units")?, activation: activation()? })),
    }
}

pub(super) fn write(layers: &[LayerSpec]) -> Value {
    layers.iter().map(write_layer).collect::<Vec<_>>().into()
}

fn write_layer(layer: &LayerSpec) -> Value {
    let name = |activation| name_of(activation, &Activation::ALL).into();
    match layer {
        LayerSpec::Dense(DenseSpec { units, activation }) => {
            LAYER.write("dense", &mut [(*units).into(), name(activation)])
        }
        LayerSpec::Conv2d(Conv2dSpec { filters, kernel, stride, padding, activation }) => {
            let [filters, kernel, stride] = [*filters, *kernel, *stride].map(Value::from);
            let padding = name_of(padding, &PADDINGS).into();
            LAYER.write("conv2d", &mut [filters, kernel, stride, padding, name(activation)])
        }
        LayerSpec::Pool2d(Pool2dSpec { kind, size, stride }) => {
            let kind = if *kind == PoolKind::Max { "maxPool2d" } else { "avgPool2d" };
            LAYER.write(kind, &mut [(*size).into(), (*stride).into()])
        }
        LayerSpec::Flatten(_) => LAYER.write("flatten", &mut []),
        LayerSpec::Dropout(DropoutSpec { rate }) => LAYER.write("dropout", &mut [(*rate).into()]),
        LayerSpec::LayerNorm(_) => LAYER.write("layerNorm", &mut []),
        LayerSpec::BatchNorm(_) => LAYER.write("batchNorm", &mut []),
        LayerSpec::Residual(ResidualSpec { layers }) => LAYER.write("residual", &mut [write(layers)]),
    }
}
