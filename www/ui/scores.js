// @ts-check
/** How good the net is, on rows it learned from and on rows it never saw. A number's errors are in its own unit. */
import { html, nothing } from "lit";
import { formatScore } from "../base/format.js";
import { isLocked } from "../base/padlock.js";
import { formatValue } from "../base/columnFormat.js";
import { padlockIcon } from "./padlockIcon.js";
import { t } from "../base/text.js";

/** @typedef {import("../session/protocol.js").Metrics | null | undefined} Some */

/**
 * @param {import("../session/playground.js").State} state
 * @param {() => void} [open]   opens the padlock on the test rows, if there is one
 */
export function scores({ description, frame, lock }, open) {
  const isClasses = description?.task !== "regression";
  const hasBoth = !isClasses && frame?.training.rmse !== undefined;
  const cells = (/** @type {Some} */ metrics) => {
    if (!metrics) return html`<td>–</td>${hasBoth ? html`<td>–</td>` : nothing}`;
    return html`<td>${formatScore(metrics, formatValue)}</td>${hasBoth ? html`<td>${formatValue(metrics.rmse)}</td>` : nothing}`;
  };
  const caption = isClasses
    ? t("ui.accuracyRowsToldRight")
    : html`${t("ui.errors")} <b>${description.target}</b>${t("ui.ownUnit")}`;
  return html`
    <table class="scores">
      <caption>${caption}</caption>
      ${
        isClasses
          ? nothing
          : html`
        <thead><tr><td></td><th scope="col" title="${t("ui.meanAbsoluteErrorHow")}">${t("ui.meanAbsolute")}</th>${hasBoth ? html`<th scope="col" title="${t("ui.rootMeanSquaredError")}">${t("ui.rootMeanSquare")}</th>` : nothing}</tr></thead>
      `
      }
      <tbody>
        <tr><th scope="row">${t("ui.trainingRows")}</th>${cells(frame?.training)}</tr>
        ${frame?.validation ? html`<tr><th scope="row">${t("ui.validationRows")}</th>${cells(frame.validation)}</tr>` : nothing}
        <tr><th scope="row">${t("ui.testRows")}</th>${
          isLocked({ lock })
            ? html`<td colspan=${hasBoth ? 2 : 1}><button type="button" class="lock-open" title="${t("ui.eachLookTestRows")}" @click=${open}>${padlockIcon(false)}${t("ui.lockedLook")}</button></td>`
            : cells(frame?.test)
        }</tr>
      </tbody>
    </table>
  `;
}
