//! `data`: where rows come from, which features they have, how they are scaled and split. How a table is read and
//! cleaned has a file of its own.

use super::fields::{Fields, brief, choose, name_of, refuse};
use super::table;
#[cfg(feature = "table")]
use crate::data::Corruption;
#[cfg(feature = "table")]
use crate::data::reading::ReadSpec;
use crate::data::remedy::TaskChoice;
use crate::data::{FeatureSpec, Scale, Source, SplitSpec, TableSpec, Task};
use crate::error::{Result, decimal};
use crate::run::document::object;
use serde_json::Value;

/// Where rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceSpec {
    /// Made here, from the seed.
    Toy(Source),
    /// Points on the plane, in the Spec itself: drawn by hand.
    #[cfg(feature = "table")]
    Drawn,
    /// Given by the caller, as numbers.
    Rows,
    /// Given by the caller, as a table.
    Table,
    /// A real data set by its name; the caller gives its table.
    Set(&'static str),
}

/// The real data sets.
const SETS: [&str; 10] = [
    "iris",
    "penguins",
    "breast-cancer",
    "wine",
    "titanic",
    "pima",
    "auto-mpg",
    "airquality",
    "diabetes",
    "pd-speech",
];

impl SourceSpec {
    /// Whether the rows are those of a table.
    pub fn is_table(self) -> bool {
        matches!(self, SourceSpec::Table | SourceSpec::Set(_))
    }
}

/// Rows and what becomes of them before training.
#[derive(Debug, Clone, PartialEq)]
pub struct DataSpec {
    /// Where rows come from.
    pub source: SourceSpec,
    /// Rows to make; `None` is the source's own number.
    pub samples: Option<u32>,
    /// Points of a drawn source: for each class x and y in turn.
    #[cfg(feature = "table")]
    pub points: Vec<Vec<f32>>,
    /// Strength of the noise, 0…1.
    pub noise: f64,
    /// Share of the rarer class, 0.05…0.5; for toy sources of two classes.
    pub imbalance: f64,
    /// Input features; `None` is the source's own columns.
    pub features: Option<Vec<FeatureSpec>>,
    /// How a table is read and cleaned.
    pub table: TableSpec,
    /// What is spoilt of the training rows.
    #[cfg(feature = "table")]
    pub corrupt: Corruption,
    /// How features are scaled, by statistics of training rows.
    pub scale: Scale,
    /// Shares of training, validation and test rows.
    pub split: SplitSpec,
}

const SCALES: [(&str, Scale); 3] =
    [("none", Scale::None), ("standard", Scale::Standard), ("min-max", Scale::MinMax)];

fn sources() -> Vec<(&'static str, SourceSpec)> {
    let toys = Source::all().map(|source| (source.name(), SourceSpec::Toy(source)));
    let given = [
        #[cfg(feature = "table")]
        ("drawn", SourceSpec::Drawn),
        ("rows", SourceSpec::Rows),
        ("table", SourceSpec::Table),
    ];
    toys.chain(given).chain(SETS.map(|name| (name, SourceSpec::Set(name)))).collect()
}

pub(super) fn read(value: Option<&Value>) -> Result<DataSpec> {
    let known = [
        "source",
        "samples",
        #[cfg(feature = "table")]
        "points",
        "noise",
        "imbalance",
        "features",
        "target",
        "task",
        "read",
        "kinds",
        "clean",
        #[cfg(feature = "table")]
        "corrupt",
        "scale",
        "split",
    ];
    let fields = Fields::new("data", value, &known)?;
    let source = match fields.get("source") {
        Some(value) => choose(&fields.at("source"), value, &sources())?,
        None => SourceSpec::Toy(Source::Circle),
    };
    Ok(DataSpec {
        source,
        samples: fields.integer_or_null("samples", None, 2..=100_000)?,
        #[cfg(feature = "table")]
        points: fields.get("points").map_or(Ok(vec![]), super::points::read)?,
        noise: fields.number("noise", 0.0, 0.0..=1.0)?,
        imbalance: read_imbalance(&fields, source)?,
        features: fields.get("features").map(read_features).transpose()?,
        table: table::read(&fields)?,
        #[cfg(feature = "table")]
        corrupt: super::corrupt::read(fields.get("corrupt"))?,
        scale: fields.choice("scale", Scale::Standard, &SCALES)?,
        split: read_split(fields.get("split"))?,
    })
}

