//! `data.read`: how the file of a table is read, as far as it was chosen by hand.

use super::fields::{Fields, brief, refuse};
use crate::data::reading::{Comment, DayOrder, Decimal, Delimiter, Escape, Quote, ReadSpec};
use crate::error::Result;
use serde_json::{Map, Value};

/// Lines that may be skipped.
const MOST_LINES: u32 = 1_000_000;

/// Takes `data.read`; null and `{}` choose nothing, and neither does `"auto"` for any field.
///
/// # Errors
/// [`Error::Spec`](crate::error::Error::Spec) with the path of a field that isn't known or doesn't fit.
pub fn read(value: Option<&Value>) -> Result<ReadSpec> {
    let known = [
        "encoding",
        "format",
        "sheet",
        "delimiter",
        "header",
        "skip",
        "comment",
        "quote",
        "escape",
        "rowNames",
        "unitsRow",
        "decimal",
        "dates",
    ];
    let fields = Fields::new("data.read", value, &known)?;
    Ok(ReadSpec {
        encoding: text(&fields, "encoding")?,
        format: text(&fields, "format")?,
        sheet: fields.text_or_null("sheet")?,
        delimiter: name(&fields, "delimiter", &Delimiter::ALL)?,
        header: flag(&fields, "header")?,
        skip: match chosen(&fields, "skip") {
            true => Some(fields.integer("skip", 0, 0..=MOST_LINES)?),
            false => None,
        },
        comment: name(&fields, "comment", &Comment::ALL)?,
        quote: name(&fields, "quote", &Quote::ALL)?,
        escape: name(&fields, "escape", &Escape::ALL)?,
        row_names: flag(&fields, "rowNames")?,
        units_row: flag(&fields, "unitsRow")?,
        decimal: name(&fields, "decimal", &Decimal::ALL)?,
        dates: name(&fields, "dates", &DayOrder::ALL)?,
    })
}

fn chosen(fields: &Fields, key: &str) -> bool {
    fields.get(key).is_some_and(|value| value != "auto")
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
    fields.choice(key, None, &all)
}

/// The document: what was chosen and nothing else.
pub(super) fn write(read: &ReadSpec) -> Value {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let fields = [
        ("encoding", text(&read.encoding)),
        ("format", text(&read.format)),
        ("sheet", text(&read.sheet)),
        ("delimiter", read.delimiter.map(|own| own.name().into())),
        ("header", read.header.map(Value::from)),
        ("skip", read.skip.map(Value::from)),
        ("comment", read.comment.map(|own| own.name().into())),
        ("quote", read.quote.map(|own| own.name().into())),
        ("escape", read.escape.map(|own| own.name().into())),
        ("rowNames", read.row_names.map(Value::from)),
        ("unitsRow", read.units_row.map(Value::from)),
        ("decimal", read.decimal.map(|own| own.name().into())),
        ("dates", read.dates.map(|own| own.name().into())),
    ];
    let chosen = fields.into_iter().filter_map(|(key, value)| value.map(|value| (key.to_owned(), value)));
    Value::Object(chosen.collect::<Map<_, _>>())
}
