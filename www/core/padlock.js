// @ts-check
/**
 * The padlock on the test rows of one's own data. They say how good a model is only as long as nothing is chosen by
 * them: so they stay out of sight until somebody opens the lock, and how often that was is remembered.
 *
 * @typedef {{isOpen: boolean, looks: number, rows: string, settings: string}} Lock
 */

/** Whether test rows, and what the net makes of them, are not to be seen. Without a lock they are. */
export const isLocked = (/** @type {{lock: Lock | null}} */ { lock }) => lock !== null && !lock.isOpen;
