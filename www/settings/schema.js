// @ts-check
/** What the core says of a setting's values, in the form of the settings' table (config.js). */
import { FIELDS, LAYERS, VARIANTS } from "./schema.static.js";
import { t } from "../base/text.js";

/**
 * The defaults that this page chose otherwise than the core, on purpose. Links leave them out, so none may change.
 *
 * @type {Settings}
 */
export const OWN_DEFAULTS = {
  learningRate: 0.03, // one for all optimizers: switching between them compares the rules alone
  startFactor: 0.1, // a warm-up that is seen in the curve
  warmUpEpochs: 20,
  dropout: 0, // in the Spec these four are parts that are absent until they are asked for
  clipLimit: 1,
  goalLoss: 0.1,
  goalAccuracy: 0.95,
};

/**
 * Ranges that aren't the Spec's, since the setting isn't quite its field.
 *
 * @type {Record<string, {max?: number}>}
 */
export const OWN_RANGES = { validationShare: { max: 0.5 } }; // a share of the training rows, not of all

/** @typedef {import("./schema.static.js").Field} Field */
/** @typedef {import("./config.js").Setting} Setting */
/** @typedef {import("./spec.js").Settings} Settings */

/** What activations are called. */
export const ACTIVATION_LABELS = {
  relu: t("settings.relu"),
  "leaky-relu": t("settings.leakyRelu"),
  elu: "ELU",
  selu: "SELU",
  gelu: "GELU",
  silu: t("settings.silu"),
  sin: t("settings.sine"),
};

/** A field of the core's table; those of layers as `model.layers.TYPE.FIELD`. @returns {Field | null | undefined} */
export function fieldOf(/** @type {string} */ path) {
  const [, type, name] = path.match(/^model\.layers\.(\w+)\.(\w+)$/) ?? [];
  return type ? LAYERS[type].find(([own]) => own === name)?.[1] : FIELDS[path];
}

/** Whether it is one of several names. */
export const isChoice = /** @type {(field: Field) => field is import("./schema.static.js").ChoiceField} */ (
  (field) => Array.isArray(field) && Array.isArray(field[1])
);

/** Whether a field may have a value. @param {Field} field @param {unknown} value */
export function fits(field, value) {
  if (typeof field === "boolean") return typeof value === "boolean";
  if (isChoice(field)) return field[1].includes(/** @type {string} */ (value));
  const [, least, most, whole] = field;
  return typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value));
}

/** What a value is that a field may not have: "outside 0…1". @param {Field} field */
export const misfit = (field) =>
  typeof field === "boolean"
    ? t("settings.notTrueFalse")
    : isChoice(field)
      ? t("settings.notOne4", { field: field[1].join(", ") })
      : t("settings.outside", { field: field[1], field2: field[2] });

/** In English a choice is called as the core names it; in other languages these are words. @type {Record<string, string>} */
const WORDS =
  globalThis.TRAINYARD_LANGUAGE === "en"
    ? {}
    : {
        none: t("settings.nameNone"),
        standard: t("settings.nameStandard"),
        zeros: t("settings.nameZeros"),
        uniform: t("settings.nameUniform"),
        orthogonal: t("settings.nameOrthogonal"),
        "glorot-uniform": t("settings.nameGlorotUniform"),
        "glorot-normal": t("settings.nameGlorotNormal"),
        "he-uniform": t("settings.nameHeUniform"),
        "he-normal": t("settings.nameHeNormal"),
        constant: t("settings.nameConstant"),
        exponential: t("settings.nameExponential"),
        cosine: t("settings.nameCosine"),
      };

/** The choices of a field; what isn't in `labels` is called as it is named. */
export const choicesOf = (/** @type {string} */ path, /** @type {Record<string, string>} */ labels = {}) =>
  /** @type {import("./schema.static.js").ChoiceField} */ (fieldOf(path))[1].map((/** @type {string} */ value) => ({
    value,
    label: labels[value] ?? WORDS[value] ?? `${value[0].toUpperCase()}${value.slice(1).replaceAll("-", " ")}`,
  }));

/** A field that not every optimizer or schedule has applies where the chosen one has it. */
function whenItsTypeHas(/** @type {string} */ path) {
  const [, around, setting, name] = path.match(/^(.+\.(\w+))\.(\w+)$/) ?? [];
  const variants = VARIANTS[around];
  return variants && Object.values(variants).some((names) => names.includes(name))
    ? { when: (/** @type {Settings} */ settings) => Boolean(variants[settings[setting]]?.includes(name)) }
    : null;
}

/** A row of the settings' table with what the core says of its values. @param {import("./config.js").Row} row @returns {Setting} */
export const complete = (row) => /** @type {Setting} */ (completed(row));

/** @param {import("./config.js").Row} row @returns {import("./config.js").Row} */
function completed(row) {
  const path = row.field ?? row.path ?? "";
  const field = fieldOf(path);
  if (field === undefined || field === null) return row;
  const when = whenItsTypeHas(path);
  const own = { ...OWN_RANGES[row.key], ...(row.key in OWN_DEFAULTS ? { default: OWN_DEFAULTS[row.key] } : {}) };
  if (typeof field === "boolean") return { type: "flag", default: field, ...when, ...row, ...own };
  if (isChoice(field))
    return { type: "choice", default: field[0], choices: choicesOf(path, row.labels), ...when, ...row, ...own };
  const [standard, least, most, whole] = field;
  // What an automatic value is, depends on another setting, which has the name of the object around the field.
  const around = path.split(".").at(-2) ?? "";
  const isByOther = typeof standard === "object" && standard !== null;
  const automatic =
    isByOther && !("default" in own)
      ? {
          none: /** @type {const} */ ("auto"),
          auto: (/** @type {Settings} */ settings) => standard[settings[around]],
        }
      : null;
  return {
    type: "number",
    default: isByOther || row.none === "auto" ? null : standard,
    min: least,
    max: most,
    integer: whole === 1,
    ...automatic,
    ...when,
    ...row,
    ...own,
  };
}
