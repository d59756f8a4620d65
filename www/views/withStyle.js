// @ts-check
/** Loads a part of the page with the style that it needs. */

/**
 * Puts the style into the place that it is for, and resolves when both are there; leaves nothing behind where one can't be had.
 *
 * @template T
 * @param {HTMLElement} place
 * @param {string} address   of the style, relative to the page's scripts
 * @param {() => Promise<T>} load
 */
export async function withStyle(place, address, load) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL(address, import.meta.url).href;
  const styled = new Promise((resolve, reject) => {
    style.onload = resolve;
    style.onerror = () => reject(new Error(style.href));
  });
  place.append(style);
  try {
    const [part] = await Promise.all([load(), styled]);
    return part;
  } catch (error) {
    style.remove();
    throw error;
  }
}
