// bench.html and bench.de.html, and their scripts in the build's folder.
import fs from "node:fs";
import { escaped } from "../base/escaped.js";
import { buildPages, shell, topLink } from "../sidePages.mjs";
import { rateWords } from "./rate.js";

/** Machines measured so far, by this page: `{ name, browser, date, rates: { core: { W1: [median, least, most] … } } }`. */
const MACHINES = JSON.parse(fs.readFileSync(new URL("machines.json", import.meta.url), "utf8"));

/** Resolves to the names of the files written, as from dist/. @param {Parameters<typeof buildPages>[1]} site */
export const buildBench = (site) =>
  buildPages(
    {
      entries: ["bench/page.js", "bench/worker.js"],
      words: new URL("text.static.js", import.meta.url).href,
      pagesOf: (told) => ({ [nameOf(told.language, told.languages)]: pageOf(told) }),
    },
    site,
  );

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
  const main = `<h1>${escaped(words.title)}</h1>
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
</section>`;
  return shell({
    language,
    title: words.title,
    about: words.about,
    root: "",
    policy: "",
    style: `${build}/bench/page.css`,
    look: `${scripts}lessons/look.js`,
    scripts: [`<script defer src="${scripts}bench/page.js"></script>`],
    words,
    links: [
      topLink("index.html", words.playground, ' class="home"'),
      topLink(nameOf(other, languages), words.otherLanguage, ` hreflang="${other}" lang="${other}"`),
    ],
    main,
    data: ` data-build="${build}" data-files="${build}/" data-worker="${scripts}bench/worker.js"`,
  });
}

/** The median, with its range; a dash for what a machine can't do. */
function figure(rates) {
  if (!rates) return "–";
  const [median, least, most] = rates.map(rateWords);
  return `<strong>${median}</strong> <small>${least}–${most}</small>`;
}
