// @ts-check
/**
 * What the page and the training worker say to each other: the one file both sides import.
 *
 * The page sends *commands*, the worker sends *events*. One worker holds one run at a time. A run
 * is named by a number that the page chooses and only ever raises; every event of a run carries it,
 * so the page can drop what an older run still had under way. A command with an `id` is a request
 * and gets exactly one `reply` with that id. Any other command that cannot be obeyed is answered by
 * an `error`, never ignored.
 *
 * Commands (page → worker)
 *
 *   hello         {version, build?, core}      who is asking, and the compiled WebAssembly module to train
 *                                              with; answered by `ready`, or by a fatal error when page
 *                                              and worker come from different builds
 *   ping          {}                           → `pong`, between two slices of whatever is under way
 *   preview       {id, source, samples, noise, seed}   a few real points of a data source → reply
 *   rates         {id, training, epochs}       the learning rates that an optimizer and its schedule give,
 *                                              one an epoch → reply
 *   open          {run, spec, measured?, keep?, from?}   builds the run and frees the one before; answered by
 *                                              `opened` and `status`, or by `error`. `measured` is what
 *                                              earlier `engine` events said of this device, by their key;
 *                                              `keep`: with the weights of the run before, if they fit;
 *                                              `from`: a checkpoint to branch off, as by `branch`
 *   play          {run}                        trains until paused, finished or diverged
 *   pause         {run}                        stops after the current slice
 *   step          {run, unit, count}           trains `count` batches or epochs, then pauses
 *   pace          {run, stepsPerFrame, unit}   how much to train between two frames; "max" for all
 *                                              that fits
 *   learningRate  {run, value}                 from the next step on, without starting again
 *   maxEpochs     {run, value}                 how many epochs the run may take, null for any number; a run
 *                                              that had used them up is paused then, and can go on
 *   watch         {run, inputs, encoded?}      raw rows to predict for every frame (a grid); before them, rows
 *                                              as the net sees them
 *   lock          {run, isLocked}              whether test rows are hidden: those of a table are from the start. A locked
 *                                              run says nothing of them: frames, moments and contests have `test: null`
 *                                              and NaN in curves, points leave the rows out, `save` leaves out their
 *                                              losses. What is said of it is said again: `points`, then a frame
 *   components    {id, run}                    → reply with the plane on which the training rows spread most
 *   watchUnits    {run, inputs}                raw rows for which frames also say what every input and unit gives; none end it
 *   setParameter  {run, index, value}          a weight or a bias by hand
 *   freeze        {run, indices}               exactly these keep their value from now on
 *   ack           {run, frame}                 frame number `frame` is drawn: the next may come
 *   classify      {id, run, inputs}            → reply with one row of outputs for each input row, and the class that the
 *                                              engine decides on for each; no classes for values
 *   confusion     {id, run, part, inputs, threshold?}   → reply with the same, and of all rows of that part how many are
 *                                              of each class and decided to be of each; by a threshold where one is given
 *   scores        {id, run, part, isQuick?}    → reply with all that tells how good the run is on a part of the rows, and
 *                                              how good guessing is; null of no rows. `isQuick`: without intervals
 *   residuals     {id, run, part, inputs}      → reply with actual − predicted over a part of the rows, as figures and
 *                                              bars, and with the predictions for the rows that are given
 *   activations   {id, run, inputs}            → reply with what every unit of every layer gives, unit by unit
 *   look          {id, run}                    → reply with the next update, taken and taken back
 *   baseline      {id, run, part}              → reply with how good the answer is on a part that is the same for all rows:
 *                                              the training rows' most frequent class, or their mean
 *   gradient      {id, run, part}              → reply with the gradient of the mean loss on a part of the rows
 *   save          {id, run, isWhole?}          → reply with the checkpoint's bytes; `isWhole`: locked or not, for this
 *                                              browser alone to go on from
 *   load          {id, run, bytes}             puts a checkpoint back → reply
 *   branch        {id, run, bytes}             the same of a run that may differ in its training → reply
 *   past          {id, run}                    → reply with the kept moments `[{step, epoch, training, test,
 *                                              validation, learningRate, gradientNorm}]`, their bytes, the size
 *                                              of one where it is too large; and the looks at fixed epochs, with one
 *                                              at where the run stands, if it does (`Look` in features/coach/alerts.js)
 *   seek          {id, run, step, forgets?, exact?}   pauses and goes to the moment nearest to that step → reply with
 *                                              its step. The future is kept until training goes on otherwise, unless
 *                                              it is to be forgotten. `exact`: to that very step, by training again
 *                                              from the moment before
 *   weights       {id, run, steps}             → reply with the parameters of those moments, one after the other
 *   units         {id, run, steps, inputs}     → reply with what every unit gave for those rows at those moments
 *   curvature     {id, run, step?}             → reply with the largest eigenvalue of the loss's Hessian, now or at a
 *                                              moment; NaN where it isn't found to 1%
 *   trial         {id, run, step, specs, steps, most}   trains each of these from that step on for so many steps, on
 *                                              the CPU and apart from the run → reply with the number of the first
 *                                              that doesn't diverge and has a training loss of at most `most`; −1
 *                                              where none is like that
 *   close         {run}                        frees the run
 *   tableStart    {id, name, title?, read?}    a table's bytes will come; one half read is dropped → reply. `name`
 *                                              is what a Spec calls it as its data.source, `title` the file's name,
 *                                              `read` how it is to be read, as the Spec's data.read
 *   tableBytes    {bytes}                      a piece of it
 *   tableEnd      {id, data}                   that was all: it is held from now on, in place of the one before
 *                                              → reply with its description under `data`, the Spec's
 *   tableCancel   {}                           what was read of it is dropped
 *   table         {id, ask, ...}               asks the table held: describe, cells, doctor, report,
 *                                              histogram, scatter, components, correlations, tryFormula or csv → reply.
 *                                              The doctor looks between other messages: examined says how much is done,
 *                                              from 0 to 1, and stopDoctor ends it, as does a newer question.
 *                                              A set of images: pictures {rows}, or drawn {pixels}, under `data`. A run
 *                                              on one is asked about them by their numbers, and by -1 about what was
 *                                              drawn
 *   job           {id, kind, course}           something long; `progress` says how far it is → reply with its outcome.
 *                                              One of a kind at a time; a run that trains is paused. By kind:
 *     race        {spec, widths, layers, milliseconds}   trains dense nets of each width on both engines, and by several
 *                                              workers where batches are cut, from one
 *                                              seed, on the same batches, each for so long; a BenchmarkPoint for each width;
 *                                              refused as "no-gpu" where there is none
 *     lap         {spec, milliseconds}           trains the model of the Spec itself likewise, each for so long: an
 *                                              OwnLap; without a GPU it has the CPU's time alone, and why
 *     contest     {specs, inputs, epochs}        trains all of them on the CPU, in lock-step epoch by epoch, and says how
 *                                              they stand, with what they give for `inputs`
 *     twins       {spec, corrupt}                trains the Spec, and beside it the same with `corrupt` in its data, on the
 *                                              CPU; both curves so far, then both ones' metrics on the same clean test rows
 *     restarts    {spec, seeds, inputs, epochs}  the same of one Spec, with the initial weights that it would have under each
 *                                              of these seeds; in the end with the bytes to go on from
 *     baseline    {spec, kind, options, part}    fits a simpler model to the training rows as the net sees them, and scores
 *                                              it on that part of the rows
 *     fold        {spec, options, rows, index}   one round of a cross-validation, with the rows dealt by these options; `rows`
 *                                              is the same for the same table. Null where it was canceled
 *     deal        {spec, options, rows}          the fold of each row by these options, for who trains elsewhere
 *     rivals      {…, kinds, seed}               the same round of simpler models, by their kinds
 *     judge       {net, rivals, constant, folds, costs}   the written rule, on scores of the same folds
 *     learning    {spec, options, rows, index, layers, count, seed, steps, kinds, fitting}   a network that learns from so many of
 *                                              a fold's training rows, and simpler models on the same; null where it
 *                                              was canceled
 *     walk        {spec, epochs, count}          trains it from its start, and says its parameters at so many even steps;
 *                                              null where it was canceled
 *     surface     {spec, bytes, path, counts, plane, size}   the loss around that checkpoint on a grid over a plane, and
 *                                              paths as seen in it: their snapshots (parameters) one after the other,
 *                                              and how many each has
 *     plan        {axes, options, rungs}         the trials of a search, as the core deals them, and the rungs of its halving
 *     timing      {spec, options, rows, milliseconds}   how long a trial takes, by training one for so long
 *     trial       {spec, options, rows, until, from, keeps, score}   trains to the epoch `until`, on from those bytes where
 *                                              there are some, and scores it by folds, or without `options` by its
 *                                              validation rows; `keeps`: with bytes to go on from. Null where it was canceled
 *     choose      {means, errors, costs, count}  of scored trials the best, and the simplest within one standard error
 *     gaze        {row, class, way, size, ink}   which pixels of a picture the answer depends on, in the run as it stands, which
 *                                              trains on meanwhile: by the gradient, or with a square of that size and ink laid
 *                                              over it. A class of −1 is the one predicted, a row of −1 what was drawn
 *     probes      {rows, scored, seed}         how well a linear model reads each layer of the run, the pixels first
 *     filter      {layer, unit, seed}          the places in training rows that excite a filter of the run most, and a picture
 *                                              made for it; null where it was canceled
 *     drawings    {pixels, count}              what the run makes of so many drawings, while it trains on
 *     variants    {row, first, count}          a training picture as the run is shown it in so many epochs
 *     export      {spec, checkpoint, names, given}   opens that run once more and says of it what is asked for by name, as
 *                                              session/exporting.js has it
 *     package     {name, module}                 starts a package, such as pkg-full, from this compiled module: a page's
 *                                              many workers share it
 *   cancel        {id}                         ends that job as it stands
 *   loseDevice    {run}                        destroys the GPU device of the run: for tests
 *
 * Events (worker → page)
 *
 *   core          {core}                       of the page's first worker: the module that it compiled for all; null where
 *                                              it could not
 *   ready         {version}
 *   pong          {}
 *   reply         {id, ok: true, value} | {id, ok: false, error: {code, message, where}}
 *   opened        {run, description, points}   what was built, and the raw data with its split; of many rows,
 *                                              some thousand
 *   points        {run, points}                others may be seen now: the lock was opened or shut
 *   status        {run, state, step, epoch, why}
 *   frame         {run, frame, step, epoch, training, test, stepsPerSecond, learningRate,
 *                  gradientNorm?, curve?, parameters?, outputs?, classes?, units?}   the run as it stands; sent only when the one before
 *                                              was acknowledged, so a slow page is never flooded.
 *                                              `units` come a dozen times a second at most
 *   engine        {run, engine, reason, adapter, deviceBytes, dispatchesPerStep, isFast, tiles, measured}   who computes now and
 *                                              why: the GPU was asked for and is not there, was measured, or
 *                                              was lost. `measured` is new knowledge of this device, or null
 *   kept          {run, epoch, bytes}          a checkpoint, whole: about once a second while it trains, whenever it
 *                                              stands, and after a change by hand
 *   progress      {id, progress}                   how far the job `id` is: a BenchmarkPoint; {epoch, runs}; {epoch, epochs, clean, dirty}
 *   tableProgress {rows, bytes, problem}       how much of a table is read: every 100 ms, and with each further
 *                                              megabyte, for the page sends no faster; `problem`: why it can't be
 *   error         {run, code, message, where, fatal}   after a fatal one the worker must be replaced
 *
 * Arrays travel as transfers. They are not sent back for re-use: each one leaves WebAssembly's
 * memory as a fresh copy anyway, so a pool would add a copy and save nothing.
 */
