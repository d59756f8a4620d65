// The recipes of the element's README: each snippet is taken out of the text and run as the place it is for runs it.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fileOf, folderOf, get } from "../bundlers/packages.mjs";
import { buildByVite, pack, project } from "../bundlers/projects.mjs";
import { serve } from "../serve.mjs";
import { untilSo } from "./playground.mjs";
import { dist, launch } from "./support.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = fs.readFileSync(path.join(root, "www/element/package/README.md"), "utf8");

let site, folder, tarball, browser;
before(async () => {
  site = await serve(dist, {
    // Files for pages of anybody's.
    before(_, response) {
      response.setHeader("access-control-allow-origin", "*");
      return false;
    },
  });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "recipes-"));
  tarball = pack(folder);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The code below a heading, with our address in place of the one that stands for it; of several the one of that number. */
function snippet(heading, number = 0) {
  const [, part] = readme.split(new RegExp(`^### ${heading}$`, "m"));
  assert.ok(part, `the README has no “${heading}”`);
  const blocks = [...part.split(/^##+ /m)[0].matchAll(/^(`{3,})\w+\n([\s\S]*?)^\1$/gm)];
  return blocks[number][2].replaceAll("https://example.org/trainyard/", site.url);
}

const page = (body, head = "") =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
const SCRIPT = () => `<script type="module" src="${site.url}element.js"></script>`;

/** A host's page from an origin of its own. */
async function hosted(files, check) {
  const host = typeof files === "string" ? files : fs.mkdtempSync(path.join(folder, "host-"));
  if (typeof files !== "string")
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(host, name), text);
  const server = await serve(host);
  const here = await browser.newPage();
  await here.addInitScript(() =>
    addEventListener("trainyard-error", ({ detail }) => (globalThis.refused = detail.message)),
  );
  const problems = [];
  here.on("pageerror", (error) => problems.push(String(error)));
  here.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await here.goto(server.url);
  await check(here);
  assert.deepEqual(problems, []);
  await here.close();
  await server.close();
}

/** Play is pressed as a reader presses it, and the network learns to the end. */
async function learns(where) {
  const yard = where.locator("train-yard").first();
  await yard.scrollIntoViewIfNeeded();
  await yard.getByRole("button", { name: "Play" }).click();
  await untilSo("it has learned to the end", () => yard.evaluate(({ state }) => state?.status === "finished"));
  assert.deepEqual(await yard.evaluate(({ state }) => [globalThis.refused, state.epoch]), [undefined, 60]);
}

test("plain HTML", () => hosted({ "index.html": page(snippet("HTML")) }, learns));

test("Markdown that allows HTML", async () => {
  const { micromark } = await get("micromark");
  const html = micromark(snippet("Markdown"), { allowDangerousHtml: true });
  assert.match(html, /<p>Now press <strong>Play<\/strong>/);
  await hosted({ "index.html": page(html) }, learns);
});

test("MDX", async () => {
  const [{ evaluate }, runtime, { renderToStaticMarkup }] = await Promise.all([
    get("@mdx-js/mdx"),
    get("react/jsx-runtime"),
    get("react-dom/server"),
  ]);
  const { default: Content } = await evaluate(snippet("MDX"), runtime);
  const html = renderToStaticMarkup(runtime.jsx(Content, {}));
  await hosted({ "index.html": page(html, SCRIPT()) }, learns);
});

/** Built by a bundler with the packages of that name, as somebody's own project is. */
async function built(main, packages, name = "main.js") {
  const own = project(tarball, {
    [name]: main,
    "index.html": page(`<div id="app"></div><script type="module" src="./${name}"></script>`),
  });
  for (const name of packages) fs.symlinkSync(folderOf(name), path.join(own, "node_modules", name));
  return buildByVite(own);
}

test("React", async () => {
  const [, use] = /`(<Yard [^`]+)`/.exec(readme);
  const main = `${snippet("React")}
import { createRoot } from "react-dom/client";
const told = (epoch) => (document.body.dataset.epoch = epoch);
createRoot(document.getElementById("app")).render(${use.replace("<Yard", "<Yard onEpoch={told}")});`;
  const own = await built(main, ["react", "react-dom", "scheduler"], "main.jsx");
  await hosted(own, async (here) => {
    await learns(here);
    await here.waitForFunction(() => document.body.dataset.epoch === "60");
  });
});

test("Vue", async () => {
  await hosted(await built(snippet("Vue"), ["vue", "@vue"]), async (here) => {
    const told = here.waitForEvent("console", (message) => message.text() === "60");
    await learns(here);
    await told;
  });
});

test("Jupyter: a frame, and HTML in a notebook that is trusted", async () => {
  const [, address, width, height] = /IFrame\("([^"]+)", width="([^"]+)", height=(\d+)\)/.exec(snippet("Jupyter"));
  await hosted(
    {
      "index.html": page(
        `<iframe src="${address.replaceAll("&", "&amp;")}" width="${width}" height="${height}"></iframe>`,
      ),
    },
    (here) => learns(here.frameLocator("iframe")),
  );
  const [, html] = /HTML\("""([\s\S]*?)"""\)/.exec(snippet("Jupyter", 1));
  // As a notebook puts it in: markup first, then its scripts anew.
  const put = `const output = document.createElement("div");
    output.innerHTML = ${JSON.stringify(html)};
    document.body.append(output);
    for (const old of output.querySelectorAll("script")) {
      const script = document.createElement("script");
      for (const { name, value } of old.attributes) script.setAttribute(name, value);
      old.replaceWith(script);
    }`;
  await hosted({ "index.html": page('<script src="./put.js"></script>'), "put.js": put }, learns);
});

test("Quarto", async () => {
  const [, html] = /^```\{=html\}\n([\s\S]*?)^```$/m.exec(snippet("Quarto"));
  await hosted({ "index.html": page(html) }, learns);
});

test("Observable", async () => {
  const [, body] = /^trainyard = (\{[\s\S]*\})$/m.exec(snippet("Observable").trim());
  await hosted(
    {
      "index.html": page('<script type="module" src="./main.js"></script>'),
      "main.js": `import { html } from "./htl.js";\ndocument.body.append(await (async () => ${body})());`,
      "htl.js": fileOf("htl/dist/index.js"),
    },
    learns,
  );
});

test("reveal.js: a slide's network begins when the slide is shown", async () => {
  const files = Object.fromEntries(
    ["reset.css", "reveal.css", "reveal.mjs"].map((name) => [name, fileOf(`reveal.js/dist/${name}`)]),
  );
  files["start.js"] =
    `import Reveal from "./reveal.mjs"; new Reveal(document.querySelector(".reveal"), { embedded: false }).initialize();`;
  const slides = `<div class="reveal"><div class="slides"><section><h1>First</h1></section>${snippet("reveal.js")}</div></div><script type="module" src="./start.js"></script>`;
  const head = `<link rel="stylesheet" href="reset.css"><link rel="stylesheet" href="reveal.css"><style>.reveal { position: absolute; inset: 0 }</style>${SCRIPT()}`;
  await hosted({ "index.html": page(slides, head), ...files }, async (here) => {
    await here.waitForFunction(() => document.querySelector("train-yard").state?.status === "waiting");
    await here.keyboard.press("ArrowRight");
    await learns(here);
  });
});

test("Moodle, and wherever scripts are not allowed: a frame", () =>
  hosted({ "index.html": page(snippet("Moodle, and wherever scripts are not allowed")) }, (here) =>
    learns(here.frameLocator("iframe")),
  ));
