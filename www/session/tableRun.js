// @ts-check
/**
 * From a table to a run: brings the rows of a source that is one, looks at them as the settings have it, and has
 * the run opened on what it finds.
 *
 * @typedef {import("../settings/spec.js").Settings} Settings
 */
import { keepLocks } from "./locks.js";
import { createLookBook } from "./lookBook.js";
import { isLocked } from "../base/padlock.js";
import { fieldSize } from "../base/grid.js";
import { rangeOfPlane, rowsOnPlane } from "./plane.js";
import { readLayers } from "../settings/layers.js";
import { declaredKinds, stillThere } from "./rereading.js";
import { heldOf } from "../settings/held.js";
import { OWN, sourceOf } from "../settings/sources.js";
import { dataOf, defaultsFor, settingsFor, withoutTable } from "../settings/spec.js";
import { isTable } from "../settings/tableNames.js";
import { withTask } from "../settings/tableTask.js";
import { Tables } from "./tables.js";
import { t } from "../base/text.js";

const MISSING_ROWS = t("session.dataSetLinkSomebodys");

/** Of pictures that somebody brings: another first model than that of a table, layers as a link has them. @param {import("./tables.js").TableDescription} description */
const modelOf = ({ model }) => model && { ...model, layers: readLayers(model.layers) };

export class TableRun {
  #store;
  #playground;
  #client;
  /** Which look at the table is the newest. */
  #newest = 0;
  /** What is under way that may end in a run, whether one was asked for that isn't shown yet, and who waits for it. */
  #acts = 0;
  #isAwaited = false;
  /** @type {(() => void)[]} */
  #waiting = [];
  /** The plane of the run that stands: found once, with test rows and without. @type {{description: object, isLocked: boolean, components: import("./scatter.js").Components, view: [number, number][], encoded: Float32Array} | null} */
  #plane = null;

  /**
   * @param {import("../base/store.js").Store<import("./playground.js").State>} store
   * @param {import("./client.js").Client} client
   * @param {(file: string) => Promise<Response>} fetchSet   gets the rows of a real set
   * @param {Storage | null} storage   where the browser keeps things for this page
   * @param {object} playground
   * @param {(play?: boolean) => void} playground.wait   the run before gives way; whether to train the next at once, where that is new
   * @param {() => void} playground.open
   * @param {(sentence: string) => void} playground.fail
   * @param {(sentence: string) => void} playground.tell
   * @param {() => void} playground.linkChanged
   * @param {(settings: Settings) => boolean} playground.refuses   whether they would change what is locked; then it is told
   * @param {() => Promise<unknown>} playground.turn   lets the page draw: all at once would hold it up
   */
  constructor(store, client, fetchSet, storage, playground) {
    this.#store = store;
    this.#client = client;
    keepLocks(store, (isLocked) => client.remember("lock", { isLocked }), createLookBook(storage));
    this.tables = new Tables(client, (table) => store.set({ table }), fetchSet);
    this.tables.pictured = () => this.#pictured();
    store.subscribe(({ description, run }, before) => {
      if (description !== before.description || (run !== before.run && run?.state === "failed"))
        this.#goOn({ isAwaited: false });
    });
    this.#playground = playground;
  }

  async #pictured() {
    while (this.#acts || this.#isAwaited) await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
  }

