// @ts-check
/** What opens from the engine chip: who computes and why, in full, with the choice. */
import { html, nothing } from "lit";
import { loadPart } from "../../base/loadPart.js";
import { formatBytes, formatCount, formatNumber } from "../../base/format.js";
import { field } from "../../ui/field.js";
import { whenLeft } from "../../ui/leaving.js";
import { Within } from "../../ui/within.js";
import { t } from "../../base/text.js";

export class EngineCard extends Within {
  /** @type {typeof import("./fastCore.js") | null} */
  #fast = null;
  lack = "";

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
    const opened = () => void (chip.open && this.#offer());
    chip.addEventListener("keydown", key);
    chip.addEventListener("toggle", opened);
    this.atEnd(() => {
      chip.removeEventListener("keydown", key);
      chip.removeEventListener("toggle", opened);
    });
    opened();
  }

  /** The choice of the fast core comes once the card is open; what could not be had is asked for with the next opening. */
  async #offer() {
    try {
      this.#fast ??= await loadPart("features/training/fastCore.js");
    } catch (error) {
      this.lack = t("training.fastLacks", { message: /** @type {Error} */ (error).message });
    }
    this.requestUpdate();
  }

  render() {
    const { engine } = this.state;
    return html`
      <p>${engine?.reason ?? t("training.gettingReady")}</p>
      ${/^CPU × /.test(engine?.reason ?? "") ? html`<p>${t("training.severalWorkers")}</p>` : nothing}
      ${engine ? facts(engine) : nothing}
      ${field(this, "engine")}
      ${engine?.isFast ? nothing : html`<p class="note">${t("settings.whoComputesAutoMeasures")}</p>`}
      ${this.#fast?.fastCore(this.playground, `${this.uid}-fast`, engine) ?? (this.lack ? html`<p class="note" role="alert">${this.lack}</p>` : nothing)}
    `;
  }
}

/** Numbers of a product that a thread makes: its blocks are of four by four. */
const numbersOf = (/** @type {import("../../session/protocol.js").Tiles["size"]} */ [values, weights]) =>
  [values, weights].map((blocks) => formatCount(16 * blocks)).join(" / ");

function facts(
  /** @type {import("../../session/playground.js").EngineInfo} */ {
    engine,
    adapter,
    deviceBytes,
    dispatchesPerStep,
    tiles,
  },
) {
  const row = (/** @type {string} */ label, /** @type {string} */ value) =>
    html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const onGpu = engine === "gpu";
  return html`
    <dl>
      ${row(t("training.adapter"), adapter ? `${adapter.name || t("training.wordUnnamed")}${adapter.isFallback ? t("training.software") : ""}` : t("training.noneUse"))}
      ${onGpu ? row(t("training.deviceMemory"), formatBytes(deviceBytes)) : nothing}
      ${onGpu ? row(t("training.dispatchesPerStep"), formatCount(dispatchesPerStep)) : nothing}
      ${tiles ? row(t("training.tileSize"), t("training.tileTaken", { size: numbersOf(tiles.size) })) : nothing}
      ${tiles?.trials.map(({ size, ms }) => row(t("training.tileTried", { size: numbersOf(size) }), t("training.tileMs", { ms: formatNumber(ms) })))}
    </dl>
  `;
}
