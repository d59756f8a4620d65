//! Wide products by packed panels, as in Goto & van de Geijn (2008): operands are copied into the order the kernel
//! reads them, in blocks that stay in the caches, and every copy is used many times.
//!
//! The sums are those of [`product`](super::product) in the same order, so the bits are the same; only memory is
//! walked differently.

use super::product::window;
use wide::f32x4;

/// Terms of the sum in a block: a quad and a panel of them stay in the first-level cache together.
const DEPTH: usize = 256;
/// Quads packed at once, so that each cache line of the weights is read once.
const QUADS: usize = 4;

/// Two vectors of rows.
type Pair = [f32x4; 2];

/// Room for a block of panels and a block of quads.
#[derive(Default)]
pub struct Panels {
    panels: Vec<Pair>,
    quads: Vec<[f32; 4]>,
}

/// Whether packing pays: below, its copies cost more than they save.
pub fn pays(outputs: usize, inputs: usize, n: usize) -> bool {
    n >= 8 && inputs >= 64 && outputs >= 16
}

impl Panels {
    /// Makes room for products on `n` vectors of rows; called before training, so that no step allocates.
    pub fn reserve(&mut self, n: usize) {
        let panels = n.div_ceil(2) * DEPTH;
        self.panels.resize(self.panels.len().max(panels), [f32x4::ZERO; 2]);
        self.quads.resize(QUADS * DEPTH, [0.0; 4]);
    }

    /// `y[o] = b[o] + Σₖ w[o, k] · x[k]`, as [`product::forward`](super::product::forward).
    #[inline(never)]
    pub fn forward(&mut self, w: &[f32], b: &[f32], x: &[f32x4], y: &mut [f32x4], n: usize) {
        let inputs = x.len() / n;
        for (y, &b) in y.chunks_exact_mut(n).zip(b) {
            y.fill(f32x4::splat(b));
        }
        // Rows of weights are the quads' lanes: four rows of `w` are transposed.
        self.add_product(x, y, n, |first, from, quads| {
            // A row that isn't there repeats the last; its sums are not stored.
            let last = b.len() - 1;
            let rows: [&[f32]; 4] =
                std::array::from_fn(|lane| &w[(first + lane).min(last) * inputs + from..][..quads.len()]);
            let (squares, rest) = quads.as_chunks_mut::<4>();
            let done = 4 * squares.len();
            for (i, square) in squares.iter_mut().enumerate() {
                let columns = rows.map(|row| f32x4::new(*window(row, 4 * i)));
                *square = f32x4::transpose(columns).map(f32x4::to_array);
            }
            for (i, quad) in (done..).zip(rest) {
                *quad = rows.map(|row| row[i]);
            }
        });
    }

    /// `dx[k] = Σₒ w[o, k] · dy[o]`, or `+=`, as [`product::input_gradient`](super::product::input_gradient).
    #[inline(never)]
    pub fn input_gradient(&mut self, w: &[f32], dy: &[f32x4], dx: &mut [f32x4], n: usize, accumulate: bool) {
        let inputs = dx.len() / n;
        if !accumulate {
            dx.fill(f32x4::ZERO);
        }
        // Columns of weights are the quads' lanes: neighbours already.
        self.add_product(dy, dx, n, |first, from, quads| {
            for (quad, row) in quads.iter_mut().zip(w[from * inputs..].chunks_exact(inputs)) {
                *quad = match row[first..].first_chunk() {
                    Some(quad) => *quad,
                    None => std::array::from_fn(|lane| row.get(first + lane).copied().unwrap_or(0.0)),
                };
            }
        });
    }

    /// `y[m] += Σₖ a[m, k] · x[k]`. `pack(m, k, quads)` writes `a[m..m + 4, k..]`, zeros where there is no row.
    fn add_product(
        &mut self,
        x: &[f32x4],
        y: &mut [f32x4],
        n: usize,
        pack: impl Fn(usize, usize, &mut [[f32; 4]]),
    ) {
        let block = QUADS * 4;
        for (index, x) in x.chunks(DEPTH * n).enumerate() {
            let (from, depth) = (index * DEPTH, x.len() / n);
            pack_panels(x, n, &mut self.panels);
            for (index, y) in y.chunks_mut(block * n).enumerate() {
                let rows = y.len() / n;
                for (q, quads) in self.quads.chunks_exact_mut(DEPTH).enumerate().take(rows.div_ceil(4)) {
                    pack(index * block + 4 * q, from, &mut quads[..depth]);
                }
                for (at, panel) in self.panels.chunks_exact(depth).take(n.div_ceil(2)).enumerate() {
                    for (quads, y) in self.quads.chunks_exact(DEPTH).zip(y.chunks_mut(4 * n)) {
                        let (quads, rows) = (&quads[..depth], y.len() / n);
                        match n - 2 * at {
                            1 => kernel::<1>(quads, panel, &mut y[2 * at..], n, rows),
                            _ => kernel::<2>(quads, panel, &mut y[2 * at..], n, rows),
                        }
                    }
                }
            }
        }
    }
}

/// Cuts `x` into panels of two vectors, each panel with its terms one after the other.
#[inline(never)]
fn pack_panels(x: &[f32x4], n: usize, panels: &mut [Pair]) {
    let depth = x.len() / n;
    for (at, panel) in panels.chunks_exact_mut(depth).take(n.div_ceil(2)).enumerate() {
        for (pair, x) in panel.iter_mut().zip(x.chunks_exact(n)) {
            let second = x.get(2 * at + 1).copied().unwrap_or(f32x4::ZERO);
            *pair = [x[2 * at], second];
        }
    }
}

/// Four outputs (or the `rows` there are) by `W` vectors of rows, in registers for the whole depth.
#[inline(never)] // small functions get better registers
fn kernel<const W: usize>(quads: &[[f32; 4]], panel: &[Pair], y: &mut [f32x4], n: usize, rows: usize) {
    let start = |o: usize| o.min(rows - 1) * n;
    let mut sum: [[f32x4; W]; 4] = std::array::from_fn(|o| *window(y, start(o)));
    // Four terms a turn: the loop itself would cost as much as a load.
    let (quads4, quads) = quads.as_chunks::<4>();
    let (panel4, panel) = panel.as_chunks::<4>();
    for (quads, panel) in quads4.iter().zip(panel4) {
        (0..4).for_each(|i| add_term(&mut sum, &quads[i], &panel[i]));
    }
    quads.iter().zip(panel).for_each(|(quad, x)| add_term(&mut sum, quad, x));
    for o in 0..rows {
        y[start(o)..][..W].copy_from_slice(&sum[o]);
    }
}

#[inline(always)]
fn add_term<const W: usize>(sum: &mut [[f32x4; W]; 4], quad: &[f32; 4], x: &Pair) {
    for o in 0..4 {
        let a = f32x4::splat(quad[o]);
        for r in 0..W {
            sum[o][r] += a * x[r];
        }
    }
}
