// @ts-check
/**
 * Who makes trainers: the core that every page loads, and the one with the GPU engine, which is loaded
 * when a GPU is wanted and there is one. What is said of engines is said here.
 *
 * @typedef {import("../core/protocol.js").Adapter} Adapter
 *
 * @typedef {object} EngineFacts   who computes, as the page is told
 * @property {"cpu" | "gpu"} engine
 * @property {string} reason
 * @property {Adapter | null} adapter
 * @property {number} deviceBytes
 * @property {number} dispatchesPerStep
 *
 * @typedef {object} Modules   what the worker's shell brings
 * @property {(core: any) => Promise<unknown>} load   makes the core of a compiled module, once
 * @property {Promise<unknown>} ready                 when that is done
 * @property {(spec: object) => Promise<any>} createTrainer   with that core
 * @property {(request: {source: string, samples: number, noise: number}, seed: number) => any} preview
 * @property {() => Promise<(spec: object) => Promise<any>>} loadGpu   the same as createTrainer, with the GPU engine
 * @property {() => Promise<AdapterInfo | null>} findAdapter   null where there is none; throws where the browser fails
 *
 * @typedef {{vendor?: string, architecture?: string, device?: string, description?: string, isFallbackAdapter?: boolean}} AdapterInfo
 */
import { refusal } from "./refusal.js";

/** Why no GPU can be had here. */
const NO_WEBGPU = "this browser offers no GPU to web pages (WebGPU is missing, switched off, or finds no adapter)";

export class Engines {
  #modules;
  /** @type {Promise<(spec: object) => Promise<any>> | null} */
  #gpu = null;

  constructor(/** @type {Modules} */ modules) {
    this.#modules = modules;
  }

  /** The GPU that could be had, or null. */
  async findAdapter() {
    const info = await this.#modules.findAdapter().catch(() => null);
    return info && { name: nameOf(info), isFallback: info.isFallbackAdapter === true };
  }

  cpu(/** @type {object} */ spec) {
    return this.#modules.createTrainer({ ...spec, engine: "cpu" });
  }

  /**
   * A trainer on the GPU; refuses with the code "no-gpu" where there is none that can take the run.
   *
   * @param {object} spec
   * @param {Adapter | null} [adapter]   if it is known already
   */
  async gpu(spec, adapter) {
    const found = adapter ?? (await this.findAdapter());
    if (!found) throw refusal("no-gpu", NO_WEBGPU);
    this.#gpu ??= this.#modules.loadGpu();
    const createTrainer = await this.#gpu.catch((error) => {
      this.#gpu = null; // another time the connection may be better
      throw refusal("no-gpu", `the GPU engine could not be loaded (${error?.message ?? error})`);
    });
    const trainer = await createTrainer({ ...spec, engine: "gpu" });
    const { engine, reason } = trainer.engine();
    if (engine !== "gpu") {
      trainer.free();
      throw refusal("no-gpu", reason.replace(/^CPU: /, ""));
    }
    return { trainer, adapter: found };
  }

  /**
   * The trainer that a Spec asks for, and who computes; a GPU that can't be had is no failure.
   *
   * @param {any} spec
   * @returns {Promise<{trainer: any, facts: EngineFacts}>}
   */
  async open(spec) {
    let reason;
    if (spec.engine === "gpu") {
      try {
        const { trainer, adapter } = await this.gpu(spec);
        return { trainer, facts: factsOf(trainer, adapter) };
      } catch (error) {
        if (/** @type {any} */ (error)?.code !== "no-gpu") throw error;
        reason = `CPU: ${/** @type {Error} */ (error).message}`;
      }
    }
    const trainer = await this.cpu(spec);
    const isAuto = (spec.engine ?? "auto") === "auto";
    reason ??= isAuto ? "CPU: at the first Play it is measured whether the GPU is faster" : "CPU: as chosen; the same numbers on every machine";
    return { trainer, facts: cpuFacts(reason) };
  }
}

/** @returns {EngineFacts} */
export const cpuFacts = (/** @type {string} */ reason) => ({ engine: "cpu", reason, adapter: null, deviceBytes: 0, dispatchesPerStep: 0 });

/**
 * What a trainer says of its engine, with the adapter's name as the browser tells it.
 *
 * @param {any} trainer
 * @param {Adapter | null} adapter
 * @param {string} [why]   instead of the plain sentence
 * @returns {EngineFacts}
 */
export function factsOf(trainer, adapter, why) {
  const { engine, reason, deviceBytes, dispatchesPerStep } = trainer.engine();
  if (engine === "cpu") return cpuFacts(reason);
  const sentence = why ?? `GPU: ${adapter?.name ?? "its adapter has no name"}${adapter?.isFallback ? ", which is software" : ""}`;
  return { engine, reason: sentence, adapter, deviceBytes, dispatchesPerStep };
}

/** Browsers tell little of an adapter, some in one field, some in another. */
function nameOf(/** @type {AdapterInfo} */ { vendor, architecture, device, description }) {
  return description || device || [vendor, architecture].filter(Boolean).join(" ") || "an adapter without a name";
}
