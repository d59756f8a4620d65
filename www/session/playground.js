// @ts-check
/**
 * One playground: its state, and everything that can be done to it. Views read the store and call
 * these actions; nothing here knows what a page is.
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").RunInfo} RunInfo
 * @typedef {import("./state.js").EngineInfo} EngineInfo
 * @typedef {import("./state.js").Notice} Notice
 */
import { Client } from "./client.js";
import { withLayer, withUnits } from "../settings/layers.js";
import { BUTTONS, PACES, activated, settingOf } from "../settings/config.js";
import { choicesOf, toggled } from "./inputs.js";
import { heldIn, heldOf } from "../settings/held.js";
import { rowsToWatch, viewOf } from "../base/grid.js";
import { createEngineTimings } from "./engineTimings.js";
import { isLocked } from "../base/padlock.js";
import { DeferredAssets } from "./deferredAssets.js";
import { tellSilence } from "./silence.js";
import { axesOf, hasColumnsOf, typicalRow } from "../base/inputSection.js";
import { DRAWN, NOTHING_DRAWN, sourceOf } from "../settings/sources.js";
import { NO_TABLE, isTable } from "../settings/tableNames.js";
import {
  defaultsFor,
  isSeenAnew,
  liveChanges,
  parseFor,
  settingsFor,
  specFrom,
  withoutTable,
} from "../settings/spec.js";
import { createStore } from "../base/store.js";
import { tellLack } from "./pending.js";
import { pictureOf } from "../settings/tableSettings.js";
import { readHash, writeHash } from "../settings/url.js";
import { t } from "../base/text.js";

/**
 * @param {object} parts
 * @param {() => import("./client.js").WorkerLike} parts.spawn
 * @param {Promise<WebAssembly.Module>} parts.core                    the compiled training core
 * @param {(callback: () => void) => void} parts.nextFrame
 * @param {() => number} parts.randomSeed
 * @param {string} parts.hash                          the link's, when the page was opened
 * @param {(hash: string) => void} parts.rememberHash
 * @param {Storage | null} [parts.storage]             where the browser keeps things for this page
 * @param {ReturnType<typeof createEngineTimings>} [parts.measured]   what is known of this device's engines
 * @param {(file: string) => Promise<Response>} [parts.fetchSet]   gets a real set's rows
 * @param {() => Promise<typeof import("./tableRun.js")>} [parts.loadTables]   gets what brings tables
 * @param {() => void} [parts.reload]   loads the page anew
 */
export function createPlayground(parts) {
  return new Playground(parts);
}

/** Between two steps in slow motion, in milliseconds. */
const SLOW_MS = 480;

const NO_RUN = { description: null, points: null, frame: null };

export class Playground {
  #client;
  #randomSeed;
  #rememberHash;
  #measured;
  /** What is loaded when there is something to see. */
  #extras;
  /** Goes on with other settings from where the run went back to, if that is so. @type {((before: State["settings"], settings: State["settings"]) => boolean) | null} */
  branches = null;
  /** What is decided of a frame's rows, where somebody moved a threshold. */
  decide = (/** @type {import("./protocol.js").Frame} */ frame) => frame;
  worded = (/** @type {string | null} */ why) => why; // why a run is over, in the reader's language
  /** Whether to go on training as soon as the new run stands. */
  #playNext = false;
  #fetchSet;
  #nextFrame;
  #loadTables;
  /** What brings tables is loaded with the first of them. @type {Promise<import("./tableRun.js").TableRun> | null} */
  #tableRun = null;
  /** The table's questions and answers, once there is one. @type {import("./tables.js").Tables} */
  tables = /** @type {never} */ (null);
  /** The link that it was opened by last, as a time: entries of the browser's history with this one are views of the same experiment. */
  era = 0;
  /** Called with each checkpoint. */
  kept = (/** @type {{bytes: Uint8Array, epoch: number}} */ _checkpoint) => {};
  /** Whether it is the page's author who changes settings: what the link locks is locked for readers. */
  isAuthor = false;
  /** A new run is shown all at once, with its first frame, so that nothing flickers between. @type {Partial<State> | null} */
  #arriving = null;

