//! The pinned bits: the same hashes are checked in Node and in Chromium.

use serde_json::Value;
use trainyard::data::Dataset;
use trainyard::run::checkpoint::hash_numbers;
use trainyard::run::{Run, Spec};

/// The rows that a case asks for; `tests/golden/bits.json` has their formula, `tests/web/rows.js` the same code.
fn rows(wanted: &Value) -> Dataset {
    let whole = |value: &Value| value.as_u64().unwrap() as usize;
    let shape: Vec<usize> = wanted["shape"].as_array().unwrap().iter().map(whole).collect();
    let (count, width) = (whole(&wanted["count"]), shape.iter().product::<usize>());
    let eighths = |n: usize, modulus: usize, middle: f32| ((n % modulus) as f32 - middle) / 8.0;
    let inputs =
        (0..count).flat_map(|r| (0..width).map(move |i| eighths(31 * r + 17 * i + 7 * r * i, 23, 11.0)));
    let classes = wanted["classes"].as_u64().map(|n| n as usize);
    let targets = match classes {
        Some(classes) => (0..count).map(|r| ((3 * r + r / 7) % classes) as f32).collect(),
        None => {
            let targets = whole(&wanted["targets"]);
            (0..count).flat_map(|r| (0..targets).map(move |k| eighths(13 * r + 5 * k, 19, 9.0))).collect()
        }
    };
    Dataset::from_rows(inputs.collect(), targets, shape, classes).unwrap()
}

#[test]
fn the_bits_are_pinned() {
    let pinned: Value = serde_json::from_str(include_str!("../golden/bits.json")).unwrap();
    let mut wrong = vec![];
    for case in pinned["cases"].as_array().unwrap() {
        let data = (!case["rows"].is_null()).then(|| rows(&case["rows"]));
        let mut run = Run::new(Spec::from_json(&case["spec"]).unwrap(), data).unwrap();
        let start = run.parameters().to_vec();
        let progress = run.advance(case["steps"].as_u64().unwrap());
        assert_eq!(case["steps"], progress.step, "{}", case["name"]);
        let moved = start.iter().zip(run.parameters()).filter(|(before, after)| before != after).count();
        assert!(2 * moved > start.len(), "{}: only {moved} of {} moved", case["name"], start.len());
        let hash = format!("{:016x}", hash_numbers(run.parameters()));
        if case["hash"] != hash {
            wrong.push(format!("{}: {hash}, pinned {}", case["name"], case["hash"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
