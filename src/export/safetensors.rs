//! Weights as safetensors, out and in: eight bytes of length, a header in JSON, and the numbers, little-endian.
//!
//! Names are those of a PyTorch `state_dict`. What comes in is checked tensor by tensor, with a sentence for each that
//! doesn't fit.

use super::layers::{Buffer, Layer, layers};
use super::{Exporter, VERSION, describe};
use crate::error::{Error, Result, decimal, list};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ops::Range;

/// As much of a header as other readers take.
const MOST_HEADER: u64 = 100_000_000;
/// Sentences that are worth reading.
const MOST_PROBLEMS: usize = 100;

/// How many batches a norm layer has seen: PyTorch counts them beside its statistics.
const COUNT: &str = "num_batches_tracked";

/// One tensor on its way out.
struct Out<'a> {
    name: String,
    shape: &'a [usize],
    numbers: Numbers<'a>,
}

enum Numbers<'a> {
    F32(&'a [f32]),
    I64(i64),
}

/// What doesn't fit about a file of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The tensor.
    pub name: String,
    /// `missing`, `unexpected`, `shape`, `type` or `number`.
    pub code: &'static str,
    /// A sentence.
    pub sentence: String,
    /// What the file has, and what the net has, where they differ.
    pub values: [String; 2],
}

/// Weights that fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// All parameters, in the net's order.
    pub parameters: Vec<f32>,
    /// All running statistics.
    pub running: Vec<f32>,
}

/// A file of weights, looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What it says of itself.
    pub metadata: BTreeMap<String, String>,
    /// The weights, or what doesn't fit.
    pub weights: std::result::Result<Weights, Vec<Problem>>,
}

impl Exporter {
    /// The weights as a PyTorch `state_dict` has them, running statistics included.
    pub fn safetensors(&self) -> Vec<u8> {
        let (run, plan) = (&self.run, self.run.plan());
        let (parameters, running) = (run.parameters(), run.running_statistics());
        let mut tensors: Vec<Out> = vec![];
        let lengths: Vec<[usize; 1]> = self.norms().iter().map(|buffer| [buffer.range.len()]).collect();
        for tensor in &plan.tensors {
            let numbers = Numbers::F32(&parameters[tensor.range()]);
            tensors.push(Out { name: tensor.name.clone(), shape: &tensor.shape, numbers });
        }
        for (buffer, shape) in self.norms().into_iter().zip(&lengths) {
            if let Some(layer) = buffer.name.strip_suffix("running_var") {
                let numbers = Numbers::I64(run.progress().step as i64);
                tensors.push(Out { name: format!("{layer}{COUNT}"), shape: &[], numbers });
            }
            tensors.push(Out { name: buffer.name, shape, numbers: Numbers::F32(&running[buffer.range]) });
        }
        pack(&tensors, &self.metadata())
    }

    /// The optimizer's state: `exp_avg.layers.0.weight` and so on, PyTorch's name of the slot before that of the tensor.
    pub fn optimizer_safetensors(&self) -> Vec<u8> {
        let (run, state) = (&self.run, self.optimizer_state());
        let mut tensors = vec![];
        for (slot, name) in describe::slots_of(&run.spec().training.optimizer).iter().enumerate() {
            for tensor in &run.plan().tensors {
                let range = tensor.range();
                let start = slot * run.plan().parameters;
                let numbers = Numbers::F32(&state[start + range.start..start + range.end]);
                tensors.push(Out { name: format!("{name}.{}", tensor.name), shape: &tensor.shape, numbers });
            }
        }
        tensors.push(Out {
            name: "step".into(),
            shape: &[],
            numbers: Numbers::I64(run.progress().step as i64),
        });
        pack(&tensors, &self.metadata())
    }

