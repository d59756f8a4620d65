// Bundles the front-end into dist/, a folder of static files that works on any host and under any sub-path.
//
// Each build has a folder of its own in dist/, named by a hash of all that it is made of: a page, its parts, its workers
// and its wasm are always of one build, and a file of another build is never taken for one of ours. Beside that folder
// lie only the files whose addresses must stay: index.html, sw.js, the manifest and the icons.
//
// Every address in the page must be relative. Page code finds files with `addressOf("worker/full.js")`, as from www/:
// whatever bundle it ends up in, the build's folder is known to it (base/files.js).
//
// Each language has scripts of its own, with its texts in them (translate.mjs): the first one's lie in the build's folder,
// another's in a folder there, of its name. A page gets those of one language; all else they share.
//
// A sandboxed frame may load no module and fetch nothing: the same page and all files lie in the build's folder once more
// as classic scripts, under carried/; of each language, page and worker. Nobody else loads these.
//
// The course is pages of its own, lessons/, made of texts and data (lessons/build.mjs); bench.html times a device (bench/).
//
// `<train-yard>` has scripts of its own too, under element/; dist/element.js and dist/embed.html are its doors.
//
// `node build.mjs [--budget KB] [--out FOLDER] [--name NAME]`: with a budget, a first load above it (gzip) is an error; NAME
// makes another build of the same sources, as a later one would be.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { minify } from "terser";
import { FEATURES } from "./app/features.js";
import { partOf } from "./app/partOf.js";
import { buildBench } from "./bench/build.mjs";
import { bundleClassic, bundleGraph, placeOf } from "./bundle.mjs";
import { filesUnder, slashes } from "./files.mjs";
import { buildCourse } from "./lessons/build.mjs";
import { report } from "./report.mjs";
import { LANGUAGES } from "./strings/catalogue.mjs";

const www = path.dirname(fileURLToPath(import.meta.url));
const {
  budget,
  out,
  name: otherName = "",
} = parseArgs({ options: { budget: { type: "string" }, out: { type: "string" }, name: { type: "string" } } }).values;
const dist = path.resolve(out ?? path.join(www, "../dist"));
const buildName = hashOfSources();
const folder = path.join(dist, buildName);

// The GPU engine comes on demand, and a page without it trains on the CPU.
const isFull = fs.existsSync(path.join(www, "pkg-full/trainyard_bg.wasm"));

const isFast = fs.existsSync(path.join(www, "pkg-fast/trainyard_bg.wasm"));

const hasBaselines = fs.existsSync(path.join(www, "pkg-baselines/trainyard_bg.wasm"));

const hasExports = fs.existsSync(path.join(www, "pkg-export/trainyard_bg.wasm"));

const hasWorkbooks = fs.existsSync(path.join(www, "pkg-workbook/trainyard_bg.wasm"));

const hasSounds = fs.existsSync(path.join(www, "pkg-audio/trainyard_bg.wasm"));

// Each feature's script and style.
const LOADED = FEATURES.filter(({ comesWith }) => !comesWith).map(({ id }) => partOf(id));

