// @ts-check
/** The search over settings: what is varied and how, the trials as a picture and as a table, and the one to take. */
import { html, nothing } from "lit";
import { heatMap, scoreLine } from "./charts.js";
import { howFields, wrongWords } from "./how.js";
import { Search, epochsOf, gridSize, judgeOf, scoreOf } from "./model.js";
import { budgetWords, isLost, searchWords } from "./result.js";
import { trialTable } from "./table.js";
import { varyFields } from "./vary.js";
import { formatCount } from "../../base/format.js";
import { MOST_TRIALS, variedOf } from "../../session/varied.js";
import { rowsDealt } from "../../session/rounds.js";
import { problemOf, variedIn } from "../../session/variables.js";
import { StoreController } from "../../ui/storeController.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { t } from "../../base/text.js";

/** What is entered rests so long before it is timed, in milliseconds. */
const REST_MS = 300;

/** While a search is under way the panel is drawn so often at most, in milliseconds: trials may end by the hundred. */
const DRAW_MS = 150;

/** @extends {StudyPanel<Search>} */
export class SearchPanel extends StudyPanel {
  static properties = {
    ...StudyPanel.properties,
    wrong: { state: true },
    order: { state: true },
    isAll: { state: true },
    loaded: { state: true },
    chosen: { state: true },
  };

  followsChoices = new StoreController(this, () => variedOf(this.playground));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest = undefined;
  #isAsked = false;
  #drawn = -Infinity;

