//! Looking inside a run, as JavaScript does.

use super::convert::{floats, object};
use super::reads;
use super::trainer::Trainer;
use crate::run::Look;
use js_sys::{Promise, Uint32Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// What every unit of every layer in `describe().layers` gives for new rows (as `predict` takes them), after its
    /// activation: unit × rows, layer after layer. The output layer's are as the net gives them: logits, or scaled targets.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn activations(&self, inputs: Vec<f32>) -> Promise {
        reads::activations(&self.run, inputs)
    }

    /// The update that comes next, taken and taken back: the run stays as it is, bit for bit.
    #[wasm_bindgen(unchecked_return_type = "Promise<Look>")]
    pub fn look(&self) -> Promise {
        reads::look(&self.run)
    }
}

pub(super) fn look(look: &Look) -> JsValue {
    let update = &look.update;
    object(&[
        ("rows", Uint32Array::from(look.rows.as_slice()).into()),
        ("inputs", floats(&update.inputs)),
        ("targets", floats(&update.targets)),
        ("loss", update.loss.into()),
        ("losses", floats(&update.losses)),
        ("outputs", floats(&look.outputs)),
        ("values", floats(&update.values)),
        ("deltas", floats(&update.deltas)),
        ("gradient", floats(&update.gradient)),
        ("stepGradient", floats(&update.step_gradient)),
        ("fullGradient", floats(&look.full_gradient)),
        ("before", floats(&look.before)),
        ("after", floats(&update.after)),
        ("state", floats(&update.state[0])),
        ("stateAfter", floats(&update.state[1])),
        ("learningRate", look.learning_rate.into()),
    ])
}
