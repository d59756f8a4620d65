// @ts-check
/** What runs long beside the run: reported as it goes, and ended early when that is wanted. Loaded with the first of them. */
import { isTable } from "../settings/tableNames.js";
import { loadPart } from "../base/loadPart.js";
import { checkJob } from "../session/jobCourses.js";
import { runComparison } from "../features/comparison/worker.js";
import { dealRows } from "./folding.js";
import { transfersOf } from "./frames.js";
import { fitBaseline } from "../features/baselines/worker/fit.js";
import { runBenchmark, runLap } from "../features/benchmark/worker.js";
import { runFold } from "../features/folds/worker.js";
import { fitRivals, judge } from "../features/verdict/worker.js";
import { learnFromSome } from "../features/learning-curves/worker.js";
import { drawSurface, walk } from "../features/surface/worker.js";
import { classifyDrawings } from "../features/images/worker/drawings.js";
import { framePictures, readPictures } from "../features/images/own/worker.js";
import { variantsOf } from "../features/images/worker/variants.js";
import { gaze, lookThrough, probeLayers } from "../features/sight/worker.js";
import { choose, planSearch, runTrial, timeTrial } from "../features/search/worker.js";
import { scoreRows } from "../features/export/newRows/worker.js";
import { runRestarts } from "../features/restarts/worker.js";
import { commandError } from "./commandError.js";
import { follow, readAgain } from "./member.js";
import { trainCorrupted } from "../features/corruption/worker.js";
import { t } from "../base/text.js";

/**
 * What a job takes.
 *
 * @typedef {object} JobParts
 * @property {import("./engines.js").Engines} engines
 * @property {import("./runner.js").Clock} clock
 * @property {AbortSignal} signal
 * @property {() => boolean} isLocked   whether test rows of a table are hidden just now
 * @property {() => import("./run.js").Run | null} run   the run, if one is open
 */

/** @typedef {typeof import("../session/jobCourses.js").JOBS} JobsByKind */

/** @type {{[K in keyof JobsByKind]: (parts: JobParts, course: import("../session/protocol.js").JobCourse<K>, onProgress: (progress: Record<string, unknown>) => void) => Promise<unknown>}} */
const JOB_KINDS = {
  race: runBenchmark,
  lap: (parts, course) => runLap(parts, course),
  contest: runComparison,
  restarts: runRestarts,
  twins: ({ engines, clock, signal }, course, onProgress) =>
    trainCorrupted(
      course,
      (spec) => (isTable(spec.data?.source) ? engines.cpu(spec) : engines.full(spec, t("worker.trainsSpoiltRows"))),
      clock,
      signal,
      onProgress,
    ),
  baseline: (parts, course) => fitBaseline(parts, course, { loadFull, loadPackage: loadBaseline }),
  fold: ({ engines, clock, signal }, course, onProgress) =>
    runFold({ clock, signal }, course, (spec, options) => dealt(engines, spec, options), onProgress),
  deal: ({ engines }, course) => dealRows(course, (spec, options) => dealt(engines, spec, options)),
  rivals: ({ engines, clock, signal }, course) =>
    fitRivals({ clock, signal }, course, (spec, options) => dealt(engines, spec, options), loadFull, loadBaseline),
  learning: ({ engines, clock, signal }, course, onProgress) =>
    learnFromSome(
      { clock, signal },
      course,
      (spec, options) => dealt(engines, spec, options),
      loadFull,
      loadBaseline,
      onProgress,
    ),
  surface: drawSurface,
  walk,
  judge: (_, course) => judge(course, loadFull),
  plan: (_, course) => planSearch(course, loadFull),
  timing: ({ engines, clock, signal }, course) => timeTrial({ clock, signal }, course, trialOf(engines)),
  trial: ({ engines, clock, signal }, course, onProgress) =>
    runTrial({ clock, signal }, course, trialOf(engines), onProgress),
  newRows: (parts, course, onProgress) => scoreRows(parts, course, loadFull, onProgress),
  choose: (_, course) => choose(course, loadFull),
  gaze,
  probes: probeLayers,
  filter: lookThrough,
  drawings: classifyDrawings,
  pictures: readPictures,
  framing: framePictures,
  variants: variantsOf,
  member: async (_, { spec, rows, port, module }) => {
    const full = await loadFull();
    await full.start(module);
    follow(await full.createTrainer(spec, readAgain(full, spec, rows)), port);
  },
  export: async (parts, course) => (await loadExport()).exportRun(parts, course),
  package: async (_, { name, module }) => (await LOADERS[name]()).start(module),
};

