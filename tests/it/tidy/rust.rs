//! Rules for each Rust file of `src`: who may import whom, and what may be named where.

use super::code::{code_only, line_of, name_at, places_of};
use super::tree::{files, read};

/// The layers, left to right: each may import only what stands before it.
const LAYERS: [&str; 12] =
    ["error", "json", "math", "rng", "data", "nn", "train", "engine", "run", "study", "export", "web"];

/// Words, the folder that alone may name them (none: nobody may), and why.
const RESERVED: [(&[&str], Option<&str>, &str); 8] = [
    (
        &["wasm_bindgen", "js_sys", "web_sys", "console_error_panic_hook"],
        Some("src/web/"),
        "only web speaks to JavaScript",
    ),
    (&["wgpu"], Some("src/engine/gpu/"), "only engine/gpu speaks to the GPU"),
    (&["Instant", "SystemTime"], Some("src/web/"), "the core has no clock"),
    (&["println", "print", "eprintln", "eprint", "dbg"], Some("src/web/"), "no print below web"),
    (
        &["static mut", "thread_local", "LazyLock", "OnceLock", "Mutex", "RwLock", "atomic"],
        Some("src/web/"),
        "no state but a run's own",
    ),
    (&["unsafe"], None, "no unsafe code"),
    (&["HashMap", "HashSet"], None, "their order differs from run to run"),
    (
        &[
            ".exp(",
            ".exp2(",
            ".exp_m1(",
            ".ln(",
            ".ln_1p(",
            ".log(",
            ".log2(",
            ".log10(",
            ".sin(",
            ".cos(",
            ".tan(",
            ".sin_cos(",
            ".tanh(",
            ".sinh(",
            ".cosh(",
            ".atan(",
            ".atan2(",
            ".powf(",
            ".powi(",
            ".cbrt(",
            ".hypot(",
            "mul_add",
            "::exp(",
            "::ln(",
            "::tanh(",
            "::sin(",
            "::cos(",
            "::powf(",
            "::powi(",
        ],
        None,
        "a platform's own functions differ in bits: use crate::math",
    ),
];

/// Everything that is wrong with the file at `path`.
fn findings(path: &str, source: &str) -> Vec<String> {
    let code = code_only(source);
    let mut found = imports(path, &code);
    for (words, home, why) in RESERVED {
        if home.is_some_and(|home| path.starts_with(home)) {
            continue;
        }
        for word in words {
            for at in places_of(&code, word) {
                let ours =
                    word.starts_with("::") && !["f32", "f64"].iter().any(|std| code[..at].ends_with(std));
                if !ours {
                    found.push(format!("{path}:{}: {word}: {why}", line_of(&code, at)));
                }
            }
        }
    }
    if path.starts_with("src/web/") {
        let held = places_of(&code, "async fn").filter(|&at| {
            let parameters = code[at..].split_once('(').map_or("", |(_, rest)| rest);
            places_of(parameters.split_once(')').map_or("", |(list, _)| list), "self").next().is_some()
        });
        found.extend(held.map(|at| {
            format!(
                "{path}:{}: async fn with self: a borrow across await fails every other call",
                line_of(&code, at)
            )
        }));
    }
    found
}

/// Imports that reach to the right.
fn imports(path: &str, code: &str) -> Vec<String> {
    let module = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    if module == "lib" {
        return vec![];
    }
    let own = name_at(module);
    let Some(rank) = rank(own) else {
        return vec![format!("{path}: {own} is no layer")];
    };
    let mut found = vec![];
    for (at, name) in roots(module, code) {
        match self::rank(name) {
            Some(other) if other <= rank => {}
            Some(_) => found.push(format!("{path}:{}: {own} may not import {name}", line_of(code, at))),
            None => found.push(format!("{path}:{}: crate::{name} is no layer", line_of(code, at))),
        }
    }
    found
}

fn rank(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == name)
}

/// Every name that the code takes from the root of the crate, by `crate::` or by climbing up to it.
fn roots<'a>(module: &str, code: &'a str) -> Vec<(usize, &'a str)> {
    let mut names = vec![];
    for at in places_of(code, "crate") {
        let Some(path) = code[at..].strip_prefix("crate::") else { continue };
        match path.strip_prefix('{') {
            Some(group) => names.extend(heads(group).into_iter().map(|name| (at, name))),
            None => names.push((at, name_at(path))),
        }
    }
    let depth = module.split('/').count();
    for at in places_of(code, "super").filter(|&at| !code[..at].ends_with("super::")) {
        let name = code[at..].trim_start_matches("super::");
        let climbed = (code[at..].len() - name.len()) / "super::".len();
        // A module within the file climbs one less; names that are no layers are its own.
        if climbed >= depth && rank(name_at(name)).is_some() {
            names.push((at, name_at(name)));
        }
    }
    names
}

