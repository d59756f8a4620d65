//! TypeScript's view of what is asked and answered about many runs.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** How outputs are to be scored. */
export interface ScoreOptions {
  /** Number of classes, 2…1000; absent for values. */
  classes?: number;
  /** Values a row, 1 unless given; scores of several are means over them. */
  columns?: number;
  /** What each row counts: finite, at least 0. */
  weights?: ArrayLike<number>;
  /** The class of each row as `Trainer.classify` decided it; else that of the largest probability. */
  decided?: ArrayLike<number>;
  /** Outputs of classes are raw scores, as `Trainer.predict` gives them for any loss but cross-entropy: above 0 for the
   * second of two classes. What needs a probability is then NaN: `logLoss`, `brier`, and no calibration. */
  raw?: boolean;
  /** Seed of the bootstrap, 7 unless given. */
  seed?: number;
  /** Whether 95% intervals are wanted: yes, unless false. */
  intervals?: boolean;
}

/**
 * Where a score lies at 95%. "wilson": Wilson's interval of a share; "bootstrap": percentiles over rows drawn again, 1000
 * times of up to 4,000 numbers, 200 times of up to 200,000, not at all beyond.
 */
export interface Interval { low: number; high: number; method: "wilson" | "bootstrap"; }

/** Of values. Errors are in the targets' unit. */
export interface ValueScores {
  task: "regression";
  rows: number;
  /** In the square of the targets' unit. */
  mse: number;
  rmse: number;
  mae: number;
  medianAbsoluteError: number;
  /** Share of the targets' variance that is explained; NaN of one row. */
  r2: number;
  /** Absent where they weren't wanted, or rows are too many. */
  intervals: Partial<Record<"mse" | "rmse" | "mae" | "medianAbsoluteError" | "r2", Interval>>;
}

/** One class against all others. */
export interface ClassScore {
  /** 0 where nothing is decided to be of the class. */
  precision: number;
  /** 0 without rows of the class. */
  recall: number;
  f1: number;
  /** Weight of the class's rows: their number, without weights. */
  support: number;
  /** NaN without rows of the class, or of others. */
  auroc: number;
  /** NaN without rows of the class. */
  averagePrecision: number;
  /** Wilson's. */
  intervals: { precision?: Interval; recall?: Interval };
}

export interface ScoreAverages { precision: number; recall: number; f1: number; auroc: number; }

/** A point for each different output, highest first: what lies at or above `thresholds[i]`, the first of which is infinite. */
export interface RocCurve { falsePositiveRate: Float64Array; truePositiveRate: Float64Array; thresholds: Float64Array; }
export interface PrecisionRecallCurve { recall: Float64Array; precision: Float64Array; thresholds: Float64Array; }

/** Up to ten bins of about as many rows: mean probability, share of rows of the class with its Wilson interval. */
export interface CalibrationCurve {
  predicted: Float64Array;
  observed: Float64Array;
  count: Uint32Array;
  low: Float64Array;
  high: Float64Array;
}

/** Of classes. */
export interface ClassScores {
  task: "classification";
  rows: number;
  accuracy: number;
  /** Mean recall of the classes that have rows. */
  balancedAccuracy: number;
  logLoss: number;
  /** Of two classes about the second; of more the sum over all. */
  brier: number;
  /** Matthews correlation coefficient, −1…1. */
  mcc: number;
  /** Of the second of two classes; of more the mean of each against all others. NaN where none is defined. */
  auroc: number;
  averagePrecision: number;
  perClass: ClassScore[];
  /** Means over the classes that have rows or are decided for. */
  macro: ScoreAverages;
  /** Means by the weight of each class's rows. */
  weighted: ScoreAverages;
  /** `[actual][decided]`: rows, or their weight. */
  confusion: number[][];
  /** Of two classes one each, about the second; of more one a class; none beyond 20 classes. */
  curves: { roc: RocCurve[]; precisionRecall: PrecisionRecallCurve[]; calibration: CalibrationCurve[] };
  /** "accuracy" is Wilson's, all others the bootstrap's; "f1" is that of `macro`. Absent where not wanted or rows are too many. */
  intervals: Partial<
    Record<"accuracy" | "balancedAccuracy" | "logLoss" | "brier" | "mcc" | "auroc" | "averagePrecision" | "f1", Interval>
  >;
}

/**
 * Scores outputs by their targets. Each score means what scikit-learn's of that name does; one that isn't defined is NaN.
 * Throws for lengths that disagree, numbers that aren't finite, and classes or probabilities out of range.
 *
 * `outputs`: values; of two classes the probability of the second, one a row; of more rows × classes. `targets`: values, or
 * one class index a row.
 */
export function scores(
  outputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: ScoreOptions & { classes: number },
): ClassScores;
export function scores(
  outputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  options?: ScoreOptions & { classes?: undefined },
): ValueScores;

/** As for `scores`. */
export interface SweepOptions { weights?: ArrayLike<number>; raw?: boolean; }

/** Rows at a threshold, by weight, and what follows. Rates are NaN without rows of that class. */
export interface AtThreshold {
  threshold: number;
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
  /** x of the ROC curve */
  falsePositiveRate: number;
  /** y of the ROC curve */
  truePositiveRate: number;
  /** 1 where nothing is taken for the second class. */
  precision: number;
  recall: number;
  accuracy: number;
  f1: number;
}

/** How rows are dealt into folds. */
export interface FoldOptions {
  /** 2…20, or as many as rows, which is leave-one-out; 10 unless given. */
  folds?: number;
  /** How often they are dealt anew, 1…100; 1 unless given. */
  repeats?: number;
  /** 7 unless given. */
  seed?: number;
  /** The class of each row: every fold gets the same mix, within one row of each. */
  stratify?: ArrayLike<number>;
  /** The group of each row, by any number or text: rows of a group stay together. */
  groups?: ArrayLike<number> | string[];
  /** Folds are blocks of rows that follow one another, in their order or by `times`: neither repeated, stratified nor grouped. */
  blocked?: boolean;
  /** When each row is of, such as days. */
  times?: ArrayLike<number>;
}
"##;
