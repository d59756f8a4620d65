// @ts-check
/** The confusion matrix, live; loaded when its question is opened. */
import { html, nothing } from "lit";
import { rowsBehind, scoresOf, worstWords } from "./model.js";
import { formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { watch } from "../../base/store.js";
import { rowsOf } from "../../base/sample.js";
import { valuesOf } from "../../base/valuesOf.js";
import { markedName } from "../../session/markedName.js";
import { Inquiry } from "../../session/inquiry.js";
import { turnLock } from "../../session/locks.js";
import { scoringOf } from "../../session/scoring.js";
import { thresholdOf } from "../../session/threshold.js";
import { Panel } from "../../ui/panel.js";
import { rowsChooser, rowsLocked } from "../../ui/rowsChooser.js";
import { confusedRows } from "./rows.js";
import { t } from "../../base/text.js";

export function define(registry = customElements) {
  if (!registry.get("ty-confusion")) registry.define("ty-confusion", Confusion);
}

export class Confusion extends Panel {
  static properties = { ...Panel.properties, answers: { state: true }, chosen: { state: true } };

  #inquiry = new Inquiry(() => this.#ask());

  constructor() {
    super();
    /**
     * The counts, and what the net says of which of a run's points.
     * @type {({of: import("../../session/protocol.js").Description, part: number, counts: number[][], rows: number[], targets: number[]} & import("../../session/protocol.js").Answers) | null}
     */
    this.answers = null;
    /** The count whose rows are looked at. @type {{is: number, said: number} | null} */
    this.chosen = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, lock, settings, frame }) {
    return [description, lock, settings.axes, Boolean(frame)];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame, description, lock, threshold }) => [frame, description, lock, threshold],
      () => this.#inquiry.soon(),
    );
    // The padlock was opened, or shut: the rows have other places.
    this.follow(
      ({ points }) => points,
      () => {
        if (this.answers?.of === this.state.description) this.answers = null;
        void this.#inquiry.now();
      },
    );
    this.atEnd(() => this.#inquiry.stop());
    this.atEnd(
      watch(
        scoringOf(this.playground).store,
        ({ chosen }) => chosen,
        () => this.#turn(),
      ),
    );
    void this.#inquiry.now();
  }

  /** The rows that are counted: those of all scores. 2: test rows, 1: validation rows, 0: training rows. */
  get counted() {
    return scoringOf(this.playground).part;
  }

  async #ask() {
    const { description, points } = this.state;
    if (description?.task !== "classification" || !points) return;
    const part = this.counted;
    if (part === 2 && isLocked(this.state)) return; // not even asked about
    const rows = rowsOf(points.part, part);
    const width = points.inputs.length / points.targets.length;
    const asked = { part, inputs: valuesOf(points, rows, width), threshold: thresholdOf(this.state) ?? undefined };
    const answers = await this.playground.ask("confusion", asked);
    // The run may be another by now, and the rows that are asked about.
    if (this.state.description === description && this.state.points === points && this.counted === part)
      this.answers = { of: description, part, rows, ...answers, targets: rows.map((row) => points.targets[row]) };
  }

  /** Other rows were chosen, here or beside another score. */
  #turn() {
    this.answers = null;
    this.requestUpdate();
    void this.#inquiry.now();
  }

  render() {
    const { description } = this.state;
    if (!description) return html`<p class="note">${t("confusion.nothingTrainedYet")}</p>`;
    if (description.task !== "classification") return html`<p class="note">${t("confusion.whatToldHereNumber")}</p>`;
    const { answers } = this;
    // A run like the one before shows that one's counts until it has its own.
    const isOf = answers?.of.classes === description.classes && answers?.part === this.counted;
    const counts = isOf && answers.counts;
    const names = Array.from({ length: description.classes ?? 0 }, (_, i) => markedName(description, i));
    return html`
      ${rowsChooser(description.rows, this.counted, (part) => scoringOf(this.playground).choose(part))}
      ${
        this.counted === 2 && isLocked(this.state)
          ? rowsLocked(() => turnLock(this.playground.store))
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
      { found, count: answers.counts[chosen.is][chosen.said], names, cell: chosen },
      this.playground,
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
