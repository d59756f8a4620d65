//! A few real points of a toy source, without a run.

use super::convert::{document, object, plain, set, to_js_error, wide};
use super::describe::{task, wide as domain};
use crate::data::{Dataset, Source, generate_imbalanced};
use crate::error::{Error, Result};
use crate::run::document::object as document_of;
use crate::run::{SourceSpec, Spec};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Rows of a toy source for a thumbnail: `{ inputs, targets, columns, task, domain }`.
/// `data` is `{ source, samples?, noise? }`. Throws for a source that isn't one.
#[wasm_bindgen(
    unchecked_return_type = "{ inputs: Float64Array; targets: Float64Array; columns: string[]; task: string; domain: [number, number][] }"
)]
pub fn preview(
    #[wasm_bindgen(unchecked_param_type = "{ source: string; samples?: number; noise?: number }")]
    data: JsValue,
    seed: u32,
) -> std::result::Result<JsValue, JsValue> {
    let (source, rows) = toy_rows(object(&[("data", data)]), seed).map_err(|error| to_js_error(&error))?;
    let about = document_of!({
        "columns": rows.columns.as_slice(), "task": task(rows.task).0, "domain": domain(source.domain()),
    });
    let result = plain(&about);
    set(&result, "inputs", &wide(&rows.inputs));
    set(&result, "targets", &wide(&rows.targets));
    Ok(result)
}

fn toy_rows(spec: JsValue, seed: u32) -> Result<(Source, Dataset)> {
    let data = Spec::from_json(&document(spec)?)?.data;
    let SourceSpec::Toy(source) = data.source else {
        return Err(Error::Spec { path: "data.source".into(), what: "\"rows\" has no preview".into() });
    };
    let samples = data.samples.map_or(source.samples(), |n| n as usize);
    Ok((source, generate_imbalanced(source, samples, data.noise as f32, data.imbalance as f32, seed)))
}
