//! The program in `src/examples/train`, as somebody runs it: the same weights as the page's, to the bit, files that the page
//! opens, and a sentence for whatever can't be trained.

#[path = "../../src/examples/train/base64.rs"]
#[allow(dead_code)]
mod base64;
#[path = "../../src/examples/train/experiment.rs"]
#[allow(dead_code)]
mod experiment;

use crate::support::draw::Draw;
use crate::support::fuzz::rounds;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// As the program calls it.
type Sentence = String;

/// `cargo test` builds it beside the tests.
fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let name = format!("train{}", std::env::consts::EXE_SUFFIX);
    let program = tests.parent().and_then(|deps| deps.parent()).unwrap().join("examples").join(name);
    let advice =
        "cargo test builds it, unless a name is given: cargo build --features export --example train";
    assert!(program.exists(), "{} is missing: {advice}", program.display());
    program
}

fn run(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).output().unwrap()
}

fn golden(name: &str) -> String {
    format!("{}/tests/golden/experiments/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A file of this test's own.
fn scratch(name: &str, content: &[u8]) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("terminal");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What comes out as a document.
fn trained(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--json"]].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The sentence with which it refuses.
fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(output.stdout, b"", "{arguments:?}");
    String::from_utf8(output.stderr).unwrap().trim_end().to_owned()
}

#[test]
fn a_terminal_trains_to_the_same_bits_as_the_page() {
    let pinned: Value = serde_json::from_str(include_str!("../golden/experiments/pinned.json")).unwrap();
    let cases = pinned["cases"].as_array().unwrap();
    assert!(cases.len() > 10);
    let mut wrong = vec![];
    for (index, case) in cases.iter().enumerate() {
        let file = match case["file"].as_str() {
            Some(name) => golden(name),
            None => scratch(&format!("spec-{index}.json"), case["spec"].to_string().as_bytes()),
        };
        let epochs = case["epochs"].to_string();
        let fresh: &[&str] = if case["fresh"] == true { &["--fresh"] } else { &[] };
        let hash = trained(&[&[file.as_str(), "--epochs", epochs.as_str()], fresh].concat())["hash"].clone();
        if hash != case["hash"] {
            wrong.push(format!("{}: {hash}, pinned {}", case["name"], case["hash"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_it_saves_goes_on_to_the_same_end() {
    for name in ["v2-spiral.json", "v1-table.json", "v2-digits.json"] {
        let saved = scratch(&format!("half-{name}"), b"");
        let half = trained(&[&golden(name), "--epochs", "7", "--save", &saved]);
        let rest = trained(&[&saved, "--epochs", "9"]);
        let whole = trained(&[&golden(name), "--epochs", "9"]);
        assert_ne!(half["hash"], whole["hash"], "{name}");
        assert_eq!([&rest["hash"], &rest["training"]], [&whole["hash"], &whole["training"]], "{name}");
        let text = std::fs::read_to_string(&saved).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        assert_eq!([&file["trainyard"], &file["epoch"]], [&json!(2), &json!(7)], "{name}");
        let changed = text.replacen("\"epoch\": 7", "\"epoch\": 8", 1);
        let sentence = refusal(&[&scratch("changed.json", changed.as_bytes())]);
        assert!(sentence.contains("damaged or changed since it was saved"), "{sentence}");
    }
}

#[test]
fn what_it_saves_says_who_computed_it() {
    let saved = scratch("engines.json", b"");
    let said = |arguments: &[&str]| -> Value {
        trained(&[arguments, &["--epochs", "9", "--save", &saved]].concat());
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&saved).unwrap()).unwrap();
        file["engines"].clone()
    };
    let first = std::fs::read_to_string(golden("v1-spiral.json")).unwrap();
    let with = |engines: &str| {
        let text = first.replacen("\"checkpoint\"", &format!("\"engines\": {engines}, \"checkpoint\""), 1);
        scratch("of.json", text.as_bytes())
    };
    assert_eq!(said(&[&golden("v1-spiral.json")]), json!(["unknown", "cpu"]));
    assert_eq!(said(&[&golden("v1-spiral.json"), "--fresh"]), json!(["cpu"]));
    assert_eq!(said(&[&with(r#"["fast", "gpu"]"#)]), json!(["fast", "gpu", "cpu"]));
    assert_eq!(said(&[&with(r#"["gpu", "cpu"]"#)]), json!(["gpu", "cpu"]));
    for wrong in [r#"["warp"]"#, r#"["cpu","cpu"]"#, r#""cpu""#, "[1]"] {
        let sentence = refusal(&[&with(wrong)]);
        let why = format!("its \"engines\" is {wrong}. It must be a list of these");
        assert!(sentence.contains(&why) && sentence.ends_with("cpu, fast, gpu, unknown."), "{sentence}");
    }
}

#[test]
fn test_rows_are_told_on_demand_alone_and_that_is_counted() {
    let (file, saved) = (golden("v2-table.json"), scratch("looks.json", b""));
    let looks = || -> Value {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&saved).unwrap()).unwrap();
        file["looks"].clone()
    };
    let plain = trained(&[&file, "--save", &saved]);
    assert!(plain.get("test").is_none() && plain["training"]["mae"].as_f64().unwrap() > 0.0, "{plain}");
    assert_eq!(looks(), 2, "as the file has it");
    let told = trained(&[&file, "--test", "--save", &saved]);
    assert_eq!(told["test"]["rows"], 2);
    assert_eq!(looks(), 3);
    let words = String::from_utf8(run(&[&file]).stdout).unwrap();
    assert!(words.contains("test: 2 rows, not looked at") && words.contains("MAE"), "{words}");
    let toy = scratch("toy.json", br#"{"training": {"stop": {"maxEpochs": 2}}}"#);
    trained(&[&toy, "--test", "--save", &saved]);
    assert_eq!(looks(), Value::Null, "points of a toy set have no padlock");
}

#[test]
fn weights_go_out_as_safetensors() {
    let out = scratch("weights.safetensors", b"");
    let told = trained(&[&golden("v2-digits.json"), "--out", &out]);
    let bytes = std::fs::read(&out).unwrap();
    let length = u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    let header: Value = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
    let tensors = header.as_object().unwrap().iter().filter(|(name, _)| *name != "__metadata__");
    let sizes =
        tensors.filter(|(name, _)| name.ends_with("weight") || name.ends_with("bias")).map(|(_, tensor)| {
            let sides = tensor["shape"].as_array().unwrap().iter().map(|side| side.as_u64().unwrap());
            sides.product::<u64>()
        });
    assert_eq!(sizes.sum::<u64>(), told["parameters"].as_u64().unwrap());
    assert_eq!(header["__metadata__"]["epoch"], told["epoch"].to_string());
}

#[test]
fn it_takes_rows_from_a_file_and_sets_from_a_folder() {
    let spec = |source: &str| {
        let spec = json!({ "data": { "source": source }, "training": { "stop": { "maxEpochs": 3 } } });
        scratch(&format!("{source}.json"), spec.to_string().as_bytes())
    };
    let iris = concat!(env!("CARGO_MANIFEST_DIR"), "/www/data/iris.csv");
    let own = trained(&[&spec("table"), "--table", iris]);
    let set = trained(&[&spec("iris"), "--data", concat!(env!("CARGO_MANIFEST_DIR"), "/www/data")]);
    assert_eq!(own["hash"], set["hash"]);
    let sentence = refusal(&[&spec("table")]);
    assert_eq!(sentence, "data.source: \"table\" has its rows elsewhere. Name their file: --table rows.csv.");
    let sentence = refusal(&[&spec("roses")]);
    assert!(sentence.contains("there is no set \"roses\"") && sentence.contains("iris, mnist"), "{sentence}");
    let packed = scratch("packed.csv", b"\x1f\x8b\x08\x00\xff");
    let sentence = refusal(&[&spec("table"), "--table", &packed]);
    assert!(
        sentence.contains("no delimited text in UTF-8") && sentence.contains("Open it in the page"),
        "{sentence}"
    );
}

#[test]
fn what_is_wrong_is_said_in_a_sentence_with_code_2() {
    let spiral = std::fs::read_to_string(golden("v2-spiral.json")).unwrap();
    let first = std::fs::read_to_string(golden("v1-spiral.json")).unwrap();
    let files = [
        ("cut", spiral[..900].to_owned(), "is no valid JSON"),
        ("image", "\u{fffd}PNG\r\n".into(), "is no valid JSON"),
        ("list", "[]".into(), "it is no JSON object"),
        ("notebook", r#"{"cells": [], "nbformat": 4}"#.into(), "cells: unknown field"),
        ("later", spiral.replace("\"trainyard\": 2", "\"trainyard\": 3"), "has format version 3"),
        ("bare", spiral.rsplit_once(",\n \"checksum").unwrap().0.to_owned() + "}", "lacks its checksum"),
        ("link", first.replacen("\"spec\": {", "\"spec\": {}, \"was\": {", 1), "has a link and no \"spec\""),
        (
            "letters",
            first.replacen("\"checkpoint\": \"", "\"checkpoint\": \"%", 1),
            "its \"checkpoint\" is damaged",
        ),
        (
            "weights",
            first.replacen("\"checkpoint\": \"VFJB", "\"checkpoint\": \"AAAA", 1),
            "Add --fresh to begin",
        ),
        ("other", first.replacen("\"units\": 6", "\"units\": 5", 1), "another model. Add --fresh to begin"),
        ("spec", r#"{"model": {"layers": [{"type": "dense", "units": 0}]}}"#.into(), "0 is outside 1"),
        ("endless", r#"{"training": {"stop": {"maxEpochs": null}}}"#.into(), "Add --epochs N"),
        ("rows", r#"{"data": {"source": "rows"}}"#.into(), "Take \"table\""),
    ];
    for (name, text, why) in files {
        let file = scratch(&format!("wrong-{name}.json"), text.as_bytes());
        let sentence = refusal(&[&file]);
        assert!(sentence.contains(why) && sentence.ends_with('.'), "{name}: {sentence}");
    }
    let whole = golden("v2-spiral.json");
    let lines: [(&[&str], &str); 7] = [
        (&[], "Which experiment?"),
        (&["nowhere.json"], "nowhere.json could not be read"),
        (&[&whole, &whole], "one experiment at a time"),
        (&[&whole, "--faster"], "--faster is no option"),
        (&[&whole, "--epochs"], "--epochs needs a value"),
        (&[&whole, "--epochs=0"], "--epochs 0 is outside 1…1000000"),
        (&[&whole, "--out", "/nowhere/at/all"], "/nowhere/at/all could not be written"),
    ];
    for (arguments, why) in lines {
        let sentence = refusal(arguments);
        let last = sentence.lines().last().unwrap();
        assert!(last.contains(why) && last.ends_with('.'), "{arguments:?}: {sentence}");
    }
}

#[test]
fn a_run_that_diverges_ends_with_code_1_and_says_why() {
    let spec = r#"{"data": {"source": "plane"}, "training": {"loss": "mse", "optimizer": {"type": "sgd", "learningRate": 900}}}"#;
    let output = run(&[&scratch("diverges.json", spec.as_bytes())]);
    let words = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.starts_with("Diverged at epoch") && words.contains("no longer a finite number"), "{words}");
}

#[test]
fn help_names_every_option() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    for option in
        ["--epochs", "--fresh", "--table", "--data", "--out", "--save", "--test", "--json", "--version"]
    {
        assert!(help.contains(option), "{option}");
    }
}

/// A file, spoilt: cut, bits flipped, pieces moved, a field emptied.
fn spoilt(text: &[u8], draw: &mut Draw) -> Vec<u8> {
    let mut bytes = text.to_vec();
    let at = draw.index(bytes.len());
    match draw.index(5) {
        0 => bytes.truncate(at),
        1 => bytes[at] ^= 1 << draw.index(8),
        2 => drop(bytes.drain(at..(at + 1 + draw.index(40)).min(text.len()))),
        3 => {
            let from = draw.index(text.len());
            let piece = text[from..(from + draw.index(40)).min(text.len())].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        _ => {
            let mut file: Value = serde_json::from_slice(text).unwrap();
            let fields: Vec<String> = file.as_object().unwrap().keys().cloned().collect();
            let values = [json!(null), json!(-1), json!([]), json!({}), json!("x"), json!(true)];
            file[&fields[draw.index(fields.len())]] = values[draw.index(values.len())].clone();
            bytes = file.to_string().into_bytes();
        }
    }
    bytes
}

#[test]
fn fuzz_a_spoilt_file_is_refused_by_a_sentence_or_is_as_it_was() {
    let names = ["v1-spiral.json", "v1-table.json", "v2-table.json", "v2-digits.json"];
    let texts: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(golden(name)).unwrap()).collect();
    let read = |bytes: &[u8]| experiment::Experiment::read(Path::new("some.json"), bytes);
    let mut draw = Draw::new(23);
    let (mut opened, mut refused) = (0, 0);
    for _ in 0..rounds(2000) {
        let of = draw.index(texts.len());
        let bytes = spoilt(&texts[of], &mut draw);
        match (read(&bytes), read(&texts[of]).unwrap()) {
            (Err(sentence), _) => {
                refused += 1;
                assert!(sentence.starts_with("some.json") && sentence.ends_with('.'), "{sentence}");
            }
            (Ok(found), whole)
                if names[of].starts_with("v2") && bytes.starts_with(b"{\n \"trainyard\": 2") =>
            {
                opened += 1;
                assert_eq!(found.document, whole.document);
                assert_eq!((found.table, found.checkpoint), (whole.table, whole.checkpoint));
            }
            _ => opened += 1,
        }
    }
    assert!(opened > 0 && refused > opened, "{opened} opened, {refused} refused");
}
