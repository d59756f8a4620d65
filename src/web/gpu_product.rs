//! The GPU engine's matrix product on its own, for the bench alone; `product.rs` has the CPU's.

use super::convert::{floats, to_js_error};
use crate::engine::gpu::{Gpu, Product, ResultFuture};
use crate::error::Error;
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

/// `product = left · rightᵀ`, square, as often as one likes.
#[wasm_bindgen]
pub struct GpuProduct(Product);

#[wasm_bindgen]
impl GpuProduct {
    /// Takes the operands, `[side, side]`, row-major, to the device.
    #[wasm_bindgen(unchecked_return_type = "Promise<GpuProduct>")]
    pub fn create(side: usize, left: Vec<f32>, right: Vec<f32>) -> Promise {
        promise(Box::pin(async move {
            let none = || Error::Gpu { what: "no adapter".into() };
            let gpu = Gpu::open().await?.ok_or_else(none)?;
            Ok(GpuProduct(Product::new(&gpu, side, &left, &right)?).into())
        }))
    }

    /// Multiplies; resolves when it is done.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn multiply(&mut self, count: usize) -> Promise {
        let done = self.0.multiply(count);
        promise(Box::pin(async { done.await.map(|()| JsValue::UNDEFINED) }))
    }

    /// The product, `[side, side]`, row-major.
    #[wasm_bindgen(unchecked_return_type = "Promise<Float32Array>")]
    pub fn result(&self) -> Promise {
        let rows = self.0.result();
        promise(Box::pin(async { rows.await.map(|rows| floats(&rows)) }))
    }
}

fn promise(future: ResultFuture<JsValue>) -> Promise {
    future_to_promise(async { future.await.map_err(|error| to_js_error(&error)) })
}
