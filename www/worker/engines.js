// @ts-check
/**
 * Who makes trainers: the core that every page loads, and the one with the GPU engine, which is loaded
 * when a GPU is wanted and there is one. What is said of engines is said here.
 *
 * @typedef {import("../session/protocol.js").Adapter} Adapter
 *
 * @typedef {import("../session/protocol.js").EngineFacts} EngineFacts
 * @typedef {import("../session/protocol.js").Spec} Spec
 * @typedef {import("../pkg-full/trainyard.js").Trainer & {team?: import("./team.js").Team, isFast?: boolean, tiles?: import("../session/protocol.js").Tiles | null}} FullTrainer
 *   with its team, where it leads one; and whether its last digits depend on the machine; its tiles, where they count
 * @typedef {import("../pkg/trainyard.js").Trainer & Partial<FullTrainer>} Trainer   of any package: what the core lacks may be there
 *
 * @typedef {object} Modules   what the worker's shell brings
 * @property {(core: WebAssembly.Module) => Promise<unknown>} load   makes the core of a compiled module, once
 * @property {Promise<WebAssembly.Module>} ready      that module, when that is done
 * @property {(spec: Spec) => Promise<Trainer>} createTrainer   with that core
 * @property {typeof import("../pkg/trainyard.js").preview} preview
 * @property {() => Promise<Full>} loadFull           the package with all there is: the GPU engine, and tables
 * @property {() => Promise<typeof import("./jobs.js")>} loadJobs     what runs long beside the run
 * @property {() => Promise<typeof import("./engineChoice.js")>} loadProbe   what timing a GPU takes
 * @property {() => Promise<typeof import("./travel.js")>} loadTravel   what going back in time takes
 * @property {boolean} [isFast]              whether the reader chose the core whose last digits depend on the machine
 * @property {boolean} [isPastless]   whether nobody goes back in it
 * @property {() => Promise<AdapterInfo | null>} findAdapter   null where there is none; throws where the browser fails
 *
 * @typedef {object} Full
 * @property {typeof import("./full.js").start} start
 * @property {(spec: Spec) => Promise<FullTrainer>} createTrainer
 * @property {(port: import("./runner.js").Port, clock: import("./runner.js").Clock) => Tables} createTables
 * @property {typeof import("./full.js").evaluationsOf} evaluationsOf   says how good a run is
 * @property {typeof import("./tuning.js").tune} [tune]   finds the GPU's best tiles
 *
 * @typedef {import("../features/data/worker/tables.js").Tables} Tables
 * @typedef {{vendor?: string, architecture?: string, device?: string, description?: string, isFallbackAdapter?: boolean}} AdapterInfo
 */
import { inTime } from "../base/inTime.js";
import { isTable } from "../settings/tableNames.js";
import { commandError } from "./commandError.js";
import { t } from "../base/text.js";

/** So long finding an adapter, and opening a device with its kernels, may take, in milliseconds. */
export const ADAPTER_MS = 5000;
export const DEVICE_MS = 30_000;

/** Layers that the small package has; all others are in the full one. */
const SMALL_LAYERS = ["dense", "dropout", "flatten", "residual"];

/** Whether one of them is among these layers, or in a residual block; no block is nested deeper than a Spec may be. @type {(layers: unknown, depth?: number) => boolean} */
const hasFullLayers = (layers, depth = 64) =>
  depth > 0 &&
  Array.isArray(layers) &&
  layers.some(
    (/** @type {{type?: string, layers?: unknown}} */ layer) =>
      !SMALL_LAYERS.includes(layer?.type ?? "dense") || hasFullLayers(layer?.layers, depth - 1),
  );

/** Why no GPU can be had here. */
const NO_WEBGPU = t("worker.browserOffersNoGpu");

export class Engines {
  #modules;
  #full;
  #measured;
  /** The adapter that was found last. @type {AdapterInfo | null} */
  #adapter = null;

  /**
   * @param {Modules} modules
   * @param {() => Promise<Omit<Full, "createTables"> & {tables: Tables}>} full   modules.loadFull, once
   * @param {Record<string, object>} [measured]   what is known of this device
   */
  constructor(modules, full, measured = {}) {
    this.#modules = modules;
    this.#full = full;
    this.#measured = measured;
  }

