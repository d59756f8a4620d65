//! Runs of folds: their rows, what is fitted to which of them, and what they are worth beside scikit-learn's.

use crate::support::draw::Draw;
use serde_json::{Value, json};
use trainyard::data::csv::Reader;
use trainyard::data::seen::Seen;
use trainyard::data::{Feature, Table};
use trainyard::error::Result;
use trainyard::run::{Part, Run, Spec, Status};
use trainyard::study::{By, Folding, FoldingOptions, Scores, score_part, summarize};

fn dealt(folds: u32) -> FoldingOptions {
    FoldingOptions { folds: Some(folds), repeats: 1, seed: 7, stratify: true, by: By::Chance }
}

fn table(text: &str) -> Table {
    let mut reader = Reader::default();
    reader.push(text.as_bytes());
    reader.finish().unwrap()
}

fn of_table(spec: &Value, table: &Table, options: &FoldingOptions) -> Result<Folding> {
    let spec = Spec::from_json(spec)?;
    let seen = Seen::new(table, &spec.data.table)?;
    Folding::of_seen(spec, &seen, options)
}

/// Trains to the end.
fn finish(run: &mut Run) {
    run.advance(u64::MAX);
    assert!(matches!(run.progress().status, Status::Finished(_)), "{:?}", run.progress());
}

fn score(run: &mut Run) -> Scores {
    score_part(run, Part::Validation, 7, false).unwrap().unwrap().0
}

#[test]
fn each_row_but_those_of_the_test_set_validates_once_and_trains_in_all_other_folds() {
    for source in ["spiral", "sine"] {
        let spec = json!({ "data": { "source": source, "samples": 97, "split": { "train": 0.5, "validation": 0.2, "test": 0.3 } } });
        let whole = Run::new(Spec::from_json(&spec).unwrap(), None).unwrap();
        let folding = Folding::new(Spec::from_json(&spec).unwrap(), None, &dealt(6)).unwrap();
        let mut kept = [whole.split().train.clone(), whole.split().validation.clone()].concat();
        kept.sort_unstable();
        assert_eq!(folding.rows(), kept, "{source}: all rows but those of the test set");
        let mut counts = vec![0; kept.len()];
        for index in 0..folding.runs() {
            let run = folding.open(index).unwrap();
            let split = run.split();
            assert!(split.test.is_empty(), "no run has test rows");
            assert_eq!(run.data().rows(), kept.len(), "not even hidden ones");
            assert_eq!(split.train.len() + split.validation.len(), kept.len());
            assert_eq!(split.validation, folding.validation(index).unwrap());
            split.validation.iter().for_each(|&row| counts[row as usize] += 1);
            let width = run.data().width();
            for (place, &row) in kept.iter().enumerate() {
                let own = &run.data().inputs[place * width..][..width];
                assert_eq!(own, &whole.data().inputs[row as usize * width..][..width]);
            }
        }
        assert_eq!(counts, vec![1; kept.len()], "{source}");
        let error = folding.open(6).err().unwrap().to_string();
        assert!(error.contains("index: 6 is outside 0…5"), "{error}");
    }
}

#[test]
fn a_fold_is_the_same_run_whoever_opens_it() {
    let spec = || {
        Spec::from_json(&json!({ "data": { "samples": 80 }, "training": { "stop": { "maxEpochs": 3 } } }))
            .unwrap()
    };
    let options = FoldingOptions { repeats: 2, ..dealt(4) };
    let first = Folding::new(spec(), None, &options).unwrap();
    let (mut a, mut b) =
        (first.open(5).unwrap(), Folding::new(spec(), None, &options).unwrap().open(5).unwrap());
    finish(&mut a);
    finish(&mut b);
    assert_eq!(a.parameters(), b.parameters());
    let mut other = first.open(1).unwrap(); // the same fold of the repeat before
    finish(&mut other);
    assert_ne!(a.parameters(), other.parameters());
}

