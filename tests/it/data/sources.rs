use trainyard::data::{Dataset, Source, Task, generate};

fn points(data: &Dataset) -> impl Iterator<Item = (f64, f64, f64)> {
    data.inputs.chunks_exact(2).zip(&data.targets).map(|(p, &t)| (p[0], p[1], t))
}

#[test]
fn every_source_keeps_its_promises() {
    assert_eq!(Source::all().count(), 16);
    for source in Source::all() {
        assert_eq!(Source::parse(source.name()), Some(source));
        assert_eq!(source.columns().len(), source.domain().len());
        for samples in [1, 2, 3, 7, source.samples()] {
            for noise in [0.0, 0.1, 0.5, 1.0] {
                let data = generate(source, samples, noise, 3);
                assert_eq!(data, generate(source, samples, noise, 3));
                assert_eq!((data.rows(), data.width()), (samples, source.columns().len()), "{source:?}");
                assert_eq!(data.columns, source.columns());
                let classes = match data.task {
                    Task::Classification { classes } => Some(classes),
                    Task::Regression { .. } => None,
                };
                let checked = Dataset::from_rows(
                    data.inputs.clone(),
                    data.targets.clone(),
                    data.shape.clone(),
                    classes,
                );
                assert_eq!(checked.unwrap().task, data.task);
            }
        }
        let data = generate(source, source.samples(), 0.0, 5);
        if source != Source::Gaussians {
            for row in data.inputs.chunks_exact(data.width()) {
                for (value, [lo, hi]) in row.iter().zip(source.domain()) {
                    assert!((f64::from(*lo)..=f64::from(*hi)).contains(value), "{source:?} reaches {value}");
                }
            }
        }
        if let Task::Classification { classes } = data.task {
            let ones = data.targets.iter().filter(|&&class| class == 1.0).count();
            // XOR's labels follow from its points: four deviations.
            let slack = if source == Source::Xor { 45 } else { 0 };
            assert!(ones.abs_diff(data.rows() / classes) <= slack, "{source:?} has {ones} of class 1");
        }
    }
    assert_eq!(Source::parse("spirals"), None);
    assert_eq!(generate(Source::Plane, 0, f32::NAN, 1), generate(Source::Plane, 1, 0.0, 1));
}

#[test]
fn noise_keeps_the_points() {
    for source in [Source::Circle, Source::Xor, Source::Plane, Source::MultiGaussian] {
        let [clean, noisy] = [0.0, 0.5].map(|noise| generate(source, 300, noise, 8));
        assert_eq!(clean.inputs, noisy.inputs, "{source:?}");
        assert_ne!(clean.targets, noisy.targets, "{source:?}");
    }
    for source in [Source::Spiral, Source::Moons] {
        let [clean, little, much] = [0.0, 0.25, 0.5].map(|noise| generate(source, 300, noise, 8));
        assert_eq!(clean.targets, much.targets);
        for i in 0..clean.inputs.len() {
            // The displacement doubles with the noise.
            let twice = clean.inputs[i] + 2.0 * (little.inputs[i] - clean.inputs[i]);
            assert!((much.inputs[i] - twice).abs() < 1e-5, "{source:?}");
        }
    }
    let [clean, noisy] = [0.0, 0.5].map(|noise| generate(Source::Gaussians, 300, noise, 8));
    for ((x0, _, class), (x1, _, _)) in points(&clean).zip(points(&noisy)) {
        let center = if class == 1.0 { 2.0 } else { -2.0 };
        assert!(((x1 - center) - (x0 - center) * 8_f64.sqrt()).abs() < 1e-4);
    }
    assert_ne!(generate(Source::Xor, 50, 0.0, 1).inputs, generate(Source::Xor, 50, 0.0, 2).inputs);
}

