// @ts-check
/** The files of a feature that is loaded later. */
export const partOf = (/** @type {string} */ id) => ({
  script: `features/${id}/part.js`,
  style: `features/${id}/style.css`,
});
