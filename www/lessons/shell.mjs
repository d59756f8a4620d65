// What every page of the course has around it.

import { escaped } from "../base/escaped.js";

/** A text with its {name}s filled. */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/**
 * @param {object} page
 * @param {string} page.name      of the file in its language's folder
 * @param {string} page.title
 * @param {string} page.about     a sentence for search engines
 * @param {string} page.main      what stands in <main>
 * @param {string} [page.data]    attributes of <main>
 * @param {boolean} [page.isLive]   whether it has experiments
 * @param {string} page.other   the address of the same page in the other language
 * @param {import("./pages.mjs").Site} site
 */
export function shell({ name, title, about, main, data = "", isLive = false, other }, site) {
  const { words, language, root, scripts, build } = site;
  const link = (to, text) =>
    `<li><a href="${to}"${to === name ? ' aria-current="page"' : ""}>${escaped(text)}</a></li>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self' blob: data:; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<title>${escaped(title)} · Trainyard</title>
<meta name="description" content="${escaped(about)}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f6f8">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#12161b">
<link rel="icon" type="image/svg+xml" href="${root}icons/icon.svg">
<link rel="stylesheet" href="${root}${build}/lessons/page.css">
<script src="${root}${scripts}lessons/look.js"></script>
${isLive && site.hasElement ? `<script type="module" src="${root}element.js"></script>` : ""}
<script defer src="${root}${scripts}lessons/page.js"></script>
</head>
<body>
<a class="skip" href="#main">${escaped(words.skip)}</a>
<header class="top">
<nav aria-label="${escaped(words.pages)}"><ul>
<li><a class="home" href="${root}index.html">${escaped(words.playground)}</a></li>
${link("index.html", words.contents)}
${link("glossary.html", words.glossary)}
${link("challenges.html", words.challenges)}
${link("teachers.html", words.teachers)}
<li><a href="${other}" hreflang="${language === "en" ? "de" : "en"}" lang="${language === "en" ? "de" : "en"}">${escaped(words.otherLanguage)}</a></li>
</ul></nav>
</header>
<main id="main"${data}>
${main}
</main>
<footer><p>${escaped(words.license)}</p></footer>
</body>
</html>
`;
}
