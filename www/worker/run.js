// @ts-check
/**
 * One run and where it stands: its state, the loop that trains it in slices, and the frames it
 * sends. Between two frames it trains as much as its pace says, and it waits for the page to draw.
 */
import { inTime } from "../base/inTime.js";
import { isTable } from "../settings/tableNames.js";
import { Copies } from "./copies.js";
import { cpuFacts, factsOf } from "./engines.js";
import { takeFrame, transfersOf } from "./frames.js";
import { commandError } from "./commandError.js";
import { CURVE_POINTS, NO_LIMIT, SLICE_MS, TRAVEL_MS } from "./timeSlice.js";
import { subsample } from "./subsample.js";
import { t } from "../base/text.js";

/**
 * What a command makes of a run, by the state it meets. A pair that is missing is illegal, and is
 * answered by an error. `pause` is legal everywhere: it may cross a run's own end on its way.
 *
 * @type {Record<string, Partial<Record<import("../session/protocol.js").RunState, import("../session/protocol.js").RunState>>>}
 */
export const TRANSITIONS = {
  play: { ready: "training", paused: "training", training: "training" },
  step: { ready: "training", paused: "training" },
  pause: { ready: "ready", training: "paused", paused: "paused", finished: "finished", diverged: "diverged" },
};

/** While it trains, what a GPU holds is brought home this often, in milliseconds, but for a twentieth of the time at most. */
const HOME_EVERY_MS = 250;
const SYNC_SHARE = 1 / 20;

/** While it trains, frames say what every unit gives this often, in milliseconds. */
const UNITS_EVERY_MS = 80;

/** Where a checkpoint may be put back: anywhere but in the middle of training. */
const LOADABLE = ["ready", "paused", "finished", "diverged"];

export class Run {
  /** @type {import("../session/protocol.js").RunState} */
  state = "ready";
  step = 0;
  epoch = 0;
  /** Whether nothing may be said of its test rows: those of a table have a padlock. */
  isLocked;
  /** The step at which to pause. */
  goal = Infinity;
  /** @type {{steps: number | "max", unit: string}} */
  pace = { steps: 1, unit: "epoch" };
  /** @type {Float64Array | null} */
  watched = null;
  /** Watched as well, before them: rows as the net sees them. @type {Float32Array | undefined} */
  encoded = undefined;
  /** The rows for which frames say what every unit gives, when one did last, and whether one left it out since. */
  units = { inputs: /** @type {Float64Array} */ (new Float64Array()), at: -Infinity, isLate: false };
  /** Keeps moments to go back to, once it is there. @type {import("./travel.js").Travel | null} */
  travel = null;
  /** Resolves when it is; null where it is not on its way. @type {Promise<import("./travel.js").Travel> | null} */
  traveling = null;