    fn metadata(&self) -> BTreeMap<&'static str, String> {
        let progress = self.run.progress();
        let mut metadata = BTreeMap::from([
            ("format", "pt".to_owned()),
            ("trainyard", VERSION.to_owned()),
            ("spec", self.run.spec().to_json().to_string()),
            ("epoch", progress.epoch.to_string()),
            ("step", progress.step.to_string()),
        ]);
        if let Some(classes) = self.class_names() {
            metadata.insert("classes", json!(classes).to_string());
        }
        metadata
    }

    /// Running statistics of all layers.
    fn norms(&self) -> Vec<Buffer> {
        fn each(layer: &Layer, all: &mut Vec<Buffer>) {
            all.extend(layer.buffers());
            layer.inner.iter().for_each(|inner| each(inner, all));
        }
        let mut all = vec![];
        let run = &self.run;
        let found = layers(&run.spec().model, run.plan(), run.encoder().shape());
        found.iter().for_each(|layer| each(layer, &mut all));
        all
    }

    /// Looks at a file of weights: whether it has each tensor of this net, in its shape, and no other. Numbers of 64 and of 16
    /// bits become such of 32.
    ///
    /// # Errors
    /// [`Error::Data`] for what is no such file.
    pub fn read_safetensors(&self, bytes: &[u8]) -> Result<Read> {
        let (header, numbers) = unpack(bytes).map_err(|what| Error::Data { what })?;
        let Parsed { mut tensors, metadata } = header;
        // As a model in DistributedDataParallel names them.
        if tensors.keys().all(|name| name.starts_with("module.")) {
            tensors =
                tensors.into_iter().map(|(name, own)| (name["module.".len()..].to_owned(), own)).collect();
        }
        let (run, norms) = (&self.run, self.norms());
        let mut weights =
            Weights { parameters: run.parameters().to_vec(), running: run.running_statistics().to_vec() };
        let mut problems = vec![];
        for tensor in &run.plan().tensors {
            let own = tensors.remove(&tensor.name);
            let into = &mut weights.parameters[tensor.range()];
            problems.extend(take(&tensor.name, &tensor.shape, own, numbers, into).err());
        }
        for buffer in norms {
            let own = tensors.remove(&buffer.name);
            let into = &mut weights.running[buffer.range];
            problems.extend(take(&buffer.name, &[into.len()], own, numbers, into).err());
            if let Some(layer) = buffer.name.strip_suffix("running_mean") {
                tensors.remove(&format!("{layer}{COUNT}"));
            }
        }
        problems.extend(tensors.into_iter().map(|(name, own)| {
            let shape = list(&own.shape);
            let sentence =
                format!("\"{name}\": the net has no tensor of this name (the file's has shape {shape}).");
            Problem { name, code: "unexpected", sentence, values: [shape, String::new()] }
        }));
        problems.truncate(MOST_PROBLEMS);
        let weights = if problems.is_empty() { Ok(weights) } else { Err(problems) };
        Ok(Read { metadata, weights })
    }

    /// Stands on these weights from now on.
    ///
    /// # Errors
    /// Other lengths than this net has.
    pub fn take(&mut self, weights: &Weights) -> Result<()> {
        self.run.take_weights(&weights.parameters, &weights.running)
    }
}

fn pack(tensors: &[Out], metadata: &BTreeMap<&str, String>) -> Vec<u8> {
    let mut header = Map::new();
    header.insert("__metadata__".into(), json!(metadata));
    let mut end = 0;
    for tensor in tensors {
        let (dtype, length) = match tensor.numbers {
            Numbers::F32(numbers) => ("F32", 4 * numbers.len()),
            Numbers::I64(_) => ("I64", 8),
        };
        let place = json!({ "dtype": dtype, "shape": tensor.shape, "data_offsets": [end, end + length] });
        header.insert(tensor.name.clone(), place);
        end += length;
    }
    let mut text = Value::Object(header).to_string();
    // Numbers begin at a multiple of eight, for readers that map the file.
    text.extend(std::iter::repeat_n(' ', text.len().next_multiple_of(8) - text.len()));
    let mut bytes = Vec::with_capacity(8 + text.len() + end);
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
    for tensor in tensors {
        match tensor.numbers {
            Numbers::F32(numbers) => bytes.extend(numbers.iter().flat_map(|x| x.to_le_bytes())),
            Numbers::I64(number) => bytes.extend(number.to_le_bytes()),
        }
    }
    bytes
}

/// A tensor of a file.
struct In {
    dtype: String,
    shape: Vec<usize>,
    /// Among the bytes behind the header.
    range: Range<usize>,
}

struct Parsed {
    tensors: BTreeMap<String, In>,
    metadata: BTreeMap<String, String>,
}

