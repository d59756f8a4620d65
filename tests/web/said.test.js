// @ts-check
// What the core says of a table, on a page in German: every code of the core has its texts, and no English is left.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { catalogueOf } from "../../www/strings/catalogue.mjs";

globalThis.TRAINYARD_LANGUAGE = "de";
const { describedInWords, findingsInWords, reportInWords } = await import("../../www/features/data/worker/said.js");
const { readFile } = await import("./realIntake.js");
const { SETS } = await import("../../www/data/sets.js");

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What `say!` has in the sources of the core: a code and its English. */
function* saidInSources() {
  const files = fs.readdirSync(path.join(root, "src"), { recursive: true }).map(String);
  for (const file of files.filter((name) => name.endsWith(".rs"))) {
    const code = fs.readFileSync(path.join(root, "src", file), "utf8");
    // Not where it is defined, and not in what is said of it.
    const own = code.replace(/^\s*\/\/.*$/gm, "");
    const calls = [...own.matchAll(/\bsay!\(/g)].length;
    const found = [...own.matchAll(/\bsay!\(\s*"(\w+)",\s*"((?:[^"\\]|\\[^])*)"/g)];
    assert.equal(found.length, calls, `${file}: a code and a text come first in say!`);
    for (const [, key, text] of found) yield [key, text.replace(/\\\n\s*/g, "").replace(/\\(["\\])/g, "$1")];
  }
}

test("the texts have every code of the core, in its English, and no other", () => {
  const { en, de } = Object.fromEntries(
    ["en", "de"].map((language) => [
      language,
      Object.fromEntries(Object.entries(catalogueOf(language)).filter(([key]) => key.startsWith("core."))),
    ]),
  );
  const known = new Map();
  for (const [code, english] of saidInSources()) {
    assert.equal(known.get(code) ?? english, english, `${code} has two texts`);
    known.set(code, english);
    assert.equal(en[`core.${code}`], english, code);
    assert.ok(de[`core.${code}`], code);
  }
  assert.ok(known.size > 200, `${known.size} codes`);
  assert.deepEqual(
    Object.keys(en).filter((key) => !known.has(key.slice("core.".length))),
    [],
  );
});

/** Words that an English sentence of the core can hardly do without; names and cells stand in quotes. */
const ENGLISH = /\b(the|of|is|are|it|to|or|and|have|has|with|rows?|lines?|cells?|columns?|as|treat|leave|fill|none)\b/i;

/** @param {unknown} said @returns {string[]} */
const sentencesOf = (said) =>
  said && typeof said === "object"
    ? Object.entries(said).flatMap(([key, value]) =>
        (key === "sentence" || key === "label") && typeof value === "string" ? [value] : sentencesOf(value),
      )
    : [];

const lines = (/** @type {string} */ header, /** @type {number} */ count, /** @type {(i: number) => string} */ line) =>
  `${header}\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;

/** Files that something is to be said of. @type {Record<string, {file: string, data?: object, read?: object}>} */
const FILES = {
  gaps: {
    file: lines(
      "a,w,s,y",
      60,
      (i) => `${i % 7 ? i : "NA"},${i % 9 ? "north" : "unknown"},${i % 8 ? "M" : "?"},${i % 2}`,
    ),
  },
  sentinel: { file: lines("a,b,y", 60, (i) => `${i % 9 ? i % 23 : -999},${i === 5 ? 5000 : i},${i % 3 ? "p" : "q"}`) },
  mixed: {
    file: lines("a,d,y", 50, (i) => `${i % 11 ? i : "soon"},${i % 3 ? `2023-01-${10 + (i % 9)}` : "later"},${i}`),
  },
  dates: { file: lines("when,y", 40, (i) => `0${1 + (i % 9)}/0${1 + (i % 8)}/2023,${i}`) },
  bothOrders: {
    file: lines("when,y", 40, (i) => (i % 2 ? `13/0${1 + (i % 9)}/2023,${i}` : `0${1 + (i % 9)}/14/2023,${i}`)),
  },
  leak: { file: lines("x,code,class", 60, (i) => `${(i * 7) % 31},${i % 3},${"abc"[i % 3]}`) },
  line: { file: lines("x,f,c", 60, (i) => `${(i * 7) % 31},${i * 1.8 + 32},${i}`) },
  spread: {
    file: lines("x,a,b,y", 60, (i) => `${i % 5},${Number(i % 4 === 1)},${Number(i % 4 > 1)},${Number(i % 4 === 0)}`),
  },
  spellings: { file: lines("city,y", 60, (i) => `${i % 12 ? "Berlin" : "berlin "},${i % 2 ? "yes" : "no"}`) },
  uneven: { file: lines("x,z,y", 60, (i) => `${i},7,${i % 20 ? "often" : "rarely"}`) },
  identifiers: {
    file: lines(
      "id,text,code,y",
      40,
      (i) => `ID${i}x${i * 13},a long text of number ${i} that says ${i * 3} things,0${10 + (i % 5)},${i % 2}`,
    ),
  },
  totals: { file: `${lines("item,n", 9, (i) => `thing ${i},${i}`)}Total,36\n` },
  sums: { file: `${lines("w,a,b", 9, (i) => `t,${i},${i * 2}`)},36,72\n` },
  commas: { file: lines("temp;unit;y", 30, (i) => `${i},25;${i} kg;1.234`) },
  units: { file: `a,b\nkg,m\n${lines("", 20, (i) => `${i},${i * 3}`).trimStart()}` },
  comments: { file: `# made by hand\n${lines("a,b", 20, (i) => `${i},${i * 3}`)}` },
  hexes: { file: "color,size\n#ff0000,1\n#00ff00,2\nred,4\n#0000ff,3\n" },
  short: { file: `${lines("a,b,c", 60, (i) => (i % 2 ? `${i},1` : `${i},1,2,3`))}` },
  unclosed: { file: `a,b\n1,"2\n3,4\n5,6\n7,8\n` },
  unnamed: { file: lines(",a,a", 20, (i) => `${i},${i * 2},${i * 3}`) },
  rowNames: { file: lines("a,b", 20, (i) => `n${i},${i * 2},${i * 3}`) },
  bare: { file: lines("1,2,3", 20, (i) => `${i},${i * 2},${i * 3}`) },
  years: { file: lines("land,1990,1995", 20, (i) => `w${i},${1990 + i},${1980 + i}`) },
  wordsOnly: { file: lines("a,b", 20, (i) => `w${i % 3},v${i % 4}`) },
  remarks: { file: `A title of it\n\n${lines("a,b", 20, (i) => `${i},${i * 3}`)}\nSource: somebody\n` },
  other: { file: lines("a~b", 20, (i) => `${i}~${i * 3}`) },
  times: { file: lines("when;n,o;y", 30, (i) => `1${i % 10}:30;(1,${100 + i});${i % 2}`) },
};

/** @param {string} name @param {Parameters<typeof readFile>[0]} file @param {{data?: object, read?: object}} how */
async function check(name, file, { data = {}, read = {} } = {}) {
  const { table, problem } = await readFile(file, { read, data });
  if (!table) return assert.ok(problem, name); // nothing to say of it
  for (const own of [data, { ...data, scale: "none" }]) {
    const findings = table.doctor(own);
    const clean = findings.flatMap(({ remedies }) => remedies.slice(0, 1).map(({ fix }) => fix)).slice(0, 6);
    const report = (/** @type {object} */ of) => {
      try {
        return [reportInWords(table.report(of))];
      } catch {
        return []; // nothing is left to learn from
      }
    };
    const said = [
      describedInWords(table.describe(own)),
      findingsInWords(findings),
      report({ ...own, clean }),
      report(own),
    ];
    for (const text of sentencesOf(said)) {
      assert.doesNotMatch(text, /undefined|\{|\[object/, `${name}: ${text}`);
      assert.doesNotMatch(text.replace(/„[^“]*“/g, "„“"), ENGLISH, `${name}: ${text}`);
    }
  }
  table.free();
}

test("of any file no English is left: how it was read, what is odd and what can be done", async () => {
  for (const [name, { file, ...how }] of Object.entries(FILES)) await check(name, file, how);
});

test("of the real sets no English is left", async () => {
  for (const set of SETS) {
    const file = path.join(root, "www/data", `${set.name}.csv`);
    await check(set.name, fs.readFileSync(file), { data: { target: set.target, kinds: set.kinds } });
  }
});
