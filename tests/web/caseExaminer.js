// @ts-check
/** Files as they are read, beside what is right: what tests of such cases share. */
import assert from "node:assert/strict";
import { kindsOf, namesOf, questionsOf, rangesOf, readFile } from "./realIntake.js";

/**
 * @typedef {object} Case
 * @property {string} what
 * @property {string | Uint8Array} file
 * @property {object} [read]            choices made by hand
 * @property {number} [rows]
 * @property {string} [names]           of columns, parted by bars
 * @property {string} [kinds]           n, d, c or - for what is left out, a letter a column
 * @property {Record<string, [number, number]>} [ranges]   smallest and largest
 * @property {Record<string, string>} [groups]   names of groups with their rows
 * @property {Record<string, string | null>} [units]
 * @property {string | null} [target]
 * @property {Record<string, any>} [settled]   entries of what was settled
 * @property {string[]} [asks]          keys of questions; none unless given
 * @property {RegExp} [note]
 * @property {[string, string | null, RegExp?][]} [finds]   of the doctor
 * @property {string[]} [findsNot]   kinds of findings that the doctor has none of
 * @property {RegExp} [problem]
 */

const LETTERS = /** @type {Record<string, string>} */ ({ number: "n", date: "d", category: "c", ignore: "-" });
export const lines = (
  /** @type {string} */ header,
  /** @type {number} */ count,
  /** @type {(i: number) => string} */ line,
) => `${header}\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;
export const days = (/** @type {string} */ date) => Date.parse(date) / 86_400_000;
/** A number without rhyme: 0 up to, not including, `below`. */
export const mixed = (/** @type {number} */ i, /** @type {number} */ below) => (i * 7919 + ((i * i) % 13) * 31) % below;
export const pad = (/** @type {number} */ i) => String(i).padStart(2, "0");

/** Reads a case in whole and in pieces, and holds it against what is right. */
export async function examine(/** @type {Case} */ one) {
  for (const piece of [2 ** 16, 13]) {
    if (one.file.length > 50_000 && piece < 2 ** 16) continue;
    const got = await readFile(one.file, { piece, read: one.read });
    if (one.problem) {
      assert.match(String(got.problem), one.problem);
      continue;
    }
    assert.equal(got.problem, null);
    const { about } = got;
    const column = (/** @type {string} */ name) =>
      about.columns.find((/** @type {any} */ own) => own.name === name) ??
      assert.fail(`no column ${name} among ${namesOf(got)}`);
    assert.deepEqual(questionsOf(got), one.asks ?? []);
    if (one.names !== undefined) assert.equal(namesOf(got).join("|"), one.names);
    if (one.rows !== undefined) assert.equal(about.rows, one.rows);
    if (one.kinds !== undefined)
      assert.equal(
        kindsOf(got)
          .map((/** @type {string} */ kind) => LETTERS[kind])
          .join(""),
        one.kinds,
      );
    if (one.target !== undefined) assert.equal(about.target, one.target);
    for (const [name, range] of Object.entries(one.ranges ?? {})) {
      const own = rangesOf(got)[about.columns.indexOf(column(name))];
      range.forEach((value, i) =>
        assert.ok(Math.abs(own[i] - value) <= 1e-9 * Math.abs(value), `${name}: ${own} for ${range}`),
      );
    }
    for (const [name, unit] of Object.entries(one.units ?? {})) assert.equal(column(name).unit, unit, name);
    for (const [name, groups] of Object.entries(one.groups ?? {})) {
      const own = column(name).categories.map((/** @type {any} */ group) => `${group.name} ${group.count}`);
      assert.deepEqual(own.sort(), own.length === 1 ? [groups] : splitGroups(groups).sort(), name);
    }
    for (const [key, value] of Object.entries(one.settled ?? {}))
      assert.deepEqual([got.entry(key)?.value, got.entry(key)?.isSure], [value, true], key);
    const notes = about.notes.map((/** @type {any} */ { sentence }) => sentence).join("\n");
    if (one.note) assert.match(notes, one.note);
    if (!one.finds && !one.findsNot) continue;
    const found = got.findings();
    for (const kind of one.findsNot ?? [])
      assert.ok(!found.some((/** @type {any} */ finding) => finding.kind === kind), kind);
    for (const [key, name, words = /./] of one.finds ?? []) {
      const own = found.filter(
        (/** @type {any} */ finding) => finding.kind === key && (name === null || finding.column === name),
      );
      assert.ok(
        own.some((/** @type {any} */ finding) => words.test(finding.sentence)),
        `${key} of ${name}: ${found.map((/** @type {any} */ finding) => `${finding.kind} ${finding.column} ${finding.sentence}`).join("\n")}`,
      );
    }
  }
}

/** `a 5, b, c 3` → `a 5` and `b, c 3`: a group ends with its number. */
function splitGroups(/** @type {string} */ text) {
  return text.split(/(?<= \d+), /);
}
