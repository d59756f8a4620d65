// Lays out an npm package in dist/npm, of a build that stands in dist/: `node npm.mjs [--out FOLDER]`, then `npm pack ./dist/npm`.
//
// The element comes as files to be served as they are (files/), since its parts, styles, workers and wasm find each other by
// address; a small module makes it known. The core is the library that wasm-bindgen wrote, which bundlers understand.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { IMAGE_SETS } from "./data/imageSets.js";
import { SETS } from "./data/sets.js";
import { SOUND_SETS } from "./data/soundSets.js";
import { filesUnder, slashes } from "./files.mjs";

const www = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(www, "..");
const dist = path.join(root, "dist");
const { out: asked } = parseArgs({ options: { out: { type: "string" } } }).values;
const out = path.resolve(asked ?? path.join(dist, "npm"));
if (!fs.existsSync(path.join(dist, "element.js"))) {
  console.error("npm: dist/ holds no build: run ./build.sh first");
  process.exit(1);
}

const TARGET = ["--filter-platform", "wasm32-unknown-unknown"];
const crates = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--all-features", ...TARGET], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  }),
);

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });

// All that is hosted, but for what only sandboxed frames of a hosted page load, and maps.
for (const file of filesUnder(dist)) {
  const name = slashes(path.relative(dist, file));
  if (!/\.map$|^npm\/|(^|\/)carried\//.test(name)) copy(file, `files/${name}`);
}
copy(path.join(dist, "schema.json"), "schema.json");

for (const [from, to] of [
  ["pkg", "core"],
  ...(fs.existsSync(path.join(www, "pkg-full")) ? [["pkg-full", "core-full"]] : []),
])
  for (const name of ["trainyard.js", "trainyard.d.ts", "trainyard_bg.wasm", "trainyard_bg.wasm.d.ts"])
    copy(path.join(www, from, name), `${to}/${name}`);

for (const name of ["index.js", "index.d.ts", "copyFiles.mjs", "README.md"])
  copy(path.join(www, "element/package", name), name);
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copy(path.join(root, name), name);
fs.writeFileSync(path.join(out, "LICENSES.md"), provenance());

const { version, description, license } = crates.packages.find(({ id }) => id === crates.resolve.root);
const entry = (folder) => ({ types: `./${folder}/trainyard.d.ts`, default: `./${folder}/trainyard.js` });
fs.writeFileSync(
  path.join(out, "package.json"),
  `${JSON.stringify(
    {
      name: "trainyard",
      version,
      description,
      license,
      type: "module",
      sideEffects: false,
      bin: { "trainyard-files": "copyFiles.mjs" },
      exports: {
        ".": { types: "./index.d.ts", default: "./index.js" },
        "./core": entry("core"),
        "./core-full": entry("core-full"),
        "./schema.json": "./schema.json",
        "./files/*": "./files/*",
        "./package.json": "./package.json",
      },
    },
    null,
    2,
  )}\n`,
);
const written = filesUnder(out);
const sum = written.reduce((bytes, file) => bytes + fs.statSync(file).size, 0);
console.log(
  `${path.relative(process.cwd(), out)}: trainyard ${version}, ${written.length} files, ${(sum / 2 ** 20).toFixed(1)} MB`,
);

/** Whose work is in it, and under which license: what npm and Cargo say of each that is built in, and each data set's origin. */
function provenance() {
  const lock = JSON.parse(fs.readFileSync(path.join(www, "package-lock.json"), "utf8")).packages;
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(www, "package.json"), "utf8"));
  const scripts = shipped(Object.keys(dependencies), lock).map((name) => {
    const { version, license } = lock[`node_modules/${name}`];
    return `| ${name} | ${version} | ${license} |`;
  });
  const linked = cratesIn().map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  const sets = [...SETS, ...IMAGE_SETS, ...SOUND_SETS].map(
    ({ name, reference, license }) => `| ${name} | ${reference} | ${license} |`,
  );
  const table = (rows) => ["| package | version | license |", "|---|---|---|", ...rows].join("\n");
  return `# Licenses

Trainyard itself is under MIT or Apache-2.0, as you choose. What is built into it:

## Scripts

${table(scripts)}

## WebAssembly

${table(linked)}

## Data sets

${["| set | from | license |", "|---|---|---|", ...sets].join("\n")}
`;
}

/** Packages that scripts take from npm, with those that they need. */
function shipped(names, lock, found = new Set()) {
  for (const name of names) {
    const row = lock[`node_modules/${name}`];
    if (!row || found.has(name)) continue;
    found.add(name);
    shipped(Object.keys(row.dependencies ?? {}), lock, found);
  }
  return [...found].sort();
}

/** All that the wasm may be made of: what only tests or builds need is not in it. */
function cratesIn() {
  const { packages, resolve } = crates;
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const isLinked = ({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null);
  const found = new Set();
  const visit = (id) => {
    if (found.has(id)) return;
    found.add(id);
    nodes
      .get(id)
      .deps.filter(isLinked)
      .forEach(({ pkg }) => visit(pkg));
  };
  visit(resolve.root);
  found.delete(resolve.root);
  return packages.filter(({ id }) => found.has(id)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function copy(from, to) {
  const target = path.join(out, to);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.copyFileSync(from, target);
}
