// @ts-check
/**
 * From the experiment as a document to the settings on the page, the way back of `specFrom`. What a Spec leaves out takes
 * the core's default, not the page's. Loaded when a document is opened or edited.
 */
import { SETTINGS, applies, settingOf } from "./config.js";
import { checkLayers } from "./layers.js";
import { activationsOf } from "./layerWords.js";
import { shortened } from "./parse.js";
import { FIELDS } from "./schema.static.js";
import { fieldOf, fits, misfit } from "./schema.js";
import { OWN, pointsOf } from "./sources.js";
import { defaultsFor, parseFor, specFrom } from "./spec.js";
import { isTable } from "./tableNames.js";
import { t } from "../base/text.js";

/** @typedef {import("./spec.js").Settings} Settings */
/** @typedef {any} Given   any: a value as it was given, checked here */
/** @typedef {import("./schema.static.js").ChoiceField} ChoiceField */

/** What a Spec has besides the settings. */
const BESIDES = [
  "version",
  "data.split.test",
  "data.corrupt",
  "training.shuffle",
  "training.stop.goal",
  "model.layers",
];

/** Objects that are one setting's value. */
const WHOLE = new Set([
  ...SETTINGS.flatMap(({ path, type, key }) =>
    path && (type === "json" || ["init", "warmUp", "goal", "clip"].includes(key)) ? [path] : [],
  ),
  "data.corrupt",
]);
const PATHS = new Set([...SETTINGS.flatMap(({ path }) => path ?? []), ...BESIDES]);

const refuse = (/** @type {string} */ path, /** @type {string} */ why) => new Error(`${path}: ${why}`);
const told = (/** @type {unknown} */ value) => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};
const isRecord = /** @type {(value: unknown) => value is Record<string, Given>} */ (
  (value) => typeof value === "object" && value !== null && !Array.isArray(value)
);

/**
 * Throws a sentence that begins with the path of what can't be taken over.
 *
 * @param {unknown} spec
 * @returns {Settings}
 */
export function settingsOf(spec) {
  if (!isRecord(spec)) throw new Error(t("settings.experimentObject", { spec: told(spec) }));
  const given = new Map(leaves(spec, ""));
  const at = (/** @type {string} */ path) => given.get(path) ?? null;
  if (at("version") !== null && at("version") !== 1)
    throw refuse("version", t("settings.outside11", { at: told(at("version")) }));
  const source = sourceIn(at("data.source"));
  const defaults = defaultsFor(source);
  const settings = { ...defaults };
  for (const row of SETTINGS) {
    if (!row.path || row.key === "source") continue;
    const take = OWN_READERS[row.key];
    if (take) Object.assign(settings, take(at, settings));
    else
      settings[row.key] =
        given.get(row.path) === undefined ? absent(row, at, settings) : checked(row, source, given.get(row.path));
  }
  if (at("training.shuffle") === false) throw refuse("training.shuffle", t("settings.falsePrograms"));
  if (at("data.corrupt")) throw refuse("data.corrupt", t("settings.programs"));
  // What means nothing with the others stays as the page has it.
  for (const row of SETTINGS) if (row.path && !applies(row, settings)) settings[row.key] = defaults[row.key];
  compare(given, specFrom(settings));
  return settings;
}

/** Every value with its path. @returns {[string, Given][]} */
function leaves(/** @type {Record<string, Given>} */ object, /** @type {string} */ path) {
  return Object.entries(object).flatMap(([key, value]) => {
    const own = path ? `${path}.${key}` : key;
    const isInner = [...PATHS].some((known) => known.startsWith(`${own}.`));
    if (isInner && !WHOLE.has(own)) {
      if (value === null) return [];
      if (!isRecord(value)) throw refuse(own, t("settings.notObject", { value: told(value) }));
      return leaves(value, own);
    }
    if (!PATHS.has(own) && own !== "$schema") {
      const known = [...PATHS].flatMap((one) =>
        path === "" || one.startsWith(`${path}.`) ? one.slice(path ? path.length + 1 : 0).split(".")[0] : [],
      );
      throw refuse(own, t("settings.unknownFieldKnown", { value: [...new Set(known)].join(", ") }));
    }
    return own === "$schema" ? [] : [[own, value]];
  });
}

function sourceIn(/** @type {Given} */ value) {
  const { default: standard, choices = [] } = settingOf("source");
  const name = value ?? standard;
  const known = choices.map((choice) => choice.value);
  if (name === "rows") throw refuse("data.source", t("settings.rowsPrograms"));
  if (!known.includes(name))
    throw refuse("data.source", t("settings.notOne", { name: told(name), known: known.join(", ") }));
  return name;
}

