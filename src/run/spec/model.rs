//! `model`: initializer, output activation; its layers have a file of their own.

use super::fields::{Fields, choose, name_of};
use super::kind::{Object, Tagged, choice, layers as layer_list, names, number, own};
use super::layers;
use crate::error::Result;
use crate::json::Value;
use crate::nn::layers::{DenseSpec, ModelSpec};
use crate::nn::{Activation, Init, LayerSpec};

pub(super) static ACTIVATIONS: [&str; Activation::ALL.len()] = names(&Activation::ALL);

pub(super) static MODEL: Object = Object(&[
    layer_list("layers"),
    own("init"),
    number("biasInit", 0.0, -100.0, 100.0),
    choice("outputActivation", "linear", &ACTIVATIONS),
]);

/// The initializer that takes an argument, and what that is where only its name is given.
pub(super) const UNIFORM: &str = "uniform";
pub(super) const DEFAULT_RANGE: f64 = 0.5;

/// Initializers as objects; those without an argument are names alone.
pub(super) static INIT: Tagged = Tagged {
    tag: "type",
    default: Some(UNIFORM),
    variants: &[(UNIFORM, &Object(&[number("range", DEFAULT_RANGE, 0.0, 100.0)]))],
};

pub(super) fn read(value: Option<&Value>) -> Result<ModelSpec> {
    let fields = Fields::new("model", value, &MODEL)?;
    let layers = match fields.get("layers") {
        None => {
            let dense = |units| LayerSpec::Dense(DenseSpec { units, activation: Activation::Tanh });
            [4, 2].map(dense).into()
        }
        Some(list) => layers::read("model.layers", list, 0)?,
    };
    Ok(ModelSpec {
        layers,
        init: read_init(fields.get("init"))?,
        bias_init: fields.number("biasInit")?,
        output_activation: fields.choice("outputActivation", &Activation::ALL)?,
    })
}

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
        layers::write(&model.layers),
        match model.init {
            Init::Uniform { range } => INIT.write(UNIFORM, &mut [range.into()]),
            named => name_of(&named, &Init::NAMED).into(),
        },
        model.bias_init.into(),
        name_of(&model.output_activation, &Activation::ALL).into(),
    ])
}
