// The catalogue of texts: what the page says is in it, what is in it the page says, and every language has all of it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { LANGUAGES, catalogueOf, cut } from "../../www/strings/catalogue.mjs";
import { LANGUAGES as CHOICES } from "../../www/settings/config.js";
import { isProse, proseIn } from "./prose.js";
import { NOT_SAID } from "./voice.js";

const www = fileURLToPath(new URL("../../www/", import.meta.url));

/** Sources of the page, by their paths in www/. */
const sources = fs
  .readdirSync(www, { recursive: true })
  .map((name) => String(name).replaceAll(path.sep, "/"))
  .filter((name) => name.endsWith(".js") && !/^(node_modules|pkg)|^guard\.js$/.test(name))
  .map((name) => ({ name, code: fs.readFileSync(path.join(www, name), "utf8") }));

const [en, ...others] = LANGUAGES.map((language) => ({ language, texts: catalogueOf(language) }));

const placeholders = (/** @type {string} */ text) => [...new Set(cut(text).filter((_, i) => i % 2))].sort();
const formsOf = (/** @type {string | Record<string, string>} */ text) =>
  typeof text === "string" ? [text] : Object.values(text);

test("every key that is used exists, and every key is used", () => {
  const used = new Map();
  for (const { name, code } of sources)
    for (const [, key] of code.matchAll(/\b(?:t|parts)\(\s*"([\w.]+)"/g)) used.set(key, name);
  // What is asked for by the area: said.test.js holds it against the core.
  for (const { name, code } of sources)
    for (const [, area] of code.matchAll(/\barea\("(\w+)"\)/g))
      for (const key of Object.keys(en.texts).filter((key) => key.startsWith(`${area}.`))) used.set(key, name);
  assert.ok(used.size > 1000, `${used.size} keys`);
  assert.deepEqual(
    [...used].filter(([key]) => !Object.hasOwn(en.texts, key)),
    [],
  );
  assert.deepEqual(
    Object.keys(en.texts).filter((key) => !used.has(key)),
    [],
  );
});

test("the languages that can be chosen are those that there are texts for", () => {
  assert.deepEqual(
    CHOICES.map(({ value }) => value),
    LANGUAGES,
  );
});

for (const { language, texts } of others)
  test(`${language} has the keys of ${en.language}, each with its placeholders, and the plural forms that it needs`, () => {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(en.texts).sort());
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    for (const [key, text] of Object.entries(texts)) {
      const own = en.texts[key];
      assert.equal(typeof text, typeof own, key);
      if (typeof text !== "string") assert.deepEqual(Object.keys(text).sort(), categories, key);
      const allowed = [...new Set(formsOf(own).flatMap(placeholders))].sort();
      if (typeof text === "string") assert.deepEqual(placeholders(text), allowed, key);
      else
        for (const form of formsOf(text))
          assert.ok(
            placeholders(form).every((name) => allowed.includes(name)),
            key,
          );
    }
  });

