// @ts-check
/**
 * For what trains beside the run: they share the worker, and each would disturb the other. The run stands still meanwhile,
 * and what trains beside it stops when the run is to go on.
 *
 * @param {import("./playground.js").Playground} playground
 * @param {() => void} stop
 * @returns {() => void} for when it is over
 */
export function runExclusively(playground, stop) {
  playground.pause();
  return playground.store.subscribe(({ run }, before) => {
    if (run?.state === "training" && before.run?.state !== "training") stop();
  });
}
