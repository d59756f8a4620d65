// @ts-check
/**
 * Keeps the run that goes on, so that it can be resumed after a reload: its link, its weights, a table's rows. Each page
 * writes into a place of its own, so that two tabs don't overwrite each other.
 *
 * @typedef {object} Kept
 * @property {string} link          a hash with all of it, the points of a drawing included
 * @property {string} [address]     the hash that the page's address had
 * @property {number} epoch
 * @property {number} at            milliseconds since 1970; what was kept later has more, whatever the clock said
 * @property {Uint8Array} checkpoint
 * @property {number[]} [frozen]    the parameters that were locked
 * @property {import("../../session/computedBy.js").Engine[]} [engines]   who computed it; older ones don't say
 * @property {{title: string, csv: string} | null} table
 * @property {string} [rows]        where its table is
 * @property {{title: string, rows: number}} [unkept]   the table that was too large to be kept: its file is needed again
 *
 * @typedef {ReturnType<typeof createStore>} Stored
 */
import { KEPT_IN } from "../../base/keptIn.js";
import { createStore, delMany, entries, setMany } from "idb-keyval";
import { asWritten } from "../../base/asWritten.js";
import { enginesOf, isEngines } from "../../session/computedBy.js";
import { lockedIn } from "../../session/edits.js";
import { formatCount } from "../../base/format.js";
import { experimentHash } from "../../settings/url.js";
import { t } from "../../base/text.js";

/** How often at most while it trains, in milliseconds: each copy that the worker sends about every second, and none between. */
const EVERY_MS = 900;

/** A table of more cells is not kept: the file is still where it came from. */
export const MOST_CELLS = 500_000;

/** So many pages' runs are kept. */
const MOST_PAGES = 4;

export class Autosave {
  #playground;
  #now;
  #store = openStore();
  #place = `page-${crypto.randomUUID?.() ?? Date.now().toString(36)}`;
  #last = -Infinity;
  /** No later time is kept yet. @type {number | null} */
  #newest = null;
  /** What is to be written next. @type {{bytes: Uint8Array, epoch: number} | null} */
  #next = null;
  #isWriting = false;
  /** The table whose rows are in `#rows`, and the one whose rows were written. @type {unknown} */
  #of = null;
  /** @type {unknown} */
  #written = null;
  /** @type {Kept["table"]} */
  #rows = null;
  /** The table of which it was said that it is not kept. @type {unknown} */
  #told = null;

  /**
   * @param {import("../../session/playground.js").Playground} playground
   * @param {() => number} now   milliseconds since 1970
   */
  constructor(playground, now) {
    this.#playground = playground;
    this.#now = now;
    playground.kept = (checkpoint) => void this.#keep(checkpoint);
  }

  /** Whether this page has. */
  get hasKept() {
    return this.#newest !== null;
  }

