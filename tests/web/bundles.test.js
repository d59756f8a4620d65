// What the build made of the scripts, by its source maps: no module in two bundles of a page or of a worker.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { LANGUAGES } from "../../www/strings/catalogue.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const build = path.join(
  dist,
  fs.readdirSync(dist).find((name) => /^[0-9a-f]{12}$/.test(name)),
);

/** A worker has its own copy of what it shares with the page: it can't see the page's. */
const FIRST = { page: ["start.js", "app.js"], worker: ["worker/main.js"] };
const LATER_KB = 376;

/** What the page loads once the first picture is there. */
const UNASKED = [
  "later.js",
  "shared.js",
  "features/training/chart.js",
  "features/model/part.js",
  "features/thumbnails/part.js",
];

/** The whole page once more, for sandboxed frames alone. */
const isCarried = (name) => name.split(path.sep).includes("carried");

/** The course, and the bench, are pages of their own, with classic scripts that have all in them. */
const isOfCourse = (name) => name.split(path.sep).some((folder) => folder === "lessons" || folder === "bench");
const COURSE_KB = 6;

/** What an element in somebody's page loads is a graph of its own. */
const isOfElement = (name) => name.startsWith(`element${path.sep}`);

const scripts = fs
  .readdirSync(build, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".js") && !isCarried(name) && !isOfCourse(name) && !isOfElement(name));
const [, ...OTHERS] = LANGUAGES;
const languageOf = (name) => OTHERS.find((language) => name.startsWith(`${language}${path.sep}`));

const bundles = scripts
  .filter((name) => !languageOf(name))
  .map((name) => {
    const file = path.join(build, name);
    const map = JSON.parse(fs.readFileSync(`${file}.map`, "utf8"));
    const modules = map.sources.map((source) => path.relative(dist, path.resolve(path.dirname(file), source)));
    const code = fs.readFileSync(file, "utf8");
    const imports = [
      ...code.matchAll(
        /(?:^|[;}])(?:import|export)\b[^;"'(]*?from\s*["']([^"']+)["']|(?:^|;)import\s*["']([^"']+)["']/g,
      ),
    ].map(([, from, bare]) => path.join(path.dirname(name), from ?? bare));
    return {
      name,
      graph: /(^|\/)worker[./]/.test(name) ? "worker" : "page",
      modules,
      imports,
      gzip: gzipSync(code).length,
    };
  });

test("no module is in two bundles of the page, nor of its worker", () => {
  for (const graph of Object.keys(FIRST)) {
    const places = new Map();
    for (const { name, modules } of bundles.filter((bundle) => bundle.graph === graph)) {
      for (const module of modules) places.set(module, [...(places.get(module) ?? []), name]);
    }
    assert.ok(places.size > 20, `${graph}: ${places.size} modules`);
    assert.deepEqual(
      [...places].filter(([, names]) => names.length > 1),
      [],
    );
  }
});

test("Lit comes with the first load, once", () => {
  const having = bundles.filter(({ modules }) => modules.some((module) => module.includes("lit-html/lit-html.js")));
  assert.deepEqual(
    having.map(({ name }) => name),
    ["app.js"],
  );
});

test("the first load waits for nothing else, and what comes unasked for one file more, a part for two at most", () => {
  const imported = new Set();
  for (const { name, graph, imports } of bundles) {
    const first = FIRST[graph];
    const allowed = first.includes(name)
      ? first
      : [...first, "shared.js", ...(UNASKED.includes(name) ? [] : ["rest.js"])];
    for (const other of imports) {
      assert.ok(allowed.includes(other), `${name} imports ${other}`);
      imported.add(other);
    }
  }
  assert.deepEqual([...imported].sort(), ["app.js", "rest.js", "shared.js", "worker/main.js"]);
});

test(`all that comes later is at most ${LATER_KB} KB of scripts`, () => {
  const later = bundles.filter(({ name, graph }) => !FIRST[graph].includes(name));
  const sum = later.reduce((total, { gzip }) => total + gzip, 0) / 1024;
  assert.ok(later.length > 15 && sum <= LATER_KB, `${sum.toFixed(1)} KB`);
});

test("a page of the course asks for little more than its experiment", () => {
  for (const folder of ["", ...OTHERS]) {
    const sizes = ["look.js", "page.js"].map(
      (name) => gzipSync(fs.readFileSync(path.join(build, folder, "lessons", name))).length / 1024,
    );
    assert.ok(sizes.every((size) => size > 0) && sizes[0] + sizes[1] <= COURSE_KB, sizes.join(" + "));
  }
});

