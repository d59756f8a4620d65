//! Documents, written.

use crate::json::{Map, Value};

/// The object `{ "name": value, … }` as `json!` has it, in less code: values of any type that a document can hold are put
/// into one list, and one function makes the object of it. An object or a list inside takes its own `object!` or `vec!`.
macro_rules! object {
    ({ $($name:literal: $value:expr),* $(,)? }) => {
        $crate::run::document::from_fields(&mut [$(($name, $crate::json::Value::from($value))),*])
    };
}
pub(crate) use object;

/// The object of these fields.
#[inline(never)]
pub(crate) fn from_fields(fields: &mut [(&str, Value)]) -> Value {
    // One by one: `collect` would bring code that sorts them first.
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert((*name).to_owned(), value.take());
    }
    object.into()
}
