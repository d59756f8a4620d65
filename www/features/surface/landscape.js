// @ts-check
/** The surface as a landscape, on a plain canvas: strips from back to front, so that near ones hide far ones. It turns only as it is turned. */
import { html } from "lit";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { prepare } from "../../ui/charts/canvas.js";
import { css, mix } from "../../ui/charts/color.js";
import { between } from "./model.js";
import { bandOf, heightOf, levelsOf, strengthOf } from "./scale.js";
import { slider } from "../../ui/slider.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Drawn} Drawn */
/** @typedef {import("./scale.js").Scale} Scale */

/** How high the highest loss stands, where the plane goes from −1 to 1. */
const HEIGHT = 0.9;

/** Degrees: a key's step, and how far it tilts, from nearly flat to nearly from above. */
const STEP = 5;
const TILTS = [10, 80];

/** Degrees to a pixel that it is dragged. */
const DRAG = 0.5;

/** By how much arrow keys turn and tilt. @type {Record<string, [number, number]>} */
const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

export class Landscape extends CanvasPanel {
  static properties = {
    ...CanvasPanel.properties,
    drawn: { attribute: false },
    scale: { attribute: false },
    turn: { state: true },
    tilt: { state: true },
  };

  constructor() {
    super();
    /** @type {Drawn | null} */
    this.drawn = null;
    /** @type {Scale | null} */
    this.scale = null;
    /** Degrees about the upright axis, and from flat to above. */
    this.turn = 30;
    this.tilt = 35;
  }

  render() {
    const angle = (
      /** @type {"turn" | "tilt"} */ key,
      /** @type {string} */ label,
      /** @type {number} */ min,
      /** @type {number} */ max,
    ) => {
      const id = `${this.uid}-${key}`;
      return slider({
        id,
        label,
        min,
        max,
        step: STEP,
        value: this[key],
        shown: t("surface.degrees", { degrees: Math.round(this[key]) }),
        enter: (degrees) => (this[key] = Number(degrees)),
      });
    };
    return html`
      <canvas class="surface-landscape" role="img" tabindex="0" aria-label=${t("surface.landscapeLabel")}
        @keydown=${this.#key} @pointerdown=${this.#hold} @pointermove=${this.#drag}></canvas>
      <div class="surface-sliders">
        ${angle("turn", t("surface.turn"), -180, 180)}
        ${angle("tilt", t("surface.tilt"), TILTS[0], TILTS[1])}
      </div>
    `;
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const by = KEYS[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move(...by);
  }

  #hold(/** @type {PointerEvent} */ event) {
    if (event.button === 0) /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
  }

  #drag(/** @type {PointerEvent} */ event) {
    if (!(/** @type {Element} */ (event.currentTarget).hasPointerCapture(event.pointerId))) return;
    // A finger that goes up or down scrolls the page.
    this.#move(event.movementX * DRAG, event.pointerType === "mouse" ? event.movementY * DRAG : 0);
  }

  #move(/** @type {number} */ turn, /** @type {number} */ tilt) {
    this.turn = ((this.turn + turn + 540) % 360) - 180;
    this.tilt = Math.min(Math.max(this.tilt + tilt, TILTS[0]), TILTS[1]);
  }

  draw() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"));
    const { drawn, scale, theme, turn, tilt } = this;
    if (drawn && scale && theme && canvas.clientWidth) drawLandscape(canvas, { drawn, scale, turn, tilt }, theme);
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{drawn: Drawn, scale: Scale, turn: number, tilt: number}} seen   turn and tilt in degrees
 * @param {import("../../ui/charts/color.js").Theme} theme
 */
function drawLandscape(canvas, { drawn, scale, turn, tilt }, theme) {
  const { context, width, height } = prepare(canvas);
  const { size, losses, reach, path } = drawn;
  const angle = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle(turn)), Math.cos(angle(turn))];
  const [flat, upright] = [Math.sin(angle(tilt)), Math.cos(angle(tilt))];
  const zoom = Math.min(width / 3, height / (2.9 * flat + HEIGHT * upright + 0.15));
  const middle = height / 2 + (HEIGHT / 2) * upright * zoom;
  /** From a and b in −1…1, and the height: the place, and how far away it is. */
  const project = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ up) => {
    const [x, depth] = [a * cos - b * sin, a * sin + b * cos];
    return { x: width / 2 + x * zoom, y: middle - (depth * flat + up * HEIGHT * upright) * zoom, depth };
  };
  const levels = levelsOf(scale);
  const colors = Array.from({ length: levels.length + 1 }, (_, band) =>
    css(mix(theme.surface, theme.accent, strengthOf(band))),
  );
  const at = (/** @type {number} */ i) => (2 * i) / (size - 1) - 1;
  const corners = Array.from(losses, (loss, i) =>
    project(at(i % size), at(Math.floor(i / size)), heightOf(scale, loss)),
  );
  const cells = [];
  for (let row = 0; row + 1 < size; row++)
    for (let column = 0; column + 1 < size; column++) {
      const places = [0, 1, size + 1, size].map((offset) => row * size + column + offset);
      const around = places.map((i) => losses[i]);
      // A row that was not drawn is none.
      if (around.some(Number.isNaN)) continue;
      const band = bandOf(levels, around.reduce((sum, loss) => sum + loss, 0) / 4);
      cells.push({
        four: places.map((i) => corners[i]),
        band,
        depth: corners[places[0]].depth + corners[places[2]].depth,
      });
    }
  cells.sort((one, other) => other.depth - one.depth);
  context.lineWidth = 0.5 * theme.unit;
  context.lineJoin = "round";
  context.strokeStyle = css(theme.ink, 0.22);
  for (const { four, band } of cells) {
    context.beginPath();
    for (const { x, y } of four) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = colors[band];
    context.fill();
    context.stroke();
  }
  /** On the surface itself. */
  const placed = (/** @type {number} */ a, /** @type {number} */ b) =>
    project(a / reach, b / reach, heightOf(scale, between(drawn, a, b)) + 0.02);
  /** What of a path is over the plane. */
  const along = (/** @type {ArrayLike<number>} */ one) => {
    const places = [];
    for (let i = 0; i + 1 < one.length; i += 2)
      if (Math.max(Math.abs(one[i]), Math.abs(one[i + 1])) <= reach) places.push(placed(one[i], one[i + 1]));
    return places;
  };
  const line = (/** @type {{x: number, y: number}[]} */ places, /** @type {string} */ color) => {
    if (places.length < 2) return;
    context.beginPath();
    for (const { x, y } of places) context.lineTo(x, y);
    for (const [stroke, wide] of /** @type {[string, number][]} */ ([
      [css(theme.surface), 5],
      [color, 2],
    ])) {
      context.strokeStyle = stroke;
      context.lineWidth = wide * theme.unit;
      context.stroke();
    }
  };
  drawn.trails.forEach(({ path: own }, i) => line(along(own), css(theme.classes[i % theme.classes.length])));
  const trail = along(path);
  const here = placed(0, 0);
  line(trail.length ? [...trail, here] : [], css(theme.ink));
  context.strokeStyle = css(theme.ink);
  context.fillStyle = css(theme.surface);
  context.lineWidth = 2.5 * theme.unit;
  context.beginPath();
  if (trail.length > 1)
    context.rect(trail[0].x - 5 * theme.unit, trail[0].y - 5 * theme.unit, 10 * theme.unit, 10 * theme.unit);
  context.moveTo(here.x + 6 * theme.unit, here.y);
  context.arc(here.x, here.y, 6 * theme.unit, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
