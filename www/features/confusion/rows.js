// @ts-check
/** The rows behind one count of the confusion matrix: what they hold, the probability or score of each, and each on the picture. */
import { html, nothing } from "lit";
import { formatCount, formatNumber, formatShare } from "../../base/format.js";
import { axesOf } from "../../base/inputSection.js";
import { formatRaw } from "../../base/columnFormat.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { parts, t } from "../../base/text.js";

/** So many rows are shown, and so many of their columns: those on the picture's axes first. */
const MOST_ROWS = 8;
const MOST_COLUMNS = 4;

/**
 * @param {object} data
 * @param {{row: number, value: number}[]} data.found     rows of the points, the clearest first
 * @param {number} data.count                             how many there are; of a large table the points are some of its rows
 * @param {string} data.is
 * @param {string} data.said
 * @param {import("../../session/playground.js").State} state
 * @param {(values: number[]) => void} ask
 */
export function confusedRows({ found, count, is, said }, { description, points, settings }, ask) {
  if (!description || !points) return;
  const width = description.columns.length;
  const axes = axesOf(description, settings.axes);
  const columns = [...axes, ...description.columns.keys()]
    .filter((column, i, all) => all.indexOf(column) === i)
    .slice(0, MOST_COLUMNS);
  const isProbability = hasProbabilities(description);
  const shown = found.slice(0, MOST_ROWS);
  return html`
    <div class="confused">
      <h3>${t("count.rows", { count: count })}${parts("confusion.told2", { is })} ${said}</h3>
      <div class="confusion-scroll" tabindex="0" role="group" aria-label="${t("confusion.rowsBehindCount")}">
        <table>
          <thead><tr><th scope="col">${t("confusion.picture")}</th>${points.tableRows ? html`<th scope="col">${t("confusion.row")}</th>` : nothing}${columns.map((column) => html`<th scope="col">${description.columns[column]}</th>`)}<th scope="col">${isProbability ? t("confusion.probability") : t("confusion.score")}</th></tr></thead>
          <tbody>
            ${shown.map(({ row, value }, i) => {
              // Of a table, rows have the numbers they have in the sheet.
              const number = points.tableRows ? points.tableRows[row] + 1 : i + 1;
              const values = Array.from(points.inputs.subarray(row * width, (row + 1) * width));
              return html`
                <tr>
                  <td><button type="button" aria-label="${t("confusion.showRowPicture", { number })}" @click=${() => ask(values)}>${t("confusion.show")}</button></td>
                  ${points.tableRows ? html`<td>${formatCount(number)}</td>` : nothing}
                  ${columns.map((column) => html`<td>${formatRaw(description, column, values[column])}</td>`)}
                  <td>${isProbability ? formatShare(value) : formatNumber(value)}</td>
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
      <p class="note">${found.length < count ? t("confusion.theseRowsPageHas", { found: formatCount(found.length) }) : ""}${found.length > shown.length ? t("confusion.shown", { shown: shown.length, value: isProbability ? t("confusion.highestProbability") : t("confusion.clearestScore") }) : ""}${t("confusion.showPutsQuestionEvaluation")}</p>
    </div>
  `;
}
