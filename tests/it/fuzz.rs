//! Anything at all is handed to whatever reads: each time there is an answer or a sentence, no panic, and soon.
//! `TRAINYARD_FUZZ=1000000 cargo test --features gpu,table fuzz` tries as often.

use crate::support::draw::Draw;
use crate::support::fuzz::rounds;
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};
use trainyard::data::Formula;
use trainyard::data::csv::Reader;
use trainyard::run::checkpoint::{fnv1a, pack, unpack};
use trainyard::run::{Run, Spec};

/// Words that documents have, and some that none has.
const WORDS: [&str; 44] = [
    "version",
    "seed",
    "engine",
    "data",
    "model",
    "training",
    "source",
    "samples",
    "noise",
    "features",
    "target",
    "kinds",
    "clean",
    "split",
    "train",
    "test",
    "stratify",
    "layers",
    "type",
    "units",
    "activation",
    "dense",
    "residual",
    "dropout",
    "conv2d",
    "batchNorm",
    "init",
    "loss",
    "optimizer",
    "adam",
    "schedule",
    "cosine",
    "warmUp",
    "stop",
    "goal",
    "clip",
    "norm",
    "points",
    "fix",
    "merge",
    "formula",
    "__proto__",
    "",
    "\u{0}é😀",
];

fn anything(draw: &mut Draw, deeper: usize) -> Value {
    let kinds = if deeper == 0 { 6 } else { 9 };
    match draw.index(kinds) {
        0 => Value::Null,
        1 => json!(draw.index(2) == 0),
        2 => json!(draw.index(20)),
        3 => json!(f64::from_bits(draw.bits())),
        4 => json!(draw.bits() as i64),
        5 => json!(WORDS[draw.index(WORDS.len())]),
        6 => {
            let count = draw.index(4);
            (0..count).map(|_| anything(draw, deeper - 1)).collect()
        }
        _ => {
            let count = draw.index(5);
            let field = |_| (WORDS[draw.index(WORDS.len())].to_owned(), anything(draw, deeper - 1));
            (0..count).map(field).collect::<Map<_, _>>().into()
        }
    }
}

/// Somewhere in `value` something else.
fn spoil(value: &mut Value, draw: &mut Draw) {
    let inner = match value {
        Value::Array(list) if !list.is_empty() && draw.index(4) > 0 => {
            let place = draw.index(list.len());
            Some(&mut list[place])
        }
        Value::Object(fields) if !fields.is_empty() && draw.index(5) > 0 => {
            let place = draw.index(fields.len());
            fields.values_mut().nth(place)
        }
        Value::Object(fields) if draw.index(2) == 0 => {
            fields.insert(WORDS[draw.index(WORDS.len())].into(), anything(draw, 3));
            return;
        }
        _ => None,
    };
    match inner {
        Some(inner) => spoil(inner, draw),
        None => *value = anything(draw, 3),
    }
}

fn spoil_bytes(bytes: &mut Vec<u8>, letters: &[u8], draw: &mut Draw) {
    for _ in 0..1 + draw.index(6) {
        let place = draw.index(bytes.len() + 1);
        match draw.index(4) {
            0 => bytes.truncate(place.max(bytes.len() / 2)),
            1 if place < bytes.len() => drop(bytes.remove(place)),
            2 if place < bytes.len() => bytes[place] = letters[draw.index(letters.len())],
            _ => bytes.insert(place, letters[draw.index(letters.len())]),
        }
    }
}

/// Tries so often, and prints what it came to.
fn fuzz(what: &str, usual: usize, mut attempt: impl FnMut(&mut Draw) -> bool) {
    let (mut draw, tries) = (Draw::new(what.len() as u64), rounds(usual));
    let (mut taken, mut longest) = (0, Duration::ZERO);
    for _ in 0..tries {
        let start = Instant::now();
        taken += usize::from(attempt(&mut draw));
        longest = longest.max(start.elapsed());
    }
    println!("{what}: {tries} tries, {taken} taken, the longest {longest:?}");
    assert!(taken > 0 && taken < tries, "{what}: {taken} of {tries} were taken");
}

#[test]
fn specs() {
    let full = Spec::from_json(&json!({})).unwrap().to_json();
    let nested =
        json!([{"type": "dense", "units": 3}, {"type": "residual", "layers": [{"type": "layerNorm"}]}]);
    fuzz("specs", 20_000, |draw| {
        let mut document = full.clone();
        if draw.index(2) == 0 {
            document["model"]["layers"] = nested.clone();
        }
        (0..1 + draw.index(3)).for_each(|_| spoil(&mut document, draw));
        let Ok(spec) = Spec::from_json(&document) else { return false };
        let written = spec.to_json();
        assert_eq!(Spec::from_json(&written).unwrap().to_json(), written, "{document}");
        // Not all of them: a run of the largest takes seconds to open by right.
        if draw.index(50) == 0 && spec.data.samples.is_none_or(|samples| samples <= 500) {
            let _ = Run::new(spec, None).map(|mut run| run.advance(1));
        }
        true
    });
}