  #goOn({ isAwaited = this.#isAwaited } = {}) {
    this.#isAwaited = isAwaited;
    this.#waiting.splice(0).forEach((goOn) => goOn());
  }

  /** Does what may end in a run. @template T @param {() => Promise<T>} act */
  async #towardsRun(act) {
    this.#acts += 1;
    try {
      return await act();
    } finally {
      this.#acts -= 1;
      this.#goOn();
    }
  }

  /** The user's own rows, in place of what is learned now. Resolves to whether they are. */
  openOwn(/** @type {Blob} */ blob, /** @type {string} */ title) {
    return this.#towardsRun(() => this.#openOwn(blob, title));
  }

  async #openOwn(/** @type {Blob} */ blob, /** @type {string} */ title) {
    const { settings } = this.#store.get();
    // The settings that came with a link wait for their file; those of another table go with it.
    const isAwaited = settings.source === OWN.name && !this.tables.holds(OWN.name);
    const held = isAwaited ? {} : heldOf(settings);
    const kept = { ...withoutTable(this.#store.get().hand), ...held };
    if (!isAwaited && this.#playground.refuses({ ...settingsFor(OWN.name, kept), source: null })) return false;
    const read = isAwaited ? settings.read : {};
    let description = await this.tables.bringBlob(blob, title, read);
    const { problem } = this.#store.get().table;
    let isUnfit = false;
    if (!description && problem && Object.keys(read).length) {
      isUnfit = true;
      description = await this.tables.bringBlob(blob, title, {});
    }
    if (!description) return false;
    await this.#playground.turn();
    const { read: _, ...others } = this.#store.get().hand;
    const hand = !isAwaited
      ? { ...withoutTable(others), ...held, ...declaredKinds(description) }
      : isUnfit
        ? others
        : this.#store.get().hand;
    this.#store.set({
      settings: { ...settingsFor(OWN.name, hand), ...modelOf(description), ...(isAwaited ? hand : held) },
      hand,
      ask: [],
      notice: null,
    });
    this.#playground.wait(false);
    await this.#playground.turn();
    if (isUnfit) this.#playground.tell(t("session.linkReadsFileWay", { problem }));
    await this.applyTask(defaultsFor(OWN.name));
    return true;
  }

  /**
   * An experiment and the rows that came with it. Throws a sentence, and leaves everything as it is, where those can't be read.
   *
   * @param {{title: string, csv: string}} rows
   * @param {{settings: Settings, hand: Settings, ignored: string[]}} experiment
   */
  openWith(rows, experiment) {
    return this.#towardsRun(() => this.#openWith(rows, experiment));
  }

  /** @param {{title: string, csv: string}} rows @param {{settings: Settings, hand: Settings, ignored: string[]}} experiment */
  async #openWith({ csv, title }, { settings, hand, ignored }) {
    const description = await this.tables.bringBlob(new Blob([csv]), title, settings.read);
    if (!description) throw new Error(this.#store.get().table.problem ?? t("session.rowsWereGivenUp"));
    // The first model of pictures is theirs: it goes with them to no other data.
    const own = Object.entries(hand).filter(([key]) => !Object.hasOwn(description.model ?? {}, key));
    this.#store.set({ settings, hand: Object.fromEntries(own), ignored, ask: [], notice: null, problems: {} });
    this.#playground.wait(false);
    await this.applyTask(defaultsFor(OWN.name));
    return true;
  }

  /** Gets the rows of the source, then opens the run on them. @returns {Promise<unknown>} */
  bring(/** @type {boolean | undefined} */ play = undefined) {
    return this.#towardsRun(() => this.#bring(play));
  }

  /** @returns {Promise<unknown>} */
  async #bring(/** @type {boolean | undefined} */ play) {
    const { source, read } = this.#store.get().settings;
    if (!isTable(source)) return; // somebody went on to another one while a worker was lost
    const { name, label } = sourceOf(source);
    this.#playground.wait(play);
    if (this.tables.isReading(name)) return;
    const isOwn = name === OWN.name;
    const description = await (isOwn
      ? this.tables.bringAgain(name, { read })
      : this.tables.bringSet(name, label, { source: name, read }));
    const { settings, table } = this.#store.get();
    if (settings.source !== name) return; // somebody went on to another one
    if (description) return this.applyTask(defaultsFor(name));
    this.#playground.fail(table.problem ?? (isOwn ? MISSING_ROWS : t("session.wasNotLoadedChoose", { label })));
  }

  /**
   * Has the picture drawn over the plane on which the training rows spread most, with the question's answer.
   *
   * @param {import("./protocol.js").Description} description   of the run
   * @param {number[]} ask
   * @param {(patch: object) => void} merge
   * @param {() => void} otherwise   where there is no such plane: the picture is over two columns then
   */
  async watchPlane(description, ask, merge, otherwise) {
    const inputs = Float64Array.from(ask);
    const hides = isLocked(this.#store.get());
    if (this.#plane?.description !== description || this.#plane.isLocked !== hides) {
      this.#client.watch(inputs); // so that the run is shown meanwhile
      try {
        const components = await this.#client.ask("components");
        const view = rangeOfPlane(components);
        this.#plane = {
          description,
          isLocked: hides,
          components,
          view,
          encoded: rowsOnPlane(components, view, fieldSize(description.columns.length)),
        };
      } catch (error) {
        if (!this.tables.holds(this.#store.get().settings.source)) return; // the worker was replaced: the run that comes is asked
        this.#store.set({ settings: { ...this.#store.get().settings, picture: "field" } });
        this.#playground.tell(String(/** @type {Thrown} */ (error)?.message ?? error));
        return otherwise();
      }
    }
    const { components, view, encoded } = this.#plane;
    merge({ view, components });
    this.#client.watch(inputs, encoded);
  }

  /** Reads the file once more where the settings have it read otherwise; what names a column that is gone then goes, and is named. */
  async #readAsWanted(/** @type {() => boolean} */ isOver) {
    const { settings, table: before } = this.#store.get();
    if (this.tables.isReadAs(settings.read)) return;
    const description = await this.tables.readAgain(settings.read);
    if (isOver()) return;
    if (!description) throw new Error(this.#store.get().table.problem ?? t("session.fileWasNotRead"));
    const now = this.#store.get();
    const { kept, lost } = await stillThere(now.settings, before.description?.rows ?? 0, description, (formula) =>
      this.tables.tryFormula({}, formula),
    );
    if (!lost.length || isOver()) return;
    const hand = Object.fromEntries(
      Object.entries(now.hand).map(([key, value]) => [key, Object.hasOwn(kept, key) ? kept[key] : value]),
    );
    this.#store.set({ settings: { ...now.settings, ...kept }, hand });
    this.#playground.tell(
      t("session.readWayTableHas", {
        lost: lost.join(", "),
        value: lost.length === 1 ? t("session.settingWas") : t("session.theseSettingsWere"),
      }),
    );
  }

  /**
   * Looks at the table as the settings have it: what is to be learned follows, and the run opens. Settings that
   * the table refuses are taken back.
   *
   * @returns {Promise<unknown>}
   */
  applyTask(/** @type {Settings} */ before) {
    return this.#towardsRun(() => this.#applyTask(before));
  }

  /** @returns {Promise<unknown>} */
  async #applyTask(/** @type {Settings} */ before) {
    const mine = ++this.#newest;
    const { hand, settings } = this.#store.get();
    // Applied anew meanwhile, or somebody went on to other data.
    const isOver = () => mine !== this.#newest || this.#store.get().settings.source !== settings.source;
    try {
      await this.#readAsWanted(isOver);
      if (isOver()) return;
      const { task } = await this.tables.describe(dataOf(this.#store.get().settings));
      if (isOver()) return;
      await this.#playground.turn();
      if (isOver()) return;
      this.#store.set({ settings: withTask(this.#store.get().settings, task) });
    } catch (error) {
      if (isOver()) return;
      if (!this.tables.holds(this.#store.get().settings.source)) return this.bring(); // the worker was replaced: they are no worse for it
      this.#playground.tell(String(/** @type {Thrown} */ (error)?.message ?? error));
      this.#store.set({ settings: { ...before, lock: settings.lock }, hand: withoutTable(hand) });
      if (!this.tables.isReadAs(before.read)) await this.tables.readAgain(before.read);
      if (isOver()) return;
      const { run } = this.#store.get();
      if (run && run.state !== "failed") return this.#playground.linkChanged(); // the one before goes on
      const { task } = await this.tables.describe(dataOf(before));
      if (isOver()) return;
      this.#store.set({ settings: withTask(before, task) });
    }
    this.#playground.linkChanged();
    await this.#playground.turn();
    if (isOver()) return;
    this.#isAwaited = true;
    this.#playground.open();
  }
}
