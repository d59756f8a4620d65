// What a build weighs, file by file, and what of it a page loads; a first load above its budget is an error.
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { filesUnder, slashes } from "./files.mjs";

/**
 * @param {object} built
 * @param {string} built.dist
 * @param {string} built.buildName
 * @param {Set<string>} built.first       the files of the first load, as from dist/
 * @param {(file: string) => boolean} built.isUnasked   whether a page loads it before anybody asks for more
 * @param {string[]} built.apart          folders of the build that are no part of the page
 * @param {string} [built.budget]         in KB
 * @param {boolean} built.isFull
 */
export function report({ dist, buildName, first, isUnasked, apart, budget, isFull }) {
  const rows = filesUnder(dist)
    .map((file) => ({ name: slashes(path.relative(dist, file)), bytes: fs.readFileSync(file) }))
    .filter(({ name }) => !name.endsWith(".map") && !/\/(lessons|bench)\//.test(name))
    .filter(({ name }) => !apart.some((folder) => name.startsWith(`${buildName}/${folder}`)))
    .map(({ name, bytes }) => ({ name, raw: bytes.length, gzip: gzipSync(bytes).length, first: first.has(name) }))
    .sort((a, b) => b.first - a.first || b.gzip - a.gzip);
  const line = (name, raw, gzip, mark) => console.log(name.padEnd(36), raw.padStart(10), gzip.padStart(10), mark);
  line("dist/", "raw KB", "gzip KB", "");
  for (const row of rows) line(row.name, kilobytes(row.raw), kilobytes(row.gzip), row.first ? " first load" : "");
  const loaded = rows.filter((row) => row.first);
  const sum = (key) => loaded.reduce((total, row) => total + row[key], 0);
  line("sum of the first load", kilobytes(sum("raw")), kilobytes(sum("gzip")), budget ? ` of ${budget} allowed` : "");
  const unasked = rows.filter(({ name }) => isUnasked(name)).reduce((total, { gzip }) => total + gzip, 0);
  console.log(`All that comes unasked takes ${kilobytes(unasked)} KB gzip`);
  reportLater(rows, buildName);
  if (isFull) reportFull(rows, buildName);
  else console.log("www/pkg-full is missing: built without GPU engine and tables");
  if (budget && sum("gzip") > budget * 1024) {
    throw new Error(
      `the first load is over its budget of ${budget} KB gzip: make it smaller, or load a part of it on demand`,
    );
  }
}

function reportLater(rows, buildName) {
  const later = (ending) =>
    rows.filter(({ name, first }) => !first && name.startsWith(`${buildName}/`) && name.endsWith(ending));
  const sum = (ending) => kilobytes(later(ending).reduce((total, { gzip }) => total + gzip, 0));
  console.log(`Parts that come later take ${sum(".js")} KB gzip of scripts and ${sum(".css")} KB of styles`);
}

/** What comes on demand with a core of its own. */
const CORES = {
  Workbooks: ["workbook", "features/data/worker/formats/workbook.js"],
  Baselines: ["baselines", "features/baselines/worker/package.js"],
  Exports: ["export", "features/export/worker/package.js"],
};

/** What the GPU engine and tables cost, over the module that every page loads; they come on demand. */
function reportFull(rows, buildName) {
  const sizeOf = (name) => rows.find((row) => row.name === `${buildName}/${name}`)?.gzip ?? 0;
  for (const [what, [core, script]] of Object.entries(CORES)) {
    const size = sizeOf(`pkg-${core}/trainyard_bg.wasm`);
    if (size) console.log(`${what} take ${kilobytes(size + sizeOf(script))} KB gzip, loaded with the first of them`);
  }
  const adds = sizeOf("pkg-full/trainyard_bg.wasm") + sizeOf("worker/full.js") - sizeOf("pkg/trainyard_bg.wasm");
  const fast = sizeOf("pkg-fast/trainyard_bg.wasm");
  if (fast) console.log(`The fast core takes ${kilobytes(fast)} KB gzip, loaded when it is chosen`);
  console.log(`GPU engine and tables add ${kilobytes(adds)} KB gzip to the core, loaded when one of them is wanted`);
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1);
}
