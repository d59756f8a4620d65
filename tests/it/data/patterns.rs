//! The sources that repeat a pattern, and classes of unlike size.

use trainyard::data::{Dataset, Source, generate, generate_imbalanced};

fn points(data: &Dataset) -> impl Iterator<Item = (f64, f64, f64)> {
    data.inputs.chunks_exact(2).zip(&data.targets).map(|(p, &t)| (p[0], p[1], t))
}

fn count(data: &Dataset, class: f64) -> usize {
    data.targets.iter().filter(|&&target| target == class).count()
}

#[test]
fn patterns_without_noise() {
    for (x, y, class) in points(&generate(Source::Checkerboard, 800, 0.0, 2)) {
        let [column, line] = [x, y].map(|v| ((v + 6.0) / 3.0).floor());
        assert_eq!((column + line) % 2.0 == 0.0, class == 1.0, "at {x}, {y}");
    }
    for (x, y, class) in points(&generate(Source::Rings, 600, 0.0, 2)) {
        let ring = [1.0001, 2.5001, 4.0001, 5.5001].iter().position(|&most| x.hypot(y) <= most).unwrap();
        assert_eq!(ring % 2 == 0, class == 1.0, "at {x}, {y}");
        assert!(x.hypot(y) >= [0.0, 1.6999, 3.1999, 4.6999][ring]);
    }
    let tau = std::f64::consts::TAU;
    for (i, (x, y, class)) in points(&generate(Source::ThreeSpiral, 600, 0.0, 2)).enumerate() {
        let along = (i / 3) as f64 / 200.0;
        let angle = (along + class / 3.0) * tau;
        assert!((x - 5.0 * along * angle.sin()).abs() < 1e-4 && (y - 5.0 * along * angle.cos()).abs() < 1e-4);
    }
    for (x, y, value) in points(&generate(Source::SwissRoll, 800, 0.0, 2)) {
        let angle = tau * 0.75 * (2.0 + value);
        let radius = angle * 10.0 / (4.5 * tau);
        assert!((x - radius * angle.cos()).abs() < 1e-4 && (y - radius * angle.sin()).abs() < 1e-4);
        assert!((-1.0..=1.0).contains(&value));
    }
    for (x, y, value) in points(&generate(Source::Product, 1200, 0.0, 2)) {
        assert!((value - x * y / 36.0).abs() < 1e-6);
    }
}

#[test]
fn more_lines_without_noise() {
    let data = generate(Source::Step, 200, 0.0, 1);
    assert_eq!((data.inputs[0], data.inputs[199]), (-3.0, 3.0));
    assert!(data.inputs.iter().zip(&data.targets).all(|(&x, &y)| y == if x < 0.0 { -1.0 } else { 1.0 }));
    let data = generate(Source::Polynomial, 201, 0.0, 1);
    assert_eq!((data.targets[0], data.targets[100], data.targets[200]), (-4.0, 0.0, 4.0));
    for source in [Source::Step, Source::Polynomial] {
        let [clean, noisy] = [0.0, 0.25].map(|noise| generate(source, 50, noise, 4));
        assert_eq!(clean.inputs, noisy.inputs);
        assert!(clean.targets.iter().zip(&noisy.targets).all(|(a, b)| (a - b).abs() <= 0.25 && a != b));
    }
}

#[test]
fn noise_of_patterns_moves_points_in_proportion_and_keeps_what_they_mean() {
    for source in [Source::Checkerboard, Source::Rings, Source::ThreeSpiral, Source::SwissRoll] {
        let [clean, little, much] = [0.0, 0.25, 0.5].map(|noise| generate(source, 300, noise, 8));
        assert_eq!(clean.targets, much.targets);
        for i in 0..clean.inputs.len() {
            let twice = clean.inputs[i] + 2.0 * (little.inputs[i] - clean.inputs[i]);
            assert!((much.inputs[i] - twice).abs() < 1e-5, "{source:?}");
            assert!((much.inputs[i] - clean.inputs[i]).abs() <= 0.5001);
        }
    }
}

#[test]
fn the_rarer_class_has_the_share_that_is_asked_for() {
    for source in Source::all() {
        for samples in [1, 2, 40, 500] {
            for noise in [0.0, 0.3] {
                let usual = generate(source, samples, noise, 6);
                assert_eq!(generate_imbalanced(source, samples, noise, 0.5, 6), usual);
                assert_eq!(generate_imbalanced(source, samples, noise, f32::NAN, 6), usual);
                let few = generate_imbalanced(source, samples, noise, 0.1, 6);
                assert_eq!(few, generate_imbalanced(source, samples, noise, 0.1, 6));
                assert_eq!((few.rows(), few.task, &few.columns), (samples, usual.task, &usual.columns));
                if format!("{:?}", usual.task) != "Classification { classes: 2 }" {
                    assert_eq!(few, usual, "{source:?}");
                } else if samples >= 40 {
                    assert_eq!(count(&few, 1.0), samples / 10, "{source:?} {samples} {noise}");
                }
            }
        }
    }
    // Where noise has eaten the class there are as many as there are, and all rows.
    let eaten = generate_imbalanced(Source::Circle, 300, 1.0, 0.45, 6);
    assert_eq!(eaten.rows(), 300);
    assert!((1..=135).contains(&count(&eaten, 1.0)));
}

#[test]
fn a_smaller_share_keeps_the_rows_that_it_leaves() {
    let rows = |share: f32, class: f64| -> Vec<(u64, u64)> {
        points(&generate_imbalanced(Source::Moons, 200, 0.1, share, 9))
            .filter(|&(_, _, target)| target == class)
            .map(|(x, y, _)| (x.to_bits(), y.to_bits()))
            .collect()
    };
    let (some, few) = (rows(0.3, 1.0), rows(0.05, 1.0));
    assert_eq!((some.len(), few.len()), (60, 10));
    assert!(few.iter().all(|row| some.contains(row)));
    let (most, nearly_all) = (rows(0.3, 0.0), rows(0.05, 0.0));
    assert!(most.iter().all(|row| nearly_all.contains(row)));
}
