// @ts-check
/**
 * What is asked of the worker again and again while a run trains: a few times a second, and always of the last frame.
 * Of many rows an answer takes a while, and training goes on meanwhile: the pause begins when it is here.
 */

/** While it trains, answers follow at this pace, in milliseconds; those that take long come more rarely. */
const EVERY_MS = 250;
const RAREST_MS = 1000;
const SHARE = 1 / 10;

export class Inquiry {
  #ask;
  #isAsking = false;
  #isStale = false;
  #at = -Infinity;
  #took = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later = undefined;

  /** @param {() => Promise<unknown>} ask   may fail: the worker was replaced, or the run; the next frame asks again */
  constructor(ask) {
    this.#ask = ask;
  }

  /** There is a new frame. Each asks for it, some are waited for: the last one always counts. */
  soon() {
    clearTimeout(this.#later);
    const wait = Math.max(EVERY_MS, Math.min(this.#took / SHARE, RAREST_MS)) - (performance.now() - this.#at);
    this.#later = setTimeout(() => void this.now(), Math.max(wait, 1));
  }

  /** Something else is asked. What is under way is waited for, and asked again. */
  async now() {
    this.#isStale = this.#isAsking;
    if (this.#isAsking) return;
    this.#isAsking = true;
    const start = performance.now();
    await this.#ask().catch(() => {});
    this.#isAsking = false;
    this.#at = performance.now();
    this.#took = this.#at - start;
    if (this.#isStale) void this.now();
  }

  stop() {
    clearTimeout(this.#later);
    this.#isStale = false;
  }
}
