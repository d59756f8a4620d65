// @ts-check
/** What keys do, wherever they are pressed; the sheet of them (menu/keysDialog.js) opens with "?". */

/** What a key does, or null; a key that the focused control uses itself is left to it. */
export function shortcut(/** @type {KeyboardEvent} */ event) {
  if (event.defaultPrevented || event.altKey) return null;
  const target = /** @type {HTMLElement | null} */ (event.composedPath?.()[0] ?? event.target);
  const uses = (/** @type {string} */ selector) => target?.matches?.(selector) ?? false;
  const isText = uses("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
  if (event.ctrlKey || event.metaKey) return withControl(event, isText);
  const isFresh = !isText && !event.repeat;
  switch (event.key) {
    case " ":
      // A held key repeats: it must not flicker between play and pause. To a slider or the chosen one of several it means nothing.
      return isFresh && !uses("button, summary, a[href], input:not([type=range], [type=radio]:checked)")
        ? "toggle"
        : null;
    case "ArrowRight":
      return isText || uses("input[type=radio], input[type=range], [role=slider]")
        ? null
        : event.shiftKey
          ? "epoch"
          : "batch";
    default:
      return isFresh
        ? (LETTERS[event.key.toLowerCase()] ?? (/^[1-9]$/.test(event.key) ? `preset ${event.key}` : null))
        : null;
  }
}

/** @type {Record<string, string>} */
const LETTERS = { r: "reset", s: "share", "?": "keys", "[": "slower", "]": "faster" };

function withControl(/** @type {KeyboardEvent} */ { key, shiftKey, repeat }, /** @type {boolean} */ isText) {
  const letter = key.toLowerCase();
  if (letter === "k" && !repeat) return "palette";
  // A field undoes its own text.
  if (isText) return null;
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" ? "redo" : null;
}

/**
 * @param {EventTarget} root
 * @param {import("../session/playground.js").Playground} playground
 * @param {(action: string) => void} menu   what the menu does
 * @returns {() => void} ends it
 */
export function listenToKeys(root, playground, menu) {
  const listener = (/** @type {Event} */ pressed) => {
    const event = /** @type {KeyboardEvent & {target: Element | null}} */ (pressed);
    // A dialog has the keyboard to itself.
    if (event.target?.closest?.("dialog[open]")) return;
    const action = shortcut(event);
    if (!action) return;
    event.preventDefault();
    if (action === "toggle") playground.toggle();
    else if (action === "reset") playground.reset();
    else if (action === "batch" || action === "epoch") playground.step(action);
    else menu(action);
  };
  root.addEventListener("keydown", listener);
  return () => root.removeEventListener("keydown", listener);
}
