// @ts-check
/**
 * A worker that may be taken away and given back. To its client one that comes back has crashed: it puts another in its
 * place, and the run goes on from its last copy, as it does after a crash.
 *
 * @typedef {import("../session/client.js").WorkerLike} WorkerLike
 */

/** What a worker that is away need not hear. */
const IN_VAIN = ["ack", "ping"];

/** @implements {WorkerLike} */
export class SeatWorker {
  /** @type {Worker | null} */
  #worker;
  #wanted;
  /** @type {WorkerLike["onmessage"]} */
  onmessage = null;
  /** @type {WorkerLike["onerror"]} */
  onerror = null;

  /** @param {Worker} worker @param {() => void} wanted   it was asked something while it was away */
  constructor(worker, wanted) {
    this.#wanted = wanted;
    this.#worker = worker;
    worker.onmessage = (event) => this.onmessage?.(event);
    worker.onerror = (event) => this.onerror?.(event);
  }

  postMessage(/** @type {{type?: string}} */ message, /** @type {Transferable[]} */ transfer = []) {
    if (this.#worker) this.#worker.postMessage(message, transfer);
    else if (!IN_VAIN.includes(message.type ?? "")) this.#wanted();
  }

  terminate() {
    if (!this.#worker) return;
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = null;
  }

  /** Its client gets another. */
  replace() {
    this.onerror?.({ message: "" });
  }
}
