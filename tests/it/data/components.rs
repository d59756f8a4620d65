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
