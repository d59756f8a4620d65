// @ts-check
/** A setting's key, as an attribute calls it. */
export const kebab = (/** @type {string} */ name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** And back. */
export const camel = (/** @type {string} */ name) =>
  name.replace(/-([a-z])/g, (_, /** @type {string} */ letter) => letter.toUpperCase());
