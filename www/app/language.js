// @ts-check
/**
 * Stands in the page itself (build.mjs puts it in), so that the scripts of one language are asked for at once, and no
 * others: that of the link, that which was chosen here, or the first that the browser prefers of those there are.
 */
const LANGUAGES = globalThis.TRAINYARD_LANGUAGES;

/** A sandboxed frame has no origin: it may load no module. */
const isFrame = origin === "null" && location.protocol.startsWith("http");

function chosen() {
  try {
    return localStorage.getItem("trainyard.lang");
  } catch {
    return null; // no storage
  }
}

const asked = /(?:^#|&)lang=(\w+)/.exec(location.hash)?.[1];
const wanted = [asked, chosen(), ...navigator.languages.map((name) => name.split("-")[0])];
const language = wanted.find((name) => name && LANGUAGES.includes(name)) ?? LANGUAGES[0];
const folder = `${globalThis.TRAINYARD_BUILD}/${language === LANGUAGES[0] ? "" : `${language}/`}`;

document.documentElement.lang = language;
const add = (/** @type {HTMLElement} */ element, /** @type {Record<string, string>} */ values) =>
  document.head.append(Object.assign(element, values));
add(document.createElement("script"), { src: `${folder}start.js` });
if (!isFrame) add(document.createElement("link"), { rel: "modulepreload", href: `${folder}app.js` });
