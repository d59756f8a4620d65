// @ts-check
/**
 * What is asked of the worker again and again while a run trains: a few times a second, and always of the last frame.
 * Of many rows an answer takes a while, and training goes on meanwhile: the pause begins when it is here.
 */

/** While it trains, answers follow at this pace. */
const EVERY_MS = 250;

export class Inquiry {
  #ask;
  #isAsking = false;
  #isStale = false;
  #at = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later = undefined;

  /** @param {() => Promise<unknown>} ask   may fail: the worker was replaced, or the run; the next frame asks again */
  constructor(ask) {
    this.#ask = ask;
  }

  /** There is a new frame. Each asks for it, some are waited for: the last one always counts. */
  soon() {
    clearTimeout(this.#later);
    const wait = EVERY_MS - (performance.now() - this.#at);
    this.#later = setTimeout(() => void this.now(), Math.max(wait, 1));
  }

  /** Something else is asked. What is under way is waited for, and asked again. */
  async now() {
    this.#isStale = this.#isAsking;
    if (this.#isAsking) return;
    this.#isAsking = true;
    await this.#ask().catch(() => {});
    this.#isAsking = false;
    this.#at = performance.now();
    if (this.#isStale) void this.now();
  }

  stop() {
    clearTimeout(this.#later);
    this.#isStale = false;
  }
}
