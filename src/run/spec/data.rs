//! `data`: where rows come from, which features they have, how they are scaled and split. How a table is read and
//! cleaned has a file of its own.

use super::fields::{Fields, brief, name_of, refuse};
use super::kind::{Object, choice, flag, integer, names, number, object, optional, own, text};
use super::table;
#[cfg(feature = "layers")]
use crate::data::Augmentation;
#[cfg(feature = "table")]
use crate::data::Corruption;
use crate::data::table_spec::TaskChoice;
use crate::data::{FeatureSpec, Scale, Source, SplitSpec, TableSpec, Task};
use crate::error::{Error, Result, decimal};
use crate::json::Value;
use crate::run::document::object;

static SCALE_NAMES: [&str; SCALES.len()] = names(&SCALES);
static TASKS: [&str; TaskChoice::ALL.len()] = names(&TaskChoice::ALL);

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
    object("corrupt", &super::corrupt::CORRUPT).written_if_set(),
    // Its ranges are no part of the page's short list: the controls for it come later.
    #[cfg(feature = "layers")]
    own("augment").written_if_set(),
    choice("scale", "standard", &SCALE_NAMES),
    object("split", &SPLIT),
]);

pub(super) static SPLIT: Object = Object(&[
    number("train", 0.8, 0.01, 1.0),
    number("validation", 0.0, 0.0, 0.99),
    // What the others leave, unless it is given.
    optional(number("test", 0.0, 0.0, 0.99)),
    flag("stratify", true),
]);

pub(super) static FORMULA: Object = Object(&[text("formula").required()]);

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// A data set by its name: the caller has it, and gives its table.
    Set(String),
}

impl SourceSpec {
    /// Whether the rows are those of a table.
    pub fn is_table(&self) -> bool {
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
    /// How training images are varied.
    #[cfg(feature = "layers")]
    pub augment: Augmentation,
    /// How features are scaled, by statistics of training rows.
    pub scale: Scale,
    /// Shares of training, validation and test rows.
    pub split: SplitSpec,
}

const SCALES: [(&str, Scale); 3] =
    [("none", Scale::None), ("standard", Scale::Standard), ("min-max", Scale::MinMax)];

/// What is no data set of the caller's.
const GIVEN: &[(&str, SourceSpec)] = &[
    #[cfg(feature = "table")]
    ("drawn", SourceSpec::Drawn),
    ("rows", SourceSpec::Rows),
    ("table", SourceSpec::Table),
];

/// The sources that the core knows by itself.
pub(super) fn source_names() -> impl Iterator<Item = &'static str> {
    Source::all().map(Source::name).chain(GIVEN.iter().map(|(name, _)| *name))
}

/// Letters of a data set's name.
const MOST_LETTERS: usize = 40;

fn read_source(value: &Value) -> Result<SourceSpec> {
    let name = value.as_str().unwrap_or("");
    if let Some(toy) = Source::parse(name) {
        return Ok(SourceSpec::Toy(toy));
    }
    if let Some((_, given)) = GIVEN.iter().find(|(known, _)| *known == name) {
        return Ok(given.clone());
    }
    let is_plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if (1..=MOST_LETTERS).contains(&name.len()) && name.bytes().all(is_plain) {
        return Ok(SourceSpec::Set(name.to_owned()));
    }
    Err(unknown_source(&brief(value), ""))
}

/// Not among the sources that are known here.
pub(in crate::run) fn unknown_source(name: &str, advice: &str) -> Error {
    let known: Vec<_> = source_names().collect();
    refuse("data.source", format!("{name} is not one of {}{advice}", known.join(", ")))
}

fn write_source(source: &SourceSpec) -> &str {
    match source {
        SourceSpec::Toy(toy) => toy.name(),
        SourceSpec::Set(name) => name,
        given => GIVEN.iter().find(|(_, known)| known == given).map_or("", |(name, _)| name),
    }
}

pub(super) fn read(value: Option<&Value>) -> Result<DataSpec> {
    let fields = Fields::new("data", value, &DATA)?;
    let source = fields.get("source").map_or(Ok(SourceSpec::Toy(Source::Circle)), read_source)?;
    Ok(DataSpec {
        samples: fields.integer_or_null("samples")?,
        #[cfg(feature = "table")]
        points: fields.get("points").map_or(Ok(vec![]), super::points::read)?,
        noise: fields.number("noise")?,
        imbalance: read_imbalance(&fields, &source)?,
        features: fields.get("features").map(read_features).transpose()?,
        table: table::read(&fields)?,
        #[cfg(feature = "table")]
        corrupt: super::corrupt::read(fields.get("corrupt"))?,
        #[cfg(feature = "layers")]
        augment: super::augment::read(fields.get("augment"))?,
        scale: fields.choice("scale", &SCALES)?,
        split: read_split(fields.get("split"))?,
        source,
    })
}

fn read_imbalance(fields: &Fields, source: &SourceSpec) -> Result<f64> {
    let share = fields.number("imbalance")?;
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
    crate::data::check_count(list.len())?;
    list.iter()
        .enumerate()
        .map(|(index, value)| read_feature(&format!("data.features[{index}]"), value))
        .collect()
}

fn read_feature(path: &str, value: &Value) -> Result<FeatureSpec> {
    match value {
        Value::String(name) => Ok(FeatureSpec::Name(name.clone())),
        Value::Object(_) => {
            let fields = Fields::new(path, Some(value), &FORMULA)?;
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
    let fields = Fields::new("data.split", value, &SPLIT)?;
    let train = fields.number("train")?;
    let validation = fields.number("validation")?;
    // The test share is what the others leave, unless it is given and contradicts them.
    let test = fields.number_or_null("test")?.unwrap_or((1.0 - train - validation).max(0.0));
    if (train + validation + test - 1.0).abs() > 1e-6 {
        let [train, validation, test] = [train, validation, test].map(decimal);
        let what = format!("train {train} + validation {validation} + test {test} is not 1");
        return Err(refuse("data.split", what));
    }
    Ok(SplitSpec { train, validation, test, stratify: fields.flag("stratify")? })
}

pub(super) fn write(data: &DataSpec) -> Value {
    let split = &data.split;
    let features = |list: &Vec<_>| Value::from(list.iter().map(write_feature).collect::<Vec<_>>());
    DATA.write(&mut [
        write_source(&data.source).into(),
        data.samples.into(),
        #[cfg(feature = "table")]
        match data.source {
            SourceSpec::Drawn => super::points::write(&data.points),
            _ => Value::Null,
        },
        data.noise.into(),
        data.imbalance.into(),
        data.features.as_ref().map_or(Value::Null, features),
        data.table.target.as_deref().into(),
        name_of(&data.table.task, &TaskChoice::ALL).into(),
        table::write_read(&data.table),
        table::write_kinds(&data.table),
        table::write_clean(&data.table),
        // As builds without the feature have it where nothing is spoilt: a checkpoint of one fits the other.
        #[cfg(feature = "table")]
        match data.corrupt == Corruption::default() {
            true => Value::Null,
            false => super::corrupt::write(&data.corrupt),
        },
        #[cfg(feature = "layers")]
        super::augment::write(&data.augment),
        name_of(&data.scale, &SCALES).into(),
        SPLIT.write(&mut [
            split.train.into(),
            split.validation.into(),
            split.test.into(),
            split.stratify.into(),
        ]),
    ])
}
