// @ts-check
/**
 * Notices that a worker has fallen silent. Its event loop answers a ping between two slices of training, so silence means
 * that it has ended, that it hangs, or that it computes something long in one go. Silence is counted in beats of the
 * page's own timer. In a hidden tab and on a computer that slept, beats come late, and late ones don't count.
 *
 * @typedef {import("./silence.js").Silence} Silence
 */
export const BEAT_MS = 1000;

/** After so many beats without a word a ping is sent, and after so many it is told; longer while a long answer is due. */
const PING = 2;
export const PATIENCE = 10;
export const LONG_PATIENCE = 60;

/** What may keep a worker busy for long in one go. */
const LONG = ["components", "curvature", "look", "load", "branch", "trial", "tableEnd", "table", "job"];

/** So long the core may be on its way before it is told, in milliseconds. */
const CORE_MS = 10_000;

export class Watchdog {
  #parts;
  #beats = 0;
  #isWaiting = false;
  #isTold = false;
  #hasStarted = false;
  #last = 0;
  /** In Node it can be told not to keep the process. @type {any} any: browsers have a number */
  #timer = null;

  /**
   * @param {object} parts
   * @param {() => void} parts.ping
   * @param {() => boolean} parts.isTraining
   * @param {() => string[]} parts.due         the requests that wait for an answer
   * @param {(silence: Silence) => void} parts.tell
   * @param {() => number} [parts.now]
   */
  constructor(parts) {
    this.#parts = { now: () => performance.now(), ...parts };
  }

  /** Something was sent to it. */
  asked() {
    this.#isWaiting = true;
    if (this.#timer !== null) return;
    this.#beats = 0;
    this.#last = this.#parts.now();
    this.#timer = setInterval(() => this.beat(), BEAT_MS);
    this.#timer.unref?.();
  }

  /** It said something. */
  heard() {
    this.#hasStarted = true;
    this.#isWaiting = false;
    this.#beats = 0;
    if (this.#isTold) this.#tell(false);
  }

  beat() {
    const now = this.#parts.now();
    const due = this.#parts.due();
    const isLate = now - this.#last > 2 * BEAT_MS;
    this.#last = now;
    if (!this.#isWaiting && !this.#parts.isTraining() && !due.length) return this.stop();
    if (isLate) return;
    this.#beats += 1;
    if (this.#beats === PING) this.#parts.ping();
    if (!this.#isTold && this.#beats >= (due.some((type) => LONG.includes(type)) ? LONG_PATIENCE : PATIENCE))
      this.#tell(true);
  }

  #tell(/** @type {boolean} */ isSilent) {
    this.#isTold = isSilent;
    this.#parts.tell(isSilent ? (this.#hasStarted ? "worker" : "start") : null);
  }

  /** The core comes without the worker. */
  awaits(/** @type {Promise<unknown>} */ core) {
    const late = setTimeout(() => this.#parts.tell("core"), CORE_MS);
    const end = () => (clearTimeout(late), this.#isTold || this.#parts.tell(null));
    core.then(end, end);
  }

  /** It is gone: another comes in its place, if any. */
  renew() {
    this.stop();
    this.#hasStarted = false;
  }

  /** Nothing is asked of it. */
  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#isWaiting = false;
    if (this.#isTold) this.#tell(false);
  }
}
