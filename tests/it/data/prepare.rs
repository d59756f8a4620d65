//! From table to run: names, gaps and targets; what test rows can't do; errors in the target's own unit.

use serde_json::{Value, json};
use trainyard::data::csv::Reader;
use trainyard::data::prepare::prepare;
use trainyard::data::table_spec::{CleaningStep, ImputeWith, TaskChoice};
use trainyard::data::{Encoder, Feature, Kind, Scale, Table, TableSpec, Task, split};
use trainyard::run::{Part, Run, Spec};

fn read(text: &str) -> Table {
    Reader::read(text.as_bytes()).unwrap()
}

/// Rows of a number, a color and a price that follows from both.
fn prices(rows: usize) -> String {
    let row = |i: usize| {
        let (size, color) = (i * 7 % 23, ["red", "green", "blue"][i % 3]);
        format!("{size},{color},{}\n", 1000 + 50 * size + 200 * (i % 3))
    };
    "size,color,price\n".to_owned() + &(0..rows).map(row).collect::<String>()
}

fn impute(column: &str, by: ImputeWith) -> CleaningStep {
    CleaningStep::Impute { column: column.into(), by }
}

#[test]
fn names_become_indices_and_gaps_become_nan() {
    let table = read("size,color,label\n1,red,yes\n,blue,no\n3,,yes\n4,red,no\n5,green,yes\n");
    let clean = vec![impute("size", ImputeWith::Median), impute("color", ImputeWith::Mode)];
    let (data, _) = prepare(&table, &TableSpec { clean, ..TableSpec::default() }).unwrap();
    assert_eq!(data.task, Task::Classification { classes: 2 });
    assert_eq!(
        (data.columns.as_slice(), data.targets.as_slice()),
        (&["size".to_owned(), "color".into()][..], &[1.0, 0.0, 1.0, 0.0, 1.0][..])
    );
    let inputs: Vec<Option<f64>> = data.inputs.iter().map(|&x| (!x.is_nan()).then_some(x)).collect();
    let (some, none) = (Some::<f64>, None);
    assert_eq!(
        inputs,
        [some(1.0), some(2.0), none, some(0.0), some(3.0), none, some(4.0), some(2.0), some(5.0), some(1.0)]
    );
    assert_eq!(data.categories(1), ["blue", "green", "red"]);
    // Green is not among the training rows: it is no color at all.
    let encoder = Encoder::fit(&data, &[], Scale::None, &[0, 1, 2, 3]);
    assert_eq!(encoder.features(), [Feature::Column(0), Feature::Is(1, 0), Feature::Is(1, 2)]);
    assert_eq!(encoder.features()[2].label(&data), "color = red");
    let encoded = encoder.transform(&data.inputs);
    let rows: Vec<&[f32]> = encoded.chunks(3).collect();
    assert_eq!(rows, [[1.0, 0.0, 1.0], [3.0, 1.0, 0.0], [3.0, 0.0, 1.0], [4.0, 0.0, 1.0], [5.0, 0.0, 0.0]]);
}

#[test]
fn a_number_of_two_spellings_is_one_name() {
    let mut text = "x,side,label\n".to_owned();
    let spellings =
        [("-1", "a"), ("-0", "b"), ("0", "b"), ("0.0", "b"), ("1", "c"), ("1.0", "c"), ("+1", "c")];
    (0..70).for_each(|i| text += &format!("{},{},{}\n", i % 9, spellings[i % 7].0, spellings[(i + 1) % 7].0));
    let kinds = [("side".to_owned(), Kind::Category)].into();
    let (data, report) =
        prepare(&read(&text), &TableSpec { kinds, task: TaskChoice::Classification, ..TableSpec::default() })
            .unwrap();
    assert_eq!((report.rows_out, data.task), (70, Task::Classification { classes: 3 }));
    let index = |spelling: usize| (spellings[spelling].1.as_bytes()[0] - b'a') as f64;
    for i in 0..70 {
        assert_eq!((data.inputs[2 * i + 1], data.targets[i]), (index(i % 7), index((i + 1) % 7)), "row {i}");
    }
}