import { t } from "../base/text.js";

export const VERSION = 1;

/** What the core says, as its package's types have it: `description`, `Look` and the like are written once, in src/web/types.rs. */
/** @typedef {import("../pkg/trainyard.js").Metrics} Metrics */
/** @typedef {import("../pkg/trainyard.js").Curve} Curve */
/** @typedef {import("../pkg/trainyard.js").Answers} Answers */
/** `image`: the size of what a run on pictures sees; `isFast`: whether the last digits depend on the machine. @typedef {import("../pkg/trainyard.js").Description & {image?: {height: number, width: number, isOfSounds: boolean}, isFast?: boolean, tiles?: Tiles | null}} Description */
/** @typedef {import("../pkg/trainyard.js").Look} Look */
/** @typedef {import("../pkg/trainyard.js").Part} Part */
/** @typedef {import("../pkg/trainyard.js").Adapter} Adapter */
/** `tiles`: null where their size doesn't count. @typedef {import("../pkg/trainyard.js").EngineFacts & {tiles: Tiles | null}} EngineFacts */
/** @typedef {Description["layers"][number]} Layer */
/** @typedef {ReturnType<typeof import("../pkg/trainyard.js").preview>} Preview */
/** `rows`: their numbers in the run, where not all of it are here; from 0. `isWhole`: so small that all of them are. @typedef {import("../pkg/trainyard.js").Points & {rows?: Uint32Array, isWhole?: boolean}} Points */

