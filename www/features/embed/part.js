// @ts-check
/** The compact layout: the picture, the run bar, and one control between them. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { applies, settingOf } from "../../settings/config.js";
import { write } from "../../settings/parse.js";
import { defineAll } from "../../ui/defineAll.js";
import { field } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";

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
    const set = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) =>
      this.playground.set(key, stops[Number(currentTarget.value)]);
    const id = `${this.uid}-${key}`;
    return html`
      <div class="field" data-kind=${row.kind}>
        <label for=${id}>${label}</label>
        <span class="slider">
          <input type="range" id=${id} data-setting=${key} min="0" max=${stops.length - 1} step="1" aria-valuetext=${write(row, value)}
            .value=${live(String(Math.max(0, at)))} @input=${set} />
          <span class="slider-value" aria-hidden="true">${write(row, value)}</span>
        </span>
      </div>
    `;
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
