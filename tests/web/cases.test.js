// @ts-check
// Files as people report that they were read wrongly, each kind with siblings that differ in spirit: what they are read as.
import assert from "node:assert/strict";
import test from "node:test";
import { encoded, utf16 } from "./intake.js";
import { Trainer } from "../../www/pkg-full/trainyard.js";
import { readFile } from "./realIntake.js";
import { days, examine, lines, mixed, pad } from "./caseExaminer.js";

/** @typedef {import("./caseExaminer.js").Case} Case */

/** @type {Record<string, Case[]>} */
const CASES_BY_KIND = {
  "decimal commas whatever stands between cells": [
    {
      what: "a01: tabs",
      file: lines("temp\tertrag", 30, (i) => `${mixed(i, 40)},${pad(mixed(i, 90))}\t-${mixed(i, 30)},5`),
      kinds: "nn",
      settled: { delimiter: "\t", decimal: "," },
      ranges: { ertrag: [-29.5, -0.5] },
    },
    {
      what: "a02: commas and quotes",
      file: lines("temp,ertrag", 30, (i) => `"${mixed(i, 40)},25","-${i},5"`),
      kinds: "nn",
      settled: { delimiter: ",", decimal: "," },
      ranges: { ertrag: [-29.5, -0.5] },
    },
    {
      what: "blanks",
      file: lines("a b c", 20, (i) => `${i % 7},5 ${mixed(i, 11)},25 ${i % 2 ? "ja" : "nein"}`),
      kinds: "nnc",
      settled: { delimiter: " ", decimal: "," },
      ranges: { a: [0.5, 6.5] },
    },
    {
      what: "a choice by hand outweighs the cells",
      file: lines("a;b", 20, (i) => `${1 + i}.${100 + i};x${i % 2}`),
      read: { decimal: "." },
      kinds: "nc",
      ranges: { a: [1.1, 20.119] },
    },
    {
      what: "three decimals alone: a question",
      file: lines("a;b", 20, (i) => `${1 + i},${100 + i};x${i % 2}`),
      kinds: "nc",
      asks: ["decimal"],
    },
  ],
  "groups of thousands": [
    {
      what: "a03: points and a decimal comma",
      file: lines("zimmer;preis", 30, (i) => `${1 + (i % 6)};${99 + i}.250,84`),
      kinds: "nn",
      target: "preis",
      ranges: { preis: [99250.84, 128250.84] },
    },
    {
      what: "a04: commas and a point",
      file: lines("rooms,price", 30, (i) => `${1 + (i % 6)},"${98 + i},695.60"`),
      kinds: "nn",
      target: "price",
      ranges: { price: [98695.6, 127695.6] },
    },
    {
      what: "apostrophes",
      file: lines("ort;preis", 20, (i) => `o${i % 3};${1 + i}'${100 + 7 * i}.50`),
      kinds: "cn",
      ranges: { preis: [1100.5, 20233.5] },
    },
    {
      what: "narrow blanks",
      file: lines("p;b", 20, (i) => `${1 + i}\u202f${100 + i},5;${mixed(i, 9)}`),
      kinds: "nn",
      ranges: { p: [1100.5, 20119.5] },
    },
    {
      what: "groups of two and three",
      file: lines("a,salary", 20, (i) => `${i % 4},"${1 + (i % 9)},${10 + i},100.00"`),
      kinds: "nn",
      ranges: { salary: [110100, 927100] },
    },
    {
      what: "an address of the net is no number",
      file: lines("ip,b", 20, (i) => `10.0.${i % 4}.3,${mixed(i, 9)}`),
      kinds: "cn",
    },
  ],
  "currencies, shares and brackets": [
    {
      what: "a05",
      file: lines(
        "spend,growth,margin,profit",
        30,
        (i) => `"$${1 + i},323.82",${i % 2 ? "-" : ""}${i}.4%,${i % 3 ? i : `(${49 + i})`},€${186 + i}.35`,
      ),
      kinds: "nnnn",
      units: { spend: "$", growth: "%", profit: "€" },
      ranges: { spend: [1323.82, 30323.82], margin: [-76, 29], growth: [-29.4, 28.4], profit: [186.35, 215.35] },
      note: /"\(49\)" is read as -49/,
    },
    {
      what: "a currency behind, a minus behind",
      file: lines("a;preis", 20, (i) => `${i % 4};${1 + i}.100,99${i % 2 ? "-" : ""} €`),
      kinds: "nn",
      units: { preis: "€" },
      ranges: { preis: [-20100.99, 19100.99] },
    },
    {
      what: "a minus of typography",
      file: lines("p,b", 20, (i) => `−${i}.5,${mixed(i, 7)}`),
      kinds: "nn",
      ranges: { p: [-19.5, -0.5] },
    },
    {
      what: "a unit behind a blank",
      file: lines("mass,b", 20, (i) => `${i}.5 kg,${mixed(i, 7)}`),
      kinds: "nn",
      units: { mass: "kg" },
      ranges: { mass: [0.5, 19.5] },
    },
    {
      what: "thousands beside millions",
      file: lines("views\tb", 20, (i) => `${i % 2 ? `${i}.4K` : `${1 + i}M`}\t${mixed(i, 7)}`),
      kinds: "nn",
      ranges: { views: [1400, 19e6] },
      note: /"views": "1M" is read as 1000000/,
    },
    {
      what: "millions of a currency",
      file: lines("budget,b", 20, (i) => `$${1 + i}.5${i % 2 ? "M" : "K"},${mixed(i, 7)}`),
      kinds: "nn",
      units: { budget: "$" },
      ranges: { budget: [1500, 20.5e6] },
    },
    {
      what: "two currencies are told",
      file: lines("price,b", 30, (i) => `${i % 3 ? "$" : "€"}${i}.5,${mixed(i, 7)}`),
      finds: [["mixed-types", "price"]],
    },
  ],
  encodings: [
    {
      what: "a07: UTF-16 with its mark",
      file: utf16(
        lines("name\tgröße\tklasse", 20, (i) => `n${i % 3}\t${150 + i}\t${i % 2 ? "groß" : "klein"}`),
        { mark: true },
      ),
      kinds: "cnc",
      groups: { klasse: "groß 10, klein 10" },
      settled: { encoding: "utf-16le" },
    },
    {
      what: "a08: and without",
      file: utf16(lines("name\tgröße\tklasse", 20, (i) => `n${i % 3}\t${150 + i}\t${i % 2 ? "groß" : "klein"}`)),
      names: "name|größe|klasse",
      kinds: "cnc",
      settled: { encoding: "utf-16le" },
    },
    {
      what: "the bytes turned round, in one column",
      file: utf16(
        lines("größe", 20, (i) => `${i}.5`),
        { isBig: true },
      ),
      names: "größe",
      kinds: "n",
      settled: { encoding: "utf-16be" },
    },
    {
      what: "a10: Windows-1252",
      file: encoded(
        "windows-1252",
        lines(
          "product,price,label",
          20,
          (i) => `${["Œuf", "crème “maison”", "5€ menu"][i % 3]},${3 + i},${i % 2 ? "€" : "£"}`,
        ),
      ),
      kinds: "cnc",
      groups: { label: "£ 10, € 10" },
      settled: { encoding: "windows-1252" },
    },
    {
      what: "a12: Shift-JIS",
      file: encoded(
        "shift_jis",
        lines("名前,年齢,区分", 20, (i) => `表${i % 4},${18 + i},${i % 2 ? "合格" : "不合格"}`),
      ),
      names: "名前|年齢|区分",
      kinds: "cnc",
      settled: { encoding: "shift_jis" },
    },
    {
      what: "Cyrillic",
      file: encoded(
        "windows-1251",
        lines("город;цена", 20, (i) => `${["Москва", "Казань"][i % 2]};${i},5`),
      ),
      names: "город|цена",
      kinds: "cn",
      ranges: { цена: [0.5, 19.5] },
      settled: { encoding: "windows-1251" },
    },
    {
      what: "chosen by hand",
      file: encoded(
        "iso-8859-2",
        lines("név,kor", 20, (i) => `${["Erdős", "Szabó"][i % 2]},${i}`),
      ),
      read: { encoding: "iso-8859-2" },
      names: "név|kor",
      groups: { név: "Erdős 10, Szabó 10" },
    },
  ],
  "lines that are no rows": [
    {
      what: "a13: comments",
      file: `# some extra metadata\n# station 14, height 30 m; sensor B\n${lines("timestamp,distance,kind", 20, (i) => `${i / 10},${mixed(i, 50) / 10},${i % 2 ? "a" : "b"}`)}`,
      names: "timestamp|distance|kind",
      rows: 20,
      note: /Comment lines skipped: 2/,
    },
    {
      what: "a14: a header behind a mark",
      file: lines("#label\tsepal\tpetal", 20, (i) => `${i % 2}\t${4 + mixed(i, 30) / 10}\t${1 + mixed(i, 20) / 10}`),
      names: "label|sepal|petal",
      kinds: "nnn",
      rows: 20,
    },
    {
      what: "a16: a total and a source",
      file: `${lines("item,qty,price", 20, (i) => `thing ${i % 4},${i % 9},${i}.5`)}Total,77,200.0\n\nSource: own count; figures rounded\n`,
      rows: 21,
      note: /Left out, since it stands below the table: "Source/,
      finds: [["total", null, /Total/]],
    },
    {
      what: "a16: a total without a word",
      file: `${lines("item,q,p", 20, (i) => `a${i % 4},${i},${i * 2}`)},190,380\n`,
      finds: [["total", null, /sums of 2 columns/]],
    },
    {
      what: "a title, an empty line",
      file: `Report 2020\nUnit: Berlin, Mitte\n\n${lines("name,size,n", 20, (i) => `n${i % 3},${mixed(i, 9)},${i * 2}`)}`,
      names: "name|size|n",
      rows: 20,
      note: /Left out, since it stands before the table/,
    },
    {
      what: "a line of dashes below the names",
      file: lines("name   size\n-----  ----", 20, (i) => `${`n${i % 3}`.padEnd(7)}${String(mixed(i, 99)).padStart(4)}`),
      names: "name|size",
      kinds: "cn",
      rows: 20,
      note: /rules off the header and is no row: ----- \| ----/,
    },
    {
      what: "a row of dashes is one where others are",
      file: lines("a,b", 20, (i) => `${i % 4 ? i : "--"},${i % 3 ? mixed(i, 9) : "--"}`),
      rows: 20,
      kinds: "nn",
    },
    {
      what: "comments within",
      file: `a,b\n1,2\n// a break\n${Array.from({ length: 20 }, (_, i) => `${mixed(i, 9)},${i}`).join("\n")}\n`,
      rows: 21,
      kinds: "nn",
    },
    {
      what: "names of groups that begin with the mark are none",
      file: lines("color,v", 20, (i) => `#${["ff0000", "00ff00"][i % 2]},${mixed(i, 9)}`),
      rows: 20,
      kinds: "cn",
      asks: ["comment"],
    },
    {
      what: "a18: R's row names",
      file: lines(
        '"len","wid","species"',
        20,
        (i) => `"${i + 1}",${4 + mixed(i, 9) / 10},${2 + mixed(i, 8) / 10},"${i % 2 ? "setosa" : "virginica"}"`,
      ),
      names: "rownames|len|wid|species",
      kinds: "-nnc",
      target: "species",
    },
    {
      what: "R's row names are words, blanks between",
      file: lines("mpg cyl", 20, (i) => `"Car ${i}" ${20 + mixed(i, 9)}.5 ${4 + (i % 3)}`),
      names: "rownames|mpg|cyl",
      kinds: "-nn",
    },
    {
      what: "a delimiter at the end of rows only names none",
      file: lines("a,b", 20, (i) => `${mixed(i, 9)},${i * 2},`),
      names: "a|b",
      kinds: "nn",
    },
  ],
  headers: [
    {
      what: "a20: counts",
      file: lines(
        "20,3,setosa,versicolor",
        20,
        (i) => `${4 + mixed(i, 30) / 10},${2 + mixed(i, 20) / 10},1.5,${i % 2}`,
      ),
      rows: 20,
      names: "column 1|column 2|column 3|column 4",
      note: /stands before the table: "20,3,setosa,versicolor"/,
    },
    {
      what: "a21: years",
      file: lines(
        "country,1990,1995,2000",
        20,
        (i) => `land ${i},${40 + mixed(i, 20)},${46 + mixed(i, 19)},${50 + mixed(i, 20)}`,
      ),
      names: "country|1990|1995|2000",
      kinds: "-nnn",
      rows: 20,
    },
    {
      what: "years downwards",
      file: lines("region;2023;2022;2021", 20, (i) => `r${i};${mixed(i, 17)};${mixed(i, 19)};${mixed(i, 20)}`),
      names: "region|2023|2022|2021",
    },
    {
      what: "years over what may be years: a question",
      file: lines("country,1990,1995", 20, (i) => `c${i},${1500 + mixed(i, 500)},${1600 + mixed(i, 400)}`),
      asks: ["header"],
    },
    {
      what: "and its answer",
      file: lines("country,1990,1995", 20, (i) => `c${i},${1500 + mixed(i, 500)},${1600 + mixed(i, 400)}`),
      read: { header: true },
      names: "country|1990|1995",
      rows: 20,
    },
    {
      what: "a25: units, also over what counts",
      file: lines("time;pressure;temp\ns;bar;°C", 20, (i) =>
        `${i};${1 + mixed(i, 40) / 10};${mixed(i, 30)},5`.replaceAll(".", ","),
      ),
      rows: 20,
      kinds: "nnn",
      units: { time: "s", pressure: "bar", temp: "°C" },
      note: /holds units/,
    },
    {
      what: "units in brackets, one missing",
      file: lines(
        "name\tmass\theight\n\t[kg]\t[cm]",
        20,
        (i) => `p${i % 4}\t${50 + mixed(i, 20)}.5\t${150 + mixed(i, 30)}`,
      ),
      rows: 20,
      kinds: "cnn",
      units: { mass: "kg", height: "cm" },
    },
    {
      what: "a26: Orange's",
      file: lines(
        "sepal\tpetal\tiris\ncontinuous\tcontinuous\tdiscrete\n\t\tclass",
        20,
        (i) => `${4 + mixed(i, 30) / 10}\t${1 + mixed(i, 20) / 10}\t${i % 2 ? "setosa" : "virginica"}`,
      ),
      rows: 20,
      kinds: "nnc",
    },
    {
      what: "a79: twice and none",
      file: lines("x,x,,y,", 20, (i) => `${mixed(i, 9)},${mixed(i, 8)},${mixed(i, 7)},${"ab"[i % 2]},`),
      names: "x|x 2|column 3|y|column 5",
      target: "y",
    },
    {
      what: "a87: names that objects have",
      file: lines("constructor,__proto__,toString", 20, (i) => `${mixed(i, 30)},${mixed(i, 20)},${mixed(i, 26)}`),
      names: "constructor|__proto__|toString",
      kinds: "nnn",
    },
    {
      what: "a87: as groups and as names of groups",
      file: lines("hasOwnProperty,points", 20, (i) => `${["valueOf", "__proto__"][i % 2]},${mixed(i, 26)}`),
      kinds: "cn",
      groups: { hasOwnProperty: "__proto__ 10, valueOf 10" },
    },
  ],
  "signs that carry meaning": [
    {
      what: "a23: incomes behind blanks",
      file: lines(
        "28, Private, 51, >50K",
        30,
        (i) =>
          `${20 + mixed(i, 40)}, ${["Private", "State-gov", "?"][mixed(i, 3)]}, ${mixed(i, 50)}, ${i % 3 ? "<=50K" : ">50K"}`,
      ),
      kinds: "ncnc",
      groups: { "column 4": "<=50K 20, >50K 11" },
    },
    {
      what: "a24: points behind some",
      file: lines("age,income", 40, (i) => `${20 + mixed(i, 40)}, ${i % 2 ? "<=50K" : ">50K"}${i % 4 > 1 ? "." : ""}`),
      finds: [["spellings", "income", /of 4 classes, 3 would remain/i]],
    },
    {
      what: "a83: age bands",
      file: lines("band,cost", 25, (i) => `${["<18", "18-25", ">65", "1-8", "18+"][i % 5]},${i}.5`),
      kinds: "cn",
      groups: { band: "1-8 5, 18+ 5, 18-25 5, <18 5, >65 5" },
      target: "cost",
    },
    {
      what: "languages",
      file: lines("lang,v", 21, (i) => `${["C", "C++", "C#"][i % 3]},${mixed(i, 20)}`),
      groups: { lang: "C 7, C# 7, C++ 7" },
    },
    {
      what: "plus and minus",
      file: lines("y,v", 20, (i) => `${"+-"[i % 2]},${mixed(i, 20)}`),
      kinds: "cn",
      groups: { y: "+ 10, - 10" },
    },
  ],
  delimiters: [
    {
      what: "a27: bars",
      file: lines("count|size|color", 20, (i) => `${mixed(i, 9)}|${mixed(i, 90) / 10}|${i % 2 ? "blue" : "red"}`),
      kinds: "nnc",
      settled: { delimiter: "|" },
    },
    {
      what: "a28: told by the first line",
      file: `sep=;\n${lines("count;size;color", 20, (i) => `${mixed(i, 9)};${mixed(i, 90)},5;${i % 2 ? "blue" : "red"}`)}`,
      names: "count|size|color",
      kinds: "nnc",
      settled: { delimiter: ";" },
    },
    {
      what: "a28: a tab, told so",
      file: `sep=\t\r\n${lines("a\tb", 20, (i) => `${mixed(i, 9)}\t${i % 2 ? "x, y" : "z"}`)}`,
      names: "a|b",
      kinds: "nc",
      settled: { delimiter: "\t" },
    },
    {
      what: "a30: blanks",
      file: lines("count size color", 20, (i) => `${mixed(i, 9)} ${mixed(i, 90) / 10} ${i % 2 ? "blue" : "red"}`),
      kinds: "nnc",
      settled: { delimiter: " " },
    },
    {
      what: "a31: fixed width, names with blanks behind",
      file: Array.from(
        { length: 20 },
        (_, i) =>
          `${(10 + i / 2).toFixed(1)}   ${4 + (i % 3)}   ${String(85 + 11 * i).padEnd(10)} ${["130.0", "88.00", "?    "][mixed(i, 3)]}      "model ${i % 4}"`,
      ).join("\n"),
      kinds: "nnnnc",
      rows: 20,
      names: "column 1|column 2|column 3|column 4|column 5",
    },
    {
      what: "fixed width with names of two words and empty cells",
      file: lines(
        "name      size  kind",
        20,
        (i) => `${["ab", "cd ef", ""][i % 3].padEnd(10)}${String(mixed(i, 99)).padStart(4)}  k${i % 2}`,
      ),
      names: "name|size|kind",
      kinds: "cnc",
      settled: { delimiter: "fixed" },
    },
    {
      what: "fixed width with times and decimal commas",
      file: lines(
        "wert     zeit              ort",
        20,
        (i) => `${`${i},5`.padEnd(9)}2023-05-${pad(1 + i)} 14:${10 + i}  ${["Köln", "", "Bonn"][i % 3]}`,
      ),
      names: "wert|zeit|ort",
      kinds: "ndc",
    },
    {
      what: "texts with commas between semicolons",
      file: lines("name;note;v", 20, (i) => `n${i % 3};a, b, c ${i % 2};${i},5`),
      names: "name|note|v",
      kinds: "ccn",
      settled: { delimiter: ";" },
    },
    {
      what: "lists of semicolons between commas",
      file: lines("name,tags,v", 20, (i) => `n${i % 3},a;b;${"cd"[i % 2]},${i}`),
      names: "name|tags|v",
      kinds: "ccn",
      settled: { delimiter: "," },
    },
    {
      what: "a mark that no file is cut at is named",
      file: lines("a^b^c", 20, (i) => `${i}^${mixed(i, 7)}^x`),
      rows: 20,
      note: /"\^" stands 2 times in every line\. If it stands between cells/,
    },
    {
      what: "MovieLens",
      file: lines(
        "1::Toy Story (1995)::Animation|Comedy",
        20,
        (i) =>
          `${i + 2}::${["Jumanji", "Heat and Dust", "Father of"][i % 3]} (19${70 + i})::${["Drama", "Drama|War"][i % 2]}`,
      ),
      note: /"::" stands 2 times/,
    },
    {
      what: "tabs and decimal commas fit alike: a question",
      file: lines("1,5\t2,5\tx", 20, (i) => `${i},5\t${mixed(i, 9)},25\t${"xy"[i % 2]}`),
      asks: ["delimiter"],
      kinds: "nnc",
    },
  ],
  "words and numbers for what is missing": [
    {
      what: "a33: NA is North America",
      file: lines("gdp,continent", 40, (i) => `${mixed(i, 60)},${["EU", "AS", "NA", "AF"][i % 4]}`),
      finds: [["missing", "continent", /"NA"/]],
    },
    {
      what: "Namibia among inputs",
      file: lines("iso,gdp", 40, (i) => `${["DE", "FR", "NA", "US"][i % 4]},${mixed(i, 60)}`),
      finds: [["missing", "iso", /"NA"/]],
    },
    {
      what: "no alley is a kind of alley",
      file: lines("alley,v", 24, (i) => `${["None", "Grvl", "Pave"][i % 3]},${i}`),
      groups: { alley: "Grvl 8, None 8, Pave 8" },
      finds: [["missing", "alley", /"None"/]],
    },
    {
      what: "a34: −999",
      file: lines("ozone,temp", 60, (i) => `${i % 8 ? 10 + mixed(i, 80) : -999},${mixed(i, 20)}.5`),
      kinds: "nn",
      finds: [["missing", "ozone", /−999/]],
    },
    {
      what: "9999 far above",
      file: lines("a,b", 60, (i) => `${i % 8 ? 10 + (i % 20) * 0.5 : 9999},${mixed(i, 60)}`),
      kinds: "nn",
      finds: [["missing", "a", /9999/]],
    },
    {
      what: "a36: words of Python",
      file: lines(
        "a,b",
        40,
        (i) => `${i % 2 ? "None" : `${mixed(i, 90)}.5`},${["NaT", "N.A.", "<NA>", "nan"][i % 20] ?? mixed(i, 80)}`,
      ),
      kinds: "nn",
      finds: [
        ["missing", "a", /"None"/],
        ["missing", "b"],
      ],
    },
    {
      what: "a word of a spreadsheet, a dash",
      file: lines("a,b", 40, (i) => `${["#N/A", "—", "..."][i % 13] ?? mixed(i, 90)},${i}`),
      kinds: "nn",
    },
  ],
  "dates and times": [
    {
      what: "a48: 05-Jan-23",
      file: lines("when,sales", 20, (i) => `"${pad(1 + i)}-Jan-23",${i}.5`),
      kinds: "dn",
      ranges: { when: [days("2023-01-01"), days("2023-01-20")] },
    },
    {
      what: "a49: with an offset",
      file: lines("when,sales", 20, (i) => `2023-01-${pad(1 + i)}T01:00:00+02:00,${i}.5`),
      kinds: "dn",
      ranges: { when: [days("2022-12-31T23:00Z"), days("2023-01-19T23:00Z")] },
    },
    {
      what: "a51: 20230105",
      file: lines("when,sales", 20, (i) => `202301${pad(1 + i)},${i}.5`),
      kinds: "dn",
      ranges: { when: [days("2023-01-01"), days("2023-01-20")] },
    },
    {
      what: "a52: in words",
      file: lines("when,sales", 20, (i) => `"Jan ${pad(1 + i)}, 2023",${i}.5`),
      kinds: "dn",
      ranges: { when: [days("2023-01-01"), days("2023-01-20")] },
    },
    {
      what: "a52: in German",
      file: lines("tag,v", 20, (i) => `${i + 1}. März 2023,${mixed(i, 9)}`),
      kinds: "dn",
      ranges: { tag: [days("2023-03-01"), days("2023-03-20")] },
    },
    {
      what: "a54: months",
      file: lines("when,sales", 24, (i) => `2023-${pad(1 + (i % 12))},${i}.5`),
      kinds: "dn",
      ranges: { when: [days("2023-01-01"), days("2023-12-01")] },
    },
    {
      what: "a55: times of day are hours",
      file: lines("when,sales", 24, (i) => `${pad(i)}:30:00,${mixed(i, 40)}.5`),
      kinds: "nn",
      units: { when: "h" },
      ranges: { when: [0.5, 23.5] },
    },
    {
      what: "times of twelve hours",
      file: lines("d,v", 20, (i) => `5/${i + 1}/2023 ${1 + (i % 12)}:05 PM,${mixed(i, 9)}`),
      kinds: "dn",
      settled: { dates: "month-first" },
    },
    {
      what: "a day beyond 12 settles it",
      file: lines("d,v", 20, (i) => `${i + 1}/02/2023,${mixed(i, 9)}`),
      kinds: "dn",
      settled: { dates: "day-first" },
      ranges: { d: [days("2023-02-01"), days("2023-02-20")] },
    },
    {
      what: "none does: a question",
      file: lines("d,v", 12, (i) => `${i + 1}/02/2023,${mixed(i, 9)}`),
      kinds: "dn",
      asks: ["dates"],
    },
    {
      what: "and its answer",
      file: lines("d,v", 12, (i) => `${i + 1}/02/2023,${mixed(i, 9)}`),
      read: { dates: "day-first" },
      kinds: "dn",
      ranges: { d: [days("2023-02-01"), days("2023-02-12")] },
    },
    {
      what: "both orders in one column: dates, a question and a finding",
      file: lines(
        "d,v",
        21,
        (i) => `${i % 3 ? `02/${13 + (i % 9)}/2023` : `${13 + (i % 9)}/02/2023`},${mixed(i, 9)}`,
      ).replace("02/18", "02/03"),
      kinds: "dn",
      asks: ["dates"],
      finds: [["mixed-types", "d", /day first.*others the month/]],
    },
    {
      what: "an example of the question is read in two ways",
      file: lines("d,v", 12, (i) => `${i < 2 ? "01" : pad(i + 1)}/${i < 2 ? "01" : "02"}/2023,${mixed(i, 9)}`),
      asks: ["dates"],
    },
    {
      what: "in words, in columns of fixed width without a header",
      file: Array.from(
        { length: 20 },
        (_, i) =>
          `${(2 + mixed(i, 90) / 10).toFixed(1).padStart(5)} Apr ${pad(1 + i)}, 2023 ${String(mixed(i, 700)).padStart(3)}`,
      ).join("\n"),
      kinds: "ndn",
      rows: 20,
      settled: { delimiter: "fixed" },
      ranges: { "column 2": [days("2023-04-01"), days("2023-04-20")] },
    },
    { what: "versions are none", file: lines("ver,b", 20, (i) => `1.${i % 5}.3,${mixed(i, 9)}`), kinds: "cn" },
    {
      what: "a39, a41: seconds since 1970 lose none",
      file: lines("t,v", 20, (i) => `${1_700_000_000 + i},${mixed(i, 9)}`),
      kinds: "nn",
      ranges: { t: [1_700_000_000, 1_700_000_019] },
    },
  ],
  quotes: [
    {
      what: "a57: one is never closed",
      file: lines("name,size,kind", 60, (i) => `${i === 20 ? '"' : ""}n${i},${1 + mixed(i, 9)},${"ab"[i % 2]}`),
      rows: 60,
      kinds: "-nc",
      note: /opened on line 22 is never closed: 39 lines/,
    },
    {
      what: "a58: single ones",
      file: lines("'name','size','kind'", 20, (i) => `'Smith, ${i}',${mixed(i, 9)},'${"ab"[i % 2]}'`),
      names: "name|size|kind",
      kinds: "-nc",
      settled: { quote: "'" },
    },
    {
      what: "a59: behind a blank",
      file: lines("name, size, kind", 20, (i) => `"Lee, ${i}", ${mixed(i, 9)}, "${i % 2 ? "big, old" : "new"}"`),
      names: "name|size|kind",
      kinds: "-nc",
      groups: { kind: "big, old 10, new 10" },
    },
    { what: "inches", file: lines("part,len", 20, (i) => `${i % 3} 1/2" pipe,${mixed(i, 9)}`), kinds: "cn", rows: 20 },
    {
      what: "backslashes before them",
      file: lines("t,v", 20, (i) => `"say \\"hi\\", ${i % 3}",${mixed(i, 9)}`),
      kinds: "cn",
      groups: { t: 'say "hi", 0 7, say "hi", 1 7, say "hi", 2 6' },
    },
    {
      what: "line ends within",
      file: lines("t,v", 20, (i) => `"line one\nline ${i % 2}",${mixed(i, 9)}`),
      rows: 20,
      groups: { t: "line one\nline 0 10, line one\nline 1 10" },
    },
    {
      what: "an apostrophe at the start of one name",
      file: lines("name,v", 20, (i) => `${i === 4 ? "'tis" : `ab${i % 3}`},${mixed(i, 9)}`),
      rows: 20,
      kinds: "cn",
    },
  ],
  "small and lopsided tables": [
    { what: "a61: three rows", file: "x,y,label\n1,2,a\n3,4,b\n5,6,a\n", rows: 3, kinds: "nnc", target: "label" },
    {
      what: "a63: one class is said, and stays the target",
      file: lines("x,y,label", 20, (i) => `${mixed(i, 9)},${i * i},yes`),
      target: "label",
      finds: [["constant", "label", /nothing to tell apart/]],
    },
    {
      what: "a65: a class of one row",
      file: lines("x,y,label", 30, (i) => `${mixed(i, 90)},${mixed(i, 40)},${i === 5 ? "rare" : "ab"[i % 2]}`),
      target: "label",
      finds: [["imbalance", "label", /"rare" only 1/]],
    },
    { what: "one row", file: "x,y\n1,a\n", rows: 1 },
    { what: "a header alone", file: "x,y\n", problem: /no rows below|no rows under/ },
    {
      what: "a67: many shops are a category",
      file: lines("shop,sales", 4_000, (i) => `shop${mixed(i, 500)},${mixed(i, 97)}.5`),
      kinds: "cn",
    },
    {
      what: "names that each stand once are left out",
      file: lines("person,sales", 200, (i) => `p${i},${mixed(i, 97)}.5`),
      kinds: "-n",
    },
    {
      what: "a78: one hot",
      file: lines(
        "x,is_a,is_b,is_c",
        30,
        (i) => `${mixed(i, 70) / 10},${Number(i % 3 === 0)},${Number(i % 3 === 1)},${Number(i % 3 === 2)}`,
      ),
      target: "is_c",
      finds: [["leakage", null, /is_a|is_b/]],
    },
    {
      what: "a80: German answers",
      file: lines(
        "größe;Größe ;ja",
        20,
        (i) => `1,${pad(mixed(i, 90))};1,5${i % 9};${["ja", "nein", "Ja ", "JA"][i % 4]}`,
      ),
      names: "größe|Größe|ja",
      kinds: "nnc",
      finds: [["spellings", "ja", /Of 4 classes, 2 would remain/]],
    },
    {
      what: "codes keep their zeros",
      file: lines("zip,v", 40, (i) => `0${1000 + 37 * (i % 5)},${mixed(i, 9)}`),
      kinds: "cn",
    },
  ],
  "other formats": [
    {
      what: "a71: JSON",
      file: JSON.stringify(
        Array.from({ length: 20 }, (_, i) => ({
          r: mixed(i, 250),
          g: mixed(i, 240),
          color: i % 2 ? "red-ish" : "blue, ish",
        })),
      ),
      names: "r|g|color",
      kinds: "nnc",
      groups: { color: "blue, ish 10, red-ish 10" },
    },
    {
      what: "a73: libsvm",
      file: lines("+1 1:0.42 4:0.9", 19, (i) => `${i % 2 ? "+1" : "-1"} 1:0.${10 + i} 2:0.${mixed(i, 90)}`),
      names: "x1|x2|x3|x4|label",
      rows: 20,
    },
    {
      what: "a75: Markdown is named",
      file: "| size | color |\n|---|---|\n| 8 | blue |\n| 2 | red |\n",
      problem: /Markdown table.*line of dashes/,
    },
    {
      what: "a table that a console drew is named",
      file: "+----+------+\n| id | name |\n+----+------+\n|  1 | a    |\n|  2 | b    |\n+----+------+\n",
      problem: /drawn with lines/,
    },
    { what: "and another", file: " id | name\n----+------\n  1 | a\n  2 | b\n(2 rows)\n", problem: /drawn with lines/ },
    {
      what: "dates and phone numbers with dashes are none",
      file: lines("a|b", 20, (i) => `${mixed(i, 9)}|---`),
      rows: 20,
    },
  ],
};

