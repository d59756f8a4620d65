//! `TableReader` and `Table`: a file of rows, as JavaScript holds it.

use super::convert::{document, object, plain, set, throw};
use crate::data::csv::{Reader, write, write_guarded};
use crate::data::doctor::{self, Finding, Suggestion};
use crate::data::reading::{Choice, ReadSpec, Settled};
use crate::data::said;
use crate::data::seen::{Held, Seen};
use crate::data::{self, Scale, Task};
use crate::error::{Error, Result};
use crate::run::{DataSpec, Spec, read_options, write_cleaning_step};
use js_sys::{Array, Float64Array, Uint32Array};
use serde_json::{Value, json};
use std::rc::Rc;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

pub(super) type Thrown<T> = std::result::Result<T, JsValue>;

/// Rows of a finding that are named.
const NAMED: usize = 20;

/// Reads a CSV file piece by piece.
#[wasm_bindgen]
pub struct TableReader {
    reader: Option<Reader>,
}

#[wasm_bindgen]
impl TableReader {
    /// Ready for the first piece. `read`, as in `data.read` of a Spec, says what is chosen by hand; the rest is settled by
    /// the file. Throws for a choice that isn't known.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_optional_param_type = "ReadChoices | null")] read: JsValue,
    ) -> Thrown<TableReader> {
        let options = match read.is_null() || read.is_undefined() {
            true => Ok(ReadSpec::default()),
            false => document(read).and_then(|read| read_options(Some(&read))),
        };
        throw(options.map(|options| TableReader { reader: Some(Reader::with(options)) }))
    }

    /// Takes the next bytes of the file; returns the rows so far. Throws as soon as a limit is passed, which it names.
    pub fn push(&mut self, bytes: &[u8]) -> Thrown<f64> {
        let Some(reader) = self.reader.as_mut() else { return Ok(0.0) };
        let rows = reader.push(bytes);
        let refused = reader.refused().map(|what| Error::Data { what: what.to_owned() });
        throw(refused.map_or(Ok(rows as f64), Err))
    }

    /// Takes the file as complete. Throws for a file without rows, or beyond a limit.
    pub fn finish(&mut self) -> Thrown<Table> {
        let gone = || Error::Data { what: "this reader has finished its file; take a new one".into() };
        let read = self.reader.take().ok_or_else(gone).and_then(Reader::finish);
        throw(read.map(|table| Table { held: Held::new(table) }))
    }
}

/// Rows of one's own. Methods that take `data` read the `data` part of a Spec: roles of columns and cleaning steps.
#[wasm_bindgen]
pub struct Table {
    held: Held,
}

impl Table {
    /// The rows themselves.
    pub(super) fn rows(&self) -> &data::Table {
        self.held.table()
    }

    /// The rows under the settings of a Spec, resolved once for all who ask.
    pub(super) fn seen(&self, data: &DataSpec) -> Result<Rc<Seen>> {
        self.held.seen(&data.table)
    }

    fn described(&self, data: JsValue) -> Result<Value> {
        let (table, seen) = (self.rows(), self.seen(&data_spec(data)?)?);
        let column = |(index, own): (usize, &data::table::Column)| {
            let about = seen.column(index);
            let number = |place: usize| about.numbers.map(|numbers| numbers[place]);
            json!({
                "name": own.name,
                "unit": own.unit(),
                "kind": about.kind.name(),
                "inferred": about.inferred.name(),
                "missing": about.missing,
                "distinct": about.distinct,
                "min": number(0),
                "max": number(1),
                "mean": number(2),
                "median": number(3),
                "categories": about.categories.iter().take(100)
                    .map(|(name, count)| json!({ "name": name, "count": count })).collect::<Vec<_>>(),
            })
        };
        let notes = table.notes.iter().map(|note| json!({ "line": note.line, "sentence": note.sentence.as_str(), "said": said(&note.sentence) }));
        Ok(json!({
            "rows": table.rows(),
            "notes": notes.collect::<Vec<_>>(),
            "reading": table.reading.iter().map(settled).collect::<Vec<_>>(),
            "columns": table.columns().enumerate().map(column).collect::<Vec<_>>(),
            "target": seen.target(),
            "task": match seen.task() {
                Task::Classification { .. } => "classification",
                Task::Regression { .. } => "regression",
            },
        }))
    }
}

