//! The one native test binary; each module is a subject.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)]

mod allocation;
#[cfg(feature = "look")]
mod augment;
#[cfg(feature = "study")]
mod baselines;
mod bits;
mod class_weighting;
#[cfg(feature = "look")]
mod curvature;
mod data;
mod decision;
mod dropout;
mod edges;
mod errors;
#[cfg(feature = "export")]
mod export;
mod freeze;
#[cfg(feature = "table")]
mod fuzz;
mod gather;
#[cfg(feature = "gpu")]
mod gpu;
#[cfg(feature = "gpu")]
mod gpu_gradient;
#[cfg(feature = "gpu")]
mod gpu_run;
mod init;
#[cfg(feature = "look")]
mod inspect;
mod json;
mod limits;
mod math;
mod moments;
mod norms;
mod numerics;
mod ops;
mod oracle;
mod packed;
mod passes;
mod prune;
mod reason;
mod residuals;
mod rng;
mod run;
mod schedule;
#[cfg(feature = "table")]
mod schema;
#[cfg(feature = "look")]
mod shards;
mod spec;
mod stop;
#[cfg(feature = "study")]
mod study;
mod support;
#[cfg(feature = "export")]
mod terminal;
mod tidy;
mod traces;
