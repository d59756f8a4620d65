// @ts-check
/**
 * The handle along the loss chart: a slider named "Moment" that lies over its axis. Where it is drawn to, field, network
 * and figures are as they were then.
 */
import { html, nothing } from "lit";
import { formatCount, formatLoss } from "../../base/format.js";
import { Panel } from "../../ui/panel.js";
import { StoreController } from "../../ui/storeController.js";
import { t } from "../../base/text.js";

/** Half a handle, in rem, as in the stylesheet: the slider is so much longer than the axis, at both ends. */
const HALF_HANDLE = 0.6875;

export class Moments extends Panel {
  static properties = { ...Panel.properties, parts: { attribute: false }, log: { state: true } };

  follows = [
    new StoreController(this, () => this.parts.travel.store),
    new StoreController(
      this,
      () => this.parts.keeper.store,
      () => this.#redraw(),
    ),
  ];

  #isHeld = false;
  #isTold = false;

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
    /** What the reader chose; else a run that blew up is shown by powers of ten. @type {boolean | null} */
    this.log = null;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ run, description }) {
    return [run?.state, description];
  }

  get #chart() {
    return /** @type {import("../training/lossChart.js").LossChart} */ (this.parentElement);
  }

  get #isLog() {
    return this.log ?? this.state.run?.state === "diverged";
  }

  get #slider() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input"));
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame }) => frame,
      () => this.#place(),
    );
    if (this.hasUpdated) this.#watch(); // the chart has moved to another picture
  }

  firstUpdated() {
    this.#watch();
  }

  #watch() {
    const plot = /** @type {HTMLElement} */ (this.#chart.querySelector(".plot"));
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(plot);
    // The chart may come later than this part.
    const arrival = new MutationObserver(() => this.#place());
    arrival.observe(plot, { childList: true });
    this.atEnd(() => (observer.disconnect(), arrival.disconnect()));
    this.#listen(plot);
    this.#place();
  }

  render() {
    const { tooLarge, isAway } = this.parts.travel.store.get();
    const { run } = this.state;
    const cannot = tooLarge > 0 || !run || run.state === "failed";
    return html`
      <div class="moment-away">
        ${
          isAway && run?.state !== "training"
            ? html`
          <button type="button" class="small-button main" @click=${() => this.parts.travel.branch()}>${t("timeTravel.branchFromHere")}</button>
          <button type="button" class="small-button" aria-label="${t("timeTravel.newestMoment")}" title="${t("timeTravel.backWhereRunHad")}" @click=${() => this.parts.travel.back()}>${t("timeTravel.newest")}</button>`
            : nothing
        }
        ${tooLarge ? html`<span class="note" title="${t("timeTravel.momentNetworkTakesKb", { tooLarge: formatCount(tooLarge / 1024) })}">${t("timeTravel.tooLargeNetworkGo")}</span>` : nothing}
      </div>
      <button type="button" class="small-button moment-log" aria-pressed=${this.#isLog} aria-label="${t("timeTravel.lossesLogScale")}" title="${t("timeTravel.lossesPowersTenSmall")}"
        @click=${this.#toggleLog}>${t("timeTravel.log")}</button>
      <input class="moment" type="range" min="0" max="10" step="any" aria-label="${t("timeTravel.moment")}" aria-valuetext="${t("timeTravel.epoch0")}" title="${t("timeTravel.dragSeeRunWas")}"
        ?disabled=${cannot} @input=${this.#input} @keydown=${this.#key} @pointerdown=${() => (this.#isHeld = true)}
        @change=${() => (this.#isHeld = false)} @pointerup=${() => (this.#isHeld = false)} />
    `;
  }

  updated() {
    super.updated();
    this.#redraw();
    this.#place();
  }

  #toggleLog() {
    this.log = !this.#isLog;
  }

  #redraw() {
    const { isAway } = this.parts.travel.store.get();
    const { frame } = this.state;
    this.#chart.extras = {
      log: this.#isLog,
      ghost: this.parts.keeper.store.get().parent,
      ...(isAway && frame ? { at: this.parts.travel.epochAt(frame.step) } : {}),
    };
    if (this.#chart.theme) this.#chart.draw();
    this.#tell();
  }

  /** The legend reads out the moment, as it does the place under the pointer. */
  #tell() {
    const { frame } = this.state;
    if (this.#chart.extras.at === undefined || !frame) {
      if (this.#isTold) this.#chart.hovered = null;
      this.#isTold = false;
      return;
    }
    this.#isTold = true;
    this.#chart.hovered = { epoch: frame.epoch, training: frame.training.loss, test: frame.test?.loss ?? NaN };
  }

  /** Over the axis of the chart, with the handle where the run stands. */
  #place() {
    const slider = this.#slider;
    const box = this.#chart.chart?.plot.box;
    const { frame } = this.state;
    if (!slider || !box || !frame || box.right <= box.left) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const plot = /** @type {HTMLElement} */ (this.#chart.querySelector(".plot"));
    const half = HALF_HANDLE * rem;
    const { offsetLeft, offsetTop } = plot; // asked before anything is set: in between, the page would be laid out anew
    set(slider, "left", `${offsetLeft + box.left - half}px`);
    set(slider, "width", `${box.right - box.left + 2 * half}px`);
    set(slider, "top", `${offsetTop + box.bottom - half}px`);
    const max = String(box.last);
    if (slider.max !== max) slider.max = max;
    if (!this.#isHeld) slider.value = String(this.parts.travel.epochAt(frame.step));
    const words = t("timeTravel.epochTrainingLoss", {
      epoch: formatCount(frame.epoch),
      loss: formatLoss(frame.training.loss),
      value: frame.test ? t("timeTravel.testLoss", { loss: formatLoss(frame.test.loss) }) : "",
    });
    // A screen reader would be told every frame otherwise.
    if (this.state.run?.state !== "training" && slider.getAttribute("aria-valuetext") !== words)
      slider.setAttribute("aria-valuetext", words);
    const { isAway } = this.parts.travel.store.get();
    if (isAway && this.#chart.extras.at !== this.parts.travel.epochAt(frame.step)) this.#redraw();
  }

  #input() {
    const slider = this.#slider;
    if (slider) void this.#to(Number(slider.value));
  }

  #to(/** @type {number} */ epoch) {
    const perEpoch = this.state.description?.stepsPerEpoch ?? 1;
    return this.parts.travel.seek(epoch * perEpoch);
  }

  /** By keyboard from moment to moment: they lie closer than a slider's own steps, or further apart. */
  async #key(/** @type {KeyboardEvent} */ event) {
    const by = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
      Home: -1e6,
      End: 1e6,
    }[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { travel } = this.parts;
    if (this.playground.isTraining || !travel.store.get().moments.length) {
      this.playground.pause();
      await travel.refresh();
    }
    const moment = travel.neighbor(by);
    if (moment) await travel.seek(moment.step);
  }

  /** On the chart itself: wherever the mouse or a finger is drawn along. */
  #listen(/** @type {HTMLElement} */ plot) {
    const go = (/** @type {PointerEvent} */ event) => {
      const chart = this.#chart.chart;
      if (!chart || this.#slider?.disabled) return;
      const { left } = plot.getBoundingClientRect();
      const epoch = Math.max(0, Math.min(chart.plot.box.last, chart.plot.xAt(event.clientX - left)));
      void this.#to(epoch);
    };
    const down = (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0 || !this.state.frame?.step) return;
      plot.setPointerCapture(event.pointerId);
      go(event);
      plot.addEventListener("pointermove", go);
    };
    const up = () => plot.removeEventListener("pointermove", go);
    plot.addEventListener("pointerdown", down);
    plot.addEventListener("pointerup", up);
    plot.addEventListener("pointercancel", up);
    this.atEnd(() => {
      up();
      plot.removeEventListener("pointerdown", down);
      plot.removeEventListener("pointerup", up);
      plot.removeEventListener("pointercancel", up);
    });
  }
}

function set(
  /** @type {HTMLElement} */ element,
  /** @type {"left" | "top" | "width"} */ name,
  /** @type {string} */ value,
) {
  if (element.style[name] !== value) element.style[name] = value;
}
