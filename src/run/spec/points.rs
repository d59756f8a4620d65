//! `data.points`: a drawing, class by class.

use super::fields::refuse;
use crate::error::Result;
use crate::json::Value;

/// For each class x and y in turn.
pub(super) fn read(value: &Value) -> Result<Vec<Vec<f32>>> {
    let numbers = |list: &Value| {
        let numbers = list.as_array()?.iter().map(|number| number.as_f64().map(|number| number as f32));
        numbers.collect::<Option<Vec<f32>>>().filter(|numbers| numbers.len() % 2 == 0)
    };
    let classes = value.as_array().and_then(|classes| classes.iter().map(numbers).collect());
    classes.ok_or_else(|| refuse("data.points", "is not a list of x and y in turn for each class".into()))
}

pub(super) fn write(points: &[Vec<f32>]) -> Value {
    points.iter().map(|class| class.iter().map(|&number| Value::from(number)).collect::<Value>()).collect()
}
