//! Reading one object of the Spec: each field once, with its range; what doesn't fit is refused by its path.

use crate::error::{Error, Result, decimal};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// An object of the document and where it stands.
pub(super) struct Fields<'a> {
    path: String,
    object: Option<&'a Map<String, Value>>,
}

impl<'a> Fields<'a> {
    /// Takes `value` as an object that has no other than the `known` fields; null and absent are empty.
    pub(super) fn new(path: &str, value: Option<&'a Value>, known: &[&str]) -> Result<Self> {
        let object = match value {
            None | Some(Value::Null) => None,
            Some(Value::Object(object)) => Some(object),
            Some(other) => return Err(refuse(path, format!("{} is not an object", brief(other)))),
        };
        let fields = Fields { path: path.to_owned(), object };
        let unknown = object.and_then(|object| object.keys().find(|key| !known.contains(&key.as_str())));
        match unknown {
            Some(key) => {
                Err(refuse(&fields.at(key), format!("unknown field; known are {}", known.join(", "))))
            }
            None => Ok(fields),
        }
    }

    /// The full path of a field.
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The field's value; null counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.raw(key).filter(|value| !value.is_null())
    }

    fn raw(&self, key: &str) -> Option<&'a Value> {
        self.object.and_then(|object| object.get(key))
    }

    pub(super) fn number(&self, key: &str, default: f64, range: RangeInclusive<f64>) -> Result<f64> {
        let Some(value) = self.get(key) else {
            return Ok(default);
        };
        let number = value.as_f64().filter(|number| range.contains(number));
        number.ok_or_else(|| self.outside(key, value, *range.start(), *range.end()))
    }

    pub(super) fn integer(&self, key: &str, default: u32, range: RangeInclusive<u32>) -> Result<u32> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => self.as_integer(key, value, &range),
        }
    }

    /// An integer that may be null on purpose: absent is `default`, null is `None`.
    pub(super) fn integer_or_null(
        &self,
        key: &str,
        default: Option<u32>,
        range: RangeInclusive<u32>,
    ) -> Result<Option<u32>> {
        match self.raw(key) {
            None => Ok(default),
            Some(Value::Null) => Ok(None),
            Some(value) => self.as_integer(key, value, &range).map(Some),
        }
    }

    fn as_integer(&self, key: &str, value: &Value, range: &RangeInclusive<u32>) -> Result<u32> {
        // 3.0 is as good as 3: JavaScript has one kind of number.
        let integer = value.as_f64().filter(|n| n.fract() == 0.0).map(|n| n as i64);
        let integer = integer.and_then(|n| u32::try_from(n).ok()).filter(|n| range.contains(n));
        integer.ok_or_else(|| self.outside(key, value, (*range.start()).into(), (*range.end()).into()))
    }

    pub(super) fn boolean(&self, key: &str, default: bool) -> Result<bool> {
        match self.get(key) {
            None => Ok(default),
            Some(Value::Bool(value)) => Ok(*value),
            Some(other) => Err(refuse(&self.at(key), format!("{} is not true or false", brief(other)))),
        }
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &str) -> Result<String> {
        self.text_or_null(key)?.ok_or_else(|| refuse(&self.at(key), "null is not a text".into()))
    }

    /// A text that may be absent.
    pub(super) fn text_or_null(&self, key: &str) -> Result<Option<String>> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(refuse(&self.at(key), format!("{} is not a text", brief(other)))),
        }
    }

    /// One of the names in `table`.
    pub(super) fn choice<T: Copy>(&self, key: &str, default: T, table: &[(&str, T)]) -> Result<T> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => choose(&self.at(key), value, table),
        }
    }

    fn outside(&self, key: &str, value: &Value, low: f64, high: f64) -> Error {
        let what = format!("{} is outside {}…{}", brief(value), decimal(low), decimal(high));
        refuse(&self.at(key), what)
    }
}

/// The entry of `table` that `value` names.
pub(super) fn choose<T: Copy>(path: &str, value: &Value, table: &[(&str, T)]) -> Result<T> {
    let found = value.as_str().and_then(|name| table.iter().find(|(known, _)| *known == name));
    found.map(|(_, item)| *item).ok_or_else(|| {
        let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
        refuse(path, format!("{} is not one of {}", brief(value), names.join(", ")))
    })
}

/// The name of `item` in `table`.
pub(super) fn name_of<T: PartialEq>(item: &T, table: &[(&'static str, T)]) -> &'static str {
    table.iter().find(|(_, known)| known == item).map_or("", |(name, _)| name)
}

pub(super) fn refuse(path: &str, what: String) -> Error {
    Error::Spec { path: path.to_owned(), what }
}

/// A value as it may stand in a sentence: long ones are cut.
pub(super) fn brief(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 { text } else { text.chars().take(40).chain(['…']).collect() }
}
