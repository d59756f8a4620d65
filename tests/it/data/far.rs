//! Numbers far from zero: an offset costs no digits, in inputs, targets, formulas and angles.

use serde_json::{Value, json};
use trainyard::data::csv::Reader;
use trainyard::data::{Dataset, Feature, Formula};
use trainyard::math;
use trainyard::run::{Part, Run, Spec};

const SECONDS: f64 = 1_700_000_000.0;

/// A line over 300 rows, with offsets to `x` and `y`.
fn text(x: f64, y: f64) -> String {
    let row = |i: u32| format!("{},{}\n", x + f64::from(i * 7 % 300), y + 0.5 * f64::from(i * 7 % 300));
    "t,v\n".to_owned() + &(0..300).map(row).collect::<String>()
}

fn trained(text: &str, features: &Value) -> Run {
    let spec = json!({"data": {"source": "table", "target": "v", "features": features}, "model": {"layers": []},
        "training": {"optimizer": {"type": "adam", "learningRate": 0.05}, "stop": {"maxEpochs": 60}}});
    let mut run =
        Run::of_table(Spec::from_json(&spec).unwrap(), &Reader::read(text.as_bytes()).unwrap()).unwrap();
    run.advance(u64::MAX);
    run
}

#[test]
fn an_offset_costs_no_digits() {
    let mean_error =
        |x, y, features: Value| trained(&text(x, y), &features).evaluate(Part::Test).unwrap().mae.unwrap();
    let plain = mean_error(0.0, 0.0, json!(["t"]));
    assert!((0.0..0.5).contains(&plain), "{plain}");
    for (x, y) in [(SECONDS, 0.0), (0.0, SECONDS), (SECONDS, -SECONDS), (1e9, 1e12)] {
        let error = mean_error(x, y, json!(["t"]));
        assert!((error - plain).abs() <= 1e-3, "{error} at {x}, {y}, {plain} at 0");
    }
    // What is derived is derived first, and brought to its scale then.
    let error = mean_error(SECONDS, 0.0, json!([{"formula": "t - 1.7e9"}]));
    assert!((error - plain).abs() <= 1e-3, "{error} by a formula");
    let error = mean_error(SECONDS, 0.0, json!([{"formula": "(t - 1.7e9) * 2 / 2 + 1e9"}]));
    assert!((error - plain).abs() <= 1e-3, "{error} by a formula far from 0");
}

#[test]
fn predictions_far_from_zero_keep_their_digits() {
    let mut run = trained(&text(SECONDS, SECONDS), &json!(["t"]));
    let says = run.predict(&[SECONDS + 100.0, SECONDS + 101.0]).unwrap();
    // The line rises by a half; an f32 near 1.7e9 has steps of 128.
    assert!((says[1] - says[0] - 0.5).abs() <= 0.01, "{says:?}");
    assert!((says[0] - SECONDS - 50.0).abs() <= 1.0, "{says:?}");
}

#[test]
fn rows_given_as_f64_keep_theirs() {
    let inputs = |x: f64| (0..100).map(|i| x + f64::from(i)).collect::<Vec<_>>();
    let of = |x: f64| {
        let targets = (0..100).map(|i| f64::from(i) / 50.0 - 1.0).collect();
        let spec = json!({"data": {"source": "rows"}, "model": {"layers": []}});
        Run::new(
            Spec::from_json(&spec).unwrap(),
            Some(Dataset::from_rows(inputs(x), targets, vec![1], None).unwrap()),
        )
        .unwrap()
    };
    let (mut near, mut far) = (of(0.0), of(SECONDS));
    assert_eq!(near.advance(1000).step, far.advance(1000).step);
    let loss = |run: &mut Run| run.evaluate(Part::Train).unwrap().loss;
    let (near, far) = (loss(&mut near), loss(&mut far));
    assert!(near < 1e-6 && (near - far).abs() <= 1e-9, "{near} {far}");
}

#[test]
fn angles_of_any_size_are_right() {
    let columns = ["x".to_owned()];
    let of = |text: &str, x: f64| Formula::parse(text, &columns).unwrap().value(&[x]);
    let (sine, cosine) = (Feature::Sine(0), Feature::Cosine(0));
    // As C libraries have them; 0 and 0: as this machine has them.
    let known: [(f64, f64, f64); 6] = [
        (100_000.0, 0.035_748_797_972_016_51, -0.999_360_807_438_212_4),
        (-8192.5, 0.698_744_218_110_737_6, 0.715_371_594_108_130_8),
        (65_537.0, -0.233_478_438_206_944_36, -0.972_361_979_353_597_6),
        (1e9, 0.545_843_449_448_699_6, 0.837_887_181_363_902_3),
        (1.7e9 + 0.25, 0.0, 0.0),
        (9_007_199_254_740_991.0, 0.0, 0.0),
    ];
    for (x, sin, cos) in known {
        let (sin, cos) = if sin == 0.0 && cos == 0.0 { (x.sin(), x.cos()) } else { (sin, cos) };
        for (got, want) in [
            (of("sin(x)", x), sin),
            (of("cos(x)", x), cos),
            (sine.value(&[x]), sin),
            (cosine.value(&[x]), cos),
        ] {
            assert!((got - want).abs() <= 1e-6, "{got}, not {want}, at {x}");
        }
    }
    // Beyond 2^53 a formula is still right; a feature by name is no number, and so refused.
    assert!((of("sin(x)", 1e22) - -0.852_200_849_767_138_8).abs() <= 1e-12);
    assert!(sine.value(&[9.1e15]).is_nan() && !sine.value(&[9.0e15]).is_nan());
    assert!(math::angle(f64::NAN).is_nan() && math::angle(f64::INFINITY).is_nan());
    assert!(of("sin(x)", f64::INFINITY).is_nan());
}