for (const [kind, cases] of Object.entries(CASES_BY_KIND)) {
  for (const one of cases) test(`${kind}: ${one.what}`, () => examine(one));
}

/** Trained for a while: the errors on training and test rows, or why not. */
async function trained(/** @type {string} */ file) {
  const { table } = await readFile(file);
  try {
    const trainer = await Trainer.create({ data: { source: "table" }, training: { stop: { maxEpochs: 60 } } }, table);
    while (trainer.advance(1_000, 0).status === "running");
    const results = await Promise.all([trainer.evaluate("train"), trainer.evaluate("test")]);
    trainer.free();
    return { losses: results.map(({ loss }) => loss), problem: null };
  } catch (error) {
    return { losses: [], problem: String(/** @type {any} */ (error).message) };
  }
}

test("a61, a65: three rows are trained on, and so is a class of one row", async () => {
  for (const file of [
    "x,y,label\n1,2,a\n3,4,b\n5,6,a\n",
    lines("x,y,label", 30, (i) => `${mixed(i, 90)},${mixed(i, 40)},${i === 5 ? "rare" : "ab"[i % 2]}`),
  ]) {
    const { losses, problem } = await trained(file);
    assert.equal(problem, null);
    assert.ok(losses.length === 2 && losses.every(Number.isFinite), String(losses));
  }
});

