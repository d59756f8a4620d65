// @ts-check
/** What opens from the engine chip: who computes and why, in full, with the choice. */
import { html, nothing } from "lit";
import { formatBytes, formatCount } from "../../base/format.js";
import { field } from "../../ui/field.js";
import { whenLeft } from "../../ui/leaving.js";
import { Within } from "../../ui/within.js";
import { t } from "../../base/text.js";

export class EngineCard extends Within {
  /** @param {import("../../session/playground.js").State} state */
  picks({ engine, settings, problems }) {
    return [engine, settings.engine, problems.engine];
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
    chip.addEventListener("keydown", key);
    this.atEnd(() => chip.removeEventListener("keydown", key));
  }

  render() {
    const { engine } = this.state;
    return html`
      <p>${engine?.reason ?? t("training.gettingReady")}</p>
      ${/^CPU × /.test(engine?.reason ?? "") ? html`<p>${t("training.severalWorkers")}</p>` : nothing}
      ${engine ? facts(engine) : nothing}
      ${field(this, "engine")}
      <p class="note">${t("settings.whoComputesAutoMeasures")}</p>
    `;
  }
}

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
