// @ts-check
/**
 * A few workers for what is many runs: folds, restarts, searches. They share the page's one compiled core, are made when
 * there is first something to do and ended when there is nothing more, and train beside the run, which goes on.
 *
 * Each is a training worker like the page's own (protocol.js), asked for one job after the other. One that stops is replaced,
 * and its job is done once more; a job that stops two workers is given up, and named.
 *
 * @typedef {{kind: keyof typeof import("./jobCourses.js").JOBS, course: object}} Task
 * @typedef {{value: any} | {problem: string} | null} Outcome   any: as the task's kind has it; null: it was not begun, or had nothing to say when it was canceled
 *
 * @typedef {object} Rows   the table that the tasks are about
 * @property {string} key   the same for the same rows, read in the same way
 * @property {string} name
 * @property {string} title
 * @property {import("./protocol.js").ReadChoices} read
 * @property {() => Promise<Blob>} open
 *
 * @typedef {object} Hearer   what is heard before all is done, by the task's place
 * @property {(task: number, progress: any) => void} [progress]   any: as the task's kind has it
 * @property {(task: number, outcome: Outcome) => void} [ended]
 */
import { BEAT_MS, LONG_PATIENCE, Watchdog } from "./watchdog.js";
import { VERSION } from "./protocol.js";
import { Requests } from "./requests.js";
import { createBackpressure, streamToWorker } from "./streamToWorker.js";
import { once } from "../base/once.js";
import { t } from "../base/text.js";

/** Workers are ended when nothing was asked of them for so long, in milliseconds. */
const IDLE_MS = 20_000;

/** So long a canceled job may take to say how far it came, in milliseconds; then its worker is ended. */
const GRACE_MS = 120;

/** More than these don't pay: their memory does not grow with the machine. */
const MOST_WORKERS = 4;

/** What every job takes, and what some kinds take besides. @typedef {"pkg-full" | "pkg-baselines" | "pkg-export"} Package */
/** @type {Partial<Record<Task["kind"], Package>>} */
const BESIDES = {
  baseline: "pkg-baselines",
  rivals: "pkg-baselines",
  learning: "pkg-baselines",
  export: "pkg-export",
};

/** What trains nothing takes none. @type {Task["kind"][]} */
const ALONE = ["pictures", "framing"];

/** @returns {Package[]} */
const packagesFor = (/** @type {Task} */ { kind }) =>
  ALONE.includes(kind) ? [] : ["pkg-full", ...[BESIDES[kind] ?? []].flat()];

/** One core is the page's and its own run's. */
export const poolSize = (cores = globalThis.navigator?.hardwareConcurrency ?? 2) =>
  Math.max(1, Math.min(MOST_WORKERS, cores - 1));

/** @type {WeakMap<object, Pool>} */
const pools = new WeakMap();

/** The pool of a playground, made when it is first asked for. */
export function poolOf(
  /** @type {import("./playground.js").Playground} */ playground,
  /** @type {(name: Package) => Promise<WebAssembly.Module>} */ load,
) {
  const { spawn, core } = playground.parts;
  const pool = pools.get(playground) ?? new Pool({ spawn, core, load });
  pools.set(playground, pool);
  return pool;
}

export class Pool {
  #spawn;
  #core;
  /** Gets a package, compiled once for all workers. @type {Record<Package, () => Promise<WebAssembly.Module>>} */
  #packages;
  #idleMs;
  /** @type {PoolWorker[]} */
  #idle = [];
  /** What is asked for later waits for it. @type {Promise<unknown>} */
  #before = Promise.resolve();
  /** @type {any} any: browsers have a number, Node an object */
  #timer = null;

