// @ts-check
/** Links that almost say something, the same ones for a seed: whole ones, cut, spliced and spoilt. */
import { SETTINGS } from "../../www/settings/config.js";
import { PRESETS } from "../../www/settings/presets.js";
import { DRAWN, OWN, REAL, SOURCES } from "../../www/settings/sources.js";

/** Whole numbers below `n` (xorshift). */
export function draws(/** @type {number} */ seed) {
  let state = seed | 1;
  return (/** @type {number} */ n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

const LINKS = [
  ...PRESETS.map(({ hash }) => hash),
  "source=drawn&points=1,2,-3,4!0.5,0,1,1&layers=3",
  'source=table&target=species&task=classification&kinds={"zip":"category"}&clean=[{"fix":"drop-rows","rows":[1,2]},{"fix":"drop-missing","column":"a,b&c"}]',
  'source=penguins&features=["bill_length_mm",{"formula":"body_mass_g / 1000"}]&axes=["bill_length_mm","body_mass_g"]&picture=components',
  'source=titanic&read={"delimiter":";","skip":3}&corrupt={"labels":0.1,"missing":0.2}',
  "dataset=spiral&networkShape=4,2&noise=20&percTrainData=50&x=true&y=true&xSquared=true&problem=classification&noise_hide=true&seed=0.5",
  "problem=regression&regDataset=reg-gauss&regularization=L1&regularizationRate=0.01&initZero=true&hideText=true",
];

const VALUES = [
  "",
  "0",
  "-0",
  "1",
  "-1",
  "+1",
  "01",
  "1e3",
  "1E-5",
  "1e999",
  "-1e999",
  ".5",
  "5.",
  "1,5",
  "0.1,0.2",
  "0x10",
  "4294967295",
  "4294967296",
  "NaN",
  "Infinity",
  "null",
  "true",
  "false",
  "undefined",
  "auto",
  "off",
  "none",
  "unlimited",
  "[]",
  "{}",
  "[[]]",
  "[null]",
  "[1]",
  '["x"]',
  '["x","x"]',
  '{"a":"number"}',
  '{"__proto__":"number"}',
  '{"labels":0.1}',
  '{"labels":1}',
  '{"labels":null}',
  '[{"formula":"x*y"}]',
  '[{"formula":1}]',
  '[{"fix":"drop-duplicates"}]',
  '"\\ud800"',
  '{"\\ud800":"date"}',
  "\ud800",
  "%ED%A0%80",
  "%",
  "%zz",
  "%00",
  "%20",
  " 3 ",
  "3%20",
  "%2C",
  ",",
  ",,",
  "x,y",
  "y,x",
  "x,x",
  "tanh,tanh",
  "tanh,relu,relu",
  "4,4",
  "1,2,3,4,5,6",
  "1,2,3,4,5,6,7",
  "!",
  "1,2!",
  "!1,2",
  "1,2!3,4",
  "1,2,3",
  "7,7",
  "constructor",
  "toString",
  "__proto__",
  "e\u0301",
  "\u202e",
  "=",
  "a=b",
  "#",
  "%26",
  "%3D",
  "+",
  "a+b",
  "hinge",
  "testAccuracy",
  "cross-entropy",
];

const KEYS = [
  ...SETTINGS.map(({ key }) => key),
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "constructor_hide",
  "noise_hide",
  "toString_hide",
  "dataset",
  "networkShape",
  "percTrainData",
  "regularization",
  "problem",
  "x",
  "cosX",
  "seed ",
  "",
  "%6Eoise",
  "Noise",
];

const NAMES = [...SOURCES, DRAWN, ...REAL, OWN].map(({ name }) => name);

/** A link made of others. @param {ReturnType<typeof draws>} draw */
export function mutated(draw) {
  const one = (/** @type {string[]} */ list) => list[draw(list.length)];
  const valueOf = (/** @type {string} */ key) => {
    const row = SETTINGS.find((setting) => setting.key === key);
    const own = key === "source" ? NAMES : (row?.choices ?? []).map(({ value }) => value);
    if (own.length && draw(3))
      return row?.type === "list" || row?.type === "activations"
        ? Array.from({ length: 1 + draw(3) }, () => one(own)).join(",")
        : one(own);
    return draw(4) ? one(VALUES) : String((draw(4000) - 1000) / one(["1", "10", "7", "1000"]).length / 3);
  };
  const parts = draw(3) ? one(LINKS).split("&") : [];
  for (let times = draw(5); times >= 0; times--) {
    const at = draw(parts.length + 1);
    const key = one(KEYS);
    const part = parts[at] ?? "";
    switch (draw(6)) {
      case 0:
        parts.splice(at, 1);
        break;
      case 1:
        parts[at] = part.slice(0, draw(part.length + 1)) + one(VALUES) + part.slice(draw(part.length + 1));
        break;
      case 2:
        parts[at] = `${part.split("=")[0]}=${one(VALUES)}`;
        break;
      default:
        parts.splice(
          at,
          0,
          `${key}=${draw(2) ? valueOf(key) : encodeURIComponent(valueOf(key).replace(/\p{Surrogate}/gu, ""))}`,
        );
    }
  }
  return parts.join("&");
}
