// @ts-check
/** Of which rows something is told, to be chosen; and what stands in its place while they are locked. */
import { html } from "lit";
import { padlockIcon } from "./padlockIcon.js";
import { t } from "../base/text.js";

/** @param {{validation: number} | undefined} rows   how many there are @param {number} part   2: test rows, 1: validation rows, 0: training rows @param {(part: number) => void} choose */
export const rowsChooser = (rows, part, choose) => html`
  <div class="segments row-parts" role="group" aria-label="${t("confusion.rows")}">
    ${[
      [2, t("ui.testRows")],
      ...(rows?.validation ? [[1, t("ui.validationRows")]] : []),
      [0, t("ui.trainingRows")],
    ].map(
      ([value, words]) => html`
      <button type="button" aria-pressed=${value === part} @click=${() => choose(Number(value))}>${words}</button>
    `,
    )}
  </div>
`;

/** @param {() => void} open   the padlock: that is counted */
export const rowsLocked = (open) => html`
  <p class="note rows-locked">${t("confusion.testRowsUnderLock")} <button type="button" class="lock-open" title="${t("ui.eachLookTestRows")}" @click=${open}>${padlockIcon(false)}${t("ui.unlockTestRows")}</button></p>
`;
