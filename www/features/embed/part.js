// @ts-check
/** The compact layout: the picture, the run bar, and one control between them. */
import { nothing } from "lit";
import { applies, settingOf } from "../../settings/config.js";
import { write } from "../../settings/parse.js";
import { defineAll } from "../../ui/defineAll.js";
import { field } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";
import { slider } from "../../ui/slider.js";

class EmbedControl extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems }) {
    return [settings, problems];
  }

  render() {
    const { settings } = this.state;
    if (settings.control === "none") return nothing;
    const chosen = settingOf(settings.control);
    const row = applies(chosen, settings) ? chosen : settingOf("learningRate");
    return row.stops ? this.#alongStops(row) : field(this, row.key);
  }

  /** Values a factor apart lie as far from each other as any two others. */
  #alongStops(/** @type {import("../../settings/config.js").Setting} */ row) {
    const { stops = [], key, label } = row;
    const value = this.state.settings[key];
    const at = stops.findLastIndex((stop) => stop <= value);
    const id = `${this.uid}-${key}`;
    return slider({
      id,
      label,
      kind: row.kind,
      key,
      max: stops.length - 1,
      value: Math.max(0, at),
      shown: write(row, value),
      enter: (text) => this.playground.set(key, stops[Number(text)]),
    });
  }
}

export const define = (registry = customElements) => defineAll({ "ty-embed-control": EmbedControl }, registry);

/** Puts the control below the picture; the style shows it in the compact layout only. */
export function attach(
  /** @type {HTMLElement} */ root,
  /** @type {import("../../session/playground.js").Playground} */ playground,
) {
  root.querySelector("main")?.append(Object.assign(document.createElement("ty-embed-control"), { playground }));
}