/// The first names of a `{a::b, c::{d, e}}` group, given what follows its opening brace.
fn heads(group: &str) -> Vec<&str> {
    let (mut names, mut depth, mut start) = (vec![], 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            _ if start && !c.is_whitespace() => {
                names.push(name_at(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn the_core_keeps_its_layers_and_its_promises() {
    // Examples are programs: they have files, a clock and a place to print.
    let is_core = |path: &String| path.ends_with(".rs") && !path.starts_with("src/examples/");
    let sources: Vec<String> = files(&["src"]).into_iter().filter(is_core).collect();
    assert!(sources.len() > 40, "only {} files were found", sources.len());
    let found: Vec<String> = sources.iter().flat_map(|path| findings(path, &read(path))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_rule_can_fail() {
    let bad = [
        ("src/data/x.rs", "use crate::nn::Plan;", "data may not import nn"),
        ("src/data/x.rs", "let x = crate::run::Run::new();", "data may not import run"),
        ("src/train/mod.rs", "use crate::{data::Task, engine::cpu};", "train may not import engine"),
        ("src/rng.rs", "use super::data::Task;", "rng may not import data"),
        ("src/nn/plan.rs", "use super::super::train::Stop;", "nn may not import train"),
        ("src/math/exp.rs", "use crate::rng;", "math may not import rng"),
        ("src/run/mod.rs", "\nuse crate::web::Trainer;", "src/run/mod.rs:2: run may not import web"),
        ("src/run/mod.rs", "use crate::study::Scores;", "run may not import study"),
        ("src/studio.rs", "", "studio is no layer"),
        ("src/run/mod.rs", "use crate::strange::Thing;", "crate::strange is no layer"),
        ("src/run/mod.rs", "use wasm_bindgen::JsValue;", "wasm_bindgen"),
        ("src/engine/cpu/mod.rs", "use js_sys::Array;", "js_sys"),
        ("src/engine/cpu/mod.rs", "let d: wgpu::Device;", "wgpu"),
        ("src/run/advance.rs", "let t = std::time::Instant::now();", "no clock"),
        ("src/run/advance.rs", "static mut COUNT: u32 = 0;", "no state"),
        ("src/run/advance.rs", "thread_local!(x);", "no state"),
        ("src/nn/init.rs", "use std::sync::atomic::AtomicU32;", "no state"),
        ("src/nn/init.rs", "const X: std::sync::OnceLock<u32>;", "no state"),
        ("src/run/advance.rs", "println!();", "no print"),
        ("src/run/advance.rs", "dbg!(x);", "no print"),
        ("src/web/mod.rs", "unsafe { x() }", "no unsafe"),
        ("src/nn/init.rs", "let x = y.exp();", "crate::math"),
        ("src/nn/init.rs", "let x = f32::powi(y, 2);", "crate::math"),
        ("src/math/exp.rs", "let x = a.mul_add(b, c);", "crate::math"),
        ("src/data/mod.rs", "use std::collections::HashMap;", "order differs"),
        ("src/web/trainer.rs", "pub async fn predict(&mut self, x: &[f32]) {}", "async fn with self"),
        ("src/web/trainer.rs", "async fn f(\n    mut self,\n) {}", "async fn with self"),
    ];
    for (path, source, expected) in bad {
        let found = findings(path, source).join("\n");
        assert!(found.contains(expected), "{path}: {source}\nfound {found:?}\nnot {expected}");
    }
    let good = [
        ("src/nn/plan.rs", "use crate::{data::{Task, Encoder}, math}; use super::layer::PoolKind;"),
        ("src/rng.rs", "use crate::math::scalar;"),
        ("src/web/mod.rs", "use wasm_bindgen::JsValue; async fn open(spec: JsValue) {}"),
        ("src/engine/gpu/mod.rs", "use wgpu::Device;"),
        ("src/lib.rs", "#![forbid(unsafe_code)]\npub mod web;"),
        ("src/math/mod.rs", "mod scalar { fn f() { super::exp(x) } } // Instant, unsafe, static"),
        (
            "src/nn/init.rs",
            "const NAME: &'static str = \"println HashMap\"; math::exp(x); math::scalar::ln(y)",
        ),
    ];
    for (path, source) in good {
        assert_eq!(findings(path, source), Vec::<String>::new(), "{path}: {source}");
    }
}
