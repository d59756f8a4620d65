//! `training.optimizer` and `training.schedule`.

use super::fields::{Fields, brief, choose, refuse};
use crate::error::Result;
use crate::run::document::object;
use crate::train::{Decay, Optimizer, Schedule, TrainingSpec, WarmUp};
use serde_json::Value;

const PATH: &str = "training.optimizer";

type Read = fn(&Value) -> Result<(Optimizer, f64)>;

/// Which optimisers there are: a new one gets its line here and its reader below.
const OPTIMIZERS: [(&str, Read); 5] = [
    ("sgd", read_sgd),
    ("adagrad", read_adagrad),
    ("rmsprop", read_rmsprop),
    ("adam", |value| read_adam(value, &["type", "learningRate", "beta1", "beta2", "epsilon"], 0.0)),
    ("adamw", |value| {
        read_adam(value, &["type", "learningRate", "beta1", "beta2", "epsilon", "weightDecay"], 0.01)
    }),
];

/// The rule and its learning rate.
pub(super) fn read(value: Option<&Value>) -> Result<(Optimizer, f64)> {
    let default = object!({ "type": "sgd" });
    let value = value.unwrap_or(&default);
    if !value.is_object() {
        return Err(refuse(PATH, format!("{} is not an object", brief(value))));
    }
    let kind = value.get("type").unwrap_or(&Value::Null);
    choose("training.optimizer.type", kind, &OPTIMIZERS)?(value)
}

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

fn read_adagrad(value: &Value) -> Result<(Optimizer, f64)> {
    let fields = Fields::new(PATH, Some(value), &["type", "learningRate", "epsilon"])?;
    let epsilon = fields.number("epsilon", 1e-10, 0.0..=1.0)?;
    Ok((Optimizer::Adagrad { epsilon }, rate(&fields, 0.01)?))
}

fn read_rmsprop(value: &Value) -> Result<(Optimizer, f64)> {
    let fields = Fields::new(PATH, Some(value), &["type", "learningRate", "alpha", "epsilon"])?;
    let alpha = fields.number("alpha", 0.99, 0.0..=0.999_999_9)?;
    let epsilon = fields.number("epsilon", 1e-8, 0.0..=1.0)?;
    Ok((Optimizer::Rmsprop { alpha, epsilon }, rate(&fields, 0.01)?))
}

fn read_adam(value: &Value, known: &[&str], decay: f64) -> Result<(Optimizer, f64)> {
    let fields = Fields::new(PATH, Some(value), known)?;
    let optimizer = Optimizer::Adam {
        beta1: fields.number("beta1", 0.9, 0.0..=0.999_999)?,
        beta2: fields.number("beta2", 0.999, 0.0..=0.999_999_9)?,
        epsilon: fields.number("epsilon", 1e-8, 0.0..=1.0)?,
        weight_decay: fields.number("weightDecay", decay, 0.0..=100.0)?,
    };
    Ok((optimizer, rate(&fields, 0.001)?))
}

pub(super) fn write(training: &TrainingSpec) -> Value {
    let rate = training.learning_rate;
    match training.optimizer {
        Optimizer::Sgd { momentum, nesterov } => {
            object!({ "type": "sgd", "learningRate": rate, "momentum": momentum, "nesterov": nesterov })
        }
        Optimizer::Adagrad { epsilon } => {
            object!({ "type": "adagrad", "learningRate": rate, "epsilon": epsilon })
        }
        Optimizer::Rmsprop { alpha, epsilon } => {
            object!({ "type": "rmsprop", "learningRate": rate, "alpha": alpha, "epsilon": epsilon })
        }
        Optimizer::Adam { beta1, beta2, epsilon, weight_decay } => {
            let mut adam = object!({
                "type": "adam", "learningRate": rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon
            });
            if weight_decay != 0.0 {
                adam["type"] = "adamw".into();
                adam["weightDecay"] = weight_decay.into();
            }
            adam
        }
    }
}

type ReadSchedule = fn(&Value) -> Result<Decay>;

/// Which schedules there are; "linear-warm-up" is a warm-up with nothing after it.
const SCHEDULES: [(&str, ReadSchedule); 6] = [
    ("constant", |value| schedule(value, &["type", "warmUp"]).map(|_| Decay::Constant)),
    ("step", read_step),
    ("exponential", |value| {
        let fields = schedule(value, &["type", "gamma", "warmUp"])?;
        Ok(Decay::Exponential { gamma: fields.number("gamma", 0.99, 0.0..=1.0)? })
    }),
    ("cosine", read_cosine),
    (WARM_UP, |_| Ok(Decay::Constant)),
    ("reduce-on-plateau", read_plateau),
];

