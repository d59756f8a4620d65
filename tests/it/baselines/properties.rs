//! What must hold for any rows, and for odd ones.

use super::{KINDS, fit, kinds_for, small};
use crate::support::draw::Draw;
use trainyard::data::Dataset;
use trainyard::study::baselines::Options;

/// Rows with noise; targets are values, or classes where there are some.
fn rows(seed: u64, count: usize, width: usize, classes: Option<usize>) -> Dataset {
    let mut draw = Draw::new(seed);
    let inputs = draw.values(count * width, 2.0);
    let target = |row: &[f64], noise: f64| match classes {
        None => row.iter().enumerate().map(|(j, x)| x * (1.0 + j as f64)).sum::<f64>() + noise,
        Some(classes) => {
            ((row[0] + 0.2 * noise + 2.4).max(0.0) * classes as f64 / 4.8).floor().min(classes as f64 - 1.0)
        }
    };
    let targets = inputs.chunks(width).map(|row| target(row, draw.within(1.0))).collect();
    Dataset::from_rows(inputs, targets, vec![width], classes).unwrap()
}

fn all_tasks() -> Vec<Dataset> {
    vec![rows(1, 60, 3, None), rows(2, 60, 3, Some(2)), rows(3, 60, 3, Some(4))]
}

fn reordered(data: &Dataset, order: impl Iterator<Item = usize> + Clone) -> Dataset {
    let (width, per_row) = (data.width(), data.targets.len() / data.rows());
    let inputs = order.clone().flat_map(|row| data.inputs[row * width..][..width].to_vec()).collect();
    let targets = order.flat_map(|row| data.targets[row * per_row..][..per_row].to_vec()).collect();
    Dataset::from_rows(inputs, targets, data.shape.clone(), classes_of(data)).unwrap()
}

fn classes_of(data: &Dataset) -> Option<usize> {
    match data.task {
        trainyard::data::Task::Classification { classes } => Some(classes),
        trainyard::data::Task::Regression { .. } => None,
    }
}

fn farthest(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    let far = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(a.iter().chain(b).all(|x| x.is_finite()));
    far
}

#[test]
fn each_kind_predicts_finite_numbers_and_probabilities_that_add_up() {
    for data in all_tasks() {
        let kinds = kinds_for(&data);
        assert_eq!(kinds.len(), if classes_of(&data).is_some() { 5 } else { 6 });
        for kind in kinds {
            let model = fit(kind, &small(), &data);
            let answers = model.predict(&data.inputs).unwrap();
            assert_eq!(answers.len(), data.rows() * model.outputs(), "{kind}");
            assert!(answers.iter().all(|answer| answer.is_finite()), "{kind}");
            match classes_of(&data) {
                None => assert_eq!(model.outputs(), 1),
                Some(2) => {
                    assert_eq!(model.outputs(), 1);
                    assert!(answers.iter().all(|share| (0.0..=1.0).contains(share)), "{kind}");
                }
                Some(classes) => {
                    assert_eq!(model.outputs(), classes);
                    for shares in answers.chunks(classes) {
                        assert!((shares.iter().sum::<f64>() - 1.0).abs() <= 1e-12, "{kind}: {shares:?}");
                    }
                }
            }
            assert!(model.predict(&[]).unwrap().is_empty());
        }
    }
}

#[test]
fn the_order_of_rows_does_not_count_but_for_the_draws_of_a_forest() {
    for data in all_tasks() {
        let other = reordered(&data, (0..60).map(|i| (i * 37 + 11) % 60));
        for kind in kinds_for(&data).into_iter().filter(|kind| *kind != "forest") {
            let [a, b] =
                [&data, &other].map(|data| fit(kind, &small(), data).predict(&[0.3, -1.1, 0.7]).unwrap());
            let far = farthest(&a, &b);
            assert!(far <= 1e-7, "{kind}: {far}");
        }
    }
}

