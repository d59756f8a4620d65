//! Activations of a batch: `[feature][row]`, rows in vectors of four, allocated once for the largest batch.

use super::product::window;
use crate::nn::plan::Slot;
use wide::f32x4;

/// Vectors of four rows that hold `rows` rows.
pub fn vectors(rows: usize) -> usize {
    rows.div_ceil(4)
}

/// 1 for a real row, 0 for padding, in the four lanes of vector `r` of a batch of `rows` rows.
#[inline(always)]
pub fn lanes_mask(rows: usize, r: usize) -> f32x4 {
    let left = rows.saturating_sub(4 * r);
    if left >= 4 {
        return f32x4::ONE;
    }
    f32x4::new(std::array::from_fn(|lane| if lane < left { 1.0 } else { 0.0 }))
}

/// The activations (or their gradients) of one batch. Features lie densely for the batch at hand.
#[derive(Clone)]
pub struct Arena {
    /// `[features][n]`
    pub values: Vec<f32x4>,
    /// Vectors of four rows a feature, for the batch at hand.
    pub n: usize,
}

impl Arena {
    /// Room for `features` features of `rows` rows.
    pub fn new(features: usize, rows: usize) -> Self {
        Arena { values: vec![f32x4::ZERO; features * vectors(rows)], n: 0 }
    }

    /// A slot's values, `[slot.len][n]`.
    #[inline]
    pub fn of(&self, slot: Slot) -> &[f32x4] {
        &self.values[slot.times(self.n)]
    }

    /// An op's input, its output, and the `kept` features right behind that.
    pub fn around(
        &mut self,
        input: Slot,
        output: Slot,
        kept: usize,
    ) -> (&mut [f32x4], &mut [f32x4], &mut [f32x4]) {
        let n = self.n;
        let (before, after) = self.values.split_at_mut(output.start * n);
        let (y, kept) = after[..(output.len + kept) * n].split_at_mut(output.len * n);
        (&mut before[input.times(n)], y, kept)
    }
}

/// Features copied at a time: a cache line of each row, so that no line is fetched twice. And rows: a cache line of each
/// feature, few enough that their lines are fetched ahead.
const LINE: usize = 16;

/// Features from which whole lines of rows are turned at once.
const WIDE: usize = 64;

/// Copies rows of a row-major matrix into `to`, transposed; padding lanes repeat the last row, so that
/// they stay finite whenever real rows do.
///
/// # Shapes
/// `from`: `[all rows, width]` · `to`: `[width][n]`
#[inline(never)]
pub fn gather(from: &[f32], width: usize, rows: &[u32], to: &mut [f32x4]) {
    let done = if width >= WIDE { turn_lines(from, width, rows, to) } else { 0 };
    turn(|row| &from[rows[row] as usize * width..][..width], width, done, rows.len(), to);
}

/// The same for consecutive rows `first..first + rows`.
#[cfg(any(feature = "layers", feature = "bench"))] // the first load does without
#[inline(never)]
pub fn gather_range(from: &[f32], width: usize, first: usize, rows: usize, to: &mut [f32x4]) {
    turn(|row| &from[(first + row) * width..][..width], width, 0, rows, to);
}

/// Turns what isn't done: of whole lines of rows the first `done` features are.
#[inline(always)]
fn turn<'a>(row: impl Fn(usize) -> &'a [f32], width: usize, done: usize, rows: usize, to: &mut [f32x4]) {
    let n = vectors(rows);
    for first in (0..n).step_by(LINE / 4) {
        let done = if rows - 4 * first >= LINE { done } else { 0 };
        for (start, to) in (done..width).step_by(LINE).zip(to[done * n..].chunks_mut(LINE * n)) {
            let end = width.min(start + LINE);
            for r in first..n.min(first + LINE / 4) {
                let four = std::array::from_fn(|lane| &row((4 * r + lane).min(rows - 1))[start..end]);
                transpose4(four, &mut to[r..], n);
            }
        }
    }
}

/// Turns whole lines of rows, of as many features as are whole lines: that many.
#[inline(never)]
fn turn_lines(from: &[f32], width: usize, rows: &[u32], to: &mut [f32x4]) -> usize {
    let (n, lines) = (vectors(rows.len()), width / LINE);
    for (group, rows) in rows.as_chunks::<LINE>().0.iter().enumerate() {
        let rows = rows.map(|row| &from[row as usize * width..][..width]);
        rows.iter().for_each(|row| touch(row));
        for (line, to) in to[group * LINE / 4..].chunks_mut(LINE * n).enumerate().take(lines) {
            let square: [&[f32; LINE]; LINE] = rows.map(|row| window(row, LINE * line));
            for k in (0..LINE).step_by(4) {
                let (a, to) = to[k * n..].split_at_mut(n);
                let (b, to) = to.split_at_mut(n);
                let (c, d) = to.split_at_mut(n);
                let (a, b, c, d) = (&mut a[..4], &mut b[..4], &mut c[..4], &mut d[..4]);
                for r in 0..4 {
                    let four = std::array::from_fn(|lane| f32x4::new(*window(square[4 * r + lane], k)));
                    [a[r], b[r], c[r], d[r]] = f32x4::transpose(four);
                }
            }
        }
    }
    LINE * lines
}

/// Reads a number of each cache line, and nothing else: all of them are fetched at once, where who works on them would wait
/// for each. WebAssembly has no other way to ask for memory ahead.
#[inline(always)]
fn touch(values: &[f32]) {
    std::hint::black_box(values.iter().step_by(LINE).fold(0, |all, value| all ^ value.to_bits()));
}

/// Puts the columns of four rows, one vector a column, at every `n`th place.
#[inline(always)]
fn transpose4([a, b, c, d]: [&[f32]; 4], to: &mut [f32x4], n: usize) {
    let width = a.len();
    for (start, to) in (0..width).step_by(4).zip(to.chunks_mut(4 * n)) {
        if width - start >= 4 {
            // Whole vectors are loaded: of single numbers, the compiler would load each lane by itself.
            let load = |row| f32x4::new(*window(row, start));
            let columns = f32x4::transpose([load(a), load(b), load(c), load(d)]);
            to[3 * n] = columns[3];
            (to[0], to[n], to[2 * n]) = (columns[0], columns[1], columns[2]);
        } else {
            for (i, k) in (start..width).enumerate() {
                to[i * n] = f32x4::new([a[k], b[k], c[k], d[k]]);
            }
        }
    }
}

/// Copies features back out to row-major `[rows, width]`.
#[inline(never)]
pub fn scatter(from: &[f32x4], width: usize, rows: usize, to: &mut [f32]) {
    let n = vectors(rows);
    let mut start = 0;
    while start < width {
        let end = width.min(start + LINE);
        for (r, to) in to[..rows * width].chunks_mut(4 * width).enumerate() {
            for k in (start..end).step_by(4) {
                // Four features by four rows at a time, as whole as they are left.
                let last = end - k - 1;
                let quad = std::array::from_fn(|i| from[(k + last.min(i)) * n + r]);
                for (row, values) in to.chunks_exact_mut(width).zip(f32x4::transpose(quad)) {
                    match row[k..end].first_chunk_mut() {
                        Some(four) => *four = values.to_array(),
                        None => row[k..end].copy_from_slice(&values.to_array()[..=last]),
                    }
                }
            }
        }
        start = end;
    }
}
