//! An object of options: each read by its name, and none left unread.

use crate::error::{Error, Result, decimal};
use js_sys::{
    Array, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Object, Reflect, Uint8Array,
    Uint8ClampedArray, Uint16Array, Uint32Array,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use wasm_bindgen::{JsCast, JsValue};

/// Options as they were given.
pub(super) struct Options(JsValue);

fn refuse<T>(path: &str, what: String) -> Result<T> {
    Err(Error::Spec { path: path.into(), what })
}

impl Options {
    /// Of a value that may be absent.
    ///
    /// # Errors
    /// What is no object; an option that isn't `known`.
    pub(super) fn new(value: &JsValue, known: &[&str]) -> Result<Options> {
        if value.is_undefined() || value.is_null() {
            return Ok(Options(Object::new().into()));
        }
        if !value.is_object() {
            return refuse("options", format!("{} is not an object", what_is(value)));
        }
        for key in Object::keys(value.unchecked_ref::<Object>()).iter() {
            let key = key.as_string().unwrap_or_default();
            if !known.contains(&key.as_str()) {
                return refuse(&key, format!("is no option, expected one of {}", known.join(", ")));
            }
        }
        Ok(Options(value.clone()))
    }

    /// What stands under a name; `None` where nothing does.
    pub(super) fn get(&self, key: &str) -> Option<JsValue> {
        let value = Reflect::get(&self.0, &key.into()).unwrap_or(JsValue::UNDEFINED);
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    /// A whole number within a range.
    pub(super) fn count(&self, key: &str, range: RangeInclusive<u32>) -> Result<Option<u32>> {
        self.get(key).map(|value| count(&value, key, range)).transpose()
    }

    /// A finite number within a range.
    pub(super) fn number(&self, key: &str, range: RangeInclusive<f64>) -> Result<Option<f64>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.as_f64().filter(|number| range.contains(number)) {
            Some(number) => Ok(Some(number)),
            None => {
                let (low, high) = (decimal(*range.start()), decimal(*range.end()));
                refuse(key, format!("{} is not a number in {low}…{high}", what_is(&value)))
            }
        }
    }

    /// A word; of what is none, as it stands in a message, so that whoever reads it refuses it.
    pub(super) fn word(&self, key: &str, default: &str) -> String {
        self.get(key).map_or(default.into(), |value| value.as_string().unwrap_or_else(|| what_is(&value)))
    }

    /// Yes or no.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.as_bool() {
            Some(flag) => Ok(Some(flag)),
            None => refuse(key, format!("{} is neither true nor false", what_is(&value))),
        }
    }

    /// Numbers of a list or a typed array.
    pub(super) fn numbers(&self, key: &str) -> Result<Option<Vec<f64>>> {
        self.get(key).map(|value| numbers(&value, key)).transpose()
    }

    /// Whole numbers from 0 on.
    pub(super) fn indices(&self, key: &str) -> Result<Option<Vec<u32>>> {
        self.get(key).map(|value| indices(&value, key)).transpose()
    }

    /// The group of each row, by any number or text.
    pub(super) fn groups(&self, key: &str) -> Result<Option<Vec<u32>>> {
        self.get(key).map(|value| groups(&value, key)).transpose()
    }
}

/// A whole number within a range.
pub(super) fn count(value: &JsValue, key: &str, range: RangeInclusive<u32>) -> Result<u32> {
    let (low, high) = (*range.start(), *range.end());
    let inside = |number: &f64| number.fract() == 0.0 && (f64::from(low)..=f64::from(high)).contains(number);
    match value.as_f64().filter(inside) {
        Some(number) => Ok(number as u32),
        None => refuse(key, format!("{} is not a whole number in {low}…{high}", what_is(value))),
    }
}

/// Numbers of a list, or of any typed array but those of BigInts.
pub(super) fn numbers(value: &JsValue, key: &str) -> Result<Vec<f64>> {
    let is_typed = value.has_type::<Float64Array>()
        || value.has_type::<Float32Array>()
        || value.has_type::<Uint8Array>()
        || value.has_type::<Uint8ClampedArray>()
        || value.has_type::<Uint16Array>()
        || value.has_type::<Uint32Array>()
        || value.has_type::<Int8Array>()
        || value.has_type::<Int16Array>()
        || value.has_type::<Int32Array>();
    if is_typed {
        return Ok(Float64Array::new(value).to_vec());
    }
    let Some(list) = value.dyn_ref::<Array>() else {
        return refuse(key, format!("{} is neither a list of numbers nor a typed array", what_is(value)));
    };
    let number = |(place, entry): (usize, JsValue)| match entry.as_f64() {
        Some(number) => Ok(number),
        None => refuse(&format!("{key}[{place}]"), format!("{} is not a number", what_is(&entry))),
    };
    list.iter().enumerate().map(number).collect()
}

/// Whole numbers from 0 on.
pub(super) fn indices(value: &JsValue, key: &str) -> Result<Vec<u32>> {
    let index = |(place, number): (usize, f64)| {
        if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
            return Ok(number as u32);
        }
        refuse(&format!("{key}[{place}]"), format!("{} is not a whole number from 0 on", decimal(number)))
    };
    numbers(value, key)?.into_iter().enumerate().map(index).collect()
}

/// A number for each row's group, which is told by any number or text.
pub(super) fn groups(value: &JsValue, key: &str) -> Result<Vec<u32>> {
    let names: Option<Vec<String>> =
        value.dyn_ref::<Array>().and_then(|list| list.iter().map(|entry| entry.as_string()).collect());
    let Some(names) = names else { return indices(value, key) };
    let mut known = BTreeMap::new();
    let number = |name| {
        let next = known.len() as u32;
        *known.entry(name).or_insert(next)
    };
    Ok(names.into_iter().map(number).collect())
}

/// A value in a message.
pub(super) fn what_is(value: &JsValue) -> String {
    match (value.as_f64(), value.as_string(), value.as_bool()) {
        (Some(number), ..) => decimal(number),
        (_, Some(text), _) => format!("\"{}\"", text.chars().take(40).collect::<String>()),
        (.., Some(flag)) => flag.to_string(),
        _ => value.js_typeof().as_string().map_or("it".into(), |kind| format!("a value of type {kind}")),
    }
}
