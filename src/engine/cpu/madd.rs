//! The multiply-add of every kernel, in one place.

use wide::f32x4;

/// `a · b + c`, rounded twice: the same bits on every machine.
#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
#[inline(always)]
pub(in crate::engine) fn madd(a: f32x4, b: f32x4, c: f32x4) -> f32x4 {
    c + a * b
}

/// `a · b + c`, rounded once where the machine has such an instruction, else twice.
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
#[inline(always)]
pub(in crate::engine) fn madd(a: f32x4, b: f32x4, c: f32x4) -> f32x4 {
    core::arch::wasm32::f32x4_relaxed_madd(a.into(), b.into(), c.into()).into()
}
