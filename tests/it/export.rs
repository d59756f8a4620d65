//! Weights as safetensors: out and in again, and what is said of those that don't fit.

use serde_json::{Value, json};
use trainyard::export::Exporter;
use trainyard::export::safetensors::Problem;
use trainyard::run::Spec;

fn net(layers: Value) -> Exporter {
    let spec = json!({ "data": { "samples": 20 }, "model": { "layers": layers } });
    Exporter::open(Spec::from_json(&spec).unwrap(), None).unwrap()
}

fn plain() -> Exporter {
    net(json!([{ "type": "dense", "units": 2 }]))
}

/// A file of these tensors, with their bytes one after the other.
fn file(tensors: &[(&str, &str, &[usize], &[u8])]) -> Vec<u8> {
    let mut header = serde_json::Map::new();
    let mut numbers: Vec<u8> = vec![];
    for (name, dtype, shape, bytes) in tensors {
        let end = numbers.len() + bytes.len();
        header.insert(
            (*name).into(),
            json!({ "dtype": dtype, "shape": shape, "data_offsets": [numbers.len(), end] }),
        );
        numbers.extend(*bytes);
    }
    let header = Value::Object(header).to_string();
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.extend(numbers);
    bytes
}

fn problems(exporter: &Exporter, bytes: &[u8]) -> Vec<Problem> {
    exporter.read_safetensors(bytes).unwrap().weights.expect_err("something doesn't fit")
}

#[test]
fn what_goes_out_comes_in_again_statistics_included() {
    let layers = json!([{ "type": "dense", "units": 3 }, { "type": "batchNorm" }, { "type": "residual", "layers": [{ "type": "dense", "units": 3 }, { "type": "batchNorm" }] }]);
    let mut trained = net(layers.clone());
    trained.run_mut().advance(30);
    let mut fresh = net(layers);
    let read = fresh.read_safetensors(&trained.safetensors()).unwrap();
    assert_eq!(read.metadata["step"], "30");
    fresh.take(&read.weights.unwrap()).unwrap();
    assert_eq!(fresh.run().parameters(), trained.run().parameters());
    assert_eq!(fresh.run().running_statistics(), trained.run().running_statistics());
    assert_ne!(net(json!([])).run().parameters(), trained.run().parameters());
    assert_eq!(
        fresh.run_mut().predict(&[0.5, -1.0]).unwrap(),
        trained.run_mut().predict(&[0.5, -1.0]).unwrap()
    );
}

#[test]
fn numbers_of_sixteen_bits_are_read_to_the_last_one() {
    let exporter = net(json!([]));
    let read = |dtype: &str, [one, other]: [u16; 2]| {
        let weight: Vec<u8> = [one, other].iter().flat_map(|x| x.to_le_bytes()).collect();
        let bytes =
            file(&[("layers.0.weight", dtype, &[1, 2], &weight), ("layers.0.bias", "F32", &[1], &[0; 4])]);
        exporter.read_safetensors(&bytes).unwrap().weights.map(|own| [own.parameters[0], own.parameters[1]])
    };
    assert_eq!(read("F16", [0x3c00, 0xc000]), Ok([1.0, -2.0]));
    assert_eq!(read("F16", [0x0001, 0x83ff]), Ok([2_f32.powi(-24), -1023.0 * 2_f32.powi(-24)]));
    assert_eq!(read("F16", [0x7bff, 0x0400]), Ok([65504.0, 2_f32.powi(-14)]));
    assert_eq!(read("F16", [0x3555, 0x0000]), Ok([0.333_251_95, 0.0]));
    assert_eq!(read("BF16", [0x3f80, 0xc040]), Ok([1.0, -3.0]));
    assert!(read("F16", [0x7c00, 0]).unwrap_err()[0].sentence.contains("is inf, not a finite number"));
    assert!(read("F16", [0, 0x7e00]).unwrap_err()[0].sentence.contains("number 1, counted from 0, is NaN"));
    assert!(read("BF16", [0x7f80, 0]).is_err());
}

#[test]
fn each_tensor_that_does_not_fit_is_named() {
    let exporter = plain();
    let large = 1e300_f64.to_le_bytes();
    let bytes = file(&[
        ("extra", "F32", &[1], &[0; 4]),
        ("layers.0.bias", "I32", &[2], &[0; 8]),
        ("layers.0.weight", "F32", &[4], &[0; 16]),
        ("layers.1.bias", "F64", &[1], &large),
    ]);
    let found = problems(&exporter, &bytes);
    let told: Vec<_> = found.iter().map(|own| (own.code, own.name.as_str())).collect();
    assert_eq!(
        told,
        [
            ("shape", "layers.0.weight"),
            ("type", "layers.0.bias"),
            ("missing", "layers.1.weight"),
            ("number", "layers.1.bias"),
            ("unexpected", "extra"),
        ]
    );
    assert_eq!(
        found[0].sentence,
        "\"layers.0.weight\": the file has it in shape [4], the net in shape [2, 2]."
    );
    assert_eq!(found[2].sentence, "\"layers.1.weight\": the file lacks it; the net has it in shape [1, 2].");
}

#[test]
fn what_is_no_such_file_is_told_in_a_sentence() {
    let exporter = plain();
    let good = exporter.safetensors();
    let said = |bytes: &[u8]| exporter.read_safetensors(bytes).unwrap_err().to_string();
    for bytes in
        [&b""[..], b"1234567", b"\x89PNG\r\n\x1a\n0000", b"size,weight\n1,2\n", b"{\"trainyard\": 2}"]
    {
        assert!(said(bytes).starts_with("This is no safetensors file: "), "{}", said(bytes));
    }
    for length in 8..good.len() {
        let sentence = said(&good[..length]);
        assert!(
            sentence.contains("cut short") || sentence.contains("no JSON object"),
            "{length}: {sentence}"
        );
    }
    let mut longer = good.clone();
    longer.push(0);
    assert!(said(&longer).contains("is damaged: its tensors take"), "{}", said(&longer));
    let apart = file(&[("a", "F32", &[1], &[0; 4]), ("b", "F32", &[9], &[0; 4])]);
    assert!(said(&apart).contains("\"b\" is not a type, a shape and a place"), "{}", said(&apart));
}
