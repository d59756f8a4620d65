// @ts-check
/** How good the net is, on rows it learnt from and on rows it never saw. A number's errors are in its own unit. */
import { html, nothing } from "lit";
import { formatShare } from "../../core/format.js";
import { formatValue } from "../../core/units.js";

/** @typedef {import("../../core/protocol.js").Metrics | null | undefined} Some */

/** @param {import("../../core/playground.js").State} state */
export function scores({ description, frame }) {
  const isClasses = description?.task !== "regression";
  const hasBoth = !isClasses && frame?.training.rmse !== undefined;
  const number = (/** @type {number | undefined} */ value) => formatValue(value);
  const cells = (/** @type {Some} */ metrics) => {
    if (!metrics) return html`<td>–</td>${hasBoth ? html`<td>–</td>` : nothing}`;
    if (isClasses) return html`<td>${formatShare(metrics.accuracy)}</td>`;
    return html`<td>${number(metrics.mae)}</td>${hasBoth ? html`<td>${number(metrics.rmse)}</td>` : nothing}`;
  };
  const caption = isClasses ? "Accuracy: rows told right" : html`Errors in <b>${description.target}</b>, in its own unit`;
  return html`
    <table class="scores">
      <caption>${caption}</caption>
      ${isClasses ? nothing : html`
        <thead><tr><td></td><th scope="col" title="Mean absolute error: how far off, on average">Mean absolute</th>${hasBoth ? html`<th scope="col" title="Root mean squared error: large misses weigh more">Root mean square</th>` : nothing}</tr></thead>
      `}
      <tbody>
        <tr><th scope="row">Training rows</th>${cells(frame?.training)}</tr>
        <tr><th scope="row">Test rows</th>${cells(frame?.test)}</tr>
      </tbody>
    </table>
  `;
}
