// @ts-check
/** What opens from the engine chip: who computes and why, in full, with the choice. */
import { html, nothing } from "lit";
import { loadPart } from "../../base/loadPart.js";
import { formatBytes, formatCount } from "../../base/format.js";
import { field } from "../../ui/field.js";
import { whenLeft } from "../../ui/leaving.js";
import { Within } from "../../ui/within.js";
import { t } from "../../base/text.js";

export class EngineCard extends Within {
  /** @type {typeof import("./engineDetails.js") | null} */
  #details = null;
  lack = "";

  /** @param {import("../../session/playground.js").State} state */
  picks({ engine, settings, problems, computed }) {
    return [engine, settings.engine, problems.engine, computed];
  }

  connectedCallback() {
    super.connectedCallback();
    const chip = /** @type {HTMLDetailsElement} */ (this.parentElement);
    whenLeft(
      this,
      () => [chip],
      () => (chip.open = false),
    );
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !chip.open) return;
      event.preventDefault();
      chip.open = false;
      chip.querySelector("summary")?.focus();
    };
    const opened = () => void (chip.open && this.#offer());
    chip.addEventListener("keydown", key);
    chip.addEventListener("toggle", opened);
    this.atEnd(() => {
      chip.removeEventListener("keydown", key);
      chip.removeEventListener("toggle", opened);
    });
    opened();
  }

  /** The details come once the card is open; what could not be had is asked for with the next opening. */
  async #offer() {
    try {
      this.#details ??= await loadPart("features/training/engineDetails.js");
    } catch (error) {
      this.lack = t("training.detailsLack", { message: /** @type {Error} */ (error).message });
    }
    this.requestUpdate();
  }

  render() {
    const { engine } = this.state;
    return html`
      <p>${engine?.reason ?? t("training.gettingReady")}</p>
      ${this.#details?.computedBy(this.state)}
      ${this.#details?.workers(engine)}
      ${engine ? facts(engine, this.#details) : nothing}
      ${field(this, "engine")}
      ${engine?.isFast ? nothing : html`<p class="note">${t("settings.whoComputesAutoMeasures")}</p>`}
      ${this.#details?.fastCore(this.playground, `${this.uid}-fast`, engine) ?? (this.lack ? html`<p class="note" role="alert">${this.lack}</p>` : nothing)}
    `;
  }
}

function facts(
  /** @type {import("../../session/playground.js").EngineInfo} */ {
    engine,
    adapter,
    deviceBytes,
    dispatchesPerStep,
    tiles,
  },
  /** @type {typeof import("./engineDetails.js") | null} */ details,
) {
  const row = (/** @type {string} */ label, /** @type {string} */ value) =>
    html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const onGpu = engine === "gpu";
  return html`
    <dl>
      ${row(t("training.adapter"), adapter ? `${adapter.name || t("training.wordUnnamed")}${adapter.isFallback ? t("training.software") : ""}` : t("training.noneUse"))}
      ${onGpu ? row(t("training.deviceMemory"), formatBytes(deviceBytes)) : nothing}
      ${onGpu ? row(t("training.dispatchesPerStep"), formatCount(dispatchesPerStep)) : nothing}
      ${details?.tileRows(tiles, row)}
    </dl>
  `;
}
