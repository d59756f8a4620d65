// @ts-check
/**
 * Data-parallel SGD: a trainer whose batches several workers share. Each holds the same run and computes its shards of a
 * batch; the sums go to all, which take the same step (an all-reduce): with the bits of one worker, since the core adds the
 * shards in the same order (src/engine/cpu/shards.rs). This worker leads: where a member is silent it computes what lacks
 * itself, and goes on without it. Loaded when a step takes so long that it could pay.
 *
 * @typedef {import("./engines.js").FullTrainer} FullTrainer
 * @typedef {import("../pkg-full/trainyard.js").ShardSum} ShardSum
 * @typedef {import("../pkg-full/trainyard.js").Progress} Progress
 * @typedef {{round: number, step: number, sums: ShardSum[]}} Told   what a member says of a step; `round`: how often it was put where the leader is
 */
import { inTime } from "../base/inTime.js";
import { asWritten } from "../base/asWritten.js";
import { isTable } from "../settings/tableNames.js";
import { VERSION } from "../session/protocol.js";
import { arraysOf, firstShard, sendSums } from "./shardSums.js";
import { CURVE_POINTS, NO_LIMIT } from "./timeSlice.js";
import { t } from "../base/text.js";

/** More workers would talk longer than they save. */
const MOST_WORKERS = 8;

/** So long it may take until a member is there: its packages are fetched and compiled. */
const FORMING_MS = 30_000;

/** The team is timed for so long, after a step that only warms it up. */
const SAMPLE_MS = 300;

/** So many lost members are replaced: where more are lost, something is wrong with workers here. */
const MOST_REPLACED = 3;

/** A member that says nothing for so long is given up: this many milliseconds, or steps. */
const SILENT_MS = 5000;
const SILENT_STEPS = 20;

/** Another worker like this one, whose script's address is its own. */
const spawnWorker = () => new Worker(globalThis.location.href, { type: "module", name: "pastless" });

/**
 * What a team shares.
 *
 * @typedef {object} Shared
 * @property {FullTrainer} trainer      the leader's
 * @property {import("./engines.js").Spec} spec   of the members' trainers
 * @property {import("../pkg-full/trainyard.js").Rows | Uint8Array | null} rows   given with it, a table as CSV; null where the Spec makes its own
 * @property {{core: WebAssembly.Module, full: WebAssembly.Module}} modules   compiled here: members needn't do that again
 */

/**
 * What the page's worker shares of a Spec.
 *
 * @param {{spec: import("./engines.js").Spec, engines: import("./engines.js").Engines}} parts
 * @returns {Promise<Shared>}
 */
export async function share({ spec, engines }) {
  const isOfRows = isTable(spec.data?.source);
  const given = isOfRows ? await (await engines.tables()).given(spec) : { spec, rows: null };
  const trainer = await (isOfRows ? engines.cpu(spec) : engines.full(spec, t("worker.sharesBatches")));
  const shared = { trainer: /** @type {FullTrainer} */ (trainer), modules: await engines.modules() };
  const onCpu = { ...given.spec, engine: /** @type {const} */ ("cpu") };
  if (!given.rows || "inputs" in given.rows) return { ...shared, spec: onCpu, rows: given.rows };
  // A table is read once more by each, from what can be read as the same: who leads and who follows cut it alike, and
  // neither tells anybody of a test row.
  const read = /** @type {import("../pkg-full/trainyard.js").ReadChoices} */ (asWritten(onCpu.data?.read ?? {}));
  const { csv } = /** @type {import("../pkg-full/trainyard.js").Table} */ (given.rows);
  const rows = new TextEncoder().encode(csv.call(given.rows, true));
  return { ...shared, spec: { ...onCpu, data: { ...onCpu.data, read } }, rows };
}

/**
 * Forms a team; null where batches are one shard. Fails where workers can't be had.
 *
 * @param {object} parts
 * @param {Shared} parts.shared
 * @param {{now: () => number}} parts.clock
 * @param {number} [parts.cores]
 * @param {() => Worker} [parts.spawn]
 */
export async function form({ shared, clock, cores = navigator.hardwareConcurrency, spawn = spawnWorker }) {
  const { trainer, spec, rows, modules } = shared;
  /** @type {{port: MessagePort, end: () => void}[]} */
  const members = [];
  try {
    // A team promises the bits that any machine gives: with the fast core, the run is one worker's.
    const size = trainer.isFast ? 1 : Math.min(cores, trainer.shards(), MOST_WORKERS);
    if (size > 1) {
      const recruit = () => enlist(spawn(), modules.core, { spec, rows, module: modules.full });
      await Promise.all(Array.from({ length: size - 1 }, async () => members.push(await recruit())));
      return new Team(trainer, members, clock, recruit);
    }
  } catch (error) {
    for (const { end } of members) end();
    trainer.free();
    throw error;
  }
  trainer.free();
  return null;
}