  /**
   * @param {object} parts
   * @param {() => import("./client.js").WorkerLike} parts.spawn
   * @param {Promise<WebAssembly.Module>} parts.core   the core that every worker starts with
   * @param {(name: Package) => Promise<WebAssembly.Module>} parts.load   gets a package, compiled
   * @param {number} [parts.size]
   * @param {number} [parts.idleMs]
   */
  constructor({ spawn, core, load, size = poolSize(), idleMs = IDLE_MS }) {
    this.#spawn = spawn;
    this.#core = core;
    this.#packages = {
      "pkg-full": once(() => load("pkg-full")),
      "pkg-baselines": once(() => load("pkg-baselines")),
      "pkg-export": once(() => load("pkg-export")),
    };
    this.#idleMs = idleMs;
    this.size = size;
  }

  /**
   * Does these tasks, as many at a time as there are workers. Tasks that were asked for before come first.
   *
   * @param {Task[]} tasks
   * @param {object} how
   * @param {AbortSignal} how.signal   ends it early: what is done stays
   * @param {Rows | null} [how.rows]
   * @param {Hearer} [how.hearer]
   * @returns {Promise<Outcome[]>}   one a task; throws a sentence where no task can be done
   */
  run(tasks, { signal, rows = null, hearer = {} }) {
    const mine = this.#before.then(() => this.#run(tasks, signal, rows, hearer));
    this.#before = mine.catch(() => {});
    return mine;
  }

  /** Ends all workers that do nothing. */
  dispose() {
    clearTimeout(this.#timer);
    for (const worker of this.#idle.splice(0)) worker.end();
  }

  async #run(
    /** @type {Task[]} */ tasks,
    /** @type {AbortSignal} */ signal,
    /** @type {Rows | null} */ rows,
    /** @type {Hearer} */ hearer,
  ) {
    clearTimeout(this.#timer);
    /** @type {Outcome[]} */
    const outcomes = tasks.map(() => null);
    const tries = tasks.map(() => 0);
    const waiting = [...tasks.keys()];
    const stop = new AbortController();
    const cancel = () => stop.abort();
    signal.addEventListener("abort", cancel);
    if (signal.aborted) cancel();
    // Rows that can't be read, or a package that can't be had, end all of it.
    /** @type {Error | null} */
    let failure = null;
    const fail = (/** @type {Error} */ error) => {
      failure ??= error;
      stop.abort();
    };
    const open = once(() => /** @type {Rows} */ (rows).open());
    const prepared = async (/** @type {PoolWorker} */ worker, /** @type {Task} */ task) => {
      for (const name of packagesFor(task)) await worker.start(name, await this.#packages[name]());
      if (rows) await worker.take({ ...rows, open }, stop.signal);
      worker.isFree = true;
    };
    /** One task after the other, by one worker as long as it lives. */
    const lane = async () => {
      /** @type {PoolWorker | null} */
      let worker = null;
      while (waiting.length && !stop.signal.aborted) {
        const place = /** @type {number} */ (waiting.shift());
        let isReady = false;
        try {
          worker ??= this.#idle.pop() ?? new PoolWorker(this.#spawn(), this.#core);
          await inGrace(prepared(worker, tasks[place]), stop.signal);
          if (stop.signal.aborted) break;
          isReady = true;
          const value = await worker.ask(tasks[place], (progress) => hearer.progress?.(place, progress), stop.signal);
          outcomes[place] = value === undefined ? null : { value };
        } catch (error) {
          if (stop.signal.aborted) break;
          const isLost = error instanceof WorkerLost;
          const why = String(/** @type {Thrown} */ (error)?.message ?? error);
          if (isLost || !isReady) {
            worker?.end();
            worker = null;
          }
          if (isLost && ++tries[place] < 2) {
            waiting.unshift(place);
            continue;
          }
          if (!isReady) {
            fail(isLost ? new Error(t("session.poolWorkerStopped", { why })) : /** @type {Error} */ (error));
            break;
          }
          outcomes[place] = { problem: isLost ? t("session.poolTaskStopped", { why }) : why };
        }
        hearer.ended?.(place, outcomes[place]);
      }
      if (worker?.isFree) this.#idle.push(worker);
      else worker?.end();
    };
    await Promise.all(Array.from({ length: Math.min(this.size, tasks.length) }, lane));
    signal.removeEventListener("abort", cancel);
    this.#timer = setTimeout(() => this.dispose(), this.#idleMs);
    this.#timer.unref?.();
    if (failure) throw failure;
    return outcomes;
  }
}

/** A worker that stopped, and what it said of it. */
class WorkerLost extends Error {}

class PoolWorker {
  #worker;
  #requests;
  #backpressure = createBackpressure();
  /** @type {(error: Error) => void} */
  #lose = () => {};
  /** Rejects when the worker stops. @type {Promise<never>} */
  #lost;
  /** Packages that it started. @type {Set<Package>} */
  #started = new Set();
  /** Which table it holds. @type {string | null} */
  #rows = null;
  #broken = "";
  #watchdog;
  /** Whether it has nothing to do and can be asked. */
  isFree = true;

  constructor(/** @type {import("./client.js").WorkerLike} */ worker, /** @type {Promise<WebAssembly.Module>} */ core) {
    this.#worker = worker;
    this.#lost = new Promise((_, reject) => (this.#lose = reject));
    this.#lost.catch(() => {});
    this.#requests = new Requests((message) => this.#post(message));
    this.#watchdog = new Watchdog({
      ping: () => worker.postMessage({ type: "ping" }),
      isTraining: () => false,
      due: () => this.#requests.types,
      tell: (silence) =>
        silence && this.#stopped(t("session.poolWorkerSilent", { seconds: (LONG_PATIENCE * BEAT_MS) / 1000 })),
    });
    worker.onmessage = (/** @type {MessageEvent} */ { data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      // A script that can't be had is told by an event without words.
      if (event.message === undefined) this.#lose(new Error(t("session.poolScriptMissing")));
      else this.#stopped(event.message);
    };
    core.then(
      (compiled) => this.#post({ type: "hello", version: VERSION, build: globalThis.TRAINYARD_BUILD, core: compiled }),
      (error) => this.#stopped(String(error?.message ?? error)),
    );
  }

  /** Gives it a compiled package, if it has not got it. */
  async start(/** @type {Package} */ name, /** @type {WebAssembly.Module} */ module) {
    this.isFree = false;
    if (this.#started.has(name)) return;
    await this.#alive(this.#job({ kind: "package", course: { name, module } }));
    this.#started.add(name);
  }

  /** Gives it the rows, if it has not got them. */
  async take(/** @type {Rows} */ rows, /** @type {AbortSignal} */ signal) {
    if (rows.key === this.#rows) return;
    this.#rows = null;
    await this.#alive(this.#hand(rows, signal));
    this.#rows = rows.key;
  }

  async #hand(/** @type {Rows} */ { name, title, read, open }, /** @type {AbortSignal} */ signal) {
    this.#broken = "";
    this.#backpressure = createBackpressure();
    signal.addEventListener("abort", this.#backpressure.unblock, { once: true });
    const blob = await open();
    await this.#requests.ask({ type: "tableStart", name, title, read });
    const send = (/** @type {Uint8Array} */ bytes) => {
      if (this.#broken) throw new Error(this.#broken);
      this.#post({ type: "tableBytes", bytes }, [/** @type {ArrayBuffer} */ (bytes.buffer)]);
    };
    await streamToWorker(blob.stream(), { send, backpressure: this.#backpressure, signal });
    await this.#requests.ask({ type: "tableEnd", data: { source: name, read } });
  }

  /** @param {Task} task @param {import("./requests.js").OnProgress} onProgress @param {AbortSignal} signal @returns {Promise<any>} any: as the kind has it */
  async ask(task, onProgress, signal) {
    this.isFree = false;
    const mine = new AbortController();
    const heard = (/** @type {any} any: as the kind has it */ progress) => signal.aborted || onProgress(progress);
    const job = this.#job(task, heard, mine.signal);
    job.then(
      () => (this.isFree = true),
      () => (this.isFree = true), // it was refused: the worker goes on
    );
    const answer = await this.#alive(inGrace(job, signal, () => mine.abort()));
    return answer === TOO_LATE ? undefined : answer;
  }

  end() {
    this.isFree = false;
    this.#watchdog.renew();
    this.#worker.terminate();
    this.#lose(new WorkerLost(""));
  }

  #job(
    /** @type {Task} */ { kind, course },
    /** @type {import("./requests.js").OnProgress | undefined} */ onProgress = undefined,
    /** @type {AbortSignal | undefined} */ signal = undefined,
  ) {
    return this.#requests.ask({ type: "job", kind, course }, onProgress, signal);
  }

  /** @template T @param {Promise<T>} work @returns {Promise<T>} */
  #alive(work) {
    return Promise.race([work, this.#lost]);
  }

  #post(/** @type {object} */ message, /** @type {Transferable[]} */ transfer = []) {
    this.#worker.postMessage(message, transfer);
    this.#watchdog.asked();
  }

  #receive(/** @type {import("./protocol.js").WorkerEvent} */ event) {
    this.#watchdog.heard();
    if (event.type === "reply") this.#requests.settle(event);
    else if (event.type === "progress") this.#requests.report(event);
    else if (event.type === "tableProgress") {
      this.#broken = event.problem ?? "";
      this.#backpressure.acknowledge(event.bytes);
    } else if (event.type === "error" && event.fatal) this.#stopped(event.message);
  }

  #stopped(/** @type {string} */ why) {
    this.#lose(new WorkerLost(why));
  }
}

const TOO_LATE = Symbol();

/**
 * What comes before it is canceled, or soon after that.
 *
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} signal
 * @param {() => void} [cancel]   tells whoever does it
 * @returns {Promise<T | typeof TOO_LATE>}
 */
function inGrace(work, signal, cancel = () => {}) {
  return new Promise((resolve, reject) => {
    const wait = () => {
      cancel();
      setTimeout(() => resolve(TOO_LATE), GRACE_MS);
    };
    const end = () => signal.removeEventListener("abort", wait);
    signal.addEventListener("abort", wait);
    if (signal.aborted) wait();
    work.then(resolve, reject).finally(end);
  });
}

/**
 * How long the rest takes, by what is done so far.
 *
 * @param {number} share     of all the work that is done, 0…1
 * @param {number} elapsed   milliseconds since the beginning
 * @returns {number | null}  seconds; null where it can't be known yet
 */
export const secondsLeft = (share, elapsed) =>
  share > 0.05 && elapsed > 500 ? ((elapsed / share) * (1 - share)) / 1000 : null;
