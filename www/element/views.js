// @ts-check
/** What an element shows: one of the page's own views, with its controls below. */
import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { loadPart } from "../base/loadPart.js";
import { USUAL_CONTROLS } from "../settings/elementControls.js";
import { defineAll } from "../ui/defineAll.js";
import { controlsOf } from "./attributes.js";
import { Bar } from "./bar.js";
import { adopt } from "./styles.js";
import { withStyle } from "./withStyle.js";
import { t } from "../base/text.js";

const VIEWS = {
  "ty-yard-bar": Bar,
};

export const defineViews = (registry = customElements) => defineAll(VIEWS, registry);

/** @typedef {import("../session/playground.js").Playground} Playground */

/** @typedef {{element: string, load: () => Promise<unknown>, with?: (host: Element) => object}} View */

const partOf = (/** @type {string} */ id) => ({ script: `features/${id}/part.js`, style: `features/${id}/style.css` });

/** A study: as high as it is, and with the styles that the page's come with. @param {string} id */
const study = (id) => () => Promise.all([withStyle(document.body, partOf(id)), adopt("study.css")]);

/** What one does with the graph is loaded once somebody touches it. @param {Element} host */
const closer = (host) => async (/** @type {HTMLElement} */ place) => {
  await new Promise((resolve) => {
    for (const name of ["pointerenter", "focusin"]) host.addEventListener(name, resolve, { once: true });
  });
  return withStyle(place, partOf("model"));
};

const field = { element: "ty-output-panel", load: async () => (await loadPart("field.js")).define() };

/** @type {Record<string, View>} */
const PICTURES = {
  field,
  curve: field,
  network: {
    element: "ty-model-panel",
    load: async () => (await loadPart("network.js")).define(),
    with: (host) => ({ loadOverlay: closer(host) }),
  },
  loss: { element: "ty-loss-chart", load: async () => (await loadPart("loss.js")).define() },
  confusion: { element: "ty-confusion", load: study("confusion") },
  roc: { element: "ty-threshold-panel", load: study("threshold") },
  surface: { element: "ty-surface", load: study("surface") },
};

/** On a phone higher than the screen: Play comes before them. */
const TALL = ["confusion", "roc", "surface"];

export const NAMES = Object.keys(PICTURES);

/** @param {View} view @param {Element} host @param {Playground} playground @param {(message: string) => void} fail */
function placeOf({ element, load, with: given }, host, playground, fail) {
  const place = Object.assign(document.createElement("div"), { className: "brought", textContent: t("ui.loading") });
  const bring = async () => {
    try {
      await load();
      place.replaceChildren(Object.assign(document.createElement(element), { playground, ...given?.(host) }));
    } catch (error) {
      place.textContent = "";
      fail(/** @type {Error} */ (error).message);
    }
  };
  void bring();
  return place;
}

/**
 * @param {Element} host
 * @param {import("./live.js").Live} live
 * @param {Playground} playground
 * @param {(message: string) => void} fail
 */
export function viewOf(host, live, playground, fail) {
  const view = host.getAttribute("view") ?? "field";
  if (!NAMES.includes(view)) throw new Error(t("element.noView", { view, names: NAMES.join(", ") }));
  const controls = controlsOf(host.getAttribute("controls") ?? USUAL_CONTROLS.join());
  const picture = guard([view, playground], () => placeOf(PICTURES[view], host, playground, fail));
  const pane = html`<div class="pane" data-view=${view} role="group" aria-label=${host.getAttribute("aria-label") ?? t("element.playground")}>${picture}</div>`;
  const bar = controls.length
    ? html`<ty-yard-bar .playground=${playground} .live=${live} .controls=${controls}></ty-yard-bar>`
    : nothing;
  return TALL.includes(view) ? html`${bar}${pane}` : html`${pane}${bar}`;
}
