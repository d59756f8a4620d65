//! Varied training images: what they are, and that no other row is ever one.

use crate::support::runs::of_rows;
use serde_json::{Value, json};
use trainyard::data::{Augmentation, Dataset, Variants};
use trainyard::error::Result;
use trainyard::run::{Part, Run, Spec};
use trainyard::study::{By, Folding, FoldingOptions};

const SIDES: [usize; 2] = [6, 5];
const SIZE: usize = SIDES[0] * SIDES[1];
const ALL: Augmentation = Augmentation { shift: 0.2, rotate: 20.0, scale: 0.2, noise: 0.1 };

/// Images with a bright spot each, of classes by where it is.
fn images(rows: usize) -> (Vec<f32>, Vec<f32>) {
    let pixel = |row: usize, at: usize| {
        if at == (row * 7) % SIZE { 1.0 } else { ((row * 31 + at * 17) % 10) as f32 / 40.0 }
    };
    let inputs = (0..rows * SIZE).map(|i| pixel(i / SIZE, i % SIZE)).collect();
    (inputs, (0..rows).map(|row| (row % 3) as f32).collect())
}

fn document(augment: &Value) -> Value {
    json!({
        "data": {"source": "rows", "scale": "standard", "split": {"train": 0.6, "validation": 0.2}, "augment": augment},
        "model": {"layers": [{"type": "conv2d", "filters": 2, "kernel": 3, "activation": "relu"}, {"type": "flatten"}]},
        "training": {"batchSize": 7, "optimizer": {"type": "adam"}, "stop": {"maxEpochs": 6}}
    })
}

fn open(augment: &Value) -> Run {
    let (inputs, targets) = images(50);
    of_rows(&document(augment), inputs, targets, vec![1, SIDES[0], SIDES[1]], Some(3)).unwrap()
}

fn all() -> Value {
    json!({"shift": 0.2, "rotate": 20, "scale": 0.2, "noise": 0.1})
}

/// One image of one channel, varied.
fn varied(how: Augmentation, image: &[f32], shape: [usize; 3], row: u32) -> Vec<f32> {
    let variants = Variants::new(how, shape, image, &[0], 7);
    let mut to = vec![f32::NAN; image.len()];
    variants.vary(image, variants.key(3), row, &mut to);
    to
}

#[test]
fn a_spec_says_how_and_what_is_out_of_range_is_refused() {
    let read = |augment: Value| -> Result<Spec> { Spec::from_json(&document(&augment)) };
    let spec = read(all()).unwrap();
    assert_eq!(spec.data.augment, ALL);
    assert_eq!(Spec::from_json(&spec.to_json()).unwrap(), spec);
    assert!(read(json!({})).unwrap().to_json()["data"].get("augment").is_none(), "as documents were before");
    for (field, value, range) in [
        ("shift", 0.6, "0…0.5"),
        ("rotate", 180.5, "0…180"),
        ("scale", 0.6, "0…0.5"),
        ("noise", -0.1, "0…0.5"),
    ] {
        let error = read(json!({field: value})).unwrap_err().to_string();
        assert_eq!(error, format!("data.augment.{field}: {value} is outside {range}"));
    }
    let toy = Spec::from_json(&json!({"data": {"augment": {"shift": 0.1}}})).unwrap();
    let error = Run::new(toy, None).err().unwrap().to_string();
    assert!(error.starts_with("data.augment: varies images"), "{error}");
}

#[test]
fn without_strength_images_and_runs_are_what_they_were() {
    let (image, _) = images(1);
    let same = varied(Augmentation::default(), &image, [1, SIDES[0], SIDES[1]], 5);
    assert_eq!(same, image);
    let mut plain = open(&Value::Null);
    let mut zero = open(&json!({"shift": 0, "noise": 0}));
    plain.advance(u64::MAX);
    zero.advance(u64::MAX);
    assert_eq!(plain.parameters(), zero.parameters());
    let mut moved = open(&json!({"shift": 0.2}));
    moved.advance(u64::MAX);
    assert_ne!(plain.parameters(), moved.parameters());
}

