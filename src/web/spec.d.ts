/** The experiment, see the README. Absent fields and null take their defaults. */
export type Spec = {
  $schema?: string;
  data?: {
    augment?: {
      noise?: number | null;
      rotate?: number | null;
      scale?: number | null;
      shift?: number | null;
    } | null;
    clean?: CleaningStep[] | Record<string, never> | null;
    corrupt?: {
      duplicates?: number | null;
      labels?: number | null;
      missing?: number | null;
      outliers?: number | null;
      units?: number | null;
    } | null;
    features?: (string | { formula: string })[] | null;
    imbalance?: number | null;
    kinds?: Record<string, "number" | "category" | "date" | "ignore"> | null;
    noise?: number | null;
    points?: number[][] | null;
    read?: {
      comment?: "auto" | "none" | "#" | "%" | "//" | "--" | ";" | "!" | "*" | null;
      dates?: "auto" | "day-first" | "month-first" | null;
      decimal?: "auto" | "." | "," | null;
      delimiter?: "auto" | "," | ";" | "\t" | "|" | ":" | " " | "fixed" | null;
      encoding?: string | null;
      escape?: "auto" | "double" | "backslash" | null;
      format?: string | null;
      header?: "auto" | true | false | null;
      quote?: "auto" | "\"" | "'" | "none" | null;
      rowNames?: "auto" | true | false | null;
      sheet?: string | null;
      skip?: number | null;
      unitsRow?: "auto" | true | false | null;
    } | null;
    samples?: number | null;
    scale?: "none" | "standard" | "min-max" | null;
    source?: string | null;
    split?: {
      stratify?: boolean | null;
      test?: number | null;
      train?: number | null;
      validation?: number | null;
    } | null;
    target?: string | null;
    task?: "auto" | "classification" | "regression" | null;
  } | null;
  engine?: "auto" | "cpu" | "gpu" | null;
  model?: {
    biasInit?: number | null;
    init?:
    | "glorot-uniform" | "glorot-normal" | "he-uniform" | "he-normal" | "lecun-uniform" | "lecun-normal" | "orthogonal" | "zeros" | "uniform"
    | { range?: number | null; type?: "uniform" }
    | null;
    layers?: LayerSpec[] | null;
    outputActivation?: "tanh" | "relu" | "sigmoid" | "linear" | "leaky-relu" | "elu" | "selu" | "gelu" | "silu" | "softplus" | "sin" | null;
  } | null;
  seed?: number | null;
  training?: {
    batchSize?: number | null;
    classWeights?: "balanced" | number[] | null;
    clip?: { norm?: number | null; value?: number | null } | null;
    l1?: number | null;
    l1Rule?: "subgradient" | "prune" | null;
    l2?: number | null;
    labelSmoothing?: number | null;
    loss?: "auto" | "cross-entropy" | "hinge" | "mse" | "half-mse" | "mae" | "huber" | null;
    optimizer?:
    | {
      learningRate?: number | null;
      momentum?: number | null;
      nesterov?: boolean | null;
      type?: "sgd";
    }
    | {
      beta1?: number | null;
      beta2?: number | null;
      epsilon?: number | null;
      learningRate?: number | null;
      type: "adam";
    }
    | {
      beta1?: number | null;
      beta2?: number | null;
      epsilon?: number | null;
      learningRate?: number | null;
      type: "adamw";
      weightDecay?: number | null;
    }
    | {
      alpha?: number | null;
      epsilon?: number | null;
      learningRate?: number | null;
      type: "rmsprop";
    }
    | { epsilon?: number | null; learningRate?: number | null; type: "adagrad" }
    | null;
    schedule?:
    | {
      type?: "constant";
      warmUp?: { startFactor?: number | null; totalEpochs?: number | null } | null;
    }
    | {
      gamma?: number | null;
      stepSize?: number | null;
      type: "step";
      warmUp?: { startFactor?: number | null; totalEpochs?: number | null } | null;
    }
    | {
      gamma?: number | null;
      type: "exponential";
      warmUp?: { startFactor?: number | null; totalEpochs?: number | null } | null;
    }
    | {
      etaMin?: number | null;
      tMax?: number | null;
      type: "cosine";
      warmUp?: { startFactor?: number | null; totalEpochs?: number | null } | null;
    }
    | { startFactor?: number | null; totalEpochs?: number | null; type: "linear-warm-up" }
    | {
      factor?: number | null;
      patience?: number | null;
      threshold?: number | null;
      type: "reduce-on-plateau";
      warmUp?: { startFactor?: number | null; totalEpochs?: number | null } | null;
    }
    | null;
    shuffle?: boolean | null;
    stop?: {
      goal?:
      | { metric: "trainingLoss"; value?: number | null }
      | { metric?: "testLoss"; value?: number | null }
      | { metric: "testAccuracy"; value?: number | null }
      | null;
      maxEpochs?: number | null;
      patience?: number | null;
      restoreBest?: boolean | null;
    } | null;
  } | null;
  version?: number | null;
};

/** A layer of `model.layers`. */
export type LayerSpec =
| {
  activation?: "tanh" | "relu" | "sigmoid" | "linear" | "leaky-relu" | "elu" | "selu" | "gelu" | "silu" | "softplus" | "sin" | null;
  type: "dense";
  units?: number | null;
}
| {
  activation?: "tanh" | "relu" | "sigmoid" | "linear" | "leaky-relu" | "elu" | "selu" | "gelu" | "silu" | "softplus" | "sin" | null;
  filters?: number | null;
  kernel?: number | null;
  padding?: "valid" | "same" | null;
  stride?: number | null;
  type: "conv2d";
}
| { size?: number | null; stride?: number | null; type: "maxPool2d" }
| { size?: number | null; stride?: number | null; type: "avgPool2d" }
| { type: "flatten" }
| { rate?: number | null; type: "dropout" }
| { type: "layerNorm" }
| { type: "batchNorm" }
| { layers?: LayerSpec[] | null; type: "residual" };

/** A change to a table; rows as numbered when it was loaded, from 0. Sentences and the page count them from 1. */
export type CleaningStep =
| { fix: "drop-rows"; rows: number[] }
| { column?: string | null; fix: "drop-missing" }
| { by?: "mean" | "median" | "mode" | null; column: string; fix: "impute" }
| { fix: "drop-duplicates" }
| { column: string; fix: "drop-column" }
| { column: string; fix: "cap"; high: number; low: number }
| { column: string; fix: "merge"; from: string[]; to: string }
| { fix: "relabel"; row: number; to: string }
| { column: string; fix: "set"; row: number; to: string }
| { column: string; fix: "kind"; to: "number" | "category" | "date" | "ignore" }
| { column: string; fix: "keep"; word: string }
| { column: string; fix: "group"; most?: number | null; to: string };
