// @ts-check
/**
 * One playground: its state, and everything that can be done to it. Views read the store and call
 * these actions; nothing here knows what a page is.
 *
 * @typedef {object} RunInfo
 * @property {import("./protocol.js").RunState | "failed"} state
 * @property {number} step
 * @property {number} epoch
 * @property {string | null} why
 * @property {number} learningRate   when it came to this state
 *
 * @typedef {object} EngineInfo
 * @property {"cpu" | "gpu"} engine
 * @property {string} reason
 * @property {import("./protocol.js").Adapter | null} adapter
 * @property {number} deviceBytes
 * @property {number} dispatchesPerStep
 *
 * @typedef {object} Notice
 * @property {"info" | "warning" | "error"} tone
 * @property {string} text
 *
 * @typedef {object} State
 * @property {import("./spec.js").Settings} settings
 * @property {import("./spec.js").Settings} hand          what was set by hand, whatever the source
 * @property {string[]} ignored                           parts of the link that could not be read
 * @property {RunInfo | null} run
 * @property {import("./protocol.js").Description | null} description
 * @property {EngineInfo | null} engine                   who computes the run, and why
 * @property {import("./protocol.js").Points | null} points
 * @property {import("./protocol.js").Frame | null} frame  the newest; older pictures are kept where it has none
 * @property {[number, number][] | null} view              the part of the input space on the picture
 * @property {number[]} ask                                the question in the Prediction box
 * @property {Record<string, import("./protocol.js").Preview>} previews
 * @property {Float32Array | null} rates                  the schedule's learning rate for each epoch
 * @property {Record<string, string>} problems             by setting key: why the last entry was refused
 * @property {Notice | null} notice
 */
import { Client } from "./client.js";
import { MAX_LAYERS, PACES, activationOf, settingOf } from "./config.js";
import { rowsToWatch, viewOf } from "./grid.js";
import { createMeasured } from "./measured.js";
import { shortened } from "./parse.js";
import { askForPreviews, askForRates } from "./previews.js";
import { sourceOf } from "./sources.js";
import { defaultsFor, liveChanges, parseFor, settingsFor, specFrom } from "./spec.js";
import { createStore } from "./store.js";
import { readHash, writeHash } from "./url.js";

/**
 * @param {object} parts
 * @param {() => import("./client.js").WorkerLike} parts.spawn
 * @param {Promise<any>} parts.core                    the compiled training core
 * @param {(callback: () => void) => void} parts.nextFrame
 * @param {() => number} parts.randomSeed
 * @param {string} parts.hash                          the link's, when the page was opened
 * @param {(hash: string) => void} parts.rememberHash
 * @param {ReturnType<typeof createMeasured>} [parts.measured]   what is known of this device's engines
 */
export function createPlayground(parts) {
  return new Playground(parts);
}

export class Playground {
  #client;
  #randomSeed;
  #rememberHash;
  #measured;
  #hasPreviews = false;
  /** Whether to go on training as soon as the new run stands. */
  #playNext = false;
  /** A new run is shown all at once, with its first frame, so that nothing flickers between. @type {Partial<State> | null} */
  #arriving = null;

  /** @param {Parameters<typeof createPlayground>[0]} parts */
  constructor({ spawn, core, nextFrame, randomSeed, hash, rememberHash, measured = createMeasured(null) }) {
    const { settings, hand, ignored } = readHash(hash);
    /** @type {import("./store.js").Store<State>} */
    this.store = createStore(/** @type {State} */ ({
      settings, hand, ignored,
      run: null, description: null, engine: null, points: null, frame: null, view: null,
      ask: sourceOf(settings.source).ask, previews: {}, rates: null, problems: {}, notice: null,
    }));
    this.#randomSeed = randomSeed;
    this.#rememberHash = rememberHash;
    this.#measured = measured;
    /** @type {import("./client.js").Listener} */
    const listener = {
      opened: (event) => this.#opened(event),
      status: (status) => this.#showStatus(status),
      frame: (frame) => this.#showFrame(frame),
      engine: (event) => this.#engineChanged(event),
      failed: (failure) => this.#failed(failure),
      recovered: ({ epoch }) => this.#tell("warning", `The training worker stopped and was replaced. Training goes on from epoch ${epoch}.`),
    };
    this.#client = new Client({ spawn, core, nextFrame, listener });
    this.#client.pace(this.#pace());
    this.#open();
  }

  // The run

