// @ts-check
/**
 * Does something once, however often it is asked for; what failed may be tried again: the connection may be better then.
 *
 * @template T
 * @template {unknown[]} A
 * @param {(...of: A) => Promise<T>} act
 */
export function once(act) {
  /** @type {Promise<T> | null} */
  let done = null;
  return (/** @type {A} */ ...of) =>
    (done ??= act(...of).catch((error) => {
      done = null;
      throw error;
    }));
}
