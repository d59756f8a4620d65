// A reader whose browser has a default font twice as large: nothing stands off the screen.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";
import { button, ready, untilEpoch } from "./playground.mjs";
import { dist, findChromium, flags, screenshot } from "./support.mjs";

test("with a default font of 32 px at 1280 px nothing is off the screen, and it trains", async () => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "fonts-"));
  fs.mkdirSync(path.join(profile, "Default"));
  fs.writeFileSync(
    path.join(profile, "Default/Preferences"),
    JSON.stringify({ webkit: { webprefs: { default_font_size: 32 } } }),
  );
  const server = await serve(dist);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: flags,
    viewport: { width: 1280, height: 720 },
    serviceWorkers: "block",
  });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await ready(page);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
    await button(page, "Play").click();
    await untilEpoch(page, 3);
    const { width, off } = await page.evaluate(() => {
      const isShown = (element) =>
        element.checkVisibility?.({ visibilityProperty: true }) && element.getClientRects().length > 0;
      const scrolls = (element) =>
        element &&
        (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
      const parts = [...document.querySelectorAll("button, input, select, output, summary, h1, h2")].filter(
        (element) => isShown(element) && !scrolls(element.parentElement),
      );
      const out = parts.filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      });
      return {
        width: document.documentElement.scrollWidth,
        off: out.map(
          (element) =>
            `${element.localName} ${element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30)}`,
        ),
      };
    });
    assert.ok(width <= 1280, `the page is ${width} px wide`);
    assert.deepEqual(off, []);
    await screenshot(page, "fonts-1280");
  } finally {
    await context.close();
    await server.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
});
