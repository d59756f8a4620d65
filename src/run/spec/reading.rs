//! `data.read`: how the file of a table is read, as far as it was chosen by hand.

use super::fields::{Fields, brief, choose, refuse};
use super::kind::{Object, integer, optional, own, text as words};
use crate::data::reading::{Comment, DayOrder, Decimal, Delimiter, Escape, Quote, ReadSpec};
use crate::error::Result;
use crate::json::Value;

/// What was chosen by hand of how a file is read; "auto" chooses nothing.
pub(super) static READ: Object = Object(&[
    words("encoding").written_if_set(),
    words("format").written_if_set(),
    words("sheet").written_if_set(),
    own("delimiter").written_if_set(),
    own("header").written_if_set(),
    optional(integer("skip", 0, 0, 1_000_000)).unit("lines").written_if_set(),
    own("comment").written_if_set(),
    own("quote").written_if_set(),
    own("escape").written_if_set(),
    own("rowNames").written_if_set(),
    own("unitsRow").written_if_set(),
    own("decimal").written_if_set(),
    own("dates").written_if_set(),
]);

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