/** @typedef {import("../pkg-full/trainyard.js").ReadChoices} ReadChoices */
/** @typedef {import("../settings/spec.js").Spec} Spec */
/** @typedef {import("../settings/spec.js").DataOfSpec} DataOfSpec */

/** @typedef {"ready" | "training" | "paused" | "finished" | "diverged"} RunState */
/** @typedef {{code: string, message: string, where: string | null}} Failure */
/** The size of tiles that a GPU's large products are made in, how those that were timed did, and what that is remembered by. @typedef {import("../pkg-full/trainyard.js").TunedTiles & {key: string}} Tiles */

/** What was measured of one size of net on this device: milliseconds a step. @typedef {{cpuMs: number, gpuMs: number, adapter: string}} Measurement */
/**
 * One width of the race. Times are milliseconds a step; `upload + compute + readBack + overhead` is all of
 * `msPerStep`. Without timestamps of the GPU's own, `compute` is what the clock leaves when the others are taken off.
 *
 * @typedef {object} BenchmarkPoint
 * @property {number} width
 * @property {number} parameters
 * @property {{msPerStep: number}} cpu
 * @property {{msPerStep: number, upload: number, compute: number, readBack: number, overhead: number, isTimestamped: boolean}} gpu
 * @property {TeamTime | null} team      null where batches aren't cut, or there is one core
 * @property {number} lossDifference   relative, after the same number of steps
 */
