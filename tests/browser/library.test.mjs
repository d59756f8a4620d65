// The wasm package in somebody's own page, without our front-end: the README's example, as the README says to change it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { launch } from "./support.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A host page with nothing but the example, under a strict policy of its own. */
const HOST = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Host</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:">
<script type="module" src="/example.js"></script>`;

let server, browser;
before(async () => {
  const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
  const [, code] = readme.match(/```js\n(\/\/ node[^\n]*\n[\s\S]*?)```/) ?? [];
  assert.ok(code.includes("// in a page: await init()"));
  const inPage = code
    .replace(/^import \{ readFileSync \}.*\n/m, "")
    .replace("import { Trainer, initSync }", "import init, { Trainer }")
    .replace(/^initSync\(.*$/m, "await init();")
    .replace("console.log(", "document.body.append(");
  assert.doesNotMatch(inPage, /readFileSync|initSync|console/);
  const files = { "/": ["text/html", HOST], "/example.js": ["text/javascript", inPage] };
  server = await serve(root, {
    before(request, response) {
      const file = files[request.url];
      if (file) response.writeHead(200, { "content-type": file[0] }).end(file[1]);
      return Boolean(file);
    },
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("the README's example runs in a page without our front-end, and prints what it says", async () => {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(server.url);
  await page.waitForFunction(() => document.body.textContent.trim() !== "");
  const [, promised] = fs.readFileSync(path.join(root, "README.md"), "utf8").match(/prints `([^`]+)`/) ?? [];
  assert.equal((await page.locator("body").textContent()).trim(), promised);
  assert.deepEqual(problems, []);
});
