// @ts-check
/**
 * Copies of the run for the page, so that a worker that dies takes little with it. The worker sends them by itself: the
 * timers of a page that nobody sees are slow.
 */

/** Training between two of them, in milliseconds, and how much of the time they may take. */
const EVERY_MS = 1000;
const SHARE = 1 / 20;

export class Copies {
  #run;
  #port;
  #clock;
  #last = { at: -Infinity, took: 0 };
  #isTaking = false;
  #isStale = false;

  /**
   * @param {import("./run.js").Run} run
   * @param {import("./runner.js").Port} port
   * @param {import("./runner.js").Clock} clock
   */
  constructor(run, port, clock) {
    this.#run = run;
    this.#port = port;
    this.#clock = clock;
  }

  /** While it trains. */
  async takeIfDue() {
    const { at, took } = this.#last;
    if (this.#clock.now() - at >= Math.max(EVERY_MS, took / SHARE)) await this.take();
  }

  /** Now. What comes while one is under way is in the next. A run that has diverged is no use to go on from. */
  async take() {
    this.#isStale = true;
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      while (this.#isStale && !this.#run.hasEnded && this.#run.state !== "diverged") await this.#send();
    } finally {
      this.#isTaking = false;
    }
  }

  async #send() {
    this.#isStale = false;
    await this.#run.land();
    if (this.#run.hasEnded) return;
    const { id: run, trainer, epoch } = this.#run;
    const start = this.#clock.now();
    let bytes;
    try {
      bytes = await trainer.checkpoint();
    } catch (error) {
      if (this.#run.hasEnded) return; // a trainer freed meanwhile is no fault
      if (trainer === this.#run.trainer) throw error;
      this.#isStale = true; // another one has taken over
      return;
    }
    const at = this.#clock.now();
    this.#last = { at, took: at - start };
    if (!this.#run.hasEnded) this.#port.post({ type: "kept", run, epoch, bytes }, [bytes.buffer]);
  }
}
