// @ts-check
/**
 * The page's side of the protocol: turns calls into commands and events into calls.
 *
 * - The newest run wins: whatever an older run still sends is dropped.
 * - What is asked of a run before the worker has built it waits, and is sent when it is open.
 * - A frame is shown in the page's next animation frame, and acknowledged then: the worker takes one while one is drawn.
 * - The worker sends a copy of the run about every second, and whenever it stands. A worker that crashes is replaced;
 *   the run is opened again, its last copy is put back, and the page is told. Where the run needs rows that went with
 *   the worker, it fails by "no-table", and is opened again by who brings them.
 *
 * @typedef {object} WorkerLike
 * @property {(message: object, transfer?: any) => void} postMessage   any: a Worker takes a list or options
 * @property {() => void} terminate
 * @property {any} onmessage   any: a fake fills but part of an event
 * @property {((event: any) => void) | null} onerror       any: likewise
 *
 * @typedef {object} Listener
 * @property {(opened: {run: number, description: import("./protocol.js").Description, points: import("./protocol.js").Points}) => void} opened
 * @property {(points: {points: import("./protocol.js").Points}) => void} [points]   others of its points may be seen
 * @property {(status: {state: import("./protocol.js").RunState, step: number, epoch: number, why: string | null}) => void} status
 * @property {(frame: import("./protocol.js").Frame) => void} frame
 * @property {(failure: import("./protocol.js").Failure) => void} failed   this run can't be opened or go on
 * @property {(checkpoint: {bytes: Uint8Array, epoch: number}) => void} [kept]   a checkpoint was taken
 * @property {(plays: boolean) => void} [lost]   the worker was replaced: all it held is gone; whether the run goes on training
 * @property {(recovered: {epoch: number, why: string}) => void} recovered   the run stands in the new worker; `why` may be empty
 * @property {(silence: import("./silence.js").Silence) => void} [silent]   what does not answer; null when it does
 * @property {(engine: import("./protocol.js").EngineEvent) => void} [engine]   another engine computes, or for another reason
 * @property {(progress: import("./protocol.js").TableProgress) => void} [tableProgress]   so much of a table is read
 */
/** @typedef {import("./protocol.js").Replies} Replies */
/** @template {keyof typeof import("./protocol.js").COMMANDS} T @typedef {import("./protocol.js").Given<T>} Given */
import { VERSION } from "./protocol.js";
import { Requests } from "./requests.js";
import { Watchdog } from "./watchdog.js";
import { t } from "../base/text.js";

/** So many crashes without a frame between them, and we give up. */
const PATIENCE = 3;

/**
 * @param {object} parts
 * @param {() => WorkerLike} parts.spawn
 * @param {Promise<WebAssembly.Module>} parts.core   the compiled training core; every worker gets the same
 * @param {(callback: () => void) => void} parts.nextFrame   calls back when the page draws next
 * @param {Listener} parts.listener
 */
export function createClient(parts) {
  return new Client(parts);
}

/** A Spec without what may change while it trains: a worker that comes later is told of that. */
const essence = (/** @type {object | null} */ spec) =>
  JSON.stringify(spec, (key, value) => (["learningRate", "maxEpochs", "engine"].includes(key) ? undefined : value));