  /** @param {Parameters<typeof createPlayground>[0]} parts */
  constructor(parts) {
    const {
      spawn,
      core,
      nextFrame,
      randomSeed,
      hash,
      rememberHash,
      measured = createEngineTimings(null),
      fetchSet = fetch,
      loadTables,
      reload = () => {},
    } = parts;
    this.parts = parts;
    const { settings, hand, ignored } = readHash(hash);
    /** @type {import("../base/store.js").Store<State>} */
    this.store = createStore(
      /** @type {State} */ ({
        settings,
        hand,
        ignored,
        run: null,
        ...NO_RUN,
        shown: 0,
        engine: null,
        view: null,
        ask: sourceOf(settings.source).ask,
        previews: {},
        rates: null,
        problems: {},
        about: {},
        notice: null,
        pending: [],
        table: NO_TABLE,
        lock: null,
        components: null,
        baseline: null,
      }),
    );
    this.#randomSeed = randomSeed;
    this.#rememberHash = rememberHash;
    this.#measured = measured;
    /** @type {import("./client.js").Listener} */
    const listener = {
      opened: (event) => this.#opened(event),
      points: ({ points }) => {
        this.#merge({ points });
        this.#watch();
      },
      status: (status) => this.#showStatus(status),
      frame: (frame) => this.#showFrame(frame),
      engine: (event) => this.#engineChanged(event),
      tableProgress: (progress) => this.tables?.progress(progress),
      failed: (failure) => this.#failed(failure),
      kept: (checkpoint) => this.kept(checkpoint),
      silent: (silence) => tellSilence(this.store, silence, silence === "core" ? reload : () => this.#client.restart()),
      lost: (plays) => {
        this.#playNext ||= plays;
        this.tables?.lost();
      },
      recovered: ({ epoch, why }) =>
        this.#tell(
          "warning",
          t("session.runGoesFromEpoch", { why: why || t("session.trainingWorkerStoppedWas"), epoch }),
        ),
    };
    // Slow motion: the worker trains no further ahead than by a frame that nobody has seen yet.
    const inTime = (/** @type {() => void} */ callback) =>
      this.store.get().settings.speed === "slow" && this.isTraining
        ? void setTimeout(() => nextFrame(callback), SLOW_MS)
        : nextFrame(callback);
    this.#client = new Client({ spawn, core, nextFrame: inTime, listener });
    this.#extras = new DeferredAssets(this.store, this.#client);
    this.#fetchSet = fetchSet;
    this.#nextFrame = nextFrame;
    this.#loadTables = loadTables;
    this.#client.pace(this.#pace());
    this.#open();
  }

  // The run

  play() {
    const { run, shown, settings } = this.store.get();
    // A run that has ended can't go on; playing it means to see it again.
    if (run?.state === "finished" || run?.state === "diverged") return this.#open({ play: true });
    if (!run) {
      this.#playNext = true;
      if (!shown && !isTable(settings.source)) this.#client.playAtOnce();
    } else this.#client.play();
  }

  pause() {
    this.#playNext = false;
    this.#client.pause();
  }

  toggle() {
    return this.isTraining ? this.pause() : this.play();
  }

  get isTraining() {
    return this.store.get().run?.state === "training" || this.#playNext;
  }

