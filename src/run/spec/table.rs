//! `data.target`, `task`, `kinds` and `clean`: how a table is read, and the cleaning steps applied to it.

use super::fields::{Fields, brief, choose, refuse};
use super::kind::{Field, Object, Tagged, choice, integer, names, number, optional, own, text};
use crate::data::table_spec::{CleaningStep, ImputeWith, Kind, TableSpec, TaskChoice};
use crate::error::{Result, decimal};
use crate::json::{Map, Value};
use std::collections::BTreeMap;

static STAND_INS: [&str; ImputeWith::ALL.len()] = names(&ImputeWith::ALL);

/// Which cleaning steps there are: a new one gets its line here, and its reader and writer below.
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

/// Cleaning steps that a document may have, and rows or spellings that one may list.
const MOST_ENTRIES: usize = 1_000_000;

/// Without the feature `table` there is none to read, and documents of others must not ask for it.
fn refuse_table(data: &Fields) -> Result<TableSpec> {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(word) => word == "auto",
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    for key in ["target", "task", "read", "kinds", "clean"] {
        if data.get(key).is_some_and(|value| !is_nothing(value)) {
            return Err(refuse(&data.at(key), "takes the package with tables".into()));
        }
    }
    Ok(TableSpec::default())
}

pub(super) fn read(data: &Fields) -> Result<TableSpec> {
    if !cfg!(feature = "table") {
        return refuse_table(data);
    }
    Ok(TableSpec {
        #[cfg(feature = "table")]
        read: super::reading::read(data.get("read"))?,
        target: data.text_or_null("target")?,
        task: data.choice("task", &TaskChoice::ALL)?,
        kinds: read_kinds(data.get("kinds"))?,
        clean: read_clean(data.get("clean"))?,
    })
}

fn read_kinds(value: Option<&Value>) -> Result<BTreeMap<String, Kind>> {
    let object = match value {
        None => return Ok(BTreeMap::new()),
        Some(Value::Object(object)) => object,
        Some(other) => return Err(refuse("data.kinds", format!("{} is not an object", brief(other)))),
    };
    let kind = |(name, value): (&String, &Value)| {
        choose(&format!("data.kinds.{name}"), value, &Kind::ALL).map(|kind| (name.clone(), kind))
    };
    object.iter().map(kind).collect()
}

/// A list of cleaning steps; an empty object, as older documents have it, is none.
fn read_clean(value: Option<&Value>) -> Result<Vec<CleaningStep>> {
    match value {
        None => Ok(vec![]),
        Some(Value::Object(object)) if object.is_empty() => Ok(vec![]),
        Some(Value::Array(list)) if list.len() <= MOST_ENTRIES => list
            .iter()
            .enumerate()
            .map(|(i, value)| read_cleaning_step(&format!("data.clean[{i}]"), value))
            .collect(),
        Some(other) => Err(refuse("data.clean", format!("{} is not a list of fixes", brief(other)))),
    }
}

fn read_cleaning_step(path: &str, value: &Value) -> Result<CleaningStep> {
    let (fix, fields) = CLEANING_STEP.read(path, Some(value))?;
    let needed = |key: &str, what: &str| refuse(&fields.at(key), format!("null is not a {what}"));
    let number = |key: &str| fields.number_or_null(key)?.ok_or_else(|| needed(key, "number"));
    let row = || fields.integer_or_null("row")?.ok_or_else(|| needed("row", "row"));
    let column = || fields.text("column");
    Ok(match fix {
        "drop-rows" => CleaningStep::DropRows { rows: read_rows(&fields)? },
        "drop-missing" => CleaningStep::DropMissing { column: fields.text_or_null("column")? },
        "impute" => CleaningStep::Impute { column: column()?, by: fields.choice("by", &ImputeWith::ALL)? },
        "drop-duplicates" => CleaningStep::DropDuplicates,
        "drop-column" => CleaningStep::DropColumn { column: column()? },
        "cap" => {
            let (low, high) = (number("low")?, number("high")?);
            if low > high {
                return Err(refuse(
                    &fields.at("low"),
                    format!("{} is above high, {}", decimal(low), decimal(high)),
                ));
            }
            CleaningStep::Cap { column: column()?, low, high }
        }
        "merge" => {
            CleaningStep::Merge { column: column()?, from: read_texts(&fields)?, to: fields.text("to")? }
        }
        "relabel" => CleaningStep::Relabel { row: row()?, to: fields.text("to")? },
        "kind" => {
            let value = fields.get("to").unwrap_or(&Value::Null);
            CleaningStep::Treat { column: column()?, to: choose(&fields.at("to"), value, &Kind::ALL)? }
        }
        "keep" => CleaningStep::Keep { column: column()?, word: fields.text("word")? },
        "group" => {
            let most = fields.integer("most")? as usize;
            CleaningStep::Group { column: column()?, most, to: fields.text("to")? }
        }
        _ => CleaningStep::Set { row: row()?, column: column()?, to: fields.text("to")? },
    })
}