test("every language has the same scripts, of the same modules", () => {
  const modulesOf = (name) =>
    JSON.parse(fs.readFileSync(path.join(build, `${name}.map`), "utf8"))
      .sources.map((source) => path.resolve(path.dirname(path.join(build, name)), source))
      .sort();
  assert.ok(OTHERS.length > 0);
  for (const language of OTHERS) {
    const own = scripts.filter((name) => languageOf(name) === language);
    assert.deepEqual(own.map((name) => name.slice(language.length + 1)).sort(), bundles.map(({ name }) => name).sort());
    for (const name of own) assert.deepEqual(modulesOf(name), modulesOf(name.slice(language.length + 1)), name);
  }
});

test("a sandboxed frame has one script each for page and worker, with all modules of theirs, and a script for each file", () => {
  const carried = fs
    .readdirSync(path.join(build, "carried"), { recursive: true })
    .map((name) => String(name).replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".js"));
  const replaced = /\/(base\/files|app\/start)\.js$/; // by modules of www/carried
  const all = ["", ...OTHERS].flatMap((language) => Object.keys(FIRST).map((graph) => ({ language, graph })));
  for (const { language, graph } of all) {
    const folder = path.join(build, language, "carried");
    const map = JSON.parse(fs.readFileSync(path.join(folder, `${graph}.js.map`), "utf8"));
    const having = new Set(
      map.sources.map((source) => path.relative(dist, path.resolve(folder, source)).replaceAll(path.sep, "/")),
    );
    const wanted = bundles.filter((bundle) => bundle.graph === graph).flatMap(({ modules }) => modules);
    assert.ok(having.size > 20, `${graph}: ${having.size} modules`);
    assert.deepEqual(
      wanted.filter((name) => !having.has(name) && !replaced.test(name)),
      [],
    );
  }
  const files = fs
    .readdirSync(build, { recursive: true })
    .map((name) => String(name).replaceAll(path.sep, "/"))
    .filter((name) => /\.(csv|images|sounds|wasm)$/.test(name) && !name.startsWith("pkg-fast/")); // nobody chooses that there
  assert.deepEqual(carried.sort(), ["page.js", "worker.js", ...files.map((name) => `${name}.js`)].sort());
  for (const name of files) {
    const text = fs.readFileSync(path.join(build, "carried", `${name}.js`), "utf8");
    const [, packed] = /^trainyardCarries\("([\w+/=]+)"\);\n$/.exec(text);
    assert.ok(gunzipSync(Buffer.from(packed, "base64")).equals(fs.readFileSync(path.join(build, name))), name);
  }
});

/** What each view of an element loads besides what all do, and the most that all of it may weigh, in KB. */
const VIEWS = {
  field: [160, "field"],
  network: [161, "network"],
  loss: [160, "loss", "features/training/chart"],
  curve: [164, "field", "features/evaluation/curvePart", "shared/parts", "features/training/chart"],
};

test("an element begins with at most 8 KB; a field and a loss come with 160 KB at most, of everything", () => {
  const size = (name) => gzipSync(fs.readFileSync(path.join(build, name))).length / 1024;
  const door = gzipSync(fs.readFileSync(path.join(dist, "element.js"))).length / 1024;
  for (const language of ["", ...OTHERS.map((name) => `${name}/`)]) {
    const start = door + size(`element/${language}define.js`);
    assert.ok(start > 1 && start <= 8, `${language}: ${start.toFixed(1)} KB before it is near`);
    const rest = [`element/${language}live.js`, `${language}worker/main.js`, "element.css", "pkg/trainyard_bg.wasm"];
    for (const [view, [most, ...own]] of Object.entries(VIEWS)) {
      const all = [...rest, ...own.map((name) => `element/${language}${name}.js`)];
      const sum = all.reduce((total, name) => total + size(name), start);
      assert.ok(sum > 100 && sum <= most, `${language}${view}: ${sum.toFixed(1)} KB`);
    }
  }
});

test("no module is in two bundles of the element", () => {
  const places = new Map();
  const names = fs.readdirSync(path.join(build, "element"), { recursive: true }).map(String);
  for (const name of names.filter((one) => one.endsWith(".js.map") && !one.startsWith(`de${path.sep}`)))
    for (const source of JSON.parse(fs.readFileSync(path.join(build, "element", name), "utf8")).sources) {
      const module = path.resolve(path.join(build, "element"), path.dirname(name), source);
      places.set(module, [...(places.get(module) ?? []), name]);
    }
  assert.ok(places.size > 60, `${places.size} modules`);
  assert.deepEqual(
    [...places].filter(([, having]) => having.length > 1),
    [],
  );
});
