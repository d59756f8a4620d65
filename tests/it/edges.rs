//! The least and the oddest that a run may be given: one row, a batch larger than the rows, classes without rows, numbers
//! near the end of their range, batches that weigh nothing, and bytes that no run has written.

use serde_json::{Value, json};
use trainyard::data::{Dataset, Task};
use trainyard::error::Result;

use trainyard::nn::{ClassWeighting, LossSpec, Plan};
use trainyard::run::checkpoint::{pack, unpack};
use trainyard::run::{Part, Run, Spec, Status};

fn open(document: &Value, inputs: &[f32], targets: &[f32], classes: Option<usize>) -> Result<Run> {
    let shape = vec![inputs.len() / targets.len()];
    let rows = Dataset::from_rows(inputs.to_vec(), targets.to_vec(), shape, classes)?;
    Run::new(Spec::from_json(document)?, Some(rows))
}

fn layers() -> Vec<Value> {
    let dense = json!({"type": "dense", "units": 3, "activation": "tanh"});
    vec![
        json!([]),
        json!([dense]),
        json!([dense, {"type": "batchNorm"}, {"type": "dropout", "rate": 0.5}, dense, {"type": "layerNorm"}]),
        json!([{"type": "layerNorm"}, dense, {"type": "residual", "layers": [dense, {"type": "batchNorm"}]}]),
    ]
}

/// Everything that a run can be asked is answered by finite numbers.
fn check(name: &str, run: &mut Run) {
    run.record(10);
    for _ in 0..3 {
        let progress = run.advance(7);
        assert_eq!(progress.status, Status::Training, "{name}");
        assert!(progress.training_loss.is_finite(), "{name}");
        for part in Part::ALL {
            let rows = [&run.split().train, &run.split().validation, &run.split().test][part as usize].len();
            let metrics = run.evaluate(part);
            assert_eq!(metrics.map_or(0, |metrics| metrics.rows), rows, "{name}");
            assert!(metrics.is_none_or(|metrics| metrics.loss.is_finite()), "{name}");
            let gradient = run.gradient(part);
            assert!(gradient.iter().all(|g| g.is_finite()), "{name}");
            assert!(rows > 0 || gradient.iter().all(|&g| g == 0.0), "{name}");
        }
        assert!(run.gradient_norm().is_finite(), "{name}");
        #[cfg(feature = "look")]
        assert!(run.curvature().is_finite(), "{name}");
        let inputs = run.data().inputs.clone();
        assert!(run.predict(&inputs).unwrap().iter().all(|p| p.is_finite()), "{name}");
        assert!(run.predict(&[]).unwrap().is_empty(), "{name}");
        assert!(run.activations(&[]).unwrap().is_empty(), "{name}");
        let (bytes, progress) = (run.checkpoint(), run.progress());
        run.advance(1);
        run.restore(&bytes).unwrap();
        assert_eq!((run.checkpoint(), run.progress()), (bytes, progress), "{name}");
    }
    assert!(run.curve().iter().all(|point| point.training.is_finite()), "{name}");
}

#[test]
fn few_rows_and_large_batches() {
    for rows in [1, 2, 3] {
        for (layers, batch) in
            layers().into_iter().flat_map(|layers| [1, 2, 1_000_000].map(|b| (layers.clone(), b)))
        {
            for (classes, loss) in [(None, "mse"), (Some(2), "auto"), (Some(5), "auto"), (Some(3), "hinge")] {
                let name = format!("{rows} rows, {classes:?} classes, batches of {batch}: {layers}");
                let document = json!({
                    "data": {"source": "rows", "split": {"train": 1, "test": 0}},
                    "model": {"layers": layers},
                    "training": {"loss": loss, "batchSize": batch, "stop": {"maxEpochs": null}}
                });
                let inputs = &[0.5, -1.0, 0.25, 2.0, 1.0, -3.0][..2 * rows];
                // The classes between them have no rows.
                let last = classes.map_or(1.0, |classes| classes as f32 - 1.0);
                let targets = &[last, 0.0, last][..rows];
                check(&name, &mut open(&document, inputs, targets, classes).expect(&name));
            }
        }
    }
}

