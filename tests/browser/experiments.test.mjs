// Experiment files that were damaged on their way, through the page: each opens whole, or is refused with a sentence and
// leaves the run on the page as it is. TRAINYARD_FUZZ=10000 tries more by hand; FUZZ_SEED chooses others.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { SOURCES, openSource, playground } from "./losing.mjs";
import { assertNoProblems, button, state, until } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const TRIES = Number(process.env.TRAINYARD_FUZZ ?? 30);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** The text of the file that the page makes of its run. */
async function fileOf(page) {
  await playground(page, "playground.step('epoch')");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame?.epoch === 1);
  return page.evaluate(async () => {
    const menu = await document.querySelector("ty-menu-bar").menu();
    const made = new Promise((resolve) => {
      const createObjectURL = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        if (blob.type === "application/json") {
          URL.createObjectURL = createObjectURL;
          resolve(blob.text());
        }
        return createObjectURL(blob);
      };
    });
    await menu.download();
    return made;
  });
}

/** In the page: spoils a file in as many ways and opens each. Resolves to how often it was opened, and what was told else. */
const openSpoilt = (page, texts, tries, seed) =>
  page.evaluate(
    async ({ texts, tries, seed }) => {
      let now = seed;
      const below = (n) => ((now = (Math.imul(now, 1664525) + 1013904223) >>> 0), Math.floor((now / 2 ** 32) * n));
      const of = (list) => list[below(list.length)];
      const VALUES = [
        null,
        true,
        -1,
        0,
        0.5,
        3,
        1e9,
        2 ** 53,
        1e308,
        "",
        "no",
        "1",
        "\u0000",
        "NaN",
        [],
        [[]],
        {},
        "x".repeat(9e4),
      ];
      const VALUE = () => structuredClone(of(VALUES));
      const spoil = (text) => {
        if (below(10) === 0) return text.slice(0, below(text.length)) + of(["", "}", '"', "\ud800"]);
        const file = JSON.parse(text);
        for (let times = 1 + below(3); times > 0; times--) {
          let at = file;
          // One step deeper, most of the time.
          for (;;) {
            const keys = Object.keys(at);
            const key = keys.length ? of(keys) : "new";
            const value = at[key];
            if (typeof value === "object" && value !== null && below(4)) at = value;
            else {
              const choice = below(typeof value === "string" ? 6 : 4);
              if (choice === 0 && !Array.isArray(at)) delete at[key];
              else if (choice === 1) at[`${key}${of(["", "x", "__proto__"])}`] = VALUE();
              else if (choice < 4) at[key] = VALUE();
              else {
                const from = below(value.length);
                at[key] = value.slice(0, from) + of(["A", "=", ",", "\n", "\u202e"]) + value.slice(from + below(3));
              }
              break;
            }
          }
        }
        return JSON.stringify(file);
      };
      const menu = await document.querySelector("ty-menu-bar").menu();
      const { store } = menu.playground;
      const log = { opened: 0, told: {}, wrong: [], longest: 0 };
      let last = performance.now();
      const beat = setInterval(() => {
        const at = performance.now();
        if (at - last - 50 > log.longest) log.longest = at - last - 50;
        last = at;
      }, 50);
      for (let i = 0; i < tries; i++) {
        const text = spoil(of(texts));
        const { settings, description } = store.get();
        try {
          await menu.openFile(new Blob([text]));
          log.opened += 1;
          if (!["ready", "paused", "finished"].includes(store.get().run?.state))
            log.wrong.push(`${store.get().run?.state} ${store.get().run?.why}: ${text.slice(0, 300)}`);
        } catch (error) {
          const words = error.message;
          log.told[words.slice(0, 60)] = (log.told[words.slice(0, 60)] ?? 0) + 1;
          const now = store.get();
          if (now.settings !== settings || now.description !== description)
            log.wrong.push(`another run than before, in spite of “${words}”: ${text.slice(0, 300)}`);
          if (!/^[A-Z“"].{20,}[.?!]$/s.test(words)) log.wrong.push(`no sentence: “${words}”: ${text.slice(0, 300)}`);
        }
      }
      clearInterval(beat);
      return log;
    },
    { texts, tries, seed },
  );

test("a damaged experiment file opens whole, or is refused and leaves the run as it is", async (t) => {
  const { page, problems } = await site.open();
  const texts = [];
  for (const source of Object.values(SOURCES)) {
    await openSource(page, site, source);
    // As the first version had it too, without a checksum: the rest is then checked as well.
    const text = await fileOf(page);
    const { checksum: _, ...fields } = JSON.parse(text);
    texts.push(text, JSON.stringify({ ...fields, trainyard: 1 }));
  }
  await openSource(page, site, { hash: "#source=xor" });
  const log = { opened: 0, told: {}, wrong: [], longest: 0 };
  for (let i = 0; i < TRIES; i += 100) {
    const part = await openSpoilt(page, texts, Math.min(100, TRIES - i), SEED + i);
    log.opened += part.opened;
    log.wrong.push(...part.wrong);
    log.longest = Math.max(log.longest, part.longest);
    for (const [words, count] of Object.entries(part.told)) log.told[words] = (log.told[words] ?? 0) + count;
    assert.deepEqual(log.wrong.slice(0, 8), []);
  }
  const refused = Object.values(log.told).reduce((sum, count) => sum + count, 0);
  t.diagnostic(`${log.opened} opened, ${refused} refused; longest task ${Math.round(log.longest)} ms`);
  if (process.env.TRAINYARD_FUZZ) t.diagnostic(JSON.stringify(log.told, null, 1));
  assert.equal(log.opened + refused, TRIES);
  assert.ok(log.opened > 0 && refused > TRIES / 4, `${log.opened} opened, ${refused} refused`);
  await button(page, "Play").click();
  await until(page, "training");
  assert.ok((await state(page)).run);
  await page.close();
  assertNoProblems(problems);
});

const golden = (name) => fs.readFileSync(new URL(`../golden/experiments/${name}.json`, import.meta.url), "utf8");

/** Opens files one after the other. Resolves to what was said of each; null of one that opened. */
const openAll = async (page, files) => {
  await page.locator("ty-menu-bar").waitFor({ state: "attached" });
  return page.evaluate(async (files) => {
    const menu = await document.querySelector("ty-menu-bar").menu();
    const said = [];
    for (const content of files) {
      const part = typeof content === "string" ? content : new Uint8Array(content);
      said.push(
        await menu.openFile(new Blob([part])).then(
          () => null,
          ({ message }) => message,
        ),
      );
    }
    return said;
  }, files);
};

test("files of both versions open with their rows, weights, curve and looks", async () => {
  const { page, problems } = await site.open();
  const shown = [];
  for (const version of ["v1", "v2"])
    for (const name of ["spiral", "table", "digits"]) {
      assert.deepEqual(await openAll(page, [golden(`${version}-${name}`)]), [null], `${version}-${name}`);
      // The frame that shows it comes after it stands.
      const of = () => {
        const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
        return run.epoch > 0 && frame?.curve.epoch.at(-1) === run.epoch;
      };
      await page.waitForFunction(of);
      shown.push(
        await page.evaluate(() => {
          const { run, settings, frame, lock } = document.querySelector("ty-run-bar").playground.store.get();
          return [settings.source, run.state, run.epoch, [...frame.curve.epoch], lock?.looks ?? 0];
        }),
      );
    }
  assert.deepEqual(shown.slice(0, 3), shown.slice(3));
  assert.deepEqual(shown.slice(0, 3), [
    ["spiral", "paused", 3, [0, 1, 2, 3], 0],
    ["table", "paused", 5, [0, 1, 2, 3, 4, 5], 2],
    ["digits", "paused", 1, [0, 1], 0],
  ]);
  await page.close();
  assertNoProblems(problems);
});

test("foreign, cut and later files are called by their names, and the run stays as it is", async () => {
  const { page, problems } = await site.open("#source=xor");
  await playground(page, "playground.step('epoch')");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame?.epoch === 1);
  const before = await state(page);
  const whole = golden("v2-spiral");
  const said = await openAll(page, [
    [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    "species,island\nAdelie,Biscoe\n",
    '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "<!doctype html><title>Sign in</title>",
    whole.slice(0, 900),
    whole.replace('"seed": 7', '"seed": 8'),
    whole.replace('"trainyard": 2', '"trainyard": 3'),
  ]);
  const why = [/picture/, /table/, /notebook/, /web page/, /cut short/, /damaged or changed/, /format version 3/];
  said.forEach((sentence, i) => assert.match(sentence ?? "opened", why[i]));
  const { settings, run, step } = await state(page);
  assert.deepEqual([settings, run.state, step], [before.settings, "paused", before.step]);
  await page.close();
  assertNoProblems(problems);
});
