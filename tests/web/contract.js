// @ts-check
/** What documents and messages look like: as a type for tsc to judge, and as a shape to compare. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs tsc as somebody's own project would, strictly; its status and what it says. */
export const strictly = (/** @type {string[]} */ ...files) =>
  spawnSync(
    path.join(root, "tests/node_modules/.bin/tsc"),
    [
      ...["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "false", "--types", ""],
      ...["--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"],
      ...files,
    ],
    { encoding: "utf8" },
  );

/** The text of a program, compiled so. */
export function compiled(/** @type {string} */ text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "types-"));
  const file = path.join(folder, "use.ts");
  try {
    fs.writeFileSync(file, text);
    return strictly(file);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Where the types of a package stand. */
export const typesOf = (/** @type {string} */ folder) => JSON.stringify(path.join(root, `www/${folder}/trainyard.js`));

/** A value as TypeScript writes it; arrays of numbers are there without their numbers. @returns {string} */
export function literal(/** @type {unknown} */ value) {
  if (ArrayBuffer.isView(value)) return `new ${value.constructor.name}()`;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}: ${literal(inner)}`)
      .join(", ")} }`;
  if (value === undefined || (typeof value === "number" && !Number.isFinite(value))) return String(value);
  return JSON.stringify(value);
}

/** What a value is made of; lists by what is in them, so that more of the same is alike. @returns {unknown} */
export function shapeOf(/** @type {unknown} */ value) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.constructor.name;
  if (Array.isArray(value)) return [...new Set(value.map((entry) => JSON.stringify(shapeOf(entry))))].sort();
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, shapeOf(inner)]),
    );
  return value === null ? "null" : typeof value;
}
