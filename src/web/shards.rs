//! Data-parallel training, as JavaScript does it: each of several workers holds the same run, and computes some shards of
//! each batch; what they computed goes to all, and all take the same step.

use super::convert::{floats, object};
use super::trainer::{Trainer, progress};
use crate::engine::cpu::ShardSum;
use js_sys::{Array, Float32Array, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Trainer {
    /// Into how many shards the next batch is cut; 1: it isn't. Follows from the shapes alone.
    pub fn shards(&self) -> usize {
        self.run.borrow_mut().shards()
    }

    /// The gradients of the shards `from` to `to` (exclusive) of the next batch, added as a step alone would add them, for
    /// `advanceSummed` of whoever holds the same run. The run stays where it is.
    #[wasm_bindgen(js_name = sumShards, unchecked_return_type = "ShardSum[]")]
    pub fn sum_shards(&self, from: usize, to: usize) -> JsValue {
        let sums = self.run.borrow_mut().sum_shards(from..to);
        let all: Array = sums.iter().map(written).collect();
        all.into()
    }

    /// Takes one step, of whose shards these sums are known; what lacks is computed here. With the same bits as `advance`.
    #[wasm_bindgen(js_name = advanceSummed, unchecked_return_type = "Progress")]
    pub fn advance_summed(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ShardSum[]")] sums: Array,
    ) -> JsValue {
        let parameters = self.run.borrow().plan().parameters;
        let fits = |sum: &ShardSum| sum.gradient.len() == parameters;
        let sums = sums.iter().filter_map(|sum| read(&sum)).filter(fits).collect();
        let mut run = self.run.borrow_mut();
        run.advance_summed(sums);
        progress(&run)
    }
}

fn written(sum: &ShardSum) -> JsValue {
    object(&[
        ("first", (sum.first as f64).into()),
        ("count", (sum.count as f64).into()),
        ("loss", sum.loss.into()),
        ("gradient", floats(&sum.gradient)),
    ])
}

/// What isn't one is left out: its shards are computed then.
fn read(sum: &JsValue) -> Option<ShardSum> {
    let gradient = Reflect::get(sum, &"gradient".into()).ok()?.dyn_into::<Float32Array>().ok()?.to_vec();
    let field = |name: &str| Reflect::get(sum, &name.into()).ok()?.as_f64();
    let (first, count) = (field("first")? as usize, field("count")? as usize);
    Some(ShardSum { first, count, loss: field("loss")?, gradient })
}
