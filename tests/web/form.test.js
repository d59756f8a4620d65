// What the form takes, the core takes too: every choice and both ends of every number, with the real core.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { SETTINGS, applies } from "../../www/settings/config.js";
import { ABOUT } from "../../www/settings/about.js";
import { DRAWN, SOURCES } from "../../www/settings/sources.js";
import { TABLE_SETTINGS } from "../../www/settings/tableSettings.js";
import { defaultsFor, parseFor, specFrom } from "../../www/settings/spec.js";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

/** Settings in which at least one of them lets each row mean something. */
const CONTEXTS = [
  {},
  { momentum: 0.5, init: "uniform", clip: "norm", goal: "trainingLoss", l1: 0.1 },
  { goal: "testAccuracy" },
  { loss: "mse" },
  ...["adagrad", "rmsprop", "adam", "adamw"].map((optimizer) => ({ optimizer })),
  ...["step", "exponential", "cosine", "linear-warm-up", "reduce-on-plateau"].map((schedule) => ({ schedule })),
];

/** More than these would only take time; their ends are the core's own business. */
const SLOW = ["samples", "batchSize"];

/** What only a table has is tried on tables (tables.test.js), and points on a drawing (board.test.js). */
const OF_TABLES = new Set(["points", ...TABLE_SETTINGS.map(({ key }) => key)]);

for (const source of ["circle", "line"]) {
  for (const row of SETTINGS.filter(
    ({ path, key }) =>
      (path !== null && !OF_TABLES.has(key)) ||
      key.startsWith("goal") ||
      ["clipLimit", "initRange", "activation"].includes(key),
  )) {
    test(`${source}: the core takes every ${row.key} that the form takes`, async () => {
      const context = CONTEXTS.find((changes) => applies(row, { ...defaultsFor(source), ...changes }));
      if (!context) return assert.equal(source, "line", "it is for classes only");
      const texts =
        row.type === "number" && !SLOW.includes(row.key)
          ? [row.min, row.max]
          : (row.choices ?? []).map(({ value }) => value);
      for (const text of [...texts.map(String), ...(row.none ? [row.none] : [])]) {
        const { value, problem } = parseFor(source, row.key, text);
        if (row.key === "source" || problem !== null) continue; // another source's own
        const trainer = await Trainer.create(specFrom({ ...defaultsFor(source), ...context, [row.key]: value }));
        trainer.advance(2, 0);
        assert.ok(trainer.learningRates(3).every(Number.isFinite), `${row.key}=${text}`);
        trainer.free();
      }
    });
  }
}

test("of every source something is said: of the first at once, of the others with the help", () => {
  const sources = [...SOURCES, DRAWN];
  assert.deepEqual(
    Object.keys(ABOUT).sort(),
    sources
      .slice(1)
      .map(({ name }) => name)
      .sort(),
  );
  assert.ok(sources[0].about);
  for (const text of Object.values(ABOUT)) assert.ok(text.length > 20, text);
});
