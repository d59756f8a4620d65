// @ts-check
/** The loss surface: from above with the run's trail, and as a landscape to be turned. */
import { html, nothing, svg } from "lit";
import { contourPicture, heightFor, write } from "./contours.js";
import {
  SIZE,
  SurfaceJob,
  axisNames,
  isEarlier,
  placeOf,
  planeName,
  planeWords,
  planesOf,
  surfaceWords,
  trailFacts,
} from "./model.js";
import { STEPS, levelsOf, strengthOf } from "./scale.js";
import { formatCount, formatLoss } from "../../base/format.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Kind} Kind */
/** @typedef {import("./model.js").Drawn} Drawn */

/** Where the cross is at first: where the run stands. @type {[number, number]} */
const MIDDLE = [(SIZE - 1) / 2, (SIZE - 1) / 2];

/** Keys that move the cross; with Shift five places at a time. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const FAR = 5;

/** @extends {StudyPanel<SurfaceJob>} */
export class SurfacePanel extends StudyPanel {
  static properties = {
    ...StudyPanel.properties,
    kind: { state: true },
    cross: { state: true },
  };

  /** What stands as long as losses and size do: the cross alone moves. @type {{of: unknown[], picture: ReturnType<typeof contourPicture> | null}} */
  #standing = { of: [], picture: null };

  /** Of random directions. */
  #seed = 7;