// What dist/ is made of. `first`: the browser loads it before it can train and show the first data set.
const page = {
  first: ["app/app.js"],
  // What a part that comes unasked needs, with the first of them; what others share besides, with the first of those.
  shared: (needing) => (needing.some((name) => early.includes(name)) ? "shared.js" : "rest.js"),
  later: [
    ...LOADED.map(({ script }) => script),
    "app/later.js", // with the first picture, like the loss chart and the network's editor
    "settings/tfPlayground.js", // with a link of TensorFlow Playground
    "features/training/chart.js", // with the first picture
    "features/training/engineDetails.js", // with the engine's card
    "features/images/part.js", // with the first run on pictures, like its style
    "features/images/own/part.js", // once somebody brings pictures, like its style
    "features/export/program/part.js", // once somebody wants the experiment as a program, like its style
    "features/audio/part.js", // with the first run on sounds, like its style
    "features/evaluation/curvePart.js", // with the first source of one input
    "features/report/part.js", // when somebody asks for one, like
    "features/export/predictor/part.js",
    "features/export/newRows/part.js",
  ],
};
const worker = {
  first: ["worker/main.js"], // one file, one request
  shared: "worker/main.js",
  later: [
    "worker/jobs.js", // with the first of them
    "worker/travel.js", // with the first run
    "worker/team.js", // when a step takes so long that several workers could be faster
    "worker/engineChoice.js", // when a step takes so long that a GPU could be faster
    "features/data/worker/formats/converters.js", // with the first file that is no delimited text in Unicode
    ...(hasWorkbooks ? ["features/data/worker/formats/workbook.js"] : []), // with the first workbook
    ...(hasSounds ? ["features/audio/worker/package.js"] : []), // with the first sounds
    ...(hasBaselines ? ["features/baselines/worker/package.js"] : []), // with the first simpler model
    ...(hasExports ? ["features/export/worker/package.js"] : []), // with the first export for another engine
    ...(isFull ? ["worker/full.js"] : []), // when a GPU or a table is wanted
  ],
};
const graphs = [page, worker];
// Nobody asks for these: they come once the first picture is there. The rest waits until somebody wants it.
const UNASKED = {
  page: ["app/later.js", "features/training/chart.js", ...["model", "thumbnails"].map((id) => partOf(id).script)],
  worker: ["worker/travel.js"],
  styles: ["app/print.css", "app/later.css", ...["model", "thumbnails"].map((id) => partOf(id).style)],
};
/** What parts share: those that come unasked need the first alone. */
const SHARED = ["shared.js", "rest.js"];
const early = UNASKED.page.map((from) => placeOf(from).replace(/\.js$/, ""));
// `<train-yard>` in somebody's page: views of the page's own, with the worker, the wasm and the styles of the same build. What
// it begins with is small; it lies in a folder of its own.
const ELEMENT = "element/";
const STUDIES = ["confusion", "threshold", "surface"];
const element = {
  // With the page around it; with the first one near the viewport.
  first: ["element/define.js", "element/live.js"],
  // With the first of each: what several of these need comes with any element.
  alike: ["element/field.js", "element/network.js", "element/loss.js", "features/training/chart.js"],
  // What studies share is apart from what only others do: none loads more than it needs.
  shared: (needing) =>
    `shared/${STUDIES.filter((id) => needing.some((name) => name.includes(id))).join("-") || "parts"}.js`,
  later: [
    "element/frame.js", // with the first whole page
    "element/document.js", // when somebody asks for its Spec
    "features/evaluation/part.js",
    "features/evaluation/curvePart.js",
    "features/model/part.js",
    "features/drawing/part.js",
    "features/images/part.js",
    "features/audio/part.js",
    "features/confusion/part.js",
    "features/threshold/part.js",
    "features/surface/part.js",
    "features/locks/part.js", // with the first that locks a setting
  ],
  instead: { "ui/withStyle.js": "element/withStyle.js" },
};
const START = "app/start.js";
const scripts = [
  { from: START, first: true },
  ...graphs.flatMap(({ first, later }) => [
    ...first.map((from) => ({ from, first: true })),
    ...later.map((from) => ({ from })),
  ]),
];
// Each with its parts in it.
const carried = [
  {
    entry: "carried/page.js",
    run: "start",
    parts: page.later,
    instead: { "base/files.js": "carried/pageFiles.js", "ui/download.js": "carried/download.js" },
  },
  { entry: "carried/worker.js", parts: worker.later, instead: { "base/files.js": "carried/workerFiles.js" } },
];
const styles = [
  { from: "styles/page.css", first: true },
  ...[
    "app/hide.css",
    "bench/page.css",
    "app/print.css",
    "app/later.css",
    "element/element.css",
    "element/frame.css",
    "element/study.css",
    "styles/forced.css",
    "features/images/style.css",
    "features/images/own/style.css",
    "features/export/program/style.css",
    "features/audio/style.css",
    "lessons/page.css",
  ].map((from) => ({ from })),
  ...LOADED.map(({ style }) => ({ from: style })),
];
const copies = [
  { from: "pkg/trainyard_bg.wasm", first: true },
  ...(isFull ? [{ from: "pkg-full/trainyard_bg.wasm" }] : []),
  ...(isFast ? [{ from: "pkg-fast/trainyard_bg.wasm" }] : []), // when the reader chooses it: full.js of the package above runs it
  ...(hasBaselines ? [{ from: "pkg-baselines/trainyard_bg.wasm" }] : []),
  ...(hasExports ? [{ from: "pkg-export/trainyard_bg.wasm" }] : []),
  ...(hasWorkbooks ? [{ from: "pkg-workbook/trainyard_bg.wasm" }] : []),
  ...(hasSounds ? [{ from: "pkg-audio/trainyard_bg.wasm" }] : []),
  { from: "data", only: ".csv" }, // fetched when a real set is chosen, like
  { from: "data", only: ".images" },
  { from: "data", only: ".sounds" },
];
const CARRIED = "carried/";
// What keeps its address from build to build, beside the build's folder.
const lasting = ["index.html", "embed.html", "manifest.webmanifest", "icons", "schema.json"];

