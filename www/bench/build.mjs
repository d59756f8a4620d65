// bench.html and bench.de.html, and their scripts in the build's folder.
import fs from "node:fs";
import path from "node:path";
import { escaped } from "../base/escaped.js";
import { bundleClassic } from "../bundle.mjs";
import { exportsOf } from "../translate.mjs";
import { rateWords } from "./rate.js";

const SCRIPTS = ["bench/page.js", "bench/worker.js"];

/** Machines measured so far, by this page: `{ name, browser, date, rates: { core: { W1: [median, least, most] … } } }`. */
const MACHINES = JSON.parse(fs.readFileSync(new URL("machines.json", import.meta.url), "utf8"));

/** Resolves to the names of the files written, as from dist/; the options are those of the course (lessons/build.mjs). */
export async function buildBench({ www, dist, build, languages, scriptsOf, defineFor }) {
  const files = [];
  for (const language of languages) {
    const scripts = `${build}/${scriptsOf(language)}`;
    for (const entry of SCRIPTS) {
      const options = { from: www, to: path.join(dist, scripts), entry, define: defineFor(language), language };
      files.push(...(await bundleClassic(options)).map((name) => scripts + name));
    }
    const told = await exportsOf(new URL("text.static.js", import.meta.url).href, language);
    const name = nameOf(language, languages);
    fs.writeFileSync(path.join(dist, name), pageOf({ language, languages, build, scripts, told }));
    files.push(name);
  }
  return files;
}

const nameOf = (language, [first]) => (language === first ? "bench.html" : `bench.${language}.html`);

function pageOf({ language, languages, build, scripts, told: { WORDS: words, LANES: lanes } }) {
  const other = languages.find((one) => one !== language);
  const works = Object.keys(words.works);
  const row = (where, cells) =>
    `<tr><th scope="row">${escaped(where)}</th>${cells.map(([attribute, html]) => `<td${attribute}>${html}</td>`).join("")}</tr>`;
  const body = (name, rows) =>
    `<tbody><tr><th scope="rowgroup" colspan="${works.length + 1}"${name.attribute}>${escaped(name.text)}</th></tr>\n${rows.join("\n")}\n</tbody>`;
  const own = Object.entries(lanes).map(([lane, where]) =>
    row(
      where,
      works.map((work) => [` data-cell="${lane}-${work}"`, ""]),
    ),
  );
  const measured = MACHINES.map(({ name, browser, date, rates }) =>
    body(
      { text: `${name} · ${browser} · ${date}`, attribute: "" },
      Object.entries(rates).map(([lane, of]) =>
        row(
          lanes[lane],
          works.map((work) => ["", figure(of[work])]),
        ),
      ),
    ),
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<title>${escaped(words.title)} · Trainyard</title>
<meta name="description" content="${escaped(words.about)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="icons/icon.svg">
<link rel="stylesheet" href="${build}/bench/page.css">
<script src="${scripts}lessons/look.js"></script>
<script defer src="${scripts}bench/page.js"></script>
</head>
<body>
<a class="skip" href="#main">${escaped(words.skip)}</a>
<header class="top">
<nav aria-label="${escaped(words.pages)}"><ul>
<li><a class="home" href="index.html">${escaped(words.playground)}</a></li>
<li><a href="${nameOf(other, languages)}" hreflang="${other}" lang="${other}">${escaped(words.otherLanguage)}</a></li>
</ul></nav>
</header>
<main id="main" data-build="${build}" data-files="${build}/" data-worker="${scripts}bench/worker.js">
<h1>${escaped(words.title)}</h1>
<p>${escaped(words.about)} ${escaped(words.how)}</p>
<p>${escaped(words.privacy)}</p>
<noscript><p><strong>${escaped(words.needsScripts)}</strong></p></noscript>
<p class="starts"><button type="button" data-start disabled>${escaped(words.start)}</button>
<progress hidden value="0" max="1" aria-label="${escaped(words.progress)}"></progress>
<span role="status" data-status></span></p>
<h2>${escaped(words.machines)}</h2>
<p class="note">${escaped(words.machinesAbout)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(words.table)}">
<table>
<thead><tr><th scope="col">${escaped(words.where)}</th>${works.map((work) => `<th scope="col">${escaped(words.works[work])}</th>`).join("")}</tr></thead>
${body({ text: words.thisDevice, attribute: " data-device" }, own)}
${measured.join("\n")}
</table>
</div>
<section data-result hidden>
<p data-ratios></p>
<label>${escaped(words.result)}<textarea data-text readonly rows="10" spellcheck="false"></textarea></label>
<p><button type="button" data-copy>${escaped(words.copy)}</button></p>
</section>
</main>
</body>
</html>
`;
}

/** The median, with its range; a dash for what a machine can't do. */
function figure(rates) {
  if (!rates) return "–";
  const [median, least, most] = rates.map(rateWords);
  return `<strong>${median}</strong> <small>${least}–${most}</small>`;
}
