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
import { compiled } from "../base/compiled.js";
import { fetchFile } from "../base/files.js";
import { inTime } from "../base/loadPart.js";
import { isTable } from "../settings/tableNames.js";
import { VERSION } from "../session/protocol.js";
import { firstShard, sendSums } from "./shardSums.js";
import { CURVE_POINTS, NO_LIMIT } from "./timeSlice.js";
import { t } from "../base/text.js";

/** More workers would talk longer than they save. */
const MOST_WORKERS = 8;

/** So long it may take until a member is there: its packages are fetched and compiled. */
const FORMING_MS = 30_000;

/** The team is timed for so long, after a step that only warms it up. */
const SAMPLE_MS = 300;

/** A member that says nothing for so long is given up: this many milliseconds, or steps. */
const SILENT_MS = 5000;
const SILENT_STEPS = 20;

/** Another worker like this one, whose script's address is its own. */
const spawnWorker = () => new Worker(globalThis.location.href, { type: "module", name: "pastless" });

/**
 * Forms a team for a Spec; null where its batches are one shard, or its rows are held by the core of this worker alone.
 * Fails where workers can't be had.
 *
 * @param {object} parts
 * @param {import("./engines.js").Spec} parts.spec
 * @param {import("./engines.js").Engines} parts.engines
 * @param {{now: () => number}} parts.clock
 * @param {number} [parts.cores]
 * @param {() => Worker} [parts.spawn]
 */
export async function form({ spec, engines, clock, cores = navigator.hardwareConcurrency, spawn = spawnWorker }) {
  const isOfRows = isTable(spec.data?.source);
  const given = isOfRows ? await (await engines.tables()).given(spec) : { spec, rows: null };
  if (given.rows && !("inputs" in given.rows)) return null;
  const trainer = /** @type {FullTrainer} */ (
    await (isOfRows ? engines.cpu(spec) : engines.full(spec, t("worker.sharesBatches")))
  );
  /** @type {{port: MessagePort, end: () => void}[]} */
  const members = [];
  try {
    const size = Math.min(cores, trainer.shards(), MOST_WORKERS);
    if (size > 1) {
      const core = await compiled(await fetchFile("pkg/trainyard_bg.wasm"));
      const course = { spec: { ...given.spec, engine: "cpu" }, rows: given.rows };
      await Promise.all(
        Array.from({ length: size - 1 }, async () => members.push(await enlist(spawn(), core, course))),
      );
      return new Team(trainer, members, clock);
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
      if (data.type === "reply" && data.ok) resolve();
      else if (data.type !== "ready") reject(new Error(data.error?.message ?? data.message));
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

  /** @param {MessagePort} port @param {() => void} end   ends the worker */
  constructor(port, end) {
    this.port = port;
    this.end = () => {
      end();
      port.close();
      this.#hear(null);
    };
    port.onmessage = ({ data }) => {
      this.#told = data;
      this.#hear(data);
    };
  }

  /** Its sums for this step of this round; null where they don't come in time. @param {number} round @param {number} step @param {number} ms */
  async sums(round, step, ms) {
    const isIt = (/** @type {Told | null} */ told) => told === null || (told.round === round && told.step === step);
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
  /** What a step took so far, in milliseconds: all of it, and the arithmetic of this worker. */
  took = { steps: 0, all: 0, arithmetic: 0 };
  /** Who trains, in a sentence. */
  reason = "";
  /** Whether that is another since somebody asked. */
  hasNews = false;
  #alone;
  #clock;
  #round = 0;
  #isStale = true;
  #isFreed = false;
  /** @type {Map<string, unknown[]>} */
  #terms = new Map();
  /** @type {Progress} */
  #last;

  /**
   * @param {FullTrainer} trainer
   * @param {{port: MessagePort, end: () => void}[]} others
   * @param {{now: () => number}} clock
   */
  constructor(trainer, others, clock) {
    this.trainer = trainer;
    this.members = others.map(({ port, end }) => new Member(port, end));
    this.#clock = clock;
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
    this.took = { steps: 0, all: 0, arithmetic: 0 };
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
    const mine = trainer.sumShards(0, firstShard(1, this.size, shards));
    const summed = this.#clock.now();
    for (const { port } of this.members) sendSums(port, mine);
    const perStep = this.took.all / Math.max(1, this.took.steps);
    const theirs = await Promise.all(
      this.members.map((member) => member.sums(round, step, Math.max(SILENT_MS, SILENT_STEPS * perStep))),
    );
    if (this.#isFreed || round !== this.#round) return this.#last;
    const heard = this.#clock.now();
    this.members.forEach(({ port }, i) =>
      sendSums(
        port,
        theirs.flatMap((sums, other) => (other === i ? [] : (sums ?? []))),
      ),
    );
    // What a silent member has not sent, `advanceSummed` computes.
    const sums = [...mine, ...theirs.flatMap((one) => one ?? [])];
    this.#last = trainer.advanceSummed(sums);
    const now = this.#clock.now();
    this.took.steps += 1;
    this.took.all += now - start;
    this.took.arithmetic += summed - start + now - heard;
    if (theirs.includes(null)) this.#lose(this.members.filter((_, i) => theirs[i] === null));
    return this.#last;
  }

  /** They are gone, or as good as gone: the others take their shards. */
  #lose(/** @type {Member[]} */ lost) {
    this.members = this.members.filter((member) => !lost.includes(member));
    for (const member of lost) member.end();
    this.#isStale = true;
    this.#round += 1;
    const { size } = this;
    this.reason = size > 1 ? t("worker.teamSmaller", { size }) : t("worker.teamAlone");
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
