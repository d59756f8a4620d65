// Pages beside the playground: the course, the bench. Each has scripts of its own, whole, and is written once a language.
import fs from "node:fs";
import path from "node:path";
import { escaped } from "./base/escaped.js";
import { bundleClassic } from "./bundle.mjs";
import { exportsOf } from "./translate.mjs";

/**
 * Writes some pages and their scripts. Resolves to the names of all files, as from dist/.
 *
 * @param {object} pages
 * @param {string[]} pages.entries   scripts, as from www/
 * @param {string} pages.words       the address of the module that says what the pages say
 * @param {(site: object) => Record<string, string>} pages.pagesOf   of a language: their texts, by name as from dist/
 * @param {object} site
 * @param {string} site.www
 * @param {string} site.dist
 * @param {string} site.build        the build's folder in it
 * @param {string[]} site.languages
 * @param {(language: string) => string} site.scriptsOf   the folder of a language's scripts, in the build's
 * @param {(language: string) => Record<string, string>} site.defineFor
 */
export async function buildPages({ entries, words, pagesOf }, { www, dist, build, languages, scriptsOf, defineFor }) {
  const files = [];
  for (const language of languages) {
    const scripts = `${build}/${scriptsOf(language)}`;
    for (const entry of entries) {
      const options = { from: www, to: path.join(dist, scripts), entry, define: defineFor(language), language };
      files.push(...(await bundleClassic(options)).map((name) => scripts + name));
    }
    const told = await exportsOf(words, language);
    for (const [name, html] of Object.entries(pagesOf({ language, languages, build, scripts, told }))) {
      fs.mkdirSync(path.dirname(path.join(dist, name)), { recursive: true });
      fs.writeFileSync(path.join(dist, name), html);
      files.push(name);
    }
  }
  return files;
}

/** A link of the line above a page. @param {string} to @param {string} text @param {string} [attributes] */
export const topLink = (to, text, attributes = "") => `<li><a href="${to}"${attributes}>${escaped(text)}</a></li>`;

/**
 * What such a page has around it.
 *
 * @param {object} page
 * @param {string} page.language
 * @param {string} page.title
 * @param {string} page.about     a sentence for search engines
 * @param {string} page.root      where dist/ is, as from the page
 * @param {string} page.policy    what its security policy has besides its own origin
 * @param {string} page.style     as from dist/, like
 * @param {string} page.look      the script that comes before the first picture
 * @param {string[]} page.scripts   tags of others
 * @param {{skip: string, pages: string}} page.words
 * @param {string[]} page.links   of the line above
 * @param {string} page.main      what stands in <main>
 * @param {string} [page.data]    attributes of <main>
 * @param {string} [page.footer]
 */
export function shell({
  language,
  title,
  about,
  root,
  policy,
  style,
  look,
  scripts,
  words,
  links,
  main,
  data = "",
  footer,
}) {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; ${policy}img-src 'self' data:; base-uri 'none'; form-action 'none'">
<title>${escaped(title)} · Trainyard</title>
<meta name="description" content="${escaped(about)}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f6f8">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#12161b">
<link rel="icon" type="image/svg+xml" href="${root}icons/icon.svg">
<link rel="stylesheet" href="${root}${style}">
<script src="${root}${look}"></script>
${scripts.join("\n")}
</head>
<body>
<a class="skip" href="#main">${escaped(words.skip)}</a>
<header class="top">
<nav aria-label="${escaped(words.pages)}"><ul>
${links.join("\n")}
</ul></nav>
</header>
<main id="main"${data}>
${main}
</main>
${footer ? `<footer><p>${escaped(footer)}</p></footer>\n` : ""}</body>
</html>
`;
}