test("a63: a single class, and a single row, are refused with the real reason", async () => {
  for (const file of [lines("x,y,label", 20, (i) => `${mixed(i, 9)},${i * i},yes`), "x,y,label\n1,2,yes\n"]) {
    assert.match(
      String((await trained(file)).problem),
      /all rows have the same "label", "yes": there is nothing to tell apart/,
    );
  }
});

test("a41: classes that change every ten seconds are told apart by dates as by seconds", async () => {
  const kinds = (/** @type {(i: number) => string | number} */ when) =>
    trained(lines("when,state", 240, (i) => `${when(i)},${i < 120 ? "off" : "on"}`));
  const [byDate, bySecond] = await Promise.all([
    kinds((i) => new Date(Date.UTC(2024, 2, 1, 12) + 10_000 * i).toISOString().slice(0, 19).replace("T", " ")),
    kinds((i) => 10 * i),
  ]);
  assert.equal(bySecond.losses.length, 2);
  bySecond.losses.forEach((loss, i) =>
    assert.ok(Math.abs(byDate.losses[i] - loss) <= 1e-4 * loss, `${byDate.losses} for ${bySecond.losses}`),
  );
});

test("a39, a41: an offset costs nothing, of seconds, of money or of depths below", async () => {
  const slope = (/** @type {number} */ offset) => trained(lines("t,v", 120, (i) => `${offset + i},${i / 2}`));
  const [near, ...far] = await Promise.all([0, 1_700_000_000, 5e9, -4e8].map(slope));
  for (const { losses } of far)
    losses.forEach((loss, i) =>
      assert.ok(Math.abs(loss - near.losses[i]) <= 1e-4 * near.losses[i], `${loss} for ${near.losses[i]}`),
    );
  assert.equal(far.flatMap(({ losses }) => losses).length, 6);
});
