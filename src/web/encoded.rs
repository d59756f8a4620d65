//! Rows as the net sees them, for other models.

use super::convert::{floats, object, throw, wide};
use super::trainer::{Trainer, parse_part};
use crate::data::gather;
use crate::run::{Part, Run, part_rows};
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
    let data = run.data();
    let rows = part_rows(run.split(), part);
    let encoded = run.encoder().transform(&gather(&data.inputs, data.width(), rows));
    let shape: Array = [JsValue::from(run.encoder().width() as f64)].into_iter().collect();
    let classes = data.task.classes().map_or(JsValue::UNDEFINED, |classes| (classes as f64).into());
    object(&[
        ("inputs", floats(&encoded)),
        ("targets", wide(&gather(&data.targets, data.task.targets(), rows))),
        ("shape", shape.into()),
        ("classes", classes),
    ])
}
