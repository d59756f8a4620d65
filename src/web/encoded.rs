//! Rows as the net sees them, for other models.

use super::convert::{floats, object, throw, wide};
use super::trainer::{Trainer, parse_part};
use crate::data::Task;
use crate::run::{Part, Run};
use js_sys::Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// The rows of a part as the net sees them (gaps filled, names spread into zeros and ones, all scaled by training rows),
    /// with targets as they are: for `Baseline.fit`, or any other model to compare with.
    #[wasm_bindgen(unchecked_return_type = "Rows & { inputs: Float32Array; targets: Float64Array }")]
    pub fn encoded(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Part")] part: &str,
    ) -> std::result::Result<JsValue, JsValue> {
        throw(parse_part(part).map(|part| rows_of(&self.run.borrow(), part)))
    }
}

fn rows_of(run: &Run, part: Part) -> JsValue {
    let (data, split) = (run.data(), run.split());
    let rows = match part {
        Part::Train => &split.train,
        Part::Validation => &split.validation,
        Part::Test => &split.test,
    };
    let (width, per_row) = (data.width(), data.targets.len() / data.rows());
    let gather = |values: &[f64], width: usize| -> Vec<f64> {
        rows.iter().flat_map(|&row| &values[row as usize * width..][..width]).copied().collect()
    };
    let encoded = run.encoder().transform(&gather(&data.inputs, width));
    let shape: Array = [JsValue::from(run.encoder().width() as f64)].into_iter().collect();
    let classes = match data.task {
        Task::Classification { classes } => JsValue::from(classes as f64),
        Task::Regression { .. } => JsValue::UNDEFINED,
    };
    object(&[
        ("inputs", floats(&encoded)),
        ("targets", wide(&gather(&data.targets, per_row))),
        ("shape", shape.into()),
        ("classes", classes),
    ])
}
