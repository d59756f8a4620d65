//! The Spec document: defaults, round trip, and refusals that name path, value and range.

use serde_json::{Value, json};
use trainyard::run::Spec;

fn refusal(document: Value) -> String {
    Spec::from_json(&document).expect_err("the document should be refused").to_string()
}

#[test]
fn an_empty_document_is_the_default_experiment() {
    let spec = Spec::from_json(&json!({})).unwrap();
    let document = spec.to_json();
    assert_eq!(document["data"]["source"], "circle");
    assert_eq!(document["training"]["batchSize"], 10);
    assert_eq!(document["training"]["stop"]["maxEpochs"], 500);
    assert_eq!(document["model"]["layers"][0], json!({"type": "dense", "units": 4, "activation": "tanh"}));
}

#[test]
fn writing_and_reading_again_changes_nothing() {
    let document = json!({
        "version": 1, "seed": 4_294_967_295_u32, "engine": "cpu",
        "data": {"source": "spiral", "samples": 300, "noise": 0.1, "imbalance": 0.2, "features": ["x", "y", {"formula": "x ^ 2"}],
                 "target": "y", "task": "regression", "kinds": {"a": "ignore", "b": "category"},
                 "clean": [{"fix": "drop-rows", "rows": [3, 4]}, {"fix": "drop-missing", "column": null},
                           {"fix": "impute", "column": "a", "by": "mode"}, {"fix": "drop-duplicates"},
                           {"fix": "drop-column", "column": "b"}, {"fix": "cap", "column": "a", "low": -1.5, "high": 2.5},
                           {"fix": "merge", "column": "b", "from": ["x", "X "], "to": "x"},
                           {"fix": "relabel", "row": 5, "to": "yes"}, {"fix": "set", "row": 0, "column": "a", "to": ""},
                           {"fix": "kind", "column": "a", "to": "category"}, {"fix": "keep", "column": "a", "word": "NA"},
                           {"fix": "group", "column": "a", "most": 100, "to": "other"}],
                 "scale": "min-max", "split": {"train": 0.7, "validation": 0.1, "test": 0.2, "stratify": false}},
        "model": {"layers": [{"type": "dense", "units": 8, "activation": "relu"}], "init": {"type": "uniform", "range": 0.3}},
        "training": {"loss": "mse", "optimizer": {"type": "adam", "learningRate": 0.003, "beta1": 0.8},
                     "batchSize": 3, "shuffle": false, "stop": {"maxEpochs": null}, "l1": 0.01, "l2": 0.02}
    });
    let spec = Spec::from_json(&document).unwrap();
    assert_eq!(Spec::from_json(&spec.to_json()).unwrap(), spec);
    assert_eq!(spec.to_json()["training"]["optimizer"]["learningRate"], 0.003);
    for key in ["features", "target", "task", "kinds", "clean"] {
        assert_eq!(spec.to_json()["data"][key], document["data"][key], "{key}");
    }
    assert_eq!(spec.to_json()["training"]["stop"]["maxEpochs"], Value::Null);
}

#[test]
#[cfg(feature = "table")]
fn how_a_file_is_read_is_what_was_chosen_and_nothing_else() {
    let read = |read: Value| Spec::from_json(&json!({ "data": { "read": read } }));
    let all = json!({"encoding": "shift_jis", "format": "delimited", "sheet": "Sheet 1", "delimiter": "\t", "header": false,
                     "skip": 3, "comment": "%", "quote": "'", "escape": "backslash", "rowNames": true, "unitsRow": true,
                     "decimal": ",", "dates": "day-first"});
    let spec = read(all.clone()).unwrap();
    assert_eq!(spec.to_json()["data"]["read"], all);
    assert_eq!(Spec::from_json(&spec.to_json()).unwrap(), spec);
    let open = json!({"encoding": "auto", "format": "auto", "sheet": null, "delimiter": "auto", "header": "auto",
                      "skip": "auto", "comment": "auto", "quote": "auto", "escape": "auto", "rowNames": "auto",
                      "unitsRow": "auto", "decimal": "auto", "dates": null});
    assert_eq!(read(open).unwrap(), read(json!({})).unwrap());
    assert_eq!(read(Value::Null).unwrap().to_json()["data"].get("read"), None);
    for (document, sentence) in [
        (json!({"delimeter": ","}), "data.read.delimeter: unknown field; known are encoding, format"),
        (json!({"delimiter": "~"}), "data.read.delimiter: \"~\" is not one of auto, ,, ;"),
        (json!({"header": 1}), "data.read.header: 1 is not one of \"auto\", true, false"),
        (json!({"skip": 1_000_001}), "data.read.skip: 1000001 is outside 0…1000000"),
        (json!({"skip": "none"}), "data.read.skip: \"none\" is outside 0…1000000"),
        (json!({"comment": "x"}), "data.read.comment: \"x\" is not one of auto, none, #"),
        (json!({"sheet": 1}), "data.read.sheet: 1 is not a text"),
        (json!([]), "data.read: [] is not an object"),
    ] {
        let message = read(document).expect_err("the document should be refused").to_string();
        assert!(message.starts_with(sentence), "{message}");
    }
}