/** What is so short that a run trains on beside it. */
const BRIEF = ["gaze", "drawings", "variants"];

/** A part that does not come is an answer: the worker itself is as good as before. */
const orSaid = (/** @type {string} */ part, /** @type {string} */ what) => () =>
  loadPart(part).catch((error) => {
    throw commandError("offline", t("worker.partTrainyardCouldNot", { what, message: error?.message ?? error }));
  });

/** @type {() => Promise<typeof import("./full.js")>} */
const loadFull = orSaid("worker/full.js", t("worker.runsStudies"));

/** @type {() => Promise<typeof import("../features/baselines/worker/package.js")>} */
const loadPackage = orSaid("features/baselines/worker/package.js", t("worker.fitsSimplerModels"));

/** @type {() => Promise<typeof import("../features/export/worker/package.js")>} */
const loadExport = orSaid("features/export/worker/package.js", t("worker.writesExports"));

const LOADERS = { "pkg-full": loadFull, "pkg-baselines": loadPackage, "pkg-export": loadExport };

/** With the package that was started. */
const loadBaseline = async () => (await loadPackage()).Baseline;

/** Rows dealt into folds, with the package that was started. */
async function dealt(
  /** @type {import("./engines.js").Engines} */ engines,
  /** @type {import("./engines.js").Spec} */ spec,
  /** @type {import("../pkg-full/trainyard.js").FoldingOptions} */ options,
) {
  const tables = await engines.tables();
  const { Folding } = await loadFull();
  /** @type {Partial<Awaited<ReturnType<typeof tables.given>>> & {spec: import("./engines.js").Spec}} */
  const given = isTable(spec.data?.source) ? await tables.given(spec) : { spec };
  // Rows without columns bring their groups along.
  const groups = options.groups && given.groups;
  return new Folding(given.spec, given.rows ?? null, groups ? { ...options, groups } : options);
}

/** What opens the models of a trial. */
const trialOf = (/** @type {import("./engines.js").Engines} */ engines) => ({
  make: (/** @type {import("./engines.js").Spec} */ spec, /** @type {object} */ options) =>
    dealt(engines, spec, options),
  open: async (/** @type {import("./engines.js").Spec} */ spec) =>
    /** @type {import("./engines.js").FullTrainer} */ (
      await (isTable(spec.data?.source) ? engines.cpu(spec) : engines.full(spec, t("worker.scoresModels")))
    ),
});

export class Jobs {
  #engines;
  #clock;
  #port;
  #run;
  /** Those under way, by the id of what asked for them. @type {Map<number, {kind: string, stop: AbortController}>} */
  #open = new Map();

  /**
   * @param {object} parts
   * @param {import("./engines.js").Engines} parts.engines
   * @param {import("./runner.js").Clock} parts.clock
   * @param {import("./runner.js").Port} parts.port
   * @param {() => import("./run.js").Run | null} parts.run   the run, if one is open
   */
  constructor({ engines, clock, port, run }) {
    this.#engines = engines;
    this.#clock = clock;
    this.#port = port;
    this.#run = run;
  }

  obey(/** @type {import("../session/protocol.js").Command<"job" | "cancel">} */ command) {
    if (command.type === "cancel") return this.#open.get(command.id)?.stop.abort();
    return this.#start(command);
  }

  /** One of a kind at a time. A run that trains meanwhile would slow it, and is paused. */
  async #start(/** @type {import("../session/protocol.js").Command<"job">} */ { id, kind, course }) {
    checkJob(kind, course);
    if ([...this.#open.values()].some((job) => job.kind === kind))
      throw commandError("busy", t("worker.jobKindUnderWay", { kind }));
    const stop = new AbortController();
    this.#open.set(id, { kind, stop });
    try {
      const run = this.#run();
      if (run?.state === "training" && !BRIEF.includes(kind)) run.enter({ type: "pause" });
      // Who opened the lock of one run opened that of no other.
      const isLocked = () => !run || run !== this.#run() || run.isLocked;
      return await JOB_KINDS[kind](
        { engines: this.#engines, clock: this.#clock, signal: stop.signal, isLocked, run: this.#run },
        /** @type {any} any: checked by the kind, which TypeScript can't follow */ (course),
        (progress) => {
          const event = { type: /** @type {const} */ ("progress"), id, progress };
          this.#port.post(event, transfersOf(event, 5));
        },
      );
    } finally {
      this.#open.delete(id);
    }
  }
}
