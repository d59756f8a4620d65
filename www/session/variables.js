// @ts-check
/**
 * What of the settings can be varied in a search, from the settings' own table: its hyperparameters, and of the hidden
 * layers their number and their neurons.
 *
 * @typedef {import("../settings/spec.js").Settings} Settings
 * @typedef {import("../settings/config.js").Setting} Setting
 *
 * @typedef {any} Value   any: as its setting has it
 * @typedef {number | import("../settings/layers.js").Layer} Hidden   a hidden layer, as the settings have it
 *
 * @typedef {object} Variable
 * @property {string} id          the setting's key; of layers `layers.count`, `layers.units`, and `layers.0` for the first one's neurons
 * @property {string} label
 * @property {number} [min]       of a number
 * @property {number} [max]
 * @property {boolean} isWhole    whether it takes whole numbers alone
 * @property {{value: Value, label: string}[]} [choices]   of a name
 * @property {(settings: Settings, value: Value) => Settings} put   the settings with such a value
 *
 * @typedef {object} Axis         a setting that is varied
 * @property {string} id
 * @property {number | string} low    as it was entered: text that is no number stays to be mended
 * @property {number | string} high
 * @property {boolean} isLog      whether every factor is as likely as any other
 * @property {Value[]} values     of names: those that are tried
 */
import { SETTINGS, applies, effective, settingOf } from "../settings/config.js";
import { unitsOf, withLayer, withUnits } from "../settings/layers.js";
import { MOST_LAYERS } from "../settings/schema.static.js";
import { sourceOf, taskOf } from "../settings/sources.js";
import { makesSense } from "../settings/spec.js";
import { isTable } from "../settings/tableNames.js";
import { formatValue } from "../base/columnFormat.js";
import { t } from "../base/text.js";

/** A new layer has so many neurons, unless there is one to take after. */
const UNITS = 4;

/** Goals that look at test rows, by which nothing is chosen. */
const OF_TEST = ["testLoss", "testAccuracy"];

/** A range is by factors where a control's stops span so many times their least. */
const WIDE = 100;

/** Prefilled by factors: so many times less and more than what is set. */
const AROUND = 10;

const areDense = (/** @type {Settings} */ { layers }) =>
  layers.every((/** @type {Hidden} */ one) => unitsOf(one) !== null);

/** @type {Omit<Variable, "label">} */
const COUNT = {
  id: "layers.count",
  min: 0,
  max: MOST_LAYERS,
  isWhole: true,
  put: (settings, count) => {
    const { layers } = settings;
    const more = Array.from({ length: Math.max(0, count - layers.length) }, () => unitsOf(layers.at(-1) ?? UNITS));
    return { ...settings, layers: [...layers.slice(0, count), ...more] };
  },
};

const unitsRange = () => ({ min: settingOf("layers").min, max: settingOf("layers").max, isWhole: true });

/** Those of hidden layers. @param {Settings} settings @param {string[]} varied @returns {Variable[]} */
function ofLayers(settings, varied) {
  const { layers } = settings;
  const dense = layers.flatMap((/** @type {Hidden} */ one, /** @type {number} */ i) =>
    unitsOf(one) === null ? [] : [i],
  );
  const isEach = varied.some((id) => /^layers\.\d+$/.test(id));
  const isAll = varied.includes("layers.count") || varied.includes("layers.units");
  /** @type {Variable[]} */
  const list = [];
  // A layer's own neurons say nothing where all layers' are varied, or there may be fewer layers.
  if (areDense(settings) && !isEach) list.push({ ...COUNT, label: t("search.layersCount") });
  if (!isEach && (dense.length || varied.includes("layers.count")))
    list.push({
      id: "layers.units",
      label: t("search.layersUnits"),
      ...unitsRange(),
      put: (own, units) => ({
        ...own,
        layers: own.layers.map((/** @type {Hidden} */ one) => (unitsOf(one) === null ? one : withUnits(one, units))),
      }),
    });
  if (!isAll)
    for (const i of dense)
      list.push({
        id: `layers.${i}`,
        label: t("search.layerUnits", { layer: i + 1 }),
        ...unitsRange(),
        put: (own, units) => ({ ...own, layers: withLayer(own.layers, i, withUnits(own.layers[i], units)) }),
      });
  return list;
}

