//! The path of a row, stage by stage.

mod batches;
mod dataset;
mod encode;
mod sources;
mod split;
