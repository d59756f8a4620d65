//! The schemas that editors and the page have: as the core's tables say, and as the core judges.

use crate::support::typescript;
use serde_json::{Map, Value, json};
use std::path::Path;
use trainyard::data::cell::{MISSING, MISSING_AMONG_NUMBERS};
use trainyard::nn::{Activation, Loss};
use trainyard::run::{Spec, json_schema, page_schema};
use trainyard::train::Optimizer;

/// Compares a generated file with what it should hold; `UPDATE_SCHEMA=1` writes it.
fn is_up_to_date(file: &str, wanted: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        let text = serde_json::to_string_pretty(wanted).unwrap() + "\n";
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let found: Value = serde_json::from_str(&found).unwrap_or_default();
    assert!(found == *wanted, "{file} is stale: run UPDATE_SCHEMA=1 cargo test --features gpu,table schema");
}

#[test]
fn the_files_that_page_and_editors_have_are_up_to_date() {
    is_up_to_date("www/settings/schema.json", &page_schema());
    is_up_to_date("www/schema.json", &json_schema());
    let words = json!({"always": MISSING.to_vec(), "amongNumbers": MISSING_AMONG_NUMBERS.to_vec()});
    is_up_to_date("www/features/data/missing.json", &words);
    is_up_to_date("www/features/microscope/formulas.json", &formulas());
}

/// What the page writes of activations, losses and optimizers.
fn formulas() -> Value {
    let activation = |(name, activation): (&str, Activation)| {
        let (symbol, value, slope) = activation.formulas();
        (name.to_owned(), json!({ "symbol": symbol, "value": value, "slope": slope }))
    };
    let adam = |weight_decay| Optimizer::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay };
    let sgd = |momentum, nesterov| Optimizer::Sgd { momentum, nesterov };
    let rules = [
        ("sgd", sgd(0.0, false)),
        ("momentum", sgd(0.9, false)),
        ("nesterov", sgd(0.9, true)),
        ("adagrad", Optimizer::Adagrad { epsilon: 1e-10 }),
        ("rmsprop", Optimizer::Rmsprop { alpha: 0.99, epsilon: 1e-8 }),
        ("adam", adam(0.0)),
        ("adamw", adam(0.01)),
    ];
    json!({
        "activations": Activation::ALL.map(activation).into_iter().collect::<Map<_, _>>(),
        "losses": Loss::FORMULAS.map(|(_, name, lines)| (name.to_owned(), json!(lines))).into_iter().collect::<Map<_, _>>(),
        "optimizers": rules.map(|(name, rule)| (name.to_owned(), json!(rule.rule()))).into_iter().collect::<Map<_, _>>(),
        "symbols": Optimizer::SYMBOLS.map(|(symbol, name)| (symbol.to_owned(), json!(name))).into_iter().collect::<Map<_, _>>(),
    })
}

#[test]
fn the_types_of_documents_are_up_to_date() {
    let names = [
        ("spec", "Spec", "The experiment, see the README. Absent fields and null take their defaults."),
        ("layer", "LayerSpec", "A layer of `model.layers`."),
        (
            "cleaningStep",
            "CleaningStep",
            "A change to a table; rows as numbered when it was loaded, from 0. Sentences and the page count them from 1.",
        ),
    ];
    let wanted = typescript::types(&json_schema(), &names);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/spec.d.ts");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "src/web/spec.d.ts is stale: run UPDATE_SCHEMA=1 cargo test --features gpu,table schema"
    );
}

/// A document with one value at a path, and what the objects on the way need besides.
fn document(path: &str, variant: Option<&str>, value: &Value) -> Value {
    let steps: Vec<&str> = path.split('.').collect();
    let mut document = value.clone();
    for (depth, step) in steps.iter().enumerate().rev() {
        document = json!({ *step: document });
        let tag = match steps[..depth].join(".").as_str() {
            "training.optimizer" | "training.schedule" => "type",
            "training.stop.goal" => "metric",
            "model.init" => "type",
            _ => continue,
        };
        if let (Some(variant), true) = (variant, *step != tag) {
            document[tag] = variant.into();
        }
    }
    match path {
        "training.optimizer.nesterov" => document["training"]["optimizer"]["momentum"] = json!(0.5),
        "data.split.train" => {
            document["data"]["split"]["validation"] = json!(1.0 - value.as_f64().unwrap_or(0.0).min(1.0))
        }
        "data.split.validation" => {
            document["data"]["split"]["train"] = json!(1.0 - value.as_f64().unwrap_or(0.0))
        }
        "data.split.test" => document["data"]["split"]["train"] = json!(1.0 - value.as_f64().unwrap_or(0.0)),
        _ => {}
    }
    document
}