/** A step by several workers; `isSame`: after the same number of steps they have the loss of one, to the last bit. @typedef {{workers: number, msPerStep: number, talkMs: number, isSame: boolean}} TeamTime */
/** @typedef {{adapter: Adapter, laps: BenchmarkPoint[]}} BenchmarkResult */
/**
 * The experiment's own model, timed on both engines.
 *
 * @typedef {object} OwnLap
 * @property {number} parameters
 * @property {{msPerStep: number}} cpu
 * @property {TeamTime | null} team     as of a BenchmarkPoint
 * @property {BenchmarkPoint["gpu"] | null} gpu   null where there is none that can take it
 * @property {string} reason             why not
 * @property {Adapter | null} adapter
 * @property {number} setup              milliseconds until the model and its rows were on the GPU
 * @property {number} deviceBytes        memory taken there
 * @property {number} lossDifference     relative, after the same number of steps
 * @property {number} rows               of all parts
 * @property {number} trainingRows
 * @property {number} numbers            that the model is shown of each
 */
/** What is kept of a moment, as the page is told. @typedef {Omit<import("../worker/snapshotStore.js").Moment, "bytes" | "terms">} MomentFacts */
/** @typedef {{moments: MomentFacts[], bytes: number, tooLarge: number, looks: readonly AlertLook[], now: AlertLook | null}} PastReply */
/** @typedef {import("../features/coach/alerts.js").Look} AlertLook */

/** How good the run is on some rows, and how good guessing is on them. @typedef {import("../features/metrics/worker.js").Scored} Scored */

