//! `training.optimizer` and `training.schedule`.

use super::fields::Fields;
use super::kind::{Field, Object, Tagged, flag, integer, number, object};
use crate::error::Result;
use crate::json::Value;
use crate::train::{Decay, Optimizer, Schedule, WarmUp};

/// So many epochs that nobody waits for them.
const MOST_EPOCHS: u32 = 1_000_000_000;

/// Which optimizers there are: a new one gets its line here, and its reader and writer below.
pub(super) static OPTIMIZER: Tagged = Tagged {
    tag: "type",
    default: Some("sgd"),
    variants: &[
        ("sgd", &Object(&[rate(0.03), number("momentum", 0.0, 0.0, 0.999_999), flag("nesterov", false)])),
        ("adam", &Object(&[rate(0.001), BETA_1, BETA_2, epsilon(1e-8)])),
        (
            "adamw",
            &Object(&[rate(0.001), BETA_1, BETA_2, epsilon(1e-8), number("weightDecay", 0.01, 0.0, 100.0)]),
        ),
        ("rmsprop", &Object(&[rate(0.01), number("alpha", 0.99, 0.0, 0.999_999_9), epsilon(1e-8)])),
        ("adagrad", &Object(&[rate(0.01), epsilon(1e-10)])),
    ],
};

const BETA_1: Field = number("beta1", 0.9, 0.0, 0.999_999);
const BETA_2: Field = number("beta2", 0.999, 0.0, 0.999_999_9);

const fn rate(default: f64) -> Field {
    number("learningRate", default, 0.0, 1000.0).live()
}

const fn epsilon(default: f64) -> Field {
    number("epsilon", default, 0.0, 1.0)
}

/// A warm-up with nothing after it is a schedule of its own name.
pub(super) const WARM_UP_ALONE: &str = "linear-warm-up";

/// Which schedules there are.
pub(super) static SCHEDULE: Tagged = Tagged {
    tag: "type",
    default: Some("constant"),
    variants: &[
        ("constant", &Object(&[WARM_UP_FIRST])),
        ("step", &Object(&[epochs("stepSize", 100), number("gamma", 0.1, 0.0, 1.0), WARM_UP_FIRST])),
        ("exponential", &Object(&[number("gamma", 0.99, 0.0, 1.0), WARM_UP_FIRST])),
        ("cosine", &Object(&[epochs("tMax", 500), number("etaMin", 0.0, 0.0, 1000.0), WARM_UP_FIRST])),
        (WARM_UP_ALONE, &WARM_UP),
        (
            "reduce-on-plateau",
            &Object(&[
                number("factor", 0.1, 0.0, 0.999_999),
                integer("patience", 10, 0, MOST_EPOCHS).unit("epochs"),
                number("threshold", 1e-4, 0.0, 1.0),
                WARM_UP_FIRST,
            ]),
        ),
    ],
};

pub(super) static WARM_UP: Object =
    Object(&[number("startFactor", 1.0 / 3.0, 0.0, 1.0), epochs("totalEpochs", 5)]);

const WARM_UP_FIRST: Field = object("warmUp", &WARM_UP).written_if_set();

pub(super) const fn epochs(name: &'static str, default: u32) -> Field {
    integer(name, default, 1, MOST_EPOCHS).unit("epochs")
}

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

pub(super) fn write(optimizer: Optimizer, learning_rate: f64) -> Value {
    let rate = learning_rate.into();
    match optimizer {
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
