//! Reading and writing one object of the document by its table: what doesn't fit is refused by its path.

use super::kind::{Kind, Object, Tagged};
use crate::error::{Error, Result, decimal};
use crate::json::{Map, Value};

/// An object of the document, where it stands, and what it may hold.
pub(super) struct Fields<'a> {
    path: String,
    value: Option<&'a Map<String, Value>>,
    object: &'static Object,
}

impl<'a> Fields<'a> {
    /// Takes `value` as an `object` that has no other fields; null and absent are empty.
    #[inline(never)]
    pub(super) fn new(path: &str, value: Option<&'a Value>, object: &'static Object) -> Result<Self> {
        Self::with_tag(path, value, "", object)
    }

    /// The same of an object that is told apart by its field `tag`, which the table of its fields leaves out.
    #[inline(never)]
    fn with_tag(path: &str, value: Option<&'a Value>, tag: &str, object: &'static Object) -> Result<Self> {
        let value = match value {
            None | Some(Value::Null) => None,
            Some(Value::Object(value)) => Some(value),
            Some(other) => return Err(not_an_object(path, other)),
        };
        let fields = Fields { path: path.to_owned(), value, object };
        let mut keys = value.into_iter().flat_map(Map::keys);
        let is_known = |key: &str| key == tag || object.0.iter().any(|field| field.name == key);
        match keys.find(|key| !is_known(key)) {
            Some(key) => {
                let tag = Some(tag).filter(|tag| !tag.is_empty());
                let known: Vec<_> = tag.into_iter().chain(object.0.iter().map(|field| field.name)).collect();
                Err(refuse(&fields.at(key), format!("unknown field; known are {}", known.join(", "))))
            }
            None => Ok(fields),
        }
    }

    /// The full path of a field.
    #[inline(never)]
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The field's value; null counts as absent.
    #[inline(never)]
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.raw(key).filter(|value| !value.is_null())
    }

    #[inline(never)]
    fn raw(&self, key: &str) -> Option<&'a Value> {
        self.value.and_then(|object| object.get(key))
    }

    #[inline(never)]
    fn kind(&self, key: &str) -> Kind {
        let field = self.object.0.iter().find(|field| field.name == key);
        debug_assert!(field.is_some(), "no field {key} in the table of {}", self.path);
        field.map_or(Kind::Own, |field| field.kind)
    }

    /// A number that has a default.
    #[inline(never)]
    pub(super) fn number(&self, key: &str) -> Result<f64> {
        self.number_or_null(key).map(|number| number.unwrap_or(0.0))
    }

    /// A number, or its default if it has one.
    #[inline(never)]
    pub(super) fn number_or_null(&self, key: &str) -> Result<Option<f64>> {
        let Kind::Number { default, low, high } = self.kind(key) else {
            debug_assert!(false, "{key} is no number");
            return Ok(None);
        };
        let Some(value) = self.get(key) else {
            return Ok(default);
        };
        match value.as_f64().filter(|number| (low..=high).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(self.outside(key, value, low, high)),
        }
    }

    /// An integer that has a default.
    #[inline(never)]
    pub(super) fn integer(&self, key: &str) -> Result<u32> {
        self.integer_or_null(key).map(|integer| integer.unwrap_or(0))
    }

    /// An integer that may be null on purpose, where the table says so.
    #[inline(never)]
    pub(super) fn integer_or_null(&self, key: &str) -> Result<Option<u32>> {
        let Kind::Integer { default, low, high, is_optional } = self.kind(key) else {
            debug_assert!(false, "{key} is no integer");
            return Ok(None);
        };
        let value = match self.raw(key) {
            None => return Ok(default),
            Some(Value::Null) => return Ok(default.filter(|_| !is_optional)),
            Some(value) => value,
        };
        // 3.0 is as good as 3: JavaScript has one kind of number.
        let integer = value.as_f64().filter(|n| n.fract() == 0.0).map(|n| n as i64);
        match integer.and_then(|n| u32::try_from(n).ok()).filter(|n| (low..=high).contains(n)) {
            Some(integer) => Ok(Some(integer)),
            None => Err(self.outside(key, value, low.into(), high.into())),
        }
    }

    #[inline(never)]
    pub(super) fn flag(&self, key: &str) -> Result<bool> {
        match (self.get(key), self.kind(key)) {
            (Some(Value::Bool(value)), _) => Ok(*value),
            (Some(other), _) => Err(refuse(&self.at(key), format!("{} is not true or false", brief(other)))),
            (None, kind) => Ok(matches!(kind, Kind::Flag { default: true })),
        }
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &str) -> Result<String> {
        self.text_or_null(key)?.ok_or_else(|| refuse(&self.at(key), "null is not a text".into()))
    }

    /// A text that may be absent.
    #[inline(never)]
    pub(super) fn text_or_null(&self, key: &str) -> Result<Option<String>> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(refuse(&self.at(key), format!("{} is not a text", brief(other)))),
        }
    }

    /// One of the names in the field's table: the value that `table` has in its place.
    pub(super) fn choice<T: Copy>(&self, key: &str, table: &[(&str, T)]) -> Result<T> {
        Ok(table[self.chosen(key)?.min(table.len() - 1)].1)
    }

    /// The place of the chosen name, or of the default.
    #[inline(never)]
    pub(super) fn chosen(&self, key: &str) -> Result<usize> {
        let Kind::Choice { default, names } = self.kind(key) else {
            debug_assert!(false, "{key} is no choice");
            return Ok(0);
        };
        match self.get(key) {
            None => Ok(names.iter().position(|name| *name == default).unwrap_or(0)),
            Some(value) => place_of(&self.at(key), value, names),
        }
    }

    fn outside(&self, key: &str, value: &Value, low: f64, high: f64) -> Error {
        let what = format!("{} is outside {}…{}", brief(value), decimal(low), decimal(high));
        refuse(&self.at(key), what)
    }
}

