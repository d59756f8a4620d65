//! The CPU engine's matrix product on its own, for the bench alone: operands lie resident in the engine's own layout, as
//! those of its peers lie in theirs.

use super::convert::floats;
use crate::engine::cpu::arena::{gather_range, scatter, vectors};
use crate::engine::cpu::packed::Panels;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wide::f32x4;

/// Rows multiplied at a time, as a dense layer does it when it predicts.
const CHUNK: usize = 256;

/// `product = left · rightᵀ`, square, as often as one likes.
#[wasm_bindgen]
pub struct Product {
    side: usize,
    right: Vec<f32>,
    zeros: Vec<f32>,
    panels: Panels,
    /// Chunks of rows of the left operand and of the product, `[feature][row]`.
    chunks: Vec<(Vec<f32x4>, Vec<f32x4>)>,
}

#[wasm_bindgen]
impl Product {
    /// Takes the operands, `[side, side]`, row-major.
    #[wasm_bindgen(constructor)]
    pub fn new(side: usize, left: &[f32], right: Vec<f32>) -> Product {
        let mut panels = Panels::default();
        panels.reserve(side, vectors(CHUNK));
        let chunk = |first: usize| {
            let rows = CHUNK.min(side - first);
            let room = vec![f32x4::ZERO; side * vectors(rows)];
            let mut turned = room.clone();
            gather_range(left, side, first, rows, &mut turned);
            (turned, room)
        };
        let chunks = (0..side).step_by(CHUNK).map(chunk).collect();
        Product { side, right, zeros: vec![0.0; side], panels, chunks }
    }

    /// Multiplies.
    pub fn multiply(&mut self) {
        for (left, product) in &mut self.chunks {
            let n = left.len() / self.side;
            self.panels.forward(&self.right, &self.zeros, left, product, n);
        }
    }

    /// The product, `[side, side]`, row-major.
    #[wasm_bindgen(unchecked_return_type = "Float32Array")]
    pub fn result(&self) -> JsValue {
        let side = self.side;
        let mut rows = vec![0.0; side * side];
        for ((_, product), rows) in self.chunks.iter().zip(rows.chunks_mut(CHUNK * side)) {
            scatter(product, side, rows.len() / side, rows);
        }
        floats(&rows)
    }
}
