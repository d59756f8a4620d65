//! The path of a row, stage by stage.

mod batches;
#[cfg(feature = "table")]
mod corrupt;
mod dataset;
mod encode;
mod patterns;
mod sources;
mod split;