/// The header, checked, and the bytes behind it; else a sentence.
fn unpack(bytes: &[u8]) -> std::result::Result<(Parsed, &[u8]), String> {
    let no = |why: &str| format!("This is no safetensors file: {why}.");
    let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| no("it has fewer than 8 bytes"))?;
    let length = u64::from_le_bytes(*length);
    if length > MOST_HEADER {
        return Err(no(&format!("its header would take {length} bytes, outside 2…{MOST_HEADER}")));
    }
    let length = length as usize;
    if rest.first() != Some(&b'{') {
        return Err(no("its header is no JSON object"));
    }
    let Some((header, numbers)) = rest.split_at_checked(length) else {
        let has = rest.len();
        return Err(format!(
            "The safetensors file is cut short: its header takes {length} bytes, and {has} are there."
        ));
    };
    let header: Value =
        serde_json::from_slice(header).map_err(|_| no("its header is not readable as JSON"))?;
    let Value::Object(fields) = header else { return Err(no("its header is no JSON object")) };
    let mut metadata = BTreeMap::new();
    let mut tensors = BTreeMap::new();
    for (name, value) in fields {
        if name == "__metadata__" {
            let own = value.as_object().into_iter().flatten();
            metadata = own.filter_map(|(key, own)| Some((key.clone(), own.as_str()?.to_owned()))).collect();
            continue;
        }
        let tensor = read_place(&value).ok_or_else(|| {
            let short: String = name.chars().take(60).collect();
            format!("The safetensors file is damaged: what it says of \"{short}\" is not a type, a shape and a place.")
        })?;
        tensors.insert(name, tensor);
    }
    // Tensors lie side by side and fill the file: no byte is in two of them, none in none.
    let mut places: Vec<&Range<usize>> = tensors.values().map(|own| &own.range).collect();
    places.sort_by_key(|range| (range.start, range.end));
    let mut end = 0;
    for range in places {
        if range.start != end {
            return Err("The safetensors file is damaged: its tensors do not lie side by side.".into());
        }
        end = range.end;
    }
    match numbers.len() {
        has if has < end => Err(format!(
            "The safetensors file is cut short: its tensors take {end} bytes, and {has} are there."
        )),
        has if has > end => Err(format!(
            "The safetensors file is damaged: its tensors take {end} bytes, and {has} are there."
        )),
        _ => Ok((Parsed { tensors, metadata }, numbers)),
    }
}

fn read_place(value: &Value) -> Option<In> {
    let integer = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let dtype = value["dtype"].as_str()?.to_owned();
    let shape = value["shape"].as_array()?.iter().map(integer).collect::<Option<Vec<_>>>()?;
    let [start, end] = value["data_offsets"].as_array()?.as_slice() else { return None };
    let range = integer(start)?..integer(end)?;
    let count = shape.iter().try_fold(1_usize, |count, &side| count.checked_mul(side))?;
    let is_whole = match width(&dtype) {
        Some(width) => count.checked_mul(width)? == range.end.checked_sub(range.start)?,
        None => range.start <= range.end,
    };
    is_whole.then_some(In { dtype, shape, range })
}

/// Bytes of a number.
fn width(dtype: &str) -> Option<usize> {
    match dtype {
        "F64" | "I64" | "U64" => Some(8),
        "F32" | "I32" | "U32" => Some(4),
        "F16" | "BF16" | "I16" | "U16" => Some(2),
        "I8" | "U8" | "BOOL" => Some(1),
        _ => None,
    }
}

/// Copies a tensor's numbers `into` the net's, or says why not.
fn take(
    name: &str,
    shape: &[usize],
    own: Option<In>,
    bytes: &[u8],
    into: &mut [f32],
) -> std::result::Result<(), Problem> {
    let problem = |code, sentence, values| Problem { name: name.into(), code, sentence, values };
    let wanted = list(shape);
    let Some(In { dtype, shape: found, range }) = own else {
        let sentence = format!("\"{name}\": the file lacks it; the net has it in shape {wanted}.");
        return Err(problem("missing", sentence, [String::new(), wanted]));
    };
    if found != shape {
        let found = list(&found);
        let sentence = format!("\"{name}\": the file has it in shape {found}, the net in shape {wanted}.");
        return Err(problem("shape", sentence, [found, wanted]));
    }
    let bytes = &bytes[range];
    let numbers: Vec<f32> = match dtype.as_str() {
        "F32" => bytes.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b)).collect(),
        "F64" => bytes.as_chunks::<8>().0.iter().map(|&b| f64::from_le_bytes(b) as f32).collect(),
        "BF16" => bytes.as_chunks::<2>().0.iter().map(|&[a, b]| f32::from_le_bytes([0, 0, a, b])).collect(),
        "F16" => bytes.as_chunks::<2>().0.iter().map(|&b| half(u16::from_le_bytes(b))).collect(),
        _ => {
            let sentence =
                format!("\"{name}\": its numbers are of type {dtype}, not of F32, F64, F16 or BF16.");
            return Err(problem("type", sentence, [dtype, "F32, F64, F16, BF16".into()]));
        }
    };
    if let Some(place) = numbers.iter().position(|number| !number.is_finite()) {
        let number = decimal(numbers[place].into());
        let sentence = format!(
            "\"{name}\": its number {place}, counted from 0, is {number}, not a finite number of 32 bits."
        );
        return Err(problem("number", sentence, [number, String::new()]));
    }
    into.copy_from_slice(&numbers);
    Ok(())
}

/// A number of 16 bits: a sign, 5 bits of exponent, 10 digits.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, digits) = (bits >> 10 & 31, f32::from(bits & 1023));
    let size = match exponent {
        0 => digits * f32::from_bits(103 << 23), // 2⁻²⁴
        31 if digits == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1024.0 + digits) * f32::from_bits((u32::from(exponent) + 102) << 23),
    };
    sign * size
}
