//! What tests share: comparisons, tolerances, the f64 oracle, golden traces, reproducible numbers.

pub mod cell;
pub mod close;
pub mod draw;
pub mod fuzz;
pub mod golden;
pub mod reference;
pub mod runs;
pub mod tolerances;
#[cfg(feature = "table")]
pub mod typescript;