#[wasm_bindgen]
impl Table {
    /// What the table holds. Throws for `data` that doesn't fit it.
    #[wasm_bindgen(unchecked_return_type = "TableDescription")]
    pub fn describe(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
    ) -> Thrown<JsValue> {
        throw(self.described(data).map(|document| plain(&document)))
    }

    /// The texts of `count` rows from row `from` on, as loaded: of all columns, or of `columns` from the `first` on.
    #[wasm_bindgen(unchecked_return_type = "string[][]")]
    pub fn cells(&self, from: u32, count: u32, first: Option<u32>, columns: Option<u32>) -> JsValue {
        let table = self.rows();
        let within = |first: u32, count: u32, all: usize| {
            let first = (first as usize).min(all);
            first..first.saturating_add(count as usize).min(all)
        };
        let places = within(first.unwrap_or(0), columns.unwrap_or(u32::MAX), table.columns().len());
        let row = |row: usize| -> Array {
            places.clone().map(|column| JsValue::from_str(&table.text(row, column))).collect()
        };
        within(from, count, table.rows()).map(row).collect::<Array>().into()
    }

    /// Gives a cell another text. Throws outside the table.
    #[wasm_bindgen(js_name = setCell)]
    pub fn set_cell(&mut self, row: u32, column: u32, text: &str) -> Thrown<()> {
        throw(self.held.table_mut().set(row as usize, column as usize, text))
    }

    /// What may be wrong with the rows that the cleaning steps in `data` leave.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn doctor(&self, #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue) -> Thrown<JsValue> {
        let mut examination = self.examination(data)?;
        while examination.step() {}
        Ok(examination.findings())
    }

    /// The same, look by look.
    pub fn examination(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
    ) -> Thrown<Examination> {
        let begin = |spec: DataSpec| {
            let seen = self.seen(&spec)?;
            Ok(Examination { own: doctor::Examination::new(seen, spec.scale != Scale::None) })
        };
        throw(data_spec(data).and_then(begin))
    }

    /// Where all rows go: rows in = rows out + rows reported. Throws when none is left to learn from.
    #[wasm_bindgen(unchecked_return_type = "CleanReport")]
    pub fn report(&self, #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue) -> Thrown<JsValue> {
        let report = data_spec(data).and_then(|spec| self.seen(&spec)?.report());
        throw(report.map(|report| {
            let entries = report.reported.iter().map(|entry| {
                let (rows, cells) = (entry.rows, entry.cells);
                json!({ "fix": entry.fix, "rows": rows, "cells": cells, "sentence": entry.sentence.as_str(), "said": said(&entry.sentence) })
            });
            let (rows_in, rows_out) = (report.rows_in, report.rows_out);
            let entries: Vec<Value> = entries.collect();
            plain(&json!({ "rowsIn": rows_in, "rowsOut": rows_out, "reported": entries }))
        }))
    }

    /// Rows in each of `bins` bars between edges, by class; a column of names has a bar a name. Throws for a column that
    /// isn't there.
    #[wasm_bindgen(unchecked_return_type = "Histogram")]
    pub fn histogram(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
        column: &str,
        bins: u32,
    ) -> Thrown<JsValue> {
        let unknown = || Error::Data { what: format!("\"{column}\" is not a column of the table") };
        let place = self.rows().find(column).ok_or_else(unknown);
        let counted =
            place.and_then(|place| Ok(self.seen(&data_spec(data)?)?.histogram(place, bins as usize)));
        throw(counted.map(|(edges, by_class)| {
            let class = |(name, counts): &(String, Vec<u32>)| {
                object(&[("name", name.into()), ("counts", Uint32Array::from(counts.as_slice()).into())])
            };
            let classes: Array = by_class.iter().map(class).collect();
            object(&[("edges", Float64Array::from(edges.as_slice()).into()), ("byClass", classes.into())])
        }))
    }

    /// Pearson's correlation of each two columns of numbers, at most 60 of them, row by row; NaN for a constant.
    #[wasm_bindgen(unchecked_return_type = "Correlations")]
    pub fn correlations(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] data: JsValue,
    ) -> Thrown<JsValue> {
        throw(data_spec(data).and_then(|spec| self.seen(&spec)).map(|seen| {
            let (names, matrix) = seen.correlations();
            let result = plain(&json!({ "names": names }));
            set(&result, "matrix", &Float64Array::from(matrix.as_slice()).into());
            result
        }))
    }

    /// The table as CSV for spreadsheets: a text that one would run as a formula has an apostrophe before it. With `exact`
    /// there is none, and what is read again is the same table.
    pub fn csv(&self, exact: Option<bool>) -> String {
        if exact == Some(true) { write(self.rows()) } else { write_guarded(self.rows()) }
    }

    /// Another handle on the same rows, which stay as they are now.
    pub fn share(&self) -> Table {
        Table { held: self.held.share() }
    }
}

