// @ts-check
// One of a few, all in sight, is chosen by one component: what has radio buttons of its own is listed, with the reason.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";

const www = new URL("../../www/", import.meta.url);

/** @type {Record<string, string>} */
const OWN_RADIOS = {
  "ui/segments.js": "the component",
  "features/data/sourcePicker.js": "each is a picture of its data",
  "features/drawing/drawnOutput.js": "each is a brush, drawn as its mark",
  "features/share/shareDialog.js": "a list of layouts in a form, among checkboxes",
};

/** @param {string} folder @returns {string[]} */
const scriptsIn = (folder) =>
  fs
    .readdirSync(new URL(folder, www), { recursive: true })
    .map((name) => `${folder}${String(name).replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".js"));

test("radio buttons are those of ui/segments.js, but for those that have a reason", () => {
  const having = ["app/", "features/", "ui/"]
    .flatMap(scriptsIn)
    .filter((name) => /type="radio"|role="radiogroup"/.test(fs.readFileSync(new URL(name, www), "utf8")));
  assert.deepEqual(having.sort(), Object.keys(OWN_RADIOS).sort());
});

test("what looks like segments has their one style", () => {
  const written = ["app/", "features/", "styles/"].flatMap((folder) =>
    fs
      .readdirSync(new URL(folder, www), { recursive: true })
      .map((name) => `${folder}${String(name).replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".css") && name !== "styles/segments.css")
      .filter((name) => /\.segments\b/.test(fs.readFileSync(new URL(name, www), "utf8"))),
  );
  assert.deepEqual(written, ["styles/forced.css"]);
});
