//! Principal components against values known from elsewhere, and against what they have to be.

use crate::support::draw::Draw;
use serde_json::json;
use trainyard::data::Table;
use trainyard::data::components::Components;
use trainyard::data::csv::Reader;
use trainyard::run::{Run, Spec};

fn iris() -> Table {
    Reader::read(include_bytes!("../../../www/data/iris.csv")).unwrap()
}

/// scikit-learn's `PCA` of the four measures, standardized: shares 0.7296 and 0.2285, vectors as in its documentation.
#[test]
fn iris_as_scikit_learn_has_it() {
    let spec = json!({"data": {"source": "iris", "split": {"train": 1}}});
    let run = Run::of_table(Spec::from_json(&spec).unwrap(), &iris()).unwrap();
    let components = run.components().unwrap();
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-4, "{a} is not {b}");
    near(components.shares[0], 0.72962445);
    near(components.shares[1], 0.22850762);
    for (axis, known) in components.axes.iter().zip([
        [0.52106591, -0.26934744, 0.5804131, 0.56485654],
        [0.37741762, 0.92329566, 0.02449161, 0.06694199],
    ]) {
        axis.iter().zip(known).for_each(|(&a, b)| near(a, b));
    }
}

/// Rows spread by 3 along one known direction, by 2 along another and by little along the rest.
fn spread(width: usize) -> (Vec<f32>, [Vec<f64>; 2]) {
    let wave = |k: usize| -> Vec<f64> {
        let raw: Vec<f64> = (0..width).map(|i| ((i + 1) as f64 * (k as f64 + 0.7)).sin()).collect();
        let length = raw.iter().map(|x| x * x).sum::<f64>().sqrt();
        raw.iter().map(|x| x / length).collect()
    };
    let first = wave(0);
    let mut second = wave(1);
    let part: f64 = first.iter().zip(&second).map(|(x, y)| x * y).sum();
    second.iter_mut().zip(&first).for_each(|(y, x)| *y -= part * x);
    let length = second.iter().map(|x| x * x).sum::<f64>().sqrt();
    second.iter_mut().for_each(|y| *y /= length);
    let mut draw = Draw::new(9);
    let mut rows = vec![];
    for _ in 0..4000 {
        let (a, b) = (draw.within(3.0), draw.within(2.0));
        rows.extend((0..width).map(|i| (5.0 + a * first[i] + b * second[i] + draw.within(0.02)) as f32));
    }
    (rows, [first, second])
}

