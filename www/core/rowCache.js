// @ts-check
/** Rows of a table near what is in sight, fetched from the worker in blocks and forgotten when they are far. */

const BLOCK = 100;
const MOST_BLOCKS = 12;

export class RowCache {
  #fetch;
  #arrived;
  /** Blocks by their number, those used last at the end; null while under way. @type {Map<number, string[][] | null>} */
  #blocks = new Map();
  /** Which table they are of. */
  #table = 0;

  /**
   * @param {(from: number, count: number) => Promise<string[][]>} fetch
   * @param {() => void} arrived   rows that were asked for are here
   */
  constructor(fetch, arrived) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  /** The rows belong to another table now. */
  clear() {
    this.#table += 1;
    this.#blocks.clear();
  }

  /** A row, or null while it is on its way. */
  row(/** @type {number} */ index) {
    const number = Math.floor(index / BLOCK);
    const block = this.#blocks.get(number);
    if (block === undefined) void this.#bring(number);
    else {
      this.#blocks.delete(number);
      this.#blocks.set(number, block);
    }
    return block?.[index - number * BLOCK] ?? null;
  }

  async #bring(/** @type {number} */ number) {
    const table = this.#table;
    this.#blocks.set(number, null);
    const rows = await this.#fetch(number * BLOCK, BLOCK).catch(() => null);
    if (table !== this.#table) return;
    if (rows) this.#blocks.set(number, rows);
    else this.#blocks.delete(number);
    for (const old of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS) break;
      this.#blocks.delete(old);
    }
    if (rows) this.#arrived();
  }
}
