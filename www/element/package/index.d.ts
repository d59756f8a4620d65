/** Figures of a run by the names that goals have: `training-loss`, `test-accuracy` …; null while test rows are locked, or where there is none. Losses are means over rows and outputs, accuracies shares from 0 to 1. */
export type TrainYardFigures = Record<string, number | null>;

export interface TrainYardState {
  readonly status:
    | "waiting"
    | "loading"
    | "ready"
    | "training"
    | "paused"
    | "finished"
    | "diverged"
    | "failed";
  /** Passes over the training rows that are done. */
  readonly epoch: number;
  /** Updates of the weights that are done. */
  readonly step: number;
  /** Why the run is over; null while it isn't. */
  readonly why: string | null;
  readonly figures?: TrainYardFigures;
}

export interface TrainYardProgress {
  readonly epoch: number;
  readonly step: number;
  readonly figures: TrainYardFigures;
}

export interface TrainYardEvents {
  "trainyard-epoch": CustomEvent<TrainYardProgress>;
  "trainyard-goal": CustomEvent<TrainYardProgress & { readonly goal: string }>;
  "trainyard-stop": CustomEvent<TrainYardState>;
  "trainyard-error": CustomEvent<{ readonly message: string }>;
}

/** `<train-yard>`. Its attributes are listed in the README. */
export declare class TrainYard extends HTMLElement {
  /** The experiment as one document (`schema.json` has its fields). A new one starts anew; what is wrong with it arrives as `trainyard-error`. */
  get spec(): object | null;
  set spec(spec: object);
  readonly state: TrainYardState;
  /** Trains while it is in sight. */
  play(): Promise<void>;
  pause(): void;
  /** One batch, or one epoch. */
  step(unit?: "batch" | "epoch"): Promise<void>;
  /** The same start again. */
  reset(): Promise<void>;
  addEventListener<K extends keyof TrainYardEvents>(
    type: K,
    listener: (this: TrainYard, event: TrainYardEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof TrainYardEvents>(
    type: K,
    listener: (this: TrainYard, event: TrainYardEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

export interface DefineOptions {
  /** Where the folder `files/` of this package is served, relative to the page; a bundler moves the module, so it needs it. */
  files?: string;
  /** Of the element's words; that of the page unless it is given. */
  lang?: "en" | "de";
}

/** Makes `<train-yard>` known, once for each address. Rejects with a sentence where nothing is found there. */
export declare function define(options?: DefineOptions): Promise<typeof TrainYard>;

declare global {
  interface HTMLElementTagNameMap {
    "train-yard": TrainYard;
  }
}
