// @ts-check
/**
 * The next animation frame, at most sixty a second, so that a fast screen does not train faster. A hidden page has
 * none: a slow timer keeps the training going there.
 */
export function createFrames() {
  const EVERY = 1000 / 60;
  const EARLY = 2; // screens are not that exact
  const LONGEST = 250;
  let due = 0;
  return (/** @type {() => void} */ callback) => {
    let isDone = false;
    const show = (/** @type {number} */ time) => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      due = Math.max(due, time - EVERY) + EVERY;
      callback();
    };
    // By the screen's time, not by the clock: a frame that comes late must not take the next one's turn.
    const tick = (/** @type {number} */ time) => (time < due - EARLY ? requestAnimationFrame(tick) : show(time));
    const timer = setTimeout(() => show(performance.now()), LONGEST);
    requestAnimationFrame(tick);
  };
}
