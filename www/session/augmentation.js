// @ts-check
/** How training images are varied, and how that is said: of `data.augment`, whose ranges the core has. */
import { formatRate, formatShare } from "../base/format.js";
import { t } from "../base/text.js";

/** @typedef {Record<string, number>} Augment   strengths by kind; what is 0 is left out */

const degrees = (/** @type {number} */ value) => `${formatRate(value)}°`;
const share = (/** @type {number} */ value) => formatShare(value, 0);

/** Each kind with what is offered of it (a link may go further), and a strength that suits most images. */
export const AUGMENTS = [
  { key: "shift", label: t("images.augmentShift"), most: 0.3, step: 0.05, usual: 0.1, written: share },
  { key: "rotate", label: t("images.augmentRotate"), most: 45, step: 5, usual: 10, written: degrees },
  { key: "scale", label: t("images.augmentScale"), most: 0.3, step: 0.05, usual: 0.1, written: share },
  { key: "noise", label: t("images.augmentNoise"), most: 0.3, step: 0.05, usual: 0, written: share },
];

/** @type {Record<string, (most: string) => string>} */
const WORDS = {
  shift: (most) => t("images.shiftedBy", { most }),
  rotate: (most) => t("images.rotatedBy", { most }),
  scale: (most) => t("images.scaledBy", { most }),
  noise: (most) => t("images.noiseOf", { most }),
};

/** A little of each. */
export const usual = () =>
  Object.fromEntries(AUGMENTS.flatMap(({ key, usual: value }) => (value ? [[key, value]] : [])));

/** With another strength of a kind. @param {Augment | null | undefined} augment @param {string} key @param {number} value @returns {Augment | null}   null where nothing is left */
export function withStrength(augment, key, value) {
  const all = AUGMENTS.map(({ key: one }) => [one, one === key ? value : (augment?.[one] ?? 0)]);
  const some = all.filter(([, strength]) => Number(strength) > 0);
  return some.length ? Object.fromEntries(some) : null;
}

/** "shifted by up to 10%, rotated by up to 10°"; empty where nothing is varied. */
export const augmentWords = (/** @type {Augment | null | undefined} */ augment) =>
  AUGMENTS.filter(({ key }) => (augment?.[key] ?? 0) > 0)
    .map(({ key, written }) => WORDS[key](written(augment?.[key] ?? 0)))
    .join(", ");