const entryPoint = (from) => ({ in: from, out: placeOf(from).replace(/\.\w+$/, "") });

// Parts that share no file of their own.
const alone = { "globalThis.TRAINYARD_SHARED": "undefined", "globalThis.TRAINYARD_UNASKED": "undefined" };
const define = { "globalThis.TRAINYARD_BUILD": JSON.stringify(buildName) };
const common = {
  absWorkingDir: www,
  outbase: www,
  bundle: true,
  minify: true,
  metafile: true,
  target: "es2022",
  logLevel: "warning",
};

try {
  checkSources();
  const spoken = {};
  for (const language of LANGUAGES) {
    const written = await Promise.all([
      bundleStart(language),
      ...graphs.map((graph) => bundleScripts(graph, language)),
    ]);
    spoken[language] = written.flat().map((file) => `${buildName}/${scriptsOf(language)}${file}`);
  }
  const copied = copies.flatMap(copy);
  const inBuild = (file) => `${buildName}/${file}`;
  const shared = [...(await bundleStyles()), ...copied].map(inBuild);
  const inline = await bundleInline();
  const forElements = (await Promise.all(LANGUAGES.map(bundleElement))).flat();
  forElements.push(...(await bundleDoor()));
  shared.push(...lasting.flatMap((from) => copyLasting(from, inline)));
  const pages = { www, dist, build: buildName, languages: LANGUAGES, scriptsOf, defineFor };
  shared.push(...(await buildCourse(pages)), ...(isFull ? await buildBench(pages) : []), ...forElements);
  await buildServiceWorker(shared, spoken);
  const files = [...shared, ...Object.values(spoken).flat()];
  const whole = LANGUAGES.flatMap((language) => carried.map((script) => bundleCarried(script, language)));
  const forFrames = [...(await Promise.all(whole)).flat(), ...copied.filter(isCarried).map(carry)];
  removeOthers(new Set([...files, ...forFrames.map(inBuild), "sw.js"]));
  const apart = [CARRIED, ELEMENT, ...LANGUAGES.slice(1).map((language) => `${language}/`)];
  const start = startsWith().map((name) => `${buildName}/${name}`);
  const isUnasked = (name) => start.includes(name) || ["index.html", "icons/icon.svg", "sw.js"].includes(name);
  report({ dist, buildName, first: firstLoad(), isUnasked, apart, budget, isFull });
} catch (error) {
  // esbuild has printed its own errors already.
  if (!error.errors) console.error(`build: ${error.message}`);
  process.exit(1);
}

function checkSources() {
  const ofElement = [...element.first, ...element.alike, ...element.later].map((from) => ({ from }));
  for (const { from } of [...scripts, ...ofElement, ...styles, ...copies]) {
    if (fs.existsSync(path.join(www, from))) continue;
    throw new Error(
      from.startsWith("pkg/")
        ? `www/${from} is missing: run ./build.sh, or wasm-pack build --target web --out-dir www/pkg`
        : `www/${from} is missing`,
    );
  }
}

