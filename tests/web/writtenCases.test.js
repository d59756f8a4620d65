// @ts-check
// Values as people write them, beyond plain numbers and dates: durations, errors and marks behind and before numbers, amounts
// of accounts, feet and inches, dates without marks; what is said of them, and what looks alike and is something else.
import test from "node:test";
import { days, examine, lines, mixed, pad } from "./caseExaminer.js";
import { encoded } from "./intake.js";

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
    ...["1.5×10^3", "1.5 x 10^3", "1.5 · 10³", "1.5D+03"].map((text) => ({
      what: `powers: ${text}`,
      file: column("v", (i) => text.replace("1", String(i + 1))),
      kinds: "nc",
      ranges: { v: /** @type {[number, number]} */ ([1500, 24500]) },
    })),
    {
      what: "fractions",
      file: column("cups", (i) => ["½", "1½", "2 ¾", "2"][i % 4]),
      kinds: "nc",
      ranges: { cups: [0.5, 2.75] },
    },
    {
      what: "a measure that counts on",
      file: lines("area\tq\tlabel", 24, (i) => `${10 + i} m²\t${mixed(i, 9)}\t${label(i)}`),
      kinds: "nnc",
      units: { area: "m²" },
    },
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
      what: "in full width",
      file: lines("商品,価格", 24, (i) => `${["茶", "米"][i % 2]},"￥${1 + i},200"`),
      kinds: "cn",
      asks: ["decimal"],
    },
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
      what: "degrees, minutes and seconds",
      file: column("lat", (i) => `${30 + i}°30'${pad(36)}"${"NS"[i % 2]}`),
      kinds: "nc",
      units: { lat: "°" },
      ranges: { lat: [-53.51, 52.51] },
      note: /"lat" holds angles, read in degrees/,
    },
    {
      what: "degrees in the south",
      file: column("lat", (i) => `${30 + i}.5° ${"NS"[i % 2]}`),
      kinds: "nc",
      ranges: { lat: [-53.5, 52.5] },
    },
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
    { what: "behind “den”", file: column("d", (i) => `den ${1 + i} mars 2023`), kinds: "dc" },
    {
      what: "years cut short",
      file: column("m", (i) => `Jan '${pad(i)}`),
      kinds: "dc",
      ranges: { m: [days("2000-01-01"), days("2023-01-01")] },
    },
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
  "marks for yes": [
    {
      what: "an x or nothing",
      file: lines("a,member,label", 24, (i) => `${mixed(i, 90)},${i % 3 ? "" : "x"},${label(i)}`),
      kinds: "ncc",
      groups: { member: "no 16, x 8" },
      note: /"member" holds "x" or nothing/,
    },
    {
      what: "one name and a few gaps is a constant",
      file: lines("a,town,label", 24, (i) => `${mixed(i, 90)},${i % 6 ? "Bonn" : ""},${label(i)}`),
      kinds: "n-c",
    },
  ],
  headers: [
    { what: "a unit in words", file: column("length in m", (i) => `${i}.5`), units: { "length in m": "m" } },
    { what: "a unit in brackets", file: column("length [cm]", (i) => `${i}.5`), units: { "length [cm]": "cm" } },
    {
      what: "in is no unit of words",
      file: column("days in office", (i) => `${i}.5`),
      units: { "days in office": null },
    },
    {
      what: "years cut short",
      file: lines("country;'90;'95;'00", 24, (i) => `c${i};${mixed(i, 900)};${mixed(i, 800)};${mixed(i, 700)}`),
      names: "country|'90|'95|'00",
      rows: 24,
    },
  ],
  delimiters: [
    {
      what: "a currency before amounts is no cell",
      file: lines("Kanton\tPreis CHF", 24, (i) => `K${i % 4}\tCHF ${1 + i}'250.50`),
      names: "Kanton|Preis CHF",
      kinds: "cn",
      units: { "Preis CHF": "CHF" },
    },
    {
      what: "decimal commas below lines of names and values",
      file: `Station;Bonn\nHöhe;60\n${lines("Datum;Temp;Regen", 24, (i) => `${pad(i + 1)}.03.2023;${i},5;${i % 3},0`)}`,
      names: "Datum|Temp|Regen",
      kinds: "dnn",
      rows: 24,
    },
    {
      what: "colons",
      file: lines("name:age:town", 24, (i) => `n${i % 5}:${mixed(i, 90)}:t${i % 3}`),
      names: "name|age|town",
      kinds: "cnc",
      settled: { delimiter: ":" },
    },
    { what: "times have colons too", file: lines("start", 24, (i) => `${pad(i)}:15:00`), names: "start", kinds: "n" },
    {
      what: "commas before decimals and between cells",
      file: lines("a,b,label", 24, (i) => `${1 + mixed(i, 90)},${10 + i},${mixed(i, 9)},${pad(i)},${label(i)}`),
      rows: 24,
      note: /Rows have 2 cells more than the header has names[^]*decimal commas/,
    },
  ],
  encodings: [
    ...[
      ["Turkish", "şehir,değer,label", ["İzmir", "Muş", "Ağrı", "Isparta"]],
      ["Turkish of few letters", "ad,x,label", ["Doğan", "Ali", "Barış"]],
    ].map(([what, header, names]) => ({
      what: String(what),
      file: encoded(
        "windows-1254",
        lines(String(header), 24, (i) => `${names[i % names.length]},${mixed(i, 90)},${label(i)}`),
      ),
      settled: { encoding: "windows-1254" },
    })),
    {
      what: "Icelandic stays what it is",
      file: encoded(
        "windows-1252",
        lines("nafn,x,label", 24, (i) => `${["Þórður", "Guðrún", "Sigríður"][i % 3]},${mixed(i, 90)},${label(i)}`),
      ),
      settled: { encoding: "windows-1252" },
    },
    {
      what: "encoded twice",
      file: lines(
        "größe,name".replace("öß", "Ã¶ÃŸ"),
        24,
        (i) => `${mixed(i, 90)},${["MÃ¼ller", "WeiÃŸ", "GroÃ€"][i % 3]}`,
      ),
      names: "größe|name",
      note: /encoded twice and are mended: "[^"]*Ã[^"]*" is read as "größe"/,
    },
    {
      what: "encoded twice, and kept so by hand",
      file: lines("x,name", 24, (i) => `${mixed(i, 90)},${["MÃ¼ller", "WeiÃŸ"][i % 2]}`),
      read: { encoding: "utf-8" },
      groups: { name: "MÃ¼ller 12, WeiÃŸ 12" },
    },
    {
      what: "letters that only look so",
      file: lines("x,name", 24, (i) => `${mixed(i, 90)},${["JOÃO", "IRMÃ", "Müller"][i % 3]}`),
      groups: { name: "JOÃO 8, IRMÃ 8, Müller 8" },
    },
  ],
  "what gives the answer away": [
    {
      what: "0 for most of a class and for some others is none",
      file: lines(
        "age,refund,kept",
        60,
        (i) => `${20 + mixed(i, 50)},${i % 3 && i % 7 ? 0 : 5 + mixed(i, 40)},${i % 3 ? "yes" : "no"}`,
      ),
      findsNot: ["leakage"],
    },
    {
      what: "names of few rows that differ in the answer are none",
      file: lines(
        "patient,age,ill",
        90,
        (i) => `p${Math.floor(i / 3)},${20 + mixed(i, 50)},${["yes", "no"][mixed(i, 2)]}`,
      ),
      findsNot: ["leakage"],
    },
    {
      what: "0 for one class alone",
      file: lines(
        "age,refund,kept",
        60,
        (i) => `${20 + mixed(i, 50)},${i % 3 ? 0 : 5 + mixed(i, 40)},${i % 3 ? "yes" : "no"}`,
      ),
      finds: [["leakage", "refund", /is 0 in all rows of "yes" and in no other row/]],
    },
    {
      what: "missing for one class alone",
      file: lines(
        "age,left,state",
        60,
        (i) => `${20 + mixed(i, 50)},${i % 3 ? "" : 2000 + mixed(i, 20)},${i % 3 ? "here" : "gone"}`,
      ),
      finds: [["leakage", "left", /is missing in all rows of "here"/]],
    },
    {
      what: "names of three rows each",
      file: lines(
        "patient,age,ill",
        90,
        (i) => `p${Math.floor(i / 3)},${20 + mixed(i, 50)},${["yes", "no"][((Math.floor(i / 3) * 7) % 5) % 2]}`,
      ),
      finds: [["leakage", "patient", /"patient" settles "ill"/]],
    },
  ],
};

for (const [kind, cases] of Object.entries(CASES_BY_KIND))
  for (const one of cases) test(`${kind}: ${one.what}`, () => examine(one));
