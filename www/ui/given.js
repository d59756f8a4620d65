// @ts-check
/** What a control says, as text, handed on to whom it concerns. */

/**
 * @template {HTMLInputElement | HTMLSelectElement} E
 * @param {((text: string, control: E) => unknown) | undefined} take
 */
export const given = (take) =>
  take && ((/** @type {EventOn<E>} */ { currentTarget }) => take(currentTarget.value, currentTarget));