/** What stands in the sources all the same, and why. */
const ALLOWED = [
  [
    "features/data/worker/formats/signatures.js",
    /^(MATLAB |SQLite format|version http|HEADER RECORD|Rar!|Obj|s:\/\/git)/,
    "how files begin",
  ],
  ["features/data/worker/formats/recognize.js", /^(LaTeX|JavaScript|TOML \/ INI)$/, "names of languages"],
  ["features/data/worker/formats/unicode.js", /^Çüéâ/, "the letters of a code page"],
  ["data/sets.js", /^(age \(years\)|blood pressure|skin fold|miles per gallon|ozone \(ppb\))/, "columns of files"],
  ["data/sets.js", /^[A-Z]\. ([A-Z]\. )?\w+(,| and others)|^[A-Z]\. ([A-Z]\. )?\w+:/, "references"],
  ["data/imageSets.js", /^[A-Z]\. ([A-Z]\. )?\w+, .*(\((npm|Debian)\)|scikit-learn \S+)\.$/, "references"],
  ["app/later/update.js", /^take over$/, "a message to the service worker"],
  ["base/loadPart.js", /^no script$/, "nobody is shown it"],
  ["base/text.js", /has no “/, "for who writes the page"],
  ["bench/words.js", /^(Edge|Opera|Safari|core \{\})$|GPU: \{\}$/, "names"],
  ["app/dropping.js", /^Files$/, "what a drag is called that has some"],
  ["app/begin.js", /^round primary$/, "classes"],
  ["app/worker.js", /^self\.trainyardTold=/, "code"],
  ["element/engine.js", /^import \{\}$/, "code"],
  ["element/package/index.js", /^<train-yard> was not found at/, "for who writes the page"],
  ["element/frame.js", /^clipboard-write; /, "what a frame may do"],
  [
    "app/sw.js",
    /^trainyard \{\} $|^\{\} is not that of this build$/,
    "names of caches; nobody is shown an error of the service worker",
  ],
  ["ui/keyboard.js", /^preset \{\}$/, "an action"],
  ["features/menu/commands.js", /^preset \{\}$/, "an action"],
  ["features/menu/examplesDialog.js", /^preset \{\}$/, "an action"],
  ["features/share/shareDialog.js", /^playground\.tensorflow/, "an address"],
  ["app/later.js", /^about \{\}$/, "an action"],
  ["features/share/builder.js", /^<iframe/, "markup"],
  ["features/share/snippet.js", /^ *<(iframe|script|train-yard|a href)/, "markup"],
  ["features/export/predictor/javascript.js", /./, "code"],
  ["features/export/predictor/python.js", /./, "code"],
  ["features/export/ways/predictor.js", /^(Python|JavaScript)$/, "names of languages"],
  ["features/export/newRows/part.js", /^Files$/, "what a drag is called that has some"],
  ["features/report/page.js", /^<|^default-src /, "markup"],
  ["features/report/curve.js", /^</, "markup"],
  ["features/report/sheet.js", /^\n:root\{/, "a style"],
  ["features/runs/runsPanel.js", /^run-key/, "names of classes"],
  ["features/thumbnails/part.js", /^thumb-bar class-/, "names of classes"],
  ["features/verdict/model.js", /^can't tell$/, "an answer of the core"],
  ["app/foldOf.js", /^panel fold-panel$/, "names of classes"],
  ["features/export/program/python/", /./, "programs, which are in English as code is"],
];

test("no prose stands outside the catalogue", () => {
  const found = sources.flatMap(({ name, code }) =>
    proseIn(code)
      .filter(
        ({ text }) =>
          !ALLOWED.some(
            ([file, pattern]) => (file.endsWith("/") ? name.startsWith(file) : file === name) && pattern.test(text),
          ),
      )
      .map(({ text }) => `${name}: ${text}`),
  );
  assert.deepEqual(found, []);
});

test("prose is told from names", () => {
  for (const text of ["Training loss", "of the rows", "Play", " – no end", "Layer 3", "≥ 2 rows"])
    assert.ok(isProse(text), text);
  for (const text of ["ty-panel", "(min-width: 30em)", "Escape", "M3 4h2", "#a .b", "text/plain", "12", "× 2", "ms"])
    assert.ok(!isProse(text), text);
  const texts = (/** @type {string} */ code) => proseIn(code).map(({ text }) => text);
  assert.deepEqual(texts("html`<p title='Two words' class='a b'>One <b>two</b> ${n} rows</p>`"), [
    "Two words",
    "One",
    "two",
    "rows",
  ]);
  assert.deepEqual(texts("const a = x ? `It went ${up ? 'up' : 'down'}` : t('a.b')"), ["It went {}", "up", "down"]);
  assert.deepEqual(texts("html`<p aria-label=${open ? 'Close' : 'Open'} class=${a ? 'is open' : ''}>${one}</p>`"), [
    "Close",
    "Open",
  ]);
  assert.deepEqual(texts("if (key === 'Enter me') root.querySelector('p span').append('And this')"), ["And this"]);
});
/** What is to be typed elsewhere, letter by letter. The core, which speaks to programs too, has straight quotes. */
const isCode = (/** @type {string} */ text) => /\.csv"|\[\{"|SELECT \*/.test(text);

test("the English is that of the voice guide", () => {
  const wrong = Object.entries(en.texts).flatMap(([key, text]) =>
    formsOf(text).flatMap((form) =>
      NOT_SAID.filter(([, instead]) => !(key.startsWith("core.") && instead === "curly quotes"))
        .filter(([pattern]) => pattern.test(isCode(form) ? "" : form.replace(/\{\w+\}/g, "{}")))
        .map(([, instead]) => `${key}: ${form} (${instead})`),
    ),
  );
  assert.deepEqual(wrong, []);
});