  constructor() {
    super();
    /** @type {Kind | null} */
    this.kind = null;
    /** The column and row that are read. @type {[number, number]} */
    this.cross = MIDDLE;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    return [
      ...super.picks(state),
      state.run?.state,
      planesOf(state).length,
      isEarlier(state, this.job.store.get().drawn),
    ];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".surface-contours"));
  }

  createJob() {
    return new SurfaceJob(this.playground);
  }

  updated() {
    super.updated();
    this.measure();
  }

  /** The plane that is chosen, where this run has it. */
  get #kind() {
    const kinds = planesOf(this.state);
    return this.kind && kinds.includes(this.kind) ? this.kind : kinds[0];
  }

  #start() {
    this.cross = MIDDLE;
    void this.job.start(this.#kind, this.#seed);
  }

  #race() {
    this.cross = MIDDLE;
    void this.job.race();
  }

  render() {
    const kind = this.#kind;
    const { isRunning } = this.job;
    const { drawn, phase } = this.job.store.get();
    const hasDiverged = this.state.run?.state === "diverged";
    const again = () => {
      this.#seed += 1;
      this.#start();
    };
    return html`
      <p class="study-about">${t("surface.about")}</p>
      <div class="study-top">
        ${select({ id: `${this.uid}-plane`, label: t("surface.plane"), choices: planesOf(this.state).map((one) => ({ value: one, label: planeName(one) })), value: kind, enter: (one) => (this.kind = /** @type {Kind} */ (one)), disabled: isRunning })}
        ${kind === "random" && drawn?.kind === kind ? html`<button type="button" class="small-button" ?disabled=${isRunning || this.lacksRun || hasDiverged} @click=${again}>${t("surface.newDirections")}</button>` : nothing}
        ${studyControls(this.job, {
          label: t("surface.drawTheSurface"),
          start: () => this.#start(),
          cannot: this.lacksRun || hasDiverged,
          note: phase === "ready" ? t("surface.before", { places: formatCount(SIZE * SIZE) }) : nothing,
        })}
      </div>
      <p class="surface-race"><button type="button" class="small-button" ?disabled=${isRunning || this.lacksRun || hasDiverged} @click=${() => this.#race()}>${t("surface.raceOptimizers")}</button> <span class="note">${t("surface.raceNote")}</span></p>
      <p class="note surface-axes">${hasDiverged ? t("surface.diverged") : planeWords(kind)}</p>
      ${drawn ? this.#outcome(drawn) : nothing}
    `;
  }

  #outcome(/** @type {Drawn} */ drawn) {
    const { scale } = this.job.store.get();
    const { epoch, kind } = drawn;
    const isOld = isEarlier(this.state, drawn) && !this.job.isStale;
    const words = surfaceWords(drawn);
    return html`
      <p class="surface-words" role="status">${words}</p>
      <p class="surface-of">${t("surface.ofEpoch", { plane: planeName(kind), epoch: formatCount(epoch) })} ${drawn.trails.length && kind === "trajectory" ? t("surface.raceWords") : nothing}
        ${isOld ? html`${t("surface.earlier")} <button type="button" class="small-button" ?disabled=${this.job.isRunning} @click=${() => this.#start()}>${t("surface.drawAgain")}</button>` : nothing}</p>
      <div class="surface-pictures">
        <figure>
          <figcaption>${t("surface.fromAbove")}</figcaption>
          <div class="surface-map" tabindex="0" role="group" aria-label=${t("surface.mapLabel")} aria-describedby="${this.uid}-read" @keydown=${this.#key}>
            <svg class="surface-contours study-svg" role="img" aria-label="${t("surface.contoursLabel")} ${words}" height=${heightFor(this.size.width, this.size.unit)}
              @pointermove=${this.#point} @pointerdown=${this.#point}>${this.#contours(drawn, scale)}</svg>
          </div>
          <p class="surface-read" id="${this.uid}-read" aria-live="polite">${this.#reading(drawn)}</p>
        </figure>
        <figure>
          <figcaption>${t("surface.landscape")}</figcaption>
          <ty-landscape .playground=${this.playground} .drawn=${drawn} .scale=${scale}></ty-landscape>
        </figure>
      </div>
      ${drawn.trails.length ? this.#racers(drawn) : nothing}
      <div class="surface-legend">
        <ul class="surface-key" aria-hidden="true"><li data-key="trail">${t("surface.trail")}</li><li data-key="start">${t("surface.start")}</li><li data-key="here">${t("surface.here")}</li><li data-key="lowest">${t("surface.lowestPlace")}</li></ul>
        ${scale ? this.#legend(scale) : nothing}
      </div>
    `;
  }

  #racers(/** @type {Drawn} */ { trails }) {
    return html`
      <ol class="surface-racers" aria-label=${t("surface.racers")}>${trails.map(
        (trail, i) => html`
        <li><span class="surface-badge" data-at=${i} aria-hidden="true">${i + 1}</span> <b>${trail.name}</b> <span class="note">${trailFacts(trail)}</span></li>`,
      )}</ol>
    `;
  }

  #contours(/** @type {Drawn} */ drawn, /** @type {import("./scale.js").Scale | null} */ scale) {
    const { width, unit } = this.size;
    const of = [drawn, scale, width, unit];
    if (of.some((one, i) => one !== this.#standing.of[i]) || !this.#standing.picture)
      this.#standing = { of, picture: contourPicture({ width, height: heightFor(width, unit), unit }, drawn, scale) };
    const { picture, cross } = /** @type {ReturnType<typeof contourPicture>} */ (this.#standing.picture);
    return svg`${picture}${cross(this.cross)}`;
  }

  /** The colors with the losses at which they begin. */
  #legend(/** @type {import("./scale.js").Scale} */ scale) {
    const levels = levelsOf(scale);
    const wide = 100 / (STEPS + 1);
    const marks = [scale.low, levels[STEPS >> 1], levels[STEPS - 1]];
    return html`
      <div class="surface-scale">
        <span class="note">${t("surface.loss")}</span>
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${Array.from({ length: STEPS + 1 }, (_, band) => svg`<rect class="surface-swatch" fill-opacity=${strengthOf(band)} x=${band * wide} width=${wide} height="4" />`)}</svg>
        <div class="surface-marks">${marks.map((mark) => html`<span>${formatLoss(mark)}</span>`)}</div>
      </div>
    `;
  }

  #reading(/** @type {Drawn} */ drawn) {
    const { losses, size, origin, kind } = drawn;
    const [column, row] = this.cross;
    const [across, up] = axisNames(kind);
    const value = losses[row * size + column];
    const [a, b] = [column, row].map((index, i) => write(origin[i] + placeOf(drawn, index)));
    return Number.isNaN(value)
      ? t("surface.readNothing", { across, a, up, b })
      : t("surface.read", { across, a, up, b, loss: formatLoss(value) });
  }

  #point(/** @type {PointerEvent} */ event) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const node = this.#standing.picture?.nodeAt(event.clientX - box.left, event.clientY - box.top);
    if (node && node.some((one, i) => one !== this.cross[i])) this.cross = node;
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const by = ARROWS[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || (!by && event.key !== "Home")) return;
    event.preventDefault();
    event.stopPropagation();
    const inside = (/** @type {number} */ index) => Math.min(Math.max(index, 0), SIZE - 1);
    const far = event.shiftKey ? FAR : 1;
    const [column, row] = this.cross;
    this.cross = by ? [inside(column + far * by[0]), inside(row + far * by[1])] : MIDDLE;
  }
}
