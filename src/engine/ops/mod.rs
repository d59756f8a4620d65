//! The ops, a file each: what every engine makes of it, side by side, with its shader beside it.
//!
//! An op implements a trait of each engine for its struct of [`crate::nn::layers`]: [`cpu::Compute`](super::cpu::Compute),
//! `gpu::Drive`, `exact::Differentiate`. Nothing else names it: engines reach it through `on_op!`. What ops share (products,
//! sums over threads) is the engines' own.

mod add;
mod batch_norm;
pub mod conv2d;
mod dense;
mod dropout;
mod layer_norm;
mod pool2d;
