// @ts-check
// Further files of the kinds of cases.test.js: lines that spreadsheets and consoles add, dates in more languages, quotes of other
// forms, digits of other scripts, words and numbers for what is missing, and texts that are no table.
import test from "node:test";
import { days, examine, lines, mixed, pad } from "./caseExaminer.js";
import { utf8 } from "./intake.js";

/** @typedef {import("./caseExaminer.js").Case} Case */

/** Bytes of a text in the code page of DOS, of which the letters of German are enough here. */
const dos = (/** @type {string} */ text) =>
  Uint8Array.from(
    [...text].map((letter) => ({ ä: 0x84, ö: 0x94, ü: 0x81, ß: 0xe1, Ö: 0x99, Ä: 0x8e })[letter] ?? utf8(letter)[0]),
  );
const label = (/** @type {number} */ i) => "uv"[i % 2];
const xy = (/** @type {number} */ i) => `${mixed(i, 90)},${mixed(i, 70)},${label(i)}`;

/** @type {Record<string, Case[]>} */
const CASES_BY_KIND = {
  "lines that are no rows": [
    {
      what: "a title that a spreadsheet padded, and empty rows",
      file: `Sales report Q3,,,\n,,,\n${lines("Region,Units,Price,Won", 20, (i) => `${"NSE"[i % 3]},${mixed(i, 90)},${i}.5,${label(i)}`)},,,\n`,
      names: "Region|Units|Price|Won",
      kinds: "cnnc",
      rows: 20,
      target: "Won",
      note: /stands before the table: "Sales report Q3,,,"[^]*Empty lines skipped: 2/,
    },
    ...[",,,,", "Class 7b,,,,\n,,,,"].map((above) => ({
      what: `a table in the middle of a sheet, below ${above.split("\n").length} lines`,
      file: `${above}\n${lines(",name,height,team,", 20, (i) => `,n${i % 4},${150 + mixed(i, 40)},${label(i)},`)},,,,\n`,
      names: "column 1|name|height|team|column 5",
      rows: 20,
      target: "team",
      groups: { team: "u 10, v 10" },
    })),
    {
      what: "names of groups of columns above their names",
      file: lines(
        ",Morning,,Evening,\nday,temp,rain,temp,rain",
        20,
        (i) => `${mixed(i, 30)},${mixed(i, 31)},${i % 9},${mixed(i, 32)},${i % 7}`,
      ),
      names: "day|temp|rain|temp 2|rain 2",
      rows: 20,
      note: /before the table: ",Morning,,Evening,"/,
    },
    {
      what: "a header with gaps above data is none of those",
      file: lines(",b,,d", 20, (i) => `n${i % 3},${mixed(i, 30)},${label(i)},${i}.5`),
      names: "column 1|b|column 3|d",
      rows: 20,
    },
    {
      what: "files put one below the other: their header comes again",
      file: lines("x,y,label", 40, (i) => (i === 15 || i === 28 ? "x,y,label" : xy(i))),
      kinds: "nnc",
      rows: 38,
      groups: { label: "u 19, v 19" },
      note: /repeats the header and is no row/,
    },
    {
      what: "a row with the words of the header, where all are words",
      file: lines("outlook,play", 20, (i) =>
        i === 7 ? "outlook,play" : `${["sun", "rain"][i % 2]},${["yes", "no"][mixed(i, 2)]}`,
      ),
      asks: ["header"],
      rows: 21, // both lines may be rows
    },
    {
      what: "a total without numbers",
      file: `${lines("item,q,p", 20, (i) => `a${i % 4},${mixed(i, 9)},${i}.5`)}Total,,\n`,
      rows: 21,
      finds: [["total", null, /begins with "Total"/]],
    },
    {
      what: "what stars mean, below",
      file: `${lines("x,y,label", 20, xy)}\n* p < 0.05\n** p < 0.01\n`,
      rows: 20,
      kinds: "nnc",
    },
    {
      what: "the questions of a survey below their numbers: a question",
      file: lines(
        "Q1,Q2,Q3\nHow old are you?,How satisfied are you?,Gender",
        20,
        (i) => `${mixed(i, 60)},${i % 5},${"FM"[i % 2]}`,
      ),
      asks: ["unitsRow"],
    },
    { what: "the mark that ends files of DOS", file: `${lines("x,y,label", 20, xy)}\x1a`, rows: 20, kinds: "nnc" },
    {
      what: "a source that a spreadsheet padded",
      file: `${lines("x,y,label", 20, xy)},,\nSource: city hall,,\n`,
      rows: 20,
      kinds: "nnc",
      note: /below the table: "Source: city hall"/,
    },
    {
      what: "a word alone at the end",
      file: `${lines("x,y,label", 20, xy)}END OF FILE\n`,
      rows: 20,
      kinds: "nnc",
      note: /below the table: "END OF FILE"/,
    },
    {
      what: "a quoted source and a year of copyright",
      file: `${lines("land;wert;jahr", 20, (i) => `l${i % 4};${i},5;${2000 + mixed(i, 20)}`)}\n"Quelle: Amt, 2021; eigene Zahlen"\n© 2021\n`,
      rows: 20,
      kinds: "cnn",
    },
    {
      what: "statistics below",
      file: `${lines("sample,a,b", 20, (i) => `s${i},${mixed(i, 9)},${mixed(i, 90)}`)}Mean,5.1,54.2\nStd,2.1,24.9\nMax,8,89\n`,
      rows: 23,
      finds: [["total", null, /begins with "Mean"/]],
    },
    {
      what: "subtotals within",
      file: lines("region,month,sales", 33, (i) =>
        i % 11 < 10
          ? `${"NSW"[Math.floor(i / 11)]},${i % 11},${mixed(i, 90)}`
          : `${"NSW"[Math.floor(i / 11)]} Total,,600`,
      ),
      finds: [["total", null, /begins with "N Total"/]],
    },
    {
      what: "somebody called Max in the last row",
      file: lines("name,a,b", 12, (i) => `${["Ann", "Bo", "Cy"][i % 3]},${mixed(i, 9)},${i}.5`) + "Max,4,5.5\n",
      rows: 13,
      kinds: "cnn",
    },
  ],
  headers: [
    {
      what: "months",
      file: lines(
        "country,2020-01,2020-02,2020-03",
        20,
        (i) => `c${i},${mixed(i, 900)},${mixed(i, 800)},${mixed(i, 700)}`,
      ),
      names: "country|2020-01|2020-02|2020-03",
      rows: 20,
    },
    {
      what: "bands of age",
      file: lines("town,0-4,5-9,10-14", 20, (i) => `t${i},${mixed(i, 900)},${mixed(i, 800)},${mixed(i, 700)}`),
      names: "town|0-4|5-9|10-14",
      rows: 20,
    },
    {
      what: "a row of types",
      file: lines("age,income,class\nint,float,str", 20, (i) => `${mixed(i, 60)},${i}.5,${label(i)}`),
      rows: 20,
      kinds: "nnc",
      note: /what columns are for/,
    },
    {
      what: "names of two lines",
      file: lines('"Age\n(years)","Income\r\n(k$)",Class', 20, (i) => `${mixed(i, 60)},${i}.5,${label(i)}`),
      names: "Age (years)|Income (k$)|Class",
    },
  ],
  "dates and times": [
    {
      what: "in Spanish, with “de”",
      file: lines("fecha;v", 20, (i) => `${i + 1} de enero de 2023;${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { fecha: [days("2023-01-01"), days("2023-01-20")] },
    },
    ...[
      ["Italian", "luglio", 7],
      ["Portuguese", "fev", 2],
      ["Dutch", "mei", 5],
      ["Polish", "października", 10],
      ["Russian", "марта", 3],
      ["Swedish", "augusti", 8],
    ].map(([language, word, month]) => ({
      what: `in ${language}`,
      file: lines("d;v", 20, (i) => `${i + 1} ${word} 2023;${mixed(i, 9)}`),
      kinds: "dn",
      ranges: {
        d: /** @type {[number, number]} */ ([
          days(`2023-${pad(Number(month))}-01`),
          days(`2023-${pad(Number(month))}-20`),
        ]),
      },
    })),
    {
      what: "in Chinese and Japanese",
      file: lines("日付,売上", 20, (i) => `2023年${1 + (i % 12)}月${1 + i}日,${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { 日付: [days("2023-01-01"), days("2023-12-12")] },
    },
    {
      what: "in Korean",
      file: lines("날짜,v", 20, (i) => `2023년 3월 ${1 + i}일,${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { 날짜: [days("2023-03-01"), days("2023-03-20")] },
    },
    {
      what: "behind a weekday in German",
      file: lines(
        "tag;v",
        14,
        (i) => `${["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"][i % 7]} ${pad(6 + i)}.03.2023;${mixed(i, 9)}`,
      ),
      kinds: "dn",
      settled: { dates: "day-first" },
      ranges: { tag: [days("2023-03-06"), days("2023-03-19")] },
    },
    {
      what: "without dashes and colons",
      file: lines("t,v", 20, (i) => `202301${pad(1 + i)}T1230${pad(i)}Z,${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { t: [days("2023-01-01T12:30:00Z"), days("2023-01-20T12:30:19Z")] },
    },
    {
      what: "short, with dots",
      file: lines("tag;v", 24, (i) => `${1 + i}.${1 + (i % 9)}.23;${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { tag: [days("2023-01-01"), days("2023-09-18")] },
    },
    {
      what: "versions of two digits are none",
      file: lines("v,b", 20, (i) => `${1 + (i % 3)}.${i % 9}.${10 + i},${mixed(i, 9)}`),
      kinds: "-n",
    },
    {
      what: "quarters",
      file: lines("q,v", 20, (i) => `${2010 + Math.floor(i / 4)}-Q${1 + (i % 4)},${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { q: [days("2010-01-01"), days("2014-10-01")] },
    },
    {
      what: "quarters before their year",
      file: lines("q,v", 20, (i) => `Q${1 + (i % 4)} ${2010 + Math.floor(i / 4)},${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { q: [days("2010-01-01"), days("2014-10-01")] },
    },
    {
      what: "weeks",
      file: lines("w,v", 20, (i) => `2021-W${pad(i + 1)},${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { w: [days("2021-01-04"), days("2021-05-17")] },
    },
    {
      what: "a day ends at 24:00",
      file: lines("h,v", 24, (i) => `${pad(i + 1)}:00,${mixed(i, 90)}`),
      kinds: "nn",
      ranges: { h: [1, 24] },
    },
    {
      what: "laps in minutes and seconds",
      file: lines("n,lap", 20, (i) => `${mixed(i, 9)},${1 + (i % 2)}:${30 + i}.250`),
      kinds: "nn",
      ranges: { lap: [90.25 / 3600, (120 + 49.25) / 3600] },
    },
  ],
  quotes: [
    {
      what: "curly ones",
      file: lines("name,size,y", 20, (i) => `“Lee, ${"AB"[i % 2]}”,${mixed(i, 9)},${label(i)}`),
      names: "name|size|y",
      groups: { name: "Lee, A 10, Lee, B 10" },
      note: /another form/,
    },
    {
      what: "German ones",
      file: lines("„a“;„b“", 20, (i) => `„x; ${i % 3}“;${mixed(i, 9)}`),
      names: "a|b",
      kinds: "cn",
    },
    {
      what: "backticks",
      file: lines("`name`,`size`", 20, (i) => `\`Lee, ${i % 2}\`,${mixed(i, 9)}`),
      names: "name|size",
      kinds: "cn",
    },
    {
      what: "an apostrophe that begins some names stays",
      file: lines("name,size", 21, (i) => `${["O’Brien", "‘t Hooft", "’s-Gravenhage"][i % 3]},${mixed(i, 9)}`),
      groups: { name: "O’Brien 7, ‘t Hooft 7, ’s-Gravenhage 7" },
    },
    {
      what: "around whole lines",
      file: lines('"a,""b, c"",y"', 20, (i) => `"${mixed(i, 9)},""x, ${i % 3}"",${label(i)}"`),
      names: "a|b, c|y",
      kinds: "ncc",
      note: /each line as a whole/,
    },
    {
      what: "one column of family names first",
      file: lines('"name"', 20, (i) => `"Doe, ${["Al", "Bo", "Cy"][i % 3]}"`),
      names: "name",
      rows: 20,
    },
    {
      what: "texts that a spreadsheet shall not read as numbers",
      file: lines("zip,v", 20, (i) => `="0${1000 + (i % 4)}",${mixed(i, 9)}`),
      kinds: "cn",
      groups: { zip: "01000 5, 01001 5, 01002 5, 01003 5" },
    },
  ],
  numbers: [
    {
      what: "full width",
      file: lines("人口,級", 20, (i) => `${["１２３４", "９８７", "５５"][i % 3]},${"甲乙"[i % 2]}`),
      kinds: "nc",
      ranges: { 人口: [55, 1234] },
    },
    {
      what: "Arabic digits",
      file: lines("عدد,b", 20, (i) => `${["٤٢٫٥", "٧", "١٠"][i % 3]},${mixed(i, 9)}`),
      kinds: "nn",
      ranges: { عدد: [7, 42.5] },
    },
    {
      what: "prices without cents",
      file: lines("a;preis", 20, (i) => `${i % 4};${1 + i}.${100 + i},–`),
      kinds: "nn",
      ranges: { preis: [1100, 20119] },
    },
    {
      what: "and in Switzerland",
      file: lines("a;preis", 20, (i) => `${i % 4};Fr. ${1 + i}.-`),
      kinds: "nn",
      units: { preis: "Fr." },
      ranges: { preis: [1, 20] },
    },
    {
      what: "one column with decimal commas: a question",
      file: lines("wert", 20, (i) => `${mixed(i, 90)},${i % 10}`),
      names: "wert",
      kinds: "n",
      asks: ["delimiter"],
    },
    {
      what: "and its answer",
      file: lines("wert", 20, (i) => `${mixed(i, 90)},${i % 10}`),
      read: { delimiter: "," },
      asks: ["rowNames"],
    },
    {
      what: "texts of JSON with decimal commas",
      file: JSON.stringify(
        Array.from({ length: 20 }, (_, i) => ({ preis: `${1 + i}.250,50 €`, n: i + 0.5, ok: i % 2 ? "ja" : "nein" })),
      ),
      kinds: "nnc",
      units: { preis: "€" },
      ranges: { preis: [1250.5, 20250.5], n: [0.5, 19.5] },
    },
  ],
  "words and numbers for what is missing": [
    {
      what: "MySQL's",
      file: lines("a\tb\ty", 30, (i) => `${i % 6 ? mixed(i, 90) : "\\N"}\t${i % 7 ? "x" : "\\N"}${""}\t${label(i)}`),
      finds: [["missing", "a", /"\\N"/]],
    },
    {
      what: "German",
      file: lines("a;b", 30, (i) => `${i % 6 ? mixed(i, 90) : "keine Angabe"};${i}`),
      finds: [["missing", "a", /"keine Angabe"/]],
    },
    {
      what: "Russian",
      file: lines("a;b", 30, (i) => `${i % 6 ? mixed(i, 90) : "нет данных"};${i}`),
      finds: [["missing", "a", /"нет данных"/]],
    },
    {
      what: "9999.9",
      file: lines("p,b", 60, (i) => `${i % 9 ? 980 + mixed(i, 50) + 0.5 : 9999.9},${i}`),
      finds: [["missing", "p", /9999\.9/]],
    },
    {
      what: "0 for what can't be 0",
      file: lines("bmi,y", 80, (i) => `${i % 9 ? 22 + mixed(i, 140) / 10 : 0},${i % 2}`),
      finds: [["missing", "bmi", /have 0 in/]],
    },
    {
      what: "the first day of 1900",
      file: lines(
        "left,y",
        60,
        (i) => `${i % 5 ? `20${10 + mixed(i, 13)}-05-${pad(1 + mixed(i, 28))}` : "1900-01-01"},${i}.5`,
      ),
      kinds: "dn",
      finds: [["missing", "left", /have 1900-01-01 in "left", where all others lie within 20/]],
    },
    {
      what: "−1 among what was measured",
      file: lines("dist,y", 80, (i) => `${i % 9 ? 1 + mixed(i, 400) / 10 : -1},${i % 2}`),
      finds: [["missing", "dist", /−1/]],
    },
  ],
  "signs and spellings": [
    {
      what: "the spelling without blanks is kept",
      file: lines("x,ok", 40, (i) => `${mixed(i, 90)},${["yes", "no", " no", "yes "][i % 4]}`),
      finds: [
        ["spellings", "ok", /" no" stand beside "no"/],
        ["spellings", "ok", /"yes " stand beside "yes"/],
      ],
    },
  ],
  encodings: [
    {
      what: "DOS",
      file: dos(
        lines("größe;preis;ware", 20, (i) => `${i % 2 ? "groß" : "klein"};${i},50;${["Öl", "Äpfel", "Würze"][i % 3]}`),
      ),
      names: "größe|preis|ware",
      kinds: "cnc",
      settled: { encoding: "ibm850" },
    },
  ],
  "other formats": [
    {
      what: "SQL",
      file: "-- dump\nCREATE TABLE t (a int, b text);\nINSERT INTO t VALUES (1,'x');\nINSERT INTO t VALUES (2,'y');\n",
      problem: /is SQL, not a table/,
    },
    { what: "YAML", file: lines("---", 9, (i) => `- size: ${i}\n  color: red`), problem: /is YAML, not/ },
    { what: "TOML", file: lines("[[row]]", 9, (i) => `size = ${i}`), problem: /is TOML/ },
    { what: "LaTeX", file: lines("\\begin{tabular}{ll}", 9, (i) => `${i} & x \\\\`), problem: /is LaTeX/ },
    { what: "JavaScript", file: 'const data = [{"a": 1}, {"a": 2}];\n', problem: /is JavaScript/ },
    {
      what: "lines of boxes",
      file: "┌──────┬───────┐\n│ size │ color │\n├──────┼───────┤\n│    1 │ red   │\n└──────┴───────┘\n",
      problem: /drawn with lines/,
    },
    {
      what: "Emacs",
      file: "| size | color |\n|------+-------|\n| 1 | red |\n| 2 | blue |\n",
      problem: /drawn with lines/,
    },
    {
      what: "restructured text",
      file: "====  =====\nsize  color\n====  =====\n1     red\n2     blue\n====  =====\n",
      problem: /drawn with lines/,
    },
    {
      what: "names with colons are no YAML",
      file: lines("task,v", 20, (i) => `a: ${i % 3},${i}`),
      rows: 20,
      kinds: "cn",
    },
    { what: "a bullet list in cells is no YAML", file: lines("- a: x,v", 20, (i) => `- b: ${i % 3},${i}`), rows: 20 },
  ],
};

for (const [kind, cases] of Object.entries(CASES_BY_KIND))
  for (const one of cases) test(`${kind}: ${one.what}`, () => examine(one));