/// The data doctor at work: one look after the other, so that a page can say how far it is, and stop.
#[wasm_bindgen]
pub struct Examination {
    own: doctor::Examination,
}

#[wasm_bindgen]
impl Examination {
    /// Takes the next look; returns whether there is another one.
    pub fn step(&mut self) -> bool {
        self.own.step()
    }

    /// The share of the looks that are done, from 0 to 1.
    #[wasm_bindgen(getter)]
    pub fn share(&self) -> f64 {
        self.own.share()
    }

    /// What was found: all of it once no look is left.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn findings(&self) -> JsValue {
        let finding = |finding: &Finding| {
            let remedies = finding.remedies.iter();
            json!({
                "kind": finding.kind.name(),
                "column": finding.column.map(|column| self.own.name(column)),
                "count": finding.count,
                "rows": &finding.rows[..finding.rows.len().min(NAMED)],
                "sentence": finding.sentence.as_str(),
                "said": said(&finding.sentence),
                "remedies": remedies.map(remedy).collect::<Vec<_>>(),
            })
        };
        plain(&self.own.findings().iter().map(finding).collect::<Value>())
    }
}

fn choice(choice: &Choice) -> Value {
    match choice {
        Choice::Name(name) => json!(name),
        Choice::Flag(flag) => json!(flag),
        Choice::Count(count) => json!(count),
    }
}

/// A code and its values; null for what is the same in every language.
fn said(own: &said::Said) -> Value {
    if own.code().is_empty() {
        return Value::Null;
    }
    // What has no code is its text.
    let inner = |own: &said::Said| if own.code().is_empty() { json!(own.as_str()) } else { said(own) };
    let value = |value: &said::Value| match value {
        said::Value::Text(text) => json!(text),
        said::Value::Said(own) => inner(own),
        said::Value::List(all) => all.iter().map(inner).collect(),
    };
    let values = own.values().iter().map(|(name, own)| ((*name).to_owned(), value(own)));
    json!({ "code": own.code(), "values": values.collect::<serde_json::Map<_, _>>() })
}

fn remedy(own: &Suggestion) -> Value {
    json!({ "label": own.label.as_str(), "said": said(&own.label), "fix": write_cleaning_step(&own.fix) })
}

fn settled(own: &Settled) -> Value {
    let choices = own.choices.iter().map(
        |(value, label)| json!({ "value": choice(value), "label": label.as_str(), "said": said(label) }),
    );
    json!({
        "key": own.key,
        "value": choice(&own.value),
        "isChosen": own.is_chosen,
        "isSure": own.is_sure,
        "choices": choices.collect::<Vec<_>>(),
        "sentence": own.sentence.as_str(),
        "said": said(&own.sentence),
    })
}

/// The `data` part of a Spec.
pub(super) fn data_spec(data: JsValue) -> Result<DataSpec> {
    Ok(Spec::from_json(&document(object(&[("data", data)]))?)?.data)
}

/// The table behind a JavaScript value, if it is one: by way of another handle on it, so that the caller keeps his.
///
/// # Errors
/// [`Error::Data`] for a table that was freed.
pub(super) fn as_table(value: &JsValue) -> Result<Option<Table>> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::convert::TryFromJsValue;
    let share = js_sys::Reflect::get(value, &"share".into()).ok();
    let Some(share) = share.and_then(|share| share.dyn_into::<js_sys::Function>().ok()) else {
        return Ok(None);
    };
    let freed = |_| Error::Data { what: "the table was freed: give one that is still in use".into() };
    Ok(Table::try_from_js_value(share.call0(value).map_err(freed)?).ok())
}
