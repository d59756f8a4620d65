// @ts-check
/** What the net has learned of a table: over two of its columns, or against what is true. */
import { html, nothing } from "lit";
import { drawCurve } from "../../ui/charts/curve.js";
import { drawPoints } from "../../ui/charts/points.js";
import { Stage } from "./stage.js";
import { colorRange, linear } from "../../ui/charts/scale.js";
import { drawTicks } from "../../ui/charts/ticks.js";
import { drawTruth } from "./truth.js";
import { settingOf } from "../../settings/config.js";
import { formatShare } from "../../base/format.js";
import { fieldSize, splitAnswers } from "../../base/grid.js";
import { onAxes, placed } from "../../session/plane.js";
import { shareWords } from "../../session/scatter.js";
import { axesOf, kindOf } from "../../base/inputSection.js";
import { answersOf } from "./answers.js";
import { pictureOf } from "../../settings/tableSettings.js";
import { classWord, formatRaw, formatValue } from "../../base/columnFormat.js";
import { classRange } from "../../session/statusText.js";
import { columnOptions } from "../../ui/columnOptions.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

export class TableOutput extends Stage {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, components, frame, run, lock }) {
    return [
      lock,
      settings.showTestData,
      settings.axes,
      settings.picture,
      description,
      components,
      frame?.training,
      run?.state,
    ];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame, points, view, ask, settings, lock }) {
    return [lock, frame, points, view, ask, settings.showTestData, settings.picture];
  }

  /** Whether the picture is of what is true and what is said. */
  get #isTruth() {
    const { settings, description } = this.state;
    return pictureOf(settings) === "truth" && (description?.columns.length ?? 0) > 1;
  }

  /** The plane of principal components, if the picture is over that. */
  get #plane() {
    const { settings, components } = this.state;
    return pictureOf(settings) === "components" ? components : null;
  }

  /** The pictures that there can be of this run. */
  #choices(/** @type {import("../../session/protocol.js").Description} */ { task, inputNames = [] }) {
    const isThere = (/** @type {string} */ value) =>
      value === "truth" ? task === "regression" : value === "components" ? inputNames.length > 2 : true;
    return (settingOf("picture").choices ?? []).filter(({ value }) => isThere(value));
  }

  get #axes() {
    const { description, settings } = this.state;
    return description ? axesOf(description, settings.axes) : [0, 1];
  }

  render() {
    const { description } = this.state;
    const isPlane = !description || description.columns.length > 1;
    const view = this.#isTruth ? "truth" : isPlane ? "plane" : "curve";
    return html`
      ${description && isPlane ? this.#picture(description) : nothing}
      ${this.stage(view, this.#words(), (event) => this.#ask(event), view === "plane" ? this.#legend() : view === "curve" ? this.curveLegend() : this.#truthLegend())}
    `;
  }

  /** What is drawn over what: of a table's columns, any two. @param {import("../../session/protocol.js").Description} description */
  #picture(description) {
    const { settings } = this.state;
    const axes = this.#axes;
    const set = (/** @type {number} */ axis) => (/** @type {string} */ name) => {
      const chosen = axes.map((column) => description.columns[column]);
      const other = chosen[1 - axis];
      // The other axis' column: then they change places.
      if (name === other) chosen[1 - axis] = chosen[axis];
      chosen[axis] = name;
      this.playground.set("axes", chosen);
    };
    const axis = (/** @type {number} */ i) => html`
      <label class="axis"><span aria-hidden="true">${i ? "↑" : "→"}</span>${select({ name: i ? t("evaluation.upwardAxis") : t("evaluation.axisAcross"), choices: columnOptions(description.columns, description.columns[axes[i]]), enter: set(i) })}</label>
    `;
    const choices = this.#choices(description);
    const picture = pictureOf(settings);
    return html`
      <div class="axes">
        ${choices.length > 1 ? select({ name: t("evaluation.picture"), key: "picture", choices, value: picture, enter: (name) => this.playground.set("picture", name) }) : nothing}
        ${picture === "field" ? html`${axis(0)}${axis(1)}` : picture === "components" ? this.#planeWords() : nothing}
      </div>
    `;
  }

  #planeWords() {
    const { components } = this.state;
    const words = (/** @type {number} */ i) => (components ? shareWords(components, i) : "…");
    return html`<p class="note plane-words">${["→", "↑"].map((sign, i) => html`<span title=${words(i)}>${sign} ${words(i)}</span>`)}</p>`;
  }

  #truthLegend() {
    return html`<div class="legend legend-curve"><span>${t("evaluation.oneDotRowLine")}</span></div>`;
  }

  #legend() {
    const { description } = this.state;
    const [low, high] = this.#range();
    return this.legend((i) => classWord(description, i), [formatValue(low), formatValue(high)]);
  }

  #words() {
    const { description, frame } = this.state;
    if (!description || !frame) return t("evaluation.netsOutput");
    const trained = t("evaluation.afterEpochs", { epoch: frame.epoch });
    const { training } = frame;
    const good =
      training.accuracy === undefined
        ? t("evaluation.averageNetOffTraining", { mae: formatValue(training.mae) })
        : t("evaluation.trainingRowsToldRight", { accuracy: formatShare(training.accuracy) });
    if (this.#isTruth) return t("evaluation.predictedAgainstTrueOne", { target: description.target, trained, good });
    if (this.#plane) return t("evaluation.outputFieldOverFirst", { trained, good });
    const [across, up] = this.#axes.map((column) => description.columns[column]);
    if (up === undefined) return t("evaluation.fittedCurveOverRows", { across, trained, good });
    return t("evaluation.outputFieldOverRows", { across, up, trained, good });
  }

  /** The values at the ends of the colors. */
  #range() {
    const { description, points } = this.state;
    if (!description || !points || description.task === "classification") return classRange(description ?? {});
    return colorRange(points.targets);
  }

  /** A click on the picture asks the net about that place. */
  #ask(/** @type {MouseEvent} */ event) {
    const { view, description } = this.state;
    if (!view || !description || description.columns.length < 2 || pictureOf(this.state.settings) !== "field") return;
    const place = this.placeOf(event, view);
    const ask = [...this.state.ask];
    this.#axes.forEach((column, i) => (ask[column] = placed(description, column, place[i])));
    this.playground.askAbout(ask);
  }

  draw() {
    const { description, frame, view, ask, settings } = this.state;
    const plane = this.#plane;
    const points = plane?.points ?? this.state.points;
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector(".stage-points"));
    if (!canvas || !this.theme || !description || !points || !view) return;
    const width = description.outputs;
    const parts = frame?.outputs ? answersOf(description, frame.outputs) : null;
    const answers = parts && splitAnswers(parts.picture, width);
    const showTest = settings.showTestData;
    if (description.columns.length === 1) {
      const mark = answers ? /** @type {[number, number]} */ ([ask[0], answers.answer[0]]) : null;
      this.drawn = [];
      drawCurve(canvas, { points, curve: answers?.field ?? [], view: view[0], mark, showTest }, this.theme);
      return;
    }
    if (this.#isTruth) {
      this.drawn = [];
      // Points come and go with the padlock; the frame after that answers for these.
      drawTruth(
        canvas,
        {
          truth: points.targets,
          said: parts?.known.length === points.targets.length ? parts.known : [],
          part: points.part,
          showTest,
          write: formatValue,
        },
        this.theme,
      );
      return;
    }
    const range = this.#range();
    // Between two kinds of picture there are frames that don't fit.
    const size = fieldSize(description.columns.length);
    if (answers && answers.field.length === size * size * width)
      this.field?.draw(answers.field, size, range, width, frame?.classes);
    if (this.stands(canvas, points, view, ask, showTest)) return;
    const isClasses = description.task === "classification";
    const values = isClasses ? points.targets : points.targets.map(linear(range, [-1, 1]));
    if (plane) {
      drawPoints(canvas, { inputs: points.inputs, values, isClasses, part: points.part }, view, this.theme, {
        showTest,
      });
      return drawTicks(canvas, view, [formatValue, formatValue], [false, false], this.theme);
    }
    const axes = this.#axes;
    const inputs = onAxes(description, points.inputs, axes);
    drawPoints(canvas, { inputs, values, isClasses, part: points.part }, view, this.theme, {
      showTest,
      mark: axes.map((column) => ask[column]),
    });
    const write = axes.map(
      (column) => (/** @type {number} */ value) => formatRaw(description, column, value).replace("–", ""),
    );
    drawTicks(
      canvas,
      view,
      write,
      axes.map((column) => kindOf(description, column) === "category"),
      this.theme,
    );
  }
}