impl Object {
    /// The object of these values, in the order of the table.
    #[inline(never)]
    pub(super) fn write(&self, values: &mut [Value]) -> Value {
        self.with_tag(None, values)
    }

    #[inline(never)]
    fn with_tag(&self, tag: Option<(&str, &str)>, values: &mut [Value]) -> Value {
        debug_assert_eq!(self.0.len(), values.len(), "a value for each field");
        let mut object = Map::new();
        if let Some((tag, name)) = tag {
            object.insert(tag.to_owned(), name.into());
        }
        for (field, value) in self.0.iter().zip(values) {
            if !(field.is_left_out && value.is_null()) {
                object.insert(field.name.to_owned(), value.take());
            }
        }
        object.into()
    }
}

impl Tagged {
    /// Which of them `value` is, by its name, and its fields. An absent value is the default one.
    #[inline(never)]
    pub(super) fn read<'a>(
        &self,
        path: &str,
        value: Option<&'a Value>,
    ) -> Result<(&'static str, Fields<'a>)> {
        if let Some(other) = value.filter(|value| !value.is_object() && !value.is_null()) {
            return Err(not_an_object(path, other));
        }
        let names: Vec<_> = self.variants.iter().map(|(name, _)| *name).collect();
        let name = value.and_then(|value| value.get(self.tag)).filter(|name| !name.is_null());
        let place = match (name, self.default) {
            (None, Some(default)) => names.iter().position(|name| *name == default).unwrap_or(0),
            (name, _) => place_of(&format!("{path}.{}", self.tag), name.unwrap_or(&Value::Null), &names)?,
        };
        let (name, object) = self.variants[place];
        Ok((name, Fields::with_tag(path, value, self.tag, object)?))
    }

    /// The variant of that name with these values, in the order of its table.
    #[inline(never)]
    pub(super) fn write(&self, name: &str, values: &mut [Value]) -> Value {
        let variant = self.variants.iter().find(|(known, _)| *known == name);
        debug_assert!(variant.is_some(), "no variant {name}");
        variant.map_or(Value::Null, |(_, object)| object.with_tag(Some((self.tag, name)), values))
    }
}

/// The entry of `table` that `value` names.
pub(super) fn choose<T: Copy>(path: &str, value: &Value, table: &[(&str, T)]) -> Result<T> {
    let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
    Ok(table[place_of(path, value, &names)?].1)
}

#[inline(never)]
fn place_of(path: &str, value: &Value, names: &[&str]) -> Result<usize> {
    let found = value.as_str().and_then(|name| names.iter().position(|known| *known == name));
    found.ok_or_else(|| refuse(path, format!("{} is not one of {}", brief(value), names.join(", "))))
}

/// The name of `item` in `table`.
pub(super) fn name_of<T: PartialEq>(item: &T, table: &[(&'static str, T)]) -> &'static str {
    table.iter().find(|(_, known)| known == item).map_or("", |(name, _)| name)
}

fn not_an_object(path: &str, value: &Value) -> Error {
    refuse(path, format!("{} is not an object", brief(value)))
}

#[inline(never)]
pub(super) fn refuse(path: &str, what: String) -> Error {
    Error::Spec { path: path.to_owned(), what }
}

/// A value as it may stand in a sentence: long ones are cut.
#[inline(never)]
pub(super) fn brief(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().nth(40).is_none() { text } else { text.chars().take(40).chain(['…']).collect() }
}
