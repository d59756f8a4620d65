// @ts-check
// Values as people write them, beyond plain numbers and dates: durations, errors and marks behind and before numbers, amounts
// of accounts, feet and inches, dates without marks; what is said of them, and what looks alike and is something else.
import test from "node:test";
import { days, examine, lines, pad } from "./caseExaminer.js";

/** @typedef {import("./caseExaminer.js").Case} Case */

const label = (/** @type {number} */ i) => "uv"[i % 2];
/** A column of its own beside a class. @param {string} name @param {(i: number) => string} cell */
const column = (name, cell, rows = 24) => lines(`${name}\tlabel`, rows, (i) => `${cell(i)}\t${label(i)}`);

/** @type {Record<string, Case[]>} */
const CASES_BY_KIND = {
  durations: [
    {
      what: "hours and minutes with letters",
      file: column("took", (i) => `${1 + (i % 3)}h ${10 + i}m`),
      kinds: "nc",
      units: { took: "min" },
      ranges: { took: [70, 213] },
      note: /"took" holds durations, read in minutes: "1h 10m" is 70/,
    },
    {
      what: "some with one part alone",
      file: column("took", (i) => [`${1 + i}h`, `${5 + i} min`, `2 h 5 min`, "1h 1m 30s"][i % 4]),
      kinds: "nc",
      units: { took: "min" },
      ranges: { took: [6, 1260] },
    },
    {
      what: "in French",
      file: column("heure", (i) => `${14 + (i % 9)}h${pad(30 + i)}`),
      kinds: "nc",
      units: { heure: "min" },
      ranges: { heure: [870, 22 * 60 + 47] },
    },
    {
      what: "beyond a day",
      file: column("took", (i) => `${20 + i}:05:10`),
      kinds: "nc",
      units: { took: "min" },
      ranges: { took: [1205 + 1 / 6, 43 * 60 + 5 + 1 / 6] },
    },
    {
      what: "minutes and seconds beyond an hour",
      file: column("took", (i) => `${52 + i}:${pad(i)}`),
      kinds: "nc",
      units: { took: "min" },
      ranges: { took: [52, 75 + 23 / 60] },
      note: /"52:00" is 52/,
    },
    {
      what: "as ISO 8601 has them",
      file: column("took", (i) => ["PT1H30M", "PT45M", `PT${i}.5S`, "P1DT2H"][i % 4]),
      kinds: "nc",
      units: { took: "min" },
      ranges: { took: [2.5 / 60, 26 * 60] },
    },
    {
      what: "as pandas writes them",
      file: column("took", (i) => `${i % 3} days 0${i % 9}:30:00`),
      kinds: "nc",
      units: { took: "min" },
      ranges: { took: [30, 2 * 1440 + 8 * 60 + 30] },
    },
    {
      what: "times of a day stay hours",
      file: column("at", (i) => `${pad(i)}:15`),
      units: { at: "h" },
      ranges: { at: [0.25, 23.25] },
    },
    {
      what: "one slip among times of a day doesn't change them",
      file: column("at", (i) => (i === 7 ? "25:70" : `${pad(i)}:15`)),
      units: { at: "h" },
      finds: [["mixed-types", "at"]],
    },
    {
      what: "a number with a unit is none",
      file: column("took", (i) => `${3 + i} h`),
      units: { took: "h" },
      kinds: "nc",
    },
    {
      what: "names of parts are none",
      file: column("part", (i) => `${1 + (i % 3)}h${i % 2}x`),
      kinds: "cc",
    },
    { what: "verses are none", file: column("verse", (i) => `${1 + (i % 4)}:${1 + (i % 3)}`), kinds: "cc" },
  ],
  "errors and marks": [
    ...["12 ± 1", "12±1", "12 +/- 1", "12 ±1.5 "].map((text) => ({
      what: text,
      file: column("size", (i) => text.replace("12", String(12 + i))),
      kinds: "nc",
      ranges: { size: /** @type {[number, number]} */ ([12, 35]) },
      note: /"size": the error behind ± is left out in 24 cells\. "[^"]+" is read as \d+\./,
    })),
    {
      what: "an error in a unit",
      file: column("size", (i) => `${12 + i}.5 ± 0.2 kg`),
      units: { size: "kg" },
      ranges: { size: [12.5, 35.5] },
    },
    {
      what: "about so many",
      file: column("size", (i) => `${["~", "≈", "", "ca. "][i % 4]}${5 + i}`),
      kinds: "nc",
      ranges: { size: [5, 28] },
      note: /"size": a mark such as ~ is left out in 18 cells\. "[^"]+" is read as/,
    },
    { what: "limits stay names", file: column("size", (i) => `<${5 + (i % 4)}`), kinds: "cc" },
  ],
  accounts: [
    {
      what: "a dash beside a currency is 0",
      file: column("paid", (i) => (i % 5 ? ` $ ${i}.50 ` : " $ -   ")),
      kinds: "nc",
      units: { paid: "$" },
      ranges: { paid: [0, 23.5] },
      note: /"paid": "\$ -" is read as 0 in 5 cells/,
    },
    {
      what: "and behind it",
      file: column("paid", (i) => (i % 5 ? `${i},50 €` : "- €")),
      units: { paid: "€" },
      ranges: { paid: [0, 23.5] },
    },
    {
      what: "a dash alone is a gap",
      file: column("paid", (i) => (i % 5 ? `${i}.5` : "-")),
      finds: [["missing", "paid", /"-"/]],
    },
    {
      what: "credit and debit",
      file: column("amount", (i) => `${i + 1}.00 ${i % 3 ? "CR" : "DR"}`),
      kinds: "nc",
      ranges: { amount: [-22, 24] },
      note: /"amount": debits \(DR\) are read as negative/,
    },
    {
      what: "with a currency",
      file: column("amount", (i) => `$${i + 1}.00${i % 3 ? "CR" : "DR"}`),
      kinds: "nc",
      units: { amount: "$" },
      ranges: { amount: [-22, 24] },
    },
    {
      what: "crores are no credits",
      file: column("amount", (i) => `${i + 1} Cr`),
      units: { amount: "Cr" },
      ranges: { amount: [1, 24] },
    },
  ],
  "feet and inches": [
    {
      what: "straight marks",
      file: column("height", (i) => `${5 + (i % 2)}'${i % 12}"`),
      kinds: "nc",
      units: { height: "in" },
      ranges: { height: [60, 83] },
      note: /"height" holds feet and inches, read in inches: "[^"]+'[^"]*"" is \d+/,
    },
    {
      what: "in quotes of CSV, with halves",
      file: lines("height,label", 24, (i) => `"5' ${i % 12}.5""",${label(i)}`),
      kinds: "nc",
      ranges: { height: [60.5, 71.5] },
    },
    {
      what: "words and primes",
      file: column("height", (i) => [`5 ft ${i % 12} in`, `5′ ${i % 12}″`, "6 ft", "5’11”"][i % 4]),
      kinds: "nc",
      ranges: { height: [60, 72] },
    },
    { what: "a unit alone", file: column("height", (i) => `${5 + i} ft`), units: { height: "ft" } },
  ],
  "dates and times": [
    {
      what: "a time with points",
      file: column("at", (i) => `${pad(1 + i)}.03.2023 ${pad(i % 24)}.30`),
      kinds: "dc",
      ranges: { at: [days("2023-03-01T00:30:00Z"), days("2023-03-24T23:30:00Z")] },
    },
    {
      what: "eight digits, the day first",
      file: column("born", (i) => `${pad(1 + i)}0${1 + (i % 9)}${1980 + i}`),
      kinds: "dc",
      ranges: { born: [days("1980-01-01"), days("2003-06-24")] },
      note: /"born" holds dates without marks, the day first/,
    },
    {
      what: "eight digits, the month first",
      file: column("born", (i) => `0${1 + (i % 9)}${pad(1 + i)}${1980 + i}`),
      kinds: "dc",
      ranges: { born: [days("1980-01-01"), days("2003-06-24")] },
      note: /"born" holds dates without marks, the month first/,
    },
    {
      what: "eight digits, the year first",
      file: column("born", (i) => `${1980 + i}0${1 + (i % 9)}${pad(1 + i)}`),
      kinds: "dc",
      note: /"born" holds dates without marks, the year first/,
    },
    {
      what: "eight digits of one year are none",
      file: column("code", (i) => `${pad(1 + i)}032023`),
      kinds: "-c",
    },
    {
      what: "eight digits, one of them no date",
      file: column("code", (i) => (i === 9 ? "99999999" : `${13 + (i % 9)}03${1980 + i}`)),
      kinds: "nc",
    },
    ...[
      ["Turkish", "Ocak", 1],
      ["Turkish", "Şubat", 2],
      ["Turkish", "Ağustos", 8],
      ["Turkish", "Kas", 11],
      ["Czech", "března", 3],
      ["Hungarian", "augusztus", 8],
      ["Romanian", "iulie", 7],
      ["Finnish", "toukokuuta", 5],
    ].map(([language, word, month]) => ({
      what: `in ${language}: ${word}`,
      file: column("d", (i) => `${i + 1} ${word} 2023`),
      kinds: "dc",
      ranges: {
        d: /** @type {[number, number]} */ ([
          days(`2023-${pad(Number(month))}-01`),
          days(`2023-${pad(Number(month))}-24`),
        ]),
      },
    })),
  ],
};

for (const [kind, cases] of Object.entries(CASES_BY_KIND))
  for (const one of cases) test(`${kind}: ${one.what}`, () => examine(one));
