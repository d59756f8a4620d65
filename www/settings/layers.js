// @ts-check
/**
 * Layers, as settings, link and Spec have them. In the settings each is a record of the Spec (`type` and fields); a dense
 * layer that says no more than its neurons is their number, and follows the settings `activation` and `dropout`, as links
 * have had it from the start. A link writes `8` for it, `8:relu` for one with an activation of its own, and any other as
 * its type and fields in order: `dropout:0.2`, `conv2d:8:3`, `residual(8:tanh,8)`. What stands at its default may be left out.
 *
 * @typedef {{type: string} & Record<string, any>} Layer   any: a field is what LAYERS says of it
 * @typedef {import("./schema.static.js").NumberField} NumberField
 * @typedef {import("./schema.static.js").ChoiceField} ChoiceField
 * @typedef {import("./spec.js").Settings} Settings
 */
import { fits, misfit } from "./schema.js";
import { LAYERS, MOST_LAYERS } from "./schema.static.js";
import { t } from "../base/text.js";

/** Levels of layers within layers. */
const MOST_NESTED = 8;

/** The layers as the Spec has them. @returns {Layer[]} */
export function layersOf(/** @type {Settings} */ { layers, activation, dropout = 0 }) {
  return layers.flatMap((/** @type {number | Layer} */ layer, /** @type {number} */ i) => {
    if (typeof layer !== "number") return [layer];
    const dense = { type: "dense", units: layer, activation: activation[Math.min(i, activation.length - 1)] };
    return dropout ? [dense, { type: "dropout", rate: dropout }] : [dense];
  });
}

/** How many neurons a dense layer of the settings has; null for any other. */
export const unitsOf = (/** @type {number | Layer} */ layer) =>
  typeof layer === "number" ? layer : layer.type === "dense" ? layer.units : null;

/** The same layer with other neurons. */
export const withUnits = (/** @type {number | Layer} */ layer, /** @type {number} */ units) =>
  typeof layer === "number" ? units : { ...layer, units };

/** The layers with another one at a place. @param {(number | Layer)[]} layers @param {number} at @param {number | Layer} other */
export const withLayer = (layers, at, other) => layers.map((layer, i) => (i === at ? other : layer));

/** What the layers with weights are called that a layer is, or holds. @returns {string[]} */
export function weightLayersIn(/** @type {number | Layer} */ layer) {
  if (typeof layer === "number" || layer.type === "dense") return [t("settings.neurons", { layer: unitsOf(layer) })];
  if (layer.type === "conv2d") return [t("settings.filters", { filters: layer.filters })];
  return layer.type === "residual" ? layer.layers.flatMap(weightLayersIn) : [];
}

/** A new layer of a type: every field at its default. @returns {Layer} */
export const freshLayer = (/** @type {string} */ type) => ({
  type,
  ...Object.fromEntries(
    LAYERS[type]
      .map(([name, field]) => [name, field === null ? [4] : /** @type {NumberField} */ (field)[0]])
      .filter(([, value]) => value !== null),
  ),
});

/** As a link writes them. @returns {string} */
export const writeLayers = (/** @type {(number | Layer)[]} */ layers) =>
  layers.length ? layers.map(writeLayer).join(",") : "none";

/** @returns {string} */
function writeLayer(/** @type {number | Layer} */ layer) {
  if (typeof layer === "number") return String(layer);
  if (layer.type === "residual") return `residual(${writeLayers(layer.layers)})`;
  const values = LAYERS[layer.type].map(([name]) => layer[name] ?? "");
  const isDefault = (/** @type {number} */ i) =>
    values[i] === "" || values[i] === /** @type {NumberField} */ (LAYERS[layer.type][i][1])[0];
  // The activation of a dense layer is always written: without one it would follow the setting.
  while (values.length && isDefault(values.length - 1) && layer.type !== "dense") values.pop();
  return [...(layer.type === "dense" ? [] : [layer.type]), ...values].join(":");
}