fn read_imbalance(fields: &Fields, source: SourceSpec) -> Result<f64> {
    let share = fields.number("imbalance", 0.5, 0.05..=0.5)?;
    let has_two =
        matches!(source, SourceSpec::Toy(toy) if toy.task() == (Task::Classification { classes: 2 }));
    if share < 0.5 && !has_two {
        let what = format!("{} needs a toy source of two classes", decimal(share));
        return Err(refuse("data.imbalance", what));
    }
    Ok(share)
}

fn read_features(value: &Value) -> Result<Vec<FeatureSpec>> {
    let list = value.as_array().filter(|list| !list.is_empty());
    let list = list.ok_or_else(|| {
        refuse("data.features", format!("{} is not a list of at least one feature", brief(value)))
    })?;
    list.iter()
        .enumerate()
        .map(|(index, value)| read_feature(&format!("data.features[{index}]"), value))
        .collect()
}

fn read_feature(path: &str, value: &Value) -> Result<FeatureSpec> {
    match value {
        Value::String(name) => Ok(FeatureSpec::Name(name.clone())),
        Value::Object(_) => {
            let fields = Fields::new(path, Some(value), &["formula"])?;
            Ok(FeatureSpec::Formula(fields.text("formula")?))
        }
        other => Err(refuse(path, format!("{} is neither a name nor {{\"formula\": …}}", brief(other)))),
    }
}

fn write_feature(feature: &FeatureSpec) -> Value {
    match feature {
        FeatureSpec::Name(name) => name.as_str().into(),
        FeatureSpec::Formula(formula) => object!({ "formula": formula.as_str() }),
    }
}

fn read_split(value: Option<&Value>) -> Result<SplitSpec> {
    let fields = Fields::new("data.split", value, &["train", "validation", "test", "stratify"])?;
    let train = fields.number("train", 0.8, 0.01..=1.0)?;
    let validation = fields.number("validation", 0.0, 0.0..=0.99)?;
    // The test share is what the others leave, unless it is given and contradicts them.
    let rest = (1.0 - train - validation).max(0.0);
    let test = fields.number("test", rest, 0.0..=0.99)?;
    if (train + validation + test - 1.0).abs() > 1e-6 {
        let [train, validation, test] = [train, validation, test].map(decimal);
        let what = format!("train {train} + validation {validation} + test {test} is not 1");
        return Err(refuse("data.split", what));
    }
    Ok(SplitSpec { train, validation, test, stratify: fields.boolean("stratify", true)? })
}

pub(super) fn write(data: &DataSpec) -> Value {
    let split = &data.split;
    let document = object!({
        "source": name_of(&data.source, &sources()),
        "samples": data.samples,
        "noise": data.noise,
        "imbalance": data.imbalance,
        "features": data.features.as_ref().map(|list| list.iter().map(write_feature).collect::<Vec<_>>()),
        "target": data.table.target.as_deref(),
        "task": name_of(&data.table.task, &TaskChoice::ALL),
        "kinds": table::write_kinds(&data.table),
        "clean": table::write_clean(&data.table),
        "scale": name_of(&data.scale, &SCALES),
        "split": object!({
            "train": split.train, "validation": split.validation, "test": split.test, "stratify": split.stratify
        }),
    });
    #[cfg(feature = "table")]
    let document = {
        let mut document = document;
        if data.source == SourceSpec::Drawn {
            document["points"] = super::points::write(&data.points);
        }
        if data.table.read != ReadSpec::default() {
            document["read"] = super::reading::write(&data.table.read);
        }
        // As builds without the feature have it where nothing is spoilt: a checkpoint of one fits the other.
        if data.corrupt != Corruption::default() {
            document["corrupt"] = super::corrupt::write(&data.corrupt);
        }
        document
    };
    document
}
