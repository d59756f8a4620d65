// Somebody's own projects: made anew from the tarball as npm installs it, and built by their bundlers.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);

const run = (program, words, cwd) =>
  execFileSync(program, words, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** The package as `npm pack` makes it; resolves to the file's path. */
export function pack(folder) {
  const laid = path.join(folder, "npm");
  run("node", [path.join(root, "www/npm.mjs"), "--out", laid], root);
  const [{ filename }] = JSON.parse(run("npm", ["pack", laid, "--json", "--pack-destination", folder], folder));
  return path.join(folder, filename);
}

/** A project with these files and the tarball in it. */
export function project(tarball, files) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "project-"));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball], folder);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

/** Copies the element's files as the README says. */
export const copyFiles = (folder, to) => run(path.join(folder, "node_modules/.bin/trainyard-files"), [to], folder);

/** Builds index.html and what it asks for into dist/. */
export async function buildByVite(folder) {
  const { build } = await import(pathToFileURL(require.resolve("vite")).href);
  await build({ root: folder, base: "./", logLevel: "error", configFile: false, esbuild: { jsx: "automatic" } });
  return path.join(folder, "dist");
}

/** Builds main.js into dist/, beside a page that names it. */
export async function buildByWebpack(folder) {
  const webpack = require("webpack");
  const dist = path.join(folder, "dist");
  await new Promise((resolve, reject) =>
    webpack(
      {
        mode: "production",
        context: folder,
        entry: "./main.js",
        output: { path: dist, module: true, filename: "main.js" },
        experiments: { outputModule: true },
        performance: { hints: false },
      },
      (error, stats) => {
        if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString({ all: false, errors: true })));
        else resolve();
      },
    ),
  );
  fs.copyFileSync(path.join(folder, "index.html"), path.join(dist, "index.html"));
  return dist;
}
