// @ts-check
/** Rows of a table near what is in sight, fetched from the worker in blocks and forgotten when they are far. */

const MOST_BLOCKS = 12;

/** Rows of a block: of wide tables fewer, so that nobody waits for cells that are out of sight. */
export const blockSize = (/** @type {number} */ columns) => Math.max(10, Math.min(100, Math.floor(30_000 / columns)));

export class RowCache {
  #fetch;
  #arrived;
  #columns;
  /** Rows of a block of this table; 0 until the first is asked for. */
  #size = 0;
  /** Blocks by their number, those used last at the end; null while under way. @type {Map<number, string[][] | null>} */
  #blocks = new Map();
  /** Which table they are of. */
  #table = 0;

  /**
   * @param {(from: number, count: number) => Promise<string[][]>} fetch
   * @param {() => void} arrived   rows that were asked for are here
   * @param {() => number} columns   of the table
   */
  constructor(fetch, arrived, columns = () => 1) {
    this.#fetch = fetch;
    this.#columns = columns;
    this.#arrived = arrived;
  }

  /** The rows belong to another table now. */
  clear() {
    this.#table += 1;
    this.#size = 0;
    this.#blocks.clear();
  }

  /** A row, or null while it is on its way. */
  row(/** @type {number} */ index) {
    this.#size ||= blockSize(this.#columns());
    const number = Math.floor(index / this.#size);
    const block = this.#blocks.get(number);
    if (block === undefined) void this.#bring(number);
    else {
      this.#blocks.delete(number);
      this.#blocks.set(number, block);
    }
    return block?.[index - number * this.#size] ?? null;
  }

  async #bring(/** @type {number} */ number) {
    const table = this.#table;
    this.#blocks.set(number, null);
    const rows = await this.#fetch(number * this.#size, this.#size).catch(() => null);
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
