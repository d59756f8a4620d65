// @ts-check
/** What the reader may change, and how the run stands: the controls that the element asks for, in its order. */
import { html, nothing } from "lit";
import { formatCount, formatLoss, formatShare } from "../base/format.js";
import { camel } from "../base/letterCase.js";
import { isLocked } from "../base/padlock.js";
import { statusText } from "../session/statusText.js";
import { applies, settingOf } from "../settings/config.js";
import { field } from "../ui/field.js";
import { pauseIcon, playIcon, resetIcon, seedIcon, stepIcon } from "../ui/icons.js";
import { Panel } from "../ui/panel.js";
import { roundButton } from "../ui/roundButton.js";
import { BUTTONS } from "./attributes.js";
import { t } from "../base/text.js";

/** @typedef {typeof import("./attributes.js").FIGURES[number]} Figure */

/** @type {Record<Figure, {label: string, isTest?: boolean, of: (frame: import("../session/protocol.js").Frame) => string}>} */
const OUTPUTS = {
  epoch: { label: t("training.epoch"), of: (frame) => formatCount(frame.epoch) },
  steps: { label: t("training.steps"), of: (frame) => formatCount(frame.step) },
  "training-loss": { label: t("training.trainingLoss"), of: (frame) => formatLoss(frame.training.loss) },
  "validation-loss": { label: t("training.validationLoss"), of: (frame) => formatLoss(frame.validation?.loss) },
  "test-loss": { label: t("training.testLoss"), isTest: true, of: (frame) => formatLoss(frame.test?.loss) },
  "training-accuracy": { label: t("element.trainingAccuracy"), of: (frame) => formatShare(frame.training.accuracy) },
  "test-accuracy": { label: t("element.testAccuracy"), isTest: true, of: (frame) => formatShare(frame.test?.accuracy) },
};

/** @returns {name is Figure} */
const isFigure = (/** @type {string} */ name) => Object.hasOwn(OUTPUTS, name);

export class Bar extends Panel {
  static properties = { ...Panel.properties, controls: { attribute: false }, live: { attribute: false } };

  constructor() {
    super();
    /** @type {string[]} */
    this.controls = [];
    /** @type {import("./live.js").Live} */
    this.live = /** @type {never} */ (undefined);
  }

  /** @param {import("../session/playground.js").State} state */
  picks({ run, frame, settings, problems, lock }) {
    return [run, frame, settings, problems, lock];
  }

  render() {
    const { run, settings } = this.state;
    const buttons = this.controls.filter((name) => BUTTONS.includes(name));
    const figures = this.controls.filter(isFigure);
    const keys = this.controls.filter((name) => !BUTTONS.includes(name) && !isFigure(name)).map(camel);
    const fields = keys.filter((key) => applies(settingOf(key), settings));
    const { state = "opening" } = run ?? {};
    return html`
      ${buttons.length ? html`<div class="run-buttons" role="group" aria-label="${t("training.trainingRun")}">${buttons.map((name) => this.#button(name))}</div>` : nothing}
      ${figures.length ? html`<div class="figures">${figures.map((name) => this.#figure(name))}</div>` : nothing}
      ${fields.length ? html`<div class="fields">${fields.map((key) => field(this, key))}</div>` : nothing}
      <p class="status" role="status" data-state=${state}>${statusText(run, settings)}</p>
    `;
  }

  #button(/** @type {string} */ name) {
    const { live } = this;
    const { state } = this.state.run ?? {};
    const cannot = state === "failed";
    if (name === "reset")
      return roundButton("run-reset", t("training.reset"), t("element.resetTitle"), resetIcon, () => live.reset());
    if (name === "new-seed")
      return roundButton("run-seed", t("training.newSeed"), t("element.newSeedTitle"), seedIcon, () => live.newSeed());
    if (name === "step") {
      const step = (/** @type {MouseEvent} */ { shiftKey }) => live.step(shiftKey ? "epoch" : "batch");
      const hasEnded = state === "finished" || state === "diverged";
      return roundButton(
        "run-step",
        t("training.step"),
        t("training.trainOneBatchOne"),
        stepIcon,
        step,
        cannot || hasEnded,
      );
    }
    return live.plays
      ? roundButton("primary", t("training.pause"), t("training.pause"), pauseIcon, () => live.pause())
      : roundButton("primary", t("training.play"), t("training.play"), playIcon, () => live.play(), cannot);
  }

  #figure(/** @type {Figure} */ name) {
    const { label, isTest, of } = OUTPUTS[name];
    const { frame } = this.state;
    const value = isTest && isLocked(this.state) ? t("training.locked") : frame ? of(frame) : "–";
    return html`<div class="figure"><span aria-hidden="true">${label}</span><output aria-label=${label} aria-live="off">${value}</output></div>`;
  }
}
