// @ts-check
/** What the Enter key does in a field: a form would do nothing in a sandboxed frame, which may send none. */
export const onEnter = (/** @type {() => void} */ act) => (/** @type {KeyboardEvent} */ event) => {
  if (event.key !== "Enter" || event.isComposing) return; // it ends what an input method composes
  event.preventDefault();
  act();
};
