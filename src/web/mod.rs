//! The names JavaScript sees. Thin: numbers cross as `Float32Array` copies, documents by serde, and
//! nothing is computed here.
//!
//! No `async fn` borrows a `Trainer`: reads return promises that hold their values already, because the
//! GPU's reads will have to be waited for, and a borrow kept across an `await` would make every other
//! call fail.

mod convert;
mod describe;
#[cfg(feature = "bench")]
mod product;
#[cfg(feature = "table")]
mod table;
mod trainer;
mod types;

#[cfg(feature = "bench")]
pub use product::Product;
#[cfg(feature = "table")]
pub use table::{Table, TableReader};
pub use trainer::{Trainer, preview};

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs once when the module is loaded: a panic then names its line in the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
