// @ts-check
/** All of Trainyard: the core, its GPU engine, and tables. A module of its own, so that a page that needs neither never loads it. */
import { TableReader, Trainer, initSync, scores } from "../pkg-full/trainyard.js";
import { compiled } from "../base/compiled.js";
import { fetchFile } from "../base/files.js";
import { PATIENCE_MS, loadPart, orAdvice } from "../base/loadPart.js";
import { once } from "../base/once.js";
import { describedInWords } from "../features/data/worker/said.js";
import { Intake } from "../features/data/worker/formats/intake.js";
import { Tables } from "../features/data/worker/tables.js";
import { Scoring } from "../features/metrics/worker.js";
import { ResidualRows } from "../features/residuals/worker.js";
import { wordReasons } from "./gpuReason.js";

export { tune } from "./tuning.js";
export { Folding, halving, scores, simplest, survivors, trials, verdict } from "../pkg-full/trainyard.js";

/**
 * Starts it, once: compiled already, where a page has many workers; else it is fetched. Resolves to the compiled module. The
 * fast core is the same but for its multiply-add, which rounds as the machine likes; its trainers say so. Where it can't be
 * had the exact one is taken, and the engine's card tells.
 */
export const start = once(
  async (/** @type {WebAssembly.Module | null} */ module = null, /** @type {boolean} */ isFast = false) => {
    const get = (/** @type {string} */ name) =>
      orAdvice(fetchFile(`${name}/trainyard_bg.wasm`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(compiled));
    const fast = isFast && !module ? await get("pkg-fast").catch(() => null) : null;
    module ??= /** @type {WebAssembly.Module} */ (fast ?? (await get("pkg-full")));
    initSync({ module });
    wordReasons(Trainer);
    if (fast) Object.assign(Trainer.prototype, { isFast });
    return module;
  },
);

export const createTrainer = (
  /** @type {import("./engines.js").Spec} */ spec,
  /** @type {Parameters<typeof Trainer.create>[1]} */ table = undefined,
) => Trainer.create(spec, table);

export const createReader = (/** @type {import("../pkg-full/trainyard.js").ReadChoices} */ read) =>
  new TableReader(read);

const PARTS = {
  createReader,
  loadConverters: () => loadPart("features/data/worker/formats/converters.js"),
  loadWorkbooks: () => loadPart("features/data/worker/formats/workbook.js").then(({ load }) => load()),
};

/** Reads a file of any kind that has rows. */
export const createIntake = (/** @type {ConstructorParameters<typeof Intake>[0]} */ file) => new Intake(file, PARTS);

/** What such a file holds, as the page says it. @param {Awaited<ReturnType<Intake["finish"]>>} taken */
export const describedTable = ({ table, tell }) => tell(describedInWords(table.describe({})));

const loadSounds = () => loadPart("features/audio/worker/package.js").then(({ load }) => load());

/** Reads tables, and makes trainers of them. @param {import("./runner.js").Port} port @param {import("./runner.js").Clock} clock */
export const createTables = (port, clock) => new Tables(port, { createTrainer, createIntake, loadSounds }, clock);

/** Says how good a run is, on any of its rows. @param {import("./run.js").Run} run @param {import("./partRows.js").PartRows} partRows */
export function evaluationsOf(run, partRows) {
  const scoring = new Scoring(run, partRows, scores);
  const residuals = new ResidualRows(run, partRows);
  return {
    tell: (/** @type {import("../session/protocol.js").Command<"scores" | "residuals">} */ command) =>
      command.type === "scores" ? scoring.tell(command) : residuals.tell(command),
  };
}