export class Client {
  #spawn;
  #core;
  #nextFrame;
  #listener;
  /** @type {WorkerLike | null} */
  #worker = null;
  #requests = new Requests((message) => this.#post(message));
  #crashes = 0;
  #why = "";
  /** Why the run is on the CPU in spite of what it asks for. */
  #instead = "";
  #watchdog = new Watchdog({
    ping: () => this.#worker?.postMessage({ type: "ping" }),
    isTraining: () => this.#state === "training",
    due: () => this.#requests.types,
    tell: (silence) => this.#listener.silent?.(silence),
  });

  // The run as the page wants it; enough to build it again in a new worker.
  #run = 0;
  /** @type {object | null} */
  #spec = null;
  /** @type {Record<string, import("./protocol.js").Measurement>} */
  #measured = {};
  #isOpen = false;
  /** @type {(() => void)[]} */
  #waiting = [];
  #state = "ready";
  /** @type {Map<string, {type: string} & Record<string, unknown>>} */
  #sticky = new Map();
  /** @type {{bytes: Uint8Array, epoch: number} | null} */
  #checkpoint = null;
  /** Until the run stands in the worker that replaces its own: whether it trained. @type {{plays: boolean} | null} */
  #lost = null;
  #isPlaying = false;
  /** Whether what is told of a run doesn't wait for it here: the worker keeps it until the run is built. */
  #isEager = false;
  /** What it branched off, if it did. @type {Uint8Array | undefined} */
  #from = undefined;

  /** @param {Parameters<typeof createClient>[0]} parts */
  constructor({ spawn, core, nextFrame, listener }) {
    this.#spawn = spawn;
    this.#core = core;
    this.#nextFrame = nextFrame;
    this.#listener = listener;
    this.#start();
  }

  /**
   * Builds a new run; what the older ones still say is dropped.
   * @param {object} spec
   * @param {Record<string, import("./protocol.js").Measurement>} [measured] what is remembered of this device
   * @param {{keep?: boolean, from?: Uint8Array, goesOn?: boolean}} [origin]   with the weights of the run before, if
   *   they fit; or off a checkpoint of another run; or the run whose rows went with its worker, if it is that
   */
  open(spec, measured = {}, { goesOn, ...origin } = {}) {
    if (goesOn && this.#lost && this.#spec && essence(spec) === essence(this.#spec))
      return this.#reopen(this.#instead ? this.#spec : spec);
    this.#renew(spec);
    this.#measured = measured;
    this.#from = origin.from;
    // What was asked belongs to the run before; the pace is the page's and stays.
    for (const type of this.#sticky.keys()) if (type !== "pace") this.#sticky.delete(type);
    if (!this.#worker) this.#start(); // it was given up; this may be what it needed
    this.#post({ type: "open", run: this.#run, spec, measured, ...origin });
  }

  /** No run at all, until one is opened. */
  close() {
    this.#post({ type: "close", run: this.#run });
    this.#renew(null);
  }

  /** From now on what the run before still says is dropped. */
  #renew(/** @type {object | null} */ spec) {
    this.#run += 1;
    this.#spec = spec;
    this.#lost = null;
    this.#instead = "";
    this.#isOpen = false;
    this.#isEager = false;
    this.#waiting = [];
    this.#state = "ready";
    this.#checkpoint = null;
  }

  /** Trains as soon as the run is built, before the page hears of that. */
  playAtOnce() {
    if (!this.#spec || this.#isOpen || this.#waiting.length) return;
    for (const command of this.#sticky.values()) this.#post({ ...command, run: this.#run });
    this.#isEager = true;
    this.play();
  }

  play() {
    this.#isPlaying = true;
    if (this.#lost) this.#lost.plays = true;
    else this.#tell({ type: "play" });
  }

  pause() {
    this.#isPlaying = false;
    if (this.#lost) this.#lost.plays = false;
    this.#tell({ type: "pause" });
  }

  step(/** @type {"batch" | "epoch"} */ unit, count = 1) {
    this.#isPlaying = false;
    this.#tell({ type: "step", unit, count });
  }

  pace(/** @type {{stepsPerFrame: number | "max", unit: string}} */ pace) {
    this.#remember({ type: "pace", ...pace });
  }

  learningRate(/** @type {number} */ value) {
    this.#remember({ type: "learningRate", value });
  }

  /** How many epochs the run may take; null for any number. */
  maxEpochs(/** @type {number | null} */ value) {
    this.#remember({ type: "maxEpochs", value });
  }

  /** Rows to predict for each frame, and before them rows as the net sees them. They are copied, so the caller may keep them. */
  watch(/** @type {Float64Array} */ inputs, /** @type {Float32Array | undefined} */ encoded = undefined) {
    this.#remember({ type: "watch", inputs, encoded });
  }

  /** @returns {Promise<import("./protocol.js").Answers>} */
  classify(/** @type {Float64Array} */ inputs) {
    return this.#ask({ type: "classify", run: this.#run, inputs });
  }

  /**
   * The run in bytes, to be handed on: without what the padlock hides; or whole, for this browser to go on from.
   *
   * @returns {Promise<Uint8Array>}
   */
  save(isWhole = false) {
    return this.#ask({ type: "save", run: this.#run, isWhole });
  }

  load(/** @type {Uint8Array} */ bytes) {
    return this.#ask({ type: "load", run: this.#run, bytes });
  }

  /** The protocol's commands that are about no run. @template {keyof Replies} T @param {T} type @param {Given<T>} fields @returns {Promise<Replies[T]>} */
  request(type, fields) {
    return this.#ask({ type, ...fields });
  }

  /**
   * Something long, of which one hears before it is done (protocol.js has the kinds).
   *
   * @template {keyof typeof import("./jobCourses.js").JOBS} K
   * @param {K} kind
   * @param {import("./protocol.js").JobCourse<K>} course
   * @param {import("./requests.js").OnProgress} onProgress
   * @param {AbortSignal} signal   ends it early: the answer is then what there is
   */
  job(kind, course, onProgress, signal) {
    return this.#requests.ask({ type: "job", kind, course }, onProgress, signal);
  }

  /** Sends what belongs to no run and has no answer; the worker takes over what is to be transferred. */
  hand(/** @type {object} */ message, /** @type {Transferable[]} */ transfer = []) {
    this.#worker?.postMessage(message, transfer);
  }

  // For parts of the page that come later: the protocol's other commands, about the run.

  /** @template {keyof Replies} T @param {T} type @param {Given<T>} [fields] @param {number} [run] @returns {Promise<Replies[T]>} */
  ask(type, fields, run = this.#run) {
    return this.#ask({ type, run, ...fields });
  }

  /** @template {keyof typeof import("./protocol.js").COMMANDS} T @param {T} type @param {Given<T>} fields */
  send(type, fields) {
    this.#tell({ type, ...fields });
  }

  /** Sends it, now and to a worker that replaces this one; a new run forgets it. @template {keyof typeof import("./protocol.js").COMMANDS} T @param {T} type @param {Given<T>} fields */
  remember(type, fields) {
    this.#remember({ type, ...fields });
  }

  /** What was remembered so, as long as it holds. @template {keyof typeof import("./protocol.js").COMMANDS} T @param {T} type */
  recall(type) {
    return /** @type {import("./protocol.js").Given<T> | undefined} */ (this.#sticky.get(type));
  }

  /** Destroys the GPU device of the run, as a driver may at any time: for tests. */
  loseDevice() {
    this.#tell({ type: "loseDevice" });
  }

  /** Puts another worker in the place of one that does not answer; the run goes on from its last checkpoint. */
  restart() {
    this.#crashes = 0;
    this.#crashed("");
  }

  dispose() {
    this.#watchdog.renew();
    this.#worker?.terminate();
    this.#worker = null;
    this.#requests.rejectAll(t("session.playgroundWasClosed"));
  }

  #start() {
    const worker = this.#spawn();
    this.#worker = worker;
    worker.onmessage = (/** @type {MessageEvent} */ { data }) => {
      if (worker === this.#worker && data) this.#receive(data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker === this.#worker) this.#crashed(event.message ?? "");
    };
    this.#watchdog.awaits(this.#core);
    // What is sent meanwhile waits in the worker for its core.
    this.#core.then(
      (core) =>
        worker === this.#worker &&
        this.#post({ type: "hello", version: VERSION, build: globalThis.TRAINYARD_BUILD, core }),
      (error) => this.#listener.failed({ code: "core", message: String(error?.message ?? error), where: null }),
    );
  }

  #post(/** @type {object} */ message) {
    if (!this.#worker) return; // it is over, and nobody will answer
    this.#worker.postMessage(message);
    this.#watchdog.asked();
  }

  /** Tells the current run something, now or once it is open. */
  #tell(/** @type {object} */ command) {
    const run = this.#run;
    const post = () => this.#post({ ...command, run });
    if (this.#isOpen || this.#isEager) post();
    else this.#waiting.push(post);
  }

  /** Like `tell`, for what a replaced worker has to be told again. */
  #remember(/** @type {{type: string} & Record<string, unknown>} */ command) {
    this.#sticky.set(command.type, command);
    if (this.#isOpen) this.#post({ ...command, run: this.#run });
  }

  /** @template {keyof Replies} T @param {{type: T} & Record<string, unknown>} command */
  #ask(command) {
    return this.#requests.ask(command);
  }

  #receive(/** @type {Exclude<import("./protocol.js").WorkerEvent, {type: "core"}>} */ event) {
    this.#watchdog.heard();
    if (event.type === "reply") return this.#requests.settle(event);
    if (event.type === "ready" || event.type === "pong") return;
    if (event.type === "error") return this.#failed(event);
    if (event.type === "progress") return this.#requests.report(event);
    if (event.type === "tableProgress") return this.#listener.tableProgress?.(event);
    if (event.run !== this.#run) return;
    if (event.type === "opened") this.#opened(event);
    else if (event.type === "engine") this.#listener.engine?.(event);
    else if (event.type === "points") this.#listener.points?.(event);
    else if (event.type === "status") {
      this.#state = event.state;
      this.#listener.status(event);
    } else if (event.type === "kept") {
      this.#checkpoint = event;
      this.#listener.kept?.(event);
    } else if (event.type === "frame") this.#nextFrame(() => this.#show(event));
  }

  #opened(/** @type {import("./protocol.js").WorkerEvent<"opened">} */ event) {
    const lost = this.#lost;
    this.#isOpen = !lost;
    if (this.#instead && event.description) event.description.engineReason = this.#instead;
    this.#listener.opened(event);
    if (!lost) return this.#begin();
    const { run } = event;
    const goOn = (/** @type {number} */ epoch) => {
      if (run !== this.#run) return;
      this.#lost = null;
      this.#begin();
      if (lost.plays) {
        this.play();
        this.#state = "training"; // should this worker stop before it says so
      }
      this.#listener.recovered({ epoch, why: this.#why });
      this.#why = "";
    };
    const checkpoint = this.#checkpoint;
    if (!checkpoint) return goOn(0);
    // One that crashed once more is opened again.
    this.load(checkpoint.bytes).then(
      () => goOn(checkpoint.epoch),
      () => goOn(0),
    );
  }

  /** The run stands: it is told what it has to know, and what was waiting for it. */
  #begin() {
    this.#isOpen = true;
    for (const command of this.#sticky.values()) this.#post({ ...command, run: this.#run });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const post of waiting) post();
  }

  #show(/** @type {import("./protocol.js").Frame} */ frame) {
    if (frame.run !== this.#run) return;
    // First: the worker takes the next one while the page draws this one, and there is one for each of its pictures.
    this.#post({ type: "ack", run: frame.run, frame: frame.frame });
    if (!this.#isOpen) return; // it is being put back: the frame lacks the rows that are watched
    this.#crashes = 0;
    this.#listener.frame(frame);
  }

  #failed(/** @type {import("./protocol.js").WorkerEvent<"error">} */ { run, code, message, where, fatal }) {
    // A browser whose GPU threw: the run goes on on the CPU.
    if (code === "gpu-failed") {
      this.#spec &&= { ...this.#spec, engine: "cpu" };
      this.#why = t("session.cpuTakesOver");
      this.#instead = t("session.cpu", { message });
    }
    if (fatal && code !== "version") return this.#crashed(message);
    // Commands may cross the end of a run, or its successor, on their way: no harm done.
    if (code === "illegal-command" || code === "no-such-run" || (run !== null && run !== this.#run)) return;
    this.#listener.failed({ code, message, where });
  }

  #crashed(/** @type {string} */ reason) {
    this.#watchdog.renew();
    this.#worker?.terminate();
    this.#worker = null;
    if (this.#spec) this.#lost ??= { plays: this.#isPlaying && this.#state === "training" };
    this.#requests.rejectAll(t("session.trainingWorkerWasReplaced"));
    this.#crashes += 1;
    if (this.#crashes > PATIENCE) {
      const message = t("session.trainingWorkerStoppedTimes", {
        crashes: this.#crashes,
        value: reason ? ` (${reason})` : "",
      });
      this.#crashes = 0;
      this.#run += 1; // what still waits for this one is over
      return this.#listener.failed({ code: "crashed", message, where: null });
    }
    this.#start();
    this.#listener.lost?.(this.#lost?.plays ?? false);
    if (this.#spec) this.#reopen(this.#spec);
  }

  /** The same run, in a new worker, from its last checkpoint on. */
  #reopen(/** @type {object} */ spec) {
    this.#run += 1; // a new number, so that nothing of the dead worker's is taken for it
    this.#isOpen = false;
    this.#isEager = false;
    this.#waiting = [];
    this.#post({
      type: "open",
      run: this.#run,
      spec,
      measured: this.#measured,
      ...(this.#from ? { from: this.#from } : {}),
    });
  }
}
