// The colors of classes are told apart by all eyes, as they are and as color-blind people see them; type has few sizes.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { rgb } from "../../www/ui/charts/color.js";

/** Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision deficiency (2009), severity 1. */
const EYES = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "no long ones": [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  "no middle ones": [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  "no short ones": [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));
const linear = (color) =>
  color.map((value) => (value <= 10.3 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));

/** CIELAB, where distance is difference. */
function lab(light) {
  const toXyz = [
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505],
  ];
  const white = [0.9505, 1, 1.089];
  const [x, y, z] = times(
    toXyz,
    light.map((value) => Math.min(Math.max(value, 0), 1)),
  )
    .map((value, i) => value / white[i])
    .map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const css = fs.readFileSync(new URL("../../www/styles/tokens.css", import.meta.url), "utf8");
const [light, dark] = css.split("prefers-color-scheme: dark");

test("dark by the system's wish and dark by choice are the same colors", () => {
  const tokens = (text) =>
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => `${name} ${value}`);
  const [asWished, asChosen] = dark.split(':root[data-theme="dark"]');
  assert.ok(tokens(asChosen).length > 15);
  assert.deepEqual(tokens(asChosen), tokens(asWished));
});

const luminance = (color) => times([[0.2126, 0.7152, 0.0722]], linear(color))[0];

for (const [name, part] of Object.entries({ light, dark })) {
  const token = (key) => rgb(part.match(new RegExp(`--${key}: (#[0-9a-f]{6})`))[1]);
  const classes = ["minus", "plus", "class-2", "class-3", "class-4"].map(token);

  test(`${name}: the borders of controls stand out from every ground, at 3 : 1`, () => {
    const edge = luminance(token("edge"));
    for (const ground of ["surface", "page", "raised", "accent-soft"]) {
      const [low, high] = [edge, luminance(token(ground))].sort((a, b) => a - b);
      const ratio = (high + 0.05) / (low + 0.05);
      assert.ok(ratio >= 3, `${ground}: ${ratio.toFixed(2)}`);
    }
  });

  test(`${name}: three classes lie far apart for all eyes, five still apart`, () => {
    for (const [eyes, matrix] of Object.entries(EYES)) {
      const seen = [...classes, token("zero")].map((color) => lab(times(matrix, linear(color))));
      for (let i = 0; i < seen.length; i++) {
        for (let j = 0; j < i; j++) {
          const distance = Math.hypot(...seen[i].map((value, k) => value - seen[j][k]));
          assert.ok(distance > (i < 3 ? 40 : 15), `${eyes}: ${i} and ${j} lie ${distance.toFixed(1)} apart`);
        }
      }
    }
  });

  test(`${name}: the names of further classes can be read`, () => {
    for (const color of classes.slice(2)) {
      const [low, high] = [luminance(color), luminance(token("surface"))].sort((a, b) => a - b);
      assert.ok((high + 0.05) / (low + 0.05) >= 4.5, String(color));
    }
  });
}

test("type has four sizes, none below 13 pixels", () => {
  const www = new URL("../../www/", import.meta.url);
  const sheets = fs
    .readdirSync(www, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".css") && !name.includes("node_modules"));
  assert.ok(sheets.length > 20);
  const sizesOf = (/** @type {(name: string) => boolean} */ isOne) =>
    new Set(
      sheets.filter(isOne).flatMap((name) => {
        const text = fs.readFileSync(new URL(name, www), "utf8");
        return [...text.matchAll(/font(?:-size)?:\s*(?:\d00 )?([\d.]+(?:rem|px|em))/g)].map(([, size]) => size);
      }),
    );
  // The course is text to be read, with headings of its own.
  const isOfCourse = (/** @type {string} */ name) => name.startsWith("lessons/");
  const sizes = sizesOf((name) => !isOfCourse(name));
  sizes.delete("1em"); // that of what it lies in
  assert.deepEqual([...sizes].sort(), ["0.8125rem", "0.875rem", "1.125rem", "1.5rem"]);
  const pixels = (/** @type {string} */ size) => Number.parseFloat(size) * (size.endsWith("px") ? 1 : 16);
  const ofCourse = [...sizesOf(isOfCourse)].filter((size) => pixels(size) < 13);
  assert.deepEqual(ofCourse, []);
});
