//! `data.corrupt`: what is spoilt on purpose.

use super::fields::Fields;
use crate::data::Corruption;
use crate::error::Result;
use crate::run::document::object;
use serde_json::Value;

pub(super) fn read(value: Option<&Value>) -> Result<Corruption> {
    let fields =
        Fields::new("data.corrupt", value, &["labels", "missing", "outliers", "duplicates", "units"])?;
    let share = |key: &str| fields.number(key, 0.0, 0.0..=0.5);
    Ok(Corruption {
        labels: share("labels")?,
        missing: share("missing")?,
        outliers: share("outliers")?,
        duplicates: share("duplicates")?,
        units: share("units")?,
    })
}

pub(super) fn write(corruption: &Corruption) -> Value {
    let Corruption { labels, missing, outliers, duplicates, units } = *corruption;
    object!({ "labels": labels, "missing": missing, "outliers": outliers, "duplicates": duplicates, "units": units })
}
