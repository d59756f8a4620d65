// @ts-check
/** The button of what takes some seconds, which cancels it while it is under way, and how far it is. */
import { html, nothing } from "lit";
import { formatShare } from "../../base/format.js";
import { t } from "../../base/text.js";

/**
 * @param {import("../../session/job.js").Job<any>} job   any: each has more to its state
 * @param {{label: string, start: () => void, cannot?: boolean}} how
 */
export function jobControls(job, { label, start, cannot = false }) {
  const { problem, share } = job.store.get();
  const { isRunning } = job;
  // The second click of a double one falls on Cancel, which has come in the button's place: it was meant for the first.
  const act = (/** @type {MouseEvent} */ { detail }) => (isRunning ? detail !== 2 && job.stop() : start());
  return html`
    <div class="study-controls">
      <button type="button" class="button main starts" ?disabled=${cannot && !isRunning} @click=${act}>${isRunning ? t("ui.cancel") : label}</button>
      ${isRunning ? html`<progress max="1" .value=${share} aria-label=${t("ui.done")}></progress><span class="note study-left">${formatShare(share, 0)}</span>` : nothing}
    </div>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
  `;
}
