// @ts-check
/**
 * Calls back whenever the reader turns to something else than these parts, as long as the view is on the page: what lies
 * over the page gives way then.
 *
 * @param {import("./panel.js").Panel} view
 * @param {() => (EventTarget | null)[]} parts
 * @param {() => void} left
 */
export function whenLeft(view, parts, left) {
  const listening = new AbortController();
  const turned = (/** @type {Event} */ event) => {
    const path = event.composedPath();
    if (!parts().some((part) => part && path.includes(part))) left();
  };
  for (const name of ["pointerdown", "focusin"])
    view.ownerDocument.addEventListener(name, turned, { signal: listening.signal });
  view.atEnd(() => listening.abort());
}
