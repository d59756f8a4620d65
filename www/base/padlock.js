// @ts-check
/** Whether the padlock on the test rows is shut (locks.js has the rest of it). Rows without a lock are open to all. */
export const isLocked = (/** @type {{lock: import("../session/locks.js").Lock | null}} */ { lock }) =>
  Boolean(lock && !lock.isOpen);