/** What a Spec means by leaving a setting out. @param {import("./config.js").Setting} row @param {(path: string) => Given} at @param {Settings} settings */
function absent(row, at, settings) {
  const field = fieldOf(row.path ?? "");
  if (row.key === "features" || row.key === "samples") return settings[row.key];
  if (field === undefined) return row.default;
  if (typeof field === "boolean") return field;
  const standard = field?.[0];
  if (!isRecord(standard)) return standard ?? null;
  if (row.none === "auto") return null;
  const tag = `${(row.path ?? "").split(".").slice(0, -1).join(".")}.type`;
  return standard[at(tag) ?? /** @type {ChoiceField} */ (FIELDS[tag])[0]] ?? row.default;
}

/** A value as it is given, if the setting may have it. @param {import("./config.js").Setting} row @param {string} source @param {Given} value */
function checked(row, source, value) {
  const path = row.path ?? "";
  const field = fieldOf(path);
  if (value === null)
    return row.none === "unlimited" || row.none === "off" ? null : absent(row, () => null, defaultsFor(source));
  if (field !== undefined && field !== null) fitting(path, field, value);
  if (typeof field === "boolean") return value;
  const text =
    typeof value === "string"
      ? value
      : row.type === "list" && !isTable(source)
        ? [value].flat().join(",")
        : JSON.stringify(value);
  const { problem } = parseFor(source, row.key, text);
  if (problem) throw refuse(path, t("settings.doesNotFit", { value: told(value), problem }));
  return value;
}

/** The value, if the field may have it. @param {string} path @param {import("./schema.static.js").Field} field @param {Given} value */
function fitting(path, field, value) {
  if (!fits(field, value)) throw refuse(path, t("settings.is", { value: told(value), field: misfit(field) }));
  return value;
}

/** A number of an object, or its default. @param {Record<string, Given>} object @param {string} path @param {string} name @param {string} [as] */
function numberIn(object, path, name, as = `${path}.${name}`) {
  const field = /** @type {import("./schema.static.js").NumberField} */ (fieldOf(as));
  return object[name] === undefined || object[name] === null
    ? field[0]
    : fitting(`${path}.${name}`, field, object[name]);
}

/** An object that has no other fields. */
function only(/** @type {string} */ path, /** @type {Given} */ value, /** @type {string[]} */ known) {
  if (!isRecord(value)) throw refuse(path, t("settings.notObject", { value: told(value) }));
  for (const key of Object.keys(value))
    if (!known.includes(key))
      throw refuse(`${path}.${key}`, t("settings.unknownFieldKnown2", { known: known.join(", ") }));
  return value;
}

/** Settings that a Spec has in another form. @type {Record<string, (at: (path: string) => Given, settings: Settings) => Settings>} */
const OWN_READERS = {
  points(at) {
    const points = at("data.points");
    if (points === null) return {};
    const text = Array.isArray(points) ? points.map(String).join("!") : "-";
    if (pointsOf(text) === null) throw refuse("data.points", t("settings.notListXY"));
    return { points: text };
  },
  trainingShare(at) {
    const part = (/** @type {string} */ name) => numberIn({ [name]: at(`data.split.${name}`) }, "data.split", name);
    const [train, validation] = [part("train"), part("validation")];
    const test = part("test") ?? 1 - train - validation;
    if (!(Math.abs(train + validation + test - 1) <= 1e-6))
      throw refuse("data.split", t("settings.trainValidationTestNot", { train, validation, test }));
    const kept = Number((train + validation).toFixed(9));
    if (validation > kept / 2) throw refuse("data.split.validation", t("settings.moreThanHalfWhat", { validation }));
    return { trainingShare: kept, validationShare: Number((validation / kept).toFixed(9)) };
  },
  validationShare: () => ({}),
  layers(at) {
    const list = at("model.layers");
    return list === null ? { layers: [4, 2], activation: ["tanh"], dropout: 0 } : short(checkLayers(list));
  },
  init(at) {
    const init = at("model.init") ?? "glorot-uniform";
    const [, names] = /** @type {ChoiceField} */ (FIELDS["model.init"]);
    if (isRecord(init)) {
      only("model.init", init, ["type", "range"]);
      if ((init.type ?? "uniform") !== "uniform")
        throw refuse("model.init.type", t("settings.notOneUniform", { type: told(init.type) }));
      return { init: "uniform", initRange: numberIn(init, "model.init", "range") };
    }
    if (!names.includes(init))
      throw refuse("model.init", t("settings.notOne2", { init: told(init), names: names.join(", ") }));
    return { init };
  },
  classWeights(at) {
    const weights = at("training.classWeights");
    if (weights === null) return { classWeights: "equal" };
    if (weights !== "balanced")
      throw refuse("training.classWeights", t("settings.neitherNullNorBalanced", { weights: told(weights) }));
    return { classWeights: weights };
  },
  warmUp(at) {
    const own = at("training.schedule.warmUp");
    if (own === null) return { warmUp: false };
    only("training.schedule.warmUp", own, ["startFactor", "totalEpochs"]);
    const path = "training.schedule.warmUp";
    return {
      warmUp: true,
      startFactor: numberIn(own, path, "startFactor"),
      warmUpEpochs: numberIn(own, path, "totalEpochs"),
    };
  },
  startFactor: (at, { warmUp }) =>
    warmUp
      ? {}
      : {
          startFactor: numberIn(
            { startFactor: at("training.schedule.startFactor") },
            "training.schedule",
            "startFactor",
          ),
        },
  warmUpEpochs: (at, { warmUp }) =>
    warmUp
      ? {}
      : {
          warmUpEpochs: numberIn(
            { totalEpochs: at("training.schedule.totalEpochs") },
            "training.schedule",
            "totalEpochs",
          ),
        },
  clip(at) {
    const clip = at("training.clip");
    if (clip === null) return { clip: "off" };
    only("training.clip", clip, ["norm", "value"]);
    const kinds = ["norm", "value"].filter((kind) => (clip[kind] ?? null) !== null);
    if (kinds.length > 1) throw refuse("training.clip", t("settings.takesEitherNormValue"));
    return kinds.length ? { clip: kinds[0], clipLimit: numberIn(clip, "training.clip", kinds[0]) } : { clip: "off" };
  },
  goal(at) {
    const goal = at("training.stop.goal");
    if (goal === null) return { goal: "none" };
    const { metric = "testLoss" } = only("training.stop.goal", goal, ["metric", "value"]);
    const [, names] = /** @type {ChoiceField} */ (FIELDS["training.stop.goal.metric"]);
    if (!names.includes(metric))
      throw refuse(
        "training.stop.goal.metric",
        t("settings.notOne3", { metric: told(metric), names: names.join(", ") }),
      );
    const value = numberIn(goal, "training.stop.goal", "value", `training.stop.goal.value@${metric}`);
    return { goal: metric, [metric === "testAccuracy" ? "goalAccuracy" : "goalLoss"]: value };
  },
};

