//! `training`: loss, batches, penalties, clipping, stopping. The optimiser and its schedule have a file of their own.

use super::fields::{Fields, brief, name_of, refuse};
use super::optimizer;
use crate::error::Result;
use crate::nn::LossSpec;
use crate::run::document::object;
use crate::train::stop::{Goal, GoalMetric};
use crate::train::{ClassWeights, Clip, L1Rule, Stop, TrainingSpec};
use serde_json::Value;

const KNOWN: [&str; 12] = [
    "loss",
    "labelSmoothing",
    "classWeights",
    "optimizer",
    "schedule",
    "batchSize",
    "shuffle",
    "stop",
    "l1",
    "l1Rule",
    "l2",
    "clip",
];

pub(super) fn read(value: Option<&Value>) -> Result<TrainingSpec> {
    let fields = Fields::new("training", value, &KNOWN)?;
    let (optimizer, learning_rate) = optimizer::read(fields.get("optimizer"))?;
    Ok(TrainingSpec {
        loss: fields.choice("loss", LossSpec::Auto, &LossSpec::ALL)?,
        label_smoothing: fields.number("labelSmoothing", 0.0, 0.0..=0.999)?,
        class_weights: read_class_weights(&fields)?,
        optimizer,
        learning_rate,
        schedule: optimizer::read_schedule(fields.get("schedule"))?,
        batch_size: fields.integer("batchSize", 10, 1..=1_000_000)? as usize,
        shuffle: fields.boolean("shuffle", true)?,
        stop: read_stop(fields.get("stop"))?,
        l1: fields.number("l1", 0.0, 0.0..=100.0)?,
        l1_rule: fields.choice("l1Rule", L1Rule::Subgradient, &L1_RULES)?,
        l2: fields.number("l2", 0.0, 0.0..=100.0)?,
        clip: read_clip(fields.get("clip"))?,
    })
}

const L1_RULES: [(&str, L1Rule); 2] = [("subgradient", L1Rule::Subgradient), ("prune", L1Rule::Prune)];

fn read_class_weights(fields: &Fields) -> Result<ClassWeights> {
    let refused = |value: &Value| {
        let what = format!("{} is neither \"balanced\" nor a list of weights in 0…1000", brief(value));
        refuse(&fields.at("classWeights"), what)
    };
    match fields.get("classWeights") {
        None => Ok(ClassWeights::Equal),
        Some(Value::String(word)) if word == "balanced" => Ok(ClassWeights::Balanced),
        Some(value) => {
            let weight = |w: &Value| w.as_f64().filter(|w| (0.0..=1000.0).contains(w));
            let weights = value.as_array().and_then(|list| list.iter().map(weight).collect());
            weights.map(ClassWeights::Given).ok_or_else(|| refused(value))
        }
    }
}

const GOALS: [(&str, GoalMetric); 3] = [
    ("trainingLoss", GoalMetric::TrainingLoss),
    ("testLoss", GoalMetric::TestLoss),
    ("testAccuracy", GoalMetric::TestAccuracy),
];

fn read_stop(value: Option<&Value>) -> Result<Stop> {
    let fields = Fields::new("training.stop", value, &["maxEpochs", "goal", "patience", "restoreBest"])?;
    let goal = match fields.get("goal") {
        None => None,
        Some(goal) => {
            let goal = Fields::new("training.stop.goal", Some(goal), &["metric", "value"])?;
            let metric = goal.choice("metric", GoalMetric::TestLoss, &GOALS)?;
            let most = if metric == GoalMetric::TestAccuracy { 1.0 } else { 1e9 };
            Some(Goal { metric, value: goal.number("value", 0.0, 0.0..=most)? })
        }
    };
    Ok(Stop {
        goal,
        patience: fields.integer_or_null("patience", None, 1..=1_000_000_000)?,
        max_epochs: fields.integer_or_null("maxEpochs", Some(500), 1..=1_000_000_000)?,
        restore_best: fields.boolean("restoreBest", false)?,
    })
}

fn read_clip(value: Option<&Value>) -> Result<Clip> {
    let fields = Fields::new("training.clip", value, &["norm", "value"])?;
    let range = 1e-9..=1e9;
    match (fields.get("norm"), fields.get("value")) {
        (None, None) => Ok(Clip::Off),
        (Some(_), None) => fields.number("norm", 0.0, range).map(Clip::Norm),
        (None, Some(_)) => fields.number("value", 0.0, range).map(Clip::Value),
        (Some(_), Some(_)) => Err(refuse("training.clip", "takes either norm or value, not both".into())),
    }
}

pub(super) fn write(training: &TrainingSpec) -> Value {
    let stop = &training.stop;
    let mut document = object!({
        "loss": name_of(&training.loss, &LossSpec::ALL),
        "labelSmoothing": training.label_smoothing,
        "classWeights": match &training.class_weights {
            ClassWeights::Equal => Value::Null,
            ClassWeights::Balanced => "balanced".into(),
            ClassWeights::Given(weights) => weights.as_slice().into(),
        },
        "optimizer": optimizer::write(training),
        "schedule": optimizer::write_schedule(&training.schedule),
        "batchSize": training.batch_size,
        "shuffle": training.shuffle,
        "stop": object!({
            "maxEpochs": stop.max_epochs,
            "goal": stop.goal.map(|goal| object!({ "metric": name_of(&goal.metric, &GOALS), "value": goal.value })),
            "patience": stop.patience,
            "restoreBest": stop.restore_best,
        }),
        "l1": training.l1,
        "l2": training.l2,
        "clip": match training.clip {
            Clip::Off => Value::Null,
            Clip::Norm(norm) => object!({ "norm": norm }),
            Clip::Value(value) => object!({ "value": value }),
        },
    });
    // As versions without the rule have it: a checkpoint of one fits the other.
    if training.l1_rule != L1Rule::Subgradient {
        document["l1Rule"] = name_of(&training.l1_rule, &L1_RULES).into();
    }
    document
}
