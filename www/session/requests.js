// @ts-check
/** What was asked of a worker and is not answered yet. */

export class Requests {
  #post;
  #last = 0;
  /** @type {Map<number, {type: string, resolve: (value: any) => void, reject: (error: Error) => void, onNews?: (news: any) => void}>} */
  #open = new Map();

  /** @param {(message: object) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /**
   * @param {{type: string, [field: string]: any}} command
   * @param {(news: any) => void} [onNews]   hears what comes before the reply
   * @param {AbortSignal} [signal]   cancels it
   * @returns {Promise<any>}
   */
  ask(command, onNews, signal) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { type: command.type, resolve, reject, onNews });
      this.#post({ ...command, id });
      signal?.addEventListener("abort", () => this.#post({ type: "cancel", id }));
    });
  }

  get types() {
    return [...this.#open.values()].map(({ type }) => type);
  }

  tell(/** @type {{id: number, news: any}} */ { id, news }) {
    this.#open.get(id)?.onNews?.(news);
  }

  settle(/** @type {any} */ { id, ok, value, error }) {
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
