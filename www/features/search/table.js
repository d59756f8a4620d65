// @ts-check
/** All trials as a table that its heads sort, with a button each that loads it: the picture in words and numbers. */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { asGain, formatFigure } from "../../session/rounds.js";
import { wordOf } from "../../session/variables.js";
import { isLost, lostWord, sorted } from "./result.js";
import { t } from "../../base/text.js";

/** So many rows are shown until all are asked for. */
export const FEW = 50;

/** @typedef {import("./result.js").Column} Column */

/**
 * @param {import("./model.js").SearchState} state
 * @param {object} how
 * @param {string} how.label        of the score
 * @param {{column: Column, isUp: boolean}} how.order
 * @param {(order: {column: Column, isUp: boolean}) => void} how.sort
 * @param {Set<number> | null} how.chosen   the trials that are shown; all without it
 * @param {boolean} how.isAll
 * @param {() => void} how.showAll
 * @param {number | null} how.loaded
 * @param {boolean} how.canLoad
 * @param {(place: number) => void} how.load
 */
export function trialTable(state, { label, order, sort, chosen, isAll, showAll, loaded, canLoad, load }) {
  const { trials, varied, score, best, simplest } = state;
  const places = sorted(state, order.column, order.isUp).filter((place) => !chosen || chosen.has(place));
  const shown = isAll ? places : places.slice(0, FEW);
  const head = (/** @type {Column} */ column, /** @type {string} */ words, isUpFirst = true) => {
    const isMine = order.column === column;
    const turn = () => sort({ column, isUp: isMine ? !order.isUp : isUpFirst });
    // Of a score that is better the smaller it is, the best first are the least first.
    const isAscending = order.isUp === (column !== "score" || asGain(score, 1) > 0);
    return html`<th scope="col" aria-sort=${isMine ? (isAscending ? "ascending" : "descending") : nothing}><button type="button" class="search-sort" @click=${turn}>${words}<span aria-hidden="true">${isMine ? (isAscending ? " ▲" : " ▼") : ""}</span></button></th>`;
  };
  return html`
    <div class="study-scroll search-scroll" tabindex="0" role="region" aria-label=${t("search.allTrials")}>
      <table class="study-table search-table">
        <caption>${chosen ? t("search.someTrials", { some: formatCount(places.length), all: formatCount(trials.length) }) : t("search.allTrials")}</caption>
        <thead><tr>
          ${head("trial", t("search.trial"))}
          ${varied.map(({ variable }, i) => head(i, variable.label))}
          ${head("score", label, false)}
          <th scope="col">${t("search.error")}</th>
          ${head("epochs", t("search.epochs"))}
          ${head("parameters", t("search.parameters"))}
          <td></td>
        </tr></thead>
        <tbody>${shown.map((place) => {
          const { values, tried, judged, problem } = trials[place];
          const mark = place === best ? t("search.markBest") : place === simplest ? t("search.markSimplest") : "";
          const spread = Number.isFinite(judged.error) ? `± ${formatFigure(score, judged.error)}` : "–";
          const figure = problem
            ? problem
            : !tried
              ? "…"
              : isLost(trials[place])
                ? lostWord(trials[place])
                : formatFigure(score, judged.mean);
          return html`<tr data-trial=${place} data-mark=${place === best ? "best" : place === simplest ? "simplest" : nothing}>
            <th scope="row">${place + 1} ${mark ? html`<span class="search-mark">${mark}</span>` : nothing}</th>
            ${values.map((value, i) => html`<td>${wordOf(varied[i].variable, value)}</td>`)}
            <td>${figure}</td><td>${spread}</td>
            <td>${tried ? formatCount(tried.epochs) : "–"}</td><td>${tried ? formatCount(tried.parameters) : "–"}</td>
            <td><button type="button" class="button" aria-label=${t("search.loadTrial", { trial: place + 1 })} ?disabled=${!canLoad} aria-pressed=${loaded === place ? "true" : "false"} @click=${() => load(place)}>${loaded === place ? t("search.loaded") : t("search.load")}</button></td>
          </tr>`;
        })}</tbody>
      </table>
    </div>
    ${shown.length < places.length ? html`<button type="button" class="button" @click=${showAll}>${t("search.showAll", { trials: formatCount(places.length) })}</button>` : nothing}
  `;
}
