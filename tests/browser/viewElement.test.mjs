// The element that all views are made of, by itself.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./support.mjs";

const www = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../www");
const { build } = createRequire(path.join(www, "package.json"))("esbuild");

let browser, page, errors;
before(async () => {
  const contents = `export * from "./ui/viewElement.js"; export * from "lit";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: www },
    bundle: true,
    format: "iife",
    globalName: "ty",
    write: false,
  });
  browser = await launch();
  page = await browser.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addScriptTag({ content: outputFiles[0].text });
});
after(() => browser.close());

/** Runs in the page, beside a class of views that tell what they do. */
async function inPage(act) {
  errors = [];
  return page.evaluate(async (text) => {
    const { ViewElement, html } = globalThis.ty;
    const View = () =>
      class extends ViewElement {
        static properties = { a: {}, b: {} };
        told = [];
        constructor() {
          super();
          this.a = 1;
        }
        willUpdate(changed) {
          this.told.push([...changed].map(([name, old]) => `${name} was ${old}`).join(", ") || "asked");
        }
        render() {
          return html`<b @click=${this.clicked}>${this.a} ${this.b}</b>`;
        }
        clicked() {
          this.told.push(`clicked ${this.a}`);
        }
        get text() {
          return this.textContent.trim();
        }
      };
    const define = (view) => {
      globalThis.count = (globalThis.count ?? 0) + 1;
      const name = `a-view${globalThis.count}`;
      customElements.define(name, view);
      return document.createElement(name);
    };
    return eval(`(${text})`)({ View, define });
  }, act.toString());
}

test("several changes are one drawing, once it is on the page; what stays the same is none", async () => {
  const seen = await inPage(async ({ View, define }) => {
    const view = define(View());
    await new Promise((resolve) => setTimeout(resolve));
    const before = view.text;
    document.body.append(view);
    await view.updateComplete;
    const first = view.text;
    view.a = 2;
    view.b = 3;
    view.a = 4;
    const early = view.text;
    const isDone = await view.updateComplete;
    view.a = 4;
    await view.updateComplete;
    view.requestUpdate();
    await view.updateComplete;
    return { before, first, early, isDone, last: view.text, told: view.told };
  });
  assert.deepEqual(seen, {
    before: "",
    first: "1",
    early: "1",
    isDone: true,
    last: "4 3",
    told: ["a was undefined", "a was 1, b was undefined", "asked"],
  });
});

test("what is set before drawing is drawn with it; what is set after, next", async () => {
  const seen = await inPage(async ({ View, define }) => {
    const parent = View();
    const view = define(
      class extends parent {
        firsts = 0;
        willUpdate(changed) {
          super.willUpdate(changed);
          this.b = `${this.a}!`;
        }
        firstUpdated() {
          this.firsts += 1;
        }
        updated() {
          if (this.a < 3) this.a += 1;
        }
      },
    );
    document.body.append(view);
    const done = [await view.updateComplete, await view.updateComplete, await view.updateComplete];
    return { done, text: view.text, firsts: view.firsts, told: view.told };
  });
  assert.deepEqual(seen.done, [false, false, true]);
  assert.equal(seen.text, "3 3!");
  assert.equal(seen.firsts, 1);
  assert.deepEqual(seen.told, ["a was undefined", "a was 1", "a was 2"]);
});

test("what was set before its class was there counts, and is followed like the rest", async () => {
  const seen = await inPage(async ({ View }) => {
    const early = document.createElement("early-view");
    early.a = 7;
    document.body.append(early);
    customElements.define("early-view", View());
    await early.updateComplete;
    const first = early.text;
    early.a = 8;
    await early.updateComplete;
    return [first, early.text, Object.hasOwn(early, "a")];
  });
  assert.deepEqual(seen, ["7", "8", false]);
});

test("a drawing that fails is told, and the next one is drawn", async () => {
  const seen = await inPage(async ({ View, define }) => {
    const parent = View();
    const view = define(
      class extends parent {
        render() {
          if (this.a === 1) throw new Error("cannot draw 1");
          return super.render();
        }
        shouldUpdate() {
          return this.a !== 5;
        }
      },
    );
    document.body.append(view);
    await new Promise((resolve) => setTimeout(resolve, 50)); // until it is told that nobody took the error
    const texts = [view.text];
    for (view.a = 2; view.a < 7; view.a += 1) {
      await view.updateComplete;
      texts.push(view.text);
    }
    return texts;
  });
  assert.deepEqual(seen, ["", "2", "3", "4", "4", "6"]);
  assert.deepEqual(errors, ["cannot draw 1"]);
});

test("listeners are its own methods; what goes with it comes and goes with it", async () => {
  const seen = await inPage(async ({ View, define }) => {
    const view = define(View());
    const companion = (name) => ({
      hostConnected: () => view.told.push(`${name} comes`),
      hostDisconnected: () => view.told.push(`${name} goes`),
    });
    view.addController(companion("early"));
    document.body.append(view);
    await view.updateComplete;
    view.addController(companion("late"));
    view.querySelector("b").click();
    view.remove();
    document.body.append(view);
    view.a = 2;
    view.performUpdate();
    const text = view.text;
    await view.updateComplete;
    return { text, told: view.told };
  });
  assert.equal(seen.text, "2");
  assert.deepEqual(seen.told, [
    "early comes",
    "a was undefined",
    "late comes",
    "clicked 1",
    "early goes",
    "late goes",
    "early comes",
    "late comes",
    "a was 1",
  ]);
});
