// @ts-check
/**
 * Shows what the page's author locked (the setting "lock"): its controls are off, with a padlock at their names, and say why.
 * That nothing changes it, the playground sees to; so this may come late, and isn't a part of the templates.
 *
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLButtonElement} Control
 */
import { render } from "lit";
import { padlockIcon } from "../../ui/padlockIcon.js";
import { CONTROLS } from "../../ui/settingControls.js";
import { t } from "../../base/text.js";

/** What has a setting's name where its field hasn't. @type {Record<string, string>} */
const NAMES = {
  source: ".sources",
  features: ".features > :is(legend, .columns-title)",
  layers: "ty-model-panel .stepper > span, .layer-cards > legend",
  seed: ".run-seed",
};

let notes = 0;

/**
 * @param {HTMLElement} root
 * @param {import("../../session/playground.js").Playground} playground
 * @param {ParentNode} [place]   where the reason is kept, to be read with each control
 * @returns {() => void} ends it
 */
export function attach(root, playground, place = root) {
  const note = Object.assign(document.createElement("p"), { id: `lock-note-${++notes}`, hidden: true });
  note.textContent = t("locks.why");
  place.append(note);
  /** What is off by this, and whether it was off before. @type {Map<Control, boolean>} */
  const off = new Map();
  /** @type {Set<Element>} */
  const named = new Set();

  const mark = () => {
    /** @type {string[]} */
    const keys = playground.store.get().settings.lock ?? [];
    /** @type {Set<Control>} */
    const controls = new Set();
    /** @type {Set<Element>} */
    const names = new Set();
    for (const key of keys) {
      for (const control of /** @type {NodeListOf<Control>} */ (
        root.querySelectorAll([`[data-setting="${key}"]`, CONTROLS[key] ?? []].flat().join())
      )) {
        controls.add(control);
        const field = control.closest(".field");
        if (!field || !control.matches("[data-setting]")) continue;
        for (const button of /** @type {NodeListOf<Control>} */ (field.querySelectorAll(".nudge")))
          controls.add(button);
        const label = field.querySelector("label");
        if (label) names.add(label);
      }
      for (const place of root.querySelectorAll(NAMES[key] ?? ":not(*)")) names.add(place);
    }
    for (const control of controls) {
      if (!off.has(control)) {
        off.set(control, control.disabled);
        control.setAttribute("aria-describedby", note.id);
      }
      if (control.title !== note.textContent) control.title = note.textContent ?? "";
      if (!control.disabled) control.disabled = true;
    }
    for (const [control, was] of off)
      if (!controls.has(control)) {
        off.delete(control);
        control.disabled = was;
        control.removeAttribute("aria-describedby");
        control.removeAttribute("title");
      }
    for (const name of names) if (!name.querySelector(".lock-sign")) name.append(sign());
    for (const name of named) if (!names.has(name)) name.querySelector(".lock-sign")?.remove();
    named.clear();
    for (const name of names) named.add(name);
  };

  mark();
  // Views are drawn anew, and come later.
  const observer = new MutationObserver(mark);
  observer.observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "data-setting"],
  });
  const stop = playground.store.subscribe((state, before) => state.settings !== before.settings && mark());
  return () => {
    stop();
    observer.disconnect();
    note.remove();
  };
}

/** A padlock beside a name. */
function sign() {
  const place = Object.assign(document.createElement("span"), { className: "lock-sign" });
  render(padlockIcon(false), place);
  return place;
}