  constructor() {
    super();
    /** What was refused, by the field. @type {Record<string, string>} */
    this.wrong = {};
    /** @type {{column: import("./result.js").Column, isUp: boolean}} */
    this.order = { column: "score", isUp: false };
    this.isAll = false;
    /** The trial that was put on the page last. @type {number | null} */
    this.loaded = null;
    /** The trials within the brushes of the picture; all without it. @type {Set<number> | null} */
    this.chosen = null;
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".search-picture"));
  }

  createJob() {
    return new Search(this.playground);
  }

  /** Who comes near wants to know what a search takes: timing it needs the package of studies. */
  firstUpdated() {
    super.firstUpdated();
    for (const name of ["pointerenter", "focusin"])
      this.addEventListener(name, () => ((this.#isAsked = true), this.#estimate()), { once: true });
  }

  /** @override */
  async scheduleUpdate() {
    const wait = this.job?.isRunning ? DRAW_MS - (performance.now() - this.#drawn) : 0;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.#drawn = performance.now();
    return super.scheduleUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  updated() {
    super.updated();
    this.measure();
    this.#estimate();
  }

  #estimate() {
    clearTimeout(this.#rest);
    if (this.#isAsked && !this.job.isRunning && !this.#problem && !this.lacksRun)
      this.#rest = setTimeout(() => this.getClientRects().length && void this.job.estimate(this.#choices), REST_MS);
  }

  get #choices() {
    return variedOf(this.playground).get();
  }

  get #varied() {
    return variedIn(this.state.settings, this.#choices.axes);
  }

  /** Why there can be no search as things are; what stands at a setting is said there. */
  get #problem() {
    const varied = this.#varied;
    const { by, points } = this.#choices;
    if (!varied.length) return t("search.varyFirst");
    if (varied.some(({ variable, axis }) => problemOf(variable, axis))) return t("search.mendRanges");
    if (Object.keys(this.wrong).length) return wrongWords(this.wrong);
    if (by === "halving" && varied.some(({ variable }) => variable.id === "epochs")) return t("search.halvingEpochs");
    const size = by === "grid" ? gridSize(varied, points) : 0;
    return size > MOST_TRIALS
      ? t("search.tooManyTrials", { trials: formatCount(size), most: formatCount(MOST_TRIALS) })
      : "";
  }

  render() {
    const { isRunning } = this.job;
    const problem = this.#problem;
    const hasEpochs = this.#varied.some(({ variable }) => variable.id === "epochs");
    const isNew = !this.#varied.length;
    return html`
      <p class="study-about">${t("search.about")}</p>
      ${varyFields(this, isRunning)}
      ${howFields(this, isRunning, hasEpochs)}
      ${problem && !isNew ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${studyControls(this.job, {
        label: t("search.search"),
        start: () => this.#start(),
        cannot: this.lacksRun || problem !== "",
        note: isNew ? problem : problem ? nothing : this.#before(),
      })}
      ${this.#outcome()}
    `;
  }

  /** What a search takes, as far as that is known. */
  #before() {
    const { budget } = this.job.store.get();
    const { description, settings } = this.state;
    const choices = this.#choices;
    const isKnown = budget?.key === this.job.keyOf(choices);
    if (isKnown && budget.problem) return budget.problem;
    // The rungs are the core's to say, and the time is known when it was measured.
    if (!isKnown && choices.by === "halving") return nothing;
    const trials = choices.by === "grid" ? gridSize(this.#varied, choices.points) : choices.trials;
    const told = isKnown ? budget : { trials, rungs: [], seconds: null };
    const own = this.#varied.find(({ variable }) => variable.id === "epochs");
    const isFolds = judgeOf(choices, description) === "folds";
    return budgetWords(told, {
      epochs: own ? `${own.axis.low}…${own.axis.high}` : formatCount(epochsOf(choices, settings)),
      folds: isFolds ? choices.folds : 1,
      rows: formatCount(isFolds ? rowsDealt(description) : (description?.rows.validation ?? 0)),
      // Folds keep other rows aside for that.
      isStopped: !isFolds && Boolean(settings.patience || settings.restoreBest),
    });
  }

  #start() {
    this.loaded = null;
    this.chosen = null;
    this.isAll = false;
    this.order = { column: "score", isUp: false };
    void this.job.start(this.#choices);
  }

  #load(/** @type {number} */ place) {
    if (!this.#canLoad) return;
    this.job.load(place);
    this.loaded = place;
  }

  /** Trials of other settings, rows or layers fit no more. */
  get #canLoad() {
    return !this.job.isRunning && !this.job.isStale;
  }

  #outcome() {
    const state = this.job.store.get();
    const { trials, score, phase, varied } = state;
    if (!trials.length) return nothing;
    const { label } = scoreOf(score, this.state.description?.task ?? "classification");
    const done = trials.filter(({ tried }) => tried).length;
    const count = t("search.ofTrials", { done: formatCount(done), trials: formatCount(trials.length) });
    return html`
      <p class="search-words" role="status">${phase === "running" ? count : searchWords(state, label)}</p>
      ${phase === "done" && !state.isWhole ? html`<p class="note">${count}</p>` : nothing}
      ${varied.length < 3 ? this.#chart(label) : this.#parallel(label)}
      ${trialTable(state, {
        label,
        order: this.order,
        sort: (order) => (this.order = order),
        chosen: this.chosen,
        isAll: this.isAll,
        showAll: () => (this.isAll = true),
        loaded: this.loaded,
        canLoad: this.#canLoad,
        load: (place) => this.#load(place),
      })}
      ${phase === "done" && done > 1 ? html`<p class="note">${t("search.flattered", { trials: formatCount(done) })}</p>` : nothing}
    `;
  }

  get #hasLost() {
    return this.job.store.get().trials.some(isLost);
  }

  #parallel(/** @type {string} */ label) {
    const brushed = (/** @type {Set<number> | null} */ chosen) => (this.chosen = chosen);
    return html`
      <ty-parallel .playground=${this.playground} .search=${this.job.store.get()} .score=${label} .brushed=${brushed}></ty-parallel>
      <ul class="search-key" aria-hidden="true">
        <li data-key="scale">${t("search.keyScale", { score: label })}</li><li data-key="thick">${t("search.markBest")}</li><li data-key="dashed">${t("search.markSimplest")}</li>${this.#hasLost ? html`<li data-key="lane">${t("search.lane")}</li>` : nothing}
      </ul>
    `;
  }

  #chart(/** @type {string} */ label) {
    const state = this.job.store.get();
    const drawn = { state, label, loaded: this.loaded, load: (/** @type {number} */ place) => this.#load(place) };
    const [one, two] = state.varied.map(({ variable }) => variable.label);
    const words = two
      ? t("search.heatLabel", { score: label, one, two })
      : t("search.lineLabel", { score: label, one });
    return html`
      <svg class="search-picture study-svg" role="img" aria-label=${words}>${two ? heatMap(this.size, drawn) : scoreLine(this.size, drawn)}</svg>
      <ul class="search-key" aria-hidden="true">
        ${two ? html`<li data-key="scale">${t("search.keyScale", { score: label })}</li>` : html`<li data-key="error">${t("search.keyError")}</li><li data-key="below">${t("search.keyBelow")}</li>`}
        <li data-key="best">${t("search.markBest")}</li><li data-key="simplest">${t("search.markSimplest")}</li>${this.#hasLost ? html`<li data-key="lost">${t("search.lane")}</li>` : nothing}
      </ul>
    `;
  }
}
