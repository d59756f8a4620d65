// @ts-check
/**
 * Views that appear together draw one after the other, each in an animation frame of its own: together they would
 * hold the page up for longer than one should.
 */
let last = Promise.resolve();

/** Resolves in a frame that nobody else has. */
export function turn() {
  last = last.then(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  return last;
}

/**
 * A view that waits for its turn before it draws for the first time.
 *
 * @template {new (...parts: any[]) => import("lit").LitElement} Base
 * @param {Base} base
 */
export const inTurn = (base) =>
  class extends base {
    async scheduleUpdate() {
      if (!this.hasUpdated) await turn();
      super.scheduleUpdate();
    }
  };