#[test]
fn lines_without_noise() {
    let data = generate(Source::Line, 6, 0.0, 1);
    assert_eq!(data.inputs, [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
    assert_eq!(data.targets, [-3.0, -1.0, 1.0, 3.0, 5.0, 7.0]);
    for (y, clean) in generate(Source::Line, 6, 0.5, 1).targets.iter().zip(data.targets) {
        assert!((y - clean).abs() <= 0.5 && *y != clean);
    }
    let data = generate(Source::Sine, 200, 0.0, 1);
    assert_eq!(
        (data.inputs[0], data.inputs[199]),
        (-f64::from(std::f32::consts::PI), f64::from(std::f32::consts::PI))
    );
    for (x, y) in data.inputs.iter().zip(&data.targets) {
        assert!((x.sin() - y).abs() < 1e-6);
    }
}

#[test]
fn classes_without_noise() {
    for (x, y, class) in points(&generate(Source::Circle, 500, 0.0, 2)) {
        let radius = x.hypot(y);
        let expected = if class == 1.0 { 0.0..=2.5001 } else { 3.4999..=5.0001 };
        assert!(expected.contains(&radius), "class {class} at radius {radius}");
    }
    for (x, y, class) in points(&generate(Source::Xor, 500, 0.0, 2)) {
        assert!(x.abs() >= 0.3 && y.abs() >= 0.3 && x.abs() <= 5.3 && y.abs() <= 5.3);
        assert_eq!(class == 1.0, x * y > 0.0);
    }
    for (i, (x, y, class)) in points(&generate(Source::Spiral, 500, 0.0, 2)).enumerate() {
        let along = (i % 250) as f64 / 250.0;
        let angle =
            1.75 * along * std::f64::consts::TAU + if class == 1.0 { 0.0 } else { std::f64::consts::PI };
        assert!((x - 5.0 * along * angle.sin()).abs() < 1e-4 && (y - 5.0 * along * angle.cos()).abs() < 1e-4);
    }
    for (x, y, class) in points(&generate(Source::Moons, 500, 0.0, 2)) {
        let (x, y) = (x * 0.3 + 0.5, y * 0.3 + 0.25);
        let (center, below) = if class == 0.0 { ((0.0, 0.0), false) } else { ((1.0, 0.5), true) };
        assert!(((x - center.0).hypot(y - center.1) - 1.0).abs() < 1e-5, "class {class} at {x}, {y}");
        assert!(if below { y <= 0.5 + 1e-6 } else { y >= -1e-6 });
    }
    let (mut sum, mut square) = (0.0, 0.0);
    for (x, y, class) in points(&generate(Source::Gaussians, 20_000, 0.0, 2)) {
        let center = if class == 1.0 { 2.0 } else { -2.0 };
        sum += x + y - 2.0 * center;
        square += (x - center).powi(2) + (y - center).powi(2);
    }
    assert!((sum / 40_000.0_f64).abs() < 0.015 && (square / 40_000.0 - 0.5_f64).abs() < 0.015);
}

#[test]
fn surfaces_without_noise() {
    for (x, y, value) in points(&generate(Source::Plane, 1200, 0.0, 2)) {
        assert!((value - (x + y) / 10.0).abs() < 1e-6);
    }
    let signs = [
        ((-4.0, 2.5), 1.0),
        ((0.0, 2.5), -1.0),
        ((4.0, 2.5), 1.0),
        ((-4.0, -2.5), -1.0),
        ((0.0, -2.5), 1.0),
        ((4.0, -2.5), -1.0),
    ];
    for (x, y, value) in points(&generate(Source::MultiGaussian, 1200, 0.0, 2)) {
        let nearest = signs
            .iter()
            .map(|(c, sign)| ((x - c.0).hypot(y - c.1), *sign))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap();
        let want = nearest.1 * (1.0 - nearest.0 / 2.0).clamp(0.0, 1.0);
        assert!((value - want).abs() < 1e-5, "at {x}, {y}: {value}, expected {want}");
    }
}
