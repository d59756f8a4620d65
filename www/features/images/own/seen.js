// @ts-check
/** What the network sees of pictures, made as it is asked for: one at least, then as many as a frame has room for. */
import { framed } from "./frame.js";

/** So long they are made at a time, in milliseconds. */
const SLICE_MS = 8;

export class Seen {
  /** As long as it is seen in the same way. @type {WeakMap<import("./frame.js").Picture, {as: string, pixels: Uint8Array}>} */
  #known = new WeakMap();
  #until = Infinity;

  /** A frame begins. */
  begin() {
    this.#until = Infinity;
  }

  /** Null where the frame's time is over. @param {import("./frame.js").Picture} picture @param {import("./frame.js").Seeing} how */
  of(picture, how) {
    const as = JSON.stringify(how);
    const known = this.#known.get(picture);
    if (known?.as === as) return known.pixels;
    const now = performance.now();
    if (now > this.#until) return null;
    this.#until = Math.min(this.#until, now + SLICE_MS);
    const pixels = framed(picture, how);
    this.#known.set(picture, { as, pixels });
    return pixels;
  }
}
