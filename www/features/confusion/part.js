// @ts-check
/** The confusion matrix, live; loaded when its question is opened. */
import { html, nothing } from "lit";
import { rowsBehind, scoresOf, worstWords } from "./model.js";
import { formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { rowsOf, valuesOf } from "../../base/sample.js";
import { markOf } from "../../session/statusText.js";
import { Panel } from "../../ui/panel.js";
import { confusedRows } from "./rows.js";
import { t } from "../../base/text.js";

/** While it trains, the matrix follows at this pace. */
const EVERY_MS = 250;

export function define(registry = customElements) {
  if (!registry.get("ty-confusion")) registry.define("ty-confusion", Confusion);
}

export class Confusion extends Panel {
  static properties = { ...Panel.properties, rows: { state: true }, answers: { state: true }, chosen: { state: true } };

  #isAsking = false;
  #at = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later = undefined;

  constructor() {
    super();
    /** What was chosen. 2: test rows, 1: validation rows, 0: training rows. */
    this.rows = 2;
    /**
     * The counts, and what the net says of which of a run's points.
     * @type {({of: import("../../session/protocol.js").Description, counts: number[][], rows: number[], targets: number[]} & import("../../session/protocol.js").Answers) | null}
     */
    this.answers = null;
    /** The count whose rows are looked at. @type {{is: number, said: number} | null} */
    this.chosen = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, lock, settings }) {
    return [description, lock, settings.axes];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame, description, lock }) => [frame, description, lock],
      () => this.#soon(),
    );
    // The padlock was opened, or shut: the rows have other places.
    this.follow(
      ({ points }) => points,
      () => this.answers?.of === this.state.description && (this.answers = null),
    );
    this.atEnd(() => clearTimeout(this.#later));
    void this.#ask();
  }

  /** The rows that are counted: those that were chosen, if there are any. */
  get counted() {
    return this.rows === 1 && !this.state.description?.rows.validation ? 2 : this.rows;
  }

  /** Every frame asks for it, some are waited for: the last one always counts. */
  #soon() {
    clearTimeout(this.#later);
    const wait = EVERY_MS - (performance.now() - this.#at);
    this.#later = setTimeout(() => void this.#ask(), Math.max(wait, 1));
  }

  async #ask() {
    const { description, points } = this.state;
    if (this.#isAsking || description?.task !== "classification" || !points) return;
    const part = this.counted;
    if (part === 2 && isLocked(this.state)) return; // not even asked about
    this.#isAsking = true;
    const rows = rowsOf(points.part, part);
    const width = points.inputs.length / points.targets.length;
    try {
      const answers = await this.playground.ask("confusion", { part, inputs: valuesOf(points, rows, width) });
      // The run may be another by now, and the rows that are asked about.
      if (this.state.description === description && this.state.points === points && this.counted === part)
        this.answers = { of: description, rows, ...answers, targets: rows.map((row) => points.targets[row]) };
    } catch {
      // The worker was replaced, or the run: the next frame asks again.
    } finally {
      this.#isAsking = false;
      // From here on: of many rows it takes a while, and training goes on meanwhile.
      this.#at = performance.now();
    }
    if (this.counted !== part || this.state.points !== points) void this.#ask();
  }

  #choose(/** @type {number} */ part) {
    this.rows = part;
    this.answers = null;
    void this.#ask();
  }

  render() {
    const { description } = this.state;
    if (!description) return html`<p class="note">${t("confusion.nothingTrainedYet")}</p>`;
    if (description.task !== "classification") return html`<p class="note">${t("confusion.whatToldHereNumber")}</p>`;
    const { answers } = this;
    // A run like the one before shows that one's counts until it has its own.
    const counts = answers?.of.classes === description.classes && answers.counts;
    const names = Array.from(
      { length: description.classes ?? 0 },
      (_, i) => `${markOf(i)} ${description.classNames?.[i] ?? t("confusion.class", { i })}`,
    );
    return html`
      <div class="confusion-parts" role="group" aria-label="${t("confusion.rows")}">
        ${[
          [2, t("confusion.testRows")],
          ...(description.rows.validation ? [[1, t("confusion.validationRows")]] : []),
          [0, t("confusion.trainingRows")],
        ].map(
          ([part, words]) => html`
          <button type="button" aria-pressed=${part === this.counted} @click=${() => this.#choose(Number(part))}>${words}</button>
        `,
        )}
      </div>
      ${
        this.counted === 2 && isLocked(this.state)
          ? html`<p class="note">${t("confusion.testRowsUnderLock")}</p>`
          : counts
            ? html`${this.#table(counts, names)}${this.#behind(names)}`
            : nothing
      }
    `;
  }

  #table(/** @type {number[][]} */ counts, /** @type {string[]} */ names) {
    const most = Math.max(1, ...counts.flat());
    return html`
      <p class="confusion-words" role="status" aria-live=${this.state.run?.state === "training" ? "off" : "polite"}>${worstWords(counts, names)}</p>
      <div class="confusion-scroll" tabindex="0" role="group" aria-label="${t("confusion.countsClass")}">
        <table class="confusion">
          <thead>
            <tr><th scope="col">${t("confusion.itIs")}</th>${names.map((name) => html`<th scope="col">${t("confusion.told")} <span>${name}</span></th>`)}<th scope="col">${t("confusion.precision")}</th><th scope="col">${t("confusion.recall")}</th><th scope="col">F1</th></tr>
          </thead>
          <tbody>
            ${counts.map(
              (row, is) => html`
              <tr>
                <th scope="row"><span>${names[is]}</span></th>
                ${row.map(
                  (
                    count,
                    said,
                  ) => html`<td class="tally" data-right=${is === said} data-shade=${Math.ceil((10 * count) / most)}>
                  <button type="button" ?disabled=${!count} aria-pressed=${this.#isChosen(is, said)} aria-label="${t("confusion.toldLookThem", { count, names: names[is], names2: names[said] })}"
                    @click=${() => (this.chosen = this.#isChosen(is, said) ? null : { is, said })}>${count}</button></td>`,
                )}
                ${Object.values(scoresOf(counts, is)).map((score) => html`<td>${formatShare(score)}</td>`)}
              </tr>
            `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #isChosen(/** @type {number} */ is, /** @type {number} */ said) {
    return this.chosen?.is === is && this.chosen.said === said;
  }

  /** The rows behind the chosen count. */
  #behind(/** @type {string[]} */ names) {
    const { answers, chosen } = this;
    if (
      !answers ||
      answers.of !== this.state.description ||
      !chosen ||
      Math.max(chosen.is, chosen.said) >= names.length
    )
      return html`<p class="note">${t("confusion.pressCountSeeRows")}</p>`;
    const found = rowsBehind(answers.of, answers, answers.targets, chosen).map(({ row, value }) => ({
      row: answers.rows[row],
      value,
    }));
    return confusedRows(
      { found, count: answers.counts[chosen.is][chosen.said], is: names[chosen.is], said: names[chosen.said] },
      this.state,
      (values) => this.#show(values),
    );
  }

  /** The picture's question is put to a row; what the row lacks stays as it was asked. */
  #show(/** @type {number[]} */ values) {
    const { ask } = this.state;
    this.playground.askAbout(
      values.map((value, i) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : ask[i])),
    );
  }
}
