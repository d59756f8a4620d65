// Readers whose browsers have larger default fonts, on screens of all widths and in each language: no value is cut, nothing
// stands off the screen, and it trains.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";
import { faults } from "./faults.mjs";
import { assertNoProblems, ready, untilEpoch } from "./playground.mjs";
import { dist, findChromium, flags, screenshot, watch } from "./support.mjs";

const SIZES = [16, 24, 32];
const LANGUAGES = ["en", "de"];
const WIDTHS = [320, 360, 390, 600, 820, 1024, 1280, 1440];
const HASH = "#learningRate=0.000123&epochs=100000&samples=1000&batchSize=200&layers=8,8";

/** A browser with that default font. */
async function withFont(size, language, use) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "fonts-"));
  fs.mkdirSync(path.join(profile, "Default"));
  fs.writeFileSync(
    path.join(profile, "Default/Preferences"),
    JSON.stringify({ webkit: { webprefs: { default_font_size: size } } }),
  );
  const server = await serve(dist);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: flags,
    locale: language,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
  });
  try {
    await use(context, server.url);
  } finally {
    await context.close();
    await server.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

for (const language of LANGUAGES) {
  for (const size of SIZES) {
    test(`with a default font of ${size} px, in ${language}, no value is cut and nothing is off the screen, at any width`, async () => {
      await withFont(size, language, async (context, url) => {
        const page = await context.newPage();
        const problems = watch(page, new URL(url).origin);
        await page.goto(url + HASH);
        await ready(page);
        assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), `${size}px`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        await page.locator("ty-run-bar .round.primary").click();
        await untilEpoch(page, 3);
        const found = {};
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          await page.evaluate(
            () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
          );
          const { wide, cut, off } = await page.evaluate(faults);
          if (wide.length + cut.length + off.length) found[width] = { wide, cut, off };
        }
        await screenshot(page, `fonts-${size}-${language}`);
        assert.deepEqual(found, {});
        assertNoProblems(problems);
      });
    });
  }
}
