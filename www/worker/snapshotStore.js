// @ts-check
/**
 * The moments that are kept of a run: as many as fit, evenly subsampled. What is bounded are their bytes and their number;
 * the first and the newest always stay.
 *
 * @typedef {object} Moment
 * @property {number} step
 * @property {number} epoch
 * @property {Uint8Array} bytes      what brings it back
 * @property {string} terms          what the run went on by: the rate, and what was changed by hand
 * @property {import("../session/protocol.js").Metrics} training
 * @property {import("../session/protocol.js").Metrics | null} test
 * @property {import("../session/protocol.js").Metrics | null} validation
 * @property {number} learningRate
 * @property {number} [gradientNorm]
 */

export const MOST_BYTES = 8 * 2 ** 20;
export const MOST_MOMENTS = 256;

export class Past {
  /** By step, ascending. @type {Moment[]} */
  #moments = [];
  #mostBytes;
  #mostMoments;
  bytes = 0;

  constructor(mostBytes = MOST_BYTES, mostMoments = MOST_MOMENTS) {
    this.#mostBytes = mostBytes;
    this.#mostMoments = mostMoments;
  }

  /** @returns {readonly Moment[]} */
  get moments() {
    return this.#moments;
  }

  get newest() {
    return this.#moments.at(-1);
  }

  /** Whether there is room for a first moment and a newest one of this size. */
  canHold(/** @type {number} */ bytes) {
    return 2 * bytes <= this.#mostBytes;
  }

  /** Keeps a moment, in place of one of the same step. Says whether it is kept. */
  add(/** @type {Moment} */ moment) {
    if (!this.canHold(moment.bytes.length)) return false;
    let place = this.#moments.findLastIndex(({ step }) => step <= moment.step) + 1;
    if (this.#moments[place - 1]?.step === moment.step) this.#remove(--place);
    this.#moments.splice(place, 0, moment);
    this.bytes += moment.bytes.length;
    while (this.bytes > this.#mostBytes || this.#moments.length > this.#mostMoments) {
      if (this.#moments.length <= 2) break;
      this.#remove(this.#leastMissed());
    }
    return true;
  }

  /** The moment without which the least gap would open. */
  #leastMissed() {
    let [least, gap] = [1, Infinity];
    for (let i = 1; i < this.#moments.length - 1; i++) {
      const opened = this.#moments[i + 1].step - this.#moments[i - 1].step;
      if (opened < gap) [least, gap] = [i, opened];
    }
    return least;
  }

  #remove(/** @type {number} */ index) {
    const [{ bytes }] = this.#moments.splice(index, 1);
    this.bytes -= bytes.length;
  }

  /** The moment nearest to a step. */
  at(/** @type {number} */ step) {
    const after = this.#moments.findIndex((moment) => moment.step >= step);
    if (after < 0) return this.newest;
    const [before, next] = [this.#moments[after - 1], this.#moments[after]];
    return before && step - before.step < next.step - step ? before : next;
  }

  /** Those after a step. */
  after(/** @type {number} */ step) {
    return this.#moments.filter((moment) => moment.step > step);
  }

  /** Drops what came after a step. */
  cut(/** @type {number} */ step) {
    while (this.newest && this.newest.step > step) this.#remove(this.#moments.length - 1);
  }
}
