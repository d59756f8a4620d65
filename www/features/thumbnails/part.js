// @ts-check
/**
 * Small live pictures of what a feature shows, on its card below the panels. One is drawn only while it is in the window,
 * and a few times a second at most; the drawing is that of the feature itself.
 */
import { html, nothing, svg } from "lit";
import { formatCount, formatLoss, formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { rowsOf } from "../../base/sample.js";
import { nameOf } from "../../session/runRecord.js";
import { inputLabel } from "../../settings/sources.js";
import { pathOf } from "../../ui/charts/axes.js";
import { css } from "../../ui/charts/color.js";
import { histogramOf } from "../../ui/charts/bins.js";
import { bars, highest, histogramBox } from "../../ui/charts/histogram.js";
import { drawPlot } from "../../ui/charts/plot.js";
import { rangeOf } from "../../ui/charts/scale.js";
import { defineAll } from "../../ui/defineAll.js";
import { linkOf } from "../../ui/link.js";
import { Panel } from "../../ui/panel.js";
import { readTheme } from "../../ui/theme.js";
import { TELLS, askSample, calibrationOf, countsOf, errorsOf, rocOf } from "./sample.js";
import { t } from "../../base/text.js";

/** Between two drawings, in milliseconds. */
const EVERY_MS = 350;

/** Bars of a histogram. */
const BINS = 24;

/** Runs in a list; characters of a link. */
const FEW = 3;
const MOST_LETTERS = 90;

/** @typedef {import("../../session/state.js").State} State */

class Thumbnail extends Panel {
  static properties = { ...Panel.properties, of: { attribute: false }, parts: { attribute: false } };

  #isSeen = false;
  #at = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later = undefined;

  constructor() {
    super();
    /** The feature's id. */
    this.of = "";
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
    /** What the model says of some rows. @type {import("./sample.js").Told | null} */
    this.told = null;
  }

  connectedCallback() {
    super.connectedCallback();
    const observer = new IntersectionObserver((seen) => {
      this.#isSeen = seen.some(({ isIntersecting }) => isIntersecting);
      if (this.#isSeen) this.#soon();
    });
    observer.observe(this);
    const isOfRows = this.of === "data"; // they are the same in all frames
    this.follow(
      ({ frame, description, points, lock, settings, engine }) => [
        isOfRows || frame,
        description,
        points,
        lock,
        settings,
        engine,
      ],
      () => this.#soon(),
    );
    const ends = [this.parts.keeper.store.subscribe(() => this.#soon()), () => observer.disconnect()];
    this.atEnd(() => (ends.forEach((end) => end()), clearTimeout(this.#later)));
  }

  /** What is new is drawn when its time has come; the last of several always is. */
  #soon() {
    if (!this.#isSeen) return;
    clearTimeout(this.#later);
    const wait = this.#at + EVERY_MS - performance.now();
    if (wait > 0) this.#later = setTimeout(() => this.#soon(), wait);
    else this.#draw();
  }

  #draw() {
    this.#at = performance.now();
    if (TELLS.includes(this.of)) void this.#ask();
    else this.requestUpdate();
  }

  async #ask() {
    this.told = await askSample(this.playground);
    this.requestUpdate();
  }

  render() {
    const draws = PICTURES[this.of];
    return html`<div class="thumb thumb-${this.of}" aria-hidden="true">${draws?.(this) ?? nothing}</div>`;
  }

  updated() {
    super.updated();
    const canvas = this.querySelector("canvas");
    const theme = canvas && readTheme(this, this.playground);
    const lines = theme ? LINES[this.of]?.(this, theme) : [];
    if (canvas && theme && lines?.length) drawPlot(canvas, { series: lines, isBare: true }, null, theme);
  }
}

/** @param {number[][]} rows   counts, a row of bars each @param {string[]} looks */
const histogram = (rows, looks) => {
  const most = highest(...rows);
  return rows.map(
    (counts, i) =>
      svg`<svg viewBox=${histogramBox(counts.length)} preserveAspectRatio="none" focusable="false">${bars(counts, most, looks[i])}</svg>`,
  );
};

/** A line in the unit square, above its diagonal or about it. @param {[number, number][]} line @param {string} words */
const inUnit = (line, words) =>
  line.length
    ? [
        svg`<svg class="thumb-matrix" preserveAspectRatio="xMinYMid" viewBox="-1 -1 102 102" focusable="false"><path class="thumb-guess" d="M0 100L100 0" /><path class="thumb-line" d=${pathOf(line.map(([x, y]) => [100 * x, 100 - 100 * y]))} /></svg>`,
        html`<p>${words}</p>`,
      ]
    : nothing;

const scoreOf = (/** @type {{accuracy?: number, loss: number}} */ { accuracy, loss }) =>
  accuracy === undefined ? formatLoss(loss) : formatShare(accuracy);

/** One point is no curve. @param {State} state */
const hasCurve = ({ frame }) => (frame?.curve?.epoch.length ?? 0) > 1;

const large = (/** @type {string} */ figure, /** @type {string} */ words) =>
  html`<p class="thumb-large">${figure}</p><p>${words}</p>`;

const untrained = () => html`<p>${t("thumbnails.nothingTrained")}</p>`;

/** What each is a picture of, by the feature's id. @type {Record<string, (view: Thumbnail) => unknown>} */
const PICTURES = {
  /** The first column's values, class by class where there are few; of pictures, how many there are of each class. */
  data({ state: { points, description } }) {
    if (!points || !description) return nothing;
    const width = points.inputs.length / points.targets.length;
    const rows = rowsOf(points.part, 0);
    const { image, target } = description;
    const values = Float64Array.from(rows, (row) => (image ? points.targets[row] : points.inputs[row * width]));
    const range = rangeOf(values);
    const classes = description.classes ?? 0;
    const groups = !image && classes > 1 && classes <= FEW ? Array.from({ length: classes }, (_, k) => k) : [null];
    const counts = groups.map((k) =>
      histogramOf(
        values.filter((_, i) => k === null || points.targets[rows[i]] === k),
        image ? classes : BINS,
        range,
      ),
    );
    return [
      histogram(
        counts,
        groups.map((k) => `thumb-bar class-${k ?? ""}`),
      ),
      html`<p>${t("thumbnails.valuesOf", { column: inputLabel((image ? target : description.columns[0]) ?? "") })}</p>`,
    ];
  },
  microscope({ state: { frame } }) {
    if (!frame?.parameters) return nothing;
    const reach = Math.max(...rangeOf(frame.parameters).map(Math.abs)) || 1;
    return [
      histogram([histogramOf(frame.parameters, BINS, [-reach, reach])], ["thumb-bar"]),
      html`<p>${t("thumbnails.parametersNow", { count: frame.parameters.length })}</p>`,
    ];
  },
  /** Where on it the network is. */
  surface: ({ state: { frame } }) =>
    frame ? large(formatLoss(frame.training.loss), t("training.trainingLoss")) : nothing,
  charts: ({ state }) =>
    hasCurve(state) ? [html`<canvas></canvas>`, html`<p>${t("training.lossEpoch")}</p>`] : untrained(),
  comparison({ parts, state }) {
    const last = lastOf(parts, state.run);
    if (!last && !hasCurve(state)) return untrained();
    return [html`<canvas></canvas>`, html`<p>${last ? t("thumbnails.thisRunLast") : t("thumbnails.thisRun")}</p>`];
  },
  metrics({ state }) {
    const { frame } = state;
    if (!frame) return nothing;
    const [scores, rows] =
      frame.test && !isLocked(state)
        ? [frame.test, t("thumbnails.testRows")]
        : [frame.training, t("thumbnails.trainingRows")];
    return large(
      scoreOf(scores),
      scores.accuracy === undefined ? t("thumbnails.lossOn", { rows }) : t("thumbnails.accuracyOn", { rows }),
    );
  },
  confusion({ told, state: { description } }) {
    const counts = countsOf(told, description);
    const size = counts.length;
    if (!size) return nothing;
    return svg`<svg class="thumb-matrix" preserveAspectRatio="xMinYMid" viewBox="0 0 ${size} ${size}" focusable="false">${counts.map(
      (row, is) => {
        const all = row.reduce((sum, count) => sum + count, 0) || 1;
        return row.map(
          (count, said) => svg`
          <rect class="thumb-cell" x=${said + 0.04} y=${is + 0.04} width="0.92" height="0.92" rx="0.08" />
          <rect class=${is === said ? "thumb-right" : "thumb-wrong"} x=${said + 0.04} y=${is + 0.04} width="0.92" height="0.92" rx="0.08" fill-opacity=${count / all} />`,
        );
      },
    )}</svg>`;
  },
  threshold: ({ told, state: { description } }) => inUnit(rocOf(told, description), t("threshold.rocCurve")),
  calibration: ({ told, state: { description } }) =>
    inUnit(calibrationOf(told, description), t("thumbnails.calibration")),
  residuals({ told, state: { description } }) {
    const errors = errorsOf(told, description);
    if (!errors.length) return nothing;
    const reach = Math.max(...rangeOf(errors).map(Math.abs)) || 1;
    return [
      histogram([histogramOf(errors, BINS, [-reach, reach])], ["thumb-bar"]),
      html`<p>${t("thumbnails.errors")}</p>`,
    ];
  },
  runs({ parts, state }) {
    const { runs } = parts.keeper.store.get();
    if (!runs.length) return html`<p>${t("thumbnails.noRunsYet")}</p>`;
    return html`<ol>${runs.slice(0, FEW).map((run) => html`<li><span>${nameOf(run)}</span><b>${isLocked(state) && run.test ? "" : scoreOf(run.test ?? run.training)}</b></li>`)}</ol>`;
  },
  benchmark({ state: { engine, frame } }) {
    if (!engine) return nothing;
    return large(
      engine.engine.toUpperCase(),
      frame?.stepsPerSecond
        ? t("thumbnails.stepsPerSecond", { count: formatCount(Math.round(frame.stepsPerSecond)) })
        : engine.reason,
    );
  },
  export({ state: { settings } }) {
    const link = linkOf(settings).replace(/^.*?:\/\//, "");
    return html`<p class="thumb-link">${link.length > MOST_LETTERS ? `${link.slice(0, MOST_LETTERS)}…` : link}</p>`;
  },
};

/** The run before this one, which is kept itself once it has ended. @param {import("../../app/later.js").LaterParts} parts @param {State["run"]} run */
const lastOf = ({ keeper }, run) =>
  keeper.store.get().runs[run?.state === "finished" || run?.state === "diverged" ? 1 : 0];

/** The curves of those that have some. @type {Record<string, (view: Thumbnail, theme: import("../../ui/charts/color.js").Theme) => import("../../ui/charts/plot.js").Series[]>} */
const LINES = {
  charts({ state: { frame } }, theme) {
    if (!frame?.curve) return [];
    const { epoch: x, training, test } = frame.curve;
    return [
      { label: "", x, y: training, stroke: css(theme.muted), dash: [5, 3] },
      { label: "", x, y: test, stroke: css(theme.accent), width: 2.25 },
    ];
  },
  comparison({ state: { frame, run }, parts }, theme) {
    const last = lastOf(parts, run);
    const line = (/** @type {{epoch: ArrayLike<number>, training: ArrayLike<number>}} */ { epoch: x, training: y }) => ({ label: "", x, y }); // prettier-ignore
    return [
      ...(last ? [{ ...line(last.curve), stroke: css(theme.muted), dash: [5, 3] }] : []),
      ...(frame?.curve ? [{ ...line(frame.curve), stroke: css(theme.accent), width: 2.25 }] : []),
    ];
  },
};

export const define = (registry = customElements) => defineAll({ "ty-thumbnail": Thumbnail }, registry);
