//! An object of options: each read by its name, and none left unread.

use super::super::convert::numbers;
use crate::error::{Error, Result, decimal};
use js_sys::{Object, Reflect, Uint8Array, Uint16Array, Uint32Array};
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
        let Some(value) = self.get(key) else { return Ok(None) };
        let inside = |number: &f64| {
            number.fract() == 0.0
                && *number >= f64::from(*range.start())
                && *number <= f64::from(*range.end())
        };
        match value.as_f64().filter(inside) {
            Some(number) => Ok(Some(number as u32)),
            None => {
                let found = what_is(&value);
                refuse(key, format!("{found} is not a whole number in {}…{}", range.start(), range.end()))
            }
        }
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

    /// Yes or no.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.as_bool() {
            Some(flag) => Ok(Some(flag)),
            None => refuse(key, format!("{} is neither true nor false", what_is(&value))),
        }
    }

    /// Numbers of a typed array.
    pub(super) fn numbers(&self, key: &str) -> Result<Option<Vec<f64>>> {
        self.get(key).map(|value| numbers(&value, key)).transpose()
    }

    /// Indices of a typed array of whole numbers from 0 on.
    pub(super) fn indices(&self, key: &str) -> Result<Option<Vec<u32>>> {
        self.get(key).map(|value| indices(&value, key)).transpose()
    }
}

/// Indices of a typed array of whole numbers from 0 on.
pub(super) fn indices(value: &JsValue, key: &str) -> Result<Vec<u32>> {
    if value.has_type::<Uint8Array>() || value.has_type::<Uint16Array>() || value.has_type::<Uint32Array>() {
        return Ok(Uint32Array::new(value).to_vec());
    }
    refuse(key, format!("{} is none of Uint8Array, Uint16Array and Uint32Array", what_is(value)))
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
