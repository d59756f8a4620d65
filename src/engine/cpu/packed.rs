//! Wide products by packed panels, as in Goto & van de Geijn (2008): operands are copied into the order the kernel
//! reads them, in blocks that stay in the caches, and every copy is used many times.
//!
//! Outputs and input gradients sum as [`product`](super::product) does: the bits are the same, and only memory is
//! walked differently. Weight gradients sum row after row, where `product` has a sum a lane: other bits, but which
//! of the two runs follows from the shapes alone.

use super::madd::madd;
use super::product::{bias_gradient, window};
use wide::f32x4;

/// Terms of the sum in a block: a quad and a panel of them stay in the first-level cache together.
const DEPTH: usize = 256;
/// Quads of full depth packed at once, so that each cache line of the weights is read once; more of shorter ones.
const QUADS: usize = 4;
/// Columns of a panel.
const WIDTH: usize = 8;

/// One term's row of a panel.
pub(in crate::engine) type Pair = [f32x4; 2];

/// One term of four rows.
pub(in crate::engine) type Quad = [f32; 4];

/// What is there already, and how a product is added to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Add {
    /// Nothing: it is written over.
    No,
    /// The sum begins with it.
    First,
    /// It is added to the whole sum, which is of one block.
    Last,
}

impl From<bool> for Add {
    fn from(add: bool) -> Add {
        if add { Add::First } else { Add::No }
    }
}

/// Room for a block of panels and a block of quads.
#[derive(Clone, Default)]
pub struct Panels {
    panels: Vec<Pair>,
    quads: Vec<Quad>,
}

/// Whether packing pays: below, its copies cost more than they save.
pub fn pays(outputs: usize, inputs: usize, n: usize) -> bool {
    n >= 8 && inputs >= 64 && outputs >= 16
}

/// The same for weight gradients, whose sums run over rows.
pub fn pays_for_weights(outputs: usize, inputs: usize, n: usize) -> bool {
    n >= 8 && inputs >= 32 && outputs >= 16
}

impl Panels {
    /// Makes room for a layer's products on `n` vectors of rows; called before training, so that no step allocates.
    pub fn reserve(&mut self, inputs: usize, n: usize) {
        let by_row = (4 * n).div_ceil(WIDTH) * DEPTH;
        let by_input = inputs.div_ceil(WIDTH) * DEPTH.min(4 * n);
        self.panels.resize(self.panels.len().max(by_row).max(by_input), [f32x4::ZERO; 2]);
        self.quads.resize(QUADS * DEPTH, [0.0; 4]);
    }

    /// `y[o] = b[o] + Σₖ w[o, k] · x[k]`, as [`product::forward`](super::product::forward).
    #[inline(never)]
    pub fn forward(&mut self, w: &[f32], b: &[f32], x: &[f32x4], y: &mut [f32x4], n: usize) {
        for (y, &b) in y.chunks_exact_mut(n).zip(b) {
            y.fill(f32x4::splat(b));
        }
        let (inputs, outputs) = (x.len() / n, b.len());
        let sum = Sum { terms: inputs, rows: outputs, add: Add::First };
        self.product(
            sum,
            bytemuck::cast_slice_mut(y),
            &|terms, panels| pack_neighbors(x, n, terms, panels),
            &|first, terms, quads| {
                pack_columns(|row| &w[row.min(outputs - 1) * inputs..], first, terms, quads)
            },
        );
    }

    /// `dx[k] = Σₒ w[o, k] · dy[o]`, or `+=`, as [`product::input_gradient`](super::product::input_gradient).
    #[inline(never)]
    pub fn input_gradient(&mut self, w: &[f32], dy: &[f32x4], dx: &mut [f32x4], n: usize, accumulate: bool) {
        let inputs = dx.len() / n;
        let sum = Sum { terms: dy.len() / n, rows: inputs, add: accumulate.into() };
        self.product(
            sum,
            bytemuck::cast_slice_mut(dx),
            &|terms, panels| pack_neighbors(dy, n, terms, panels),
            // Columns of weights are the quads' lanes: neighbors already.
            &|first, terms, quads| {
                for (quad, row) in quads.iter_mut().zip(w[terms.start * inputs..].chunks_exact(inputs)) {
                    *quad = match row[first..].first_chunk() {
                        Some(quad) => *quad,
                        None => std::array::from_fn(|lane| row.get(first + lane).copied().unwrap_or(0.0)),
                    };
                }
            },
        );
    }

