//! The GPU engine against the CPU engine: every op, every loss and rule, whole models, and what can go wrong.

mod conv;
mod dense;
mod engine;
mod layers;
mod losses;
mod models;
mod optimizer;
pub mod pair;
mod tuning;
