// @ts-check
/** How the page looks: theme, density and language, kept from visit to visit. start.js sets them before the first picture. */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} Autosave */

/** @param {HTMLElement} page   the document's root @param {Autosave} storage */
export function createLook(page, storage) {
  const keep = (/** @type {string} */ key, /** @type {string | null} */ value) => {
    try {
      if (value === null) storage?.removeItem(`trainyard.${key}`);
      else storage?.setItem(`trainyard.${key}`, value);
    } catch {
      // Full or forbidden: it holds as long as the page.
    }
  };
  const set = (/** @type {"theme" | "density"} */ key, /** @type {string} */ value, /** @type {string} */ usual) => {
    if (value === usual) delete page.dataset[key];
    else page.dataset[key] = value;
    keep(key, value === usual ? null : value);
  };
  return {
    setTheme: (/** @type {string} */ theme) => set("theme", theme, "system"),
    /** From the next time that the page is loaded. */
    setLanguage: (/** @type {string} */ language) => keep("lang", language),
    setDensity: (/** @type {string} */ density) => set("density", density, "comfortable"),
  };
}
