// @ts-check
/**
 * At most so many workers live at once, however many elements a page has: whoever wants to train takes a seat. One that is
 * out of sight, or stands with its picture drawn, gives its own to others; those that train take turns.
 *
 * @typedef {object} Sitter
 * @property {boolean} isSeen       whether it is in the viewport
 * @property {boolean} isSettled    whether what there is to see is drawn, so that it can be put away
 * @property {boolean} isTraining
 * @property {boolean} isHungry     whether it would go on training, had it a seat
 * @property {() => void} sit
 * @property {() => Promise<void>} stand   resolves when its worker is gone
 */
export const MOST = 4;

/** So long those that train keep their seats while others wait, and so often it is looked for one. In milliseconds. */
const TURN_MS = 2000;
const LOOK_MS = 200;

export class Seats {
  /** Since when each has its seat, the longest first. @type {Map<Sitter, number>} */
  #seated = new Map();
  /** @type {Set<Sitter>} */
  #waiting = new Set();
  #isServing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #now;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  has(/** @type {Sitter} */ sitter) {
    return this.#seated.has(sitter);
  }

  get taken() {
    return this.#seated.size;
  }

  /** Calls its `sit` as soon as there is a seat; one that sits stays. */
  ask(/** @type {Sitter} */ sitter) {
    if (this.#seated.has(sitter) || this.#waiting.has(sitter)) return;
    this.#waiting.add(sitter);
    void this.#serve();
  }

  /** It is gone for good. */
  leave(/** @type {Sitter} */ sitter) {
    this.#waiting.delete(sitter);
    this.#seated.delete(sitter);
    void this.#serve();
  }

  async #serve() {
    if (this.#isServing) return;
    this.#isServing = true;
    clearTimeout(this.#timer);
    try {
      for (let next; (next = this.#next());) {
        if (this.#seated.size >= MOST) {
          const gives = this.#whoGives(next);
          if (!gives) {
            this.#timer = setTimeout(() => void this.#serve(), LOOK_MS);
            break;
          }
          await gives.stand();
          this.#seated.delete(gives);
          if (gives.isHungry) this.#waiting.add(gives);
          continue;
        }
        this.#waiting.delete(next);
        this.#seated.set(next, this.#now());
        next.sit();
      }
    } finally {
      this.#isServing = false;
    }
  }

  /** Those in sight come first, in the order in which they asked. */
  #next() {
    const all = [...this.#waiting];
    return all.find(({ isSeen }) => isSeen) ?? all[0];
  }

  #whoGives(/** @type {Sitter} */ next) {
    const settled = [...this.#seated.keys()].filter(({ isSettled }) => isSettled);
    return (
      settled.find(({ isSeen, isTraining }) => !isSeen && !isTraining) ??
      settled.find(({ isSeen }) => !isSeen) ??
      settled.find(({ isTraining }) => !isTraining) ??
      (next.isSeen
        ? settled.find((sitter) => this.#now() - /** @type {number} */ (this.#seated.get(sitter)) >= TURN_MS)
        : undefined)
    );
  }
}
