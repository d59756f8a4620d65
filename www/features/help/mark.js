// @ts-check
/** The ⓘ beside each control. What it says is loaded when somebody is about to ask. */
import { tellLack } from "../../session/pending.js";
import { settingOf } from "../../settings/config.js";
import { info } from "../../ui/explain.js";
import { t } from "../../base/text.js";

/** Gives each control of a panel its ⓘ. Not a part of the templates: it comes late, and moves nothing. */
export function mark(/** @type {HTMLElement} */ panel) {
  for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (panel.querySelectorAll("[data-setting]"))) {
    const label = control.labels?.[0];
    if (label && !label.contains(control)) put(label, control.dataset.setting ?? "");
  }
  for (const heading of /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll("[data-about]")))
    put(heading, heading.dataset.about ?? "");
  for (const word of /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll("[data-line]"))) put(word);
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll(".figures > .figure > span")))
    put(label);
}

/** @param {HTMLElement} beside @param {string} [key]   of a setting; else the words themselves say what it is about */
function put(beside, key) {
  let info = beside.parentElement?.querySelector(":scope > .info");
  if (!info) {
    info = Object.assign(document.createElement("button"), { type: "button", className: "info", textContent: "i" });
    info.setAttribute("aria-expanded", "false");
    beside.after(info);
  }
  const name = t("help.about", { label: key ? settingOf(key).label : (beside.textContent ?? "") });
  if (info.getAttribute("aria-label") !== name) info.setAttribute("aria-label", name);
}

/**
 * Gives the page's controls theirs, now and with each drawing. Returns the function that ends it.
 *
 * @param {HTMLElement} root
 * @param {import("../../session/playground.js").Playground} playground
 * @param {() => Promise<typeof import("./part.js")>} load
 */
export function followInfo(root, playground, load) {
  info.mark = mark;
  mark(root);
  const listening = new AbortController();
  const get = async () => {
    (await load()).attach(root);
    listening.abort(); // from now on it listens itself
  };
  const on = (/** @type {string} */ name, /** @type {(info: HTMLElement, event: Event) => void} */ then) =>
    root.addEventListener(
      name,
      (event) => {
        const sign = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".info"));
        if (sign) then(sign, event);
      },
      { signal: listening.signal, capture: true },
    );
  for (const name of ["pointerover", "focusin"]) on(name, () => void get().catch(() => {})); // a click tells why
  on("click", (sign, event) => {
    event.preventDefault(); // a label or a summary around it stays as it is
    event.stopPropagation(); // and the picture under it asks nothing
    const ask = () =>
      void get().then(
        () => sign.click(),
        ({ message }) => tellLack(playground.store, t("help.explanationsSettingsCouldNot", { message }), ask),
      );
    ask();
  });
  return () => listening.abort();
}
