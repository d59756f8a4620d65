// @ts-check
/** Classes with their pictures, as they are brought; what is lacking until a network can learn from them; and the file of them. */
import { writePictureFile } from "../../../base/pictureFile.js";
import { looksInverted, SIDE } from "./frame.js";
import { formatCount } from "../../../base/format.js";
import { t } from "../../../base/text.js";

/** @typedef {{name: string, pictures: import("./frame.js").Picture[]}} PictureClass */
/** @typedef {{framing: import("./frame.js").Framing, ink: "auto" | "keep" | "invert"}} Choices */

/** What a set may have. */
export const MOST_CLASSES = 20;
export const MOST_PICTURES = 2000;
export const LEAST_PICTURES = 5;

/** Larger files are no pictures that anybody wants to wait for. */
export const MOST_BYTES = 50_000_000;

export const countOf = (/** @type {PictureClass[]} */ classes) =>
  classes.reduce((sum, { pictures }) => sum + pictures.length, 0);

/** Whether they are inverted: by hand, or as it looks. @param {PictureClass[]} classes @param {Choices} choices */
export const isInverted = (classes, { ink }) =>
  ink === "auto" ? looksInverted(classes.flatMap(({ pictures }) => pictures)) : ink === "invert";

/** A sentence; null where there is nothing. */
export function lackOf(/** @type {PictureClass[]} */ classes) {
  if (classes.length < 2) return t("ownImages.twoClasses", { count: classes.length });
  const names = classes.map(({ name }) => name.trim());
  const unnamed = names.indexOf("");
  if (unnamed >= 0) return t("ownImages.noName", { number: unnamed + 1 });
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return t("ownImages.sameName", { name: twice });
  const small = classes.find(({ pictures }) => pictures.length < LEAST_PICTURES);
  if (small) return t("ownImages.tooFew", { name: small.name, images: small.pictures.length, least: LEAST_PICTURES });
  return null;
}

/** How many more there may be. */
export const roomIn = (/** @type {PictureClass[]} */ classes) => MOST_PICTURES - countOf(classes);

/** Why no more pictures can be taken; null while they can. */
export const fullOf = (/** @type {PictureClass[]} */ classes) =>
  countOf(classes) < MOST_PICTURES ? null : t("ownImages.full", { most: formatCount(MOST_PICTURES) });

/** How they are seen. @param {PictureClass[]} classes @param {Choices} choices @returns {import("./frame.js").Seeing} */
export const seeingOf = (classes, choices) => ({
  framing: choices.framing,
  isInverted: isInverted(classes, choices),
});

/** @param {PictureClass[]} classes @param {Uint8Array[]} seen   what the network sees of each, class by class */
export function fileOf(classes, seen) {
  const pixels = new Uint8Array(seen.length * SIDE * SIDE);
  seen.forEach((one, i) => pixels.set(one, i * SIDE * SIDE));
  const labels = classes.flatMap(({ pictures }, k) => pictures.map(() => k));
  return writePictureFile({ height: SIDE, width: SIDE, names: classes.map(({ name }) => name.trim()), labels, pixels });
}