#[test]
fn whatever_is_fitted_is_fitted_to_the_training_rows_of_the_fold() {
    // A name and a gap for each row of the last block; far numbers there.
    let row = |i: usize| match i {
        0..40 => format!("{},a{},{}", i as f64 / 40.0, i % 2, i % 2),
        _ => format!(
            "{},z,{}",
            if i.is_multiple_of(3) { String::new() } else { (1e6 + i as f64).to_string() },
            i % 2
        ),
    };
    let rows: Vec<String> = (0..60).map(row).collect();
    let table = table(&format!("x,name,class\n{}\n", rows.join("\n")));
    let spec = json!({
        "data": { "source": "table", "target": "class", "task": "classification", "split": { "train": 1 },
                  "clean": [{ "fix": "impute", "column": "x", "by": "mean" }] },
        "training": { "stop": { "maxEpochs": 1 } },
    });
    let folding = of_table(&spec, &table, &FoldingOptions { by: By::Order, ..dealt(3) }).unwrap();
    let last = folding.open(2).unwrap();
    let names = last.features().iter().filter(|feature| matches!(feature, Feature::Is(..))).count();
    assert_eq!(names, 2, "the name of validation rows is no feature");
    let x = last.encoder().statistics()[0];
    let mean = (0..40).map(|i| i as f64 / 40.0).sum::<f64>() / 40.0;
    assert!((x.offset - mean).abs() <= 1e-12, "{x:?}");
    let encoded = last.encoder().transform(&last.data().inputs);
    let width = last.encoder().width();
    let filled = (40..60).filter(|i| i % 3 == 0).map(|i| encoded[i * width]);
    filled.for_each(|x| assert_eq!(x, 0.0, "a gap is the training rows' mean"));
    let first = folding.open(0).unwrap();
    assert!(first.encoder().statistics()[0].offset > 1e5, "in the first fold they train");
}

/// Mean accuracy over the folds that single groups are.
fn accuracy_by_group(text: &str, folds: u32) -> f64 {
    let spec = json!({
        "data": { "source": "table", "target": "class", "task": "classification", "split": { "train": 1 },
                  "kinds": { "group": "ignore" }, "clean": [{ "fix": "impute", "column": "x", "by": "mean" }] },
        "model": { "layers": [{ "type": "dense", "units": 4, "activation": "tanh" }] },
        "training": { "stop": { "maxEpochs": 150 }, "optimizer": { "type": "adam", "learningRate": 0.02 } },
    });
    let options = FoldingOptions { by: By::GroupColumn("group".into()), ..dealt(folds) };
    let folding = of_table(&spec, &table(text), &options).unwrap();
    let mut all = vec![];
    for index in 0..folding.runs() {
        let mut run = folding.open(index).unwrap();
        finish(&mut run);
        all.push(score(&mut run));
    }
    let mean = summarize(&all.iter().collect::<Vec<_>>());
    mean.iter().find(|one| one.name == "accuracy").unwrap().mean
}

#[test]
fn a_column_that_is_informative_through_the_validation_rows_mean_alone_gains_no_score() {
    // Each group is of one class, and all but one row of it have a gap in x. What fills gaps by the mean of the rows that
    // validate has the class; the mean of the others knows nothing of it.
    let text = |fills_by_group: bool| {
        let row = |i: usize| {
            let (group, class) = (i / 25, (i / 25) % 2);
            let x =
                if i.is_multiple_of(25) || fills_by_group { (10 * class).to_string() } else { String::new() };
            format!("{x},g{group},c{class}")
        };
        let rows: Vec<String> = (0..200).map(row).collect();
        format!("x,group,class\n{}\n", rows.join("\n"))
    };
    let honest = accuracy_by_group(&text(false), 8);
    assert!(honest <= 0.6, "{honest}");
    let leaking = accuracy_by_group(&text(true), 8);
    assert!(leaking >= 0.95, "with a leak it would be seen: {leaking}");
}

#[test]
fn whatever_stands_in_validation_rows_a_fold_learns_the_same() {
    let of = |spoilt: bool| {
        let row = |i: usize| match (spoilt, i % 20) {
            (true, 0..4) if i >= 80 => format!("{},z{i},{}", 1e9 * i as f64, i % 3),
            (true, _) if i >= 80 => format!(",z{i},{}", (i + 1) % 3),
            _ => format!("{},a{},{}", (i * 37 % 100) as f64 / 10.0, i % 4, i % 3),
        };
        let rows: Vec<String> = (0..100).map(row).collect();
        let table = table(&format!("x,name,class\n{}\n", rows.join("\n")));
        let spec = json!({
            "data": { "source": "table", "target": "class", "task": "classification", "split": { "train": 1 },
                      "kinds": { "x": "number", "name": "category" },
                      "features": ["x", "name", { "formula": "x * x" }],
                      "clean": [{ "fix": "impute", "column": "x", "by": "median" }] },
            "training": { "classWeights": "balanced", "stop": { "maxEpochs": 8, "patience": 4 } },
        });
        let folding = of_table(&spec, &table, &FoldingOptions { by: By::Order, ..dealt(5) }).unwrap();
        let mut run = folding.open(4).unwrap();
        finish(&mut run);
        (run.parameters().to_vec(), run.progress().epoch)
    };
    assert_eq!(of(false), of(true));
}

