// @ts-check
/** Cells of a table near what is in sight, fetched from the worker in blocks and forgotten when they are far. */

/** Of a block. The sheet shows a few dozen rows and a dozen columns, and nobody waits for more than a few blocks. */
export const ROWS = 100;
export const COLUMNS = 32;

const MOST_BLOCKS = 24;

export class CellCache {
  #fetch;
  #arrived;
  /** Blocks by their place, those used last at the end; null while under way. @type {Map<string, string[][] | null>} */
  #blocks = new Map();
  /** Which table they are of. */
  #table = 0;

  /**
   * @param {(from: number, count: number, first: number, columns: number) => Promise<string[][]>} fetch   rows, and columns
   * @param {() => void} arrived   cells that were asked for are here
   */
  constructor(fetch, arrived) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  /** The cells belong to another table now. */
  clear() {
    this.#table += 1;
    this.#blocks.clear();
  }

  /** The text of a cell, or null while it is on its way. */
  text(/** @type {number} */ row, /** @type {number} */ column) {
    const [from, first] = [row - (row % ROWS), column - (column % COLUMNS)];
    const key = `${from} ${first}`;
    const block = this.#blocks.get(key);
    if (block === undefined) void this.#bring(key, from, first);
    else {
      this.#blocks.delete(key);
      this.#blocks.set(key, block);
    }
    return block?.[row - from]?.[column - first] ?? null;
  }

  async #bring(/** @type {string} */ key, /** @type {number} */ from, /** @type {number} */ first) {
    const table = this.#table;
    this.#blocks.set(key, null);
    const block = await this.#fetch(from, ROWS, first, COLUMNS).catch(() => null);
    if (table !== this.#table) return;
    if (block) this.#blocks.set(key, block);
    else this.#blocks.delete(key);
    for (const old of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS) break;
      this.#blocks.delete(old);
    }
    if (block) this.#arrived();
  }
}
