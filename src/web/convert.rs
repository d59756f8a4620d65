//! Between JavaScript's values and ours.

use crate::error::{Error, Result, decimal};
use crate::json::{Map, Value};
use js_sys::{Array, Float32Array, Float64Array, Number, Object, Promise, Reflect, Symbol};
use wasm_bindgen::{JsCast, JsValue};

/// An `Error` object with `code` and `where`.
pub(super) fn to_js_error(error: &Error) -> JsValue {
    let object = js_sys::Error::new(&error.to_string());
    set(&object, "code", &error.code().into());
    if let Some(place) = error.place() {
        set(&object, "where", &place.into());
    }
    object.into()
}

pub(super) fn throw<T>(result: Result<T>) -> std::result::Result<T, JsValue> {
    result.map_err(|error| to_js_error(&error))
}

/// A promise that is resolved already.
pub(super) fn resolved(result: Result<JsValue>) -> Promise {
    match result {
        Ok(value) => Promise::resolve(&value),
        Err(error) => Promise::reject(&to_js_error(&error)),
    }
}

/// Lists and objects inside each other, and values in all, of a document: one that refers back to itself has no end. What
/// is long in a document is a list of numbers or texts; lists, objects and their fields take longer, and are fewer.
const MOST_LEVELS: usize = 64;
const MOST_VALUES: usize = 1 << 21;
const MOST_PARTS: usize = 1 << 18;
/// Fields of one object: as many as a row has features. A small map looks at all of them for each.
const MOST_FIELDS: u32 = 1 << 14;

/// A document from JavaScript.
pub(super) fn document(value: JsValue) -> Result<Value> {
    // One is the document itself.
    part(value, MOST_LEVELS, &mut [MOST_VALUES - 1, MOST_PARTS])
}

fn refuse<T>(what: &str) -> Result<T> {
    Err(Error::Spec { path: "spec".into(), what: what.into() })
}

/// Takes the values of a list or an object from what is `left`, before any of them is looked at.
fn count(left: &mut [usize; 2], values: u32, parts: u32) -> Result<()> {
    let [all, own] = [left[0].checked_sub(values as usize), left[1].checked_sub(parts as usize)];
    let Some(all) = all else { return refuse("holds more than 2097152 values") };
    let Some(own) = own else { return refuse("holds more than 262144 lists, objects and fields") };
    *left = [all, own];
    Ok(())
}

fn part(value: JsValue, levels: usize, left: &mut [usize; 2]) -> Result<Value> {
    // What is long is made of numbers, lists and texts: each question is a call of JavaScript, so these are asked first.
    if let Some(number) = value.as_f64() {
        return Ok(match number {
            _ if number.fract() == 0.0 && number.abs() <= Number::MAX_SAFE_INTEGER => (number as i64).into(),
            // JSON would make it null, and null means the default: as a text it is refused where it stands.
            _ if !number.is_finite() => decimal(number).into(),
            _ => number.into(),
        });
    }
    let is_list = Array::is_array(&value);
    if !is_list {
        if let Some(text) = value.as_string() {
            return Ok(text.into());
        }
        if let Some(flag) = value.as_bool() {
            return Ok(flag.into());
        }
        if value.is_null() || value.is_undefined() {
            return Ok(Value::Null);
        }
    }
    let Some(levels) = levels.checked_sub(1) else {
        return refuse("nests lists and objects deeper than 64 levels");
    };
    if is_list {
        let list: &Array = value.unchecked_ref();
        count(left, list.length(), 1)?;
        return list.iter().map(|entry| part(entry, levels, left)).collect();
    }
    // Sets, typed arrays and whatever else can be iterated are objects too, but not such.
    if value.is_object() && !Symbol::iterator().js_in(&value) {
        let mut object = Map::new();
        let fields = Object::entries(value.unchecked_ref());
        if fields.length() > MOST_FIELDS {
            return refuse("has an object of more than 16384 fields");
        }
        count(left, fields.length(), fields.length() + 1)?;
        for pair in fields.iter() {
            let pair: &Array = pair.unchecked_ref();
            object.insert(pair.get(0).as_string().unwrap_or_default(), part(pair.get(1), levels, left)?);
        }
        return Ok(object.into());
    }
    refuse("is not a plain document of objects, lists, numbers and texts")
}

/// A document as plain JavaScript objects.
pub(super) fn plain(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => number.as_f64().map_or(JsValue::NULL, JsValue::from),
        Value::String(text) => text.into(),
        Value::Array(list) => list.iter().map(plain).collect::<Array>().into(),
        Value::Object(fields) => {
            let object: JsValue = Object::new().into();
            fields.iter().for_each(|(key, value)| set(&object, key, &plain(value)));
            object
        }
    }
}

pub(super) fn set(object: &JsValue, key: &str, value: &JsValue) {
    // Setting a property of an object made here can't fail.
    let _ = Reflect::set(object, &key.into(), value);
}

/// An object of the given properties.
pub(super) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object: JsValue = Object::new().into();
    properties.iter().for_each(|(key, value)| set(&object, key, value));
    object
}

/// A copy of the numbers.
pub(super) fn floats(values: &[f32]) -> JsValue {
    Float32Array::from(values).into()
}

/// The same where 32 bits would lose digits.
pub(super) fn wide(values: &[f64]) -> JsValue {
    Float64Array::from(values).into()
}

/// The numbers of a `Float32Array` or `Float64Array`.
pub(super) fn numbers(value: &JsValue, what: &str) -> Result<Vec<f64>> {
    if value.has_type::<Float32Array>() || value.has_type::<Float64Array>() {
        return Ok(Float64Array::new(value).to_vec());
    }
    Err(Error::Data { what: format!("{what} is neither a Float32Array nor a Float64Array") })
}

/// Rows given by the caller.
pub(super) fn rows(value: &JsValue) -> Result<crate::data::Dataset> {
    let get = |key: &str| Reflect::get(value, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let whole = |value: &JsValue, what: &str| {
        let number = value.as_f64().filter(|n| n.fract() == 0.0 && (0.0..=1e9).contains(n));
        number.map(|n| n as usize).ok_or(Error::Data { what: format!("{what} is not a whole number") })
    };
    let shape = get("shape").dyn_into::<Array>();
    let shape = shape.map_err(|_| Error::Data { what: "rows.shape is not a list".into() })?;
    let shape = shape.iter().map(|n| whole(&n, "an entry of rows.shape")).collect::<Result<Vec<_>>>()?;
    let classes = get("classes");
    let classes = match classes.is_undefined() || classes.is_null() {
        true => None,
        false => Some(whole(&classes, "rows.classes")?),
    };
    let (inputs, targets) =
        (numbers(&get("inputs"), "rows.inputs")?, numbers(&get("targets"), "rows.targets")?);
    crate::data::Dataset::from_rows(inputs, targets, shape, classes)
}