fn list<'a>(fields: &Fields<'a>, key: &str) -> Result<&'a [Value]> {
    let value = fields.get(key).unwrap_or(&Value::Null);
    let list = value.as_array().filter(|list| list.len() <= MOST_ENTRIES);
    list.map(Vec::as_slice).ok_or_else(|| refuse(&fields.at(key), format!("{} is not a list", brief(value))))
}

fn read_rows(fields: &Fields) -> Result<Vec<u32>> {
    let row = |(index, value): (usize, &Value)| {
        let row = value.as_f64().filter(|row| row.fract() == 0.0 && (0.0..4_294_967_295.0).contains(row));
        row.map(|row| row as u32).ok_or_else(|| {
            refuse(
                &format!("{}[{index}]", fields.at("rows")),
                format!("{} is no row: a row is a whole number from 0", brief(value)),
            )
        })
    };
    list(fields, "rows")?.iter().enumerate().map(row).collect()
}

fn read_texts(fields: &Fields) -> Result<Vec<String>> {
    let text = |(index, value): (usize, &Value)| {
        value.as_str().map(str::to_owned).ok_or_else(|| {
            refuse(&format!("{}[{index}]", fields.at("from")), format!("{} is not a text", brief(value)))
        })
    };
    list(fields, "from")?.iter().enumerate().map(text).collect()
}

/// How the file is read, where something of it was chosen.
pub(super) fn write_read(_table: &TableSpec) -> Value {
    #[cfg(feature = "table")]
    if _table.read != crate::data::reading::ReadSpec::default() {
        return super::reading::write(&_table.read);
    }
    Value::Null
}

pub(super) fn write_kinds(table: &TableSpec) -> Value {
    let mut object = Map::new();
    if cfg!(feature = "table") {
        for (name, kind) in &table.kinds {
            object.insert(name.clone(), kind.name().into());
        }
    }
    object.into()
}

pub(super) fn write_clean(table: &TableSpec) -> Value {
    if !cfg!(feature = "table") {
        return Value::Array(vec![]);
    }
    table.clean.iter().map(write_cleaning_step).collect()
}

/// A cleaning step as its document.
pub fn write_cleaning_step(step: &CleaningStep) -> Value {
    let text = |text: &String| Value::from(text.as_str());
    let mut values = match step {
        CleaningStep::DropDuplicates => vec![],
        CleaningStep::DropRows { rows } => vec![rows.as_slice().into()],
        CleaningStep::DropMissing { column } => vec![column.as_deref().into()],
        CleaningStep::DropColumn { column } => vec![text(column)],
        CleaningStep::Impute { column, by } => vec![text(column), by.name().into()],
        CleaningStep::Cap { column, low, high } => vec![text(column), (*low).into(), (*high).into()],
        CleaningStep::Merge { column, from, to } => vec![text(column), from.as_slice().into(), text(to)],
        CleaningStep::Relabel { row, to } => vec![(*row).into(), text(to)],
        CleaningStep::Treat { column, to } => vec![text(column), to.name().into()],
        CleaningStep::Keep { column, word } => vec![text(column), text(word)],
        CleaningStep::Group { column, most, to } => vec![text(column), (*most).into(), text(to)],
        CleaningStep::Set { row, column, to } => vec![(*row).into(), text(column), text(to)],
    };
    CLEANING_STEP.write(step.name(), &mut values)
}
