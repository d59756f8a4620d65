//! A batch is its rows, turned: each number at its feature and row, and the last row again where a vector is not full.

use trainyard::engine::cpu::arena::{gather, gather_range, vectors};
use wide::f32x4;

/// On both sides of a cache line, of what is turned a line at a time, and of several lines.
const WIDTHS: [usize; 9] = [1, 15, 17, 63, 64, 65, 79, 80, 100];
const ROWS: [usize; 9] = [1, 3, 15, 16, 17, 31, 32, 33, 63];
const ALL: usize = 70;

/// A number that tells its row and its feature.
fn number(row: usize, feature: usize) -> f32 {
    (row * 1000 + feature) as f32
}

fn assert_turned(to: &[f32x4], width: usize, row: &[u32], of: &str) {
    let (n, to): (usize, &[f32]) = (vectors(row.len()), bytemuck::cast_slice(to));
    for feature in 0..width {
        for lane in 0..4 * n {
            let wanted = number(row[lane.min(row.len() - 1)] as usize, feature);
            let got = to[feature * 4 * n + lane];
            assert_eq!(got, wanted, "{of}, {width} features, {} rows: {feature}, {lane}", row.len());
        }
    }
}

#[test]
fn a_batch_has_each_number_of_its_rows_at_its_feature_however_wide_they_are() {
    for width in WIDTHS {
        let from: Vec<f32> = (0..ALL * width).map(|at| number(at / width, at % width)).collect();
        for rows in ROWS {
            let mut to = vec![f32x4::splat(f32::NAN); width * vectors(rows)];
            let order: Vec<u32> = (0..rows as u32).map(|row| (row * 37 + 5) % ALL as u32).collect();
            gather(&from, width, &order, &mut to);
            assert_turned(&to, width, &order, "gathered");
            let order: Vec<u32> = (7..7 + rows as u32).collect();
            to.fill(f32x4::splat(f32::NAN));
            gather_range(&from, width, 7, rows, &mut to);
            assert_turned(&to, width, &order, "a range");
        }
    }
}
