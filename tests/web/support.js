// @ts-check
/** A worker without a worker: the runner inline, with a port of two queues and a scripted clock. */
import { checkCommand, checkEvent } from "../../www/session/protocol.js";
import * as probe from "../../www/worker/engineChoice.js";
import * as jobs from "../../www/worker/jobs.js";
import * as travel from "../../www/worker/travel.js";
import { serve } from "../../www/worker/runner.js";
import { Intake } from "../../www/features/data/worker/formats/intake.js";
import { Tables } from "../../www/features/data/worker/tables.js";
import { FakeGpuTrainer } from "./fakeGpuTrainer.js";
import { FakeTableReader, FakeTableTrainer } from "./fakeTable.js";
import { FakeTrainer, preview } from "./fakeTrainer.js";

const INTAKE = {
  createReader: (/** @type {object} */ read) => new FakeTableReader(read),
  loadConverters: () => import("../../www/features/data/worker/formats/converters.js"),
  loadWorkbooks: async () => null,
};

/** Lets everything that waits have its turn. */
export async function settle(turns = 20) {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * @param {object} [options]
 * @param {(trainer: FakeTrainer) => void} [options.prepare]
 * @param {object | null | Promise<any>} [options.adapter]   what the browser says of its GPU; without it, there is none
 * @param {number} [options.gpuMs]            how long that takes for a step
 * @param {Promise<void>} [options.device]      when it can be had
 * @param {Promise<void>} [options.compiled]    when its kernels are
 * @param {string} [options.loadFailure]      why the GPU engine can't be loaded
 * @param {boolean} [options.isFast]          whether the reader chose the fast core
 * @param {boolean} [options.fastLoads]       whether it can be had
 * @param {boolean} [options.lacksTravel]     whether what goes back in time can't be loaded
 * @param {Promise<void>} [options.traveling]   when it can
 * @param {Partial<import("../../www/worker/engines.js").Full>} [options.part]   what else the GPU engine's part has
 */
export function inlineRunner({
  prepare = () => {},
  adapter = null,
  gpuMs = 1,
  device = Promise.resolve(),
  compiled = Promise.resolve(),
  loadFailure,
  isFast = false,
  fastLoads = false,
  lacksTravel = false,
  traveling = Promise.resolve(),
  part = {},
} = {}) {
  /** @type {any[]} */
  const events = [];
  /** @type {FakeTrainer[]} */
  const trainers = [];
  /** @type {(message: any) => void} */
  let deliver = () => {};
  const time = { now: 0, turns: 0, /** @type {() => void} */ onTurn: () => {} };
  /** @type {FakeGpuTrainer[]} */
  const gpuTrainers = [];
  const loads = { gpu: 0 };

  const runner = serve(
    { post: (event) => events.push(checkEvent(event)), listen: (listener) => (deliver = listener) },
    {
      load: async () => {},
      ready: Promise.resolve(),
      createTrainer: async (spec) => {
        const trainer = await FakeTrainer.create(spec);
        // A slice takes 12 ms, however many steps that is; less of it takes less.
        trainer.onAdvance = (steps) =>
          (time.now += trainer.sliceSteps < Infinity ? (12 * steps) / trainer.sliceSteps : 12);
        prepare(trainer);
        trainers.push(trainer);
        return trainer;
      },
      preview: (request, seed) => preview(request, seed),
      isFast,
      findAdapter: async () => adapter,
      loadJobs: async () => jobs,
      loadProbe: async () => probe,
      async loadTravel() {
        if (lacksTravel) throw new Error("offline");
        await traveling;
        return travel;
      },
      async loadFull() {
        loads.gpu += 1;
        if (loadFailure) throw new Error(loadFailure);
        const createTrainer = async (spec, table) => {
          if (table) return FakeTableTrainer.create(spec, table);
          const trainer = Object.assign(new FakeGpuTrainer(spec), { compiled }, fastLoads && { isFast });
          trainer.onAdvance = (steps) => (time.now += steps * gpuMs);
          gpuTrainers.push(trainer);
          await device;
          return trainer;
        };
        return {
          ...part,
          createTrainer,
          createTables: (port, clock) =>
            new Tables(port, { createTrainer, createIntake: (file) => new Intake(file, INTAKE) }, clock),
        };
      },
    },
    {
      now: () => time.now,
      turn: () =>
        new Promise((resolve) =>
          setImmediate(() => {
            time.turns += 1;
            time.onTurn();
            resolve();
          }),
        ),
    },
  );

  return {
    events,
    trainers,
    gpuTrainers,
    loads,
    time,
    begin: (/** @type {any} */ core) => runner.begin(core),
    /** Sends a command as the page does; a wrong one on purpose with `raw`. */
    send: (/** @type {any} */ command) => deliver(checkCommand(command)),
    raw: (/** @type {any} */ message) => deliver(message),
    last: (/** @type {string} */ type) => events.findLast((event) => event.type === type),
    all: (/** @type {string} */ type) => events.filter((event) => event.type === type),
  };
}

/** A Worker-like that holds an inline runner, for the client's tests. */
export function inlineWorker(options = {}) {
  const runner = inlineRunner(options);
  const worker = {
    /** @type {((event: {data: any}) => void) | null} */ onmessage: null,
    /** @type {((event: any) => void) | null} */ onerror: null,
    isTerminated: false,
    runner,
    postMessage(/** @type {any} */ message) {
      if (!worker.isTerminated) setImmediate(() => worker.isTerminated || runner.raw(message));
    },
    terminate() {
      worker.isTerminated = true;
    },
    crash(/** @type {string} */ message) {
      worker.onerror?.({ message });
    },
  };
  const push = runner.events.push.bind(runner.events);
  runner.events.push = (...events) => {
    for (const data of events) setImmediate(() => worker.isTerminated || worker.onmessage?.({ data }));
    return push(...events);
  };
  return worker;
}