  play() {
    const { run } = this.store.get();
    // A run that has ended can't go on; playing it means to see it again.
    if (run?.state === "finished" || run?.state === "diverged") return this.#open({ play: true });
    if (!run) this.#playNext = true;
    else this.#client.play();
  }

  pause() {
    this.#playNext = false;
    this.#client.pause();
  }

  toggle() {
    if (this.isTraining) this.pause();
    else this.play();
  }

  get isTraining() {
    return this.store.get().run?.state === "training" || this.#playNext;
  }

  step(/** @type {"batch" | "epoch"} */ unit = "batch") {
    const state = this.store.get().run?.state;
    if (state === "finished" || state === "diverged") return;
    if (this.isTraining) return this.pause();
    this.#client.step(unit);
  }

  /** The same start again: same points, same weights. */
  reset() {
    this.#open();
  }

  newSeed() {
    this.set("seed", this.#randomSeed());
  }

  // The settings

  /** Takes a value as it was written into a field; a refused one leaves the setting and says why. */
  enter(/** @type {string} */ key, /** @type {string} */ text) {
    const { settings, problems } = this.store.get();
    const { value, problem } = parseFor(settings.source, key, text);
    if (problem !== null) return this.store.set({ problems: { ...problems, [key]: problem } });
    this.set(key, value);
  }

  set(/** @type {string} */ key, /** @type {any} */ value) {
    const { settings, hand, problems } = this.store.get();
    const { [key]: _, ...otherProblems } = problems;
    this.store.set({ problems: otherProblems });
    if (key === "source") return this.#chooseSource(value);
    if (JSON.stringify(settings[key]) === JSON.stringify(value)) return;
    this.store.set({ hand: { ...hand, [key]: value } });
    this.#change({ ...settings, [key]: value });
  }

  /** Back to what it is until somebody says otherwise. */
  unset(/** @type {string} */ key) {
    const { settings, hand } = this.store.get();
    this.set(key, defaultsFor(settings.source)[key]);
    const { [key]: _, ...others } = hand;
    this.store.set({ hand: others });
  }

  /** Other settings for the same data set: told to the run where it can take them, else it starts again. */
  #change(/** @type {import("./spec.js").Settings} */ settings) {
    const { settings: before, run } = this.store.get();
    this.store.set({ settings });
    this.#linkChanged();
    const live = run?.state === "failed" ? null : liveChanges(before, settings);
    if (!live) return this.#open({ play: this.isTraining });
    if (live.learningRate !== undefined) this.#client.learningRate(live.learningRate);
    if (live.maxEpochs !== undefined) this.#client.maxEpochs(live.maxEpochs);
    if (before.speed !== settings.speed) this.#client.pace(this.#pace());
    void this.#askForRates();
  }

