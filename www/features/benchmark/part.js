// @ts-check
/** The race between CPU and GPU: one question, one button, two curves, and the answer in a sentence. Loaded when it is opened. */
import { BENCH } from "../../base/course.js";
import { html, nothing } from "lit";
import { PARTS, patterns, raceBars } from "./bars.js";
import { curvesLayout, nearest, raceCurves } from "./curves.js";
import { formatCount } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import {
  HIDDEN_LAYERS,
  adapterWords,
  agreementWords,
  breakEven,
  describePoint,
  lanesOf,
  roughly,
  teamWords,
  timedPoints,
  verdictWords,
} from "./model.js";
import { BenchmarkRun } from "./benchmarkRun.js";
import { OwnRaceView } from "./ownView.js";
import { stepParts } from "./stepView.js";
import { defineAll } from "../../ui/defineAll.js";
import { StoreController } from "../../ui/storeController.js";
import { SvgPanel } from "../../ui/svgPanel.js";
import { slider } from "../../ui/slider.js";
import { parts, t } from "../../base/text.js";

/** @typedef {import("./benchmarkRun.js").BenchmarkState} BenchmarkState */

export class BenchmarkPanel extends SvgPanel {
  /** @type {import("./benchmarkRun.js").BenchmarkRun} set before it is drawn */
  race = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.race.store);
  #sizes = { curves: { width: 640, height: 340 }, bars: 420, unit: 1 };

  connectedCallback() {
    this.race ??= new BenchmarkRun(this.playground);
    super.connectedCallback();
  }

  /** Away from the page nobody sees how it ends. */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.race.stop();
  }

  updated() {
    super.updated();
    this.measure();
  }

  /** Pictures are drawn in the page's own pixels, so that letters and lines keep their size. */
  measure() {
    const [curves, bars] = [this.querySelector(".race-curves"), this.querySelector(".race-bars")];
    if (!curves || !bars) return;
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const sizes = { curves: { width: curves.clientWidth, height: curves.clientHeight }, bars: bars.clientWidth, unit };
    if (!sizes.curves.width || JSON.stringify(sizes) === JSON.stringify(this.#sizes)) return;
    this.#sizes = sizes;
    this.requestUpdate();
  }

  render() {
    const state = this.race.store.get();
    return html`
      <p class="race-about">
        ${parts("benchmark.gpuComputesThousandsNumbers", { HIDDEN_LAYERS, batchSize: formatCount(state.batchSize) })}
      </p>
      ${state.phase === "lacking" ? html`<p class="race-lack" role="status">${state.lack}</p>` : this.#course(state)}
      <ty-own-race .playground=${this.playground}></ty-own-race>
      <p class="note"><a href=${BENCH} target="_blank">${t("benchmark.measureDevice")}</a></p>
    `;
  }

  #course(/** @type {BenchmarkState} */ state) {
    const laps = timedPoints(state.laps);
    const lap = laps[Math.min(state.chosen, laps.length - 1)];
    return html`
      ${this.#controls(state)}
      ${state.problem ? html`<p class="race-lack" role="alert">${state.problem}</p>` : nothing}
      ${lap ? this.#pictures(state, laps, lap) : nothing}
      <div class="race-words" role="status">
        ${state.phase === "done" && laps.length ? html`<p class="race-verdict">${verdictWords(laps)}</p>` : nothing}
      </div>
      ${lap ? html`<p class="race-lap">${describePoint(lap)}</p>` : nothing}
      ${state.phase === "done" && laps.length ? this.#notes(state, laps) : nothing}
    `;
  }

  /** @param {BenchmarkState} state @param {import("./model.js").BenchmarkPoint[]} laps @param {import("./model.js").BenchmarkPoint} lap */
  #pictures(state, laps, lap) {
    return html`
      <div class="race-pictures">
        <div class="race-plot">${this.#curves(state, laps)}</div>
        <div class="race-step">
          ${this.#chooser(state, laps, lap)}
          ${this.#bars(lap)}
          ${stepParts(this.uid, lap.gpu)}
        </div>
      </div>
    `;
  }

  #controls(/** @type {BenchmarkState} */ { phase, laps }) {
    const { widths } = this.race;
    const { isRunning } = this.race;
    const next = widths[laps.length];
    const words = {
      asking: t("benchmark.lookingGpu"),
      ready: t("benchmark.widthsFewSecondsEach", { widths: widths.length }),
      running: next
        ? t("benchmark.widthDone", { next: formatCount(next), laps: laps.length, widths: widths.length })
        : t("benchmark.addingUp"),
      stopping: t("benchmark.stopping"),
      done:
        laps.length < widths.length
          ? t("benchmark.stoppedAfterWidths", { laps: laps.length, widths: widths.length })
          : "",
      lacking: "",
    }[phase];
    return html`
      <div class="race-controls">
        <button type="button" class="button main starts" ?disabled=${phase === "asking" || phase === "stopping"}
          @click=${() => (isRunning ? this.race.stop() : void this.race.start())}>
          ${isRunning ? t("benchmark.stop") : phase === "done" ? t("benchmark.raceAgain") : t("benchmark.startRace")}
        </button>
        ${isRunning ? html`<progress aria-label="${t("benchmark.widthsDone")}" max=${widths.length} .value=${laps.length}></progress>` : nothing}
        <p class="note" role="status">${words}</p>
      </div>
    `;
  }

  #curves(/** @type {BenchmarkState} */ { chosen }, /** @type {import("./model.js").BenchmarkPoint[]} */ laps) {
    const { unit, curves: size } = this.#sizes;
    const verdict = breakEven(laps);
    const at = verdict?.width ?? null;
    const curves = {
      widths: this.race.widths,
      points: laps.map(({ width, cpu, team, gpu }) => ({
        width,
        cpu: cpu.msPerStep,
        team: team?.msPerStep ?? null,
        gpu: gpu.msPerStep,
      })),
      team: lanesOf(laps)[0] ?? "",
      chosen,
      breakEven: at === null ? null : { width: at, label: t("benchmark.breakEven", { at: roughly(at) }) },
      paysFrom: verdict?.kind === "always" ? laps[0].width : (at ?? Infinity),
    };
    const choose = (/** @type {PointerEvent} */ event) => {
      const left = /** @type {Element} */ (event.currentTarget).getBoundingClientRect().left;
      this.race.choose(nearest(curves.points, curvesLayout({ ...size, unit }, curves).x, event.clientX - left));
    };
    return html`
      <svg class="race-curves" role="img" aria-label=${this.#curveWords(laps)} @pointerdown=${choose}>${raceCurves({ ...size, unit }, curves)}</svg>
    `;
  }

  #curveWords(/** @type {import("./model.js").BenchmarkPoint[]} */ laps) {
    const [first, last] = [laps[0], laps[laps.length - 1]];
    const course = (/** @type {"cpu" | "gpu"} */ engine) =>
      t("benchmark.from", {
        msPerStep: formatMs(first[engine].msPerStep),
        msPerStep2: formatMs(last[engine].msPerStep),
      });
    return t("benchmark.chartMillisecondsPerStep2", {
      width: formatCount(first.width),
      width2: formatCount(last.width),
      course: course("cpu"),
      course2: course("gpu"),
    });
  }

  /** @param {BenchmarkState} state @param {import("./model.js").BenchmarkPoint[]} laps @param {import("./model.js").BenchmarkPoint} lap */
  #chooser({ chosen }, laps, lap) {
    const id = `${this.uid}-width`;
    return slider({
      id,
      label: t("benchmark.oneStepWidth"),
      max: Math.max(laps.length - 1, 0),
      value: chosen,
      shown: formatCount(lap.width),
      enter: (at) => this.race.choose(Number(at)),
      disabled: laps.length < 2,
    });
  }

  #bars(/** @type {import("./model.js").BenchmarkPoint} */ lap) {
    const { bars: width, unit } = this.#sizes;
    const bars = raceBars({ width, unit }, { ...lap, uid: this.uid });
    return html`<svg class="race-bars ${lap.team ? "three" : ""}" role="img" aria-label=${describePoint(lap)}>${patterns(this.uid)}${bars}</svg>`;
  }

  #notes(/** @type {BenchmarkState} */ { adapter }, /** @type {import("./model.js").BenchmarkPoint[]} */ laps) {
    return html`
      <p class="note">
        ${adapter ? `GPU: ${adapter.name}. ` : ""}${adapterWords(adapter)} ${agreementWords(laps)} ${teamWords(laps)}
      </p>
      <details class="race-numbers">
        <summary>${t("benchmark.allNumbers")}</summary>
        <div class="race-scroll" tabindex="0" role="region" aria-label="${t("benchmark.allNumbersRace")}">
          <table>
            <caption>${t("benchmark.millisecondsPerStepWidth")}</caption>
            <thead>
              <tr><th scope="col">${t("benchmark.width")}</th><th scope="col">${t("benchmark.parameters")}</th><th scope="col">CPU</th>${lanesOf(laps).map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">GPU</th>${PARTS.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr>
            </thead>
            <tbody>
              ${laps.map(
                ({ width, parameters, cpu, team, gpu }) => html`
                <tr>
                  <th scope="row">${formatCount(width)}</th><td>${formatCount(parameters)}</td>
                  ${[cpu.msPerStep, ...lanesOf(laps).map(() => team?.msPerStep ?? NaN), gpu.msPerStep, ...PARTS.map(({ key }) => gpu[key])].map((ms) => html`<td>${formatMs(ms).replace("\u00a0ms", "")}</td>`)}
                </tr>
              `,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }
}

export const define = (registry = customElements) =>
  defineAll({ "ty-race-panel": BenchmarkPanel, "ty-own-race": OwnRaceView }, registry);
