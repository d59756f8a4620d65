// @ts-check
/**
 * Time travel: keeps moments of a run while it trains, goes back to one of them, and tells how sharply the loss bends
 * there. Counts what rows are decided to be, too. Loaded with the first run; a run that can't have it trains all the same.
 */
import { Confusion } from "../features/confusion/worker.js";
import { baselineOf } from "../features/result/worker.js";
import { cpuFacts } from "./engines.js";
import { Looks } from "../features/coach/worker/observations.js";
import { partRows } from "./partRows.js";
import { Past } from "./snapshotStore.js";
import { commandError } from "./commandError.js";
import { SLICE_MS } from "./timeSlice.js";
import { firstToHold } from "../features/coach/worker/trial.js";
import { t } from "../base/text.js";

/** What keeping moments may cost: this share of the training time, after so many milliseconds that are free. */
const SHARE = 1 / 80;
const FREE_MS = 80;

/** The next moment comes when so much of the way so far is done again. */
const STRIDE_SHARE = 1 / 128;

/** A long epoch has several moments. */
const LONG_EPOCH = 128;
const MOMENTS_OF_LONG_EPOCH = 32;

/** @type {import("../session/protocol.js").Part[]} */
const PARTS = ["train", "test", "validation"];

/** @typedef {import("../session/protocol.js").Command<"past" | "seek" | "weights" | "units" | "curvature" | "trial" | "look" | "confusion" | "baseline" | "scores" | "residuals">} TravelCommand */

export class Travel {
  #run;
  #clock;
  #engines;
  #past = new Past();
  #looks;
  /** @type {Confusion | null} */
  #confusion = null;
  /** @type {ReturnType<import("./engines.js").Full["evaluationsOf"]> | null} */
  #evaluations = null;
  #unit;
  #cost = { spent: 0, trained: 0, seen: 0 };
  /** Bytes of a moment that is too large to be kept. */
  #tooLarge = 0;
  /** Counts what was changed by hand: moments before don't lead to moments after. */
  #edits = 0;
  #lastEdit = 0;

  /**
   * @param {import("./run.js").Run} run
   * @param {import("./runner.js").Clock} clock
   * @param {import("./engines.js").Engines} engines
   */
  constructor(run, clock, engines) {
    this.#run = run;
    this.#clock = clock;
    this.#engines = engines;
    this.#looks = new Looks(run);
    const { stepsPerEpoch } = run.description;
    this.#unit = stepsPerEpoch > LONG_EPOCH ? Math.ceil(stepsPerEpoch / MOMENTS_OF_LONG_EPOCH) : stepsPerEpoch;
  }