/**
 * What is replied to a request, by the command's type.
 *
 * @typedef {object} Replies
 * @property {Preview} preview
 * @property {Float32Array} rates
 * @property {import("../pkg-full/trainyard.js").Components} components
 * @property {Answers} classify
 * @property {Answers & {counts: number[][]}} confusion
 * @property {Scored | null} scores   nothing where the part has no rows, or outputs are not finite
 * @property {import("../features/residuals/worker.js").Residuals | null} residuals   likewise
 * @property {Float32Array} activations
 * @property {Look} look
 * @property {import("../features/result/worker.js").Baseline | null} baseline   nothing where the part has no rows
 * @property {Float32Array} gradient
 * @property {Uint8Array} save
 * @property {void} load
 * @property {void} branch
 * @property {PastReply} past
 * @property {number} seek
 * @property {Float32Array} weights
 * @property {Float32Array} units
 * @property {number} curvature
 * @property {number} trial
 * @property {void} tableStart
 * @property {import("./tables.js").TableDescription} tableEnd
 * @property {any} table   any: as what is asked of `Table` in the package's types
 * @property {any} job     any: as its kind has it, see the features' worker.js
 */

/** A rule of the tables below, which says what it lets through. @template V @typedef {(value: unknown) => value is V} Rule */
/** @template R @typedef {R extends Rule<infer V> ? V : unknown} Passed */
/** @template T @typedef {{[K in keyof T as undefined extends Passed<T[K]> ? never : K]: Passed<T[K]>} & {[K in keyof T as undefined extends Passed<T[K]> ? K : never]?: Passed<T[K]>}} Fields */
/** A command by its type, or any of them. @template {keyof typeof COMMANDS} [T=keyof typeof COMMANDS] @typedef {T extends unknown ? {type: T} & Fields<(typeof COMMANDS)[T]> : never} Command */
/** What is given along with a command. @template {keyof typeof COMMANDS} T @typedef {Omit<Fields<(typeof COMMANDS)[T]>, "id" | "run">} Given */
/** An event by its type, or any of them. @template {keyof typeof EVENTS} [T=keyof typeof EVENTS] @typedef {T extends unknown ? {type: T} & Fields<(typeof EVENTS)[T]> : never} WorkerEvent */
/** The course of a job, by its kind. @template {keyof typeof import("./jobCourses.js").JOBS} T @typedef {Fields<(typeof import("./jobCourses.js").JOBS)[T]>} JobCourse */
/** A command by its type, as the page gives it: the ids are put in on the way. @template {keyof typeof COMMANDS} T @typedef {{type: T} & Given<T>} Request */
/** @typedef {WorkerEvent<"frame">} Frame */
/** @typedef {WorkerEvent<"engine">} EngineEvent */
/** @typedef {WorkerEvent<"tableProgress">} TableProgress */

/** Units of `step` and `pace`. @type {("batch" | "epoch")[]} */
export const UNITS = ["batch", "epoch"];

/** @type {RunState[]} */
export const STATES = ["ready", "training", "paused", "finished", "diverged"];

