// @ts-check
/** What was asked of a worker and is not answered yet. */

/**
 * @typedef {import("./protocol.js").Replies} Replies
 * @typedef {(progress: any) => void} OnProgress   any: as the job's kind has it
 */
/** @template {keyof typeof import("./protocol.js").EVENTS} T @typedef {import("./protocol.js").WorkerEvent<T>} WorkerEvent */

export class Requests {
  #post;
  #last = 0;
  /** @type {Map<number, {type: string, resolve: (value: any) => void, reject: (error: Error) => void, onProgress?: OnProgress}>} any: each asker knows what comes */
  #open = new Map();

  /** @param {(message: object) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /**
   * @template {keyof Replies} T
   * @param {{type: T} & Record<string, unknown>} command
   * @param {OnProgress} [onProgress]   hears what comes before the reply
   * @param {AbortSignal} [signal]   cancels it
   * @returns {Promise<Replies[T]>}
   */
  ask(command, onProgress, signal) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { type: command.type, resolve, reject, onProgress });
      this.#post({ ...command, id });
      signal?.addEventListener("abort", () => this.#post({ type: "cancel", id }));
    });
  }

  get types() {
    return [...this.#open.values()].map(({ type }) => type);
  }

  report(/** @type {WorkerEvent<"progress">} */ { id, progress }) {
    this.#open.get(id)?.onProgress?.(progress);
  }

  settle(/** @type {WorkerEvent<"reply">} */ { id, ok, value, error }) {
    const request = this.#open.get(id);
    this.#open.delete(id);
    if (ok) request?.resolve(value);
    else request?.reject(Object.assign(new Error(error?.message), error));
  }

  /** The worker is gone, and all answers with it. */
  rejectAll(/** @type {string} */ sentence) {
    for (const { reject } of this.#open.values()) reject(new Error(sentence));
    this.#open.clear();
  }
}
