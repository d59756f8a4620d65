use trainyard::data::{Dataset, Encoder, Feature, Scale, Source, generate};
use trainyard::error::Error;

/// The features of each row.
fn derive(raw: &[f64], width: usize, features: &[Feature]) -> Vec<f64> {
    let rows = raw.chunks_exact(width);
    rows.flat_map(|row| features.iter().map(|feature| feature.value(row))).collect()
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

#[test]
fn features_by_name() {
    let all: Vec<Feature> = ["x", "y", "x2", "y2", "xy", "sinx", "siny", "cosx"]
        .iter()
        .map(|n| Feature::parse(n, &columns(&["x", "y"])).unwrap())
        .collect();
    let derived = derive(&[0.5, -2.0, 1.0, 3.0], 2, &all);
    let want = [
        0.5,
        -2.0,
        0.25,
        4.0,
        -1.0,
        0.5_f64.sin(),
        (-2.0_f64).sin(),
        0.5_f64.cos(),
        1.0,
        3.0,
        1.0,
        9.0,
        3.0,
        1_f64.sin(),
        3_f64.sin(),
        1_f64.cos(),
    ];
    assert_eq!(derived.len(), want.len());
    for (got, want) in derived.iter().zip(want) {
        assert!((got - want).abs() <= 1e-7, "{got} {want}");
    }
    let names =
        |c: &[&str]| Feature::allowed(&columns(c)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&["x"]), ["x", "x2", "sinx", "cosx"]);
    assert_eq!(names(&["a", "b", "c"]), ["a", "b", "c"]);
    match Feature::parse("tanx", &columns(&["x", "y"])) {
        Err(Error::Spec { path, what }) => {
            assert_eq!(path, "data.features");
            assert!(
                what.contains("\"tanx\"") && what.contains("x, y, x2, y2, xy, sinx, siny, cosx, cosy"),
                "{what}"
            );
        }
        other => panic!("expected an error, got {other:?}"),
    }
}

#[test]
fn only_training_rows_count() {
    let data = generate(Source::Plane, 100, 0.0, 4);
    let train: Vec<u32> = (0..80).collect();
    let mut other = data.clone();
    for value in &mut other.inputs[160..] {
        *value = *value * 50.0 + 1000.0;
    }
    for scale in [Scale::None, Scale::Standard, Scale::MinMax] {
        let features = [Feature::Column(0), Feature::Product(0, 1)];
        assert_eq!(
            Encoder::fit(&data, &features, scale, &train),
            Encoder::fit(&other, &features, scale, &train)
        );
    }
}

#[test]
fn scales_of_training_rows() {
    let data = generate(Source::Plane, 100, 0.0, 4);
    let train: Vec<u32> = (20..100).collect();
    let encoder = Encoder::fit(&data, &[], Scale::Standard, &train);
    let encoded = encoder.transform(&data.inputs[40..]);
    for column in 0..2 {
        let values: Vec<f64> = encoded.iter().skip(column).step_by(2).map(|&v| f64::from(v)).collect();
        let mean = values.iter().sum::<f64>() / 80.0;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 80.0;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-6, "{mean} {variance}");
        let statistic = encoder.statistics()[column];
        let back = f64::from(encoded[column]) * statistic.spread + statistic.offset;
        assert!((back - data.inputs[40 + column]).abs() < 1e-6);
    }
    let encoded = Encoder::fit(&data, &[], Scale::MinMax, &train).transform(&data.inputs[40..]);
    let least = encoded.iter().fold(f32::INFINITY, |a, &b| a.min(b));
    let most = encoded.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
    assert_eq!((least, most), (0.0, 1.0));

    let plain = Encoder::fit(&data, &[], Scale::None, &train).transform(&data.inputs);
    assert!(plain.iter().map(|&x| f64::from(x)).eq(data.inputs.iter().copied()), "nothing to change");
}

#[test]
fn constant_columns_become_zeros() {
    let inputs = vec![0.1, 1.0, 0.1, 2.0, 0.1, 3.0];
    let data = Dataset::from_rows(inputs.clone(), vec![0.0; 3], vec![2], None).unwrap();
    for scale in [Scale::Standard, Scale::MinMax] {
        let encoded = Encoder::fit(&data, &[], scale, &[0, 1, 2]).transform(&inputs);
        assert_eq!([encoded[0], encoded[2], encoded[4]], [0.0; 3]);
        assert!(encoded[1] < encoded[3] && encoded[3] < encoded[5]);
    }
}

#[test]
fn images_have_a_statistic_a_channel() {
    // Two rows of two channels of 1 × 2 pixels.
    let inputs = vec![0.0, 1.0, 10.0, 30.0, 2.0, 4.0, 20.0, 50.0];
    let data = Dataset::from_rows(inputs.clone(), vec![0.0, 1.0], vec![2, 1, 2], Some(2)).unwrap();
    let encoder = Encoder::fit(&data, &[], Scale::MinMax, &[0, 1]);
    assert_eq!((encoder.shape(), encoder.width(), encoder.statistics().len()), (&[2, 1, 2][..], 4, 2));
    assert_eq!(*encoder.transform(&inputs), [0.0, 0.25, 0.0, 0.5, 0.5, 1.0, 0.25, 1.0]);
}
