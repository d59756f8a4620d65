// @ts-check
/**
 * The next animation frame, at most about sixty a second, so that a fast screen does not train
 * faster. A hidden page has none: a slow timer keeps the training going there.
 */
export function createFrames() {
  const SHORTEST = 15;
  const LONGEST = 250;
  let last = 0;
  return (/** @type {() => void} */ callback) => {
    let isDone = false;
    const now = () => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      last = performance.now();
      callback();
    };
    const tick = () => (performance.now() - last < SHORTEST ? requestAnimationFrame(tick) : now());
    const timer = setTimeout(now, LONGEST);
    requestAnimationFrame(tick);
  };
}
