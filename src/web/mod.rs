//! The names JavaScript sees. Thin: numbers cross as copies in typed arrays, documents as plain objects,
//! and nothing is computed here.
//!
//! No `async fn` borrows a `Trainer`, which would make every other call fail: a read is asked for at once, and its
//! promise shares the run and borrows it only between two waits. Without the feature `gpu` nothing has to be
//! waited for, and promises hold their values already.

#[cfg(feature = "baselines")]
mod baseline;
#[cfg_attr(not(feature = "trainer"), allow(dead_code))] // other packages take what they need of it
mod convert;
#[cfg(feature = "trainer")]
mod describe;
#[cfg(all(feature = "study", feature = "trainer"))]
mod encoded;
#[cfg(feature = "export")]
mod export;
#[cfg(all(feature = "bench", feature = "gpu"))]
mod gpu_product;
#[cfg(feature = "trainer")]
mod inspect;
#[cfg(feature = "trainer")]
mod preview;
#[cfg(feature = "bench")]
mod product;
#[cfg(feature = "trainer")]
#[cfg_attr(feature = "gpu", path = "reads_gpu.rs")]
#[cfg_attr(not(feature = "gpu"), path = "reads_cpu.rs")]
mod reads;
#[cfg(all(feature = "look", feature = "trainer"))]
mod shards;
#[cfg(all(feature = "study", feature = "trainer"))]
mod study;
#[cfg(feature = "table")]
mod table;
#[cfg(feature = "trainer")]
mod trainer;
mod types;
#[cfg(all(feature = "table", feature = "trainer"))]
mod views;

#[cfg(feature = "baselines")]
pub use baseline::Baseline;
#[cfg(feature = "export")]
pub use export::Exporter;
#[cfg(all(feature = "bench", feature = "gpu"))]
pub use gpu_product::GpuProduct;
#[cfg(feature = "trainer")]
pub use preview::preview;
#[cfg(feature = "bench")]
pub use product::Product;
#[cfg(all(feature = "study", feature = "trainer"))]
pub use study::{
    Dream, Favorites, Folding, Probe, ThresholdSweep, cross_validate, folds, halving, scores, simplest,
    survivors, trials, verdict,
};
#[cfg(feature = "table")]
pub use table::{Table, TableReader};
#[cfg(feature = "trainer")]
pub use trainer::Trainer;

use wasm_bindgen::prelude::wasm_bindgen;

/// Runs once when the module is loaded: a panic then names its line in the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