#[test]
fn classes_without_rows_and_constant_columns() {
    for balanced in [Value::Null, json!("balanced")] {
        let document = json!({
            "data": {"source": "rows", "split": {"train": 0.5, "validation": 0.25, "test": 0.25}},
            "training": {"classWeights": balanced, "batchSize": 2}
        });
        let targets = [1.0, 4.0, 4.0, 1.0, 4.0, 1.0, 4.0, 4.0];
        check("gaps", &mut open(&document, &[7.0; 16], &targets, Some(6)).unwrap());
    }
}

/// A batch may hold rows of such a class alone.
#[test]
fn a_batch_that_weighs_nothing_teaches_nothing() {
    let document = json!({
        "data": {"source": "rows", "split": {"train": 0.5, "test": 0.5}},
        "training": {"classWeights": [0, 1], "batchSize": 1, "stop": {"maxEpochs": null}}
    });
    let inputs = [0.5, -1.0, 0.25, 2.0, 1.0, -3.0, 0.0, 1.0];
    let mut run = open(&document, &inputs, &[0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0], Some(2)).unwrap();
    check("a class that doesn't count", &mut run);
    let without = json!({
        "data": {"source": "rows", "split": {"train": 1, "test": 0}},
        "training": {"classWeights": [1, 0], "batchSize": 1}
    });
    let mut run = open(&without, &inputs, &[1.0; 8], Some(2)).unwrap();
    let before = run.parameters().to_vec();
    run.advance(20);
    assert_eq!(run.parameters(), before);
    assert_eq!(run.evaluate(Part::Train).unwrap().loss, 0.0);
}

#[test]
fn numbers_near_the_end_of_their_range() {
    for scale in ["standard", "min-max"] {
        let document = json!({
            "data": {"source": "rows", "scale": scale, "split": {"train": 0.5, "test": 0.5}},
            "training": {"batchSize": 2, "stop": {"maxEpochs": null}}
        });
        let inputs = [f32::MAX, f32::MIN, f32::MIN_POSITIVE, 0.0, -f32::MAX, 1e-45, 3e38, -1.0];
        let targets = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0];
        check(scale, &mut open(&document, &inputs, &targets, Some(2)).unwrap());
    }
    // Training rows so close together that the scale carries another out of all range.
    let document =
        json!({"data": {"source": "rows", "split": {"train": 0.5, "test": 0.5, "stratify": false}}});
    let (mut inputs, targets) = (vec![0.0; 12], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let plain = open(&document, &inputs, &targets, None).unwrap();
    let (train, test) = (plain.split().train[0] as usize, plain.split().test[0] as usize);
    inputs[2 * train + 1] = 1e-40;
    inputs[2 * test + 1] = 1e10;
    let refused = open(&document, &inputs, &targets, None).err().unwrap().to_string();
    assert!(refused.contains(&format!("row {test}")) && refused.contains("x2"), "{refused}");
}

/// Each layer is within its range, and all of them together would end a page's module.
#[test]
fn models_that_fit_no_memory_are_refused_before_they_take_any() {
    let refused = |shape: Vec<usize>, layers: Value| {
        let width = shape.iter().product();
        let rows = Dataset::from_rows(vec![0.5; width], vec![1.0], shape, None).unwrap();
        let document = json!({"data": {"source": "rows", "split": {"train": 1, "test": 0}}, "model": {"layers": layers}});
        Run::new(Spec::from_json(&document).unwrap(), Some(rows)).err().expect("refused").to_string()
    };
    let wide = json!({"type": "dense", "units": 4096});
    let deep = refused(vec![2], vec![wide.clone(); 64].into());
    assert!(deep.contains("layers[4]") && deep.contains("67,108,864 parameters"), "{deep}");
    let conv = json!({"type": "conv2d", "filters": 1024, "kernel": 31, "padding": "same"});
    let images = refused(vec![1, 40, 40], json!([conv, conv, {"type": "flatten"}, wide]));
    assert!(images.contains("layers[0]") && images.contains("1,048,576 numbers"), "{images}");
    let rows = Dataset::from_rows(vec![0.5; 4], vec![0.0, 1.0], vec![2], Some(1 << 21)).unwrap();
    let document = json!({"data": {"source": "rows"}, "model": {"layers": []}});
    let classes =
        Run::new(Spec::from_json(&document).unwrap(), Some(rows)).err().expect("refused").to_string();
    assert!(classes.contains("1,048,576 numbers"), "{classes}");
}

