// @ts-check
/**
 * Where the rows are in a JSON document: a list of objects or of lists, such a list under a name, or columns by name.
 *
 * @typedef {Map<string, Json>} Row
 * @typedef {any} Json   any: what a file holds is looked at where it is read
 * @typedef {{rows: Row[], sentence: string, leftOut?: number, isLists?: boolean, note?: string}} Found
 */

import { refuse } from "./writing.js";
import { t } from "../../../../base/text.js";

const WANTED = t("data.trainyardReadsListObjects");

const isObject = (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isPlain = (/** @type {unknown} */ value) => typeof value !== "object" || value === null;
const isWhole = (/** @type {string} */ key) => /^\d+$/.test(key);

/** Refuses what holds no rows. @param {string} name of the file @param {Json} value @returns {Found} */
export function rowsIn(name, value) {
  if (Array.isArray(value)) return fromList(name, value, "");
  if (!isObject(value)) return refuse(name, t("data.holdsSingleValueNo", { WANTED }));
  const parts = /** @type {[string, Json][]} */ (Object.entries(value));
  const split = fromSplit(value);
  if (split) return split;
  const columns = fromColumns(name, parts);
  if (columns) return columns;
  const dictionary = fromDictionary(parts);
  if (dictionary) return dictionary;
  const inside = listInside(value, []);
  if (!inside) return refuse(name, t("data.holdsOneObjectNo", { WANTED }));
  const found = fromList(name, inside.list, t("data.under", { path: inside.path.join(".") }));
  const others = parts.map(([key]) => key).filter((key) => key !== inside.path[0]);
  if (others.length)
    found.note ??= t("data.onlyWasReadNo", {
      path: inside.path.join("."),
      others: others.slice(0, 5).join(", "),
      value: others.length > 5 ? " …" : "",
      value2: others.length === 1 ? t("data.is") : t("data.are"),
    });
  return found;
}

/** @param {string} name @param {Json[]} list @param {string} where @returns {Found} */
function fromList(name, list, where) {
  if (!list.length) return refuse(name, t("data.holdsEmptyListThere", { where, WANTED }));
  const objects = list.filter(isObject);
  if (2 * objects.length > list.length) {
    return {
      rows: objects.map((object) => new Map(Object.entries(object))),
      leftOut: list.length - objects.length,
      sentence: t("data.holdsObjectsOnePer", { objects: objects.length, where }),
    };
  }
  const lists = list.filter(Array.isArray);
  if (2 * lists.length > list.length) {
    const [head, ...others] = lists;
    const isHeader =
      others.length > 0 &&
      head.length > 0 &&
      head.every((cell) => typeof cell === "string" && cell.trim()) &&
      new Set(head).size === head.length &&
      (others.some((row) => row.some((cell) => typeof cell === "number" || typeof cell === "boolean")) ||
        others.every((row) => !row.some((cell) => head.includes(cell))));
    const rows = isHeader ? others : lists;
    return {
      rows: named(rows, isHeader ? head : []),
      leftOut: list.length - lists.length,
      isLists: true,
      sentence: t("data.holdsListsOnePer", {
        rows: rows.length,
        where,
        value: isHeader ? t("data.firstOneHasNames") : t("data.withoutNames"),
      }),
    };
  }
  if (list.every(isPlain))
    return {
      rows: list.map((value) => new Map([["value", value]])),
      sentence: t("data.holdsListValuesOne", { list: list.length, where }),
    };
  return refuse(name, t("data.holdsListMixedThings", { where, WANTED }));
}

/** Rows that are lists, by the names of their places. */
function named(/** @type {Json[][]} */ rows, /** @type {string[]} */ names) {
  return rows.map((row) => new Map(row.map((value, i) => [names[i] ?? t("data.column3", { i: i + 1 }), value])));
}

/** Names in one list, rows in another: pandas' "split", and what many services answer. @returns {Found | null} */
function fromSplit(/** @type {Record<string, Json>} */ value) {
  const names = ["columns", "header", "headers", "fields", "names", "feature_names", "schema"]
    .map((key) => value[key]?.fields ?? value[key])
    .find(
      (list) =>
        Array.isArray(list) &&
        list.length &&
        list.every((one) => typeof one === "string" || typeof one?.name === "string"),
    );
  const rows = ["data", "rows", "values", "records"]
    .map((key) => value[key])
    .find((list) => Array.isArray(list) && list.length && list.every(Array.isArray));
  if (!names || !rows) return null;
  const known = names.map((/** @type {Json} */ one) => one.name ?? one);
  return {
    rows: named(rows, known),
    isLists: true,
    sentence: t("data.holdsListsOnePer2", { rows: rows.length, known: known.length }),
  };
}

/** A list for each column, all of one length. @param {string} name @param {[string, Json][]} parts @returns {Found | null} */
function fromColumns(name, parts) {
  const lists = parts.filter(([, list]) => Array.isArray(list) && list.length > 0 && !list.some(isObject));
  if (!lists.length || 2 * lists.length <= parts.length) return null;
  // A single list of lists is a list of rows under a name.
  if (lists.length === 1 && lists[0][1].every(Array.isArray)) return null;
  const lengths = new Set(lists.map(([, list]) => list.length));
  if (lengths.size > 1)
    return refuse(
      name,
      t("data.holdsColumnsDifferentLengths", {
        lists: lists
          .slice(0, 4)
          .map(([key, list]) => t("data.has", { key, list: list.length }))
          .join(", "),
      }),
    );
  const [length] = lengths;
  const rows = Array.from({ length }, (_, i) => new Map(lists.map(([key, list]) => [key, list[i]])));
  const others = parts.filter(([key]) => !lists.some(([other]) => other === key)).map(([key]) => key);
  return {
    rows,
    sentence: t("data.holdsColumnsValues", { lists: lists.length, length }),
    note: others.length
      ? t("data.noListValuesWas", {
          others: others.slice(0, 5).join(", "),
          value: others.length === 1 ? t("data.is") : t("data.are"),
        })
      : undefined,
  };
}

/** Objects by a key: rows by their number or name, or columns whose values have numbers. @returns {Found | null} */
function fromDictionary(/** @type {[string, Json][]} */ parts) {
  if (parts.length < 2 && !(parts.length === 1 && isObject(parts[0][1]) && Object.keys(parts[0][1]).every(isWhole)))
    return null;
  if (
    !parts.length ||
    !parts.every(([, inner]) => isObject(inner) && Object.keys(inner).length > 0 && Object.values(inner).every(isPlain))
  )
    return null;
  const outer = parts.map(([key]) => key);
  const inner = Object.keys(parts[0][1]);
  if (!outer.every(isWhole) && inner.every(isWhole)) {
    const keys = [...new Set(parts.flatMap(([, values]) => Object.keys(values)))];
    const columns = new Map(parts.map(([key, values]) => [key, new Map(Object.entries(values))]));
    return {
      rows: keys.map((key) => new Map(outer.map((column) => [column, columns.get(column)?.get(key) ?? null]))),
      sentence: t("data.holdsColumnsValuesNumber", { outer: outer.length, keys: keys.length }),
    };
  }
  const isNumbered = outer.every(isWhole);
  return {
    rows: parts.map(
      ([key, values]) =>
        new Map([...(isNumbered ? [] : /** @type {[string, Json][]} */ ([["key", key]])), ...Object.entries(values)]),
    ),
    sentence: t("data.holdsObjectsOnePer2", {
      parts: parts.length,
      value: isNumbered ? t("data.number2") : t("data.name"),
    }),
  };
}

/** The longest list of objects, or of lists, at most three names deep. @returns {{path: string[], list: Json[]} | null} */
function listInside(/** @type {Record<string, Json>} */ value, /** @type {string[]} */ path) {
  /** @type {{path: string[], list: Json[]} | null} */
  let best = null;
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, key];
    const found = Array.isArray(inner)
      ? inner.length && !inner.every(isPlain)
        ? { path: here, list: inner }
        : null
      : isObject(inner) && here.length < 3
        ? listInside(inner, here)
        : null;
    if (found && found.list.length > (best?.list.length ?? 0)) best = found;
  }
  return best;
}