#[test]
fn known_directions_are_found_in_narrow_and_in_wide_rows() {
    for width in [2, 5, 16, 17, 60, 300] {
        let (rows, known) = spread(width);
        let train: Vec<u32> = (0..4000).collect();
        let found = Components::of(&rows, width, &train).unwrap();
        for (axis, known) in found.axes.iter().zip(&known) {
            let together: f64 = axis.iter().zip(known).map(|(x, y)| x * y).sum();
            assert!(together.abs() > 0.999, "{width} wide: {together}");
            assert!((axis.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-9);
        }
        assert!(found.shares[0] > found.shares[1] && found.shares[0] + found.shares[1] > 0.95);
        let places = found.project(&rows);
        let variance = |axis: usize| {
            let values = || places.iter().skip(axis).step_by(2).map(|&x| f64::from(x));
            (values().sum::<f64>() / 4000.0, values().map(|x| x * x).sum::<f64>() / 4000.0)
        };
        assert!(variance(0).0.abs() < 1e-4 && variance(0).1 > variance(1).1);
        assert_eq!(Components::of(&rows, width, &train).unwrap(), found, "always alike");
    }
}

#[test]
fn other_rows_than_those_of_training_change_nothing() {
    let (mut rows, _) = spread(6);
    let train: Vec<u32> = (0..2000).collect();
    let before = Components::of(&rows, 6, &train).unwrap();
    rows[6 * 2000..].fill(1e6);
    assert_eq!(Components::of(&rows, 6, &train).unwrap(), before);
}

#[test]
fn rows_that_do_not_vary_have_no_share_and_one_number_has_no_plane() {
    for width in [3, 40] {
        let found = Components::of(&vec![2.5; width * 10], width, &(0..10).collect::<Vec<_>>()).unwrap();
        assert_eq!(found.shares, [0.0, 0.0]);
        assert!(found.axes.iter().flatten().all(|x| x.is_finite()));
    }
    assert!(Components::of(&[1.0, 2.0], 1, &[0, 1]).is_err());
}

#[test]
fn the_plane_of_a_run_is_asked_as_its_rows_are() {
    let spec = json!({"data": {"source": "iris"}, "training": {"optimizer": {"type": "adam", "learningRate": 0.01}}});
    let mut run = Run::of_table(Spec::from_json(&spec).unwrap(), &iris()).unwrap();
    run.advance(300);
    let raw = run.data().inputs.clone();
    let said = run.classify(&raw).unwrap();
    let encoded = run.encoder().transform(&raw);
    assert_eq!(run.classify_encoded(&encoded).unwrap(), said);
}

/// Rows of a few waves of different strength, and their covariances.
fn waves(width: usize, count: usize) -> (Vec<f32>, Vec<f64>) {
    let mut draw = Draw::new(width as u64);
    let row = |_| -> Vec<f32> {
        let parts: Vec<f64> = (0..5).map(|part| draw.within(5.0 / f64::from(part + 1))).collect();
        let at = |i: usize| (0..5).map(|k| parts[k] * ((i * (k + 2)) as f64 * 0.7).sin()).sum::<f64>();
        (0..width).map(|i| at(i) as f32 + i as f32).collect()
    };
    let rows: Vec<f32> = (0..count).flat_map(row).collect();
    let column = |i: usize| rows.iter().skip(i).step_by(width).map(|&x| f64::from(x));
    let mean = |i: usize| column(i).sum::<f64>() / count as f64;
    let covariance = |i: usize, j: usize| {
        let (a, b) = (mean(i), mean(j));
        column(i).zip(column(j)).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / count as f64
    };
    let matrix = (0..width * width).map(|at| covariance(at / width, at % width)).collect();
    (rows, matrix)
}

#[test]
fn the_covariances_turn_no_component() {
    for width in [2, 3, 4, 7, 15, 16, 17, 18, 33] {
        let (rows, matrix) = waves(width, 60);
        let found = Components::of(&rows, width, &(0..60).collect::<Vec<_>>()).unwrap();
        let total: f64 = (0..width).map(|i| matrix[i * (width + 1)]).sum();
        let spread = |axis: &[f64]| -> f64 {
            let image = |i: usize| (0..width).map(|j| matrix[i * width + j] * axis[j]).sum::<f64>();
            let value = (0..width).map(|i| axis[i] * image(i)).sum::<f64>();
            for (i, x) in axis.iter().enumerate() {
                assert!(
                    (image(i) - value * x).abs() <= 2e-8 * total,
                    "{width}: {} and {}",
                    image(i),
                    value * x
                );
            }
            value / total
        };
        for (axis, share) in found.axes.iter().zip(found.shares) {
            assert!((spread(axis) - share).abs() <= 1e-9, "{width}: {} and {share}", spread(axis));
            assert!((axis.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() <= 1e-9, "{width}");
            // Its largest number is positive.
            let largest = axis.iter().fold(0.0_f64, |most, &x| if x.abs() > most.abs() { x } else { most });
            assert!(largest > 0.0, "{width}");
        }
        let across: f64 = found.axes[0].iter().zip(&found.axes[1]).map(|(x, y)| x * y).sum();
        assert!(across.abs() <= 1e-9, "{width}: {across}");
        // No other direction spreads wider: not those of single numbers, nor those between two.
        for i in 0..width {
            assert!(matrix[i * (width + 1)] / total <= found.shares[0] + 1e-9, "{width}");
        }
        let mean = |i: usize| rows.iter().skip(i).step_by(width).map(|&x| f64::from(x)).sum::<f64>() / 60.0;
        assert!((0..width).all(|i| (found.mean[i] - mean(i)).abs() <= 1e-9), "{width}");
    }
    // Of two numbers: the ellipse whose axes are known, turned by 30°.
    let turned =
        |a: f64, b: f64| [a * 0.75_f64.sqrt() - b / 2.0, a / 2.0 + b * 0.75_f64.sqrt()].map(|x| x as f32);
    let rows: Vec<f32> = [(3.0, 0.0), (-3.0, 0.0), (0.0, 1.0), (0.0, -1.0)]
        .into_iter()
        .flat_map(|(a, b)| turned(a, b))
        .collect();
    let found = Components::of(&rows, 2, &[0, 1, 2, 3]).unwrap();
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-6, "{a} is not {b}");
    near(found.axes[0][0], 0.75_f64.sqrt());
    near(found.axes[0][1], 0.5);
    near(found.shares[0], 0.9);
    near(found.shares[1], 0.1);
}

#[test]
fn rows_may_be_two_thousand_wide_and_of_many_every_second_counts() {
    let of = |width: usize, rows: u32| {
        let row = |r: u32| (0..width).map(move |i| (r % 7) as f32 * ((i % 5) as f32 - 2.0) + r as f32);
        let all: Vec<f32> = (0..rows).flat_map(row).collect();
        Components::of(&all, width, &(0..rows).collect::<Vec<_>>())
    };
    let refused = of(2001, 1).unwrap_err().to_string();
    assert!(refused.contains("take 2 to 2000 inputs, and the net is shown 2001"), "{refused}");
    // Two thousand squared times 249 are less than a thousand million, times 250 not: 0, 1 … 248, and 0, 2 … 248. The third
    // number of a row is its own.
    let mean = |rows| of(2000, rows).unwrap().mean[2];
    assert_eq!((mean(249), mean(250)), (124.0, 124.0));
}
