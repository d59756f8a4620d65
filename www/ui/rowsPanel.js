// @ts-check
/**
 * A panel that tells how good the run is on some of its rows, live: test, validation or training rows, with the padlock's
 * rule. Nothing is asked while it is out of sight, as in a fold that is closed.
 */
import { html, nothing } from "lit";
import { tellersOf } from "../base/reported.js";
import { isWatched } from "./calm.js";
import { lacks } from "./lacks.js";
import { rowsChooser, rowsLocked } from "./rowsChooser.js";
import { SvgPanel } from "./svgPanel.js";
import { t } from "../base/text.js";

/** @typedef {import("../session/scoring.js").Scoring} Scoring */

export class RowsPanel extends SvgPanel {
  #leave = () => {};
  isSeen = false;

  /** What tells it. @type {(playground: import("../session/playground.js").Playground) => Scoring} */
  scoringOf = () => /** @type {never} */ (null);

  /** Opens the padlock on the test rows. */
  unlock = () => {};

  get scoring() {
    return this.scoringOf(this.playground);
  }

  /** @param {import("../session/playground.js").State} state @returns {unknown[]} */
  picks({ description, lock, run, frame }) {
    return [description, lock, run?.state, Boolean(frame)];
  }

  connectedCallback() {
    super.connectedCallback();
    tellersOf(this.playground).set(this.localName, (answers) =>
      answers.map(async (answer) => {
        const section = await this.reported(answer);
        return section && { ...section, on: { part: answer.part, rows: answer.scores.rows } };
      }),
    );
    this.atEnd(() => tellersOf(this.playground).delete(this.localName));
    this.atEnd(this.scoring.store.subscribe(() => this.requestUpdate()));
    const seen = new ResizeObserver(() => this.#look());
    seen.observe(this);
    this.follow(
      ({ run }) => run?.state,
      () => this.#look(),
    );
    this.atEnd(() => (seen.disconnect(), this.#see(false)));
  }

  turned() {
    this.#look();
  }

  #look() {
    this.#see(isWatched(this) && this.offsetWidth > 0);
  }

  #see(/** @type {boolean} */ isSeen) {
    if (isSeen === this.isSeen) return;
    this.isSeen = isSeen;
    if (isSeen) this.#leave = this.scoring.join();
    else this.#leave();
    if (isSeen) this.seen();
  }

  /** It came into sight. */
  seen() {}

  /** Why it has nothing to say about a run of that task; empty where it has. @param {string} _task */
  lacksTask(_task) {
    return "";
  }

  /** What a report has of it; null where it has nothing. @param {import("../session/scoring.js").Answer} _answer @returns {import("../base/reported.js").Told} */
  reported(_answer) {
    return null;
  }

  /** @param {import("../session/scoring.js").Answer} _answer @returns {unknown} */
  body(_answer) {
    return nothing;
  }

  render() {
    const { description, frame } = this.state;
    const { scoring } = this;
    if (!description || !frame) return html`<p class="note">${t("metrics.nothingTrainedYet")}</p>`;
    const lack = this.lacksTask(description.task);
    if (lack) return html`<p class="note">${lack}</p>`;
    return html`
      ${rowsChooser(description.rows, scoring.part, (part) => scoring.choose(part))}
      ${this.#answer()}
    `;
  }

  #answer() {
    const { scoring } = this;
    const { problem } = scoring.store.get();
    if (scoring.isLocked) return rowsLocked(() => this.unlock());
    if (problem) return lacks(t("ui.part"), problem, () => scoring.again());
    const { answer } = scoring;
    if (answer) return this.body(answer);
    return html`<p class="note" role="status" ?data-loading=${!scoring.isNone}>${scoring.isNone ? t("metrics.outputsNotFinite") : t("ui.loading")}</p>`;
  }
}