  step(/** @type {"batch" | "epoch"} */ unit = "batch") {
    if (["finished", "diverged"].includes(this.store.get().run?.state ?? "")) return;
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

  set(/** @type {string} */ key, /** @type {any} any: as the setting's row has it */ value) {
    const { settings, hand, problems } = this.store.get();
    const { [key]: _, ...otherProblems } = problems;
    this.store.set({ problems: otherProblems });
    if (key === "source") return this.#chooseSource(value);
    // A view of a table may stand for a moment longer than its source.
    if (key === "features" && !isTable(settings.source) && parseFor(settings.source, key, `${value}`).problem) return;
    if (JSON.stringify(settings[key]) === JSON.stringify(value) || this.refuses({ ...settings, [key]: value })) return;
    this.store.set({ hand: { ...hand, [key]: value } });
    this.#change({ ...settings, [key]: value });
  }

  /** Several at once, so that the run starts again only once. */
  setAll(/** @type {import("../settings/spec.js").Settings} */ values) {
    const { settings, hand } = this.store.get();
    if (this.refuses({ ...settings, ...values })) return;
    this.store.set({ hand: { ...hand, ...values } });
    this.#change({ ...settings, ...values });
  }

  /** Back to what it is until somebody says otherwise. */
  unset(/** @type {string} */ key) {
    const { settings, hand } = this.store.get();
    this.set(key, defaultsFor(settings.source)[key]);
    const { [key]: _, ...others } = hand;
    this.store.set({ hand: others });
  }

  /** Settings as they once were: undone, done again, or an earlier run's. */
  take(/** @type {import("../settings/spec.js").Settings} */ once, /** @type {State["hand"]} */ hand) {
    const { source, view, lock } = this.store.get().settings;
    const settings = /** @type {State["settings"]} */ ({ ...once, view, lock }); // one stays where one is
    if (this.refuses(settings)) return;
    this.store.set({ hand, problems: {} });
    if (settings.source === source) return this.#change(settings);
    this.store.set({ settings, ask: sourceOf(settings.source).ask });
    this.#linkChanged();
    this.#open({ play: this.isTraining });
  }

  /** Whether these settings would change what the page's author locked: then all stay as they are, and a notice says why. */
  refuses(/** @type {import("../settings/spec.js").Settings} */ settings) {
    const held = this.isAuthor ? "" : heldIn(this.store.get().settings, settings);
    if (held) this.#tell("warning", held);
    return !!held;
  }

  /** Other settings for the same data set: told to the run where it can take them, else it starts again. */
  #change(/** @type {import("../settings/spec.js").Settings} */ settings) {
    const { settings: before, run } = this.store.get();
    this.store.set({ settings });
    this.#linkChanged();
    if (isSeenAnew(before, settings)) {
      this.#playNext = this.isTraining;
      return void this.withTables((run) => run.applyTask(before));
    }
    const live = run?.state === "failed" ? null : liveChanges(before, settings);
    // More points are no other experiment: the net goes on from what it has learned.
    const keep = before.points !== "" && before.points !== settings.points;
    if (!live) return void (this.branches?.(before, settings) || this.#open({ play: this.isTraining, keep }));
    if (live.learningRate !== undefined) this.#client.learningRate(live.learningRate);
    if (live.maxEpochs !== undefined) this.#client.maxEpochs(live.maxEpochs);
    if (before.speed !== settings.speed) this.#client.pace(this.#pace());
    if (before.axes !== settings.axes || before.picture !== settings.picture) this.#watch();
    void this.#extras.askForRates();
  }

  #chooseSource(/** @type {string} */ name) {
    const { settings } = this.store.get();
    if (name === settings.source) return;
    const hand = { ...withoutTable(this.store.get().hand), ...heldOf(settings) };
    const after = settingsFor(name, hand);
    if (this.refuses(after)) return;
    this.store.set({ settings: after, hand, ask: sourceOf(name).ask });
    this.#linkChanged();
    this.#open({ play: this.isTraining });
  }

  addLayer() {
    const { layers } = this.store.get().settings;
    // The first hidden layer is wide enough to draw something, later ones as TensorFlow Playground adds them.
    if (layers.length < BUTTONS.layers) this.set("layers", [...layers, layers.length ? 2 : 4]);
  }

  removeLayer() {
    this.set("layers", this.store.get().settings.layers.slice(0, -1));
  }

  setUnits(/** @type {number} */ layer, /** @type {number} */ units) {
    const { min = 1, max = 1 } = settingOf("layers");
    if (units < min || units > max) return;
    const { layers } = this.store.get().settings;
    this.set("layers", withLayer(layers, layer, withUnits(layers[layer], units)));
  }