#[test]
fn the_encoder_cannot_see_test_rows() {
    let text = prices(200);
    let clean = vec![impute("size", ImputeWith::Mean), impute("color", ImputeWith::Mode)];
    let spec = TableSpec { clean, ..TableSpec::default() };
    let (data, _) = prepare(&read(&text), &spec).unwrap();
    let shares = trainyard::data::SplitSpec { train: 0.7, validation: 0.0, test: 0.3, stratify: true };
    let split = split(&data, &shares, 3).unwrap();
    // Every test row gets other numbers, a gap, a known color and another price.
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (place, &row) in split.test.iter().enumerate() {
        let size = if place % 2 == 0 { "" } else { "123456" };
        lines[1 + row as usize] = format!("{size},blue,{}", 9_000_000 + place);
    }
    let (changed, _) = prepare(&read(&lines.join("\n")), &spec).unwrap();
    assert_ne!(data.inputs, changed.inputs);
    for scale in [Scale::None, Scale::Standard, Scale::MinMax] {
        let fitted = Encoder::fit(&data, &[], scale, &split.train);
        assert_eq!(fitted, Encoder::fit(&changed, &[], scale, &split.train), "{scale:?}");
        assert!(fitted.target().is_some());
    }
}

fn run(spec: Value, table: &Table) -> Run {
    Run::of_table(Spec::from_json(&spec).unwrap(), table).unwrap()
}

#[test]
fn errors_come_in_the_targets_own_unit() {
    let table = read(&prices(300));
    let training = json!({"optimizer": {"type": "adam", "learningRate": 0.02}, "stop": {"maxEpochs": 200}});
    let model = json!({"layers": [{"type": "dense", "units": 8, "activation": "tanh"}]});
    let mut run = run(json!({"data": {"source": "table"}, "model": model, "training": training}), &table);
    let start = run.evaluate(Part::Test).unwrap();
    assert!(start.mae.unwrap() > 100.0, "{start:?}");
    run.advance(u64::MAX);
    let metrics = run.evaluate(Part::Test).unwrap();
    let (mae, rmse) = (metrics.mae.unwrap(), metrics.rmse.unwrap());
    assert!(mae < 20.0 && rmse < 30.0 && mae <= rmse && metrics.loss < 0.01, "{metrics:?}");
    // Prices follow from size and color: blue is 0, green 1, red 2.
    let predicted = run.predict(&[10.0, 2.0, 10.0, 1.0]).unwrap();
    assert!((predicted[0] - 1500.0).abs() < 60.0 && (predicted[1] - 1700.0).abs() < 60.0, "{predicted:?}");
    let by_hand: f64 = {
        let test = run.split().test.clone();
        let rows: Vec<f64> =
            test.iter().flat_map(|&row| run.data().inputs[2 * row as usize..][..2].to_vec()).collect();
        let predicted = run.predict(&rows).unwrap();
        let error = |(i, &row): (usize, &u32)| (predicted[i] - run.data().targets[row as usize]).abs();
        test.iter().enumerate().map(error).sum::<f64>() / test.len() as f64
    };
    assert!((by_hand - mae).abs() < 1e-3 * mae, "{by_hand} {mae}");
    let saved = run.checkpoint();
    run.advance(10);
    run.restore(&saved).unwrap();
    assert_eq!(run.evaluate(Part::Test).unwrap(), metrics);
}

