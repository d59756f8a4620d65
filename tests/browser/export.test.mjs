// The Export step: its groups, what the palette finds of them, and what each hands over.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { WAYS } from "../../www/session/ways.js";
import { assertNoProblems, findings, ready } from "./playground.mjs";
import { openSite, watch } from "./support.mjs";

let site;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trainyard-export-"));
before(async () => (site = await openSite()));
after(async () => {
  fs.rmSync(folder, { recursive: true });
  await site?.close();
});

test("each group has its name, what it holds, and a way to do it; nothing is wider than a small screen", async () => {
  const { page, problems } = await site.open("#source=iris&view=export", { viewport: { width: 320, height: 700 } });
  await ready(page);
  await page
    .locator("ty-export section")
    .nth(WAYS.length - 1)
    .waitFor();
  const found = await page.locator("ty-export section").evaluateAll((all) =>
    all.map((one) => ({
      id: one.dataset.way,
      name: one.querySelector("h4").textContent,
      says: one.querySelector(".note").textContent.length,
      buttons: one.querySelectorAll("button").length,
    })),
  );
  assert.deepEqual(
    found.map(({ id, name }) => ({ id, name })),
    WAYS.map(({ id, name }) => ({ id, name })),
  );
  for (const { id, says, buttons } of found) assert.ok(says > 20 && buttons > 0, id);
  const room = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(room <= 320, `${room} px`);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("the palette leads to each group, whose first button has the focus", async () => {
  const { page, problems } = await site.open("#source=iris");
  await ready(page);
  await page.evaluate(async () => void (await document.querySelector("ty-menu-bar").menu()));
  for (const { id, name } of WAYS) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill(`export: ${name}`);
    await page.getByRole("option", { name: `Export: ${name}` }).click();
    await page.waitForFunction((way) => document.activeElement?.closest("[data-way]")?.dataset.way === way, id);
  }
  await page.close();
  assertNoProblems(problems);
});

/** Until the agreed end, in any language. */
async function trained(page) {
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.play());
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().run?.state === "finished",
  );
}

/** Opens what was handed over without a server and without a network, and says what is wrong with it. */
async function openedOffline(file, options = {}) {
  const context = await site.browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const problems = watch(page, "file://");
  await page.goto(`file://${file}`);
  return { page, asked, problems };
}

for (const [hash, language, heads] of [
  [
    "#source=penguins&epochs=12&view=export",
    "en",
    ["Data", "Data card", "Model", "Model card", "Result", "Reproducibility receipt"],
  ],
  ["#source=spiral&epochs=12&view=export&lang=de", "de", ["Daten", "Datenkarte", "Modellkarte", "Ergebnis"]],
])
  test(`a report in ${language} opens offline, asks for nothing, and is one that all can read`, async () => {
    const { page, problems } = await site.open(hash, { acceptDownloads: true });
    await ready(page);
    await trained(page);
    const isLocked = await page.evaluate(() => {
      const { lock } = document.querySelector("ty-run-bar").playground.store.get();
      return Boolean(lock && !lock.isOpen);
    });
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.locator('[data-way="report"] [data-action="page"]').click(),
    ]);
    await page.locator('[data-way="report"] .export-said').getByText(saved.suggestedFilename()).waitFor();
    const file = path.join(folder, `${language}.html`);
    await saved.saveAs(file);
    for (const colorScheme of ["light", "dark"]) {
      const report = await openedOffline(file, { colorScheme, viewport: { width: 390, height: 844 } });
      const { page: paper } = report;
      assert.equal(await paper.locator("html").getAttribute("lang"), language);
      const names = await paper.locator("h2").allTextContents();
      for (const name of heads) assert.ok(names.includes(name), `${name}: ${names}`);
      assert.equal(await paper.locator("figure svg[role=img]").count(), 1);
      assert.equal(await paper.locator("figure path.test").count(), isLocked ? 0 : 2); // in the picture, and in its key
      const wide = await paper.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 390, `${wide} px`);
      assert.deepEqual(await findings(paper), []);
      assert.deepEqual(report.asked, [`file://${file}`]);
      assertNoProblems(report.problems);
      await paper.context().close();
    }
    await page.close();
    assertNoProblems(problems);
  });

test("weights and the ONNX model are downloads, of the run as it stands, of tables as of pictures", async () => {
  for (const hash of ["#source=penguins&epochs=3&view=export", "#source=digits&epochs=1&view=export"]) {
    const { page, problems } = await site.open(hash, { acceptDownloads: true });
    await ready(page);
    await trained(page);
    for (const [way, action, ending] of [
      ["weights", "weights", ".safetensors"],
      ["weights", "optimizer", ".optimizer.safetensors"],
      ["onnx", "onnx", ".onnx"],
    ]) {
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(`[data-way=${way}] [data-action=${action}]`).click(),
      ]);
      const name = saved.suggestedFilename();
      assert.ok(name.endsWith(ending), name);
      await page.locator(`[data-way=${way}] .export-said`).getByText(name).waitFor();
      const bytes = fs.readFileSync(await saved.path());
      if (way === "onnx") {
        const text = bytes.toString("latin1");
        assert.ok(["Trainyard", "layers.0.weight", "probabilities"].every((one) => text.includes(one)));
        continue;
      }
      const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())));
      assert.ok(Number(header.__metadata__.step) > 0);
      const own = Object.keys(header).filter((one) => one !== "__metadata__");
      assert.ok(own.includes(action === "weights" ? "layers.0.weight" : "step"), own.join());
    }
    await page.close();
    assertNoProblems(problems);
  }
});