#[test]
fn a_wrong_field_is_refused_with_path_value_and_range() {
    let cases = [
        (
            json!({"model": {"layers": [{"type": "dense"}, {"type": "dense", "units": 0}]}}),
            "model.layers[1].units: 0 is outside 1…4096",
        ),
        (json!({"training": {"batchSize": 2.5}}), "training.batchSize: 2.5 is outside 1…1000000"),
        (json!({"training": {"batchsize": 2}}), "training.batchsize: unknown field"),
        (json!({"version": 2}), "version: 2 is outside 1…1"),
        (json!({"data": {"noise": "much"}}), "data.noise: \"much\" is outside 0…1"),
        (json!({"data": {"imbalance": 0.01}}), "data.imbalance: 0.01 is outside 0.05…0.5"),
        (
            json!({"data": {"imbalance": 0.2, "source": "three-spiral"}}),
            "data.imbalance: 0.2 needs a toy source of two classes",
        ),
        (json!({"data": {"source": "No name"}}), "data.source: \"No name\" is not one of line"),
        (
            json!({"data": {"split": {"train": 0.9, "test": 0.3}}}),
            "data.split: train 0.9 + validation 0 + test 0.3 is not 1",
        ),
        (
            json!({"model": {"layers": [{"type": "dense", "activation": "rleu"}]}}),
            "model.layers[0].activation: \"rleu\" is not one of tanh, relu",
        ),
        (json!({"model": {"layers": [{"units": 3}]}}), "model.layers[0].type: null is not one of dense"),
        (
            json!({"training": {"optimizer": {"type": "sgd", "beta1": 0.9}}}),
            "training.optimizer.beta1: unknown field",
        ),
        (json!({"data": []}), "data: [] is not an object"),
        (json!({"data": {"target": 3}}), "data.target: 3 is not a text"),
        (
            json!({"data": {"kinds": {"a": "text"}}}),
            "data.kinds.a: \"text\" is not one of number, category, date, ignore",
        ),
        (json!({"data": {"features": [{"formula": 1}]}}), "data.features[0].formula: 1 is not a text"),
        (json!({"data": {"features": ["x", 7]}}), "data.features[1]: 7 is neither a name nor"),
        (
            json!({"data": {"clean": {"fix": "impute"}}}),
            "data.clean: {\"fix\":\"impute\"} is not a list of fixes",
        ),
        (json!({"data": {"clean": ["drop"]}}), "data.clean[0]: \"drop\" is not an object"),
        (json!({"data": {"clean": [{"fix": "impute"}]}}), "data.clean[0].column: null is not a text"),
        (
            json!({"data": {"clean": [{"fix": "cap", "column": "a", "low": 2, "high": 1}]}}),
            "data.clean[0].low: 2 is above high, 1",
        ),
        (
            json!({"data": {"clean": [{"fix": "drop-rows", "rows": [1.5]}]}}),
            "data.clean[0].rows[0]: 1.5 is no row: a row is a whole number from 0",
        ),
        (
            json!({"data": {"clean": [{"fix": "set", "column": "a", "to": ""}]}}),
            "data.clean[0].row: null is not a row",
        ),
        (
            json!({"data": {"clean": [{"fix": "drop-duplicates", "by": 1}]}}),
            "data.clean[0].by: unknown field",
        ),
        (
            json!({"data": {"clean": [{"fix": "kind", "column": "a", "to": "text"}]}}),
            "data.clean[0].to: \"text\"",
        ),
        (
            json!({"data": {"clean": [{"fix": "group", "column": "a", "most": 0, "to": "x"}]}}),
            "data.clean[0].most: 0 is outside 1…1000",
        ),
        (json!({"seed": -1}), "seed: -1 is outside 0…4294967295"),
    ];
    for (document, expected) in cases {
        let message = refusal(document);
        assert!(message.starts_with(expected), "{message}\nshould start with\n{expected}");
    }
}

#[test]
fn a_source_that_nobody_has_is_refused_when_the_run_begins() {
    let spec = Spec::from_json(&json!({"data": {"source": "mnist9"}})).unwrap();
    let message =
        trainyard::run::Run::new(spec, None).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message.starts_with("data.source: \"mnist9\" is not one of line, sine"), "{message}");
    assert!(message.ends_with("needs its table to be given along with the Spec"), "{message}");
}

#[test]
fn long_values_are_cut_in_messages() {
    let message = refusal(json!({"data": {"source": "x".repeat(10_000)}}));
    assert!(message.len() < 400, "{message}");
}
