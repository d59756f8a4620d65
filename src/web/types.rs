//! TypeScript's view of the documents that cross as plain objects.

use wasm_bindgen::prelude::wasm_bindgen;

/// What all packages have.
#[wasm_bindgen(typescript_custom_section)]
const SHARED: &str = r##"
/** Rows of one's own. */
export interface Rows {
  /** Row-major, rows × product of shape. A Float64Array keeps the digits of numbers far from 0, such as seconds since 1970. */
  inputs: Float32Array | Float64Array;
  /** rows × targets values, or one class index a row when `classes` is given. */
  targets: Float32Array | Float64Array;
  /** `[features]` or `[channels, height, width]`. */
  shape: number[];
  /** Number of classes; absent for regression. */
  classes?: number;
}

/** Every error thrown here. */
export interface TrainyardError extends Error {
  /** `spec`, `data`, `split`, `model`, `length`, `checkpoint` or `gpu`; `handle` for a call before the module is loaded, or on what was freed */
  code: string;
  /** Path of the offending field, if there is one. */
  where?: string;
}
"##;

/// The documents themselves, as the tables of `run/spec` say: a native test writes the file.
#[cfg(any(feature = "trainer", feature = "table"))]
#[wasm_bindgen(typescript_custom_section)]
const DOCUMENTS: &str = include_str!("spec.d.ts");

#[cfg(any(feature = "trainer", feature = "table"))]
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
export interface Progress {
  /** Updates so far. */
  step: number;
  /** Finished epochs. */
  epoch: number;
  /** Mean loss over the rows of the current epoch so far (of the last one at its end), in the loss's unit; NaN before any step. */
  trainingLoss: number;
  status: "ready" | "training" | "finished" | "diverged";
  /** The clause that ended the run, or what diverged; empty while it goes on. A sentence follows where nothing was learned from targets or inputs far from unit scale. */
  reason: string;
}

export interface Metrics {
  rows: number;
  /** Mean loss without penalties. */
  loss: number;
  /** Share of rows classified right, 0…1; classification only. */
  accuracy?: number;
  /** Mean absolute error in the targets' unit; regression only. */
  mae?: number;
  /** Root mean squared error in the targets' unit; regression by squared errors only. */
  rmse?: number;
}

/** What the model answers for some rows. */
export interface Answers {
  /** rows × outputs, as `predict` gives them */
  outputs: Float64Array;
  /** One a row; none for values. */
  classes: Uint32Array;
}

/** Losses at epoch ends, index by index; NaN where there are no test rows. `validation` only where there are such rows. */
export interface Curve { epoch: Float32Array; training: Float32Array; validation?: Float32Array; test: Float32Array; }

/** The rows as they are, in the data's own units. */
export interface Points {
  /** rows × columns */
  inputs: Float64Array;
  /** rows × targets values, or class indices */
  targets: Float64Array;
  /** 0 training, 1 validation, 2 test; one a row */
  part: Uint8Array;
  /** Of a table: which of its rows each was, from 0. */
  tableRows?: Uint32Array;
}

export type Part = "train" | "validation" | "test";

/** The gradients of some shards of a batch, added along the tree that one step alone adds them by. */
export interface ShardSum {
  /** Number of the first shard, from 0. */
  first: number;
  /** How many they are. */
  count: number;
  /** Their losses, added likewise. */
  loss: number;
  /** One number a parameter, in their order. */
  gradient: Float32Array;
}

/**
 * The update that comes next. A unit is an output of a layer in `describe().layers`, after its activation. Flat arrays
 * of parameters are in their order.
 */
export interface Look {
  /** The batch: numbers of rows as in `points()`, from 0. */
  rows: Uint32Array;
  /** Of a table: which of its rows those are, from 0. */
  tableRows?: Uint32Array;
  /** Encoded, inputs × rows. */
  inputs: Float32Array;
  /** Encoded, targets × rows. */
  targets: Float32Array;
  /** Mean over the batch, before the update. */
  loss: number;
  /** One a row. */
  losses: Float32Array;
  /** units × rows; the output layer's come last, as the net gives them */
  values: Float32Array;
  /** units × rows: derivative of the mean loss in what the activation is given */
  deltas: Float32Array;
  /** units × rows: derivative of the activation where each unit stands */
  slopes: Float32Array;
  /** Of the batch's mean loss alone. */
  gradient: Float32Array;
  /** After penalties, freezing and clipping, as the optimizer is given it. */
  stepGradient: Float32Array;
  /** Of the mean loss over all training rows. */
  fullGradient: Float32Array;
  before: Float32Array;
  after: Float32Array;
  /** The optimizer's, before and after: slots × parameters padded to fours. */
  state: Float32Array;
  stateAfter: Float32Array;
  learningRate: number;
}

export interface ParameterRange { offset: number; shape: number[]; }

export interface Description {
  task: "classification" | "regression";
  classes: number | null;
  columns: string[];
  columnKinds: ("number" | "category" | "date")[];
  /** The names behind a column's indices; null for numbers. */
  categories: (string[] | null)[];
  /** The column to predict, of a table. */
  target: string | null;
  /** The names of the classes, of a table. */
  classNames: string[] | null;
  features: string[];
  /** One an input of the net: a category is an input a name, such as "species = Adelie". */
  inputNames: string[];
  /** Range to draw, `[low, high]` a column. */
  domain: [number, number][];
  outputs: number;
  /** Layers with parameters, output layer included. */
  layers: { type: string; inputs: number; outputs: number; activation: string; weight: ParameterRange; bias: ParameterRange }[];
  parameterCount: number;
  stepsPerEpoch: number;
  rows: { train: number; validation: number; test: number };
  loss: string;
  engine: "cpu" | "gpu";
  /** Why this engine. */
  engineReason: string;
  adapter: Adapter | null;
  deviceBytes: number;
  dispatchesPerStep: number;
  /** The full Spec, defaults included. */
  spec: Spec;
}

