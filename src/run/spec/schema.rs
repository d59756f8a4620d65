//! Every field of the document, once: its name, what it holds, its range, default, choices and unit, and whether it may
//! change while a run trains. Reading, checking and writing go by these tables, and so do the JSON Schema for editors
//! and the list that the page imports (`emit.rs`).

use super::kind::names;
use super::kind::{
    Field, Object, Tagged, choice, flag, integer, layers, number, object, optional, own, tagged, text,
};
use crate::data::table_spec::{ImputeWith, TaskChoice};
use crate::nn::{Activation, LossSpec};

static ENGINES: [&str; super::ENGINES.len()] = names(&super::ENGINES);
static SCALES: [&str; super::data::SCALES.len()] = names(&super::data::SCALES);
static TASKS: [&str; TaskChoice::ALL.len()] = names(&TaskChoice::ALL);
pub(super) static ACTIVATIONS: [&str; Activation::ALL.len()] = names(&Activation::ALL);
static STAND_INS: [&str; ImputeWith::ALL.len()] = names(&ImputeWith::ALL);
static LOSSES: [&str; LossSpec::ALL.len()] = names(&LossSpec::ALL);
static L1_RULES: [&str; super::training::L1_RULES.len()] = names(&super::training::L1_RULES);

/// So many epochs that nobody waits for them.
const MOST_EPOCHS: u32 = 1_000_000_000;

pub(super) static SPEC: Object = Object(&[
    integer("version", 1, 1, 1),
    integer("seed", 7, 0, u32::MAX),
    choice("engine", "auto", &ENGINES),
    object("data", &DATA),
    object("model", &MODEL),
    object("training", &TRAINING),
]);

pub(super) static DATA: Object = Object(&[
    own("source"),
    optional(integer("samples", 0, 2, 100_000)).unit("rows"),
    #[cfg(feature = "table")]
    own("points").written_if_set(),
    number("noise", 0.0, 0.0, 1.0),
    number("imbalance", 0.5, 0.05, 0.5),
    own("features"),
    text("target"),
    choice("task", "auto", &TASKS),
    own("read").written_if_set(),
    own("kinds"),
    own("clean"),
    #[cfg(feature = "table")]
    object("corrupt", &CORRUPT).written_if_set(),
    choice("scale", "standard", &SCALES),
    object("split", &SPLIT),
]);

#[cfg(feature = "table")]
pub(super) static CORRUPT: Object = Object(&[
    number("labels", 0.0, 0.0, 0.5),
    number("missing", 0.0, 0.0, 0.5),
    number("outliers", 0.0, 0.0, 0.5),
    number("duplicates", 0.0, 0.0, 0.5),
    number("units", 0.0, 0.0, 0.5),
]);

/// What was chosen by hand of how a file is read; "auto" chooses nothing.
#[cfg(feature = "table")]
pub(super) static READ: Object = Object(&[
    text("encoding").written_if_set(),
    text("format").written_if_set(),
    text("sheet").written_if_set(),
    own("delimiter").written_if_set(),
    own("header").written_if_set(),
    optional(integer("skip", 0, 0, 1_000_000)).unit("lines").written_if_set(),
    own("comment").written_if_set(),
    own("quote").written_if_set(),
    own("escape").written_if_set(),
    own("rowNames").written_if_set(),
    own("unitsRow").written_if_set(),
    own("decimal").written_if_set(),
    own("dates").written_if_set(),
]);

/// which cleaning steps there are: a new one gets its line here, and its reader and writer in `table.rs`.
pub(super) static CLEANING_STEP: Tagged = Tagged {
    tag: "fix",
    default: None,
    variants: &[
        ("drop-rows", &Object(&[own("rows").required()])),
        ("drop-missing", &Object(&[text("column")])),
        ("impute", &Object(&[COLUMN, choice("by", "median", &STAND_INS)])),
        ("drop-duplicates", &Object(&[])),
        ("drop-column", &Object(&[COLUMN])),
        ("cap", &Object(&[COLUMN, bound("low"), bound("high")])),
        ("merge", &Object(&[COLUMN, own("from").required(), TO])),
        ("relabel", &Object(&[ROW, TO])),
        ("set", &Object(&[ROW, COLUMN, TO])),
        ("kind", &Object(&[COLUMN, own("to").required()])),
        ("keep", &Object(&[COLUMN, text("word").required()])),
        ("group", &Object(&[COLUMN, integer("most", 100, 1, 1000).unit("names"), TO])),
    ],
};

const COLUMN: Field = text("column").required();
const TO: Field = text("to").required();
const ROW: Field = optional(integer("row", 0, 0, u32::MAX - 1)).required();

const fn bound(name: &'static str) -> Field {
    optional(number(name, 0.0, -1e30, 1e30)).required()
}

pub(super) static SPLIT: Object = Object(&[
    number("train", 0.8, 0.01, 1.0),
    number("validation", 0.0, 0.0, 0.99),
    // What the others leave, unless it is given.
    optional(number("test", 0.0, 0.0, 0.99)),
    flag("stratify", true),
]);

pub(super) static FORMULA: Object = Object(&[text("formula").required()]);

pub(super) static MODEL: Object = Object(&[
    layers("layers"),
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
    choice("l1Rule", "subgradient", &L1_RULES).written_if_set(),
    number("l2", 0.0, 0.0, 100.0),
    object("clip", &CLIP),
]);

/// The most that one class may count.
pub(super) const MOST_WEIGHT: f64 = 1000.0;

/// Which optimizers there are: a new one gets its line here, and its reader and writer in `optimizer.rs`.
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

const fn epochs(name: &'static str, default: u32) -> Field {
    integer(name, default, 1, MOST_EPOCHS).unit("epochs")
}

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
