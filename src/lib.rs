//! Trainyard's training core.
#![forbid(unsafe_code)]

pub mod data;
pub mod error;
pub mod math;
pub mod rng;
