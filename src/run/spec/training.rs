//! `training`: loss, batches, penalties, clipping, stopping. The optimizer and its schedule have a file of their own.

use super::fields::{Fields, brief, name_of, refuse};
use super::optimizer;
use super::schema::{CLIP, GOAL, MOST_WEIGHT, STOP, TRAINING};
use crate::error::{Result, decimal};
use crate::json::Value;
use crate::nn::LossSpec;
use crate::run::document::object;
use crate::train::stop::{Goal, GoalMetric};
use crate::train::{ClassWeights, Clip, L1Rule, Stop, TrainingSpec};

pub(super) fn read(value: Option<&Value>) -> Result<TrainingSpec> {
    let fields = Fields::new("training", value, &TRAINING)?;
    let (optimizer, learning_rate) = optimizer::read(fields.get("optimizer"))?;
    Ok(TrainingSpec {
        loss: fields.choice("loss", &LossSpec::ALL)?,
        label_smoothing: fields.number("labelSmoothing")?,
        class_weights: read_class_weights(&fields)?,
        optimizer,
        learning_rate,
        schedule: optimizer::read_schedule(fields.get("schedule"))?,
        batch_size: fields.integer("batchSize")? as usize,
        shuffle: fields.flag("shuffle")?,
        stop: read_stop(fields.get("stop"))?,
        l1: fields.number("l1")?,
        l1_rule: fields.choice("l1Rule", &L1_RULES)?,
        l2: fields.number("l2")?,
        clip: read_clip(fields.get("clip"))?,
    })
}

pub(super) const L1_RULES: [(&str, L1Rule); 2] =
    [("subgradient", L1Rule::Subgradient), ("prune", L1Rule::Prune)];

fn read_class_weights(fields: &Fields) -> Result<ClassWeights> {
    let refused = |value: &Value| {
        let what = format!(
            "{} is neither \"balanced\" nor a list of weights in 0…{}",
            brief(value),
            decimal(MOST_WEIGHT)
        );
        refuse(&fields.at("classWeights"), what)
    };
    match fields.get("classWeights") {
        None => Ok(ClassWeights::Equal),
        Some(Value::String(word)) if word == "balanced" => Ok(ClassWeights::Balanced),
        Some(value) => {
            let weight = |w: &Value| w.as_f64().filter(|w| (0.0..=MOST_WEIGHT).contains(w));
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
    let fields = Fields::new("training.stop", value, &STOP)?;
    let goal = match fields.get("goal") {
        None => None,
        Some(goal) => {
            let (metric, own) = GOAL.read("training.stop.goal", Some(goal))?;
            let metric =
                GOALS.iter().find(|(name, _)| *name == metric).map_or(GoalMetric::TestLoss, |goal| goal.1);
            Some(Goal { metric, value: own.number("value")? })
        }
    };
    Ok(Stop {
        goal,
        patience: fields.integer_or_null("patience")?,
        max_epochs: fields.integer_or_null("maxEpochs")?,
        restore_best: fields.flag("restoreBest")?,
    })
}

fn read_clip(value: Option<&Value>) -> Result<Clip> {
    let fields = Fields::new("training.clip", value, &CLIP)?;
    match (fields.number_or_null("norm")?, fields.number_or_null("value")?) {
        (None, None) => Ok(Clip::Off),
        (Some(norm), None) => Ok(Clip::Norm(norm)),
        (None, Some(value)) => Ok(Clip::Value(value)),
        (Some(_), Some(_)) => Err(refuse("training.clip", "takes either norm or value, not both".into())),
    }
}

pub(super) fn write(training: &TrainingSpec) -> Value {
    let stop = &training.stop;
    let goal = stop.goal.map(|goal| GOAL.write(name_of(&goal.metric, &GOALS), &mut [goal.value.into()]));
    let clip = match training.clip {
        Clip::Off => Value::Null,
        Clip::Norm(norm) => object!({ "norm": norm }),
        Clip::Value(value) => object!({ "value": value }),
    };
    TRAINING.write(&mut [
        name_of(&training.loss, &LossSpec::ALL).into(),
        training.label_smoothing.into(),
        match &training.class_weights {
            ClassWeights::Equal => Value::Null,
            ClassWeights::Balanced => "balanced".into(),
            ClassWeights::Given(weights) => weights.as_slice().into(),
        },
        optimizer::write(training),
        optimizer::write_schedule(&training.schedule),
        training.batch_size.into(),
        training.shuffle.into(),
        STOP.write(&mut [
            stop.max_epochs.into(),
            goal.into(),
            stop.patience.into(),
            stop.restore_best.into(),
        ]),
        training.l1.into(),
        match training.l1_rule {
            L1Rule::Subgradient => Value::Null,
            rule => name_of(&rule, &L1_RULES).into(),
        },
        training.l2.into(),
        clip,
    ])
}
