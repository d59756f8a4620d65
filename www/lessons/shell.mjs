// What every page of the course has around it.

import { shell as pageShell, topLink } from "../sidePages.mjs";

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
  const link = (to, text) => topLink(to, text, to === name ? ' aria-current="page"' : "");
  const second = language === "en" ? "de" : "en";
  return pageShell({
    language,
    title,
    about,
    root,
    policy: "worker-src 'self' blob: data:; ", // experiments begin their workers in blobs
    style: `${build}/lessons/page.css`,
    look: `${scripts}lessons/look.js`,
    scripts: [
      isLive && site.hasElement ? `<script type="module" src="${root}element.js"></script>` : "",
      `<script defer src="${root}${scripts}lessons/page.js"></script>`,
    ],
    words,
    links: [
      topLink(`${root}index.html`, words.playground, ' class="home"'),
      link("index.html", words.contents),
      link("glossary.html", words.glossary),
      link("challenges.html", words.challenges),
      link("teachers.html", words.teachers),
      other ? topLink(other, words.otherLanguage, ` hreflang="${second}" lang="${second}"`) : "",
    ],
    main,
    data,
    footer: words.license,
  });
}