/** Layers that are alike but for their neurons are these, an activation and a dropout for all: as short as links have them. */
function short(/** @type {import("./layers.js").Layer[]} */ layers) {
  const rate = layers[1]?.type === "dropout" ? layers[1].rate : 0;
  const step = rate ? 2 : 1;
  const isAlike =
    layers.length % step === 0 &&
    layers.every((layer, i) =>
      rate && i % 2 ? layer.type === "dropout" && layer.rate === rate : layer.type === "dense",
    );
  if (!isAlike) return { layers, dropout: 0 };
  const dense = layers.filter(({ type }) => type === "dense");
  const names = activationsOf({ layers: dense, activation: [] });
  return {
    layers: dense.map(({ units }) => units),
    dropout: rate,
    ...(names.length ? { activation: shortened(names) } : {}),
  };
}

/** Nothing that was given is dropped in silence: what the settings don't say again had no place beside the others. */
function compare(/** @type {Map<string, Given>} */ given, /** @type {import("./spec.js").Spec} */ spec) {
  for (const [path, value] of given) {
    if (value === null || BESIDES.includes(path) || WHOLE.has(path)) continue;
    const said = path.split(".").reduce((/** @type {Given} */ object, key) => object?.[key], spec);
    const isSame =
      typeof value === "number" && typeof said === "number"
        ? Math.abs(value - said) <= 1e-6 * Math.max(1, Math.abs(value))
        : JSON.stringify(said) === JSON.stringify(value);
    const field = fieldOf(path);
    const isDefault = value === (Array.isArray(field) ? field[0] : field);
    if (!isSame && !(said === undefined && isDefault))
      throw refuse(path, t("settings.hasNoMeaningOther", { value: told(value) }));
  }
}

/**
 * A document that was written by hand, for the page as it is: what is about the page alone stays as it was. Throws a
 * sentence for what can't be taken over.
 *
 * @param {string} text
 * @param {Settings} now
 * @returns {{settings: Settings, hand: Settings}}
 */
export function readSpec(text, now) {
  /** @type {unknown} */
  let spec;
  try {
    spec = JSON.parse(text);
  } catch (error) {
    throw new Error(t("settings.notJson", { message: /** @type {Error} */ (error).message }));
  }
  const read = settingsOf(spec);
  const isSame = read.source === now.source;
  if (read.source === OWN.name && !isSame) throw refuse("data.source", t("settings.tableNeedsRowsOpen"));
  const settings = withView(read, now);
  return {
    settings: isSame && "foundTask" in now ? { ...settings, foundTask: now.foundTask } : settings,
    hand: byHand(settings),
  };
}

/** With what is about the page alone, as other settings have it. @param {Settings} read @param {Settings} from */
export function withView(read, from) {
  const isOfPage = (/** @type {import("./config.js").Setting} */ { kind, key }) =>
    kind === "view" && (key !== "axes" || read.source === from.source);
  return { ...read, ...Object.fromEntries(SETTINGS.filter(isOfPage).map(({ key }) => [key, from[key]])) };
}

/** What differs from the source's own settings, as if it were set by hand. */
function byHand(/** @type {Settings} */ settings) {
  const defaults = defaultsFor(settings.source);
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([key, value]) => key in defaults && key !== "source" && JSON.stringify(value) !== JSON.stringify(defaults[key]),
    ),
  );
}
