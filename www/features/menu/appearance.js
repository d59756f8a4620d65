// @ts-check
/** How the page looks: theme and density, kept from visit to visit. start.js sets them before the first picture. */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} Autosave */

/** @param {HTMLElement} page   the document's root @param {Autosave} storage */
export function createLook(page, storage) {
  const set = (/** @type {"theme" | "density"} */ key, /** @type {string} */ value, /** @type {string} */ usual) => {
    if (value === usual) delete page.dataset[key];
    else page.dataset[key] = value;
    try {
      if (value === usual) storage?.removeItem(`trainyard.${key}`);
      else storage?.setItem(`trainyard.${key}`, value);
    } catch {
      // Full or forbidden: it holds as long as the page.
    }
  };
  return {
    setTheme: (/** @type {string} */ theme) => set("theme", theme, "system"),
    setDensity: (/** @type {string} */ density) => set("density", density, "comfortable"),
  };
}
