// @ts-check
// Small files as people of many countries and programs leave them: money, dates and encodings of theirs, lines above tables,
// signs beside numbers. Each beside what somebody would take it for who reads it with care.
import test from "node:test";
import { examine, lines, mixed, pad } from "./caseExaminer.js";
import { encoded, utf16 } from "./intake.js";

const N = 24;
const label = (/** @type {number} */ i) => "uv"[i % 2];

/** @type {import("./caseExaminer.js").Case[]} */
const CASES = [
  {
    what: "French: ; nbsp thousands, comma, €",
    file: lines("Région;CA (€);Taux", N, (i) => `R${i % 4};${1 + i}\u00a0${pad(i)}0,50;${i},5 %`),
    kinds: "cnn",
    units: { Taux: "%", "CA (€)": "€" },
    ranges: { "CA (€)": [1000.5, 24230.5] },
  },
  { what: "French narrow nbsp", file: lines("a;b", N, (i) => `x${i % 3};${1 + i}\u202f234\u202f567,8`), kinds: "cn" },
  {
    what: "Swiss apostrophes in tab",
    file: lines("Kanton\tPreis CHF", N, (i) => `K${i % 4}\tCHF ${1 + i}'250.50`),
    kinds: "cn",
    units: { "Preis CHF": "CHF" },
  },
  {
    what: "Brazilian R$",
    file: lines("produto;preço;data", N, (i) => `p${i % 4};R$ 1.${100 + i},90;${pad(1 + i)}/03/2023`),
    kinds: "cnd",
    ranges: { preço: [1100.9, 1123.9] },
  },
  { what: "Danish kr. with dash", file: lines("vare;pris", N, (i) => `v${i % 4};${10 + i},- kr.`), kinds: "cn" },
  {
    what: "Indian lakh grouping",
    file: lines("city,price", N, (i) => `c${i % 4},"₹ ${1 + (i % 9)},25,${100 + i}"`),
    kinds: "cn",
  },
  {
    what: "Polish zł",
    file: lines("nazwa;cena", N, (i) => `n${i % 4};1 ${100 + i},99 zł`),
    kinds: "cn",
    units: { cena: "zł" },
  },
  {
    what: "Russian windows-1251 with ;",
    file: encoded(
      "windows-1251",
      lines("город;цена;дата", N, (i) => `${["Москва", "Казань", "Омск"][i % 3]};${i},5;${pad(1 + i)}.03.2023`),
    ),
    names: "город|цена|дата",
    kinds: "cnd",
  },
  {
    what: "Hungarian dates y. m. d.",
    file: lines("város;ár;nap", N, (i) => `${["Győr", "Pécs"][i % 2]};${i} 500 Ft;2023. 03. ${pad(i + 1)}.`),
    kinds: "cnd",
  },
  {
    what: "Japanese yen",
    file: lines("商品,価格", N, (i) => `${["茶", "米"][i % 2]},"￥${1 + i},200"`),
    asks: ["decimal"],
    kinds: "cn",
  },
  {
    what: "Korean won",
    file: lines("상품,가격", N, (i) => `${["차", "쌀"][i % 2]},"₩${1 + i},200"`),
    asks: ["decimal"],
    kinds: "cn",
    units: { 가격: "₩" },
  },
  {
    what: "Chinese gbk 元",
    file: encoded(
      "gb18030",
      lines("城市,价格", N, (i) => `${["北京", "上海"][i % 2]},${100 + i}元`),
    ),
    kinds: "cn",
    units: { 价格: "元" },
  },
  {
    what: "utf-16be bom tab decimal comma",
    file: utf16(
      lines("größe\tname", N, (i) => `${i},25\tn${i % 3}`),
      { isBig: true, mark: true },
    ),
    kinds: "nc",
  },
  {
    what: "Excel unicode text CRLF",
    file: utf16(
      lines("a\tb", N, (i) => `${i}\tn${i % 3}\r`),
      { mark: true },
    ),
    kinds: "nc",
  },
  { what: "old mac line ends", file: lines("a;b", N, (i) => `${i},5;n${i % 3}`).replaceAll("\n", "\r"), kinds: "nc" },
  {
    what: "header in quotes with line feed and units",
    file: lines('"Mass\n[kg]";"Speed\n[km/h]"', N, (i) => `${i},5;${100 + i}`),
    names: "Mass [kg]|Speed [km/h]",
    units: { "Mass [kg]": "kg", "Speed [km/h]": "km/h" },
  },
  {
    what: "units row in brackets under title",
    file: lines("Messung vom 3.4.2023\n\nZeit;Temp;Druck\n[s];[°C];[hPa]", N, (i) => `${i},1;${20 + i},5;${1000 + i}`),
    names: "Zeit|Temp|Druck",
    rows: N,
    units: { Zeit: "s", Temp: "°C", Druck: "hPa" },
  },
  {
    what: "log meta key: value before table",
    file: `Device: X200\nSerial: 44\nDate: 2023-01-01\n\n${lines("t,v,w", N, (i) => `${i},${i}.5,${mixed(i, 9)}`)}`,
    names: "t|v|w",
    rows: N,
  },
  {
    what: "meta with same delimiter",
    file: `Station;Bonn\nHöhe;60\n${lines("Datum;Temp;Regen", N, (i) => `${pad(i + 1)}.03.2023;${i},5;${i % 3},0`)}`,
    names: "Datum|Temp|Regen",
    rows: N,
  },
  {
    what: "ISO dates no header",
    file: Array.from({ length: N }, (_, i) => `2023-01-${pad(i + 1)},${i}.5,${label(i)}`).join("\n"),
    kinds: "dnc",
    rows: N,
  },
  {
    what: "12 hour US datetimes",
    file: lines("when,y", N, (i) => `${1 + (i % 12)}/${13 + (i % 10)}/2023 ${1 + (i % 12)}:05:00 PM,${mixed(i, 9)}`),
    kinds: "dn",
  },
  {
    what: "German datetime with comma",
    file: lines("wann;y", N, (i) => `${pad(1 + i)}.03.2023, 14:${pad(i)} Uhr;${mixed(i, 9)}`),
    kinds: "dn",
  },
  { what: "French long dates", file: lines("date;v", N, (i) => `lundi ${1 + i} août 2023;${i},5`), kinds: "dn" },
  {
    what: "1er janvier",
    file: lines("date;v", N, (i) => `${i === 0 ? "1er" : i + 1} janvier 2023;${i},5`),
    kinds: "dn",
  },
  { what: "Finnish klo", file: lines("aika;v", N, (i) => `${1 + i}.3.2023 klo ${i % 24}.30;${i},5`), kinds: "dn" },
  { what: "Swedish", file: lines("tid;v", N, (i) => `den ${1 + i} mars 2023;${i},5`), kinds: "dn" },
  {
    what: "month-year Jan-23",
    file: lines("m,v", N, (i) => `${["Jan", "Feb", "Mar"][i % 3]}-${10 + (i % 12)},${mixed(i, 9)}`),
    kinds: "dn",
  },
  { what: "stars ratings 4/5", file: lines("r,y", N, (i) => `${1 + (i % 5)}/5,${mixed(i, 9)}`), kinds: "cn" },
  {
    what: "ranges 10-20 as bands",
    file: lines("band,y", N, (i) => `${10 * (i % 3)}-${10 * (i % 3) + 9},${mixed(i, 9)}`),
    kinds: "cn",
  },
  {
    what: "ranges with en dash",
    file: lines("band,y", N, (i) => `${10 * (1 + (i % 3))}–${10 * (i % 3) + 19},${mixed(i, 9)}`),
    kinds: "cn",
  },
  {
    what: "percent with space, negative in brackets",
    file: lines("g,y", N, (i) => `${i % 2 ? `(${i}.5 %)` : `${i}.5 %`},${label(i)}`),
    kinds: "nc",
  },
  {
    what: "trailing minus",
    file: lines("g;y", N, (i) => `${i},50${i % 2 ? "-" : ""};${label(i)}`),
    kinds: "nc",
    ranges: { g: [-23.5, 22.5] },
  },
  {
    what: "booleans TRUE/FALSE",
    file: lines("t,y", N, (i) => `${i % 2 ? "TRUE" : "FALSE"},${mixed(i, 9)}`),
    kinds: "cn",
  },
  { what: "tick marks ✓ and ✗", file: lines("t,y", N, (i) => `${i % 2 ? "✓" : "✗"},${mixed(i, 9)}`), kinds: "cn" },
  { what: "coordinates N/E", file: lines("lat,y", N, (i) => `${50 + i}.5° N,${label(i)}`), kinds: "nc" },
  { what: "coordinates DMS", file: lines("lat\ty", N, (i) => `${30 + i}°30'${pad(i)}"N\t${label(i)}`), kinds: "nc" },
  {
    what: "unit m², m³/h",
    file: lines("fl;q;y", N, (i) => `${10 + i} m²;${i},5 m³/h;${label(i)}`),
    kinds: "nnc",
    units: { fl: "m²", q: "m³/h" },
  },
  { what: "k and M", file: lines("v,y", N, (i) => `${1 + i}.5${"kM"[i % 2]},${label(i)}`), kinds: "nc" },
  { what: "trailing delimiter everywhere", file: lines("a;b;", N, (i) => `${i},5;n${i % 3};`), rows: N },
  { what: "empty first column index", file: lines(",a,b", N, (i) => `${i},${i}.5,n${i % 3}`), rows: N },
  {
    what: "two header lines merged groups",
    file: lines("2020;;2021;\nm;f;m;f", N, (i) => `${i};${i + 1};${mixed(i, 9)};${mixed(i, 8)}`),
    rows: N,
  },
  { what: "sep=\\t", file: lines("sep=\t\na\tb", N, (i) => `${i}\tn${i % 3}`), kinds: "nc" },
  {
    what: "bom in header with quotes",
    file: `\ufeff"a","b"\n${Array.from({ length: N }, (_, i) => `"${i}","n${i % 3}"`).join("\n")}`,
    names: "a|b",
  },
  {
    what: "one decimal comma col",
    file: lines("x,label", N, (i) => `${mixed(i, 90)},${10 + i},${label(i)}`),
    asks: ["rowNames"],
    note: /1 cell more than the header has names[^]*decimal commas/,
  },
];

for (const one of CASES) test(one.what, () => examine(one));