    /// `dw[o, k] = Σᵣ dy[o, r] · x[k, r]` and `db[o] = Σᵣ dy[o, r]`, or `+=`. The lanes are inputs here, so that no
    /// sum is spread over lanes.
    #[inline(never)]
    pub fn weight_gradient(
        &mut self,
        dy: &[f32x4],
        x: &[f32x4],
        dw: &mut [f32],
        db: &mut [f32],
        n: usize,
        add: Add,
    ) {
        bias_gradient(dy, db, n, add != Add::No);
        let rows = 4 * n;
        let (x, dy): (&[f32], &[f32]) = (bytemuck::cast_slice(x), bytemuck::cast_slice(dy));
        let (inputs, outputs) = (x.len() / rows, db.len());
        let sum = Sum { terms: rows, rows: outputs, add };
        self.product(
            sum,
            dw,
            &|terms, panels| pack_turned(|input| &x[input.min(inputs - 1) * rows..], terms, panels),
            &|first, terms, quads| {
                pack_columns(|row| &dy[row.min(outputs - 1) * rows..], first, terms, quads)
            },
        );
    }

    /// `y[m] = Σₖ a[m, k] · x[k]`, or `+=`. `panels` packs terms of x; `quads` packs terms of four rows of a from a
    /// first one on, with anything finite where there is no row.
    fn product(
        &mut self,
        sum: Sum,
        y: &mut [f32],
        panels: &dyn Fn(Terms, &mut [Pair]),
        quads: &dyn Fn(usize, Terms, &mut [Quad]),
    ) {
        let stride = y.len() / sum.rows;
        for from in (0..sum.terms).step_by(DEPTH) {
            let terms = from..sum.terms.min(from + DEPTH);
            let depth = terms.len();
            let add = if from > 0 { Add::First } else { sum.add };
            let used = &mut self.panels[..stride.div_ceil(WIDTH) * depth];
            panels(terms.clone(), used);
            let block = QUADS * DEPTH / depth * 4;
            for (index, y) in y.chunks_mut(block * stride).enumerate() {
                let rows = y.len() / stride;
                let here = rows.div_ceil(4);
                for (q, quad) in self.quads.chunks_exact_mut(depth).enumerate().take(here) {
                    quads(index * block + 4 * q, terms.clone(), quad);
                }
                for (at, panel) in used.chunks_exact(depth).enumerate() {
                    let size = (rows, stride - at * WIDTH);
                    strip(&self.quads, panel, &mut y[at * WIDTH..], stride, size, add);
                }
            }
        }
    }
}

/// A run of a sum's terms.
type Terms = std::ops::Range<usize>;

/// Sizes of a product, and whether it adds to what is there.
struct Sum {
    terms: usize,
    rows: usize,
    add: Add,
}

/// Panels of a matrix `[term][n]`: eight neighbors of each term.
#[inline(never)]
fn pack_neighbors(x: &[f32x4], n: usize, terms: Terms, panels: &mut [Pair]) {
    let x = &x[terms.start * n..terms.end * n];
    for (at, panel) in panels.chunks_exact_mut(terms.len()).enumerate() {
        for (pair, x) in panel.iter_mut().zip(x.chunks_exact(n)) {
            let second = x.get(2 * at + 1).copied().unwrap_or(f32x4::ZERO);
            *pair = [x[2 * at], second];
        }
    }
}

/// Panels of a matrix whose terms are columns: eight of its rows, turned by four at a time.
#[inline(never)]
fn pack_turned<'a>(row: impl Fn(usize) -> &'a [f32], terms: Terms, panels: &mut [Pair]) {
    for (at, panel) in panels.chunks_exact_mut(terms.len()).enumerate() {
        let rows: [&[f32]; 8] = std::array::from_fn(|i| &row(WIDTH * at + i)[terms.clone()]);
        // Terms are rows of a batch, in whole vectors.
        for (i, pairs) in panel.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let squares: [[f32x4; 4]; 2] = std::array::from_fn(|half| {
                f32x4::transpose(std::array::from_fn(|lane| {
                    f32x4::new(*window(rows[4 * half + lane], 4 * i))
                }))
            });
            *pairs = std::array::from_fn(|term| [squares[0][term], squares[1][term]]);
        }
    }
}