#[test]
fn each_kind_does_what_it_is_called() {
    const SIDE: usize = 21;
    let shape = [1, SIDE, SIDE];
    let none = Augmentation::default();
    let disc = |x: f32, y: f32, radius: f32| -> Vec<f32> {
        let ink =
            |at: usize| ((at % SIDE) as f32 - x).powi(2) + ((at / SIDE) as f32 - y).powi(2) < radius * radius;
        (0..SIDE * SIDE).map(|at| f32::from(u8::from(ink(at)))).collect()
    };
    let middle = |image: &[f32]| {
        let ink: f32 = image.iter().sum();
        let mean = |of: fn(usize) -> usize| {
            image.iter().enumerate().map(|(at, x)| x * of(at) as f32).sum::<f32>() / ink
        };
        [mean(|at| at % SIDE), mean(|at| at / SIDE)]
    };
    let ink = |image: &[f32]| image.iter().sum::<f32>();
    let mut farthest = [0.0_f32; 4];
    for row in 0..200 {
        let at = disc(10.0, 10.0, 3.5);
        let shifted = varied(Augmentation { shift: 0.2, ..none }, &at, shape, row);
        assert!((ink(&shifted) - ink(&at)).abs() < 0.5, "a shift keeps what there is");
        for (far, place) in farthest.iter_mut().zip(middle(&shifted)) {
            *far = far.max((place - 10.0).abs());
        }
        let scaled = varied(Augmentation { scale: 0.3, ..none }, &at, shape, row);
        let [x, y] = middle(&scaled);
        assert!((x - 10.0).abs() < 0.1 && (y - 10.0).abs() < 0.1, "it grows about the middle: {x}, {y}");
        farthest[2] = farthest[2].max((ink(&scaled) / ink(&at) - 1.0).abs());
        // Where a disc beside the middle goes, seen from there.
        let turned = varied(Augmentation { rotate: 30.0, ..none }, &disc(15.0, 10.0, 2.5), shape, row);
        let [x, y] = middle(&turned);
        let (x, y) = (x - 10.0, y - 10.0);
        assert!((x.hypot(y) - 5.0).abs() < 0.2, "a turn keeps the distance: {x}, {y}");
        farthest[3] = farthest[3].max(y.atan2(x).to_degrees().abs());
    }
    // 0.2 of 21 pixels; (1.3)² of the ink; 30 degrees: of 200 draws some come near, and none goes beyond.
    let limits = [4.2, 4.2, 0.69, 30.0];
    for (far, limit) in farthest.iter().zip(limits) {
        assert!((0.9 * limit..1.04 * limit).contains(far), "{farthest:?} of {limits:?}");
    }
}

#[test]
fn noise_has_its_strength_and_stays_within_the_range() {
    let image: Vec<f32> = (0..2 * 40 * 40).map(|at| if at < 1600 { 0.5 } else { 5.0 }).collect();
    let ends: Vec<f32> =
        (0..2 * 40 * 40).map(|at| [0.0, 1.0, 0.0, 10.0][at % 2 + 2 * usize::from(at >= 1600)]).collect();
    let both = [image.clone(), ends].concat();
    let how = Augmentation { noise: 0.1, ..Augmentation::default() };
    let variants = Variants::new(how, [2, 40, 40], &both, &[0, 1], 7);
    let mut to = vec![f32::NAN; image.len()];
    variants.vary(&image, variants.key(0), 0, &mut to);
    for (channel, range) in [(0, 1.0), (1, 10.0)] {
        let noise: Vec<f64> = (0..1600)
            .map(|at| f64::from(to[channel * 1600 + at] - image[channel * 1600 + at]) / range)
            .collect();
        let mean = noise.iter().sum::<f64>() / 1600.0;
        let deviation = (noise.iter().map(|x| x * x).sum::<f64>() / 1600.0).sqrt();
        assert!(mean.abs() < 0.01 && (deviation - 0.1).abs() < 0.01, "{channel}: {mean}, {deviation}");
    }
    let strong = Augmentation { noise: 0.5, ..how };
    let variants = Variants::new(strong, [2, 40, 40], &both, &[0, 1], 7);
    variants.vary(&image, variants.key(0), 0, &mut to);
    assert!(to[..1600].iter().all(|x| (0.0..=1.0).contains(x)) && to[1600..].contains(&10.0));
}

#[test]
fn every_channel_of_an_image_moves_alike() {
    let (image, _) = images(1);
    let one = varied(Augmentation { noise: 0.0, ..ALL }, &image, [1, SIDES[0], SIDES[1]], 9);
    let two = varied(Augmentation { noise: 0.0, ..ALL }, &image.repeat(2), [2, SIDES[0], SIDES[1]], 9);
    assert_eq!(two, one.repeat(2));
    assert_ne!(one, image);
}

