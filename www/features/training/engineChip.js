// @ts-check
/** Who computes and why, in short; opened, in full, with the choice. */
import { html, nothing } from "lit";
import { formatBytes, formatCount, formatSpeed } from "../../base/format.js";
import { field } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class EngineChip extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ engine, frame, settings, problems, help }) {
    return [engine, frame?.stepsPerSecond, settings.engine, problems.engine, help];
  }

  connectedCallback() {
    super.connectedCallback();
    // What lies over the page gives way as soon as the reader turns to something else.
    const { ownerDocument: page } = this;
    const left = (/** @type {Event} */ event) => {
      if (!event.composedPath().includes(this)) this.#close();
    };
    for (const name of ["pointerdown", "focusin"]) page.addEventListener(name, left);
    this.atEnd(() => ["pointerdown", "focusin"].forEach((name) => page.removeEventListener(name, left)));
  }

  #close() {
    const details = this.querySelector("details");
    if (details) details.open = false;
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "Escape") return;
    this.#close();
    this.querySelector("summary")?.focus();
  }

  render() {
    const { engine, frame, help } = this.state;
    const name = (engine?.engine ?? "cpu").toUpperCase();
    return html`
      <details class="engine" @keydown=${this.#key}>
        <summary class="chip" title=${engine?.reason ?? ""}>
          <span class="chip-line"><b class="chip-engine" data-engine=${engine?.engine ?? "cpu"}>${name}</b>
            <span class="chip-speed">${formatSpeed(frame?.stepsPerSecond ?? 0)} ${t("training.stepsS")}</span></span>
          <span class="chip-reason">${engine ? short(engine.reason) : "\u00a0"}</span>
        </summary>
        <div class="engine-card">
          <p>${engine?.reason ?? t("training.gettingReady")}</p>
          ${engine ? facts(engine) : nothing}
          ${field(this, "engine")}
          <p class="note">${help.engine}</p>
        </div>
      </details>
    `;
  }
}

/** The first clause, without the engine's name, which stands in the chip already; all of it is in the card. */
const short = (/** @type {string} */ reason) => reason.replace(/^(CPU|GPU): /, "").split(/[,;(]/)[0];

function facts(
  /** @type {import("../../session/playground.js").EngineInfo} */ { engine, adapter, deviceBytes, dispatchesPerStep },
) {
  const row = (/** @type {string} */ label, /** @type {string} */ value) =>
    html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const onGpu = engine === "gpu";
  return html`
    <dl>
      ${row(t("training.adapter"), adapter ? `${adapter.name || t("training.wordUnnamed")}${adapter.isFallback ? t("training.software") : ""}` : t("training.noneUse"))}
      ${onGpu ? row(t("training.deviceMemory"), formatBytes(deviceBytes)) : nothing}
      ${onGpu ? row(t("training.dispatchesPerStep"), formatCount(dispatchesPerStep)) : nothing}
    </dl>
  `;
}
