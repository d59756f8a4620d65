//! The one native test binary; each module is a subject.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)]

mod allocation;
mod data;
mod math;
mod ops;
mod oracle;
mod rng;
mod run;
mod spec;
mod support;
mod tidy;
mod traces;