  /** The activation of one layer; the others keep theirs. */
  setActivation(/** @type {number} */ layer, /** @type {string} */ name) {
    this.set(...activated(this.store.get().settings, layer, name));
  }

  toggleFeature(/** @type {string} */ name) {
    this.set("features", toggled(this.store.get(), name));
  }

  get featureChoices() {
    return choicesOf(this.store.get());
  }

  /** Another experiment, as its link says it; where the link doesn't come from the address, that is to follow. */
  openLink(/** @type {string} */ hash, { isAddress = true } = {}) {
    const { settings, hand, ignored } = readHash(hash);
    if (!isAddress) settings.lock = this.store.get().settings.lock ?? settings.lock;
    if (!isAddress && this.refuses(settings)) return;
    this.store.set({ settings, hand, ignored, ask: sourceOf(settings.source).ask, problems: {} });
    if (!isAddress) this.#linkChanged();
    // What a table shows to be learned no link says: it is looked at again.
    const isHeld = isTable(settings.source) && this.tables?.holds(settings.source, settings.read);
    if (!isHeld) return this.#open();
    this.pause();
    void this.withTables((run) => run.applyTask(defaultsFor(settings.source)));
  }

  /** Asks the model about one point, from now on with every frame. */
  askAbout(/** @type {number[]} */ ask) {
    if (this.#arriving) this.#arriving.ask = ask;
    this.store.set({ ask });
    this.#watch();
  }

  /** A table of the user's own: a file, or what was pasted. Resolves to whether it is here; if not, it is told why. */
  openTable(/** @type {Blob} */ blob, /** @type {string} */ title) {
    return this.withTables((run) => run.openOwn(blob, title));
  }

  /** @template T @param {(run: import("./tableRun.js").TableRun) => Promise<T>} act */
  async withTables(act) {
    this.#tableRun ??=
      this.#loadTables?.().then(
        ({ TableRun }) =>
          new TableRun(this.store, this.#client, this.#fetchSet, this.parts.storage ?? null, {
            wait: (play = this.#playNext) => {
              this.#playNext = play;
              this.#client.pause();
              this.store.set({ run: null });
            },
            open: () => this.#open({ play: this.#playNext, goesOn: true }),
            fail: (message) => this.#failed({ code: "no-rows", message, where: null }),
            tell: (text) => this.#tell("warning", text),
            linkChanged: () => this.#linkChanged(),
            refuses: (settings) => this.refuses(settings),
            turn: () => new Promise((resolve) => this.#nextFrame(() => resolve(undefined))),
          }),
      ) ?? null;
    const run = await this.#tableRun?.catch((error) => {
      this.#tableRun = null;
      tellLack(
        this.store,
        t("session.partReadsTablesCould", { message: error.message }),
        () => void this.withTables(act),
      );
    });
    if (!run) return;
    this.tables = run.tables;
    return act(run);
  }

  /**
   * Asks about the run that is shown: of one that is on its way, the answers would not fit.
   *
   * @template {keyof import("./protocol.js").Replies} T
   * @param {T} type
   * @param {import("./protocol.js").Given<T>} [fields]
   */
  ask(type, fields) {
    return this.#client.ask(type, fields, this.store.get().shown);
  }

  /** The worker's side of the run, for parts that come later (microscope, time travel …). */
  get client() {
    return this.#client;
  }

  dismissNotice() {
    this.store.set({ notice: null, pending: [], ignored: [] });
  }

  dispose() {
    this.#client.dispose();
  }

  // What the worker says

  #open({ play = false, keep = false, goesOn = false } = {}) {
    const { source, points, read } = this.store.get().settings;
    if (source === DRAWN.name && points.split(",").length < 3) {
      // not two points
      this.#playNext = false;
      this.#client.close();
      this.#extras.ask(); // there may be no frame to come with
      return this.store.set(NOTHING_DRAWN);
    }
    if (isTable(source) && !this.tables?.holds(source, read)) return void this.withTables((run) => run.bring(play));
    this.#playNext = play;
    this.#client.open(specFrom(this.store.get().settings), this.#measured.get(), { keep, goesOn });
    this.#client.pace(this.#pace());
    void this.#extras.askForRates();
  }

  #opened(/** @type {Parameters<import("./client.js").Listener["opened"]>[0]} */ { run: shown, description, points }) {
    const { ask: asked, description: before, settings } = this.store.get();
    // A question is kept as long as it means the same.
    const isKept = isTable(settings.source)
      ? hasColumnsOf(description, before)
      : asked.length === description.columns.length;
    const ask = isKept && asked.length ? asked : typicalRow(description, points);
    const { engine, engineReason: reason, adapter, deviceBytes, dispatchesPerStep, isFast, tiles } = description;
    this.#arriving = {
      description,
      shown,
      engine: { engine, reason, adapter, deviceBytes, dispatchesPerStep, isFast, tiles },
      points,
      ask,
    };
    if (tiles) this.#measured.add(tiles);
    this.#watch();
    if (this.#playNext) this.#client.play();
  }

  #engineChanged(/** @type {import("./protocol.js").EngineEvent} */ { type: _, run: __, measured, ...engine }) {
    this.#merge({ engine });
    for (const found of [engine.tiles, measured]) if (found) this.#measured.add(found);
  }

  /** The rows of the picture, and of the question: asked with every frame from now on. */
  #watch() {
    const { description, points, ask, settings } = { ...this.store.get(), ...this.#arriving };
    if (!description || !points) return;
    const picture = pictureOf(settings);
    if (picture === "components")
      return void this.withTables((run) =>
        run.watchPlane(
          description,
          ask,
          (patch) => this.#merge(patch),
          () => this.#watch(),
        ),
      );
    const axes = axesOf(description, settings.axes);
    const view = viewOf(description.domain, ask, axes);
    this.#merge({ view, components: null });
    this.#client.watch(rowsToWatch(view, ask, axes, picture === "truth" ? points.inputs : undefined));
  }

  /** What is new of the run: of one that is about to be shown, together with the rest of it. */
  #merge(/** @type {Partial<State>} */ patch) {
    if (this.#arriving) Object.assign(this.#arriving, patch);
    else this.store.set(patch);
  }

  /** @param {{state: import("./protocol.js").RunState, step: number, epoch: number, why: string | null}} status */
  #showStatus({ state, step, epoch, why }) {
    if (state === "training") this.#playNext = false;
    if (this.#playNext) return; // it is about to train: "ready" would only flicker
    const { learningRate } = this.store.get().settings;
    this.store.set({ run: { state, step, epoch, why: this.worded(why), learningRate } });
  }

  #showFrame(/** @type {import("./protocol.js").Frame} */ frame) {
    this.#extras.ask();
    const { frame: before, run, notice } = this.store.get();
    const arrived = this.#arriving;
    if (frame.test && !arrived && isLocked(this.store.get())) return; // it was on its way when the lock was shut
    this.#arriving = null;
    // A frame leaves out what is not finite: then the run's last good picture stays.
    const kept = arrived
      ? {}
      : { parameters: before?.parameters, outputs: before?.outputs, classes: before?.classes, units: before?.units };
    this.store.set({
      ...arrived,
      frame: this.decide({ ...kept, ...frame }),
      // One that was on its way when the run stopped comes after the news of that.
      ...(run && !(run.state !== "training" && frame.step < run.step)
        ? { run: { ...run, step: frame.step, epoch: frame.epoch } }
        : {}),
      ...(arrived && notice?.tone === "error" ? { notice: null } : {}),
    });
  }

  #failed(/** @type {import("./protocol.js").Failure} */ { code, message, where }) {
    // A worker that was replaced holds no rows.
    if (code === "no-table") return void this.withTables((run) => run.bring(this.#playNext));
    this.#playNext = false;
    this.store.set({
      run: { state: "failed", step: 0, epoch: 0, why: message, learningRate: 0 },
      // What was shown so far are the figures of other rows.
      ...(isTable(this.store.get().settings.source) && NO_RUN),
    });
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
}
