// @ts-check
// One table written in 240 ways: read as what it is, or the question that is open is asked; never read wrongly in silence.
import assert from "node:assert/strict";
import test from "node:test";
import { ASPECTS, fileOf } from "./fileMaker.js";
import { questionsOf, readFile } from "./realIntake.js";

const FILES = 240;

/** What a file was read as, where it differs from the truth. @returns {string[]} */
function faults(/** @type {any} */ got, /** @type {import("./fileMaker.js").Truth[]} */ truth) {
  if (got.problem) return [got.problem];
  const { columns, rows } = got.about;
  const names = columns.map((/** @type {any} */ { name }) => name);
  if (names.join("\n") !== truth.map(({ name }) => name).join("\n")) return [`columns ${JSON.stringify(names)}`];
  if (rows !== truth[0].values.length) return [`${rows} rows`];
  return truth.flatMap((own, at) => {
    const column = columns[at];
    const kind = column.inferred === "ignore" ? own.kind : column.inferred;
    if (kind !== own.kind)
      return [
        `“${own.name}” is a ${column.inferred}: ${got.cells.slice(0, 3).map((/** @type {string[]} */ row) => row[at])}`,
      ];
    const known = own.values.filter((value) => value !== null);
    if (column.missing !== own.values.length - known.length) return [`“${own.name}” misses ${column.missing}`];
    if (own.kind === "category") {
      const differs = own.values.findIndex((value, row) => value !== null && value !== got.cells[row][at].trim());
      return differs < 0
        ? []
        : [`“${own.name}” has ${JSON.stringify(got.cells[differs][at])} for ${JSON.stringify(own.values[differs])}`];
    }
    const numbers = /** @type {number[]} */ (known);
    const sum = numbers.reduce((all, one) => all + one, 0);
    const sorted = numbers.toSorted((a, b) => a - b);
    const expected = { min: sorted[0], max: sorted[sorted.length - 1], mean: sum / numbers.length };
    return Object.entries(expected).flatMap(([key, value]) =>
      Math.abs(column[key] - value) <= 1e-9 * Math.abs(value) + 1e-9
        ? []
        : [`“${own.name}”: ${key} is ${column[key]} for ${value}`],
    );
  });
}

const asked = /** @type {Map<string, number>} */ (new Map());
const wrong = /** @type {string[]} */ ([]);

for (let number = 0; number < FILES; number++) {
  const { dress, bytes, truth, byHand } = fileOf(number);
  const piece = Number(dress.piece);
  const got = await readFile(bytes, { piece });
  const first = faults(got, truth);
  const open = got.problem ? [] : questionsOf(got);
  open.forEach((/** @type {string} */ key) => asked.set(key, (asked.get(key) ?? 0) + 1));
  if (!first.length) continue;
  const answers = Object.fromEntries(open.map((/** @type {string} */ key) => [key, byHand[key]]));
  const second = open.length ? faults(await readFile(bytes, { piece, read: answers }), truth) : ["nothing was asked"];
  if (!second.length) continue;
  const all = faults(await readFile(bytes, { piece, read: byHand }), truth);
  const head = new TextDecoder(byHand.encoding).decode(bytes.slice(0, 330));
  wrong.push(
    [
      `file ${number}: ${JSON.stringify(dress)}`,
      `  read as: ${first.join("; ")}`,
      `  asked: ${open}; answered: ${second.join("; ")}`,
      `  all by hand: ${all.join("; ") || "right"}`,
      head,
    ].join("\n"),
  );
}

test(`one table in ${FILES} ways: none is read wrongly in silence`, () => {
  assert.equal(wrong.length, 0, `${wrong.length} files:\n\n${wrong.join("\n\n")}`);
});

test("questions are asked where two answers fit, and hardly anywhere else", () => {
  const { dates = 0, ...others } = Object.fromEntries(asked);
  const ambiguous = Array.from({ length: FILES }, (_, number) => fileOf(number)).filter(({ dress }) =>
    /day|month/.test(dress.dates),
  ).length;
  assert.ok(ambiguous > FILES / 10);
  assert.equal(dates, ambiguous, "each file whose days are all below 13 asks, and no other");
  const rest = /** @type {number[]} */ (Object.values(others)).reduce((sum, count) => sum + count, 0);
  assert.ok(rest <= FILES / 40, JSON.stringify(others));
});

test("every aspect has each of its values in some file", () => {
  const dresses = Array.from({ length: FILES }, (_, number) => fileOf(number).dress);
  for (const [aspect, values] of Object.entries(ASPECTS))
    for (const value of values)
      assert.ok(
        dresses.some((dress) => dress[aspect] === value),
        `${aspect} ${value}`,
      );
});