  /** What was kept, by any page, the newest first; what is damaged is left out. @returns {Promise<Kept[]>} */
  async all() {
    const found = (await attempt(async () => this.#store && entries(/** @type {Stored} */ (this.#store)))) ?? [];
    const tables = new Map(found);
    const whole = found.map(([, one]) => (one?.rows ? { ...one, table: tables.get(one.rows) } : one));
    return whole.filter(isKept).sort((a, b) => b.at - a.at);
  }

  async #keep(/** @type {{bytes: Uint8Array, epoch: number}} */ checkpoint) {
    // A clock that is set back puts nothing off.
    const isDue =
      Math.abs(this.#now() - this.#last) >= EVERY_MS || this.#playground.store.get().run?.state !== "training";
    if (!this.#store || !isDue) return;
    this.#last = this.#now();
    this.#next = checkpoint;
    if (this.#isWriting) return;
    this.#isWriting = true;
    for (let /** @type {typeof checkpoint | null} */ next = this.#next; next; next = this.#next) {
      this.#next = null;
      await attempt(() => this.#write(next));
    }
    this.#isWriting = false;
  }

  async #write(/** @type {{bytes: Uint8Array, epoch: number}} */ { bytes, epoch }) {
    if (this.#newest === null) await this.#makeRoom();
    const { settings } = this.#playground.store.get();
    const engines = enginesOf(this.#playground.store.get());
    const frozen = lockedIn(this.#playground);
    const isOwn = settings.source === "table";
    const table = isOwn ? await this.#table() : null;
    const { title, description } = this.#playground.store.get().table;
    const unkept = isOwn && !table ? { title, rows: description?.rows ?? 0 } : null;
    if (unkept) this.#tellUnkept(title);
    this.#newest = Math.max(this.#now(), (this.#newest ?? 0) + 1);
    const rows = table && `${this.#place}-rows`;
    /** @type {Kept} */
    const kept = {
      link: experimentHash(table ? { ...settings, read: asWritten(settings.read) } : settings, true),
      address: experimentHash(settings),
      epoch,
      at: this.#newest,
      checkpoint: bytes,
      frozen,
      engines,
      table: null,
      ...(rows ? { rows } : {}),
      ...(unkept ? { unkept } : {}),
    };
    // Together, so that a run never stands beside another one's rows.
    await setMany(
      [
        [this.#place, kept],
        ...(rows && this.#written !== this.#of ? [/** @type {[string, unknown]} */ ([rows, table])] : []),
      ],
      /** @type {Stored} */ (this.#store),
    );
    if (rows) this.#written = this.#of;
  }

  /** Once for each table, and not over anything else that is said. */
  #tellUnkept(/** @type {string} */ title) {
    const { notice, table } = this.#playground.store.get();
    if (notice || this.#told === table.description) return;
    this.#told = table.description;
    const text = t("share.tooLargeKeptAfter", { title, MOST_CELLS: formatCount(MOST_CELLS) });
    this.#playground.store.set({ notice: { tone: "info", text } });
  }

  /** Lets the oldest go. */
  async #makeRoom() {
    const all = await this.all();
    this.#newest = all[0]?.at ?? 0;
    const least = all[MOST_PAGES - 2]?.at ?? -Infinity;
    const found = await entries(/** @type {Stored} */ (this.#store));
    const gone = found.filter(([, one]) => one?.link !== undefined && !(one.at >= least));
    await delMany(
      gone.flatMap(([key, one]) => (one.rows ? [key, one.rows] : [key])),
      /** @type {Stored} */ (this.#store),
    );
  }

  /** The rows as they are; asked for again when something in them is new. */
  async #table() {
    const { table } = this.#playground.store.get();
    if (table.description === this.#of) return this.#rows;
    const { rows = 0, columns = [] } = table.description ?? {};
    const isSmall = rows * columns.length <= MOST_CELLS;
    this.#rows = isSmall
      ? { title: table.title, csv: await this.#playground.client.request("table", { ask: "csv" }) }
      : null;
    this.#of = table.description;
    return this.#rows;
  }
}

const isKept = (/** @type {any} any: whatever was stored */ one) =>
  one?.checkpoint instanceof Uint8Array &&
  typeof one.link === "string" &&
  Number.isFinite(one.at) &&
  Number.isFinite(one.epoch) &&
  (one.engines === undefined || isEngines(one.engines)) &&
  (one.unkept === undefined || (typeof one.unkept?.title === "string" && Number.isFinite(one.unkept.rows))) &&
  (one.table === null || (typeof one.table?.title === "string" && typeof one.table.csv === "string"));

/** Null where there is no storage; in some browsers even looking at it throws. */
function openStore() {
  try {
    return typeof indexedDB === "object" && indexedDB !== null ? createStore(KEPT_IN, "runs") : null;
  } catch {
    return null;
  }
}

/** Some browsers forbid storage, or have none, or no room in it: the page works without. @template T @param {() => Promise<T> | T} act */
async function attempt(act) {
  try {
    return await act();
  } catch {
    return null;
  }
}
