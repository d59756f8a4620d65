//! A number and how fast it moves along a direction: forward-mode differentiation.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// `value + ε·slope`, with ε² = 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dual {
    /// The number.
    pub value: f64,
    /// Its derivative along the direction.
    pub slope: f64,
}

impl Dual {
    /// Nothing, and at rest.
    pub const ZERO: Dual = Dual::constant(0.0);

    /// A number that the direction doesn't move.
    pub const fn constant(value: f64) -> Dual {
        Dual { value, slope: 0.0 }
    }

    /// `f(self)`, given `f` and its derivative at the value.
    #[inline]
    pub fn through(self, value: f64, derivative: f64) -> Dual {
        Dual { value, slope: derivative * self.slope }
    }

    /// `factor · self`
    #[inline]
    pub fn times(self, factor: f64) -> Dual {
        Dual { value: factor * self.value, slope: factor * self.slope }
    }

    /// `1 / self`
    pub fn inverse(self) -> Dual {
        let inverse = 1.0 / self.value;
        self.through(inverse, -inverse * inverse)
    }

    /// `1 / √self`
    pub fn inverse_root(self) -> Dual {
        let root = 1.0 / self.value.sqrt();
        self.through(root, -0.5 * root / self.value)
    }
}

impl Add for Dual {
    type Output = Dual;

    #[inline]
    fn add(self, other: Dual) -> Dual {
        Dual { value: self.value + other.value, slope: self.slope + other.slope }
    }
}

impl AddAssign for Dual {
    #[inline]
    fn add_assign(&mut self, other: Dual) {
        *self = *self + other;
    }
}

impl Sub for Dual {
    type Output = Dual;

    #[inline]
    fn sub(self, other: Dual) -> Dual {
        Dual { value: self.value - other.value, slope: self.slope - other.slope }
    }
}

impl Neg for Dual {
    type Output = Dual;

    #[inline]
    fn neg(self) -> Dual {
        self.times(-1.0)
    }
}

impl Mul for Dual {
    type Output = Dual;

    #[inline]
    fn mul(self, other: Dual) -> Dual {
        Dual { value: self.value * other.value, slope: self.value * other.slope + self.slope * other.value }
    }
}
