// @ts-check
/** What the net has learned of a made-up source, over its points. */
import { html, nothing } from "lit";
import { drawPoints } from "../../ui/charts/points.js";
import { Stage } from "./stage.js";
import { colorRange, linear } from "../../ui/charts/scale.js";
import { formatNumber, formatShare } from "../../base/format.js";
import { FIELD_SIZE, splitAnswers } from "../../base/grid.js";
import { classRange } from "../../session/statusText.js";
import { loadPart } from "../../base/loadPart.js";
import { lacks } from "../../ui/lacks.js";
import { t } from "../../base/text.js";

export class ToyOutput extends Stage {
  static properties = { ...Stage.properties, lacksCurve: { state: true } };

  /** What draws a source of one input: loaded with the first of them. @type {typeof import("./curvePart.js") | null} */
  #curve = null;
  #isAsked = false;

  constructor() {
    super();
    /** What to do, where it could not be loaded. @type {string | null} */
    this.lacksCurve = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, frame, run }) {
    return [settings.showTestData, description, frame?.training, run?.state];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame, points, view, ask, settings }) {
    return [frame, points, view, ask, settings.showTestData, settings.discretize];
  }

  render() {
    const { description } = this.state;
    const isPlane = !description || description.columns.length > 1;
    return html`
      ${this.stage(isPlane ? "plane" : "curve", this.#words(), (event) => this.#ask(event), isPlane ? this.#legend() : this.curveLegend())}
      ${!isPlane && this.lacksCurve ? lacks(t("evaluation.partDrawsCurves"), this.lacksCurve, () => void this.#loadCurve(true)) : nothing}
    `;
  }

  #legend() {
    const [low, high] = this.#range();
    return this.legend((i) => t("evaluation.class2", { i }), [formatNumber(low, 1), formatNumber(high, 1)]);
  }

  #words() {
    const { description, frame } = this.state;
    if (!description || !frame) return t("evaluation.netsOutput");
    const trained = t("evaluation.afterEpochs", { epoch: frame.epoch });
    if (description.outputs > 1 && description.task === "classification") {
      return t("evaluation.outputFieldEachPlace", { trained, accuracy: formatShare(frame.training.accuracy) });
    }
    if (description.task === "classification") {
      return t("evaluation.outputFieldBlueWhere", { trained, accuracy: formatShare(frame.training.accuracy) });
    }
    return t("evaluation.dataPointsAverageNet", {
      value: description.columns.length > 1 ? t("evaluation.outputField") : t("evaluation.fittedCurve"),
      trained,
      mae: formatNumber(frame.training.mae ?? NaN),
    });
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
    if (!view || description?.columns.length !== 2) return;
    this.playground.askAbout(this.placeOf(event, view).map((value) => Number(value.toFixed(1))));
  }

  draw() {
    const { description, frame, points, view, ask, settings } = this.state;
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector(".stage-points"));
    if (!canvas || !this.theme || !description || !points || !view) return;
    const width = description.outputs;
    const answers = frame?.outputs ? splitAnswers(frame.outputs, width) : null;
    const showTest = settings.showTestData;
    if (description.columns.length === 1) {
      const mark = answers ? /** @type {[number, number]} */ ([ask[0], answers.answer[0]]) : null;
      this.drawn = [];
      if (!this.#curve) return void this.#loadCurve();
      this.#curve.drawCurve(canvas, { points, curve: answers?.field ?? [], view: view[0], mark, showTest }, this.theme);
      return;
    }
    const range = this.#range();
    if (answers) this.field?.draw(answers.field, FIELD_SIZE, range, width, frame?.classes, settings.discretize);
    if (this.stands(canvas, points, view, ask, showTest)) return;
    const isClasses = description.task === "classification";
    const values = isClasses ? points.targets : points.targets.map(linear(range, [-1, 1]));
    drawPoints(canvas, { inputs: points.inputs, values, isClasses, part: points.part }, view, this.theme, {
      showTest,
      mark: ask,
    });
  }

  async #loadCurve(isAgain = false) {
    if (this.#isAsked && !isAgain) return;
    this.#isAsked = true;
    this.lacksCurve = null;
    try {
      this.#curve = await loadPart("features/evaluation/curvePart.js");
      this.draw();
    } catch (error) {
      this.lacksCurve = /** @type {Error} */ (error).message;
    }
  }
}