#[test]
fn checkpoints() {
    let open = || {
        Run::new(Spec::from_json(&json!({"data": {"samples": 20}, "model": {"layers": []}})).unwrap(), None)
    };
    let mut run = open().unwrap();
    run.record(10);
    run.advance(9);
    let good = run.checkpoint();
    fuzz("checkpoints", 20_000, |draw| {
        let bytes = if draw.index(2) == 0 {
            // Whole bytes around a header that says something else.
            let (header, numbers) = unpack(&good).unwrap();
            let mut header: Value = serde_json::from_str(&header.to_string()).unwrap();
            spoil(&mut header, draw);
            pack(&header, &[&numbers[..numbers.len() - draw.index(2)]])
        } else {
            let mut bytes = good.clone();
            spoil_bytes(&mut bytes, &[0, 1, 0x7f, 0xff, b'{', b'"'], draw);
            let body = bytes.len().saturating_sub(8);
            if draw.index(2) == 0 {
                let sum = fnv1a(bytes[..body].iter().copied());
                bytes.truncate(body);
                bytes.extend(sum.to_le_bytes());
            }
            bytes
        };
        let taken = match draw.index(3) {
            0 => run.restore(&bytes),
            1 => run.branch(&bytes),
            _ => run.seek(&bytes, true),
        };
        run.advance(1);
        if taken.is_ok() {
            run.restore(&good).unwrap();
        }
        taken.is_ok()
    });
}

#[test]
fn tables() {
    let seed = "name;\"a, b\";c\nx;1,5;2023-01-05\n\"y \"\"z\"\"\";-2;\n;3.5e2;5 kg\n".as_bytes();
    let letters = b"\"';,\t\n\r |#0123456789.-+eE$%abNA\0\xff\xfe\xef\xbb\xbf\xc3\xa9";
    fuzz("tables", 5_000, |draw| {
        let mut bytes = if draw.index(3) > 0 { seed.to_vec() } else { vec![] };
        spoil_bytes(&mut bytes, letters, draw);
        let mut reader = Reader::new();
        let cut = draw.index(bytes.len() + 1);
        reader.push(&bytes[..cut]);
        reader.push(&bytes[cut..]);
        reader.finish().is_ok_and(|table| table.rows() > 0)
    });
}

#[test]
fn formulas() {
    let columns = ["a", "b c", "sin"].map(String::from);
    let parts = [
        "a", "\"b c\"", "sin", "(", ")", "+", "-", "*", "/", "^", "1.5", "1e400", ".", "ln", "\"", " ", "²",
        "·", "exp(",
    ];
    fuzz("formulas", 20_000, |draw| {
        let length = if draw.index(100) == 0 { 400 } else { 12 };
        let text: String = (0..draw.index(length)).map(|_| parts[draw.index(parts.len())]).collect();
        Formula::parse(&text, &columns).map(|formula| formula.value(&[1.0, -2.0, f64::MAX])).is_ok()
    });
}

#[cfg(feature = "export")]
#[test]
fn weights() {
    let spec = json!({
        "data": {"samples": 20},
        "model": {"layers": [{"type": "dense", "units": 3}, {"type": "batchNorm"}]},
    });
    let mut exporter = trainyard::export::Exporter::open(Spec::from_json(&spec).unwrap(), None).unwrap();
    let good = exporter.safetensors();
    let length = u64::from_le_bytes(*good.first_chunk().unwrap()) as usize;
    fuzz("weights", 20_000, |draw| {
        let bytes = if draw.index(2) == 0 {
            // Whole bytes behind a header that says something else.
            let mut header: Value = serde_json::from_slice(&good[8..8 + length]).unwrap();
            spoil(&mut header, draw);
            let header = header.to_string();
            let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
            bytes.extend(header.as_bytes());
            bytes.extend(&good[8 + length..good.len() - draw.index(2)]);
            bytes
        } else {
            let mut bytes = good.clone();
            spoil_bytes(&mut bytes, &[0, 1, 0x7f, 0xff, b'{', b'"', b'9'], draw);
            bytes
        };
        let read = exporter.read_safetensors(&bytes);
        let taken = read.ok().and_then(|read| read.weights.ok());
        if let Some(weights) = &taken {
            exporter.take(weights).unwrap();
            assert!(exporter.run().parameters().iter().all(|x| x.is_finite()));
        }
        taken.is_some()
    });
}