/** The settings as they are, and with each name that is tried: what means something with one of them can be varied. */
function variants(/** @type {Settings} */ settings, /** @type {Axis[]} */ axes) {
  const others = axes.flatMap(({ id, values }) =>
    values.map((value) => ({ ...settings, [id]: id === "activation" ? [value] : value })),
  );
  const count = axes.find(({ id }) => id === "layers.count");
  return [settings, ...others, ...(count ? [COUNT.put(settings, Number(count.high) || 0)] : [])];
}

/** Whether a setting's row is one that a search may vary. The seed deals a table's rows anew, test rows among them. */
const isVariable = (/** @type {Setting} */ { kind, key, type }, /** @type {Settings} */ { source }) =>
  (kind === "hyperparameter" && ["number", "choice", "flag", "activations"].includes(type)) ||
  (key === "seed" && !isTable(source));

/**
 * All that can be varied, beside what is varied already.
 *
 * @param {Settings} settings
 * @param {Axis[]} [axes]
 * @returns {Variable[]}
 */
export function variablesOf(settings, axes = []) {
  const possible = variants(settings, axes);
  const hasPlain = possible.some(({ layers }) => layers.some((/** @type {Hidden} */ one) => typeof one === "number"));
  /** @type {Variable[]} */
  const list = [];
  for (const row of SETTINGS) {
    if (row.key === "layers")
      list.push(
        ...ofLayers(
          settings,
          axes.map(({ id }) => id),
        ),
      );
    if (!isVariable(row, settings) || !possible.some((one) => applies(row, one))) continue;
    if (row.type === "activations" && !hasPlain) continue;
    list.push(ofRow(row, settings));
  }
  return list;
}

/** @returns {Variable} */
function ofRow(/** @type {Setting} */ row, /** @type {Settings} */ settings) {
  const { key, label, type, min, max } = row;
  const put = (/** @type {Settings} */ own, /** @type {Value} */ value) => ({
    ...own,
    [key]: type === "activations" ? [value] : value,
  });
  if (type === "number") return { id: key, label, min, max, isWhole: row.integer ?? false, put };
  const choices =
    type === "flag"
      ? [
          { value: true, label: t("search.on") },
          { value: false, label: t("search.off") },
        ]
      : (row.choices ?? []).filter(
          ({ value }) =>
            makesSense(sourceOf(settings.source), key, value, taskOf(settings)) && !OF_TEST.includes(value),
        );
  return { id: key, label, isWhole: false, choices, put };
}

/** Two digits are enough for what is prefilled. */
const short = (/** @type {number} */ value) => Number(value.toPrecision(2));

/** A variable as it is varied until somebody says otherwise. @param {Variable} variable @param {Settings} settings @returns {Axis} */
export function freshAxis({ id, choices, min = 0, max = 1, isWhole }, settings) {
  const none = { id, low: 0, high: 0, isLog: false, values: /** @type {Value[]} */ ([]) };
  if (choices) return { ...none, values: choices.map(({ value }) => value) };
  const within = (/** @type {number} */ value) => Math.min(Math.max(isWhole ? Math.round(value) : value, min), max);
  if (id.startsWith("layers.")) {
    const own =
      id === "layers.count" ? settings.layers.length : unitsOf(settings.layers[Number(id.slice(7)) || 0] ?? UNITS);
    return { ...none, low: within(id === "layers.count" ? 1 : 2), high: within(Math.max(2 * (own ?? UNITS), 3)) };
  }
  const row = settingOf(id);
  const value = Number(effective(row, settings) ?? 0);
  if (id === "seed")
    return { ...none, low: within(Math.min(value, max - 9)), high: within(Math.min(value, max - 9) + 9) };
  const stops = row.stops ?? [];
  const positive = stops.filter((stop) => stop > 0);
  const [least = min, most = max] = [positive[0], positive.at(-1)];
  const isLog = min >= 0 && (stops.length ? most / least >= WIDE : value > 0 && value * WIDE < max);
  if (!isLog)
    return {
      ...none,
      low: within(stops[0] ?? row.sliderMin ?? min),
      high: within(stops.at(-1) ?? row.sliderMax ?? max),
    };
  const [low, high] = value > 0 ? [value / AROUND, value * AROUND] : [least, positive.at(-3) ?? most];
  return { ...none, isLog, low: within(short(Math.max(low, isWhole ? 1 : 0))), high: within(short(high)) };
}

