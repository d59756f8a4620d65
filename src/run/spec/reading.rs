//! `data.read`: how the file of a table is read, as far as it was chosen by hand.

use super::fields::{Fields, brief, choose, refuse};
use super::schema::READ;
use crate::data::reading::{Comment, DayOrder, Decimal, Delimiter, Escape, Quote, ReadSpec};
use crate::error::Result;
use crate::json::Value;

/// Takes `data.read`; null and `{}` choose nothing, and neither does `"auto"` for any field.
///
/// # Errors
/// [`Error::Spec`](crate::error::Error::Spec) with the path of a field that isn't known or doesn't fit.
pub fn read(value: Option<&Value>) -> Result<ReadSpec> {
    let fields = Fields::new("data.read", value, &READ)?;
    Ok(ReadSpec {
        encoding: text(&fields, "encoding")?,
        format: text(&fields, "format")?,
        sheet: fields.text_or_null("sheet")?,
        delimiter: name(&fields, "delimiter", &Delimiter::ALL)?,
        header: flag(&fields, "header")?,
        skip: fields
            .get("skip")
            .filter(|value| *value != "auto")
            .map(|_| fields.integer("skip"))
            .transpose()?,
        comment: name(&fields, "comment", &Comment::ALL)?,
        quote: name(&fields, "quote", &Quote::ALL)?,
        escape: name(&fields, "escape", &Escape::ALL)?,
        row_names: flag(&fields, "rowNames")?,
        units_row: flag(&fields, "unitsRow")?,
        decimal: name(&fields, "decimal", &Decimal::ALL)?,
        dates: name(&fields, "dates", &DayOrder::ALL)?,
    })
}

fn text(fields: &Fields, key: &str) -> Result<Option<String>> {
    Ok(fields.text_or_null(key)?.filter(|text| text != "auto"))
}

fn flag(fields: &Fields, key: &str) -> Result<Option<bool>> {
    match fields.get(key).filter(|value| *value != "auto") {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(other) => {
            let what = format!("{} is not one of \"auto\", true, false", brief(other));
            Err(refuse(&fields.at(key), what))
        }
    }
}

fn name<T: Copy>(fields: &Fields, key: &str, all: &[(&str, T)]) -> Result<Option<T>> {
    let auto = ("auto", None);
    let all: Vec<_> =
        std::iter::once(auto).chain(all.iter().map(|(name, item)| (*name, Some(*item)))).collect();
    fields.get(key).map_or(Ok(None), |value| choose(&fields.at(key), value, &all))
}

/// The document: what was chosen and nothing else.
pub(super) fn write(read: &ReadSpec) -> Value {
    let text = |text: &Option<String>| text.as_deref().into();
    READ.write(&mut [
        text(&read.encoding),
        text(&read.format),
        text(&read.sheet),
        read.delimiter.map(Delimiter::name).into(),
        read.header.into(),
        read.skip.into(),
        read.comment.map(Comment::name).into(),
        read.quote.map(Quote::name).into(),
        read.escape.map(Escape::name).into(),
        read.row_names.into(),
        read.units_row.into(),
        read.decimal.map(Decimal::name).into(),
        read.dates.map(DayOrder::name).into(),
    ])
}