/** The name of a build: what its files are made of decides it, and nothing else. */
function hashOfSources() {
  const hash = createHash("sha256").update(otherName);
  const parts = fs.readdirSync(www).filter((name) => name !== "node_modules");
  for (const file of parts.flatMap((name) => filesUnder(path.join(www, name))).sort())
    hash.update(slashes(path.relative(www, file))).update(fs.readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

/** It keeps these files for those who come back, each with the hash by which it knows a damaged or foreign one. */
async function buildServiceWorker(shared, spoken) {
  const kept = (files) =>
    files
      .filter((file) => !file.endsWith(".map") && !file.endsWith(".LEGAL.txt"))
      .map((file) => [file === "index.html" ? "./" : file, hashOf(path.join(dist, file))]);
  const scripts = Object.fromEntries(Object.entries(spoken).map(([language, files]) => [language, kept(files)]));
  const told = {
    ...define,
    "globalThis.TRAINYARD_FILES": JSON.stringify(kept(shared)),
    "globalThis.TRAINYARD_SPOKEN": JSON.stringify(scripts),
    "globalThis.TRAINYARD_START": JSON.stringify(startsWith()),
  };
  await build({ ...common, format: "esm", outdir: dist, entryPoints: [entryPoint("app/sw.js")], define: told });
}

function hashOf(file) {
  return sha256(fs.readFileSync(file)).slice(0, 6); // 36 bits are enough to know it by
}

/** All that a page loads unasked, without the folders of build and language. */
function startsWith() {
  const first = [...scripts, ...styles, ...copies].filter((entry) => entry.first).map(({ from }) => from);
  const unasked = [...Object.values(UNASKED).flat(), "shared.js"];
  return ["./", "icons/icon.svg", "manifest.webmanifest", ...[...first, ...unasked].map(placeOf)];
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("base64");
}

/** The folder of a language's scripts, in the build's. */
function scriptsOf(language) {
  return language === LANGUAGES[0] ? "" : `${language}/`;
}

function defineFor(language) {
  return {
    ...define,
    "globalThis.TRAINYARD_LANGUAGE": JSON.stringify(language),
    "globalThis.TRAINYARD_SCRIPTS": JSON.stringify(scriptsOf(language)),
  };
}

/** Resolves to the files that it wrote, as the next one does. */
function bundleScripts(graph, language) {
  const shared = graph === page ? JSON.stringify(SHARED) : "undefined";
  const unasked = graph === page ? JSON.stringify(UNASKED.page.map(placeOf)) : "undefined";
  return bundleGraph({
    ...graph,
    from: www,
    to: path.join(folder, scriptsOf(language)),
    define: {
      ...defineFor(language),
      "globalThis.TRAINYARD_SHARED": shared,
      "globalThis.TRAINYARD_UNASKED": unasked,
    },
    language,
  });
}

/** Its files, as from dist/: kept for the next visit to the course alone. */
async function bundleElement(language) {
  const own = `${ELEMENT}${scriptsOf(language)}`;
  const written = await bundleGraph({
    ...element,
    from: www,
    to: path.join(folder, own),
    define: {
      ...defineFor(language),
      "globalThis.TRAINYARD_SCRIPTS": JSON.stringify(own),
      ...alone,
    },
    language,
  });
  return written.map((file) => `${buildName}/${own}${file}`);
}

/** What a page names: it keeps its address from build to build, and chooses the language. */
async function bundleDoor() {
  const told = { "globalThis.TRAINYARD_LANGUAGES": JSON.stringify(LANGUAGES) };
  const doors = ["element.js", "embed.js"];
  const entryPoints = doors.map((name) => ({ in: `element/doors/${name}`, out: name.replace(".js", "") }));
  const options = { ...common, bundle: false, format: "esm", outdir: dist };
  await build({ ...options, entryPoints, define: { ...define, ...told } });
  return doors;
}

function bundleStart(language) {
  const to = path.join(folder, scriptsOf(language));
  return bundleClassic({ from: www, to, entry: START, define: defineFor(language), language });
}

async function bundleCarried(script, language) {
  const whole = { ...defineFor(language), ...alone };
  const to = path.join(folder, scriptsOf(language));
  const written = await bundleClassic({ ...script, from: www, to, define: whole, language });
  return written.map((file) => scriptsOf(language) + file);
}

/** The script that stands in the page itself: it makes the first worker and chooses the language. */
async function bundleInline() {
  const told = { "globalThis.TRAINYARD_LANGUAGES": JSON.stringify(LANGUAGES) };
  const entryPoints = [path.join(www, "app/inline.js")];
  const { outputFiles } = await build({
    ...common,
    format: "iife",
    entryPoints,
    define: { ...define, ...told },
    write: false,
  });
  const tight = await minify(outputFiles[0].text, {
    ecma: 2022,
    toplevel: true,
    compress: { passes: 2, unsafe_arrows: true },
  });
  return tight.code;
}

/** A frame without an origin keeps no choice, so nobody chooses the fast core there. */
function isCarried(file) {
  return !file.startsWith("pkg-fast/");
}

/** A file of the build as a script that hands it over, packed; returns the script's name. */
function carry(file) {
  const name = `${CARRIED}${file}.js`;
  const packed = gzipSync(fs.readFileSync(path.join(folder, file)), { level: 9 }).toString("base64");
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), `trainyardCarries("${packed}");\n`);
  return name;
}