/// The value at a path.
fn at(document: &Value, path: &str) -> Value {
    path.split('.').fold(document.clone(), |value, step| value[step].clone())
}

/// Which variants of the object around a field have it.
fn variants(fields: &Value, path: &str) -> Vec<Option<String>> {
    let around = path.rsplit_once('.').map_or("", |(around, _)| around);
    let tag = match around {
        "training.optimizer" | "training.schedule" => "type",
        "training.stop.goal" => "metric",
        "model.init" => return vec![Some("uniform".into())],
        _ => return vec![None],
    };
    let names = fields[format!("{around}.{tag}")][1].as_array().unwrap();
    names.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Documents whose field isn't known in a variant say so; all others must judge as the table does.
fn judges(path: &str, variants: &[Option<String>], value: Value, is_good: bool) {
    let mut told = 0;
    for variant in variants {
        let document = document(path, variant.as_deref(), &value);
        match Spec::from_json(&document) {
            Err(error) if error.to_string().contains("unknown field") => continue,
            Ok(spec) => {
                assert!(is_good, "{document} is accepted");
                let written = at(&spec.to_json(), path);
                let is_same = written == value
                    || written.as_f64().is_some_and(|written| Some(written) == value.as_f64());
                // What older documents lack is left out at its default.
                let is_left_out = written.is_null()
                    && [
                        "data.corrupt.",
                        "training.l1Rule",
                        "training.optimizer.weightDecay",
                        "training.schedule.warmUp.",
                    ]
                    .iter()
                    .any(|own| path.starts_with(own));
                assert!(is_same || is_left_out, "{path}: {value} is written as {written}");
            }
            Err(error) => assert!(!is_good, "{document}: {error}"),
        }
        told += 1;
    }
    assert!(told > 0, "no variant knows {path}");
}

#[test]
fn the_core_accepts_both_ends_of_each_range_and_nothing_beyond() {
    let page = page_schema();
    let (mut numbers, mut choices) = (0, 0);
    for (path, field) in page["fields"].as_object().unwrap() {
        let (path, variants) = match path.split_once('@') {
            Some((path, variant)) => (path, vec![Some(variant.to_owned())]),
            None => (path.as_str(), variants(&page["fields"], path)),
        };
        if let Some(names) = field[1].as_array() {
            choices += 1;
            let is_tag = variants.iter().flatten().any(|variant| names.contains(&json!(variant)));
            for name in names {
                let variants = if is_tag { vec![name.as_str().map(str::to_owned)] } else { variants.clone() };
                // Written out, uniform has its range and AdamW without decay is Adam.
                if path != "model.init" {
                    judges(path, &variants, name.clone(), true);
                }
            }
            judges(path, if is_tag { &[None] } else { &variants }, json!("no such name"), false);
            continue;
        }
        let (Some(low), Some(high)) = (field[1].as_f64(), field[2].as_f64()) else { continue };
        numbers += 1;
        let is_whole = field[3] == 1;
        let number = |value: f64| if is_whole { json!(value as i64) } else { json!(value) };
        let beyond = |value: f64, step: f64| {
            number(if is_whole { value + step } else { value + step * value.abs().max(1e-6) * 1e-9 })
        };
        judges(path, &variants, number(low), true);
        judges(path, &variants, number(high), true);
        judges(path, &variants, beyond(low, -1.0), false);
        judges(path, &variants, beyond(high, 1.0), false);
    }
    assert!(numbers > 30 && choices > 8, "{numbers} numbers and {choices} choices were tried");
}

#[test]
fn the_page_has_the_defaults_of_an_empty_document() {
    let empty = Spec::from_json(&json!({})).unwrap().to_json();
    let page = page_schema();
    let mut told = 0;
    for (path, field) in page["fields"].as_object().unwrap() {
        let written = at(&empty, path);
        let default = if field.is_boolean() { field } else { &field[0] };
        let default = if default.is_object() { &default["sgd"] } else { default };
        if written.is_null() || default.is_null() || path.contains('@') || path == "data.split.test" {
            continue;
        }
        told += 1;
        let is_same =
            written == *default || written.as_f64().is_some_and(|own| Some(own) == default.as_f64());
        assert!(is_same, "{path}: {written} is written, {default} is in the list");
    }
    assert!(told > 20, "{told} defaults were compared");
}
