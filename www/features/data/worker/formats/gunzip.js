// @ts-check
/** A file that is compressed with gzip: what is inside is read in its place, as it streams. */
import { commandError } from "../../../../worker/commandError.js";
import { t } from "../../../../base/text.js";

/** @typedef {import("./intake.js").Intake} Intake */

export class Gunzip {
  #name;
  #inner;
  /** @type {unknown} */
  #problem = null;
  #writer;
  #flowing;

  /** @param {string} name @param {Intake} inner   takes the file inside */
  constructor(name, inner) {
    this.#name = name;
    this.#inner = inner;
    const { readable, writable } = new DecompressionStream("gzip");
    this.#writer = /** @type {WritableStreamDefaultWriter<Uint8Array>} */ (writable.getWriter());
    this.#writer.closed.catch(() => {}); // told by what is read
    this.#flowing = this.#flow(/** @type {ReadableStreamDefaultReader<Uint8Array>} */ (readable.getReader()));
  }

  /** @returns {number} */
  get rows() {
    return this.#inner.rows;
  }

  async take(/** @type {Uint8Array} */ bytes) {
    await Promise.race([this.#writer.write(bytes).catch(() => {}), this.#flowing]);
    if (this.#problem) throw this.#problem;
  }

  /** @returns {ReturnType<Intake["finish"]>} */
  async finish() {
    await this.#writer.close().catch(() => {});
    await this.#flowing;
    if (this.#problem) throw this.#problem;
    return this.#inner.finish();
  }

  free() {
    void this.#writer.abort().catch(() => {});
    this.#inner.free();
  }

  /** Resolves in any case: what went wrong is kept. */
  async #flow(/** @type {ReadableStreamDefaultReader<Uint8Array>} */ reader) {
    for (;;) {
      let piece;
      try {
        piece = await reader.read();
      } catch {
        this.#problem = commandError("table", t("data.cantUnpackedCompressedFile", { name: this.#name }));
        return;
      }
      if (piece.done) return;
      try {
        await this.#inner.take(piece.value);
      } catch (error) {
        this.#problem = error;
        void reader.cancel().catch(() => {});
        return;
      }
    }
  }
}
