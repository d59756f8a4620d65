//! `training.optimizer` and `training.schedule`.

use super::fields::Fields;
use super::schema::{OPTIMIZER, SCHEDULE, WARM_UP, WARM_UP_ALONE};
use crate::error::Result;
use crate::json::Value;
use crate::train::{Decay, Optimizer, Schedule, TrainingSpec, WarmUp};

/// The rule and its learning rate.
pub(super) fn read(value: Option<&Value>) -> Result<(Optimizer, f64)> {
    let (kind, fields) = OPTIMIZER.read("training.optimizer", value)?;
    let optimizer = match kind {
        "adam" => read_adam(&fields, 0.0)?,
        "adamw" => read_adam(&fields, fields.number("weightDecay")?)?,
        "rmsprop" => {
            Optimizer::Rmsprop { alpha: fields.number("alpha")?, epsilon: fields.number("epsilon")? }
        }
        "adagrad" => Optimizer::Adagrad { epsilon: fields.number("epsilon")? },
        _ => read_sgd(&fields)?,
    };
    Ok((optimizer, fields.number("learningRate")?))
}

fn read_sgd(fields: &Fields) -> Result<Optimizer> {
    let momentum = fields.number("momentum")?;
    let nesterov = fields.flag("nesterov")?;
    if nesterov && momentum == 0.0 {
        return Err(super::fields::refuse(&fields.at("nesterov"), "needs a momentum above 0".into()));
    }
    Ok(Optimizer::Sgd { momentum, nesterov })
}

fn read_adam(fields: &Fields, weight_decay: f64) -> Result<Optimizer> {
    Ok(Optimizer::Adam {
        beta1: fields.number("beta1")?,
        beta2: fields.number("beta2")?,
        epsilon: fields.number("epsilon")?,
        weight_decay,
    })
}

pub(super) fn write(training: &TrainingSpec) -> Value {
    let rate = training.learning_rate.into();
    match training.optimizer {
        Optimizer::Sgd { momentum, nesterov } => {
            OPTIMIZER.write("sgd", &mut [rate, momentum.into(), nesterov.into()])
        }
        Optimizer::Adagrad { epsilon } => OPTIMIZER.write("adagrad", &mut [rate, epsilon.into()]),
        Optimizer::Rmsprop { alpha, epsilon } => {
            OPTIMIZER.write("rmsprop", &mut [rate, alpha.into(), epsilon.into()])
        }
        Optimizer::Adam { beta1, beta2, epsilon, weight_decay } => {
            let mut values = [rate, beta1.into(), beta2.into(), epsilon.into(), weight_decay.into()];
            match weight_decay == 0.0 {
                true => OPTIMIZER.write("adam", &mut values[..4]),
                false => OPTIMIZER.write("adamw", &mut values),
            }
        }
    }
}

pub(super) fn read_schedule(value: Option<&Value>) -> Result<Schedule> {
    let (kind, fields) = SCHEDULE.read("training.schedule", value)?;
    let decay = match kind {
        "step" => Decay::Step { step_size: fields.integer("stepSize")?, gamma: fields.number("gamma")? },
        "exponential" => Decay::Exponential { gamma: fields.number("gamma")? },
        "cosine" => Decay::Cosine { t_max: fields.integer("tMax")?, eta_min: fields.number("etaMin")? },
        "reduce-on-plateau" => Decay::ReduceOnPlateau {
            factor: fields.number("factor")?,
            patience: fields.integer("patience")?,
            threshold: fields.number("threshold")?,
        },
        WARM_UP_ALONE => {
            return Ok(Schedule { warm_up: Some(read_warm_up(&fields)?), decay: Decay::Constant });
        }
        _ => Decay::Constant,
    };
    let own = fields.get("warmUp").map(|own| Fields::new(&fields.at("warmUp"), Some(own), &WARM_UP));
    let warm_up = own.transpose()?.as_ref().map(read_warm_up).transpose()?;
    Ok(Schedule { warm_up, decay })
}

fn read_warm_up(fields: &Fields) -> Result<WarmUp> {
    Ok(WarmUp { start_factor: fields.number("startFactor")?, total_epochs: fields.integer("totalEpochs")? })
}

pub(super) fn write_schedule(schedule: &Schedule) -> Value {
    let values = schedule.warm_up.map(|own| [Value::from(own.start_factor), Value::from(own.total_epochs)]);
    let warm_up = values.clone().map_or(Value::Null, |mut values| WARM_UP.write(&mut values));
    match (schedule.decay, values) {
        (Decay::Constant, Some(mut values)) => SCHEDULE.write(WARM_UP_ALONE, &mut values),
        (Decay::Constant, None) => SCHEDULE.write("constant", &mut [warm_up]),
        (Decay::Step { step_size, gamma }, _) => {
            SCHEDULE.write("step", &mut [step_size.into(), gamma.into(), warm_up])
        }
        (Decay::Exponential { gamma }, _) => SCHEDULE.write("exponential", &mut [gamma.into(), warm_up]),
        (Decay::Cosine { t_max, eta_min }, _) => {
            SCHEDULE.write("cosine", &mut [t_max.into(), eta_min.into(), warm_up])
        }
        (Decay::ReduceOnPlateau { factor, patience, threshold }, _) => {
            let mut values = [factor.into(), patience.into(), threshold.into(), warm_up];
            SCHEDULE.write("reduce-on-plateau", &mut values)
        }
    }
}
