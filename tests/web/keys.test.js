// What keys, looks, explanations and views that take turns do, without a document.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { createLook } from "../../www/features/menu/appearance.js";
import { defineAll } from "../../www/ui/defineAll.js";
import { listenToKeys } from "../../www/ui/keyboard.js";
import { allTurnsDone, turn } from "../../www/ui/turns.js";

after(() => setImmediate(() => process.exit())); // turns listen for ever

test("a key does its action once, whatever it is; a dialog has the keyboard to itself, and nothing comes after the end", () => {
  const root = /** @type {any} */ (new EventTarget());
  /** @type {string[]} */
  const done = [];
  const playground = /** @type {any} */ ({
    toggle: () => done.push("toggled"),
    reset: () => done.push("was reset"),
    step: (/** @type {string} */ by) => done.push(`a step: ${by}`),
  });
  const end = listenToKeys(root, playground, (action) => done.push(`menu: ${action}`));
  const press = (/** @type {string} */ key, more = {}) => {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { key, ...more });
    root.dispatchEvent(event);
    return [done.splice(0), event.defaultPrevented];
  };
  assert.deepEqual(press(" "), [["toggled"], true]);
  assert.deepEqual(press("r"), [["was reset"], true]);
  assert.deepEqual(press("ArrowRight"), [["a step: batch"], true]);
  assert.deepEqual(press("ArrowRight", { shiftKey: true }), [["a step: epoch"], true]);
  assert.deepEqual(press("?"), [["menu: keys"], true]);
  assert.deepEqual(press("q"), [[], false], "a key of no meaning is left to the browser");
  root.closest = (/** @type {string} */ selector) => (selector === "dialog[open]" ? {} : null);
  assert.deepEqual(press(" "), [[], false]);
  delete root.closest;
  end();
  assert.deepEqual(press(" "), [[], false]);
});

test("a theme or a density that is not the usual one is on the page and kept; the usual one leaves nothing", () => {
  /** @type {any} */
  const page = { dataset: {} };
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  };
  const look = createLook(page, storage);
  look.setTheme("dark");
  look.setDensity("compact");
  assert.deepEqual([page.dataset, Object.fromEntries(kept)], [
    { theme: "dark", density: "compact" },
    { "trainyard.theme": "dark", "trainyard.density": "compact" },
  ]); // prettier-ignore
  look.setTheme("system");
  look.setDensity("comfortable");
  assert.deepEqual([page.dataset, kept.size], [{}, 0]);
  const full = () => {
    throw new Error("full");
  };
  createLook(page, { ...storage, setItem: full }).setTheme("light");
  assert.equal(page.dataset.theme, "light", "it holds as long as the page, where nothing can be kept");
});

test("an element gets its name once, however often its part is loaded", () => {
  /** @type {string[]} */
  const defined = [];
  /** @type {Map<string, any>} */
  const known = new Map([["ty-a", class {}]]);
  const registry = /** @type {any} */ ({
    get: (/** @type {string} */ name) => known.get(name),
    define: (/** @type {string} */ name, /** @type {any} */ view) => (defined.push(name), known.set(name, view)),
  });
  const views = /** @type {any} */ ({ "ty-a": class {}, "ty-b": class {} });
  defineAll(views, registry);
  defineAll(views, registry);
  assert.deepEqual(defined, ["ty-b"]);
});

test(
  "turns come one after the other, each in a task of its own, and all of them end",
  { timeout: 20_000 },
  async () => {
    /** @type {string[]} */
    const order = [];
    const take = async (/** @type {string} */ name) => {
      await turn();
      order.push(name);
      await Promise.resolve();
      order.push(`after ${name}`);
    };
    void take("a");
    void take("b");
    await allTurnsDone();
    void take("c");
    await turn();
    await turn();
    assert.deepEqual(order, ["a", "after a", "b", "after b", "c", "after c"]);
  },
);
