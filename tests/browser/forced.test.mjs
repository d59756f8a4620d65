// With the reader's own colors (forced colors): what is chosen is told apart, and marks whose color means a value keep it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, openAllParts, ready, untilEpoch } from "./playground.mjs";
import { openSite, screenshot, webgpuFlag } from "./support.mjs";

let site;
before(async () => (site = await openSite({ args: [webgpuFlag] })));
after(() => site?.close());

/** What an element looks like by itself. */
const lookOf = (locator) =>
  locator.evaluate((element) => {
    const { outlineStyle, outlineColor, borderColor, backgroundColor } = getComputedStyle(element);
    return [outlineStyle === "none" ? "none" : outlineColor, borderColor, backgroundColor].join();
  });

for (const colorScheme of ["light", "dark"]) {
  test(`forced colors, ${colorScheme}: what is chosen stands out, colors that mean a value stay, axe finds nothing`, async () => {
    const { page, problems } = await site.open("#source=plane", { colorScheme, forcedColors: "active" });
    await ready(page);
    await button(page, "Play").click();
    await untilEpoch(page, 2);
    await page.waitForFunction(() =>
      [...document.styleSheets].some((sheet) => sheet.href?.endsWith("later.css") && sheet.cssRules.length > 0),
    );
    const sources = page.locator(".source");
    const [chosen, other] = [sources.filter({ has: page.locator("input:checked") }), sources.nth(3)];
    assert.equal(await chosen.count(), 1);
    assert.notEqual(await lookOf(chosen), await lookOf(other), "the chosen source");
    const links = page.locator("ty-network-tools .segments span");
    assert.notEqual(await lookOf(links.nth(0)), await lookOf(links.nth(1)), "weights or gradients");
    assert.match(
      await page.locator(".ramp").evaluate((ramp) => getComputedStyle(ramp).backgroundImage),
      /^linear-gradient/,
    );
    assert.deepEqual(await findings(page), []);
    await openAllParts(page);
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
    assert.deepEqual(await findings(page), []);
    await screenshot(page, `forced-${colorScheme}`);
    await page.close();
    assertNoProblems(problems);
  });
}
