//! Looking inside a run, as JavaScript does.

use super::convert::numbers;
#[cfg(feature = "layers")]
use super::convert::throw;
use super::reads;
use super::trainer::Trainer;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
#[cfg(feature = "look")]
use {
    super::convert::{floats, object, set},
    crate::run::Run,
    js_sys::Uint32Array,
};

#[wasm_bindgen]
impl Trainer {
    /// What the net is shown of new rows (as `predict` takes them), features scaled, and what every unit of every layer in
    /// `describe().layers` gives for them, after its activation: (inputs + units) × rows, layer after layer. The output
    /// layer's are as the net gives them: logits, or scaled targets.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn activations(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] inputs: &JsValue,
    ) -> Promise {
        reads::activations(&self.run, numbers(inputs, "inputs"))
    }
}

#[cfg(feature = "layers")]
#[wasm_bindgen]
impl Trainer {
    /// The image of a training row as the steps of `count` epochs take it, from epoch number `first` (from 0) on: in the
    /// data's own units, image after image. The same bits as in training. Throws for other rows: they are never varied.
    pub fn variants(&self, row: u32, first: u32, count: u32) -> std::result::Result<Vec<f64>, JsValue> {
        throw(self.run.borrow().variants(row, first..first.saturating_add(count)))
    }
}

#[cfg(feature = "look")]
#[wasm_bindgen]
impl Trainer {
    /// The update that comes next, taken and taken back: the run stays as it is, bit for bit.
    #[wasm_bindgen(unchecked_return_type = "Promise<Look>")]
    pub fn look(&self) -> Promise {
        reads::look(&self.run)
    }

    /// The largest (most positive) eigenvalue λ of the Hessian of the mean training loss as the run stands, without
    /// penalties: gradient descent with a rate above 2/λ overshoots. By exact second derivatives, to 1%; over fewer rows,
    /// evenly spread, where all would take longer than about half a second for each of at most 120 products with the
    /// Hessian. NaN where it isn't found to 1%, or where a number isn't finite.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn curvature(&self) -> Promise {
        reads::curvature(&self.run)
    }
}

#[cfg(feature = "look")]
pub(super) fn look(run: &mut Run) -> JsValue {
    let look = run.look();
    let update = &look.update;
    let object = object(&[
        ("rows", Uint32Array::from(look.rows.as_slice()).into()),
        ("loss", update.loss.into()),
        ("learningRate", look.learning_rate.into()),
    ]);
    let arrays = [
        ("losses", &update.losses),
        ("inputs", &update.inputs),
        ("targets", &update.targets),
        ("values", &update.values),
        ("deltas", &update.deltas),
        ("slopes", &update.slopes),
        ("gradient", &update.gradient),
        ("stepGradient", &update.step_gradient),
        ("fullGradient", &look.full_gradient),
        ("before", &look.before),
        ("after", &update.after),
        ("state", &update.state[0]),
        ("stateAfter", &update.state[1]),
    ];
    for (key, numbers) in arrays {
        set(&object, key, &floats(numbers));
    }
    if let Some(about) = run.data().about() {
        let rows: Vec<u32> =
            look.rows.iter().filter_map(|&row| about.rows.get(row as usize)).copied().collect();
        set(&object, "tableRows", &Uint32Array::from(rows.as_slice()).into());
    }
    object
}
