//! Wide products sum in blocks of 256 terms: however many there are, what stood there before is written over or added to.

use crate::support::draw::Draw;
use bytemuck::cast_slice;
use trainyard::engine::cpu::packed::{Add, Panels, pays, pays_for_weights};
use wide::f32x4;

/// Vectors of four rows in all that is multiplied here.
const N: usize = 8;
/// Numbers of terms on both sides of one block and of two.
const TERMS: [usize; 6] = [255, 256, 257, 511, 512, 513];
/// What stands in the result before.
const BEFORE: f32 = 100.0;

fn vectors(draw: &mut Draw, count: usize) -> Vec<f32x4> {
    let mut vector = || f32x4::from(std::array::from_fn::<f32, 4, _>(|_| draw.within(1.0) as f32));
    (0..count).map(|_| vector()).collect()
}

fn assert_close(got: &[f32], wanted: impl Fn(usize) -> f64, of: &str) {
    for (index, &got) in got.iter().enumerate() {
        let wanted = wanted(index);
        assert!((f64::from(got) - wanted).abs() <= 3e-3, "{of}, number {index}: {got}, not {wanted}");
    }
}

#[test]
fn an_input_gradient_replaces_what_stood_there_or_adds_to_it_however_many_outputs_it_sums() {
    let inputs = 64;
    let sizes = TERMS.into_iter().flat_map(|outputs| [(outputs, N, false), (outputs, N, true)]);
    // Room for more quads than there are inputs; then a panel for each eight of 72 rows, with no room to spare.
    for (outputs, n, accumulate) in sizes.chain([(16, N, false), (257, 18, false)]) {
        let mut draw = Draw::new(7);
        let w: Vec<f32> = draw.values(outputs * inputs, 1.0).iter().map(|&w| w as f32).collect();
        let dy = vectors(&mut draw, outputs * n);
        let mut dx = vec![f32x4::splat(BEFORE); inputs * n];
        let mut panels = Panels::default();
        panels.reserve(inputs, n);
        panels.input_gradient(&w, &dy, &mut dx, n, accumulate);
        let (dy, dx): (&[f32], &[f32]) = (cast_slice(&dy), cast_slice(&dx));
        let before = if accumulate { f64::from(BEFORE) } else { 0.0 };
        let wanted = |index: usize| {
            let (k, r) = (index / (4 * n), index % (4 * n));
            let term = |o: usize| f64::from(w[o * inputs + k]) * f64::from(dy[o * 4 * n + r]);
            before + (0..outputs).map(term).sum::<f64>()
        };
        assert_close(dx, wanted, &format!("{outputs} outputs, added: {accumulate}"));
    }
}

#[test]
fn a_weight_gradient_replaces_what_stood_there_or_adds_to_it_however_many_rows_it_sums() {
    let outputs = 18;
    let sizes = [63, 64, 65, 128, 129].into_iter().flat_map(|n| [(37, n, false), (37, n, true)]);
    // The last one has more panels of inputs than of rows, and no room to spare.
    for (inputs, n, accumulate) in sizes.chain([(264, 8, false)]) {
        let mut draw = Draw::new(8);
        let (dy, x) = (vectors(&mut draw, outputs * n), vectors(&mut draw, inputs * n));
        let (mut dw, mut db) = (vec![BEFORE; outputs * inputs], vec![BEFORE; outputs]);
        let mut panels = Panels::default();
        panels.reserve(inputs, n);
        panels.weight_gradient(&dy, &x, &mut dw, &mut db, n, accumulate.into());
        let (dy, x): (&[f32], &[f32]) = (cast_slice(&dy), cast_slice(&x));
        let (rows, before) = (4 * n, if accumulate { f64::from(BEFORE) } else { 0.0 });
        let of = format!("{rows} rows, added: {accumulate}");
        let wanted = |index: usize| {
            let (o, k) = (index / inputs, index % inputs);
            let term = |r: usize| f64::from(dy[o * rows + r]) * f64::from(x[k * rows + r]);
            before + (0..rows).map(term).sum::<f64>()
        };
        assert_close(&dw, wanted, &of);
        let bias = |o: usize| before + (0..rows).map(|r| f64::from(dy[o * rows + r])).sum::<f64>();
        assert_close(&db, bias, &of);
    }
}

/// Shards are added along a tree: bits tell whether a shard's sum was whole before.
#[test]
fn a_weight_gradient_that_is_added_last_is_the_whole_sum_plus_what_stood_there() {
    let (inputs, outputs, n) = (37, 18, 32);
    let mut draw = Draw::new(9);
    let (dy, x) = (vectors(&mut draw, outputs * n), vectors(&mut draw, inputs * n));
    let mut panels = Panels::default();
    panels.reserve(inputs, n);
    let mut gradient = |add: Add| {
        let (mut dw, mut db) = (vec![BEFORE; outputs * inputs], vec![BEFORE; outputs]);
        panels.weight_gradient(&dy, &x, &mut dw, &mut db, n, add);
        [dw, db].concat()
    };
    let alone = gradient(Add::No);
    let wanted: Vec<f32> = alone.iter().map(|sum| BEFORE + sum).collect();
    assert_eq!(gradient(Add::Last), wanted);
    assert_ne!(gradient(Add::First), wanted, "rounding tells the two apart");
}

/// Which of two ways a product takes is part of its bits, so the sizes at which it changes are fixed.
#[test]
fn packing_pays_from_eight_vectors_of_rows_and_so_many_inputs_and_outputs() {
    for (outputs, inputs, n, products, weights) in [
        (16, 64, 8, true, true),
        (15, 64, 8, false, false),
        (16, 64, 7, false, false),
        (16, 63, 8, false, true),
        (16, 32, 8, false, true),
        (16, 31, 8, false, false),
        (17, 65, 9, true, true),
    ] {
        let paid = (pays(outputs, inputs, n), pays_for_weights(outputs, inputs, n));
        assert_eq!(paid, (products, weights), "{outputs} outputs, {inputs} inputs, {n} vectors");
    }
}