#[test]
fn a_target_mean_leaks_nothing_into_a_fold() {
    // Names that stand in one row each: what knows the validation row's own value of them would be perfect.
    let mut draw = Draw::new(22);
    let rows: Vec<String> = (0..90).map(|i| format!("n{i},{}", draw.within(1.0))).collect();
    let table = table(&format!("name,value\n{}\n", rows.join("\n")));
    let spec = json!({
        "data": { "source": "table", "target": "value", "split": { "train": 1 }, "kinds": { "name": "category" } },
        "model": { "layers": [] },
        "training": { "stop": { "maxEpochs": 200 }, "batchSize": 90, "optimizer": { "type": "adam", "learningRate": 0.05 } },
    });
    let folding = of_table(&spec, &table, &dealt(10)).unwrap();
    for index in 0..folding.runs() {
        let mut run = folding.open(index).unwrap();
        finish(&mut run);
        let Scores::Values(own) = score(&mut run) else { panic!("values") };
        assert!(own.r2 <= 0.05, "fold {index}: {own:?}");
        let Some((Scores::Values(trained), _)) = score_part(&mut run, Part::Train, 7, false).unwrap() else {
            panic!()
        };
        assert!(trained.r2 > 0.9, "the training rows are known by their names: {trained:?}");
    }
}

#[test]
fn rows_that_judge_a_fold_have_no_say_in_when_it_stops() {
    let spec = |stop: Value| {
        json!({ "data": { "samples": 200, "noise": 0.5, "split": { "train": 1 } },
                "training": { "stop": stop, "optimizer": { "type": "adam", "learningRate": 0.05 } } })
    };
    let open = |stop: Value, index| {
        Folding::new(Spec::from_json(&spec(stop)).unwrap(), None, &dealt(5)).unwrap().open(index).unwrap()
    };
    let plain = open(json!({ "maxEpochs": 5 }), 0);
    assert_eq!((plain.split().train.len(), plain.split().validation.len()), (160, 40));
    for stop in [
        json!({ "maxEpochs": 400, "patience": 3 }),
        json!({ "maxEpochs": 5, "restoreBest": true }),
        json!({ "maxEpochs": 5, "goal": { "metric": "testAccuracy", "value": 0.999 } }),
        json!({ "maxEpochs": 5, "goal": { "metric": "testLoss", "value": 1e-6 } }),
    ] {
        let mut run = open(stop.clone(), 0);
        assert_eq!(run.split().train.len(), 144, "{stop}: a tenth is set aside");
        assert_eq!(run.split().validation, plain.split().validation, "{stop}");
        finish(&mut run);
        // What it watched is neither the loss of validation rows nor of training rows at that time.
        if let Some(best) = run.best().filter(|_| stop["restoreBest"] == true) {
            let of = |run: &mut Run, part| run.evaluate(part).unwrap().loss;
            let (held, trained) = (of(&mut run, Part::Validation), of(&mut run, Part::Train));
            assert!(best.loss != held && best.loss != trained, "{best:?}, {held}, {trained}");
        }
    }
    let training_goal =
        open(json!({ "maxEpochs": 5, "goal": { "metric": "trainingLoss", "value": 1e-6 } }), 0);
    assert_eq!(training_goal.split().train.len(), 160, "a goal of training rows sets none aside");
    let shares = json!({ "data": { "samples": 200, "split": { "train": 0.75, "validation": 0.25 } },
                         "training": { "stop": { "maxEpochs": 5, "patience": 3 } } });
    let run = Folding::new(Spec::from_json(&shares).unwrap(), None, &dealt(5)).unwrap().open(0).unwrap();
    assert_eq!(run.split().train.len(), 120, "as large a share as the Spec's validation rows");
}

#[test]
fn the_curve_of_a_fold_shows_its_validation_rows() {
    let spec = json!({ "data": { "samples": 60 }, "training": { "stop": { "maxEpochs": 4 } } });
    let mut run = Folding::new(Spec::from_json(&spec).unwrap(), None, &dealt(4)).unwrap().open(2).unwrap();
    run.record(100);
    finish(&mut run);
    let held = run.evaluate(Part::Validation).unwrap().loss;
    assert_eq!(run.curve().len(), 5);
    assert_eq!(run.curve()[4].validation, Some(held));
    assert!(run.curve()[4].test.is_nan());
}

