import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const www = fileURLToPath(new URL("../../www/", import.meta.url));
const FOLDERS = ["core", "worker", "charts", "views"];

/** What each part may import, besides itself. */
const MAY_IMPORT = {
  core: ["idb-keyval"],
  worker: [
    "base/asWritten.js",
    "base/loadPart.js",
    "session/protocol.js",
    "base/withoutTest.js",
    "settings/tableNames.js",
    "base/sample.js",
    "pkg/",
    "pkg-full/",
    "pkg-workbook/",
  ],
  charts: ["lit"], // lit for pictures that are made of SVG
  views: ["core/", "charts/", "data/sets.js", "lit", "uqr"],
  "mount.js": ["core/", "views/", "lit"],
  "app.js": ["mount.js", "settings/foreignLink.js", "base/loadPart.js", "session/tellLack.js"],
  "start.js": ["app.js", "support.js"],
};

const BANNED = [
  [/\bMath\.random\b/, "Math.random: chance comes from the seed"],
  [/\.(inner|outer)HTML\b|insertAdjacentHTML|\bunsafeHTML\b|document\.write/, "markup made from text"],
  [/\bconsole\./, "the console"],
  [/\beval\(|new Function\b/, "code made from text"],
  [/\bhttps?:\/\//, "an address: nothing comes from elsewhere"],
  [/setTimeout\([^)]*,\s*0\)/, "setTimeout(0): it sleeps 4 ms"],
  [/\bstyle="|style=\$\{/, "style attributes: the page's security policy forbids them"],
];

const DOM =
  /\b(document|window|HTMLElement|localStorage|requestAnimationFrame|matchMedia|navigator|location|history)\b\s*[.(]/;

const files = [
  ...FOLDERS.flatMap((folder) => filesIn(path.join(www, folder))),
  ...["mount.js", "app.js", "start.js"].map((name) => path.join(www, name)),
].map((file) => {
  const name = path.relative(www, file).split(path.sep).join("/");
  const text = readFileSync(file, "utf8");
  return {
    name,
    part: FOLDERS.find((folder) => name.startsWith(`${folder}/`)) ?? name,
    text,
    code: withoutComments(text),
  };
});

test("each part imports only what it may", () => {
  for (const { name, part, code } of files) {
    for (const [, target] of code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      const full = target.startsWith(".") ? path.posix.join(path.posix.dirname(name), target) : target;
      const isOwn = full.startsWith(`${part}/`);
      assert.ok(
        isOwn || MAY_IMPORT[part].some((prefix) => full === prefix || full.startsWith(prefix)),
        `${name} must not import ${target}`,
      );
    }
  }
});

test("names that have no place here", () => {
  for (const { name, code } of files) {
    for (const [pattern, why] of BANNED)
      assert.ok(!pattern.test(code), `${name}: ${why} (${code.match(pattern)?.[0]})`);
  }
});

test("core and worker know no page", () => {
  for (const { name, part, code } of files) {
    if (part === "core" || part === "worker") assert.ok(!DOM.test(code), `${name}: ${code.match(DOM)?.[0]}`);
  }
});

test("files stay readable: under 400 lines, checked types, an opening word on what they are", () => {
  for (const { name, text } of files) {
    assert.ok(text.split("\n").length <= 400, `${name} is too long`);
    assert.ok(text.startsWith("// @ts-check\n"), `${name} is not type-checked`);
    assert.match(text.split("\n").slice(1, 3).join("\n"), /^\/\*\*|^import/, `${name} does not say what it is`);
  }
});

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => statSync(file).isFile() && file.endsWith(".js"));
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