/** A number as an entry has it: "0.1", "0,1", "1e-3"; what is none stays as it was written. */
export function entered(/** @type {string} */ text) {
  const written = text.trim().replace(",", ".").replace("−", "-");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(written) ? Number(written) : text;
}

/** Why a setting can't be varied so, and what it may be; empty where it can. @param {Variable} variable @param {Axis} axis */
export function problemOf({ label, choices, min = -Infinity, max = Infinity, isWhole }, { low, high, isLog, values }) {
  if (choices) return values.length < 2 ? t("search.twoNames", { label }) : "";
  const [least, most] = [formatValue(min), formatValue(max)];
  for (const value of [low, high]) {
    if (typeof value !== "number" || !Number.isFinite(value))
      return t("search.noNumber", { label, value, least, most });
    if (value < min || value > max) return t("search.outside", { label, value, least, most });
    if (isWhole && !Number.isInteger(value)) return t("search.notWhole", { label, value, least, most });
  }
  if (low >= high) return t("search.wrongWay", { label, low, high });
  return isLog && Number(low) <= 0 ? t("search.notByFactors", { label, low, most }) : "";
}

/** As the core is asked for it: of names their places. @param {Variable} variable @param {Axis} axis */
export const coreAxis = ({ choices, isWhole }, { low, high, isLog, values }) =>
  choices ? { values: [...values.keys()] } : { low, high, log: isLog, whole: isWhole };

/** What the core's number means: with the digits that count in that range. @param {Variable} variable @param {Axis} axis @param {number} number */
export function valueAt({ choices, isWhole }, { low, high, isLog, values }, number) {
  if (choices) return values[number];
  const [from, to] = [Number(low), Number(high)];
  if (isWhole || number === from || number === to) return number;
  const digits = Math.min(Math.max(Math.ceil(3 - Math.log10(to - from)), 0), 12);
  const shown = isLog ? Number(number.toPrecision(3)) : Number(number.toFixed(digits));
  return Math.min(Math.max(shown, from), to);
}

/** A value as people read it. @param {Variable} variable @param {Value} value */
export const wordOf = ({ choices, id }, value) =>
  choices?.find((one) => one.value === value)?.label ?? (id === "seed" ? String(value) : formatValue(value));

/** The settings with one value each: the number of layers first, since it makes what others are about. @param {Settings} settings @param {Variable[]} variables @param {Value[]} values */
export function putAll(settings, variables, values) {
  const order = [...variables.keys()].sort(
    (a, b) => Number(variables[b].id === COUNT.id) - Number(variables[a].id === COUNT.id),
  );
  return order.reduce((own, i) => variables[i].put(own, values[i]), settings);
}

/** What is varied and means something just now, each with its axis. @param {Settings} settings @param {Axis[]} axes */
export function variedIn(settings, axes) {
  const variables = variablesOf(settings, axes);
  return axes.flatMap((axis) => {
    const variable = variables.find(({ id }) => id === axis.id);
    if (!variable) return [];
    const values = axis.values.filter((value) => variable.choices?.some((one) => one.value === value));
    return [{ variable, axis: { ...axis, values } }];
  });
}

/** The setting that a variable is about, by its key. */
export const keyOf = (/** @type {Pick<Variable, "id">} */ { id }) => id.split(".")[0];