/** Makes a worker a member. @param {Worker} worker @param {WebAssembly.Module} core @param {object} course */
async function enlist(worker, core, course) {
  const { port1: port, port2: theirs } = new MessageChannel();
  const end = () => worker.terminate();
  const ready = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }) => {
      // It may say more, as the page's own worker does of its core.
      if (data.type === "reply" && data.ok) resolve();
      else if (data.type === "reply" || data.type === "error") reject(new Error(data.error?.message ?? data.message));
    };
  });
  worker.postMessage({ type: "hello", version: VERSION, core });
  worker.postMessage({ type: "job", id: 1, kind: "member", course: { ...course, port: theirs } }, [theirs]);
  try {
    await inTime(ready, FORMING_MS);
    return { port, end };
  } catch (error) {
    end();
    throw error;
  }
}

export const noTime = () => ({ steps: 0, all: 0, arithmetic: 0 });

/** Puts the trainer elsewhere: its members are where it was. */
const MOVES = /** @type {const} */ (["restore", "branch", "seek", "setParameters", "setParameter"]);

/** What a checkpoint doesn't have: the last of each is told with it. */
const TERMS = /** @type {const} */ (["setLearningRate", "setMaxEpochs", "freeze"]);

/** Another worker, as this one sees it. */
class Member {
  /** @type {(told: Told | null) => void} */
  #hear = () => {};
  /** @type {Told | null} */
  #told = null;
  #isGone = false;

  /** @param {MessagePort} port @param {() => void} end   ends the worker */
  constructor(port, end) {
    this.port = port;
    this.end = () => {
      this.#isGone = true;
      end();
      port.close();
      this.#hear(null);
    };
    port.addEventListener("close", this.end); // browsers that don't say so: it is silent
    port.onmessage = ({ data }) => {
      this.#told = data;
      this.#hear(data);
    };
  }

  /** Its sums for this step of this round; null where they don't come in time. @param {number} round @param {number} step @param {number} ms */
  async sums(round, step, ms) {
    const isIt = (/** @type {Told | null} */ told) => told === null || (told.round === round && told.step === step);
    if (this.#isGone) return null;
    if (this.#told && isIt(this.#told)) return this.#told.sums;
    const heard = new Promise((/** @type {(told: Told | null) => void} */ resolve) => {
      this.#hear = (told) => isIt(told) && resolve(told);
    });
    const told = await inTime(heard, ms).catch(() => null);
    return told && told.sums;
  }
}

/** The leader's side. Its trainer trains as before, only that steps are awaited. */
export class Team {
  /** @type {Member[]} */
  members;
  /** What steps took so far, in milliseconds: all of it, and the arithmetic of this worker. */
  took = noTime();
  /** Who trains, in a sentence. */
  reason = "";
  /** Whether that is another since somebody asked. */
  hasNews = false;
  #alone;
  #clock;
  #recruit;
  #replaced = 0;
  #round = 0;
  #isStale = true;
  #isFreed = false;
  /** @type {Float32Array[]} */
  #spare = [];
  /** @type {Map<string, unknown[]>} */
  #terms = new Map();
  /** @type {Progress} */
  #last;

  /**
   * @param {FullTrainer} trainer
   * @param {{port: MessagePort, end: () => void}[]} others
   * @param {{now: () => number}} clock
   * @param {() => Promise<{port: MessagePort, end: () => void}>} recruit   makes one more
   */
  constructor(trainer, others, clock, recruit) {
    this.trainer = trainer;
    this.members = others.map(({ port, end }) => new Member(port, end));
    this.#clock = clock;
    this.#recruit = recruit;
    this.#last = trainer.progress();
    const own = /** @type {Record<string, (...values: any[]) => any>} any: passed on as they are */ (
      /** @type {unknown} */ (trainer)
    );
    this.#alone = {
      advance: trainer.advance.bind(trainer),
      free: trainer.free.bind(trainer),
    };
    for (const name of [...MOVES, ...TERMS]) {
      const method = own[name].bind(trainer);
      own[name] = (...values) => {
        this.#isStale = true;
        this.#round += 1;
        if (/** @type {readonly string[]} */ (TERMS).includes(name)) this.#terms.set(name, values);
        return method(...values);
      };
    }
    const says = trainer.engine.bind(trainer);
    Object.assign(trainer, {
      team: this,
      advance: (/** @type {number} */ steps, /** @type {number} */ budget) => this.#advance(steps, budget),
      engine: () => ({ ...says(), reason: this.reason }),
      free: () => this.#free(),
    });
  }

  /** Who trains, heard. */
  get news() {
    this.hasNews = false;
    return this.reason;
  }

  get #ports() {
    return this.members.map(({ port }) => port);
  }

