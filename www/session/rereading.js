// @ts-check
/**
 * What of a table's settings still has a place when its file was read in another way, and what a file itself says.
 *
 * @typedef {import("../settings/spec.js").Settings} Settings
 * @typedef {import("./tables.js").TableDescription} TableDescription
 * @typedef {import("./derived.js").Feature} Feature
 */
import { t } from "../base/text.js";

/** Cleaning steps that name rows by their numbers. */
const BY_ROW = ["drop-rows", "relabel", "set"];

/**
 * @param {Settings} settings
 * @param {number} rowsBefore
 * @param {TableDescription} description   of the table as it is read now
 * @param {(formula: string) => Promise<{problem: string | null}>} tryFormula
 * @returns {Promise<{kept: Settings, lost: string[]}>}   the settings that change, and what goes in words
 */
export async function stillThere(settings, rowsBefore, { rows, columns }, tryFormula) {
  const names = new Set(columns.map(({ name }) => name));
  const has = (/** @type {string | undefined} */ name) => name === undefined || names.has(name);
  /** @type {string[]} */
  const lost = [];
  /** @type {Settings} */
  const kept = {};
  if (settings.target !== null && !has(settings.target)) {
    lost.push(t("session.target", { target: settings.target }));
    Object.assign(kept, { target: null, task: "auto" });
  }
  const kinds = Object.entries(settings.kinds).filter(([name]) => has(name));
  if (kinds.length < Object.keys(settings.kinds).length) {
    lost.push(t("session.kind", { filter: quoted(Object.keys(settings.kinds).filter((name) => !has(name))) }));
    kept.kinds = Object.fromEntries(kinds);
  }
  const isPlaced = (/** @type {{fix: string, column?: string}} */ fix) =>
    has(fix.column) && (rows === rowsBefore || !BY_ROW.includes(fix.fix));
  const clean = settings.clean.filter(isPlaced);
  if (clean.length < settings.clean.length) {
    const gone = settings.clean.length - clean.length;
    lost.push(t("session.fixes", { gone, clean: settings.clean.length }));
    kept.clean = clean;
  }
  if (settings.features) {
    const isKept = await Promise.all(
      settings.features.map(async (/** @type {Feature} */ feature) =>
        typeof feature === "string" ? has(feature) : !(await tryFormula(feature.formula)).problem,
      ),
    );
    const features = settings.features.filter((/** @type {Feature} */ _, /** @type {number} */ i) => isKept[i]);
    if (features.length < settings.features.length) {
      lost.push(
        t("session.features", {
          filter: quoted(
            settings.features
              .filter((/** @type {Feature} */ _, /** @type {number} */ i) => !isKept[i])
              .map((/** @type {Feature} */ feature) => (typeof feature === "string" ? feature : feature.formula)),
          ),
        }),
      );
      kept.features = features.length ? features : null;
    }
  }
  if (settings.axes && !settings.axes.every(has)) {
    lost.push(t("session.axes", { axes: quoted(settings.axes) }));
    kept.axes = null;
  }
  return { kept, lost };
}

const quoted = (/** @type {string[]} */ names) =>
  names
    .slice(0, 5)
    .map((name) => `“${name}”`)
    .join(", ") + (names.length > 5 ? " …" : "");

/** Numbers that the file declares to be names, as ARFF may: what else it says shows in the cells. @returns {Settings} */
export function declaredKinds(/** @type {TableDescription} */ { columns, declared = {} }) {
  const names = columns.filter(
    ({ name, inferred }) => inferred === "number" && Object.hasOwn(declared, name) && declared[name] === "category",
  );
  return names.length ? { kinds: Object.fromEntries(names.map(({ name }) => [name, "category"])) } : {};
}
