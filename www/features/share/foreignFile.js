// @ts-check
/** Files that somebody takes for an experiment: what each is, and where it opens. */
import { t } from "../../base/text.js";

const PICTURE = () => t("share.foreignPicture");

/** What begins with these bytes, and what is to be said of it. @type {[string, () => string][]} */
const SIGNATURES = [
  ["\x89PNG", PICTURE],
  ["\xff\xd8\xff", PICTURE],
  ["GIF8", PICTURE],
  ["RIFF", PICTURE],
  ["%PDF", () => t("share.foreignDocument")],
  ["PK\x03\x04", () => t("share.foreignZip")],
  ["\x1f\x8b", () => t("share.foreignGzip")],
  ["TYIM", () => t("share.foreignPictures")],
];

/** So large is the header of safetensors at most, by their reader in Rust. */
const MOST_HEADER = 100_000_000;

/** A sentence for bytes that begin as no experiment does; empty for what may be one. */
export function foreignTo(/** @type {Uint8Array} */ head) {
  if (head.length === 0) return t("share.foreignEmpty");
  const text = String.fromCharCode(...head);
  for (const [start, say] of SIGNATURES) if (text.startsWith(start)) return say();
  if (isSafetensors(head)) return t("share.foreignWeights");
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|svg|!--)/i.test(text)) return t("share.foreignPage");
  if (/^(\xef\xbb\xbf)?\s*[{[]/.test(text)) return "";
  // A text that reads like a row of a table.
  return /^[\x20-\x7e\x80-\xff]*[,;\t][^\n]*[\r\n]/.test(text) ? t("share.foreignTable") : "";
}

/** The length of a header, then the header, which is JSON. */
function isSafetensors(/** @type {Uint8Array} */ head) {
  if (head.length < 9 || head[8] !== "{".charCodeAt(0)) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return view.getUint32(4, true) === 0 && view.getUint32(0, true) <= MOST_HEADER;
}

const isObject = (/** @type {unknown} */ read) => typeof read === "object" && read !== null && !Array.isArray(read);

/** Whether a document is a Jupyter notebook. */
export const isNotebook = (/** @type {any} any: a file as it was given */ read) =>
  isObject(read) && Object.hasOwn(read, "nbformat") && Object.hasOwn(read, "cells");

/** Whether a document is a Spec by itself. */
export const isSpec = (/** @type {any} any: likewise */ read) =>
  isObject(read) &&
  !Object.hasOwn(read, "trainyard") &&
  ["data", "model", "training"].some((part) => isObject(read[part]));