  /** How many workers train. */
  get size() {
    return this.members.length + 1;
  }

  /** Bytes of a gradient, which each worker sends in a step, and gets of each other. */
  get bytes() {
    return 4 * this.trainer.describe().parameterCount;
  }

  /** What a step takes, as long as it trains here; Infinity where the run is over too soon to tell. */
  async time() {
    const { trainer } = this;
    trainer.record(CURVE_POINTS); // what an epoch's end costs counts on both sides
    await trainer.advance(1, SAMPLE_MS);
    this.took = noTime();
    const start = this.#clock.now();
    await trainer.advance(NO_LIMIT, SAMPLE_MS);
    const { steps, arithmetic } = this.took;
    const msPerStep = steps ? (this.#clock.now() - start) / steps : Infinity;
    return { workers: this.size, msPerStep, talkMs: msPerStep - arithmetic / steps, bytes: this.bytes };
  }

  async #advance(/** @type {number} */ steps, /** @type {number} */ budget) {
    const start = this.#clock.now();
    const end = this.#last.step + steps;
    for (;;) {
      const { step } = this.#last;
      const progress = await this.#step();
      const isOver = progress.status !== "training" || progress.step >= end || progress.step === step;
      if (isOver || this.#clock.now() - start >= budget) return progress;
    }
  }

  /** One step. Where something was set meanwhile, what was computed is of another run: then there is none. */
  async #step() {
    const { trainer } = this;
    if (!this.members.length) return (this.#last = this.#alone.advance(1, 0));
    if (this.#isStale) await this.#gather();
    if (this.#isFreed) return this.#last;
    const round = this.#round;
    const { step } = (this.#last = trainer.progress());
    const shards = trainer.shards();
    const start = this.#clock.now();
    const mine = trainer.sumShards(0, firstShard(1, this.size, shards), this.#spare);
    const summed = this.#clock.now();
    sendSums(this.#ports, mine);
    const perStep = this.took.all / Math.max(1, this.took.steps);
    const theirs = await Promise.all(
      this.members.map((member) => member.sums(round, step, Math.max(SILENT_MS, SILENT_STEPS * perStep))),
    );
    if (this.#isFreed || round !== this.#round) return this.#last;
    const heard = this.#clock.now();
    const sums = theirs.flatMap((one) => one ?? []);
    // Each hears of the others; the arrays themselves stay here.
    if (this.size > 2) {
      const copies = (/** @type {number} */ i) => theirs.flatMap((one, other) => (other === i ? [] : (one ?? [])));
      this.#ports.forEach((port, i) => port.postMessage({ sums: copies(i) }));
    }
    // What a silent member has not sent, `advanceSummed` computes.
    this.#last = trainer.advanceSummed(sums);
    this.#spare = arraysOf(sums);
    const now = this.#clock.now();
    this.took.steps += 1;
    this.took.all += now - start;
    this.took.arithmetic += summed - start + now - heard;
    if (theirs.includes(null)) this.#lose(this.members.filter((_, i) => theirs[i] === null));
    return this.#last;
  }

  /** They are gone, or as good as gone: the others take their shards, until there is another in the place of each. */
  #lose(/** @type {Member[]} */ lost) {
    for (const member of lost) member.end();
    this.#regroup(this.members.filter((member) => !lost.includes(member)));
    const { size } = this;
    this.#tell(size > 1 ? t("worker.teamSmaller", { size }) : t("worker.teamAlone"));
    for (let i = 0; i < lost.length && this.#replaced < MOST_REPLACED; i++) {
      this.#replaced += 1;
      // Where none comes, those who are there go on.
      this.#recruit().then(
        (one) => this.#join(one),
        () => {},
      );
    }
  }

  #join(/** @type {{port: MessagePort, end: () => void}} */ { port, end }) {
    if (this.#isFreed) return end();
    this.#regroup([...this.members, new Member(port, end)]);
    this.#tell(t("worker.teamWhole", { size: this.size }));
  }

  /** The step under way is begun anew by all of them, from where the leader is. */
  #regroup(/** @type {Member[]} */ members) {
    this.members = members;
    this.#isStale = true;
    this.#round += 1;
  }

  #tell(/** @type {string} */ reason) {
    this.reason = reason;
    this.hasNews = true;
  }

  /** Puts all members where the leader is. */
  async #gather() {
    do {
      this.#isStale = false;
      const round = this.#round;
      const bytes = await this.trainer.checkpoint();
      if (this.#isFreed || round !== this.#round) continue;
      this.members.forEach(({ port }, i) =>
        port.postMessage({ bytes, round, terms: [...this.#terms], place: i + 1, size: this.size }),
      );
    } while (this.#isStale && !this.#isFreed);
  }

  #free() {
    this.#isFreed = true;
    for (const member of this.members) member.end();
    this.#alone.free();
  }
}
