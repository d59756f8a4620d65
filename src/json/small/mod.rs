//! JSON in little code: as much of serde_json's interface as the core asks for, with the same meaning.

mod from;
mod read;
mod write;

pub use read::{Malformed, from_slice};

use std::ops::{Index, IndexMut};

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Map<String, Value>),
}

/// A number: whole ones are kept to the digit, and are never equal to one with a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Not below 0.
    Whole(u64),
    /// Below 0.
    Negative(i64),
    /// Any other; always finite.
    Real(f64),
}

impl Number {
    /// The nearest f64; never `None`.
    pub fn as_f64(&self) -> Option<f64> {
        Some(match *self {
            Number::Whole(number) => number as f64,
            Number::Negative(number) => number as f64,
            Number::Real(number) => number,
        })
    }
}

/// The fields of an object, sorted by name. Objects of the Spec are small: a list is enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Map<K, V>(Vec<(K, V)>);

impl Map<String, Value> {
    /// No fields.
    pub fn new() -> Self {
        Map(vec![])
    }

    /// The field's value.
    #[inline(never)]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    /// Puts a field in place of the one of that name, if there is one.
    #[inline(never)]
    pub fn insert(&mut self, key: String, value: Value) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }

    /// The names of the fields.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Whether it has no fields.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(key))
    }
}

impl Default for Map<String, Value> {
    fn default() -> Self {
        Map::new()
    }
}

impl Value {
    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Value::Object(_))
    }

    /// The number, where it is one.
    pub fn as_f64(&self) -> Option<f64> {
        if let Value::Number(number) = self { number.as_f64() } else { None }
    }

    /// The number, where it is whole and not below 0.
    pub fn as_u64(&self) -> Option<u64> {
        if let Value::Number(Number::Whole(number)) = self { Some(*number) } else { None }
    }

    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = self { Some(text) } else { None }
    }

    /// The list, where it is one.
    pub fn as_array(&self) -> Option<&Vec<Value>> {
        if let Value::Array(list) = self { Some(list) } else { None }
    }

    /// The object, where it is one.
    pub fn as_object_mut(&mut self) -> Option<&mut Map<String, Value>> {
        if let Value::Object(object) = self { Some(object) } else { None }
    }

    /// The field's value, where this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        if let Value::Object(object) = self { object.get(key) } else { None }
    }

    /// The value; `null` stays in its place.
    pub fn take(&mut self) -> Value {
        std::mem::take(self)
    }
}

/// `null` where there is no such field.
impl Index<&str> for Value {
    type Output = Value;

    fn index(&self, key: &str) -> &Value {
        self.get(key).unwrap_or(&Value::Null)
    }
}

/// A field that isn't there yet is made, as `null`; what is no object becomes one.
impl IndexMut<&str> for Value {
    fn index_mut(&mut self, key: &str) -> &mut Value {
        if !self.is_object() {
            *self = Map::new().into();
        }
        let Value::Object(fields) = self else { return self };
        let place = fields.place(key).unwrap_or_else(|place| {
            fields.0.insert(place, (key.to_owned(), Value::Null));
            place
        });
        &mut fields.0[place].1
    }
}

impl PartialEq<String> for Value {
    fn eq(&self, text: &String) -> bool {
        self.as_str() == Some(text)
    }
}