#[test]
fn a_constant_column_has_no_weight_whatever_it_holds_later() {
    for data in all_tasks() {
        for constant in [0.0, 0.1, -3e7] {
            let widened = data.inputs.chunks(3).flat_map(|row| [row[0], constant, row[1], row[2]]).collect();
            let with = Dataset::from_rows(widened, data.targets.clone(), vec![4], classes_of(&data)).unwrap();
            for kind in kinds_for(&data) {
                for penalty in [0.0, 1.0] {
                    let options = Options { penalty, max_depth: Some(3), ..small() };
                    let model = fit(kind, &options, &with);
                    if let Some(found) = model.coefficients() {
                        assert!(
                            found.weights.iter().skip(1).step_by(4).all(|weight| *weight == 0.0),
                            "{kind}"
                        );
                        let without = fit(kind, &options, &data).coefficients().unwrap();
                        // Separable classes without a penalty have no best weights.
                        if kind != "logistic" || penalty > 0.0 {
                            assert!(farthest(&found.intercepts, &without.intercepts) <= 1e-5, "{kind}");
                        }
                    }
                    if kind != "knn" {
                        let [a, b] = [constant, 5.0].map(|x| model.predict(&[0.5, x, 0.1, -0.4]).unwrap());
                        assert_eq!(a, b, "{kind}");
                    }
                }
            }
        }
    }
}

#[test]
fn rows_of_one_class_make_that_class_certain() {
    for classes in [2, 3] {
        for only in 0..classes {
            let inputs = vec![0.0, 1.0, 2.0, 3.0];
            let data = Dataset::from_rows(inputs, vec![only as f64; 4], vec![1], Some(classes)).unwrap();
            for kind in kinds_for(&data) {
                let answer = fit(kind, &small(), &data).predict(&[1.5]).unwrap();
                let wanted: Vec<f64> = match classes {
                    2 => vec![only as f64],
                    _ => (0..classes).map(|class| f64::from(u8::from(class == only))).collect(),
                };
                assert_eq!(answer, wanted, "{kind}");
            }
        }
    }
}

#[test]
fn a_class_without_rows_has_probability_0_and_the_others_are_told_apart_as_by_themselves() {
    let two = rows(5, 40, 2, Some(2));
    // The same rows as classes 1 and 3 of four.
    let moved = two.targets.iter().map(|class| 1.0 + 2.0 * class).collect();
    let four = Dataset::from_rows(two.inputs.clone(), moved, vec![2], Some(4)).unwrap();
    for kind in kinds_for(&two) {
        let [few, many] = [&two, &four].map(|data| fit(kind, &small(), data).predict(&two.inputs).unwrap());
        for (second, shares) in few.iter().zip(many.chunks(4)) {
            assert_eq!([shares[0], shares[2]], [0.0, 0.0], "{kind}");
            assert!((shares[3] - second).abs() <= 1e-12, "{kind}");
        }
    }
    let found = fit("logistic", &small(), &four).coefficients().unwrap();
    assert_eq!(found.intercepts[0], f64::NEG_INFINITY);
    assert_eq!(found.intercepts[2], f64::NEG_INFINITY);
    assert_eq!((found.weights.len(), found.intercepts[1]), (8, 0.0));
}

#[test]
fn one_row_is_what_all_predict() {
    for classes in [None, Some(2), Some(3)] {
        let data = Dataset::from_rows(vec![2.0, -1.0], vec![1.0], vec![2], classes).unwrap();
        for kind in kinds_for(&data) {
            for penalty in [0.0, 1.0] {
                let answer = fit(kind, &Options { penalty, ..small() }, &data).predict(&[9.0, 9.0]).unwrap();
                let wanted = if classes == Some(3) { vec![0.0, 1.0, 0.0] } else { vec![1.0] };
                assert_eq!(answer, wanted, "{kind}");
            }
        }
    }
}

