// @ts-check
/** Space plays and pauses, → steps a batch, Shift + → an epoch, R resets. */

/** What a key does, or null; a key that the focused control uses itself is left to it. */
export function shortcut(/** @type {KeyboardEvent} */ event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const target = /** @type {HTMLElement | null} */ (event.composedPath?.()[0] ?? event.target);
  const uses = (/** @type {string} */ selector) => target?.matches?.(selector) ?? false;
  const isText = uses("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
  switch (event.key) {
    case " ":
      // A held key repeats: it must not flicker between play and pause.
      return isText || event.repeat || uses("button, summary, a[href], input") ? null : "toggle";
    case "ArrowRight":
      return isText || uses("input[type=radio], input[type=range]") ? null : event.shiftKey ? "epoch" : "batch";
    case "r":
    case "R":
      return isText || event.repeat ? null : "reset";
    default:
      return null;
  }
}

/**
 * @param {EventTarget} root
 * @param {import("../core/playground.js").Playground} playground
 * @returns {() => void} ends it
 */
export function listenToKeys(root, playground) {
  const listener = (/** @type {any} */ event) => {
    const action = shortcut(event);
    if (!action) return;
    event.preventDefault();
    if (action === "toggle") playground.toggle();
    else if (action === "reset") playground.reset();
    else playground.step(action);
  };
  root.addEventListener("keydown", listener);
  return () => root.removeEventListener("keydown", listener);
}
