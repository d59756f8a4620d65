//! `data.corrupt`: what is spoilt on purpose.

use super::fields::Fields;
use super::kind::{Object, number};
use crate::data::Corruption;
use crate::error::Result;
use crate::json::Value;

pub(super) static CORRUPT: Object = Object(&[
    number("labels", 0.0, 0.0, 0.5),
    number("missing", 0.0, 0.0, 0.5),
    number("outliers", 0.0, 0.0, 0.5),
    number("duplicates", 0.0, 0.0, 0.5),
    number("units", 0.0, 0.0, 0.5),
]);

pub(super) fn read(value: Option<&Value>) -> Result<Corruption> {
    let fields = Fields::new("data.corrupt", value, &CORRUPT)?;
    Ok(Corruption {
        labels: fields.number("labels")?,
        missing: fields.number("missing")?,
        outliers: fields.number("outliers")?,
        duplicates: fields.number("duplicates")?,
        units: fields.number("units")?,
    })
}

pub(super) fn write(corruption: &Corruption) -> Value {
    let Corruption { labels, missing, outliers, duplicates, units } = *corruption;
    CORRUPT.write(&mut [labels.into(), missing.into(), outliers.into(), duplicates.into(), units.into()])
}