  /** The core and the full package, compiled: for more workers like this one. */
  async modules() {
    const { start } = await this.#loaded(t("worker.sharesBatches"));
    return { core: await this.#modules.ready, full: await start() };
  }

  /** The table that a page streams to us. */
  async tables() {
    return (await this.#loaded(t("worker.takesDataYourOwn"))).tables;
  }

  /** Made by the full package, on the CPU: for `what` the core lacks. */
  async full(/** @type {Spec} */ spec, /** @type {string} */ what) {
    return (await this.#loaded(what)).createTrainer({ ...spec, engine: "cpu" });
  }

  /** Who says how good a run is. */
  async evaluations(/** @type {Parameters<Full["evaluationsOf"]>} */ ...of) {
    return (await this.#loaded(t("worker.scoresModels"))).evaluationsOf(...of);
  }

  #loaded(/** @type {string} */ what) {
    return this.#full().catch((error) => {
      throw commandError("offline", t("worker.partTrainyardCouldNot", { what, message: error?.message ?? error }));
    });
  }

  /** The GPU that could be had, or null. */
  async findAdapter() {
    const info = await inTime(this.#modules.findAdapter(), ADAPTER_MS).catch(() => null);
    this.#adapter = info;
    return info && { name: nameOf(info), isFallback: info.isFallbackAdapter === true };
  }

  /** Made by the core that is there, unless it lacks the data or the layers. */
  async cpu(/** @type {Spec} */ spec) {
    const onCpu = { ...spec, engine: /** @type {const} */ ("cpu") };
    if (spec.data?.source === "drawn") return (await this.#loaded(t("worker.takesDataYourOwn"))).createTrainer(onCpu);
    if (isTable(spec.data?.source)) return (await this.tables()).trainer(onCpu);
    if (hasFullLayers(spec.model?.layers))
      return (await this.#loaded(t("worker.hasImageNormLayers"))).createTrainer(onCpu);
    const fast = this.#modules.isFast && (await this.#full().catch(() => null));
    return (fast || this.#modules).createTrainer(onCpu);
  }

  /**
   * A trainer on the GPU; refuses with the code "no-gpu" where there is none that can take the run.
   *
   * @param {Spec} spec
   * @param {Adapter | null} [adapter]   if it is known already
   */
  async gpu(spec, adapter) {
    const found = adapter ?? (await this.findAdapter());
    if (!found) throw commandError("no-gpu", NO_WEBGPU);
    const { createTrainer, tables, tune } = await this.#full().catch((error) => {
      throw commandError("no-gpu", t("worker.gpuEngineCouldNot", { message: error?.message ?? error }));
    });
    const onGpu = { ...spec, engine: /** @type {const} */ ("gpu") };
    const opening = isTable(spec.data?.source) ? tables.trainer(onGpu) : createTrainer(onGpu);
    const trainer = await inTime(opening, DEVICE_MS).catch((error) => {
      if (error.code !== "late") throw error;
      void opening.then(
        (late) => late.free(),
        () => {},
      );
      throw commandError("no-gpu", t("worker.gpuDoesNotAnswer"));
    });
    trainer.tiles = await tune?.(trainer, this.#adapter, this.#measured);
    const { engine, reason } = trainer.engine();
    if (engine !== "gpu") {
      trainer.free();
      throw commandError("no-gpu", reason.replace(/^CPU: /, ""));
    }
    return { trainer, adapter: found };
  }

  /**
   * The trainer that a Spec asks for, and who computes; a GPU that can't be had is no failure.
   *
   * @param {Spec} spec
   * @returns {Promise<{trainer: Trainer, facts: EngineFacts}>}
   */
  async open(spec) {
    let reason;
    if (spec.engine === "gpu") {
      try {
        const { trainer, adapter } = await this.gpu(spec);
        return { trainer, facts: factsOf(trainer, adapter) };
      } catch (error) {
        if (/** @type {Thrown} */ (error)?.code !== "no-gpu") throw error;
        reason = t("worker.cpu", { message: /** @type {Error} */ (error).message });
      }
    }
    const trainer = await this.cpu(spec);
    const isAuto = (spec.engine ?? "auto") === "auto";
    if (trainer.isFast) reason ??= t("worker.cpuFast");
    reason ??= isAuto ? t("worker.cpuNotTimedYet") : t("worker.cpuChosenSameNumbers");
    return { trainer, facts: cpuFacts(reason) };
  }
}

/** @returns {EngineFacts} */
export const cpuFacts = (/** @type {string} */ reason) => ({
  engine: "cpu",
  reason,
  adapter: null,
  deviceBytes: 0,
  dispatchesPerStep: 0,
  tiles: null,
});

/**
 * What a trainer says of its engine, with the adapter's name as the browser tells it.
 *
 * @param {Trainer} trainer
 * @param {Adapter | null} adapter
 * @param {string} [why]   instead of the plain sentence
 * @returns {EngineFacts}
 */
export function factsOf(trainer, adapter, why) {
  const { engine, reason, deviceBytes, dispatchesPerStep } = trainer.engine();
  if (engine === "cpu") return cpuFacts(reason);
  const sentence =
    why ??
    t("worker.gpu", {
      name: adapter?.name ?? t("worker.adapterHasNoName"),
      value: adapter?.isFallback ? t("worker.whichSoftware") : "",
    });
  return { engine, reason: sentence, adapter, deviceBytes, dispatchesPerStep, tiles: trainer.tiles ?? null };
}

/** Browsers tell little of an adapter, some in one field, some in another. */
function nameOf(/** @type {AdapterInfo} */ { vendor, architecture, device, description }) {
  return description || device || [vendor, architecture].filter(Boolean).join(" ") || t("worker.adapterWithoutName");
}