  /** What the run goes on by: a moment leads to a later one only by the same. */
  get #terms() {
    return `${this.#run.baseRate}/${this.#edits}`;
  }

  /** A parameter was set or frozen by hand. */
  touch() {
    this.#edits = ++this.#lastEdit;
  }

  /** Trains like the trainer, and keeps a moment now and then on the way. */
  async advance(/** @type {number} */ steps, /** @type {number} */ budget) {
    const { trainer } = this.#run;
    const start = this.#clock.now();
    let { step } = this.#run;
    const end = step + steps;
    for (;;) {
      const next = this.#due(step);
      const due = Math.min(end, next, this.#looks.dueAfter(step));
      const left = Math.max(budget - (this.#clock.now() - start), 0.01);
      const progress = await trainer.advance(due - step, left); // awaited for the sake of a team
      if (this.#run.hasEnded) return progress;
      if (trainer.team?.hasNews) this.#run.tell(cpuFacts(trainer.team.news));
      const isThere = progress.step >= due && progress.status === "training";
      step = progress.step;
      if (isThere) await this.#looks.add(progress);
      if (isThere && step >= next && !this.#run.hasEnded) await this.#keep(progress);
      if (this.#run.hasEnded || !isThere || step >= end || this.#clock.now() - start >= budget) {
        this.#passTime();
        return progress;
      }
    }
  }

  /** The step of the next moment; never, while the last ones have cost enough. */
  #due(/** @type {number} */ step) {
    const { spent, trained } = this.#cost;
    if (this.#tooLarge || spent > FREE_MS + trained * SHARE) return Infinity;
    const last = Math.max(this.#past.newest?.step ?? 0, 0);
    const stride = Math.max(1, Math.round((last * STRIDE_SHARE) / this.#unit)) * this.#unit;
    const due = Math.floor(last / this.#unit) * this.#unit + stride;
    return due > step ? due : step + this.#unit - (step % this.#unit);
  }

  /** The same beside a GPU, whose numbers have just been brought home. */
  async lookIn() {
    this.#passTime();
    const last = this.#past.newest?.step ?? -1;
    if (this.#run.step > last && this.#run.step >= this.#due(last)) await this.keepNow();
    else await this.#looks.add(this.#run);
  }

  /** Waiting for the page to draw counts as well: it is time that nobody misses. */
  #passTime() {
    const now = this.#clock.now();
    this.#cost.trained += Math.min(now - this.#cost.seen, 1000);
    this.#cost.seen = now;
  }

  /** Keeps the run as it stands, unless it blew up. */
  async keepNow() {
    const { trainer } = this.#run;
    await trainer.sync();
    if (this.#run.hasEnded) return;
    const progress = trainer.progress();
    if (progress.status === "diverged") return;
    await this.#looks.add(progress);
    if (!this.#run.hasEnded) await this.#keep(progress);
  }

  async #keep(/** @type {{step: number, epoch: number}} */ { step, epoch }) {
    const there = this.#past.at(step);
    // One of the same step is as good, unless something was set since.
    if (this.#tooLarge || (there && there.step === step && there.terms === this.#terms)) return;
    const start = this.#clock.now();
    const { trainer, isOnGpu } = this.#run;
    const bytes = trainer.moment();
    if (!this.#past.canHold(bytes.length)) this.#tooLarge = bytes.length;
    else {
      if (isOnGpu) [, step, epoch] = headerOf(bytes).book;
      const facts = {
        step,
        epoch,
        bytes,
        terms: this.#terms,
        learningRate: trainer.learningRate(),
        gradientNorm: trainer.gradientNorm(),
      };
      const [training, test, validation] = await Promise.all(PARTS.map((part) => trainer.evaluate(part))).catch(
        (error) => {
          if (!this.#run.hasEnded) throw error;
          return []; // a trainer freed while it was read is no fault
        },
      );
      // A GPU may be further than what it brought home, or get there while it evaluates: those would be figures of later
      // weights, or of others.
      if (training && (!isOnGpu || (trainer.progress().step === step && this.#terms === facts.terms))) {
        this.#past.add({ ...facts, training, test: test ?? null, validation: validation ?? null });
      }
    }
    this.#cost.spent += this.#clock.now() - start;
  }

  /** Before it trains on: what was kept of a future that would not come again goes. */
  goOn() {
    const { step, trainer } = this.#run;
    if (this.#past.after(step).every(({ terms }) => terms === this.#terms)) return;
    this.#past.cut(step);
    this.#looks.cut(step);
    trainer.seek(trainer.moment(), true);
  }

  async obey(/** @type {TravelCommand} */ command) {
    switch (command.type) {
      case "past":
        return this.#tell();
      case "seek":
        return this.#seek(command);
      case "weights":
        return this.#weights(command.steps);
      case "units":
        return this.#units(command.steps, command.inputs);
      case "trial":
        return this.#trial(command);
      case "confusion":
        return (this.#confusion ??= new Confusion(this.#run)).tell(command);
      case "baseline": {
        const { trainer, description } = this.#run;
        return baselineOf(trainer.points(), command.part, description.classes ?? undefined);
      }
      case "scores":
      case "residuals":
        this.#evaluations ??= await this.#engines.evaluations(this.#run, partRows); // a failure isn't kept
        return this.#evaluations.tell(command);
      case "look":
        return this.#look();
      default:
        return this.#curvature(command.step);
    }
  }

  async #tell() {
    // Whoever asks because it stands has it among them.
    const isStanding = this.#run.state !== "training";
    if (isStanding) await this.keepNow();
    const now = isStanding && !this.#run.hasEnded ? await this.#looks.take(this.#run) : null;
    const { isLocked } = this.#run;
    const moments = this.#past.moments.map(({ bytes: _bytes, terms: _terms, test, ...facts }) => ({
      ...facts,
      test: isLocked ? null : test,
    }));
    return { moments, bytes: this.#past.bytes, tooLarge: this.#tooLarge, looks: this.#looks.all, now };
  }

  async #seek(
    /** @type {{step: number, forgets?: boolean, exact?: boolean}} */ { step, forgets = false, exact = false },
  ) {
    const run = this.#run;
    run.pause();
    await this.keepNow();
    const moment = exact ? await this.#reach(step) : this.#find(step);
    run.trainer.seek(moment.bytes, forgets);
    if (forgets) {
      this.#past.cut(moment.step);
      this.#looks.cut(moment.step);
    }
    this.#edits = Number(moment.terms.split("/")[1]);
    run.applyChanges();
    await run.stand();
    return moment.step;
  }

  #find(/** @type {number} */ step) {
    const moment = this.#past.at(step);
    if (moment) return moment;
    throw commandError("no-moment", this.#tooLarge ? t("worker.networkTooLargeMoments") : t("worker.noMomentRunKept"));
  }

  /**
   * The moment of exactly this step. Where none is kept, the run goes there once more from the moment before: the same
   * steps give the same bits. The nearest one where that way can't be gone again: something was changed on it by hand,
   * or a GPU went it.
   */
  async #reach(/** @type {number} */ step) {
    const nearest = this.#find(step);
    const before = this.#past.moments.findLast((moment) => moment.step <= step);
    if (!before || before.step === step || this.#run.isOnGpu) return before ?? nearest;
    const after = this.#past.after(step)[0];
    if ((after?.terms ?? this.#terms) !== before.terms || step > Math.max(this.#run.step, after?.step ?? 0))
      return nearest;
    const twin = await this.#engines.cpu(this.#run.spec); // the run stays where it is
    try {
      twin.setMaxEpochs(undefined);
      twin.seek(before.bytes, false);
      while (twin.progress().step < step) {
        if (twin.advance(step - twin.progress().step, SLICE_MS).status !== "training") break;
        await this.#clock.turn();
        if (this.#run.hasEnded) throw commandError("no-moment", t("worker.runWasClosedWay"));
      }
      if (twin.progress().step !== step) return nearest;
      const [training, test, validation] = await Promise.all(PARTS.map((part) => twin.evaluate(part)));
      const moment = {
        step,
        epoch: twin.progress().epoch,
        bytes: twin.moment(),
        terms: before.terms,
        learningRate: twin.learningRate(),
        gradientNorm: twin.gradientNorm(),
        training: /** @type {import("../session/protocol.js").Metrics} */ (training),
        test: test ?? null,
        validation: validation ?? null,
      };
      this.#past.add(moment); // where it stays; the answer is it in any case
      return moment;
    } finally {
      twin.free();
    }
  }

  /** Each goes the way that the page would go with it, from the same bytes. */
  async #trial(/** @type {import("../session/protocol.js").Command<"trial">} */ { step, ...terms }) {
    const from = this.#past.newest ? await this.#checkpointAt(step) : null;
    return firstToHold(
      { ...terms, from },
      (spec) => this.#engines.cpu(spec),
      this.#clock,
      () => this.#run.hasEnded,
    );
  }

  async #checkpointAt(/** @type {number} */ step) {
    const { trainer } = this.#run;
    const { bytes } = await this.#reach(step);
    const here = trainer.moment();
    trainer.seek(bytes, false);
    try {
      return await trainer.checkpoint();
    } finally {
      trainer.seek(here, false);
    }
  }

  /** The parameters of several moments, one after the other. */
  async #weights(/** @type {number[]} */ steps) {
    const count = this.#run.description.parameterCount;
    const all = new Float32Array(count * steps.length);
    for (const [i, step] of steps.entries()) {
      const { bytes } = await this.#reach(step);
      const start = HEADER + lengthOf(bytes); // parameters come first
      all.set(new Float32Array(bytes.slice(start, start + 4 * count).buffer), i * count);
    }
    return all;
  }

  /** What every unit gave for some rows at several moments, one after the other. */
  async #units(/** @type {number[]} */ steps, /** @type {Float64Array} */ inputs) {
    const { trainer, isOnGpu } = this.#run;
    if (isOnGpu) throw commandError("no-units", t("worker.gpuRunDoesntSay"));
    const here = trainer.moment();
    const all = [];
    try {
      for (const step of steps) {
        trainer.seek(this.#find(step).bytes, false);
        all.push(await trainer.activations(inputs)); // at once, on the CPU: nothing comes between
      }
    } finally {
      trainer.seek(here, false);
    }
    const units = new Float32Array(all.length * (all[0]?.length ?? 0));
    all.forEach((values, i) => units.set(values, i * values.length));
    return units;
  }

  /** The next update. The core that every page loads can't tell it: a twin by the full package is put where the run stands. */
  async #look() {
    const { trainer, spec } = this.#run;
    if (trainer.look) return trainer.look();
    const [twin, bytes] = await Promise.all([
      this.#engines.full(spec, t("worker.looksInsideUpdate")),
      trainer.checkpoint(),
    ]);
    try {
      await twin.restore(bytes);
      return await twin.look();
    } finally {
      twin.free();
    }
  }

  /** As the run stands, or as it stood. The core that every page loads can't tell it: a twin by the full package is put there. */
  async #curvature(/** @type {number | undefined} */ step) {
    const { trainer, state, spec } = this.#run;
    // While it trains, it can't be put elsewhere; a twin can.
    const isHere = step === undefined || (state === "training" && trainer.curvature !== undefined);
    if (!trainer.curvature) {
      const { bytes } = isHere ? { bytes: trainer.moment() } : await this.#reach(step);
      const twin = await this.#engines.full(spec, t("worker.tellsHowSharplyLoss"));
      try {
        twin.seek(bytes, false);
        return await twin.curvature();
      } finally {
        twin.free();
      }
    }
    if (isHere) return trainer.curvature();
    await trainer.sync();
    const { bytes } = await this.#reach(step);
    const here = trainer.moment();
    trainer.seek(bytes, false);
    try {
      return await trainer.curvature();
    } finally {
      trainer.seek(here, false);
    }
  }
}

/** Bytes before a moment's header: "TRAINYARD" and the header's length. */
const HEADER = 9 + 4;

const lengthOf = (/** @type {Uint8Array} */ bytes) =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEADER - 4, true);

const headerOf = (/** @type {Uint8Array} */ bytes) =>
  JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER, HEADER + lengthOf(bytes))));
