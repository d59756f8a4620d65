// @ts-check
/** What is asked of the net, above the panels; what came out and what to try next, in the same place; the score on the picture. */
import { html, nothing } from "lit";
import { trainBy } from "../../session/trainBy.js";
import { isTable } from "../../settings/tableNames.js";
import { DRAWN, sourceOf } from "../../settings/sources.js";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { StoreController } from "../../ui/storeController.js";
import { isReached } from "./goal.js";
import { nextSteps, resultWords, scoreOf, written } from "./model.js";
import { QUESTIONS, questionOfTable } from "./questions.js";
import { thresholdOf } from "../../session/threshold.js";
import { iconButton } from "../../ui/roundButton.js";
import { t } from "../../base/text.js";

/** The run stands, and has learned something. */
const isOver = (/** @type {import("../../session/playground.js").State["run"]} */ run) =>
  run?.state === "finished" || (run?.state === "paused" && run.epoch > 0);

/** What the page is called without a title of a link's. */
const NAME = globalThis.document?.title ?? "";

/** Of which rows a score is. */
const SCORED = {
  training: t("result.ofTraining"),
  validation: t("result.ofValidation"),
  test: t("result.ofTest"),
};

export class Question extends Panel {
  static properties = {
    ...Panel.properties,
    parts: { attribute: false },
    closed: { state: true },
    isAway: { state: true },
  };

  follows = new StoreController(this, () => this.parts.coach);

  #isInRow = false;

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
    /** On a phone the answer lies over the page: the step at which it was put away. */
    this.closed = -1;
    /** Or whether the page was scrolled away from the picture: there it would cover other controls. */
    this.isAway = false;
  }

  connectedCallback() {
    super.connectedCallback();
    const scrolled = () => (this.isAway = scrollY > innerHeight / 4);
    addEventListener("scroll", scrolled, { passive: true });
    this.atEnd(() => removeEventListener("scroll", scrolled));
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    const { settings, description, run, frame, lock, about, baseline, shown } = state;
    return [
      settings,
      description,
      about,
      lock,
      baseline,
      shown,
      isOver(run) ? [run?.state, frame?.step].join() : "",
      isReached(state),
    ];
  }

  /** The row is another one with an answer: who was in it is so still. */
  willUpdate() {
    this.#isInRow = Boolean(this.querySelector(".result-row")?.contains(document.activeElement));
  }

  updated() {
    super.updated();
    const row = this.querySelector(".result-row");
    if (this.#isInRow && !row?.contains(document.activeElement))
      /** @type {HTMLElement | null} */ (row?.querySelector("button:last-of-type"))?.focus({ preventScroll: true });
    const step = /** @type {HTMLElement | null} */ (this.closest("[data-view]"))?.dataset.view;
    const title = [step, this.state.settings.title].filter(Boolean).join(" – ");
    document.title = title ? t("result.trainyard", { title }) : NAME;
  }

  render() {
    const { settings, run, about, frame } = this.state;
    const score = isOver(run) ? scoreOf(this.state) : null;
    const source = sourceOf(settings.source);
    const hint =
      run?.state === "failed"
        ? (run.why ?? "")
        : settings.hint || (source.about ?? about[source.name] ?? t("result.pressPlayAnswerWill"));
    const step = frame?.step ?? -1;
    const examples = this.#way(t("result.examples"), () => this.#say("ty-act", "examples"));
    // Wider, the other two are in sight in the Data panel.
    const ways = html`
      <div class="question-ways">
        ${this.#way(t("data.draw"), () => this.playground.set("source", DRAWN.name))}
        ${this.#way(t("result.openCsv"), () => this.#say("ty-open-data"))}
        ${examples}
      </div>
    `;
    return html`
      <div class="question-words">
        ${settings.title ? html`<p class="question-title">${settings.title}</p>` : nothing}
        <p class="question-asked">${this.#asked()}</p>
        ${settings.aim ? this.#goal() : nothing}
      </div>
      ${this.isNarrow ? ways : nothing}
      <div class="question-answer" role="group" aria-label="${t("result.result")}" data-is=${score ? (step === this.closed || this.isAway ? "closed" : "answer") : "hint"}>
        ${score ? html`<p class="result-words">${run?.state === "paused" ? t("result.soFar") : ""}${resultWords(this.state, score)}</p>` : html`<p class="question-hint">${hint}</p>` /* another one: so nothing is moved */}
        ${
          score
            ? html`<div class="result-row">
          ${nextSteps(this.state, score, this.parts.coach.get().alert?.remedies).map((next) => html`<button type="button" class="try" title=${next.effect} @click=${() => this.#take(next)}>${next.label}</button>`)}
          ${this.isNarrow ? nothing : examples}
        </div>`
            : html`<div class="result-row">${this.isNarrow ? nothing : examples}</div>` /* likewise */
        }
        ${iconButton(t("result.closeResult"), closeIcon, () => (this.closed = step), "result-close")}
      </div>
    `;
  }

  #asked() {
    const { settings, description, table } = this.state;
    if (settings.question) return settings.question;
    return (
      QUESTIONS[settings.source] ??
      questionOfTable(isTable(settings.source) ? table.description?.target : undefined, description?.task)
    );
  }

  #goal() {
    const reached = isReached(this.state);
    return html`<p class="question-goal" data-reached=${reached === true}>${t("result.goal")} ${this.state.settings.aim} ${reached === null ? nothing : html`<span class="goal-state">${reached ? t("result.reached") : t("result.notYet")}</span>`}</p>`;
  }

  #way(/** @type {string} */ label, /** @type {() => void} */ act) {
    return html`<button type="button" class="way" @click=${act}>${label}</button>`;
  }

  /** The page knows its parts. */
  #say(/** @type {string} */ type, detail = "") {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  #take(/** @type {import("./model.js").Step} */ { changes = {}, source, place }) {
    if (place) return this.#say("ty-go", place);
    if (!source) return trainBy(this.playground, changes);
    this.playground.set("source", source);
    if (source !== DRAWN.name) this.playground.client.play();
  }
}

