//! `training`: loss, optimiser, batches, stopping, penalties.

use super::fields::{Fields, choose, name_of, refuse};
use crate::error::Result;
use crate::nn::LossSpec;
use crate::train::{Optimizer, Stop, TrainingSpec};
use serde_json::{Map, Value, json};

pub(super) fn read(value: Option<&Value>) -> Result<TrainingSpec> {
    let known = ["loss", "optimizer", "batchSize", "shuffle", "stop", "l1", "l2"];
    let fields = Fields::new("training", value, &known)?;
    let (optimizer, learning_rate) = read_optimizer(fields.get("optimizer"))?;
    let stop = Fields::new("training.stop", fields.get("stop"), &["maxEpochs"])?;
    Ok(TrainingSpec {
        loss: fields.choice("loss", LossSpec::Auto, &LossSpec::ALL)?,
        optimizer,
        learning_rate,
        batch_size: fields.integer("batchSize", 10, 1..=1_000_000)? as usize,
        shuffle: fields.boolean("shuffle", true)?,
        stop: Stop { max_epochs: stop.integer_or_null("maxEpochs", Some(500), 1..=1_000_000_000)? },
        l1: fields.number("l1", 0.0, 0.0..=100.0)?,
        l2: fields.number("l2", 0.0, 0.0..=100.0)?,
    })
}

/// The rule and its learning rate.
fn read_optimizer(value: Option<&Value>) -> Result<(Optimizer, f64)> {
    type Read = fn(&Value) -> Result<(Optimizer, f64)>;
    let empty = json!({ "type": "sgd" });
    let value = value.unwrap_or(&empty);
    if !value.is_object() {
        return Err(refuse("training.optimizer", format!("{value} is not an object")));
    }
    let kind = value.get("type").unwrap_or(&Value::Null);
    let table: [(&str, Read); 2] = [("sgd", read_sgd), ("adam", read_adam)];
    choose("training.optimizer.type", kind, &table)?(value)
}

const PATH: &str = "training.optimizer";

fn rate(fields: &Fields, default: f64) -> Result<f64> {
    fields.number("learningRate", default, 0.0..=1000.0)
}

fn read_sgd(value: &Value) -> Result<(Optimizer, f64)> {
    let fields = Fields::new(PATH, Some(value), &["type", "learningRate", "momentum", "nesterov"])?;
    let momentum = fields.number("momentum", 0.0, 0.0..=0.999_999)?;
    let nesterov = fields.boolean("nesterov", false)?;
    if nesterov && momentum == 0.0 {
        return Err(refuse(&fields.at("nesterov"), "needs a momentum above 0".into()));
    }
    Ok((Optimizer::Sgd { momentum, nesterov }, rate(&fields, 0.03)?))
}

fn read_adam(value: &Value) -> Result<(Optimizer, f64)> {
    let fields = Fields::new(PATH, Some(value), &["type", "learningRate", "beta1", "beta2", "epsilon"])?;
    let optimizer = Optimizer::Adam {
        beta1: fields.number("beta1", 0.9, 0.0..=0.999_999)?,
        beta2: fields.number("beta2", 0.999, 0.0..=0.999_999_9)?,
        epsilon: fields.number("epsilon", 1e-8, 0.0..=1.0)?,
    };
    Ok((optimizer, rate(&fields, 0.001)?))
}

pub(super) fn write(training: &TrainingSpec) -> Value {
    json!({
        "loss": name_of(&training.loss, &LossSpec::ALL),
        "optimizer": write_optimizer(training),
        "batchSize": training.batch_size,
        "shuffle": training.shuffle,
        "stop": { "maxEpochs": training.stop.max_epochs },
        "l1": training.l1,
        "l2": training.l2,
    })
}

fn write_optimizer(training: &TrainingSpec) -> Value {
    let (name, arguments) = match training.optimizer {
        Optimizer::Sgd { momentum, nesterov } => {
            ("sgd", vec![("momentum", json!(momentum)), ("nesterov", json!(nesterov))])
        }
        Optimizer::Adam { beta1, beta2, epsilon } => {
            ("adam", vec![("beta1", json!(beta1)), ("beta2", json!(beta2)), ("epsilon", json!(epsilon))])
        }
    };
    let mut object = Map::new();
    object.insert("type".into(), json!(name));
    object.insert("learningRate".into(), json!(training.learning_rate));
    object.extend(arguments.into_iter().map(|(key, value)| (key.to_owned(), value)));
    Value::Object(object)
}
