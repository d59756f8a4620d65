// @ts-check
/** Loads a part of the page with the style that it needs. */
import { addressOf } from "../base/files.js";
import { loadPart, orAdvice } from "../base/loadPart.js";

/** A style that never came is asked for under another address: a browser would go on to wait for that of before. */
let tries = 0;

/**
 * Puts the style into the place that it is for, and resolves when both are there; leaves nothing behind where one can't be had.
 *
 * @param {HTMLElement} place
 * @param {{script: string, style: string}} part   as from `www/`
 */
export async function withStyle(place, { script, style: address }) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = addressOf(address) + (tries ? `?again=${tries}` : "");
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
    tries += 1;
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
