// @ts-check
/** An error that says, with a code and a sentence, why a command was not obeyed. */
export function commandError(/** @type {string} */ code, /** @type {string} */ sentence, fatal = false) {
  return Object.assign(new Error(sentence), { code, where: null, fatal });
}
