//! Values from what they are made of.

use super::{Map, Number, Value};

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Number(Number::Whole(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        u64::from(number).into()
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        (number as u64).into()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        let negative = Value::Number(Number::Negative(number));
        u64::try_from(number).map_or(negative, Value::from)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Value {
        i64::from(number).into()
    }
}

/// JSON has no infinity and no NaN: they are `null`.
impl From<f64> for Value {
    fn from(number: f64) -> Value {
        if number.is_finite() { Value::Number(Number::Real(number)) } else { Value::Null }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::String(text)
    }
}

impl From<Map<String, Value>> for Value {
    fn from(object: Map<String, Value>) -> Value {
        Value::Object(object)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(list: Vec<T>) -> Value {
        list.into_iter().collect()
    }
}

impl<T: Into<Value> + Clone> From<&[T]> for Value {
    fn from(list: &[T]) -> Value {
        list.iter().cloned().collect()
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(list: [T; N]) -> Value {
        list.into_iter().collect()
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(list: I) -> Value {
        Value::Array(list.into_iter().map(Into::into).collect())
    }
}
