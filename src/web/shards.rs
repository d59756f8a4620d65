//! Data-parallel training, as JavaScript does it: each of several workers holds the same run, and computes some shards of
//! each batch; what they computed goes to all, and all take the same step.

use super::convert::{floats, object};
use super::trainer::{Trainer, progress};
use crate::engine::cpu::{Gradient, ShardSum};
use js_sys::{Array, Float32Array, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// Into how many shards the next batch is cut; 1: it isn't. Follows from the shapes alone.
    pub fn shards(&self) -> usize {
        self.run.borrow_mut().shards()
    }

    /// The gradients of the shards `from` to `to` (exclusive) of the next batch, added as a step alone would add them, for
    /// `advanceSummed` of whoever else holds the same run; here they are known. The run stays where it is. `spare`: arrays
    /// that nobody needs any more, to be written anew.
    #[wasm_bindgen(js_name = sumShards, unchecked_return_type = "ShardSum[]")]
    pub fn sum_shards(
        &self,
        from: usize,
        to: usize,
        #[wasm_bindgen(unchecked_optional_param_type = "Float32Array[]")] spare: Option<Array>,
    ) -> JsValue {
        let all = Array::new();
        self.run.borrow_mut().sum_shards(from..to, &mut |sum| {
            all.push(&written(sum, spare.as_ref()));
        });
        all.into()
    }

    /// Takes one step, of whose shards others have computed these sums; what lacks, and wasn't summed here for this step, is
    /// computed here. With the same bits as `advance`.
    #[wasm_bindgen(js_name = advanceSummed, unchecked_return_type = "Progress")]
    pub fn advance_summed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShardSum[]")] sums: Array,
    ) -> JsValue {
        let parameters = self.run.borrow().plan().parameters;
        let sums = sums.iter().filter_map(|sum| read(&sum, parameters)).collect();
        let mut run = self.run.borrow_mut();
        run.advance_summed(sums);
        progress(&run)
    }
}

/// An array of JavaScript's, which is read where it lies.
struct Lying(Float32Array);

impl Gradient for Lying {
    fn read(&self, first: usize, to: &mut [f32]) {
        let first = first as u32;
        self.0.subarray(first, first + to.len() as u32).copy_to(to);
    }
}

fn written(sum: ShardSum<&[f32]>, spare: Option<&Array>) -> JsValue {
    let fits = |array: &Float32Array| array.length() as usize == sum.gradient.len();
    let spare = spare.and_then(|all| all.pop().dyn_into::<Float32Array>().ok()).filter(fits);
    let gradient = match spare {
        Some(array) => {
            array.copy_from(sum.gradient);
            array.into()
        }
        None => floats(sum.gradient),
    };
    object(&[
        ("first", (sum.first as f64).into()),
        ("count", (sum.count as f64).into()),
        ("loss", sum.loss.into()),
        ("gradient", gradient),
    ])
}

/// What isn't one is left out: its shards are computed then.
fn read(sum: &JsValue, parameters: usize) -> Option<ShardSum<Rc<dyn Gradient>>> {
    let gradient = Reflect::get(sum, &"gradient".into()).ok()?.dyn_into::<Float32Array>().ok()?;
    let field = |name: &str| Reflect::get(sum, &name.into()).ok()?.as_f64();
    let (first, count) = (field("first")? as usize, field("count")? as usize);
    let sum = ShardSum {
        first,
        count,
        loss: field("loss")?,
        gradient: Rc::new(Lying(gradient.clone())) as Rc<dyn Gradient>,
    };
    (gradient.length() as usize == parameters).then_some(sum)
}