/// Quads of a matrix whose terms are columns: four of its rows from `first` on.
#[inline(never)]
fn pack_columns<'a>(row: impl Fn(usize) -> &'a [f32], first: usize, terms: Terms, quads: &mut [Quad]) {
    let rows: [&[f32]; 4] = std::array::from_fn(|lane| &row(first + lane)[terms.clone()]);
    let (squares, rest) = quads.as_chunks_mut::<4>();
    let done = 4 * squares.len();
    for (i, square) in squares.iter_mut().enumerate() {
        let columns = rows.map(|row| f32x4::new(*window(row, 4 * i)));
        *square = f32x4::transpose(columns).map(f32x4::to_array);
    }
    for (i, quad) in (done..).zip(rest) {
        *quad = rows.map(|row| row[i]);
    }
}

/// The columns of a panel in `rows` rows of `y`, of which there may be fewer columns than the panel has.
#[inline(always)]
pub(in crate::engine) fn strip(
    quads: &[Quad],
    panel: &[Pair],
    y: &mut [f32],
    stride: usize,
    (rows, columns): (usize, usize),
    add: Add,
) {
    let whole = if columns < WIDTH { 0 } else { rows / 4 };
    tiles(&quads[..whole * panel.len()], panel, y, stride, add);
    for (index, quads) in quads.chunks_exact(panel.len()).enumerate().take(rows.div_ceil(4)).skip(whole) {
        let size = (rows - 4 * index, columns.min(WIDTH));
        edge(quads, panel, &mut y[4 * index * stride..], stride, size, add);
    }
}

/// Tiles of four rows by eight columns, one below the other, each in registers for the whole depth. All of them in one call:
/// a tile takes little longer than a call.
#[inline(never)] // small functions get better registers
fn tiles(quads: &[Quad], panel: &[Pair], y: &mut [f32], stride: usize, add: Add) {
    // Not known to be the panel's: else the compiler counts down beside two pointers, which V8 makes 5 % slower code of.
    let depth = std::hint::black_box(panel.len());
    for (quads, y) in quads.chunks_exact(depth).zip(y.chunks_mut(4 * stride)) {
        let mut sum = [[f32x4::ZERO; 2]; 4];
        if add == Add::First {
            sum = there(y, stride);
        }
        for (quad, x) in quads.iter().zip(panel) {
            for o in 0..4 {
                let a = f32x4::splat(quad[o]);
                sum[o][0] = madd(a, x[0], sum[o][0]);
                sum[o][1] = madd(a, x[1], sum[o][1]);
            }
        }
        if add == Add::Last {
            let there = there(y, stride);
            sum = std::array::from_fn(|o| std::array::from_fn(|r| there[o][r] + sum[o][r]));
        }
        for o in 0..4 {
            y[o * stride..][..WIDTH].copy_from_slice(bytemuck::cast_slice(&sum[o]));
        }
    }
}

/// Four rows by eight columns.
#[inline(always)]
fn there(y: &[f32], stride: usize) -> [Pair; 4] {
    std::array::from_fn(|o| std::array::from_fn(|r| f32x4::new(*window(y, o * stride + 4 * r))))
}

/// The same where fewer rows or columns are left.
#[inline(never)]
fn edge(
    quads: &[Quad],
    panel: &[Pair],
    y: &mut [f32],
    stride: usize,
    (rows, columns): (usize, usize),
    add: Add,
) {
    let mut whole = [0.0; 4 * WIDTH];
    for (whole, y) in whole.chunks_exact_mut(WIDTH).zip(y.chunks(stride)).take(rows) {
        whole[..columns].copy_from_slice(&y[..columns]);
    }
    tiles(quads, panel, &mut whole, WIDTH, add);
    for (whole, y) in whole.chunks_exact(WIDTH).zip(y.chunks_mut(stride)).take(rows) {
        y[..columns].copy_from_slice(&whole[..columns]);
    }
}
