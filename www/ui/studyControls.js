// @ts-check
/** The button of a study, how far it is, and what is to be known of its outcome. */
import { html, nothing } from "lit";
import { formatLeft, formatShare } from "../base/format.js";
import { t } from "../base/text.js";

/**
 * @param {import("../session/poolJob.js").PoolJob<any>} job   any: each has more to its state
 * @param {object} how
 * @param {string} how.label        of the button
 * @param {() => void} how.start
 * @param {boolean} [how.cannot]    whether it can't begin
 * @param {unknown} [how.note]      what is said before it begins
 */
export function studyControls(job, { label, start, cannot = false, note = nothing }) {
  const { phase, share, left, problem, isWhole } = job.store.get();
  const { isRunning } = job;
  // The second click of a double one falls on Cancel, which has come in the button's place: it was meant for the first.
  const rest = left === null ? "" : formatLeft(left);
  return html`
    <div class="study-controls">
      <button type="button" class="button main starts" ?disabled=${cannot && !isRunning} @click=${(/** @type {MouseEvent} */ { detail }) => (isRunning ? detail !== 2 && job.stop() : start())}>${isRunning ? t("ui.cancel") : label}</button>
      ${
        isRunning
          ? html`<progress max="1" .value=${share} aria-label=${t("ui.done")}></progress><span class="note study-left">${formatShare(share, 0)}${rest ? ` · ${rest}` : ""}</span>`
          : html`<span class="note">${phase === "done" && !isWhole ? t("ui.canceledPartial") : note}</span>`
      }
    </div>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
    ${phase === "done" && job.isStale ? html`<p class="note study-stale">${t("ui.settingsChangedSince")}</p>` : nothing}
  `;
}
