//! `data.target`, `task`, `kinds` and `clean`: how a table is read, and the remedies applied to it.

use super::fields::{Fields, brief, choose, refuse};
use crate::data::remedy::{By, Kind, Remedy, TableSpec, TaskChoice};
use crate::error::Result;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Remedies that a document may have, and rows or spellings that one may list.
const MOST: usize = 1_000_000;

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
        task: data.choice("task", TaskChoice::Auto, &TaskChoice::ALL)?,
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

/// A list of remedies; an empty object, as older documents have it, is none.
fn read_clean(value: Option<&Value>) -> Result<Vec<Remedy>> {
    match value {
        None => Ok(vec![]),
        Some(Value::Object(object)) if object.is_empty() => Ok(vec![]),
        Some(Value::Array(list)) if list.len() <= MOST => list
            .iter()
            .enumerate()
            .map(|(i, value)| read_remedy(&format!("data.clean[{i}]"), value))
            .collect(),
        Some(other) => Err(refuse("data.clean", format!("{} is not a list of remedies", brief(other)))),
    }
}

/// The fields of each remedy besides `fix`.
const FIXES: [(&str, &[&str]); 12] = [
    ("drop-rows", &["fix", "rows"]),
    ("drop-missing", &["fix", "column"]),
    ("impute", &["fix", "column", "by"]),
    ("drop-duplicates", &["fix"]),
    ("drop-column", &["fix", "column"]),
    ("cap", &["fix", "column", "low", "high"]),
    ("merge", &["fix", "column", "from", "to"]),
    ("relabel", &["fix", "row", "to"]),
    ("set", &["fix", "row", "column", "to"]),
    ("kind", &["fix", "column", "to"]),
    ("keep", &["fix", "column", "word"]),
    ("group", &["fix", "column", "most", "to"]),
];

fn read_remedy(path: &str, value: &Value) -> Result<Remedy> {
    let names: Vec<(&str, &str)> = FIXES.iter().map(|(name, _)| (*name, *name)).collect();
    let fix = choose(&format!("{path}.fix"), value.get("fix").unwrap_or(&Value::Null), &names)?;
    let known = FIXES.iter().find(|(name, _)| *name == fix).map_or(&[][..], |(_, known)| known);
    let fields = Fields::new(path, Some(value), known)?;
    let number = |key: &str| {
        fields.get(key).ok_or_else(|| refuse(&fields.at(key), "null is not a number".into()))?;
        fields.number(key, 0.0, -1e30..=1e30)
    };
    let row = || {
        fields.get("row").ok_or_else(|| refuse(&fields.at("row"), "null is not a row".into()))?;
        fields.integer("row", 0, 0..=u32::MAX - 1)
    };
    let column = || fields.text("column");
    Ok(match fix {
        "drop-rows" => Remedy::DropRows { rows: read_rows(&fields)? },
        "drop-missing" => Remedy::DropMissing { column: fields.text_or_null("column")? },
        "impute" => Remedy::Impute { column: column()?, by: fields.choice("by", By::Median, &By::ALL)? },
        "drop-duplicates" => Remedy::DropDuplicates,
        "drop-column" => Remedy::DropColumn { column: column()? },
        "cap" => {
            let (low, high) = (number("low")?, number("high")?);
            if low > high {
                return Err(refuse(&fields.at("low"), format!("{low} is above high, {high}")));
            }
            Remedy::Cap { column: column()?, low, high }
        }
        "merge" => Remedy::Merge { column: column()?, from: read_texts(&fields)?, to: fields.text("to")? },
        "relabel" => Remedy::Relabel { row: row()?, to: fields.text("to")? },
        "kind" => {
            let value = fields.get("to").unwrap_or(&Value::Null);
            Remedy::Treat { column: column()?, to: choose(&fields.at("to"), value, &Kind::ALL)? }
        }
        "keep" => Remedy::Keep { column: column()?, word: fields.text("word")? },
        "group" => {
            let most = fields.integer("most", 100, 1..=1000)? as usize;
            Remedy::Group { column: column()?, most, to: fields.text("to")? }
        }
        _ => Remedy::Set { row: row()?, column: column()?, to: fields.text("to")? },
    })
}

fn list<'a>(fields: &Fields<'a>, key: &str) -> Result<&'a [Value]> {
    let value = fields.get(key).unwrap_or(&Value::Null);
    let list = value.as_array().filter(|list| list.len() <= MOST);
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

pub(super) fn write_kinds(table: &TableSpec) -> Value {
    if !cfg!(feature = "table") {
        return json!({});
    }
    let kinds = table.kinds.iter().map(|(name, kind)| (name.clone(), json!(kind.name())));
    Value::Object(kinds.collect::<Map<_, _>>())
}

pub(super) fn write_clean(table: &TableSpec) -> Value {
    if !cfg!(feature = "table") {
        return json!([]);
    }
    table.clean.iter().map(write_remedy).collect()
}

/// A remedy as its document.
pub fn write_remedy(remedy: &Remedy) -> Value {
    let fix = remedy.name();
    match remedy {
        Remedy::DropRows { rows } => json!({ "fix": fix, "rows": rows }),
        Remedy::DropMissing { column } => json!({ "fix": fix, "column": column }),
        Remedy::Impute { column, by } => json!({ "fix": fix, "column": column, "by": by.name() }),
        Remedy::DropDuplicates => json!({ "fix": fix }),
        Remedy::DropColumn { column } => json!({ "fix": fix, "column": column }),
        Remedy::Cap { column, low, high } => {
            json!({ "fix": fix, "column": column, "low": low, "high": high })
        }
        Remedy::Merge { column, from, to } => json!({ "fix": fix, "column": column, "from": from, "to": to }),
        Remedy::Relabel { row, to } => json!({ "fix": fix, "row": row, "to": to }),
        Remedy::Treat { column, to } => json!({ "fix": fix, "column": column, "to": to.name() }),
        Remedy::Keep { column, word } => json!({ "fix": fix, "column": column, "word": word }),
        Remedy::Group { column, most, to } => {
            json!({ "fix": fix, "column": column, "most": most, "to": to })
        }
        Remedy::Set { row, column, to } => json!({ "fix": fix, "row": row, "column": column, "to": to }),
    }
}
