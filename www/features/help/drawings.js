// @ts-check
/** Small drawings of what a setting does, where one says it faster than a sentence. */
import { html, svg } from "lit";
import { t } from "../../base/text.js";

const WIDTH = 264;
const HEIGHT = 76;

const drawing = (/** @type {unknown} */ shapes) =>
  html`<svg class="info-drawing" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${shapes}</svg>`;

const words = (/** @type {number} */ x, /** @type {string} */ text) =>
  svg`<text x=${x} y="72" text-anchor="middle">${text}</text>`;
const dot = (/** @type {number} */ x, /** @type {number} */ y, name = "ink", r = 3) =>
  svg`<circle class="info-${name}" cx=${x} cy=${y} r=${r}></circle>`;

/** A ball that goes down a bowl: where it stands after each step, from −1 to 1. */
const STEPS = {
  small: [-0.95, -0.87, -0.79, -0.72],
  right: [-0.95, -0.45, -0.15, -0.03],
  large: [-0.5, 0.66, -0.82, 1],
};

function bowl(/** @type {number} */ middle, /** @type {number[]} */ steps, /** @type {string} */ text) {
  const x = (/** @type {number} */ at) => middle + 34 * at;
  const y = (/** @type {number} */ at) => 50 - 42 * at * at;
  const curve = Array.from({ length: 25 }, (_, i) => i / 12 - 1).map((at) => `${x(at)},${y(at)}`);
  return svg`
    <polyline class="info-line" points=${curve.join(" ")}></polyline>
    <polyline class="info-path" points=${steps.map((at) => `${x(at)},${y(at)}`).join(" ")}></polyline>
    ${steps.map((at) => dot(x(at), y(at), "accent"))}
    ${words(middle, text)}
  `;
}

const learningRate = () =>
  drawing([
    bowl(44, STEPS.small, t("help.tooSmall")),
    bowl(132, STEPS.right, t("help.right")),
    bowl(220, STEPS.large, t("help.tooLarge")),
  ]);

const batch = (/** @type {number} */ middle, /** @type {number} */ size, /** @type {string} */ text) => [
  Array.from({ length: 24 }, (_, i) =>
    dot(middle - 42 + 12 * (i % 8), 14 + 16 * Math.floor(i / 8), (i * 7) % 24 < size ? "accent" : "faint", 4),
  ),
  words(middle, text),
];
const batchSize = () => drawing([batch(66, 3, t("help.n3RowsPerStep")), batch(198, 12, t("help.n12RowsPerStep"))]);

/** Rows that scatter about a line, and what a model makes of them. */
const ROWS = [12, 2, 18, 8, 22, 14, 30, 22];
const fit = (/** @type {number} */ left, /** @type {string} */ path, /** @type {string} */ text) => [
  svg`<path class="info-line" d=${path}></path>`,
  ROWS.map((height, i) => dot(left + 14 * i, 46 - height, "accent")),
  words(left + 49, text),
];
const through = (/** @type {number} */ left) => ROWS.map((height, i) => `${left + 14 * i},${46 - height}`);
const wiggle = (/** @type {number} */ left) =>
  `M${through(left)
    .map((point, i) => (i ? `S${left + 14 * i - 5},${46 - ROWS[i] + (i % 2 ? 9 : -9)} ${point}` : point))
    .join(" ")}`;
const penalty = () =>
  drawing([fit(16, wiggle(16), t("help.without")), fit(150, "M150,38 C180,34 220,24 248,20", t("help.penalty"))]);

/** Two classes, apart and mixed. */
const classes = (/** @type {number} */ middle, /** @type {number} */ mix, /** @type {string} */ text) => [
  Array.from({ length: 18 }, (_, i) => {
    const side = i % 2 ? 1 : -1;
    const [across, up] = [((i * 29) % 17) - 8, ((i * 23) % 41) - 20];
    return dot(middle + side * (26 - mix) + across * (1 + mix / 14), 29 + up, side < 0 ? "minus" : "plus");
  }),
  words(middle, text),
];
const noise = () => drawing([classes(66, 0, t("help.noNoise")), classes(198, 22, t("help.muchNoise"))]);

const split = () =>
  drawing(svg`
    <rect class="info-accent" x="12" y="16" width="192" height="24"></rect>
    <rect class="info-faint" x="206" y="16" width="46" height="24"></rect>
    ${words(108, t("help.learnsFromThese"))}${words(226, t("help.tests"))}
  `);

const dropout = () =>
  drawing([
    Array.from({ length: 7 }, (_, i) => {
      const x = 36 + 32 * i;
      const isOff = i === 1 || i === 4;
      return [
        dot(x, 28, isOff ? "faint" : "accent", 11),
        isOff ? svg`<path class="info-line" d="M${x - 7},21 l14,14 M${x + 7},21 l-14,14"></path>` : "",
      ];
    }),
    words(132, t("help.someNeuronsSitOut")),
  ]);

/** By the setting's key. @type {Record<string, () => unknown>} */
export const DRAWINGS = {
  learningRate,
  batchSize,
  l1: penalty,
  l2: penalty,
  weightDecay: penalty,
  noise,
  trainingShare: split,
  validationShare: split,
  dropout,
};
