// @ts-check
/** The rows as one bar, cut into those to learn from and those to test on. The test rows are under lock until somebody looks. */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { lockWords, turnLock } from "../../session/locks.js";
import { padlockIcon } from "../../ui/padlockIcon.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class SplitBar extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ description, lock, run }) {
    return [description, lock, run?.state === "failed"];
  }

  render() {
    const { description, lock, run } = this.state;
    // Of what can't be trained nothing is split; what is described then is the run before.
    if (!description?.target || run?.state === "failed") return;
    const { train, validation, test } = description.rows;
    const all = Math.max(train + validation + test, 1);
    const width = (/** @type {number} */ rows) => (100 * rows) / all;
    const isOpen = lock?.isOpen ?? true;
    return html`
      <div class="split">
        <svg class="split-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"
          aria-label="${t("data.trainTest", { train: t("count.rows", { count: train }), value: validation ? t("data.validate", { validation: t("count.rows", { count: validation }) }) : "", test })}">
          <rect class="split-train" width=${width(train)} height="10"></rect>
          <rect class="split-validation" x=${width(train)} width=${width(validation)} height="10"></rect>
          <rect class="split-test" x=${width(train + validation)} width=${width(test)} height="10"></rect>
        </svg>
        <p class="split-words">
          <span><b>${formatCount(train)}</b> ${t("data.train")}</span>
          ${validation ? html`<span><b>${formatCount(validation)}</b> ${t("data.validate2")}</span>` : nothing}
          <button type="button" class="lock" aria-pressed=${isOpen} aria-label="${t("data.testLookThem", { test: formatCount(test) })}" ?disabled=${!lock}
            @click=${() => turnLock(this.playground.store)}>${padlockIcon(isOpen)}<span><b>${formatCount(test)}</b> ${t("data.test")}</span></button>
        </p>
        ${lock ? html`<p class="note" role="status">${lockWords(lock)}</p>` : nothing}
      </div>
    `;
  }
}
