//! `Exporter`: a run opened once more, to be written for other engines.

use super::convert::{document, floats, numbers, object, plain, rows, set, throw, wide};
use crate::data::gather;
use crate::error::{Error, Result};
use crate::export;
use crate::export::rows::Cells;
use crate::export::safetensors::Problem;
use crate::run::{Part, SourceSpec, Spec, part_rows};
use js_sys::{Array, JsString, Uint8Array, Uint32Array};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Points of a loss curve, as many as the page's runs keep.
const CURVE_POINTS: usize = 1000;

type Thrown<T> = std::result::Result<T, JsValue>;

/// A run, opened to be exported: the same rows, split, encoder and weights as in the page.
#[wasm_bindgen]
pub struct Exporter {
    exporter: export::Exporter,
}

#[wasm_bindgen]
impl Exporter {
    /// Opens an experiment. `data` is what `Trainer.create` takes: rows, or the `Table` of this package; nothing for made
    /// data. `checkpoint`: where the run stands; without it the exporter has the initial weights. Throws for what doesn't
    /// fit.
    pub fn open(
        #[wasm_bindgen(unchecked_param_type = "Spec")] spec: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Rows | TableHandle | null")] data: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Uint8Array | null")] checkpoint: &JsValue,
    ) -> Thrown<Exporter> {
        throw(open(spec, data, checkpoint).map(|exporter| Exporter { exporter }))
    }

    /// Names the target and its classes, where the rows are plain numbers. Throws for another number of classes.
    #[wasm_bindgen(js_name = nameTarget)]
    pub fn name_target(&mut self, name: String, classes: Vec<String>) -> Thrown<()> {
        throw(self.exporter.name_target(name, classes))
    }

    /// What the run is made of, to the last number.
    #[wasm_bindgen(unchecked_return_type = "ExportDescription")]
    pub fn describe(&self) -> JsValue {
        let description = plain(&self.exporter.describe());
        let split = self.exporter.run().split();
        let list = |rows: &[u32]| Uint32Array::from(rows).into();
        let split = [
            ("train", list(&split.train)),
            ("validation", list(&split.validation)),
            ("test", list(&split.test)),
        ];
        set(&description, "split", &object(&split));
        description
    }

    /// All parameters, flat; `describe().layers[].parameters` says where each tensor lies.
    pub fn parameters(&self) -> Vec<f32> {
        self.exporter.run().parameters().to_vec()
    }

    /// The optimizer's state, slot after slot; `describe().optimizer.slots` says where each tensor's lies.
    #[wasm_bindgen(js_name = optimizerState)]
    pub fn optimizer_state(&self) -> Vec<f32> {
        self.exporter.optimizer_state()
    }

    /// The rows as people know them, in the order that the split counts.
    #[wasm_bindgen(unchecked_return_type = "ExportRows")]
    pub fn rows(&self) -> JsValue {
        let run = self.exporter.run();
        let data = run.data();
        let mut parts = vec![0_u8; data.rows()];
        run.split().validation.iter().for_each(|&row| parts[row as usize] = 1);
        run.split().test.iter().for_each(|&row| parts[row as usize] = 2);
        let columns: Array = (0..data.columns.len())
            .map(|column| match self.exporter.cells(column) {
                Cells::Numbers(values) => wide(&values),
                Cells::Names(names) => {
                    names.iter().map(|name| JsString::from(name.as_str())).collect::<Array>().into()
                }
            })
            .collect();
        let labels = self.exporter.class_names().map(|names| {
            let label = |&class: &f64| JsValue::from(names.get(class as usize).map_or("", String::as_str));
            data.targets.iter().map(label).collect::<Array>()
        });
        object(&[
            ("count", (data.rows() as f64).into()),
            ("columns", columns.into()),
            ("inputs", wide(&data.inputs)),
            ("targets", wide(&data.targets)),
            ("labels", labels.map_or(JsValue::NULL, JsValue::from)),
            ("part", Uint8Array::from(parts.as_slice()).into()),
            (
                "tableRows",
                data.about().map_or(JsValue::NULL, |about| Uint32Array::from(about.rows.as_slice()).into()),
            ),
        ])
    }

