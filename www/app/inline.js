// @ts-check
/**
 * Stands in the page itself (build.mjs puts it in), so that the worker begins before any other file is there, and the scripts
 * of one language are asked for at once, and no others: that of the link, that which was chosen here, or the first that the
 * browser prefers of those there are.
 */
import { beginWorker } from "./worker.js";

const LANGUAGES = globalThis.TRAINYARD_LANGUAGES;

/** A sandboxed frame has no origin: it may load no module. */
const isFrame = origin === "null" && location.protocol.startsWith("http");

/** What was chosen here; without storage, nothing. */
const kept = (/** @type {string} */ key) => {
  try {
    return localStorage.getItem(`trainyard.${key}`);
  } catch {
    return null;
  }
};

const asked = /(?:^#|&)lang=(\w+)/.exec(location.hash)?.[1];
const wanted = [asked, kept("lang"), ...navigator.languages.map((name) => name.split("-")[0])];
const language = wanted.find((name) => name && LANGUAGES.includes(name)) ?? LANGUAGES[0];
const folder = `${globalThis.TRAINYARD_BUILD}/${language === LANGUAGES[0] ? "" : `${language}/`}`;

const begun = (globalThis.trainyardBegun = /** @type {import("./worker.js").Begun} */ ({}));

document.documentElement.lang = language;
const add = (/** @type {string} */ name, /** @type {Record<string, string>} */ values) =>
  document.head.append(Object.assign(document.createElement(name), values));
add("script", { src: `${folder}start.js` });
if (!isFrame && globalThis.Worker) {
  add("link", { rel: "modulepreload", href: `${folder}app.js` });
  beginWorker(begun, `${folder}worker/main.js`, `${globalThis.TRAINYARD_BUILD}/pkg/trainyard_bg.wasm`, kept);
}
