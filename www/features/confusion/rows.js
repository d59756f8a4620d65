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

/** And so many pictures. */
const MOST_PICTURES = 48;

/**
 * @param {object} data
 * @param {{row: number, value: number}[]} data.found     rows of the points, the clearest first
 * @param {number} data.count                             how many there are; of a large table the points are some of its rows
 * @param {string[]} data.names                           of the classes
 * @param {{is: number, said: number}} data.cell
 * @param {import("../../session/playground.js").Playground} playground
 * @param {(values: number[]) => void} ask
 */
export function confusedRows({ found, count, names, cell }, playground, ask) {
  const [is, said] = [names[cell.is], names[cell.said]];
  const { description, points, settings } = playground.store.get();
  if (!description || !points) return;
  if (description.image) return confusedPictures({ found, count, is, said, cell }, description, points, playground);
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

/** Pictures behind one of the counts, those first of which the model is most confident; one that is pressed comes to the evaluation panel. @param {{found: {row: number, value: number}[], count: number, is: string, said: string, cell: {is: number, said: number}}} behind @param {import("../../session/protocol.js").Description} description @param {import("../../session/protocol.js").Points} points @param {import("../../session/playground.js").Playground} playground */
function confusedPictures({ found, count, is, said, cell }, description, points, playground) {
  const isProbability = hasProbabilities(description);
  const tiles = found.slice(0, MOST_PICTURES).map(({ row, value }) => ({
    row: points.inputs[row],
    ...cell,
    value: isProbability ? value : null,
  }));
  return html`
    <div class="confused">
      <h3>${t("count.images", { count })}${parts("confusion.told2", { is })} ${said}</h3>
      <ty-picture-tiles .playground=${playground} .tiles=${tiles}></ty-picture-tiles>
      <ty-picture-edits .playground=${playground}></ty-picture-edits>
      <p class="note">${t("confusion.confidentFirst", { shown: formatCount(tiles.length), count: formatCount(count) })}</p>
    </div>
  `;
}