/** A GPU as its driver names it; `isFallback`: software that plays one. */
export interface Adapter { name: string; isFallback: boolean; }

export interface EngineFacts {
  engine: "cpu" | "gpu";
  /** Why this one: a sentence. */
  reason: string;
  /** Null on the CPU. */
  adapter: Adapter | null;
  /** Memory taken on the GPU. */
  deviceBytes: number;
  /** 0 on the CPU. */
  dispatchesPerStep: number;
}

/** Blocks of four by four that a thread of a large product takes: of outputs and inputs' gradients, of weights' gradients. */
export type TileSize = [values: number, weights: number];

/** The size that is taken, and how those that were timed did: milliseconds of the largest product and its gradients. */
export interface TunedTiles {
  size: TileSize;
  /** The rule first; none where the size was known already, or nothing large is multiplied. */
  trials: { size: TileSize; ms: number }[];
}

/** Where the time of all steps on the GPU went, in milliseconds. */
export interface Timings {
  steps: number;
  submissions: number;
  /** Recording commands. */
  recording: number;
  /** Handing over row numbers, hyperparameters and commands. */
  upload: number;
  /** From then until the outcomes were back. */
  inFlight: number;
  /** Of that, between the first dispatch and the last; absent where the adapter has no timestamps. */
  compute?: number;
}

/** A `Table`, of the package that has it. */
export interface TableHandle { share(): TableHandle; }

/**
 * `data.read` of a Spec: what is chosen by hand of how a file is read. What is absent or "auto" is settled by the file.
 * `encoding` is a label of the Encoding Standard: the reader takes UTF-8, and who calls it decodes. A `delimiter` of " "
 * are blanks and tabs, however many. `skip` are the lines before the table; `rowNames`: the header has no name for the
 * first column, which names rows; `unitsRow`: the line under the header holds units.
 */
export type ReadChoices = NonNullable<NonNullable<Spec["data"]>["read"]>;

/**
 * A sentence by its code and values, for who says it in another language; `www/strings` has every code. Null: it is the same
 * in all.
 */
export type Said = { code: string; values: Record<string, SaidValue> };
export type SaidValue = string | Said | (string | Said)[];

/** One thing about a file that was settled, by hand or by its looks. */
export interface Settled {
  key: keyof ReadChoices;
  /** What was used. */
  value: string | boolean | number | null;
  isChosen: boolean;
  /** Where not, two readings fit about equally well, and `sentence` is a question. */
  isSure: boolean;
  choices: { value: string | boolean | number | null; label: string; said?: Said | null }[];
  /** The evidence. */
  sentence: string;
  said?: Said | null;
}

export interface TableDescription {
  /** Rows as loaded. */
  rows: number;
  /** How the file was read. */
  reading: Settled[];
  /** What the reader met; lines from 1. */
  notes: { line: number | null; sentence: string; said?: Said | null }[];
  /** Each over the rows that cleaning steps leave; days for dates; no numbers for names. */
  columns: {
    name: string;
    /** What its numbers count, as its cells or the file say. */
    unit: string | null;
    kind: "number" | "category" | "date" | "ignore";
    inferred: "number" | "category" | "date" | "ignore";
    missing: number;
    distinct: number;
    min: number | null;
    max: number | null;
    mean: number | null;
    median: number | null;
    /** At most 100, the most frequent first. */
    categories: { name: string; count: number }[];
  }[];
  target: string;
  task: "classification" | "regression";
}

export interface Finding {
  kind: "missing" | "duplicates" | "constant" | "identifier" | "outliers" | "mixed-types" | "spellings" | "labels"
    | "imbalance" | "unscaled" | "leakage" | "codes" | "total";
  column: string | null;
  count: number;
  /** The first 20. */
  rows: number[];
  sentence: string;
  said?: Said | null;
  /** The likeliest first. */
  remedies: { label: string; said?: Said | null; fix: CleaningStep }[];
}

/** rowsIn = rowsOut + the rows of all entries. */
export interface CleanReport {
  rowsIn: number;
  rowsOut: number;
  reported: { fix: string; rows: number; cells: number; sentence: string; said?: Said | null }[];
}

/** One edge more than bars. */
export interface Histogram { edges: Float64Array; byClass: { name: string; counts: Uint32Array }[]; }

/** names × names, row by row */
export interface Correlations { names: string[]; matrix: Float64Array; }

/** The plane on which rows spread most, as the net sees them. */
export interface Components {
  /** Each axis' share of all variance, 0…1. */
  shares: [number, number];
  /** The net's inputs by name. */
  names: string[];
  /** Of the target; empty for values. */
  classes: string[];
  /** The mean row, encoded. */
  mean: Float64Array;
  /** Unit vectors, a number an input. */
  axes: [Float64Array, Float64Array];
  /** Two numbers a row in `inputs`. */
  points: Points;
}

/** Rows that have both columns; names by index where a column holds some. */
export interface Scatter {
  x: Float64Array;
  y: Float64Array;
  /** Values or class indices; NaN where there is none. */
  target: Float64Array;
  kinds: ["number" | "category" | "date", "number" | "category" | "date"];
  names: [string[], string[]];
  /** Empty for values. */
  classes: string[];
  /** How many rows have both, of which not all may be here. */
  rows: number;
}

export interface FormulaTried { problem: string | null; low: number | null; high: number | null; }
"##;