#[test]
fn a_step_takes_what_is_shown_of_its_epoch_and_each_epoch_is_another() {
    let mut run = open(&all());
    let [offset, spread] = {
        let statistic = run.encoder().statistics()[0];
        [statistic.offset, statistic.spread]
    };
    for step in [0, 3, 5, 9] {
        run.advance(step - run.progress().step);
        let look = run.look();
        let epoch = run.progress().epoch;
        for (place, &row) in look.rows.iter().enumerate() {
            let shown = run.variants(row, epoch..epoch + 1).unwrap();
            assert_eq!(shown.len(), SIZE);
            for (at, &value) in shown.iter().enumerate() {
                let seen = f64::from(look.update.inputs[at * look.rows.len() + place]) * spread + offset;
                assert_eq!(value, seen, "row {row}, pixel {at}");
            }
        }
    }
    let row = run.split().train[0];
    let three = run.variants(row, 0..3).unwrap();
    assert_ne!(three[..SIZE], three[SIZE..2 * SIZE]);
    assert_eq!(three[SIZE..], run.variants(row, 1..3).unwrap());
    let other = run.split().train[1];
    assert_ne!(three, run.variants(other, 0..3).unwrap());
}

#[test]
fn rows_that_are_no_training_rows_are_never_varied() {
    let run = open(&all());
    let plain = open(&Value::Null);
    for part in [&run.split().validation, &run.split().test] {
        let error = run.variants(part[0], 0..1).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("row {} is no training row: only those are varied (rows count from 0)", part[0])
        );
    }
    assert_eq!(run.split(), plain.split());
    // The same weights say the same of all parts: what is measured is images as they are.
    let [mut run, mut plain] = [run, plain];
    for part in Part::ALL {
        assert_eq!(run.evaluate(part), plain.evaluate(part));
        assert_eq!(run.gradient(part), plain.gradient(part));
    }
    run.advance(20);
    plain.set_parameters(run.parameters()).unwrap();
    for part in Part::ALL {
        assert_eq!(run.evaluate(part), plain.evaluate(part));
    }
}

#[test]
fn a_run_is_the_same_however_it_is_sliced_gone_back_in_or_saved() {
    let (mut whole, mut sliced) = (open(&all()), open(&all()));
    whole.record(10);
    sliced.record(10);
    whole.advance(u64::MAX);
    for steps in [1, 2, 5, 1] {
        sliced.advance(steps);
    }
    let moment = sliced.moment();
    sliced.advance(8);
    sliced.seek(&moment, false).unwrap();
    sliced.look();
    sliced.advance(3);
    let mut restored = open(&all());
    restored.restore(&sliced.checkpoint()).unwrap();
    for run in [&mut sliced, &mut restored] {
        run.advance(u64::MAX);
        assert_eq!(run.parameters(), whole.parameters());
        assert_eq!(run.progress(), whole.progress());
        assert_eq!(run.curve(), whole.curve());
    }
    let error = open(&json!({"shift": 0.1})).restore(&whole.checkpoint()).unwrap_err().to_string();
    assert!(error.contains("another data"), "{error}");
}

#[test]
fn a_fold_varies_what_it_learns_from_and_nothing_that_judges_it() {
    let (inputs, targets) = images(50);
    let data = Dataset::from_rows(inputs, targets, vec![1, SIDES[0], SIDES[1]], Some(3)).unwrap();
    let options = FoldingOptions { folds: Some(4), repeats: 1, seed: 7, stratify: true, by: By::Chance };
    let folding = |augment: &Value| {
        Folding::new(Spec::from_json(&document(augment)).unwrap(), Some(data.clone()), &options).unwrap()
    };
    let (varied, plain) = (folding(&all()), folding(&Value::Null));
    for index in 0..4 {
        let (mut run, mut other) = (varied.open(index).unwrap(), plain.open(index).unwrap());
        assert_eq!(run.split(), other.split());
        assert!(run.variants(run.split().train[0], 0..1).is_ok());
        assert!(run.split().validation.iter().all(|&row| run.variants(row, 0..1).is_err()));
        run.advance(20);
        other.advance(20);
        assert_ne!(run.parameters(), other.parameters(), "it learns from varied images");
        other.set_parameters(run.parameters()).unwrap();
        assert_eq!(run.evaluate(Part::Validation), other.evaluate(Part::Validation));
    }
}
