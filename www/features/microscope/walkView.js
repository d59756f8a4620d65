// @ts-check
/**
 * A picture's way through the network, layer by layer: what the layer is given and gives, the window that moves over it, and
 * the sum at that place with its real numbers. Arrow keys and clicks move the window.
 */
import { html, nothing } from "lit";
import { formatCount } from "../../base/format.js";
import { classWord, formatValue } from "../../base/columnFormat.js";
import { shapeWords } from "../../session/shapes.js";
import { layersOf } from "../../settings/layers.js";
import { prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { paintNumbers } from "../../ui/charts/pixels.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { iconButton } from "../../ui/roundButton.js";
import * as walk from "./walk.js";
import { sceneOf } from "./walkScenes.js";
import { t } from "../../base/text.js";

/** @typedef {walk.Stage} Stage @typedef {walk.Place} Place */

/** What layers are called. @type {Record<string, string>} */
const NAMES = {
  conv2d: t("advanced.convolution"),
  maxPool2d: t("advanced.maxPooling"),
  avgPool2d: t("advanced.averagePooling"),
  flatten: t("microscope.walkFlattenName"),
  dense: t("microscope.walkDenseName"),
  dropout: t("microscope.walkDropoutName"),
  batchNorm: t("microscope.walkBatchNorm"),
  layerNorm: t("microscope.walkLayerNormName"),
  add: t("microscope.walkAdd"),
  softmax: t("microscope.walkSoftmax"),
  sigmoid: t("microscope.walkSigmoid"),
};

/** Keys that move the window. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class ImageWalk extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    seen: { state: true },
    step: { state: true },
    place: { state: true },
    channel: { state: true },
  };

  #one = new OffscreenCanvas(1, 1);
  /** The stages of what was seen. @type {{of: object, layers: unknown, stages: Stage[] | null} | null} */
  #known = null;

  constructor() {
    super();
    /** Numbers and weights of one moment: frames bring new weights more often. @type {{units: Float32Array, parameters: Float32Array, of: object} | null} */
    this.seen = null;
    this.step = 0;
    /** Where one looks, in what the layer gives; null: where that is largest. @type {Place | null} */
    this.place = null;
    /** Whose window is written out. */
    this.channel = 0;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, settings, ask, run }) {
    return [description, settings.layers, ask, run?.state === "training"];
  }

  connectedCallback() {
    super.connectedCallback();
    const look = () => this.#look();
    this.follow(({ frame }) => frame?.units, look);
    const details = this.closest("details");
    details?.addEventListener("toggle", look);
    this.atEnd(() => details?.removeEventListener("toggle", look));
    look();
  }

  /** New numbers come with the weights that gave them. */
  #look() {
    const { frame, description } = this.state;
    if (!frame?.units || !frame.parameters || !description || !(this.closest("details")?.open ?? true)) return;
    this.seen = { units: frame.units, parameters: frame.parameters, of: description };
  }

  get #stages() {
    const { seen } = this;
    const { description, settings } = this.state;
    if (!seen || !description?.image || seen.of !== description) return null;
    if (this.#known?.of !== seen || this.#known.layers !== settings.layers) {
      const stages = walk.walkOf(description, layersOf(settings), seen.units, seen.parameters);
      this.#known = { of: seen, layers: settings.layers, stages };
    }
    return this.#known.stages;
  }

  /** The layer under the lens, and the place in what it gives. */
  /** @returns {import("./walkScenes.js").Here | null} */
  get #here() {
    const stages = this.#stages;
    if (!stages) return null;
    const step = Math.min(this.step, stages.length - 1);
    const stage = stages[step];
    const place = this.place ? walk.held(stage.to, this.place) : walk.loudest(stage, 0);
    const { maps } = walk.layOut(stage.from);
    // Pooling and the like leave maps apart: there is one that belongs to this place.
    const isOwn = stage.layer.type !== "conv2d" && stage.from.length === 3 && stage.to.length === 3;
    const flat = stage.layer.type === "flatten" ? walk.placeAt(stage.from, walk.indexOf(stage.to, place)) : null;
    const channel = flat ? flat.map : isOwn ? place.map : Math.min(this.channel, maps - 1);
    return { stages, step, stage, place, channel, flat };
  }

  #go(/** @type {number} */ step) {
    Object.assign(this, { step, place: null, channel: 0 });
  }

  #move(/** @type {Partial<Place>} */ by) {
    const here = this.#here;
    if (here) this.place = walk.held(here.stage.to, { ...here.place, ...by });
  }

  render() {
    const { description, run, ask } = this.state;
    if (!description?.image) return nothing;
    const here = this.#here;
    if (!here)
      return html`<h3>${t("microscope.walkTitle")}</h3><p class="note" role="status" data-loading>${t("microscope.looking")}</p>`;
    const { stages, step, stage } = here;
    return html`
      <h3>${t("microscope.walkTitle")}</h3>
      <p class="note">${ask[0] < 0 ? t("microscope.walkDrawing") : t("microscope.walkImage", { number: formatCount(ask[0] + 1) })}</p>
      <ol class="walk-steps" aria-label="${t("microscope.walkLayers")}">
        ${stages.map(
          ({ layer, to }, i) => html`
          <li><button type="button" aria-current=${i === step ? "step" : "false"} @click=${() => this.#go(i)}>
            <b>${NAMES[layer.type]}</b><span>${shapeWords(to)}</span>
          </button></li>`,
        )}
      </ol>
      <section class="scope-scene" aria-label=${NAMES[stage.layer.type]}>
        ${stage.output && stage.input ? this.#picture(here, run?.state === "training") : html`<p>${t("microscope.walkUnknown")}</p>`}
      </section>
    `;
  }

  /** @param {import("./walkScenes.js").Here} here @param {boolean} isTraining */
  #picture(here, isTraining) {
    const { stage, place, channel } = here;
    const { description } = this.state;
    const names = (/** @type {number} */ k) => classWord(description, k);
    const { maps } = walk.layOut(stage.to);
    const isScore = stage.layer.type === "softmax" || stage.layer.type === "sigmoid";
    const value = stage.output?.[walk.indexOf(stage.to, place)];
    const where =
      stage.to.length === 3
        ? t("microscope.walkWhere", {
            map: place.map + 1,
            row: place.y + 1,
            column: place.x + 1,
            value: formatValue(value),
          })
        : t("microscope.walkNumber", {
            number: walk.indexOf(stage.to, place) + 1,
            value: formatValue(value),
          });
    return html`
      ${
        isScore
          ? nothing
          : html`<div class="walk-maps">
              ${this.#figure("in", stage.from, t("microscope.walkIn"), channel, stage.layer.type === "conv2d" ? (k) => (this.channel = k) : null)}
              <span class="walk-arrow" aria-hidden="true">→</span>
              ${this.#figure("out", stage.to, t("microscope.walkOut"), place.map, maps > 1 ? (k) => this.#move({ map: k }) : null)}
              ${this.#nudges()}
            </div>
            <p class="walk-where" role="status" aria-live=${isTraining ? "off" : "polite"}>${where}</p>`
      }
      ${sceneOf(here, names)}
    `;
  }

  /** What the layer is given, or gives: a map of it, which can be another. @param {"in" | "out"} side @param {import("../../session/shapes.js").Shape} shape @param {string} name @param {number} map @param {((map: number) => void) | null} choose */
  #figure(side, shape, name, map, choose) {
    const { maps, rows, columns } = walk.layOut(shape);
    const turn = (/** @type {number} */ by) => () => choose?.((map + by + maps) % maps);
    const which = shape.length === 3 ? t("microscope.walkMap", { map: map + 1, maps }) : t("microscope.walkNumbers");
    const isTarget = side === "out";
    return html`
      <figure class="walk-figure">
        <figcaption>${name} <span>${shapeWords(shape)}</span></figcaption>
        <div class="walk-map" data-side=${side} tabindex=${isTarget ? 0 : nothing} role=${isTarget ? "application" : nothing}
          aria-label=${isTarget ? `${name}, ${which}. ${t("microscope.walkKeys")}` : nothing}
          @pointerdown=${(/** @type {PointerEvent} */ event) => this.#press(event, side)}
          @pointermove=${(/** @type {PointerEvent} */ event) => event.buttons && this.#press(event, side)}
          @keydown=${isTarget ? this.#key : nothing}>
          <canvas data-side=${side} data-ratio="${columns} / ${rows}" aria-hidden="true"></canvas>
        </div>
        <div class="walk-turn">
          ${choose && maps > 1 ? iconButton(isTarget ? t("microscope.walkPreviousMap") : t("microscope.walkPreviousChannel"), "‹", turn(-1)) : nothing}
          <span>${which}</span>
          ${choose && maps > 1 ? iconButton(isTarget ? t("microscope.walkNextMap") : t("microscope.walkNextChannel"), "›", turn(1)) : nothing}
        </div>
      </figure>
    `;
  }

  /** For fingers, to which a number of a map is too small. */
  #nudges() {
    const one = (/** @type {string} */ key, /** @type {string} */ sign, /** @type {string} */ words) =>
      iconButton(words, sign, () => this.#by(...ARROWS[key]));
    return html`
      <div class="walk-nudges" role="group" aria-label="${t("microscope.walkMove")}">
        ${one("ArrowUp", "↑", t("microscope.walkUp"))}${one("ArrowLeft", "←", t("microscope.walkLeft"))}${one("ArrowRight", "→", t("microscope.walkRight"))}${one("ArrowDown", "↓", t("microscope.walkDown"))}
      </div>`;
  }

  #by(/** @type {number} */ dx, /** @type {number} */ dy) {
    const here = this.#here;
    if (here) this.#move({ x: here.place.x + dx, y: here.place.y + dy });
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !ARROWS[event.key]) return;
    event.preventDefault();
    event.stopPropagation(); // the page has plans for some of these keys too
    const by = event.shiftKey ? 4 : 1;
    const [dx, dy] = ARROWS[event.key];
    this.#by(dx * by, dy * by);
  }

  /** The window goes where one presses; in the input, around that place. @param {PointerEvent} event @param {"in" | "out"} side */
  #press(event, side) {
    const here = this.#here;
    if (!here || (event.pointerType === "mouse" && !(event.buttons & 1))) return;
    const { stage, channel, place } = here;
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const shape = side === "in" ? stage.from : stage.to;
    const { rows, columns } = walk.layOut(shape);
    const at = {
      map: side === "in" ? channel : place.map,
      y: Math.floor(((event.clientY - box.top) / box.height) * rows),
      x: Math.floor(((event.clientX - box.left) / box.width) * columns),
    };
    if (side === "out") this.place = walk.held(shape, at);
    else if (stage.layer.type !== "dense")
      this.place = {
        ...walk.windowAround(stage, walk.held(shape, at)),
        ...(stage.layer.type === "conv2d" ? { map: place.map } : {}),
      };
  }

  updated() {
    for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (this.querySelectorAll("canvas[data-ratio]")))
      canvas.style.aspectRatio = canvas.dataset.ratio ?? "";
    super.updated();
  }

  draw() {
    const { theme } = this;
    const here = this.#here;
    if (!theme || !here) return;
    const { stage, place, channel, flat } = here;
    for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (this.querySelectorAll("canvas[data-side]"))) {
      const isIn = canvas.dataset.side === "in";
      const [shape, values, map] = isIn ? [stage.from, stage.input, channel] : [stage.to, stage.output, place.map];
      if (!values) continue;
      const { rows, columns, size } = walk.layOut(shape);
      const own = new Float32Array(rows * columns);
      own.set(values.subarray(map * size, (map + 1) * size));
      const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      paintNumbers(this.#one, own, columns, most, theme);
      const { context, width, height } = prepare(canvas);
      context.imageSmoothingEnabled = false;
      context.drawImage(this.#one, 0, 0, width, height);
      const [wide, high] = [width / columns, height / rows];
      /** @param {number} x @param {number} y @param {number} side */
      const outline = (x, y, side) => {
        for (const [color, line] of /** @type {const} */ ([
          [theme.surface, 4],
          [theme.ink, 2],
        ])) {
          context.strokeStyle = css(color);
          context.lineWidth = line * theme.unit;
          context.strokeRect(x * wide, y * high, side * wide, side * high);
        }
      };
      if (!isIn) outline(place.x, place.y, 1);
      else if (flat) outline(flat.x, flat.y, 1);
      else if (walk.hasWindow(stage)) {
        const { size: side, stride, top, left } = walk.windowOf(stage);
        outline(place.x * stride - left, place.y * stride - top, side);
      } else if (stage.layer.type !== "dense") outline(place.x, place.y, 1);
    }
  }
}
