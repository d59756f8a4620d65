//! Comparisons of numbers that can't be passed by NaN or ∞.
//!
//! A pair passes only if both values are finite and `|got − want| <= tolerance` holds. Failures name the worst
//! index, both values and the tolerance that was allowed there.

/// How far a result may lie from its reference: `absolute + relative · |reference|`.
#[derive(Debug, Clone, Copy)]
pub struct Tolerance {
    pub absolute: f64,
    pub relative: f64,
}

impl Tolerance {
    /// The distance allowed from a reference value (or a reference norm).
    pub fn allowed(self, want: f64) -> f64 {
        self.absolute + self.relative * want.abs()
    }
}

/// Compares element by element; `Err` is the sentence a test prints.
pub fn compare<T: Copy + Into<f64>>(
    name: &str,
    got: &[T],
    want: &[f64],
    tolerance: Tolerance,
) -> Result<(), String> {
    if got.len() != want.len() {
        return Err(format!("{name}: {} values, expected {}", got.len(), want.len()));
    }
    let Some((index, excess)) = worst(got, want, |want| tolerance.allowed(want)) else {
        return Ok(());
    };
    if excess <= 1.0 {
        return Ok(());
    }
    let (a, b): (f64, f64) = (got[index].into(), want[index]);
    let allowed = tolerance.allowed(b);
    let difference = (a - b).abs();
    Err(format!(
        "{name}[{index}]: got {a:e}, want {b:e}, difference {difference:e} is not within {allowed:e}"
    ))
}

/// Compares two vectors as a whole: `‖got − want‖ <= absolute · √n + relative · ‖want‖`.
pub fn compare_norm<T: Copy + Into<f64>>(
    name: &str,
    got: &[T],
    want: &[f64],
    tolerance: Tolerance,
) -> Result<(), String> {
    if got.len() != want.len() {
        return Err(format!("{name}: {} values, expected {}", got.len(), want.len()));
    }
    let Some((index, _)) = worst(got, want, |_| 1.0) else {
        return Ok(());
    };
    let distance = norm(got.iter().zip(want).map(|(&a, &b)| a.into() - b));
    let length = norm(want.iter().copied());
    let allowed = tolerance.absolute * (want.len() as f64).sqrt() + tolerance.relative * length;
    if length.is_finite() && distance <= allowed {
        return Ok(());
    }
    let (a, b): (f64, f64) = (got[index].into(), want[index]);
    Err(format!(
        "{name}: distance {distance:e} of norm {length:e} is not within {allowed:e}; worst [{index}]: got {a:e}, want {b:e}"
    ))
}

/// Panics unless every element is close; see [`compare`].
#[track_caller]
pub fn assert_close<T: Copy + Into<f64>>(name: &str, got: &[T], want: &[f64], tolerance: Tolerance) {
    if let Err(sentence) = compare(name, got, want, tolerance) {
        panic!("{sentence}");
    }
}

/// Panics unless the vectors are close as a whole; see [`compare_norm`].
#[track_caller]
pub fn assert_norm_close<T: Copy + Into<f64>>(name: &str, got: &[T], want: &[f64], tolerance: Tolerance) {
    if let Err(sentence) = compare_norm(name, got, want, tolerance) {
        panic!("{sentence}");
    }
}

/// The index with the largest `|got − want| / allowed(want)`; what isn't finite is infinitely far.
fn worst<T: Copy + Into<f64>>(got: &[T], want: &[f64], allowed: impl Fn(f64) -> f64) -> Option<(usize, f64)> {
    let mut worst: Option<(usize, f64)> = None;
    for (index, (&a, &b)) in got.iter().zip(want).enumerate() {
        let a: f64 = a.into();
        let difference = (a - b).abs();
        let excess = if !(a.is_finite() && b.is_finite()) {
            f64::INFINITY
        } else if difference == 0.0 {
            0.0
        } else {
            let excess = difference / allowed(b);
            if excess.is_nan() { f64::INFINITY } else { excess }
        };
        if worst.is_none_or(|(_, so_far)| excess > so_far) {
            worst = Some((index, excess));
        }
    }
    worst
}

fn norm(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|v| v * v).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOSE: Tolerance = Tolerance { absolute: 1e-3, relative: 1e-3 };

    fn passes(got: f32, want: f64) -> bool {
        let alone = compare("x", &[got], &[want], LOOSE).is_ok();
        let beside = compare("x", &[1.0, got, 2.0], &[1.0, want, 2.0], LOOSE).is_ok();
        let as_norm = compare_norm("x", &[1.0, got], &[1.0, want], LOOSE).is_ok();
        assert_eq!((alone, alone), (beside, as_norm), "got {got}, want {want}");
        alone
    }

    #[test]
    fn equal_and_near_values_pass() {
        assert!(passes(1.0, 1.0));
        assert!(passes(0.0, -0.0));
        assert!(passes(1.0005, 1.0));
        assert!(compare::<f32>("empty", &[], &[], LOOSE).is_ok());
    }

    #[test]
    fn far_values_fail() {
        assert!(!passes(1.01, 1.0));
        assert!(!passes(-1.0, 1.0));
    }

    #[test]
    fn what_is_not_finite_fails_on_either_side() {
        let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
        for a in odd {
            assert!(!passes(a, 1.0));
            assert!(!passes(1.0, a.into()));
            for b in odd {
                assert!(!passes(a, b.into()));
            }
        }
    }

    #[test]
    fn a_zero_tolerance_allows_only_equality() {
        let exact = Tolerance { absolute: 0.0, relative: 0.0 };
        assert!(compare("x", &[0.5f32, 0.0], &[0.5, 0.0], exact).is_ok());
        assert!(compare("x", &[f32::from_bits(1)], &[0.0], exact).is_err());
    }

    #[test]
    fn a_nan_tolerance_allows_no_difference() {
        let broken = Tolerance { absolute: f64::NAN, relative: 0.0 };
        assert!(compare("x", &[0.5f32], &[0.6], broken).is_err());
        assert!(compare_norm("x", &[0.5f32], &[0.6], broken).is_err());
    }

    #[test]
    fn lengths_must_agree() {
        assert!(compare("x", &[1.0f32], &[1.0, 1.0], LOOSE).is_err());
        assert!(compare_norm("x", &[1.0f32, 1.0], &[1.0], LOOSE).is_err());
    }

    #[test]
    fn a_failure_names_the_worst_index_both_values_and_the_tolerance() {
        let sentence = compare("w", &[1.0f32, 2.5, 3.25], &[1.0, 2.0, 3.0], LOOSE).unwrap_err();
        assert_eq!(sentence, "w[1]: got 2.5e0, want 2e0, difference 5e-1 is not within 3e-3");
    }
}