/** One large number on the picture, with a mark where guessing is. */
export class Score extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ frame, description, baseline, shown, lock, settings, threshold }) {
    const { test, validation, training } = frame ?? {};
    return [test, validation, training, description, baseline, shown, lock, settings.source, threshold];
  }

  /** Where somebody moved the threshold, the boundary is drawn over the picture by what moved it. */
  updated() {
    super.updated();
    const stage = this.parentElement;
    if (!thresholdOf(this.state) || stage?.querySelector("ty-boundary")) return;
    stage?.append(Object.assign(document.createElement("ty-boundary"), { playground: this.playground }));
  }

  render() {
    const score = scoreOf(this.state);
    if (!score) return nothing;
    const write = written(this.state, score);
    const { isClasses, guess } = score;
    // Errors on a scale on which the guess's is three quarters.
    const place = (/** @type {number} */ value) =>
      Math.min(100, 100 * (isClasses ? value : value / (guess / 0.75) || 0));
    return html`
      <p class="score-value">${write(score.score)}</p>
      <p class="score-name"><span data-line=${isClasses ? t("result.accuracyAbout") : t("result.meanErrorAbout")}>${isClasses ? t("result.accuracy") : t("result.meanError")}${SCORED[score.part]}</span></p>
      <svg class="score-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="score-whole" y="1.5" width="100" height="5"></rect>
        <rect class="score-part" y="1.5" width=${place(score.score)} height="5"></rect>
        <rect class="score-tick" x=${Math.min(98.5, place(guess))} width="1.5" height="8"></rect>
      </svg>
      <p class="score-guess">${t("result.guessing")} ${write(guess)}</p>
      ${thresholdOf(this.state) ? html`<p class="score-guess">${t("result.bothAtThreshold")}</p>` : nothing}
    `;
  }
}