/// A plan is a list of shapes, and takes no memory for the numbers.
#[test]
fn a_model_may_be_as_large_as_its_limits_and_no_larger() {
    let plan = |layers: Value, features: usize| {
        let document = json!({"data": {"source": "rows"}, "model": {"layers": layers}});
        let model = Spec::from_json(&document).unwrap().model;
        let task = Task::Regression { targets: 1 };
        Plan::lower(&model, LossSpec::Mse, ClassWeighting::default(), &[features], task)
    };
    // A row has its features and the one output.
    assert!(plan(json!([]), (1 << 20) - 1).is_ok());
    let refused = plan(json!([]), 1 << 20).unwrap_err().to_string();
    assert!(refused.contains("1,048,576 numbers"), "{refused}");
    // A layer of u units learns u (f + 1) numbers from f features, and the output behind it u + 1.
    let dense = |units: usize| json!([{"type": "dense", "units": units}]);
    assert_eq!(plan(dense(2731), 24_571).unwrap().parameters, 1 << 26);
    let refused = plan(dense(4096), 16_382).unwrap_err().to_string();
    assert!(refused.contains("67,108,864 parameters"), "{refused}");
}

#[test]
fn bytes_that_no_run_has_written_are_refused_or_harmless() {
    let document = json!({"data": {"samples": 40}, "training": {"stop": {"patience": 3, "maxEpochs": null}}});
    let fresh = || {
        let mut run = crate::run::open(document.clone());
        run.record(20);
        run.advance(14);
        run
    };
    let (header, numbers) = unpack(&fresh().checkpoint()).unwrap();
    let book = header["book"].as_array().unwrap().len();
    let odd = [
        json!(0),
        json!(1),
        json!(6),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(f64::NAN.to_bits()),
        json!(-1),
        json!("x"),
    ];
    let mut changed = vec![];
    for value in &odd {
        for i in 0..book {
            let mut header = header.clone();
            header["book"][i] = value.clone();
            changed.push(header);
        }
        for i in 0..header["curve"].as_array().unwrap().len() {
            let mut header = header.clone();
            header["curve"][i] = value.clone();
            changed.push(header);
        }
        for key in ["frozen", "curve", "validation", "book", "most", "rows", "spec"] {
            let mut header = header.clone();
            header[key] = if key == "frozen" { json!([value]) } else { value.clone() };
            changed.push(header);
        }
    }
    // What belongs to the experiment is compared before it is taken: it may be of any kind there too.
    let keys = ["data", "model", "training"];
    let within = ["split", "scale", "layers", "output", "optimizer", "schedule", "stop", "clip", "source"];
    for value in odd.iter().chain(&[json!(null), json!([]), json!({}), json!([1])]) {
        for key in keys {
            let mut header = header.clone();
            header["spec"][key] = value.clone();
            changed.push(header);
        }
        for (key, inner) in keys.iter().flat_map(|key| within.iter().map(move |inner| (key, inner))) {
            let mut header = header.clone();
            header["spec"][key][inner] = value.clone();
            changed.push(header);
        }
    }
    for length in 0..book {
        let mut header = header.clone();
        header["book"].as_array_mut().unwrap().truncate(length);
        changed.push(header);
    }
    for header in changed {
        for numbers in [&numbers[..], &numbers[1..], &[]] {
            let bytes = pack(&header, &[numbers]);
            let mut run = fresh();
            let before = run.checkpoint();
            type PutBack = fn(&mut Run, &[u8]) -> Result<()>;
            let put_back: [PutBack; 3] = [Run::restore, Run::branch, |run, bytes| run.seek(bytes, true)];
            for put_back in put_back {
                match put_back(&mut run, &bytes) {
                    Err(_) => assert_eq!(run.checkpoint(), before, "{header}"),
                    Ok(()) => {
                        run.advance(40);
                        run.evaluate(Part::Test);
                        assert!(run.learning_rate().is_finite(), "{header}");
                        run = fresh();
                    }
                }
            }
        }
    }
}
