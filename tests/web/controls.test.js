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

/** @type {Record<string, string>} */
const OWN_CONTROLS = {
  "features/evaluation/question.js": "a day: the browser has a calendar for it",
  "features/time-travel/snapshots.js": "a handle on the chart's axis: the chart has its label and its value",
};

/** What ui/select.js, ui/slider.js and ui/numberField.js are for. A number is typed where a phone is told to show its keys. */
const CONTROL =
  /<select|type="?(range|number)\b|inputmode=|class="(number|slider|nudge|round)\b|class="field\b[^"]*">\s*<label/;

test("selects, sliders, number fields and small buttons are those of ui/, but for one that has a reason", () => {
  const having = ["app/", "features/", "session/"]
    .flatMap(scriptsIn)
    .filter((name) => CONTROL.test(fs.readFileSync(new URL(name, www), "utf8")));
  assert.deepEqual(having, Object.keys(OWN_CONTROLS));
});

test("the check finds each of the four as a feature would write it", () => {
  for (const written of [
    "<select id=${id}>",
    '<input type="range" min="0">',
    "<input type=range>",
    '<input type="number" step="any">',
    '<input type="text" inputmode="decimal">',
    "<input inputmode=${mode}>",
    '<span class="slider">',
    '<span class="number">',
    '<div class="field beside"> <label for=${id}>',
  ])
    assert.match(written, CONTROL, written);
  assert.doesNotMatch('<input type="text" class="fieldset"> <fieldset class="fields">', CONTROL);
});

test("the look of a control stands once: outside styles/ nobody draws its box anew", () => {
  const drawn = ["app/", "features/"].flatMap((folder) =>
    fs
      .readdirSync(new URL(folder, www), { recursive: true })
      .map((name) => `${folder}${String(name).replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".css"))
      .filter((name) =>
        [...fs.readFileSync(new URL(name, www), "utf8").matchAll(/([^{}]*)\{([^{}]*)\}/g)].some(
          ([, selector, body]) =>
            /\bselect\b|\.number\b|\[type="?(range|number)|\.slider\b(?!-)/.test(selector) &&
            /(^|[\s;])(border|border-radius|height|accent-color):/.test(body),
        ),
      ),
  );
  assert.deepEqual(drawn, ["features/data/styles/sheet.css"], "in the heads of the table there is a line for it");
});

test("buttons that are filled with the accent have one style: round.primary on the run bar, .main elsewhere", () => {
  const filled = ["app/", "features/", "styles/"].flatMap((folder) =>
    fs
      .readdirSync(new URL(folder, www), { recursive: true })
      .map((name) => `${folder}${String(name).replaceAll("\\", "/")}`)
      .filter((name) => name.endsWith(".css"))
      .flatMap((name) =>
        [...fs.readFileSync(new URL(name, www), "utf8").matchAll(/([^{}]*)\{([^{}]*)\}/g)]
          .filter(
            ([, , body]) => /background: var\(--accent\)/.test(body) && /[^-]color: var\(--on-accent\)/.test(body),
          )
          .map(([, selector]) => `${name} ${selector.split("*/").at(-1)?.trim().replace(/\s+/g, " ")}`),
      ),
  );
  assert.deepEqual(filled, [
    'app/later/result.css [data-reached="true"] .goal-state', // words, not a button
    'features/microscope/style.css .scope-stages button[aria-current="step"] > span', // a number in a circle
    "styles/buttons.css .main:is(:not(:disabled), :hover:not(:disabled))",
    "styles/runBar.css .round.primary",
  ]);
});