/** Layers from a link; null for what is none. @returns {(number | Layer)[] | null} */
export function readLayers(/** @type {string} */ text, level = 0) {
  if (text.trim() === "none") return [];
  const parts = splitOutside(text);
  if (!parts || parts.length > MOST_LAYERS || level > MOST_NESTED) return null;
  const layers = parts.map((part) => readLayer(part.trim(), level));
  return layers.includes(null) ? null : /** @type {(number | Layer)[]} */ (layers);
}

/** @returns {number | Layer | null} */
function readLayer(/** @type {string} */ part, /** @type {number} */ level) {
  const inner = /^residual\((.*)\)$/s.exec(part);
  if (inner) {
    const layers = readLayers(inner[1], level + 1);
    // Within a block the settings for all layers don't count.
    return (
      layers && {
        type: "residual",
        layers: layers.map((layer) =>
          typeof layer === "number" ? { type: "dense", units: layer, activation: "linear" } : layer,
        ),
      }
    );
  }
  const [first, ...rest] = part.split(":");
  const isDense = !Object.hasOwn(LAYERS, first);
  if (first === "") return null;
  const [type, values] = isDense ? ["dense", [first, ...rest]] : [first, rest];
  if (type === "residual" || values.length > LAYERS[type].length) return null;
  const fields = LAYERS[type]
    .slice(0, values.length)
    .map(([name, field], i) => [name, readField(/** @type {NumberField} */ (field), values[i])]);
  if (fields.some(([, value]) => value === null)) return null;
  if (isDense && rest.length === 0) return /** @type {number} */ (fields[0][1]);
  return { ...freshLayer(type), ...Object.fromEntries(fields.filter(([, value]) => value !== undefined)) };
}

/** One value of a layer; undefined: left out; null: none that it may have. */
function readField(/** @type {NumberField | ChoiceField} */ field, /** @type {string} */ text) {
  if (text === "") return undefined;
  const value = Array.isArray(field[1]) || !/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? text : Number(text);
  return fits(field, value) ? value : null;
}

/** At commas that no brackets hold; null where brackets don't match. */
function splitOutside(/** @type {string} */ text) {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (depth < 0) return null;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return depth === 0 ? parts : null;
}

/**
 * Layers from a Spec: each field checked as the core does. Throws the path of what doesn't fit, and why.
 *
 * @returns {Layer[]}
 */
export function checkLayers(/** @type {unknown} */ list, path = "model.layers", level = 0) {
  if (!Array.isArray(list))
    throw new Error(t("settings.notList", { path, list: JSON.stringify(list) ?? t("settings.nothing") }));
  if (list.length > MOST_LAYERS)
    throw new Error(t("settings.layersOutside0", { path, list: list.length, MOST_LAYERS }));
  if (level > MOST_NESTED) throw new Error(t("settings.layersWithinLayersGo", { path, MOST_NESTED }));
  return list.map((layer, i) => checkLayer(layer, `${path}[${i}]`, level));
}

function checkLayer(
  /** @type {any} any: a document as it was given */ layer,
  /** @type {string} */ at,
  /** @type {number} */ level,
) {
  const { type = null } = layer ?? {};
  if (!Object.hasOwn(LAYERS, type))
    throw new Error(
      t("settings.typeNotOne", { at, type: JSON.stringify(type), LAYERS: Object.keys(LAYERS).join(", ") }),
    );
  for (const key of Object.keys(layer)) {
    if (key !== "type" && !LAYERS[type].some(([name]) => name === key))
      throw new Error(
        t("settings.unknownFieldKnown3", {
          at,
          key,
          value: ["type", ...LAYERS[type].map(([name]) => name)].join(", "),
        }),
      );
  }
  /** @type {Layer} */
  const read = { type };
  for (const [name, field] of LAYERS[type]) {
    const value = layer[name] ?? null;
    if (field === null) read[name] = checkLayers(value, `${at}.${name}`, level + 1);
    else if (value !== null) {
      if (!fits(field, value))
        throw new Error(t("settings.is2", { at, name, value: JSON.stringify(value), field: misfit(field) }));
      read[name] = value;
    } else if (/** @type {NumberField} */ (field)[0] !== null) read[name] = /** @type {NumberField} */ (field)[0];
  }
  return read;
}