#[test]
fn a_checkpoint_goes_on_with_the_same_rows_however_they_were_read() {
    let table = read(&prices(60));
    let mut first = run(json!({"data": {"source": "table", "read": {"delimiter": ";"}}}), &table);
    first.advance(20);
    let saved = first.checkpoint();
    let mut again =
        run(json!({"data": {"source": "table", "read": {"delimiter": ",", "header": true}}}), &table);
    again.restore(&saved).unwrap();
    assert_eq!(again.parameters(), first.parameters());
    let mut others = run(json!({"data": {"source": "table"}}), &read(&prices(59)));
    assert!(others.restore(&saved).is_err(), "other rows are another experiment");
    let mut wider = run(json!({"data": {"source": "table", "scale": "min-max"}}), &table);
    assert!(wider.restore(&saved).is_err());
}

#[test]
fn a_table_with_gaps_is_learned() {
    let row = |i: usize| {
        let (x, y) = ((i * 37 % 101) as f64 / 10.0, (i * 53 % 97) as f64 / 10.0);
        let x_text = if i.is_multiple_of(9) { "NA".into() } else { x.to_string() };
        format!("{x_text};{y};{}\n", if x + y > 9.5 { "above" } else { "below" })
    };
    let text = "x;y;side\n".to_owned() + &(0..300).map(row).collect::<String>();
    let table = read(&text);
    let clean = json!([{"fix": "impute", "column": "x", "by": "mean"}]);
    let training = json!({"optimizer": {"type": "adam", "learningRate": 0.02}, "stop": {"maxEpochs": 100}});
    let spec = json!({"data": {"source": "table", "target": "side", "clean": clean, "features": ["x", "y", {"formula": "x + y"}]},
                      "training": training});
    let mut run = run(spec, &table);
    assert_eq!((run.data().rows(), run.features().len()), (300, 3));
    run.advance(u64::MAX);
    let metrics = run.evaluate(Part::Test).unwrap();
    assert!(metrics.accuracy.unwrap() > 0.85, "{metrics:?}");
    assert!(run.predict(&[f64::NAN, 9.9]).unwrap()[0].is_finite(), "a gap is stood in for");
}

#[test]
fn sources_and_features_that_do_not_fit_are_refused() {
    let table = read("x,color,label\n1,red,a\n2,blue,b\n0,red,a\n3,blue,b\n2,red,a\n5,blue,b\n");
    let refused = |spec: Value| {
        let spec = Spec::from_json(&spec).unwrap();
        Run::of_table(spec, &table).err().expect("refused").to_string()
    };
    assert!(refused(json!({})).starts_with("data.source: a table was given"));
    let missing = Run::new(Spec::from_json(&json!({"data": {"source": "table"}})).unwrap(), None);
    assert!(missing.err().unwrap().to_string().starts_with("data.source: needs its table"));
    let features = |list: Value| json!({"data": {"source": "table", "features": list, "kinds": {"color": "category", "x": "number"}}});
    assert!(
        refused(features(json!(["x", "xcolor"]))).contains("data.features[1]: column \"color\" holds names")
    );
    assert!(
        refused(features(json!([{"formula": "color + 1"}])))
            .contains("data.features[0]: column \"color\" holds names")
    );
    assert!(
        refused(features(json!([{"formula": "x +"}])))
            .starts_with("data.features[0]: \"x +\" ends too early")
    );
    assert_eq!(refused(features(json!([{"formula": "1 / x"}]))), "\"1 / x\" is not a finite number in row 3");
}

#[test]
fn kinds_can_be_overridden() {
    let rows: String = (0..40).map(|i| format!("{},{},{}\n", i + 1, i % 4, i % 2)).collect();
    let table = read(&("row,code,y\n".to_owned() + &rows));
    let (plain, _) = prepare(&table, &TableSpec::default()).unwrap();
    assert_eq!(plain.columns, ["code"]);
    let kinds = [("row".to_owned(), Kind::Number), ("code".to_owned(), Kind::Category)].into();
    let (data, _) = prepare(&table, &TableSpec { kinds, ..TableSpec::default() }).unwrap();
    assert_eq!((data.columns.len(), data.categories(1).len()), (2, 4));
    assert_eq!(data.task, Task::Classification { classes: 2 });
}
