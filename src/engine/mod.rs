//! Who computes: an engine holds the examples, the parameters and every arena, and runs a [`Plan`](crate::nn::Plan).

pub mod cpu;
