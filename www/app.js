// @ts-check
/** The page: gives the playground its place, and the address as memory. */
import { mount, showLack as showLackIn } from "./mount.js";

const root = () => /** @type {HTMLElement} */ (document.getElementById("app"));

const address = (/** @type {string} */ hash) => `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;

/**
 * The scripts don't wait for the page's own text and style, but what they draw needs both.
 */
async function pageIsThere() {
  if (document.readyState === "loading") await happens(document, "DOMContentLoaded");
  const style = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=stylesheet]"));
  if (style && !style.sheet) await Promise.race([happens(style, "load"), happens(style, "error")]);
}

const happens = (/** @type {EventTarget} */ target, /** @type {string} */ name) =>
  new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

/** @param {{core: Promise<WebAssembly.Module>, spawn: () => Worker}} parts */
export async function open({ core, spawn }) {
  await pageIsThere();
  const { playground } = mount(root(), {
    spawn,
    core,
    hash: location.hash,
    rememberHash: (hash) => history.replaceState(null, "", address(hash)),
  });
  // Somebody edits the address or goes back: the link is the experiment then too.
  addEventListener("hashchange", () => playground.openLink(location.hash));
}

/** Says what this browser lacks. */
export async function showLack(/** @type {string} */ sentence) {
  await pageIsThere();
  showLackIn(root(), sentence);
}