export const whole = /** @type {Rule<number>} */ ((value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const positive = /** @type {Rule<number>} */ ((value) => whole(value) && value > 0);
/** As many as an answer has numbers. */
const answerable = /** @type {Rule<number>} */ ((value) => positive(value) && value <= 1e6);
const finite = /** @type {Rule<number>} */ (Number.isFinite);
const number = (/** @type {unknown} */ value) => typeof value === "number";
export const text = (/** @type {unknown} */ value) => typeof value === "string";
const textOrNull = (/** @type {unknown} */ value) => value === null || text(value);
export const flag = (/** @type {unknown} */ value) => typeof value === "boolean";
export const record = /** @type {Rule<Record<string, any>>} any: who reads it knows what it holds */ (
  (value) => typeof value === "object" && value !== null
);
const recordOrNull = (/** @type {unknown} */ value) => value === null || record(value);
/** Specs, points, metrics and rows are looked into by the core alone. */
export const spec = /** @type {Rule<Spec>} */ (record);
const points = /** @type {Rule<Points>} */ (record);
const metricsOrNull = /** @type {Rule<Metrics | null>} */ (recordOrNull);
export const floats = (/** @type {unknown} */ value) => value instanceof Float32Array || value instanceof Float64Array;
const rows = /** @type {Rule<Float64Array>} */ (floats);
export const bytes = /** @type {Rule<Uint8Array>} */ ((value) => value instanceof Uint8Array);
const unit = /** @type {Rule<"batch" | "epoch">} */ ((value) => UNITS.includes(/** @type {"batch"} */ (value)));
const state = /** @type {Rule<RunState>} */ ((value) => STATES.includes(/** @type {RunState} */ (value)));
const engine = (/** @type {unknown} */ value) => value === "cpu" || value === "gpu";
export const anything = (/** @type {unknown} */ _) => true;
// The bundler may leave out tables that nobody reads: it is told that making them does nothing else.
/** @template V @param {Rule<V>} rule */
export const listOf = /* @__NO_SIDE_EFFECTS__ */ (rule) =>
  /** @type {Rule<V[]>} */ ((value) => Array.isArray(value) && value.length > 0 && value.every(rule));
/** @template V @param {Rule<V>} rule */
export const optional = /* @__NO_SIDE_EFFECTS__ */ (rule) =>
  /** @type {Rule<V | undefined>} */ ((value) => value === undefined || rule(value));

/** @satisfies {Record<string, Record<string, (value: unknown) => boolean>>} */
export const COMMANDS = {
  hello: { version: whole, build: optional(text), core: /** @type {Rule<WebAssembly.Module>} */ (anything) },
  ping: {},
  preview: { id: whole, source: text, samples: answerable, noise: finite, seed: whole },
  rates: { id: whole, training: /** @type {Rule<Spec["training"] & object>} */ (record), epochs: answerable },
  open: {
    run: whole,
    spec,
    measured: optional(/** @type {Rule<Record<string, Measurement>>} */ (record)),
    keep: optional(flag),
    from: optional(bytes),
  },
  play: { run: whole },
  pause: { run: whole },
  step: { run: whole, unit, count: positive },
  pace: {
    run: whole,
    stepsPerFrame: /** @type {Rule<number | "max">} */ ((value) => value === "max" || positive(value)),
    unit,
  },
  learningRate: { run: whole, value: finite },
  maxEpochs: { run: whole, value: /** @type {Rule<number | null>} */ ((value) => value === null || positive(value)) },
  watch: { run: whole, inputs: rows, encoded: optional(/** @type {Rule<Float32Array>} */ (floats)) },
  lock: { run: whole, isLocked: flag },
  components: { id: whole, run: whole },
  watchUnits: { run: whole, inputs: rows },
  setParameter: { run: whole, index: whole, value: finite },
  freeze: {
    run: whole,
    indices: /** @type {Rule<Uint32Array<ArrayBuffer>>} */ ((value) => value instanceof Uint32Array),
  },
  ack: { run: whole, frame: whole },
  classify: { id: whole, run: whole, inputs: rows },
  confusion: { id: whole, run: whole, part: whole, inputs: rows, threshold: optional(record) },
  scores: { id: whole, run: whole, part: whole, isQuick: optional(flag) },
  residuals: { id: whole, run: whole, part: whole, inputs: rows },
  activations: { id: whole, run: whole, inputs: rows },
  look: { id: whole, run: whole },
  baseline: { id: whole, run: whole, part: whole },
  gradient: { id: whole, run: whole, part: /** @type {Rule<Part>} */ (text) },
  save: { id: whole, run: whole, isWhole: optional(flag) },
  load: { id: whole, run: whole, bytes },
  branch: { id: whole, run: whole, bytes },
  past: { id: whole, run: whole },
  seek: { id: whole, run: whole, step: whole, forgets: optional(flag), exact: optional(flag) },
  weights: { id: whole, run: whole, steps: listOf(whole) },
  units: { id: whole, run: whole, steps: listOf(whole), inputs: rows },
  curvature: { id: whole, run: whole, step: optional(whole) },
  trial: { id: whole, run: whole, step: whole, specs: listOf(spec), steps: positive, most: finite },
  close: { run: whole },
  tableStart: {
    id: whole,
    name: text,
    title: optional(text),
    read: optional(/** @type {Rule<ReadChoices>} */ (record)),
  },
  tableBytes: { bytes },
  tableEnd: { id: whole, data: /** @type {Rule<DataOfSpec>} */ (record) },
  tableCancel: {},
  table: {
    id: whole,
    ask: text,
    data: optional(record),
    from: optional(whole),
    count: optional(positive),
    first: optional(whole),
    columns: optional(positive),
    column: optional(text),
    y: optional(text),
    bins: optional(positive),
    seed: optional(whole),
    text: optional(text),
  },
  job: { id: whole, kind: /** @type {Rule<keyof typeof import("./jobCourses.js").JOBS>} */ (text), course: record },
  cancel: { id: whole },
  loseDevice: { run: whole },
};

/** @satisfies {Record<string, Record<string, (value: unknown) => boolean>>} */
export const EVENTS = {
  core: { core: /** @type {Rule<WebAssembly.Module | null>} */ (anything) },
  ready: { version: whole },
  pong: {},
  reply: { id: whole, ok: flag, value: anything, error: optional(/** @type {Rule<Failure>} */ (record)) },
  opened: { run: whole, description: /** @type {Rule<Description>} */ (record), points },
  points: { run: whole, points },
  status: { run: whole, state, step: whole, epoch: whole, why: textOrNull },
  frame: {
    run: whole,
    frame: whole,
    step: whole,
    epoch: whole,
    training: /** @type {Rule<Metrics>} */ (record),
    test: metricsOrNull,
    validation: metricsOrNull,
    stepsPerSecond: number,
    learningRate: number, // of the next step, as the schedule has it
    gradientNorm: optional(number), // of the last step; absent where it isn't at hand
    curve: optional(/** @type {Rule<Curve>} */ (record)),
    parameters: optional(/** @type {Rule<Float32Array>} */ (floats)),
    outputs: optional(/** @type {Rule<Float64Array>} */ (floats)), // probabilities by cross-entropy, scores by other losses, or values
    classes: /** @type {Rule<Uint32Array | undefined>} */ (anything), // one for each row of outputs; none for values
    units: optional(/** @type {Rule<Float32Array>} */ (floats)), // what inputs and units give for the rows of `watchUnits`, (inputs + units) × rows
  },
  engine: {
    run: whole,
    engine,
    reason: text,
    adapter: /** @type {Rule<Adapter | null>} */ (recordOrNull),
    deviceBytes: whole,
    dispatchesPerStep: whole,
    isFast: flag, // whether the last digits depend on the machine
    tiles: /** @type {Rule<Tiles | null>} */ (recordOrNull),
    measured: /** @type {Rule<({key: string} & Measurement) | null>} */ (recordOrNull),
  },
  kept: { run: whole, epoch: whole, bytes },
  progress: { id: whole, progress: record },
  tableProgress: { rows: whole, bytes: whole, problem: textOrNull },
  error: {
    run: /** @type {Rule<number | null>} */ ((value) => value === null || whole(value)),
    code: text,
    message: text,
    where: textOrNull,
    fatal: flag,
  },
};

/** Returns the command, or throws with a sentence that names what is wrong with it. */
export const checkCommand = (/** @type {unknown} */ message) =>
  /** @type {Command} */ (check(message, COMMANDS, "command"));

/** Returns the event, or throws with a sentence that names what is wrong with it. */
export const checkEvent = (/** @type {unknown} */ message) =>
  /** @type {WorkerEvent} */ (check(message, EVENTS, "event"));

/**
 * @param {any} message   any: it may be whatever was sent
 * @param {Record<string, Record<string, (value: unknown) => boolean>>} table
 * @param {string} what
 */
export function check(message, table, what) {
  const fields =
    record(message) && text(message.type) && Object.hasOwn(table, message.type) ? table[message.type] : null;
  if (!fields) throw new ProtocolError(t("session.notKnown", { type: show(message?.type), what }));
  for (const [name, rule] of Object.entries(fields)) {
    if (!rule(message[name])) {
      throw new ProtocolError(
        t("session.hasUnusable", { what, type: message.type, name, message: show(message[name]) }),
      );
    }
  }
  for (const name of Object.keys(message)) {
    if (name !== "type" && !Object.hasOwn(fields, name)) {
      throw new ProtocolError(t("session.hasNoField", { what, type: message.type, name }));
    }
  }
  return message;
}

const show = (/** @type {unknown} */ value) =>
  typeof value === "object" ? Object.prototype.toString.call(value) : String(value);

/** A message that breaks the rules above. */
export class ProtocolError extends Error {
  name = "ProtocolError";
  code = "protocol";
  where = null;
}