#[test]
fn leave_one_out_groups_and_blocks_by_a_column() {
    let rows: Vec<String> =
        (0..30).map(|i| format!("{},site{},2020-01-{:02},{}", i % 7, i % 5, 30 - i, i % 2)).collect();
    let table = table(&format!("x,site,day,y\n{}\n", rows.join("\n")));
    let spec = json!({ "data": { "source": "table", "target": "y", "task": "classification", "split": { "train": 1 },
                                 "kinds": { "site": "ignore", "day": "ignore" } },
                       "training": { "stop": { "maxEpochs": 1 } } });
    let with = |options: FoldingOptions| of_table(&spec, &table, &options);
    let each = with(FoldingOptions { folds: None, ..dealt(2) }).unwrap();
    assert_eq!((each.runs(), each.folds()), (30, 30));
    assert_eq!(each.validation(4).unwrap().len(), 1);
    let sites = with(FoldingOptions { by: By::GroupColumn("site".into()), ..dealt(5) }).unwrap();
    for index in 0..5 {
        let held = sites.validation(index).unwrap();
        assert_eq!(held.len(), 6);
        assert!(held.iter().all(|row| row % 5 == held[0] % 5), "one site each: {held:?}");
    }
    let days = with(FoldingOptions { by: By::TimeColumn("day".into()), ..dealt(3) }).unwrap();
    assert_eq!(days.validation(0).unwrap(), (20..30).collect::<Vec<_>>(), "the earliest days come first");
    let said = |by: By| with(FoldingOptions { by, ..dealt(3) }).err().unwrap().to_string();
    assert!(said(By::GroupColumn("plot".into())).contains("groups: \"plot\" is not a column"));
    assert!(said(By::TimeColumn("site".into())).contains("times: \"site\" holds names"));
    assert!(said(By::Groups(vec![1])).contains("groups holds 1 numbers for 30 rows"));
}

#[test]
fn an_experiment_without_an_end_is_refused() {
    let of = |stop: Value| {
        let spec =
            Spec::from_json(&json!({ "data": { "samples": 40 }, "training": { "stop": stop } })).unwrap();
        Folding::new(spec, None, &dealt(4)).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(
        of(json!({ "maxEpochs": null })).contains("training.stop.maxEpochs: is null, and folds have to end")
    );
    assert_eq!(of(json!({ "maxEpochs": null, "patience": 5 })), "");
    assert_eq!(of(json!({ "maxEpochs": 1 })), "");
}

#[test]
fn scores_of_linear_models_are_scikit_learns_fold_by_fold() {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read_to_string(format!("{root}/tests/golden/validation.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    for set in golden["sets"].as_array().unwrap() {
        let name = set["name"].as_str().unwrap();
        let table = table(&std::fs::read_to_string(format!("{root}/www/data/{name}.csv")).unwrap());
        let l2 = set["l2"].as_f64();
        let kinds = if name == "diabetes" { json!({ "sex": "number" }) } else { json!({}) };
        let spec = json!({
            "data": { "source": "table", "kinds": kinds, "split": { "train": 1 },
                      "task": if l2.is_some() { "classification" } else { "regression" } },
            "model": { "layers": [] },
            "training": { "l2": l2.unwrap_or(0.0), "batchSize": 1024, "stop": { "maxEpochs": if l2.is_some() { 1500 } else { 6000 } },
                          "optimizer": { "type": "sgd", "learningRate": if l2.is_some() { 0.2 } else { 0.1 }, "momentum": 0.95 } },
        });
        let times: Vec<f64> = (0..table.rows()).map(|i| (i * 7919 % 10_007) as f64).collect();
        let folding = of_table(&spec, &table, &FoldingOptions { by: By::Times(times), ..dealt(10) }).unwrap();
        for (index, want) in set["folds"].as_array().unwrap().iter().enumerate() {
            let mut run = folding.open(index as u32).unwrap();
            finish(&mut run);
            let own = score(&mut run);
            for (key, got) in trainyard::study::summary::named(&own) {
                let Some(want) = want[key].as_f64() else { continue };
                let got =
                    if key == "r2" || l2.is_some() { got } else { got / set["deviation"].as_f64().unwrap() };
                assert!((got - want).abs() <= 1e-3, "{name}, fold {index}: {key} is {got}, want {want}");
            }
        }
    }
}
