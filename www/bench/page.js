// @ts-check
/** bench.html: anyone measures the own device, beside machines that were measured before. Nothing leaves the page. */
import { compiled } from "../base/compiled.js";
import { adapterOf } from "./adapter.js";
import { cellsOf, timeCell } from "./timing.js";
import { LANE_WORDS, factsOf, ratioWords, resultText } from "./words.js";
import { rateWords } from "./rate.js";
import { t } from "../base/text.js";

/** @typedef {import("./timing.js").Figure} Figure */

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (main.querySelector(selector));
const button = /** @type {HTMLButtonElement} */ (find("[data-start]"));
const copy = /** @type {HTMLButtonElement} */ (find("[data-copy]"));
const text = /** @type {HTMLTextAreaElement} */ (find("[data-text]"));
const progress = /** @type {HTMLProgressElement} */ (find("progress"));
const status = find("[data-status]");

const cores = navigator.hardwareConcurrency ?? 1;
/** @type {Record<string, Promise<WebAssembly.Module>>} */
const compiling = {};

/** @type {import("./timing.js").Device} */
const device = {
  cores,
  createWorker: () => new Worker(new URL(main.dataset.worker ?? "", document.baseURI)),
  core(core) {
    const name = `${main.dataset.files}${core}/trainyard_bg.wasm`;
    compiling[name] ??= fetch(name).then((response) => {
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return compiled(response);
    });
    compiling[name].catch(() => delete compiling[name]);
    return compiling[name];
  },
};

/** @type {AbortController | null} */
let running = null;

button.addEventListener("click", () => (running ? running.abort() : void measure()));
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(text.value);
    copy.textContent = t("bench.copied");
  } catch {
    text.focus(); // no clipboard here: it is marked, to be copied by hand
    text.select();
  }
});

async function measure() {
  running = new AbortController();
  const { signal } = running;
  button.textContent = t("bench.cancel");
  /** @type {Map<string, Figure>} */
  const figures = new Map();
  for (const cell of main.querySelectorAll("[data-cell]")) cell.replaceChildren("–");
  find("[data-result]").hidden = true;
  const gpu = await adapterFacts();
  const cells = cellsOf(cores, gpu);
  progress.hidden = false;
  progress.max = cells.length;
  const problems = [];
  try {
    for (const [done, cell] of cells.entries()) {
      progress.value = done;
      status.textContent = t("bench.measuring", { what: LANE_WORDS[cell.lane], work: cell.work });
      try {
        const figure = await timeCell(device, cell, signal);
        figures.set(`${cell.lane}-${cell.work}`, figure);
        show(cell.lane, cell.work, figure);
      } catch (error) {
        signal.throwIfAborted();
        problems.push(`${cell.work}, ${LANE_WORDS[cell.lane]}: ${/** @type {Error} */ (error).message}`);
      }
    }
  } catch {
    problems.push(t("bench.stopped", { done: figures.size, count: cells.length }));
  }
  running = null;
  progress.hidden = true;
  button.textContent = t("bench.again");
  status.textContent = figures.size === cells.length ? t("bench.done") : problems.join(" ");
  if (!figures.size) return;
  const facts = factsOf(navigator, cores, gpu);
  find("[data-ratios]").textContent = ratioWords(figures, cores);
  text.value = resultText(facts, figures, { build: main.dataset.build ?? "", date: new Date(), problems });
  copy.textContent = t("bench.copy");
  find("[data-result]").hidden = false;
}

function show(
  /** @type {string} */ lane,
  /** @type {string} */ work,
  /** @type {Figure} */ { median, least, most, isDone },
) {
  const cell = find(`[data-cell="${lane}-${work}"]`);
  const [value, range] = ["strong", "small"].map((name) => document.createElement(name));
  value.textContent = isDone ? rateWords(median) : t("bench.wrong");
  range.textContent = `${rateWords(least)}–${rateWords(most)}`;
  cell.replaceChildren(value, " ", range);
}

/** The GPU that the browser offers, with a name that can be read out. */
async function adapterFacts() {
  const facts = await adapterOf(/** @type {Parameters<typeof adapterOf>[0]} */ (navigator)).catch(() => null);
  return facts && { ...facts, name: facts.name || t("bench.unnamed") };
}

find("[data-device]").textContent = t("bench.thisDevice", { count: cores });
const possible = cellsOf(cores, { isSoftware: false }).map(({ lane, work }) => `${lane}-${work}`);
for (const cell of main.querySelectorAll("[data-cell]"))
  if (!possible.includes(/** @type {HTMLElement} */ (cell).dataset.cell ?? "")) cell.textContent = "–";
button.disabled = false;
