// @ts-check
/** What a model's layers are, in words: loaded with the first kept run. */
import { layersOf, unitsOf } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer @typedef {import("./spec.js").Settings} Settings */

/** Layers in words: "8–batchNorm–8". */
export const layerWords = (/** @type {(number | Layer)[]} */ layers, between = "–") =>
  layers.map((layer) => unitsOf(layer) ?? /** @type {Layer} */ (layer).type).join(between);

/** The activations of its dense layers. @returns {string[]} */
export const activationsOf = (/** @type {Settings} */ settings) =>
  layersOf(settings).flatMap(({ activation }) => activation ?? []);