    /// Predictions for new rows, as `Trainer.predict` gives them, but at once: rows × outputs. A name is its index among
    /// the column's categories, a gap NaN.
    #[wasm_bindgen(unchecked_return_type = "Float64Array")]
    pub fn predict(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Float32Array | Float64Array")] inputs: &JsValue,
    ) -> Thrown<JsValue> {
        let predicted = numbers(inputs, "inputs").and_then(|inputs| self.exporter.run_mut().predict(&inputs));
        throw(predicted.map(|outputs| wide(&outputs)))
    }

    /// The rows of a part as the net sees them, with their targets as they are.
    #[wasm_bindgen(unchecked_return_type = "{ inputs: Float32Array; targets: Float64Array; width: number }")]
    pub fn encoded(&self, #[wasm_bindgen(unchecked_param_type = "Part")] part: &str) -> Thrown<JsValue> {
        let run = self.exporter.run();
        throw(parse_part(part).map(|part| {
            let (data, rows) = (run.data(), part_rows(run.split(), part));
            let inputs = run.encoder().transform(&gather(&data.inputs, data.width(), rows));
            object(&[
                ("inputs", floats(&inputs)),
                ("targets", wide(&gather(&data.targets, data.task.targets(), rows))),
                ("width", (run.encoder().width() as f64).into()),
            ])
        }))
    }

    /// The weights as a safetensors file, by the names that a PyTorch `state_dict` has; running statistics included.
    pub fn safetensors(&self) -> Vec<u8> {
        self.exporter.safetensors()
    }

    /// The optimizer's state as a safetensors file: `exp_avg.layers.0.weight` and so on, and `step`.
    #[wasm_bindgen(js_name = optimizerSafetensors)]
    pub fn optimizer_safetensors(&self) -> Vec<u8> {
        self.exporter.optimizer_safetensors()
    }

    /// Looks at a safetensors file: whether it has each tensor of this net, in its shape, and no other. Where it fits, the
    /// exporter stands on these weights from then on, and `checkpoint` is the run with them. Throws a sentence for what is
    /// no such file.
    #[wasm_bindgen(js_name = readSafetensors, unchecked_return_type = "WeightsRead")]
    pub fn read_safetensors(&mut self, bytes: &[u8]) -> Thrown<JsValue> {
        throw(self.exporter.read_safetensors(bytes).and_then(|read| {
            let metadata = plain(&json!(read.metadata));
            let (problems, weights) = match read.weights {
                Ok(weights) => (vec![], Some(weights)),
                Err(problems) => (problems, None),
            };
            let problem = |own: &Problem| {
                object(&[
                    ("name", own.name.as_str().into()),
                    ("code", own.code.into()),
                    ("sentence", own.sentence.as_str().into()),
                    ("found", own.values[0].as_str().into()),
                    ("expected", own.values[1].as_str().into()),
                ])
            };
            let problems: Array = problems.iter().map(problem).collect();
            let read = object(&[("metadata", metadata), ("problems", problems.into())]);
            let floats_or_null = |own: Option<&Vec<f32>>| own.map_or(JsValue::NULL, |own| floats(own));
            set(&read, "parameters", &floats_or_null(weights.as_ref().map(|own| &own.parameters)));
            set(&read, "running", &floats_or_null(weights.as_ref().map(|own| &own.running)));
            let checkpoint = match weights {
                Some(weights) => {
                    self.exporter.take(&weights)?;
                    Uint8Array::from(self.begun().as_slice()).into()
                }
                None => JsValue::NULL,
            };
            set(&read, "checkpoint", &checkpoint);
            Ok(read)
        }))
    }

    /// The whole predictor as an ONNX model: raw rows in, an input a column; what the page says of them out.
    pub fn onnx(&self) -> Vec<u8> {
        self.exporter.onnx()
    }

    /// The run as bytes, as `Trainer.restore` of the same experiment takes them.
    pub fn checkpoint(&self) -> Vec<u8> {
        self.exporter.run().checkpoint()
    }
}

