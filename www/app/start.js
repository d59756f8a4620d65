// @ts-check
/**
 * The first script: asks for the page, the training core and its worker. It is a classic script, since a sandboxed frame
 * has no origin of its own and may load no module: the page comes as one classic script there.
 */
import { begin, tellLate } from "./begin.js";
import { t } from "../base/text.js";
import { NO_MODULE_WORKER } from "./support.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

const addressOf = (/** @type {string} */ name) => new URL(name, src).href;

/** What stands in for the page says it in the first language, until here. */
if (globalThis.TRAINYARD_SCRIPTS) translateShell();

function translateShell() {
  document.title = t("app.pageTitle");
  const say = () => {
    const [loading, late] = document.querySelectorAll("#shell p");
    if (loading) loading.textContent = t("app.loading");
    if (late) late.textContent = t("app.late");
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", say, { once: true });
  else say();
}

/** The look that was chosen here, before the first picture. */
for (const key of ["theme", "density"]) {
  try {
    const value = localStorage.getItem(`trainyard.${key}`);
    if (value) document.documentElement.dataset[key] = value;
  } catch {
    break; // no storage: it looks as the system has it
  }
}

function createWorker() {
  const worker = globalThis.trainyardBegun.create();
  if (!worker) throw new Error(NO_MODULE_WORKER);
  return worker;
}

if (origin === "null" && src.startsWith("http")) {
  const script = document.createElement("script");
  script.onerror = tellLate;
  script.src = addressOf("carried/page.js");
  document.head.append(script);
} else {
  begin({
    begun: globalThis.trainyardBegun,
    createWorker,
    fetchCore: () => fetch(addressOf(`${globalThis.TRAINYARD_SCRIPTS ? "../" : ""}pkg/trainyard_bg.wasm`)),
    page: import("./app.js"),
  });
}
