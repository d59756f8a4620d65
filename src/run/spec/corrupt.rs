//! `data.corrupt`: what is spoilt on purpose.

use super::fields::Fields;
use super::schema::CORRUPT;
use crate::data::Corruption;
use crate::error::Result;
use crate::json::Value;

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
