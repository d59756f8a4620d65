// @ts-check
/** Whether a remedy holds is tried before it is offered: it is trained on with, apart from the run. */
/** @typedef {import("../../../session/protocol.js").Metrics} Metrics */
import { SLICE_MS } from "../../../worker/timeSlice.js";

/**
 * The number of the first of some experiments that after so many steps has neither diverged nor a training loss above
 * `most`; −1 where none is like that.
 *
 * @param {{from: Uint8Array | null, specs: import("../../../session/protocol.js").Spec[], steps: number, most: number}} terms   from that checkpoint, or from the start
 * @param {import("../../../worker/engines.js").Engines["cpu"]} open
 * @param {import("../../../worker/runner.js").Clock} clock
 * @param {() => boolean} isOver   nobody waits for the answer any more
 */
export async function firstToHold({ from, specs, steps, most }, open, clock, isOver) {
  for (const [i, spec] of specs.entries()) {
    const trainer = await open(spec);
    try {
      if (from) await trainer.branch(from);
      const end = trainer.progress().step + steps;
      while (!isOver()) {
        const { step } = trainer.progress();
        const { step: now, status } = trainer.advance(end - step, SLICE_MS);
        if (status === "diverged") break;
        if (now >= end || now === step) {
          if (/** @type {Metrics} */ (await trainer.evaluate("train")).loss <= most) return i;
          break;
        }
        await clock.turn();
      }
    } finally {
      trainer.free();
    }
  }
  return -1;
}
