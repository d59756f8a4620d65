// @ts-check
/** Loads a part of the page with the style that it needs. */
import { addressOf, loadPart, orAdvice } from "../base/loadPart.js";

/**
 * Puts the style into the place that it is for, and resolves when both are there; leaves nothing behind where one can't be had.
 *
 * @param {HTMLElement} place
 * @param {{script: string, style: string}} part   as from `www/`
 */
export async function withStyle(place, { script, style: address }) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = addressOf(address);
  const styled = new Promise((resolve, reject) => {
    style.onload = () => (isBlank(style.sheet) ? reject() : resolve(null));
    style.onerror = () => reject();
  });
  place.append(style);
  try {
    const [part] = await Promise.all([loadPart(script), orAdvice(styled)]);
    part.define?.();
    return part;
  } catch (error) {
    style.remove();
    throw error;
  }
}

/** Whether something else came in its place, such as a portal's page. */
function isBlank(/** @type {CSSStyleSheet | null} */ sheet) {
  try {
    return !sheet?.cssRules.length;
  } catch {
    return false; // in a sandboxed frame, rules of another origin can't be read
  }
}
