//! TypeScript's view of what is asked and answered about folds, verdicts and searches.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** How the rows of an experiment are dealt into folds. */
export interface FoldingOptions {
  /** 2…20, 10 unless given; "leave-one-out" is a fold a row. */
  folds?: number | "leave-one-out";
  /** How often rows are dealt anew, 1…100; 1 unless given. */
  repeats?: number;
  /** The Spec's unless given. */
  seed?: number;
  /** Whether classes are dealt evenly: yes, unless false. */
  stratify?: boolean;
  /** Rows that stay together: a number or text for each row of `points()`, or a column of the table. */
  groups?: ArrayLike<number> | string[] | string;
  /** Folds are blocks of rows that follow one another. */
  blocked?: boolean;
  /** The same by time: a number for each row of `points()`, or a column of the table. */
  times?: ArrayLike<number> | string;
}

export interface CrossValidationOptions extends FoldingOptions { signal?: AbortSignal; }

export type ScoreName = keyof ValueScores["intervals"] | keyof ClassScores["intervals"];

/** One run of a cross-validation. */
export interface FoldResult {
  repeat: number;
  fold: number;
  /** Rows that validate. */
  rows: number;
  trainingRows: number;
  epochs: number;
  status: "finished" | "diverged";
  /** On validation rows, without intervals; null where the outputs of a run that diverged are no numbers. */
  scores: ClassScores | ValueScores | null;
  /** The same on training rows, by name. */
  training: Partial<Record<ScoreName, number>> | null;
}

export interface CrossValidation {
  folds: FoldResult[];
  /** Not where it was canceled. */
  isComplete: boolean;
  /** Over the folds where a score is defined. */
  mean: Partial<Record<ScoreName, number>>;
  /** Standard deviation of a sample, with n − 1; NaN of fewer than two folds. */
  deviation: Partial<Record<ScoreName, number>>;
  /** Of all validated rows together, each by the model that didn't learn from it; with intervals unless rows repeat. */
  pooled: ClassScores | ValueScores | null;
  /** These rows, as `points()` of the whole experiment numbers them: the run that validated each, its outputs and targets. */
  validated: { rows: Uint32Array; run: Uint32Array; outputs: Float64Array; targets: Float64Array };
}

export interface CrossValidationProgress {
  /** The run under way, from 0, and how many there are. */
  index: number;
  runs: number;
  epoch: number;
  /** Of all of it, 0…1. */
  share: number;
  elapsedMs: number;
  /** About; NaN at the start. */
  leftMs: number;
  /** When a run is done. */
  result?: FoldResult;
}

/**
 * Trains and scores a model for each fold, on this thread, and lets others have their turn ten times a second. The promise
 * is of what was done by then: all folds, or those before it was canceled, by `signal` or by `onProgress` returning
 * false. Rejects for a Spec, rows or options that don't fit.
 */
export function crossValidate(
  spec: Spec,
  data?: Rows | TableHandle | null,
  options?: CrossValidationOptions,
  onProgress?: (progress: CrossValidationProgress) => boolean | void,
): Promise<CrossValidation>;

/** Which plane through a model's parameters. */
export interface PlaneOptions {
  /**
   * "random", unless given: random directions in which each unit's weights are as long as its own (Li et al. 2018).
   * "trajectory": where `path` lies most. "hessian": along which the loss bends upward most. "parameters": two of them as
   * they are, such as a line's slope and intercept.
   */
  kind?: "random" | "trajectory" | "hessian" | "parameters";
  /** Of random directions, 7 unless given. */
  seed?: number;
  /** Parameters at some steps of the run, as `parameters()` gives them, at most 256. */
  path?: Float32Array[];
  /** Two parameters by their numbers. */
  parameters?: [number, number];
}

export interface SurfacePlane {
  /** What a step of 1 along a adds to the parameters; of a path and of eigenvectors as long as all parameters together, at least 1. */
  first: Float32Array;
  /** The same along b. */
  second: Float32Array;
  /** Of the Hessian along both, of kind "hessian"; else null. */
  eigenvalues: [number, number] | null;
  /** Share of the path's squared distances from here that lies in the plane, 0…1; null without a path. */
  share: number | null;
  /** a and b of each snapshot of the path, in turn. */
  path: Float64Array;
}

export interface SurfaceOptions {
  /** The ends of both axes, −1 and 1 unless given. */
  low?: number;
  high?: number;
  /** Places along each axis, 2…201; 41 unless given. */
  size?: number;
  /** Whose loss; "train" unless given. */
  part?: Part;
  /** Rows of the grid, from 0: which of them are wanted. */
  from?: number;
  to?: number;
}

export interface Surface {
  a: Float64Array;
  /** Of the rows that were wanted. */
  b: Float64Array;
  /** b × a, in the loss's own unit. */
  losses: Float64Array;
  /** The loss at a = b = 0. */
  center: number;
}

export interface VerdictOptions {
  /** Folds a repeat, by which training rows of runs overlap; as many as scores unless given. */
  folds?: number;
  /** Scores of a constant answer: where nothing surely beats it, the answer is "can't tell". */
  constant?: ArrayLike<number>;
  /** How often chance may pass for a difference, 0.05 unless given. */
  level?: number;
  /** A mean difference below this is none, however sure; 0.005 unless given. */
  least?: number;
  /** What surely lies within this is a tie; 0.05 unless given. */
  margin?: number;
  /** Share of folds in which the larger model has to be better for a yes; 0.7 unless given. */
  share?: number;
}

/** The corrected resampled t-test (Nadeau & Bengio 2003) of two models' scores, and what follows. */
export interface VerdictReport {
  answer: "yes" | "no" | "tie" | "can't tell";
  /** Mean of the larger model's score minus the simple one's. */
  difference: number;
  deviation: number;
  /** Where the difference lies at 1 − `level`. */
  low: number;
  high: number;
  t: number;
  /** Two-sided. */
  p: number;
  /** Folds in which the larger model is better, and the simple one. */
  wins: number;
  losses: number;
  folds: number;
  /** Whether either surely beats the constant; null where its scores weren't given. */
  hasLearned: boolean | null;
}

/** A setting to vary: one of some values, or a number between two; by factors with `log`, whole numbers with `whole`. */
export type SearchAxis =
  | { values: ArrayLike<number> }
  | { low: number; high: number; log?: boolean; whole?: boolean };

export interface SearchOptions {
  by?: "grid" | "random";
  /** Of a grid: places of each range, 5 unless given. */
  points?: number;
  /** Drawn: how many, 20 unless given, at most 10,000; and their seed. */
  trials?: number;
  seed?: number;
}
"##;
