// @ts-check
/**
 * One race between CPU and GPU: its state, and what can be done with it. The view reads the store.
 *
 * @typedef {import("../../session/protocol.js").BenchmarkPoint} BenchmarkPoint
 *
 * @typedef {object} BenchmarkState
 * @property {"ready" | "asking" | "lacking" | "running" | "stopping" | "done"} phase
 * @property {string} lack               why there can be no race, and what it would need
 * @property {string} problem            what ended the race before its time
 * @property {BenchmarkPoint[]} laps
 * @property {import("../../session/protocol.js").Adapter | null} adapter
 * @property {number} chosen             which lap the reader looks at
 * @property {number} batchSize          of the nets that race, or would
 */
import { formatCount } from "../../base/format.js";
import { Job } from "../../session/job.js";
import { HIDDEN_LAYERS, MILLISECONDS, WIDEST_IN_SOFTWARE, WIDTHS, lackOf, lookForGpu } from "./model.js";
import { specFrom } from "../../settings/spec.js";
import { t } from "../../base/text.js";

/** The experiment on the page, without an end: a race is over when its time is. */
function endless(/** @type {import("../../settings/spec.js").Settings} */ settings) {
  const spec = specFrom(settings);
  return { ...spec, training: { ...spec.training, stop: { maxEpochs: null } } };
}

/** @extends {Job<BenchmarkState>} */
export class BenchmarkRun extends Job {
  #playground;
  #scope;
  /** Whether a GPU was found. */
  #isFound = false;
  widths = WIDTHS;

  /**
   * @param {import("../../session/playground.js").Playground} playground
   * @param {import("./model.js").Scope} [scope]   where a GPU may be
   */
  constructor(playground, scope = /** @type {import("./model.js").Scope} */ (globalThis)) {
    const { batchSize } = playground.store.get().settings;
    const lack = lackOf(scope);
    super("race", playground, {
      phase: lack ? "lacking" : "ready",
      lack,
      problem: "",
      laps: [],
      adapter: null,
      chosen: 0,
      batchSize,
    });
    this.#playground = playground;
    this.#scope = scope;
  }

  /** Looks for a GPU, which may wake one: only for somebody who wants to race. */
  async #look() {
    this.store.set({ phase: "asking" });
    const { lack, isFallback } = await lookForGpu(this.#scope);
    if (isFallback) this.widths = this.widths.filter((width) => width <= WIDEST_IN_SOFTWARE);
    this.#isFound = !lack;
    this.store.set({ phase: lack ? "lacking" : "ready", lack });
  }

  async start() {
    const { phase } = this.store.get();
    if (phase !== "ready" && phase !== "done") return;
    if (!this.#isFound) await this.#look();
    if (!this.#isFound) return;
    const { settings } = this.#playground.store.get();
    const course = { spec: endless(settings), widths: this.widths, layers: HIDDEN_LAYERS, milliseconds: MILLISECONDS };
    const onProgress = (/** @type {BenchmarkPoint} */ lap) => this.store.set(({ laps }) => ({ laps: [...laps, lap] }));
    await this.run(
      course,
      { laps: [], chosen: 0, batchSize: settings.batchSize },
      onProgress,
      (/** @type {import("../../session/protocol.js").BenchmarkResult} */ { adapter, laps }) => {
        // The worker ends by itself only where an engine fails it.
        const isWhole = laps.length === this.widths.length || this.store.get().phase === "stopping";
        const problem = isWhole
          ? ""
          : t("benchmark.raceEndedBeforeWidth", { widths: formatCount(this.widths[laps.length]) });
        return { problem, adapter, laps };
      },
    );
  }

  /** What was measured stays. @param {import("../../session/protocol.js").Failure} error */
  failed({ code, message }) {
    return code === "no-gpu"
      ? { phase: "lacking", lack: message }
      : { phase: "done", problem: t("benchmark.raceWasBrokenOff", { message }) };
  }

  choose(/** @type {number} */ lap) {
    this.store.set(({ laps }) => ({ chosen: Math.max(0, Math.min(lap, laps.length - 1)) }));
  }
}
