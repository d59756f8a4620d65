// @ts-check
/** Is the GPU faster, or a team of workers? A second trainer of the same Spec is timed there. */
import { loadPart } from "../base/loadPart.js";
import { figure, resolved } from "./engineSelector.js";
import { couldBeCut } from "./shardSums.js";
import { CURVE_POINTS, NO_LIMIT, SLICE_MS } from "./timeSlice.js";
import { t } from "../base/text.js";

/** How much faster the GPU has to be: moving has its price, and the CPU's numbers are the same everywhere. */
const FASTER_BY = 1.2;

/** The GPU is timed for so long, after so many steps that only warm it up. */
const GPU_SAMPLE_MS = 150;
const WARM_UP_STEPS = 20;

/** From so many milliseconds a step on, several workers could be faster. */
const WORTH_SHARING_MS = 8;

/** The part that several workers take; null where there can be none. @returns {Promise<typeof import("./team.js") | null>} */
const loadTeamPart = async () =>
  typeof Worker === "function" && navigator.hardwareConcurrency > 1 ? loadPart("worker/team.js") : null;

/**
 * Makes both ready. Never fails: one worker goes on where no team can be formed.
 *
 * @param {Parameters<typeof prepareGpu>[0]} parts
 * @param {typeof loadTeamPart} [loadTeam]
 * @returns {Promise<import("./engineSelector.js").Candidate>}
 */
export async function prepare(parts, loadTeam = loadTeamPart) {
  const gpu = await prepareGpu(parts);
  const { cpuMs, spec } = parts;
  if (cpuMs < WORTH_SHARING_MS || !couldBeCut(spec)) return gpu;
  const team = await loadTeam()
    .then(async (part) => part && part.form({ shared: await part.share(parts), clock: parts.clock }))
    .catch(() => null);
  if (!team) return gpu;
  const decide = async () => {
    const decision = await gpu.decide();
    if (decision.trainer) {
      team.trainer.free();
      return decision;
    }
    const { workers, msPerStep, talkMs, bytes } = await team.time();
    const [ms, talk, work, megabytes] = [msPerStep, talkMs, msPerStep - talkMs, bytes / 2 ** 20].map(figure);
    if (!isFaster(msPerStep, cpuMs)) {
      team.trainer.free();
      const more = Number.isFinite(msPerStep) ? t("worker.teamSlower", { workers, ms }) : "";
      return { ...decision, reason: decision.reason + more };
    }
    team.reason = t("worker.teamMs", { workers, ms, cpuMs: figure(cpuMs), work, talk, megabytes });
    return { ...decision, trainer: team.trainer, reason: team.reason };
  };
  return {
    decide,
    free() {
      gpu.free();
      team.trainer.free();
    },
  };
}

/**
 * Makes it ready, unless it is known to be slower: its kernels are compiled, which may take seconds. Never fails: where
 * there is no GPU to be had, the reason says so.
 *
 * @param {object} parts
 * @param {import("../session/protocol.js").Spec} parts.spec
 * @param {number} parts.cpuMs   what a step takes on the CPU
 * @param {import("../session/protocol.js").Measurement | null} parts.known   from a run before
 * @param {import("./engines.js").Engines} parts.engines
 * @param {import("./runner.js").Clock} parts.clock
 * @returns {Promise<import("./engineSelector.js").Candidate>}
 */
async function prepareGpu({ spec, cpuMs, known, engines, clock }) {
  const stays = (
    /** @type {string} */ why,
    /** @type {import("../session/protocol.js").Measurement | null} */ measured = null,
  ) => ({ trainer: null, adapter: null, reason: t("worker.cpuMs", { cpuMs: figure(cpuMs), why }), measured });
  const adapter = await engines.findAdapter();
  if (!adapter) return resolved(stays(t("worker.stepBrowserOffersNo")));
  if (adapter.isFallback) return resolved(stays(t("worker.stepGpuHereSoftware", { name: adapter.name })));
  const against = (/** @type {number} */ gpuMs) =>
    t("worker.againstMsStepGpu", { gpuMs: figure(gpuMs), name: adapter.name });
  const remembered = known?.adapter === adapter.name ? known.gpuMs : null;
  if (remembered !== null && !isFaster(remembered, cpuMs)) return resolved(stays(against(remembered)));

  /** @type {import("./engines.js").Trainer | null} */
  let trainer = null;
  const free = () => trainer?.free();
  const fails = (/** @type {Thrown} */ error) => {
    free();
    return stays(t("worker.step", { message: error?.message ?? error }));
  };
  const decide = async () => {
    try {
      const gpuMs = remembered ?? (await time(/** @type {import("./engines.js").Trainer} */ (trainer), clock));
      const measured = remembered === null ? { cpuMs, gpuMs, adapter: adapter.name } : null;
      if (isFaster(gpuMs, cpuMs)) {
        const reason = t("worker.gpuMsAgainstMs", { gpuMs: figure(gpuMs), cpuMs: figure(cpuMs), name: adapter.name });
        return { trainer, adapter, reason, measured };
      }
      free();
      return stays(against(gpuMs), measured);
    } catch (error) {
      return fails(/** @type {Error} */ (error));
    }
  };
  try {
    ({ trainer } = await engines.gpu(spec, adapter));
    trainer.advance(1, 0);
    await trainer.idle();
    return { decide, free };
  } catch (error) {
    return resolved(fails(/** @type {Error} */ (error)));
  }
}

const isFaster = (/** @type {number} */ gpuMs, /** @type {number} */ cpuMs) => gpuMs * FASTER_BY <= cpuMs;

/** Milliseconds a step on the GPU. A run that ends sooner is timed as far as it goes: its own stop contract must stay. */
async function time(
  /** @type {import("./engines.js").Trainer} */ trainer,
  /** @type {import("./runner.js").Clock} */ clock,
) {
  trainer.record(CURVE_POINTS); // what an epoch's end costs counts on both sides
  let [start, first, isWarm] = [clock.now(), trainer.progress().step, false];
  for (;;) {
    trainer.advance(NO_LIMIT, SLICE_MS);
    await trainer.landed?.();
    const { step, status } = trainer.progress();
    const elapsed = clock.now() - start;
    if (trainer.engine().engine !== "gpu") throw new Error(t("worker.gpuWasLostWhile"));
    const isOver = status === "finished" || status === "diverged";
    if (isOver || (isWarm && step > first && elapsed >= GPU_SAMPLE_MS)) return elapsed / Math.max(1, step - first);
    if (!isWarm && step >= WARM_UP_STEPS) [start, first, isWarm] = [clock.now(), step, true];
    await clock.turn();
  }
}