  #chooseSource(/** @type {string} */ name) {
    const { settings, hand } = this.store.get();
    if (name === settings.source) return;
    this.store.set({ settings: settingsFor(name, hand), ask: sourceOf(name).ask });
    this.#linkChanged();
    this.#open({ play: this.isTraining });
  }

  addLayer() {
    const { layers } = this.store.get().settings;
    // The first hidden layer is wide enough to draw something, later ones as TensorFlow Playground adds them.
    if (layers.length < MAX_LAYERS) this.set("layers", [...layers, layers.length ? 2 : 4]);
  }

  removeLayer() {
    this.set("layers", this.store.get().settings.layers.slice(0, -1));
  }

  setUnits(/** @type {number} */ layer, /** @type {number} */ units) {
    const { min = 1, max = 1 } = settingOf("layers");
    if (units < min || units > max) return;
    this.set("layers", this.store.get().settings.layers.map((/** @type {number} */ count, /** @type {number} */ i) => (i === layer ? units : count)));
  }

  /** The activation of one layer; the others keep theirs. */
  setActivation(/** @type {number} */ layer, /** @type {string} */ name) {
    const { layers, activation } = this.store.get().settings;
    this.set("activation", shortened(layers.map((/** @type {number} */ _, /** @type {number} */ i) => (i === layer ? name : activationOf(activation, i)))));
  }

  toggleFeature(/** @type {string} */ name) {
    const { settings } = this.store.get();
    const chosen = new Set(settings.features);
    if (!chosen.delete(name)) chosen.add(name);
    // At least one, and always in the same order, whatever was clicked first.
    if (chosen.size) this.set("features", (settingOf("features").choices ?? []).map(({ value }) => value).filter((value) => chosen.has(value)));
  }

  /** Another experiment, as its link says it. */
  openLink(/** @type {string} */ hash) {
    const { settings, hand, ignored } = readHash(hash);
    this.store.set({ settings, hand, ignored, ask: sourceOf(settings.source).ask, problems: {} });
    this.#open();
  }

  /** Asks the model about one point, from now on with every frame. */
  askAbout(/** @type {number[]} */ ask) {
    const { description } = this.store.get();
    this.store.set({ ask, ...(description ? { view: viewOf(description.domain, ask) } : {}) });
    if (description) this.#watch(description, ask);
  }

  /** Trains nets of growing width on both engines (raceRun.js holds the reins). */
  race(/** @type {Parameters<Client["race"]>[0]} */ course, /** @type {(lap: import("./protocol.js").Lap) => void} */ onLap) {
    return this.#client.race(course, onLap);
  }

  stopRace() {
    this.#client.stopRace();
  }

  dismissNotice() {
    this.store.set({ notice: null, ignored: [] });
  }

  dispose() {
    this.#client.dispose();
  }

  // What the worker says

  #open({ play = false } = {}) {
    this.#playNext = play;
    this.#client.open(specFrom(this.store.get().settings), this.#measured.get());
    this.#client.pace(this.#pace());
    void this.#askForRates();
  }

  #opened(/** @type {{description: import("./protocol.js").Description, points: import("./protocol.js").Points}} */ { description, points }) {
    const { ask } = this.store.get();
    const { engine, engineReason: reason, adapter, deviceBytes, dispatchesPerStep } = description;
    this.#arriving = { description, engine: { engine, reason, adapter, deviceBytes, dispatchesPerStep }, points, view: viewOf(description.domain, ask) };
    this.#watch(description, ask);
    if (this.#playNext) this.#client.play();
  }

  #engineChanged(/** @type {import("./protocol.js").EngineEvent} */ { engine, reason, adapter, deviceBytes, dispatchesPerStep, measured }) {
    const news = { engine: { engine, reason, adapter, deviceBytes, dispatchesPerStep } };
    if (this.#arriving) Object.assign(this.#arriving, news);
    else this.store.set(news);
    if (measured) this.#measured.add(measured);
  }

  #watch(/** @type {import("./protocol.js").Description} */ description, /** @type {number[]} */ ask) {
    this.#client.watch(rowsToWatch(viewOf(description.domain, ask), ask));
  }

  #showStatus(/** @type {{state: import("./protocol.js").RunState, step: number, epoch: number, why: string | null}} */ { state, step, epoch, why }) {
    if (state === "training") this.#playNext = false;
    if (this.#playNext) return; // it is about to train: "ready" would only flicker
    this.store.set(({ settings }) => ({ run: { state, step, epoch, why, learningRate: settings.learningRate } }));
  }

  #showFrame(/** @type {import("./protocol.js").Frame} */ frame) {
    // The thumbnails can wait until there is something to see and to train.
    if (!this.#hasPreviews) void this.#askForPreviews();
    const { frame: before, run, notice } = this.store.get();
    const news = this.#arriving;
    this.#arriving = null;
    // A frame leaves out what is not finite: then the run's last good picture stays.
    const kept = news ? {} : { parameters: before?.parameters, outputs: before?.outputs };
    this.store.set({
      ...news,
      frame: { ...kept, ...frame },
      ...(run ? { run: { ...run, step: frame.step, epoch: frame.epoch } } : {}),
      ...(news && notice?.tone === "error" ? { notice: null } : {}),
    });
  }

  #failed(/** @type {import("./protocol.js").Failure} */ { message, where }) {
    this.#playNext = false;
    this.store.set({ run: { state: "failed", step: 0, epoch: 0, why: message, learningRate: 0 } });
    this.#tell("error", where && !message.startsWith(where) ? `${where}: ${message}` : message);
  }

  #tell(/** @type {Notice["tone"]} */ tone, /** @type {string} */ text) {
    this.store.set({ notice: { tone, text } });
  }

  #linkChanged() {
    this.#rememberHash(writeHash(this.store.get().settings));
  }

  #pace() {
    return PACES[/** @type {keyof typeof PACES} */ (this.store.get().settings.speed)];
  }

  async #askForPreviews() {
    this.#hasPreviews = true;
    const previews = await askForPreviews(this.#client);
    if (previews) this.store.set({ previews });
    else this.#hasPreviews = false; // the worker is gone; the next one is asked again
  }

  async #askForRates() {
    const { settings } = this.store.get();
    const rates = await askForRates(this.#client, settings);
    if (this.store.get().settings === settings) this.store.set({ rates });
  }
}