#[test]
fn more_neighbors_than_rows_are_all_rows() {
    for data in all_tasks() {
        let [all, most] = [60, 1000].map(|neighbors| Options { neighbors, ..small() });
        let mean = fit("constant", &small(), &data).predict(&data.inputs).unwrap();
        let far = farthest(&fit("knn", &most, &data).predict(&data.inputs).unwrap(), &mean);
        assert!(far <= 1e-12, "{far}");
        let far = farthest(&fit("knn", &all, &data).predict(&data.inputs).unwrap(), &mean);
        assert!(far <= 1e-12, "{far}");
    }
}

#[test]
fn rows_that_stand_twice_count_twice() {
    for data in all_tasks() {
        let twice = reordered(&data, (0..120).map(|i| i % 60));
        let inputs = &data.inputs[..30];
        for (kind, factor, neighbors) in [
            ("constant", 1.0, 5),
            ("ridge", 2.0, 5),
            ("lasso", 1.0, 5),
            ("logistic", 2.0, 5),
            ("tree", 1.0, 5),
            ("knn", 1.0, 6),
        ] {
            if !kinds_for(&data).contains(&kind) {
                continue;
            }
            let options = Options { penalty: 0.5, neighbors: neighbors / 2, ..small() };
            let once = fit(kind, &options, &data).predict(inputs).unwrap();
            let options = Options { penalty: 0.5 * factor, neighbors: neighbors / 2 * 2, ..small() };
            let far = farthest(&fit(kind, &options, &twice).predict(inputs).unwrap(), &once);
            assert!(far <= 1e-6, "{kind}: {far}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_one_other_trees() {
    for data in all_tasks() {
        for kind in kinds_for(&data) {
            let [first, again, other] = [3, 3, 4]
                .map(|seed| fit(kind, &Options { seed, ..small() }, &data).predict(&data.inputs).unwrap());
            assert_eq!(first, again, "{kind}");
            assert_eq!(first != other, kind == "forest", "{kind}");
        }
    }
}

#[test]
fn limits_of_trees_hold_and_a_full_one_knows_its_rows() {
    for data in all_tasks() {
        let full = fit("tree", &small(), &data);
        let answers = full.predict(&data.inputs).unwrap();
        for (row, target) in data.targets.iter().enumerate() {
            let share = match classes_of(&data) {
                Some(classes @ 3..) => answers[row * classes + *target as usize] - 1.0,
                _ => answers[row] - target,
            };
            assert!(share.abs() <= 1e-12);
        }
        for depth in 1..5 {
            let model = fit("tree", &Options { max_depth: Some(depth), ..small() }, &data);
            let leaves = model.leaves().unwrap();
            assert!(leaves <= 1 << depth && leaves > 1, "{leaves} leaves at depth {depth}");
            let outputs = model.outputs();
            assert_eq!(model.parameters(), 2 * (leaves - 1) + outputs * leaves);
        }
        for min_leaf in [2, 7, 30] {
            let leaves = fit("tree", &Options { min_leaf, ..small() }, &data).leaves().unwrap();
            assert!(leaves <= 60 / min_leaf && leaves > 1, "{leaves} leaves of {min_leaf} rows");
        }
        assert_eq!(fit("tree", &Options { min_leaf: 31, ..small() }, &data).leaves(), Some(1));
        let forest = fit("forest", &Options { max_depth: Some(1), trees: 7, ..small() }, &data);
        assert_eq!(forest.leaves(), Some(14));
    }
}

#[test]
fn a_chessboard_of_two_by_two_is_learned_though_no_first_question_gains() {
    let inputs = vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
    let targets = vec![0.0, 1.0, 1.0, 0.0];
    for classes in [Some(2), None] {
        let data = Dataset::from_rows(inputs.clone(), targets.clone(), vec![2], classes).unwrap();
        assert_eq!(fit("tree", &small(), &data).predict(&inputs).unwrap(), targets);
    }
}

#[test]
fn several_targets_are_predicted_as_each_by_itself_and_by_a_tree_together() {
    let data = rows(8, 50, 3, None);
    let other: Vec<f64> = data.inputs.chunks(3).map(|row| row[1] * row[2]).collect();
    let both = data.targets.iter().zip(&other).flat_map(|(a, b)| [*a, *b]).collect();
    let both = Dataset::from_rows(data.inputs.clone(), both, vec![3], None).unwrap();
    let second = Dataset::from_rows(data.inputs.clone(), other, vec![3], None).unwrap();
    for kind in ["constant", "ridge", "lasso", "knn"] {
        let [a, b, pairs] =
            [&data, &second, &both].map(|data| fit(kind, &small(), data).predict(&data.inputs).unwrap());
        let apart: Vec<f64> = a.iter().zip(&b).flat_map(|(a, b)| [*a, *b]).collect();
        assert!(farthest(&apart, &pairs) <= 1e-9, "{kind}");
    }
    for kind in ["tree", "forest"] {
        let model = fit(kind, &small(), &both);
        assert_eq!(model.outputs(), 2);
        assert!(model.predict(&both.inputs).unwrap().iter().all(|value| value.is_finite()));
    }
    let full = fit("tree", &small(), &both).predict(&both.inputs).unwrap();
    assert!(farthest(&full, &both.targets) <= 1e-12);
}

#[test]
fn columns_that_say_the_same_share_their_weight_without_a_penalty() {
    // Zeros and ones of a category always add up to one.
    let inputs: Vec<f64> =
        (0..12).flat_map(|i| [f64::from(u8::from(i % 2 == 0)), f64::from(u8::from(i % 2 == 1))]).collect();
    let targets: Vec<f64> = (0..12).map(|i| if i % 2 == 0 { 5.0 } else { 1.0 }).collect();
    let data = Dataset::from_rows(inputs.clone(), targets.clone(), vec![2], None).unwrap();
    for kind in ["ridge", "lasso"] {
        let model = fit(kind, &Options { penalty: 0.0, ..small() }, &data);
        assert!(farthest(&model.predict(&inputs).unwrap(), &targets) <= 1e-9, "{kind}");
    }
    let found = fit("ridge", &Options { penalty: 0.0, ..small() }, &data).coefficients().unwrap();
    assert!(farthest(&found.weights, &[2.0, -2.0]) <= 1e-9, "{found:?}");
}

#[test]
fn numbers_far_from_0_and_classes_without_a_border_stay_finite() {
    let seconds: Vec<f64> = (0..40).map(|i| 1.7e9 + f64::from(i)).collect();
    let targets: Vec<f64> = (0..40).map(|i| f64::from(i) / 10.0).collect();
    let data = Dataset::from_rows(seconds.clone(), targets.clone(), vec![1], None).unwrap();
    let found = fit("ridge", &Options { penalty: 0.0, ..small() }, &data).predict(&seconds).unwrap();
    assert!(farthest(&found, &targets) <= 1e-6);
    let halves = (0..40).map(|i| f64::from(u8::from(i >= 20))).collect();
    let data = Dataset::from_rows(seconds.clone(), halves, vec![1], Some(2)).unwrap();
    for (penalty, least) in [(0.0, 0.999), (1e-3, 0.99)] {
        let model = fit("logistic", &Options { penalty, ..small() }, &data);
        let shares = model.predict(&seconds).unwrap();
        assert!(shares[0] <= 1.0 - least && shares[39] >= least, "{penalty}: {} {}", shares[0], shares[39]);
        assert!(model.coefficients().unwrap().weights[0].is_finite());
    }
    let huge = Dataset::from_rows(vec![-1e60, 1e60, 0.0], vec![1e60, -1e60, 3.0], vec![1], None).unwrap();
    for kind in KINDS.into_iter().filter(|kind| *kind != "logistic") {
        for penalty in [0.0, 1.0] {
            let answers = fit(kind, &Options { penalty, ..small() }, &huge).predict(&[1e60, 0.0]).unwrap();
            assert!(answers.iter().all(|answer| answer.is_finite()), "{kind}: {answers:?}");
        }
    }
}