const WARM_UP: &str = "linear-warm-up";

pub(super) fn read_schedule(value: Option<&Value>) -> Result<Schedule> {
    match value {
        None => Ok(Schedule::CONSTANT),
        Some(value) if value.is_object() => {
            let kind = value.get("type").unwrap_or(&Value::Null);
            let decay = choose("training.schedule.type", kind, &SCHEDULES)?(value)?;
            let warm_up = if kind == WARM_UP {
                Some(read_warm_up(&schedule(value, &["type", "startFactor", "totalEpochs"])?)?)
            } else {
                let own = value.get("warmUp").filter(|own| !own.is_null());
                let known = ["startFactor", "totalEpochs"];
                let fields = own.map(|own| Fields::new("training.schedule.warmUp", Some(own), &known));
                fields.transpose()?.as_ref().map(read_warm_up).transpose()?
            };
            Ok(Schedule { warm_up, decay })
        }
        Some(other) => Err(refuse("training.schedule", format!("{} is not an object", brief(other)))),
    }
}

fn schedule<'a>(value: &'a Value, known: &[&str]) -> Result<Fields<'a>> {
    Fields::new("training.schedule", Some(value), known)
}

const EPOCHS: std::ops::RangeInclusive<u32> = 1..=1_000_000_000;

fn read_step(value: &Value) -> Result<Decay> {
    let fields = schedule(value, &["type", "stepSize", "gamma", "warmUp"])?;
    let step_size = fields.integer("stepSize", 100, EPOCHS)?;
    Ok(Decay::Step { step_size, gamma: fields.number("gamma", 0.1, 0.0..=1.0)? })
}

fn read_cosine(value: &Value) -> Result<Decay> {
    let fields = schedule(value, &["type", "tMax", "etaMin", "warmUp"])?;
    let t_max = fields.integer("tMax", 500, EPOCHS)?;
    Ok(Decay::Cosine { t_max, eta_min: fields.number("etaMin", 0.0, 0.0..=1000.0)? })
}

fn read_warm_up(fields: &Fields) -> Result<WarmUp> {
    let start_factor = fields.number("startFactor", 1.0 / 3.0, 0.0..=1.0)?;
    Ok(WarmUp { start_factor, total_epochs: fields.integer("totalEpochs", 5, EPOCHS)? })
}

fn read_plateau(value: &Value) -> Result<Decay> {
    let fields = schedule(value, &["type", "factor", "patience", "threshold", "warmUp"])?;
    Ok(Decay::ReduceOnPlateau {
        factor: fields.number("factor", 0.1, 0.0..=0.999_999)?,
        patience: fields.integer("patience", 10, 0..=1_000_000_000)?,
        threshold: fields.number("threshold", 1e-4, 0.0..=1.0)?,
    })
}

pub(super) fn write_schedule(schedule: &Schedule) -> Value {
    let warm_up = schedule.warm_up.map(|WarmUp { start_factor, total_epochs }| {
        object!({ "startFactor": start_factor, "totalEpochs": total_epochs })
    });
    let mut document = match (schedule.decay, warm_up.clone()) {
        (Decay::Constant, Some(mut warm_up)) => {
            warm_up["type"] = WARM_UP.into();
            return warm_up;
        }
        (Decay::Constant, None) => return object!({ "type": "constant" }),
        (Decay::Step { step_size, gamma }, _) => {
            object!({ "type": "step", "stepSize": step_size, "gamma": gamma })
        }
        (Decay::Exponential { gamma }, _) => object!({ "type": "exponential", "gamma": gamma }),
        (Decay::Cosine { t_max, eta_min }, _) => {
            object!({ "type": "cosine", "tMax": t_max, "etaMin": eta_min })
        }
        (Decay::ReduceOnPlateau { factor, patience, threshold }, _) => object!({
            "type": "reduce-on-plateau", "factor": factor, "patience": patience, "threshold": threshold
        }),
    };
    if let Some(warm_up) = warm_up {
        document["warmUp"] = warm_up;
    }
    document
}
