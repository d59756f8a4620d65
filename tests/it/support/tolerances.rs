//! Every tolerance of the native tests, with the reason for its size.
//!
//! f64 rounds to 1.1e-16 and f32 to 6.0e-8 of a value.

use super::close::Tolerance;

/// Oracle against PyTorch, both f64: sums of some dozen terms, each rounded, with room for another order of summation.
pub const ORACLE_VALUE: Tolerance = Tolerance { absolute: 1e-14, relative: 1e-14 };

/// Central differences in f64 against PyTorch's f64 gradient.
///
/// With h = 1e-5 the truncation is `h²/6 · |f‴|` = 1.7e-11 · |f‴|, and rounding `1.1e-16 · |f| / h` = 1.1e-11 · |f|;
/// third derivatives of these small nets stay below 50, or ten times their gradient.
pub const ORACLE_GRADIENT: Tolerance = Tolerance { absolute: 1e-9, relative: 1e-9 };

/// The crate's derivatives in f64 against PyTorch's, of a vector's norm.
///
/// Sums over some thousand terms, each rounded to 1.1e-16, and cancellations in norms' second derivatives. The crate's
/// label smoothing is an f32: 3e-9 of a term of size 1, also where the terms of a trained net cancel.
#[cfg(feature = "look")]
pub const EXACT: Tolerance = Tolerance { absolute: 1e-9, relative: 1e-6 };

/// How far pre-activations keep from kinks in small nets: a difference's step moves them by far less.
pub const KINK_MARGIN: f64 = 1e-3;

/// The crate's f32 against PyTorch's f64 over ten steps, of each tensor's norm.
///
/// PyTorch's own f32 stays within 1e-6 on every trace (the generator sees to it); the rest is room for another order
/// of summation. The floor is two f32 roundings of numbers around 1, for tensors that are themselves near zero but
/// made of terms that aren't.
pub const TRACE: Tolerance = Tolerance { absolute: 1e-7, relative: 1e-5 };

/// One forward pass in f32: sums of up to 130 terms of size 1 or less, √130 roundings of 6e-8, twice for two layers.
pub const FORWARD: Tolerance = Tolerance { absolute: 2e-6, relative: 1e-5 };

/// The crate's f32 gradient against central differences in f64, of each tensor's norm.
///
/// As for `FORWARD`, with the sum over 129 rows on top; the floor is the differences' own rounding.
pub const GRADIENT: Tolerance = Tolerance { absolute: 1e-9, relative: 2e-5 };

/// The GPU's f32 against the CPU's, after one step: the same polynomials, but other orders of summation, fused
/// multiply-adds, and divisions within 2.5 ulp.
#[cfg(feature = "gpu")]
pub const PARITY: Tolerance = Tolerance { absolute: 1e-5, relative: 1e-4 };

/// The same for losses after a hundred steps.
#[cfg(feature = "gpu")]
pub const COURSE: Tolerance = Tolerance { absolute: 1e-6, relative: 1e-2 };
