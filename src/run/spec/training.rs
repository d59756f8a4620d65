//! `training`: loss, batches, penalties, clipping, stopping. The optimizer and its schedule have a file of their own.

use super::fields::{Fields, brief, name_of, refuse};
use super::kind::{Object, Tagged, choice, flag, integer, names, number, object, optional, own, tagged};
use super::optimizer;
use super::optimizer::{OPTIMIZER, SCHEDULE, epochs};
use crate::error::{Result, decimal};
use crate::json::Value;
use crate::nn::LossSpec;
use crate::run::document::object;
use crate::train::stop::{Goal, GoalMetric};
use crate::train::{Clip, L1Rule, Optimizer, Penalty, Schedule, Stop};

/// How much each class counts in the loss.
#[derive(Debug, Clone, PartialEq)]
pub enum ClassWeights {
    /// All alike.
    Equal,
    /// In inverse proportion to the class's share of training rows.
    Balanced,
    /// As given, one a class.
    Given(Vec<f64>),
}

/// How a model is trained: every hyperparameter of the loop.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingSpec {
    /// What is minimized.
    pub loss: LossSpec,
    /// ε: the share of a row's certainty that is spread over all classes (Szegedy et al. 2016).
    pub label_smoothing: f64,
    /// How much each class counts.
    pub class_weights: ClassWeights,
    /// The rule that turns a gradient into a step.
    pub optimizer: Optimizer,
    /// Length of a step along the negative gradient, per unit of gradient.
    pub learning_rate: f64,
    /// How the rate changes from epoch to epoch.
    pub schedule: Schedule,
    /// Rows a step looks at.
    pub batch_size: usize,
    /// Whether rows are put in a new order every epoch.
    pub shuffle: bool,
    /// When to stop.
    pub stop: Stop,
    /// What large weights cost.
    pub penalty: Penalty,
    /// A bound on gradients.
    pub clip: Clip,
}

static LOSSES: [&str; LossSpec::ALL.len()] = names(&LossSpec::ALL);
static L1_RULE_NAMES: [&str; L1_RULES.len()] = names(&L1_RULES);

pub(super) static TRAINING: Object = Object(&[
    choice("loss", "auto", &LOSSES),
    number("labelSmoothing", 0.0, 0.0, 0.999),
    own("classWeights"),
    tagged("optimizer", &OPTIMIZER),
    tagged("schedule", &SCHEDULE),
    integer("batchSize", 10, 1, 1_000_000).unit("rows"),
    flag("shuffle", true),
    object("stop", &STOP),
    number("l1", 0.0, 0.0, 100.0),
    // Versions before the rule lack it: a checkpoint of one fits the other.
    choice("l1Rule", "subgradient", &L1_RULE_NAMES).written_if_set(),
    number("l2", 0.0, 0.0, 100.0),
    object("clip", &CLIP),
]);

/// The most that one class may count.
pub(super) const MOST_WEIGHT: f64 = 1000.0;

pub(super) static STOP: Object = Object(&[
    optional(epochs("maxEpochs", 500)).or(500).live(),
    tagged("goal", &GOAL),
    optional(epochs("patience", 0)),
    flag("restoreBest", false),
]);

/// What a run may be stopped by: a share, or a loss that has no natural end.
pub(super) static GOAL: Tagged = Tagged {
    tag: "metric",
    default: Some("testLoss"),
    variants: &[("trainingLoss", &GOAL_LOSS), ("testLoss", &GOAL_LOSS), ("testAccuracy", &GOAL_ACCURACY)],
};

static GOAL_LOSS: Object = Object(&[number("value", 0.0, 0.0, 1e9)]);
static GOAL_ACCURACY: Object = Object(&[number("value", 0.0, 0.0, 1.0)]);

/// One of the two, or neither.
pub(super) static CLIP: Object =
    Object(&[optional(number("norm", 0.0, 1e-9, 1e9)), optional(number("value", 0.0, 1e-9, 1e9))]);

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
        penalty: Penalty {
            l1: fields.number("l1")?,
            l1_rule: fields.choice("l1Rule", &L1_RULES)?,
            l2: fields.number("l2")?,
        },
        clip: read_clip(fields.get("clip"))?,
    })
}

const L1_RULES: [(&str, L1Rule); 2] = [("subgradient", L1Rule::Subgradient), ("prune", L1Rule::Prune)];

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
        optimizer::write(training.optimizer, training.learning_rate),
        optimizer::write_schedule(&training.schedule),
        training.batch_size.into(),
        training.shuffle.into(),
        STOP.write(&mut [
            stop.max_epochs.into(),
            goal.into(),
            stop.patience.into(),
            stop.restore_best.into(),
        ]),
        training.penalty.l1.into(),
        match training.penalty.l1_rule {
            L1Rule::Subgradient => Value::Null,
            rule => name_of(&rule, &L1_RULES).into(),
        },
        training.penalty.l2.into(),
        clip,
    ])
}