impl Exporter {
    /// The run with the weights that it took, as `Trainer.restore` takes it: its curve begins here, and says nothing of test
    /// rows that have a padlock in the page.
    fn begun(&mut self) -> Vec<u8> {
        let run = self.exporter.run_mut();
        run.record(CURVE_POINTS);
        match run.spec().data.source {
            SourceSpec::Toy(_) | SourceSpec::Drawn => run.checkpoint(),
            _ => run.checkpoint_without_test(),
        }
    }
}

fn bytes(value: &JsValue, what: &str) -> Result<Vec<u8>> {
    let array = value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    array.ok_or_else(|| Error::Data { what: format!("{what} is no Uint8Array") })
}

fn parse_part(name: &str) -> Result<Part> {
    match name {
        "train" => Ok(Part::Train),
        "validation" => Ok(Part::Validation),
        "test" => Ok(Part::Test),
        other => Err(Error::Data { what: format!("part \"{other}\" is not one of train, validation, test") }),
    }
}

fn open(spec: JsValue, data: &JsValue, checkpoint: &JsValue) -> Result<export::Exporter> {
    let spec = Spec::from_json(&document(spec)?)?;
    let given = !data.is_undefined() && !data.is_null();
    let mut exporter = match super::table::as_table(data)? {
        Some(table) => export::Exporter::of_table(spec, table.rows())?,
        None if given => export::Exporter::open(spec, Some(rows(data)?))?,
        None => export::Exporter::open(spec, None)?,
    };
    if !checkpoint.is_undefined() && !checkpoint.is_null() {
        exporter.restore(&bytes(checkpoint, "checkpoint")?)?;
    }
    Ok(exporter)
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** One raw input column of a run. */
export interface ExportColumn {
  name: string;
  /** A date is a number: days since 1970-01-01. */
  kind: "number" | "category" | "date" | "ignore";
  /** What its numbers count, as the file says. */
  unit: string | null;
  /** What stands in for a gap: a number, or one of `categories`; null: nothing does, and a gap of a number gives NaN, one of a name none of the names. */
  fill: number | string | null;
  /** A name's index here is its number in `predict`; null for numbers. */
  categories: string[] | null;
  /** Spellings that count as one of `categories`, each with that name: those that cleaning merged, grouped, or that are the same number. */
  aliases: Record<string, string>;
}

/**
 * What a formula works out, an operation with what it takes: `["/", ["column", 3], ["number", 2]]`. Operations are
 * `+ - * / ^`, `negate`, `sin cos exp ln sqrt abs`; a column is by its place in `columns`.
 */
export type FormulaTree =
  | ["number", number]
  | ["column", number]
  | [string, FormulaTree]
  | [string, FormulaTree, FormulaTree];

/**
 * One input of the net, of which (value − offset) / spread is what the net sees, in 64 bits, then as a float of 32; 0 where
 * spread is 0. Values, by type, of raw columns with their gaps filled: `column` itself; `square`, `product`, `sine` and
 * `cosine` (radians) of `columns`; `is`: 1 where the column holds `category`, else 0; `formula`.
 */
export interface ExportFeature {
  name: string;
  type: "column" | "square" | "product" | "sine" | "cosine" | "formula" | "is";
  /** Places in `columns`. */
  columns: number[];
  category?: string;
  formula?: FormulaTree;
  offset: number;
  spread: number;
}

/** A tensor of parameters: `parameters()[from…to]`, row-major, by its name in a PyTorch `state_dict`. */
export interface ExportTensor { name: string; shape: number[]; from: number; to: number; }

/** Running statistics of batch norm, which no optimizer moves. */
export interface ExportBuffer { name: string; shape: number[]; values: number[]; }

/**
 * A layer as the Spec has it, with all of its options (`units`, `activation`, `filters`, `kernel`, `stride`, `padding`, `size`,
 * `rate`, by its type). The last one is the output layer, dense.
 */
export interface ExportLayer {
  /** `layers.0`, or `layers.2.layers.1` in a residual block: what the names of its tensors begin with. */
  name: string;
  type: "dense" | "conv2d" | "maxPool2d" | "avgPool2d" | "flatten" | "dropout" | "layerNorm" | "batchNorm" | "residual";
  units?: number;
  activation?: string;
  filters?: number;
  kernel?: number;
  stride?: number;
  padding?: "valid" | "same";
  size?: number;
  rate?: number;
  /** Shape of a row that it is given: `[features]`, or `[channels, height, width]`. A dense layer takes an image as a list. */
  from: number[];
  /** Shape of a row that it gives. */
  to: number[];
  parameters: ExportTensor[];
  buffers: ExportBuffer[];
  /** Of a residual block: y = x + layers(x). */
  layers?: ExportLayer[];
}

/** What `Exporter.describe()` gives: all that scripts, graphs and reports are written from. */
export interface ExportDescription {
  /** The version that wrote it. */
  trainyard: string;
  /** Finished epochs, and updates so far. */
  epoch: number;
  step: number;
  /** Raw input columns; empty for images. */
  columns: ExportColumn[];
  /** Of images: `[channels, height, width]`, and a scale a channel. Null for columns. */
  image: { shape: number[]; offset: number[]; spread: number[] } | null;
  /** Inputs of the net, in their order; empty for images. */
  features: ExportFeature[];
  target: {
    /** Null where there is no table. */
    name: string | null;
    task: "classification" | "regression";
    unit: string | null;
    /** Names of the classes, "0", "1" … without a table; null for values. */
    classes: string[] | null;
    /** value = output · spread + offset */
    offset: number;
    spread: number;
  };
  layers: ExportLayer[];
  /** Outputs of the net: one a target, one logit for two classes, else one a class. */
  outputs: number;
  /** Cross-entropies take logits; of all others the outputs are values, or scores learned towards −1 and 1. */
  loss: "binary-cross-entropy" | "cross-entropy" | "mse" | "mae" | "huber" | "hinge" | "half-mse";
  /** A weight a class, balanced ones worked out; null where all count alike. */
  classWeights: number[] | null;
  labelSmoothing: number;
  /** `slots`: what it keeps for each tensor, by PyTorch's names, within `optimizerState()`. */
  optimizer: { type: string; steps: number; slots: (ExportTensor & { of: string })[] };
  /** Of the next step, as the schedule has it. */
  learningRate: number;
  /** Parameters that no step changes, by their indices. */
  frozen: number[];
  /** The rows of each part, as `rows()` numbers them, in the order of the split. */
  split: { train: Uint32Array; validation: Uint32Array; test: Uint32Array };
  /** The whole document, defaults filled in. */
  spec: Spec;
}

/** A safetensors file, looked at. */
export interface WeightsRead {
  /** What it says of itself. */
  metadata: Record<string, string>;
  /** What doesn't fit, tensor by tensor; empty where it does. `found` in the file, `expected` by the net; empty where there is none. */
  problems: {
    name: string;
    code: "missing" | "unexpected" | "shape" | "type" | "number";
    sentence: string;
    found: string;
    expected: string;
  }[];
  /** The weights, where they fit; else null. */
  parameters: Float32Array | null;
  /** Running statistics of batch norm, layer by layer: means, then variances. */
  running: Float32Array | null;
  /** The run with these weights: before its first step, unless the exporter was opened with a checkpoint. */
  checkpoint: Uint8Array | null;
}

/** Rows as people know them. */
export interface ExportRows {
  count: number;
  /** One a raw column: numbers, NaN for a gap; or names, "" for a gap. Empty for images. */
  columns: (Float64Array | string[])[];
  /** rows × raw numbers, as `predict` takes them. */
  inputs: Float64Array;
  /** rows × targets values, or class indices. */
  targets: Float64Array;
  /** Of classes: the name of each row's. */
  labels: string[] | null;
  /** 0 training, 1 validation, 2 test. */
  part: Uint8Array;
  /** Of a table: which of its rows each was, from 0. */
  tableRows: Uint32Array | null;
}
"##;