async function bundleStyles() {
  const loader = { ".svg": "dataurl", ".woff2": "file" };
  const { metafile } = await build({
    ...common,
    outdir: folder,
    sourcemap: "linked",
    loader,
    entryPoints: styles.map((style) => entryPoint(style.from)),
  });
  return Object.keys(metafile.outputs).map(inFolder);
}

/** Copies a file or a folder, and returns the paths of its files relative to the build's folder. */
function copy({ from, only = "" }) {
  const files = filesUnder(path.join(www, from))
    .filter((file) => file.endsWith(only))
    .map((file) => path.relative(www, file));
  for (const file of files) fs.cpSync(path.join(www, file), path.join(folder, file));
  return files.map(slashes);
}

/** The same into dist/ itself; a page is told where its build's files are. */
function copyLasting(from, inline) {
  return filesUnder(path.join(www, from)).map((file) => {
    const name = slashes(path.relative(www, file));
    const to = path.join(dist, name);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    if (name.endsWith(".html"))
      fs.writeFileSync(
        to,
        tightMarkup(fs.readFileSync(file, "utf8"))
          .replaceAll("BUILD/", `${buildName}/`)
          .replace("INLINE_HASH", `sha256-${sha256(inline)}`)
          .replace("INLINE", () => inline),
      );
    else fs.cpSync(file, to);
    return name;
  });
}

function tightMarkup(html) {
  return html.replace(/<!--.*?-->/gs, "").replace(/\n\s+/g, "\n");
}

/** Removes what an earlier build left behind; last, so that an open page always finds its files. */
function removeOthers(wanted) {
  for (const file of filesUnder(dist)) {
    if (!wanted.has(slashes(path.relative(dist, file)))) fs.rmSync(file);
  }
  const isEmpty = (entry) =>
    entry.isDirectory() && fs.readdirSync(path.join(entry.parentPath ?? entry.path, entry.name)).length === 0;
  for (let empty; (empty = fs.readdirSync(dist, { withFileTypes: true, recursive: true }).filter(isEmpty)).length;) {
    for (const entry of empty) fs.rmdirSync(path.join(entry.parentPath ?? entry.path, entry.name));
  }
}

/** The files of the first load, as dist/ has them. */
function firstLoad() {
  const marked = [...scripts, ...styles, ...copies].filter((entry) => entry.first);
  return new Set([
    "index.html",
    ...marked
      .flatMap(({ from }) => filesUnder(path.join(folder, placeOf(from))))
      .map((file) => slashes(path.relative(dist, file))),
  ]);
}

function inFolder(name) {
  return slashes(path.relative(folder, path.resolve(www, name)));
}
