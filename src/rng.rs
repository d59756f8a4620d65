//! Random numbers by counting: named independent streams, where number *i* needs no history.
//!
//! The generator is Threefry2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
//! as easy as 1, 2, 3", SC 2011): a keyed mixing of a two-word counter into two words. The key is the
//! seed and the purpose, the counter is the stream's index and the block. So streams never overlap, and
//! drawing more from one changes nothing in another.

use wide::u32x4;

use crate::math::scalar;

/// What a stream is for. The numbers are part of the promise that a seed repeats its run: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Points of a generated data set and their noise.
    Data = 0,
    /// Which row goes into which part.
    Split = 1,
    /// Starting weights; the index is the parameter slot.
    Init = 2,
    /// The order of the training rows; the index is the epoch.
    Order = 3,
    /// Which values dropout drops; the index is the step.
    Dropout = 4,
    /// What is spoilt on purpose; the index is the kind of damage.
    Corrupt = 5,
    /// Which row goes into which fold; the index is the repeat.
    Folds = 6,
    /// Rows drawn again for an interval; the index is the resample.
    Bootstrap = 7,
    /// Random directions of a loss surface; the index is the direction.
    Surface = 8,
    /// Settings to try; the index is the trial.
    Search = 9,
    /// Rows and features that the trees of a forest draw; the index is the tree.
    Forest = 10,
    /// Rows that a linear probe learns from, and their order; the index is the epoch.
    Probe = 12,
    /// Where a picture that a unit would like to see begins, and how it is moved; the index is the step.
    Dream = 13,
    /// How training images are varied: the index is the epoch, whose first word is the seed of streams by row.
    Augment = 14,
}

/// Blocks mixed at once. Any number gives the same stream: words come in the order of their blocks.
const BLOCKS: usize = 8;

/// One stream of random numbers. No allocation; a copy continues like the original.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    index: u32,
    next_block: u32,
    words: [u32; 2 * BLOCKS],
    used: usize,
}

impl Stream {
    /// The stream of `seed` for `purpose`, number `index` (an epoch, a parameter slot).
    pub fn new(seed: u32, purpose: Purpose, index: u32) -> Stream {
        Stream { key: [seed, purpose as u32], index, next_block: 0, words: [0; 2 * BLOCKS], used: 2 * BLOCKS }
    }

    /// 32 random bits. After 2³³ of them the stream repeats.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        if self.used == self.words.len() {
            self.refill();
        }
        let word = self.words[self.used];
        self.used += 1;
        word
    }

    #[inline(never)]
    fn refill(&mut self) {
        for half in self.words.chunks_exact_mut(8) {
            let block = u32x4::splat(self.next_block) + u32x4::new([0, 1, 2, 3]);
            self.next_block = self.next_block.wrapping_add(4);
            let [first, second] = threefry(self.key, [u32x4::splat(self.index), block]).map(u32x4::to_array);
            for lane in 0..4 {
                half[2 * lane] = first[lane];
                half[2 * lane + 1] = second[lane];
            }
        }
        self.used = 0;
    }

    /// Uniform in [0, 1): a multiple of 2⁻²⁴.
    #[inline]
    pub fn uniform(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// Uniform between `lo` and `hi`; rounding may reach `hi` itself.
    #[inline]
    pub fn range(&mut self, lo: f32, hi: f32) -> f32 {
        lo + (hi - lo) * self.uniform()
    }

    /// Normal with mean 0 and variance 1, within ±5.8 (Box and Muller, Ann. Math. Stat. 29, 1958).
    ///
    /// Takes two words, and drops the second number they could give so that the position stays countable.
    pub fn normal(&mut self) -> f32 {
        let radius = (-2.0 * scalar::ln(1.0 - self.uniform())).sqrt();
        radius * scalar::cos(std::f32::consts::TAU * self.uniform())
    }

    /// Uniform in 0…n − 1 without bias (Lemire, "Fast random integer generation in an interval",
    /// ACM TOMACS 29, 2019). `n` is at least 1; 0 gives 0.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        let mut product = u64::from(self.next_u32()) * u64::from(n);
        // The low word alone decides about rejection; the division is rarely reached.
        if (product as u32) < n {
            let least = n.wrapping_neg() % n;
            while (product as u32) < least {
                product = u64::from(self.next_u32()) * u64::from(n);
            }
        }
        (product >> 32) as u32
    }

    /// Brings `items` into a random order, each equally likely (Fisher and Yates; Durstenfeld 1964).
    pub fn shuffle(&mut self, items: &mut [u32]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u32 + 1) as usize;
            items.swap(i, j);
        }
    }
}

/// Twenty rounds of Threefry2x32 on the counters in four lanes.
#[inline(always)]
pub fn threefry(key: [u32; 2], counter: [u32x4; 2]) -> [u32x4; 2] {
    const ROTATIONS: [u32; 8] = [13, 15, 26, 6, 17, 29, 16, 24];
    // The constant keeps an all-zero key from passing the counter through.
    let keys = [key[0], key[1], 0x1bd1_1bda ^ key[0] ^ key[1]];
    let mut x = counter[0] + u32x4::splat(keys[0]);
    let mut y = counter[1] + u32x4::splat(keys[1]);
    for round in 0..20 {
        let turn = ROTATIONS[round % 8];
        x += y;
        y = ((y << turn) | (y >> (32 - turn))) ^ x;
        if round % 4 == 3 {
            let injection = round / 4 + 1;
            x += u32x4::splat(keys[injection % 3]);
            y += u32x4::splat(keys[(injection + 1) % 3].wrapping_add(injection as u32));
        }
    }
    [x, y]
}