  #port;
  #clock;
  #frames = 0;
  #acknowledged = true;
  /** What a frame takes is at most a quarter of the time: of many rows, or large networks, pictures come more rarely. */
  #nextFrame = 0;
  #stale = false; // what the page shows is older than the run
  #sending = false;
  #looping = false;
  #ended = false;
  #wake = () => {};
  #speed = { since: 0, steps: 0, perSecond: 0 };
  #home = { at: -Infinity, took: 0 };
  #copies;
  #auto;
  /** Counts what was put into the trainer otherwise than by training. */
  #writes = 0;
  /** What was changed since the run was opened: a trainer that takes over has to be told. */
  #changes = {
    /** @type {number | undefined} */ learningRate: undefined,
    /** @type {number | null | undefined} */ maxEpochs: undefined,
    frozen: new Uint32Array(),
  };

  /**
   * @param {number} id
   * @param {object} opened
   * @param {import("./engines.js").Spec} opened.spec
   * @param {import("./engines.js").Trainer} opened.trainer
   * @param {import("./engines.js").EngineFacts} opened.facts
   * @param {import("../session/protocol.js").Description} opened.description   what the trainer says of itself
   * @param {import("./engineSelector.js").EngineSelector | null} opened.auto   who decides where to train, if that is open
   * @param {import("./runner.js").Port} port
   * @param {import("./runner.js").Clock} clock
   */
  constructor(id, { spec, trainer, facts, description, auto }, port, clock) {
    this.id = id;
    this.spec = spec;
    this.isLocked = isTable(spec.data?.source);
    this.trainer = trainer;
    this.facts = facts;
    this.#auto = auto;
    this.#port = port;
    this.#clock = clock;
    this.#copies = new Copies(this, port, clock);
    trainer.record(CURVE_POINTS);
    const { reason: engineReason, ...others } = facts;
    this.description = /** @type {import("../session/protocol.js").Description} */ ({
      ...description,
      ...others,
      engineReason,
      isFast: this.isFast,
    });
  }

  get isOnGpu() {
    return this.facts.engine === "gpu";
  }

  /** Whether its last digits depend on the machine. */
  get isFast() {
    return !this.isOnGpu && this.trainer.isFast === true;
  }

  /** Whether its trainer is gone. */
  get hasEnded() {
    return this.#ended;
  }

  /** Goes where the table says, or refuses. Says whether the state changed. */
  enter(/** @type {{type: string}} */ command) {
    const next = TRANSITIONS[command.type]?.[this.state];
    if (!next) throw illegal(command, this.state);
    return this.#go(next, null);
  }

  status(/** @type {string | null} */ why = null) {
    const { id: run, state, step, epoch } = this;
    this.#port.post({ type: "status", run, state, step, epoch, why });
  }

  #go(/** @type {import("../session/protocol.js").RunState} */ state, /** @type {string | null} */ why) {
    if (state === this.state) return false;
    this.state = state;
    this.wake();
    this.#stale ||= this.units.isLate; // what was left out comes with the last frame
    if (state === "training") this.#speed = { since: this.#clock.now(), steps: 0, perSecond: 0 };
    this.status(why);
    return true;
  }

  /** The step that lies `count` batches, or epoch ends, ahead. */
  stepAfter(/** @type {number} */ count, /** @type {string} */ unit) {
    if (unit === "batch") return this.step + count;
    const perEpoch = this.description.stepsPerEpoch;
    return (Math.floor(this.step / perEpoch) + count) * perEpoch;
  }

  /** Trains until the state or the goal says stop. Runs once, however often it is called. */
  async loop() {
    if (this.#looping) return;
    this.#looping = true;
    try {
      // So that the first moments are kept. Training goes on without it, and keeps moments from when it comes.
      if (this.traveling && !this.travel) await inTime(this.traveling, TRAVEL_MS).catch(() => {});
      if (this.state === "training") await this.travel?.keepNow();
      if (this.state === "training") this.travel?.goOn();
      while (this.state === "training") {
        if (this.pace.steps === "max") {
          await this.#slice(this.goal);
          if (this.#acknowledged && this.#clock.now() > this.#nextFrame) await this.changed();
        } else {
          // One frame ahead at most: this trains while the page still draws the last one.
          const { pace } = this;
          const end = Math.min(this.goal, this.stepAfter(Number(pace.steps), pace.unit));
          while (this.state === "training" && this.step < end && this.pace === pace) await this.#slice(end);
          while (this.state === "training" && !this.#acknowledged && this.pace === pace) await this.#woken();
          if (this.#acknowledged) await this.changed();
        }
      }
    } finally {
      this.#looping = false;
    }
    await this.land();
    if (!this.#ended) await this.travel?.keepNow();
    await this.#copies.take();
    await this.#send();
  }

  async #slice(/** @type {number} */ end) {
    const { trainer, step: before } = this;
    const start = this.#clock.now();
    const runs = this.isOnGpu ? trainer : (this.travel ?? trainer);
    const progress = await runs.advance(Math.min(end - before, NO_LIMIT), SLICE_MS);
    // The worker is free meanwhile: it reads commands, and the browser's GPU process gets its turn.
    if (this.isOnGpu) await this.land("landed");
    else {
      this.#auto?.add(progress.step - before, this.#clock.now() - start);
      this.#book(progress);
    }
    if (this.state === "training") await this.#copies.takeIfDue();
    await this.#clock.turn();
    if (this.#auto?.isDue) await this.#choose(this.#auto);
  }

  /** Waits for all that a GPU has under way, or what comes next of it. */
  async land(/** @type {"idle" | "landed"} */ what = "idle") {
    if (!this.isOnGpu) return;
    await /** @type {import("./engines.js").FullTrainer} */ (this.trainer)[what]();
    if (this.#ended) return;
    this.#noticeLoss();
    this.#book(this.trainer.progress());
  }

  #book(/** @type {import("../pkg/trainyard.js").Progress} */ progress) {
    const { state, step: before } = this;
    this.step = progress.step;
    this.epoch = progress.epoch;
    this.#stale ||= this.step !== before;
    this.#measure(Math.max(0, this.step - before)); // a lost device takes the run back a little
    if (progress.status === "finished" || progress.status === "diverged")
      this.#go(progress.status, progress.reason || null);
    else if (this.step >= this.goal) this.#go("paused", null);
    if (state === "paused" && this.step !== before) this.status(); // paused while steps were under way
  }

  /** Who computes from here on. */
  tell(
    /** @type {import("./engines.js").EngineFacts} */ facts,
    /** @type {import("../session/protocol.js").EngineEvent["measured"]} */ measured = null,
  ) {
    this.facts = facts;
    this.#port.post({ type: "engine", run: this.id, ...facts, isFast: this.isFast, measured });
  }

  /** The core goes on on the CPU by itself when the device is lost. */
  #noticeLoss() {
    if (this.isOnGpu && this.trainer.engine().engine === "cpu") this.tell(factsOf(this.trainer, null));
  }

  /** The choice of "auto", and the move to the GPU if that is it. */
  async #choose(/** @type {import("./engineSelector.js").EngineSelector} */ auto) {
    this.#auto = null;
    const { trainer, adapter, reason, measured } = await auto.decide();
    if (this.#ended) return trainer?.free();
    if (!trainer) return this.tell(cpuFacts(reason), measured);
    let writes;
    do {
      writes = this.#writes;
      await trainer.restore(await this.trainer.checkpoint());
      if (this.#ended) return trainer.free();
    } while (writes !== this.#writes); // else what was set meanwhile would stay behind
    this.trainer.free();
    this.trainer = trainer;
    this.applyChanges();
    this.tell(factsOf(trainer, adapter, reason), measured);
  }

  /** So that little is lost with a device; always when the run stands, for a checkpoint or a last look. */
  async #syncFromGpu() {
    await this.land();
    const { at, took } = this.#home;
    const start = this.#clock.now();
    if (this.#ended) return;
    if (this.state === "training" && start - at < Math.max(HOME_EVERY_MS, took / SYNC_SHARE)) return;
    await this.trainer.sync();
    if (this.#ended) return;
    const now = this.#clock.now();
    this.#home = { at: now, took: now - start };
    this.#noticeLoss();
  }

  #measure(/** @type {number} */ steps) {
    const speed = this.#speed;
    speed.steps += steps;
    const elapsed = this.#clock.now() - speed.since;
    if (elapsed >= 500 || (speed.perSecond === 0 && elapsed > 50)) {
      speed.perSecond = (speed.steps * 1000) / elapsed;
      if (elapsed >= 500) [speed.since, speed.steps] = [this.#clock.now(), 0];
    }
  }

  /** Hides the test rows, or shows them: what was told of the run is told again. */
  async lock(/** @type {boolean} */ isLocked) {
    if (this.isLocked === isLocked) return;
    this.isLocked = isLocked;
    const event = {
      type: /** @type {const} */ ("points"),
      run: this.id,
      points: subsample(this.trainer.points(), isLocked),
    };
    this.#port.post(event, transfersOf(event));
    await this.changed();
  }

  /** Sends a frame, now or as soon as the page has drawn the last one. */
  async changed() {
    this.#stale = true;
    await this.#send();
  }

  async acknowledge(/** @type {number} */ frame) {
    if (frame !== this.#frames) return;
    this.#acknowledged = true;
    this.wake();
    // While training, the loop decides when the next frame is due.
    if (this.#stale && this.state !== "training") await this.#send();
  }

  async #send() {
    if (!this.#acknowledged || this.#sending || this.#ended || !this.#stale) return;
    this.#sending = true;
    this.#stale = false;
    const start = this.#clock.now();
    try {
      if (this.isOnGpu) {
        await this.#syncFromGpu();
        if (!this.#ended) await this.travel?.lookIn();
      }
      if (this.#ended) return;
      const contents = await takeFrame(this, this.#wantsUnits()).catch((error) => {
        if (!this.#ended) throw error; // a trainer freed while it was read is no fault
      });
      if (this.#ended) return;
      this.#acknowledged = false;
      if (!this.isOnGpu) this.#nextFrame = 4 * this.#clock.now() - 3 * start; // three times as long after it as it took
      const frame = {
        type: /** @type {const} */ ("frame"),
        run: this.id,
        frame: ++this.#frames,
        stepsPerSecond: this.#speed.perSecond,
        .../** @type {Awaited<ReturnType<typeof takeFrame>>} */ (contents),
      };
      this.#port.post(frame, transfersOf(frame));
    } finally {
      this.#sending = false;
    }
  }

  /** A picture of every unit in each frame would slow the training down. */
  #wantsUnits() {
    const { inputs, at } = this.units;
    if (!inputs.length) return false;
    const now = this.#clock.now();
    const isLate = this.state === "training" && now - at < UNITS_EVERY_MS;
    Object.assign(this.units, isLate ? { isLate } : { isLate, at: now });
    return !isLate;
  }

  /** Rows to predict for each frame. */
  watch(/** @type {Float64Array} */ inputs, /** @type {Float32Array | undefined} */ encoded) {
    this.watched = inputs;
    this.encoded = encoded;
    if (!this.#frames) this.#acknowledged = true;
    this.wake();
    return this.changed();
  }

  /** The page isn't there yet: its first picture comes with what it watches, and so long no more is trained than for one. */
  awaitWatch() {
    if (!this.watched && !this.#frames) this.#acknowledged = false;
  }

  /** Tells the trainer again what was changed since the run was opened. */
  applyChanges() {
    const { learningRate, maxEpochs, frozen } = this.#changes;
    this.trainer.freeze(frozen);
    if (learningRate !== undefined) this.trainer.setLearningRate(learningRate);
    if (maxEpochs !== undefined) this.trainer.setMaxEpochs(maxEpochs ?? undefined);
  }

  /** The learning rate by which it goes on, where that was changed. */
  get baseRate() {
    return this.#changes.learningRate;
  }

  async setParameter(/** @type {number} */ index, /** @type {number} */ value) {
    this.trainer.setParameter(index, value);
    this.#writes += 1;
    await this.changed();
    await this.#copies.take();
  }

  setLearningRate(/** @type {number} */ value) {
    this.trainer.setLearningRate(value);
    this.#changes.learningRate = value;
  }

  /** What the units give; a trainer says before that what the net is shown. */
  async activations(/** @type {Float64Array} */ inputs) {
    const { columns, layers } = this.description;
    return (await this.trainer.activations(inputs)).slice((inputs.length / columns.length) * layers[0].inputs);
  }

  freeze(/** @type {Uint32Array<ArrayBuffer>} */ indices) {
    this.trainer.freeze(indices);
    this.#changes.frozen = indices;
    return this.#copies.take();
  }

  /** A run that had ended for want of epochs can go on when there are more, and one that has taken as many is over. */
  setMaxEpochs(/** @type {number | null} */ value) {
    this.#changes.maxEpochs = value;
    this.trainer.setMaxEpochs(value ?? undefined);
    const { status, reason } = this.trainer.progress();
    if (this.state === "finished" && status === "training") this.#go("paused", null);
    else if (status === "finished") this.#go("finished", reason);
  }

  /** Puts a checkpoint back. The run is paused then, unless the checkpoint is of a finished one. */
  async load(/** @type {import("../session/protocol.js").Command<"load" | "branch">} */ command) {
    if (!LOADABLE.includes(this.state)) throw illegal(command, this.state);
    this.#writes += 1;
    await (command.type === "branch" ? this.trainer.branch(command.bytes) : this.trainer.restore(command.bytes));
    await this.stand();
  }

  /** Shows where the trainer was put. */
  async stand() {
    this.#writes += 1;
    const { step, epoch, status } = this.trainer.progress();
    Object.assign(this, { step, epoch, state: status === "finished" ? "finished" : "paused" });
    this.status();
    await this.changed();
    await this.#copies.take();
  }

  /** Begins where another run stood; before anything is told of this one. */
  async startFrom(/** @type {Uint8Array} */ bytes) {
    await this.trainer.branch(bytes);
    const { step, epoch, status } = this.trainer.progress();
    Object.assign(this, { step, epoch, state: status === "training" ? "paused" : status });
  }

  pause() {
    if (this.state === "training") this.#go("paused", null);
  }

  /** For tests: as a driver may at any time. */
  loseDevice() {
    if (!this.isOnGpu) throw commandError("illegal-command", t("worker.runNotGpuCould"));
    /** @type {import("./engines.js").FullTrainer} */ (this.trainer).loseDevice();
  }

  #woken() {
    return new Promise((resolve) => (this.#wake = () => resolve(undefined)));
  }

  wake() {
    const wake = this.#wake;
    this.#wake = () => {};
    wake();
  }

  end() {
    this.#ended = true;
    this.state = "paused";
    this.wake();
    this.#auto?.free();
    this.trainer.free();
  }
}

const illegal = (/** @type {{type: string}} */ { type }, /** @type {string} */ state) =>
  commandError("illegal-command", t("worker.notPossibleWhileRun", { type, state }));
