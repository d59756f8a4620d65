//! Reproducible test numbers that f32 holds exactly, from a generator of the tests' own (SplitMix64).

/// A stream of numbers fixed by its seed.
pub struct Draw {
    state: u64,
}

impl Draw {
    pub fn new(seed: u64) -> Draw {
        Draw { state: seed }
    }

    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in `−range..range`, a multiple of `range / 2²⁰`.
    pub fn within(&mut self, range: f64) -> f64 {
        let twentieth = (self.bits() >> 43) as f64 / f64::from(1 << 20);
        f64::from((range * (twentieth - 1.0)) as f32)
    }

    pub fn values(&mut self, count: usize, range: f64) -> Vec<f64> {
        (0..count).map(|_| self.within(range)).collect()
    }

    /// Uniform in `0..count`.
    pub fn index(&mut self, count: usize) -> usize {
        (self.bits() % count as u64) as usize
    }
}
