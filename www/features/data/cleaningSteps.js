// @ts-check
/** The report: what was done to which rows, so that none is lost in silence; and the way back. */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { InspectorPart } from "./inspectorPart.js";
import { t } from "../../base/text.js";

export class CleaningSteps extends InspectorPart {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings }) {
    return [settings.clean];
  }

  /** @param {import("./tableInspector.js").InspectorState} state */
  picksOfTable({ report, problem }) {
    return [report, problem];
  }

  render() {
    const { report, problem } = this.inspector.store.get();
    const { clean } = this.state.settings;
    return html`
      <h3>${t("data.report")}</h3>
      ${report ? balance(report) : html`<p class="note">${problem ? t("data.thereNothingCountCant") : t("data.counting")}</p>`}
      <ol class="reported" aria-label="${t("data.whatWasDone")}">
        ${report?.reported.map(({ sentence }) => html`<li>${sentence}</li>`) ?? nothing}
      </ol>
      <div class="finding-fixes">
        <button type="button" class="button" ?disabled=${clean.length === 0} @click=${() => this.inspector.undo()}>${t("data.undo")}</button>
        ${clean.length > 1 ? html`<button type="button" class="button" @click=${() => this.inspector.undoAll()}>${t("data.undoAll")} ${clean.length}</button>` : nothing}
      </div>
      <p class="note">${t("data.tableItselfStaysWas")}</p>
    `;
  }
}

/** Rows in = rows used + rows left out, as a sum and as a bar. */
function balance(/** @type {import("../../session/tables.js").Report} */ { rowsIn, rowsOut }) {
  const left = rowsIn - rowsOut;
  const share = (100 * rowsOut) / Math.max(rowsIn, 1);
  return html`
    <p class="balance"><span><b>${formatCount(rowsIn)}</b> ${t("data.in")}</span> = <span><b>${formatCount(rowsOut)}</b> ${t("data.used")}</span> + <span><b>${formatCount(left)}</b> ${t("data.leftOut")}</span></p>
    <svg class="split-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${t("data.used2", { rowsOut: t("count.rows", { count: rowsOut }), rowsIn })}">
      <rect class="split-train" width=${share} height="10"></rect><rect class="split-left" x=${share} width=${100 - share} height="10"></rect>
    </svg>
  `;
}
