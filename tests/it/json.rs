//! The small JSON of the first load, held to serde_json: the same bytes are read, as the same values, and written alike.

use crate::support::draw::Draw;
use crate::support::fuzz::rounds;
use serde_json::json;
use trainyard::json::small::{Map, Value, from_slice};

/// The same value of the small kind.
fn small(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => (*flag).into(),
        serde_json::Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) => number.into(),
            _ => number.as_f64().unwrap().into(),
        },
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Array(list) => list.iter().map(small).collect(),
        serde_json::Value::Object(fields) => {
            let mut object = Map::new();
            fields.iter().for_each(|(key, value)| object.insert(key.clone(), small(value)));
            object.into()
        }
    }
}

/// Numbers that need powers beyond 10²² may be a few units in the last place apart.
fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => {
            let (x, y) = (x.as_f64().unwrap(), y.as_f64().unwrap());
            a == b || (x - y).abs() <= 1e-14 * x.abs()
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.keys().eq(b.keys()) && a.iter().zip(b.iter()).all(|((_, a), (_, b))| alike(a, b))
        }
        _ => a == b,
    }
}

fn check(bytes: &[u8]) {
    let words = || String::from_utf8_lossy(bytes).into_owned();
    match (from_slice(bytes), serde_json::from_slice::<serde_json::Value>(bytes)) {
        (Ok(own), Ok(theirs)) => {
            assert!(alike(&own, &small(&theirs)), "{}: {own} for {theirs}", words());
            assert_eq!(small(&theirs).to_string(), theirs.to_string(), "{}", words());
        }
        (Err(_), Err(_)) => {}
        (own, theirs) => panic!("{}: {own:?} for {theirs:?}", words()),
    }
}

#[test]
fn reads_and_writes_what_serde_json_does() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    let cases = [
        "null",
        "true",
        "false",
        "nul",
        "truex",
        "\"\"",
        "",
        " ",
        "1 2",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{}",
        "[]",
        "{,}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":1,\"a\":2}",
        "{\"b\":1,\"a\":{\"c\":[null]}}",
        "{a:1}",
        "{\"a\":}",
        "0",
        "-0",
        "00",
        "01",
        "-",
        "-1",
        "1.",
        ".5",
        "0.5",
        "1e5",
        "1E+5",
        "1e-5",
        "1e",
        "1e+",
        "+1",
        "0e1",
        "-0.0",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "0.12345678901234567890123",
        "1e308",
        "1e309",
        "-1e309",
        "1e-308",
        "1e-400",
        "0e999999999999999999999",
        "1e999999999999999999999",
        "1e-999999999999999999999",
        "5e-324",
        "0.1",
        "0.3",
        "1e22",
        "1e23",
        "3.0",
        "100000000000000000000.0",
        "0.00001",
        "\"\\u0041\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83dx\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12\"",
        "\"\\x\"",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
        "\"\u{1}\"",
        "\"\n\"",
        "\"\\u0001\\u001f\\u007f\"",
        "\"ü€😀\"",
        "\"",
        "\"\\",
        " [ 1 , { \"a\" : \"b\" } ] ",
        "\u{feff}1",
    ];
    cases.iter().for_each(|case| check(case.as_bytes()));
    [&b"\"\xff\""[..], b"\xff", b"[\"\xc3\"]"].into_iter().for_each(check);
    [1, 126, 127, 128, 200_000].iter().for_each(|&n| check(deep(n).as_bytes()));
}

#[test]
fn fuzzed_documents_are_read_alike() {
    let mut draw = Draw::new(11);
    let letters = b"{}[]:,\"\\ue0123456789.-+Entrfals \xc3\xbc\n";
    let seed =
        json!({ "a": [1, -2, 0.25, 1e-7, "x\ny", null, true], "b": { "c": {}, "\u{e9}": [[]] } }).to_string();
    for _ in 0..rounds(20_000) {
        let mut bytes = if draw.index(3) > 0 { seed.clone().into_bytes() } else { vec![] };
        for _ in 0..1 + draw.index(8) {
            let place = draw.index(bytes.len() + 1);
            match draw.index(3) {
                0 if place < bytes.len() => drop(bytes.remove(place)),
                1 if place < bytes.len() => bytes[place] = letters[draw.index(letters.len())],
                _ => bytes.insert(place, letters[draw.index(letters.len())]),
            }
        }
        check(&bytes);
    }
}

#[test]
fn numbers_survive_the_round_trip() {
    let mut draw = Draw::new(12);
    for _ in 0..rounds(20_000) {
        let number = f64::from_bits(draw.bits());
        assert_eq!(Value::from(number).to_string(), serde_json::Value::from(number).to_string());
        check(serde_json::Value::from(number).to_string().as_bytes());
        check(draw.bits().to_string().as_bytes());
    }
}
