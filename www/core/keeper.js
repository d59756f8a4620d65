// @ts-check
/** Keeps the run that goes on, so that it can be resumed after a reload: its link, its weights, a table's rows. */
import { createStore, get, set } from "idb-keyval";
import { asWritten } from "./asWritten.js";

/** How often at most, in milliseconds: writing takes the disk's time. */
const EVERY_MS = 4000;

/** A table of more cells is not kept: the file is still where it came from. */
const MOST_CELLS = 500_000;

/** @typedef {{link: string, epoch: number, at: number, checkpoint: Uint8Array, table: {title: string, csv: string} | null}} Kept */

export class Keeper {
  #playground;
  #write;
  #now;
  #store = openStore();
  #last = -Infinity;
  /** The table whose rows are in `#rows`. @type {unknown} */
  #of = null;
  /** @type {Kept["table"]} */
  #rows = null;

  /**
   * @param {import("./playground.js").Playground} playground
   * @param {(settings: import("./spec.js").Settings) => string} write   a link's hash
   * @param {() => number} now   milliseconds since 1970
   */
  constructor(playground, write, now) {
    this.#playground = playground;
    this.#write = write;
    this.#now = now;
    playground.kept = (checkpoint) => void this.#keep(checkpoint);
  }

  /** What was kept last, by this page or one before; null where nothing was, or storage is closed. @returns {Promise<Kept | null>} */
  async last() {
    const kept = await attempt(() => this.#store && get("run", this.#store));
    return kept?.checkpoint instanceof Uint8Array && typeof kept.link === "string" ? kept : null;
  }

  async #keep(/** @type {{bytes: Uint8Array, epoch: number}} */ { bytes, epoch }) {
    const isDue = this.#now() - this.#last >= EVERY_MS || this.#playground.store.get().run?.state !== "training";
    if (!this.#store || !isDue || epoch === 0) return;
    this.#last = this.#now();
    const { settings } = this.#playground.store.get();
    const table = settings.source === "table" ? await this.#table() : null;
    /** @type {Kept} */
    const kept = { link: this.#write(table ? { ...settings, read: asWritten(settings.read) } : settings), epoch, at: this.#now(), checkpoint: bytes, table };
    await attempt(() => this.#store && set("run", kept, this.#store));
  }

  /** The rows as they are; asked for again when something in them is new. */
  async #table() {
    const { table } = this.#playground.store.get();
    if (table.description === this.#of) return this.#rows;
    const { rows = 0, columns = [] } = table.description ?? {};
    const isSmall = rows * columns.length <= MOST_CELLS;
    this.#rows = isSmall ? { title: table.title, csv: await this.#playground.client.table({ ask: "csv" }) } : null;
    this.#of = table.description;
    return this.#rows;
  }
}

/** Null where there is no storage; in some browsers even looking at it throws. */
function openStore() {
  try {
    return typeof indexedDB === "object" && indexedDB !== null ? createStore("trainyard", "runs") : null;
  } catch {
    return null;
  }
}

/** Some browsers forbid storage, or have none, or no room in it: the page works without. */
async function attempt(/** @type {() => any} */ act) {
  try {
    return await act();
  } catch {
    return null;
  }
}
