// All pages of the course in one language: contents, lessons, glossary, challenges, and what teachers need.
import fs from "node:fs";
import { GLOSSARY, LESSONS, textOf } from "./lessons.mjs";
import { CHALLENGES, challengesPage } from "./challengesPage.mjs";
import { choiceOf, inAddress, lessonPage, rendered } from "./lessonPage.mjs";
import { partsOf } from "./markdown.mjs";
import { picture } from "./picture.mjs";
import { escaped } from "../base/escaped.js";
import { kebab } from "../base/letterCase.js";
import { filled, shell } from "./shell.mjs";

const hasElement = fs.existsSync(new URL("../element/", import.meta.url));

/** AI4K12's Big Idea 3 by code: the names of its concepts. */
const CODES = {
  "3-A-i": "Nature of Learning (Humans vs. machines)",
  "3-A-ii": "Nature of Learning (Finding patterns in data)",
  "3-A-iii": "Nature of Learning (Training a model)",
  "3-A-iv": "Nature of Learning (Constructing vs. using a reasoner)",
  "3-A-v": "Nature of Learning (Adjusting internal representations)",
  "3-B-i": "Neural Networks (Structure of a neural network)",
  "3-B-ii": "Neural Networks (Weight adjustment)",
  "3-C-i": "Datasets (Feature sets)",
  "3-C-ii": "Datasets (Large datasets)",
  "3-C-iii": "Datasets (Bias)",
};

/**
 * @typedef {ReturnType<typeof siteOf>} Site
 *
 * @param {object} options
 * @param {string} options.language
 * @param {string[]} options.languages   all there are; the first one's pages lie in lessons/, another's in a folder there
 * @param {string} options.build         the build's folder
 * @param {string} options.scripts       that of its scripts in this language
 * @param {Record<string, any>} options.told   any: what words.static.js exports
 */
function siteOf({ language, languages, build, scripts, told }) {
  const [first, second] = languages;
  const isFirst = language === first;
  const glossary = GLOSSARY.map((entry) => ({ ...entry, ...entry[language] }));
  const site = {
    words: told.WORDS,
    labels: told.LABELS,
    choices: told.CHOICES,
    language,
    build,
    scripts,
    root: isFirst ? "../" : "../../",
    lessons: LESSONS,
    hasElement,
    glossary,
    termOf(id) {
      const found = glossary.find((entry) => entry.id === id);
      if (!found) throw new Error(`the glossary has no “${id}”`);
      return found;
    },
    textOf: (id) => textOf(id, language),
    titleOf: (id) => partsOf(textOf(id, language)).title,
    /** The same page in the other language. */
    otherOf: (name) => (isFirst ? `${second}/${name}` : `../${name}`),
    address(kind, target) {
      if (kind === "play") return `${site.root}index.html#${inAddress(target)}`;
      if (kind === "lesson") return `${target}.html`;
      site.termOf(target);
      return `glossary.html#${target}`;
    },
  };
  return site;
}

function contentsPage(site) {
  const { words, lessons } = site;
  const items = lessons.map(({ id, minutes }) => {
    const { title, question } = partsOf(site.textOf(id));
    return `<li data-of="${id}"><a href="${id}.html">${escaped(title)}</a> <span class="minutes">${escaped(filled(words.minutes, { minutes }))}</span> <span class="done" hidden>✓ ${escaped(words.goalReached)}</span><br><span>${escaped(question)}</span></li>`;
  });
  const main = `<h1>${escaped(words.course)}</h1>
<p>${escaped(words.courseAbout)} ${escaped(words.courseHow)}</p>
${picture(site)}
<h2>${escaped(words.allLessons)}</h2>
<ol class="contents">
${items.join("\n")}
</ol>
<p class="code" data-results hidden>${escaped(words.yourResults)} <output></output> <button type="button">${escaped(words.copy)}</button></p>`;
  return shell(
    { name: "index.html", title: words.course, about: words.courseAbout, main, other: site.otherOf("index.html") },
    site,
  );
}

function glossaryPage(site) {
  const { words, glossary, labels, root } = site;
  const sorted = [...glossary].sort((a, b) => a.name.localeCompare(b.name, site.language));
  const entries = sorted.map(({ id, name, text, lesson, settings = [] }) => {
    const links = [
      ...(lesson ? [`${escaped(words.inLesson)} <a href="${lesson}.html">${escaped(site.titleOf(lesson))}</a>`] : []),
      ...settings
        .slice(0, 1)
        .map((key) => `<a href="${root}index.html?about=${key}">${escaped(filled(words.showControl, { label: labels[key] }))}</a>`), // prettier-ignore
    ];
    return `<div id="${id}"><dt>${escaped(name)}</dt><dd>${escaped(text)}${links.length ? `<br><span class="links">${links.join(" · ")}</span>` : ""}</dd></div>`;
  });
  const main = `<h1>${escaped(words.glossary)}</h1>
<p>${escaped(words.glossaryAbout)}</p>
<dl class="glossary">
${entries.join("\n")}
</dl>`;
  return shell(
    { name: "glossary.html", title: words.glossary, about: words.glossaryAbout, main, other: site.otherOf("glossary.html") }, // prettier-ignore
    site,
  );
}

/** What the table of a class has to know. */
const classOf = ({ language, lessons, titleOf }) => ({
  challenges: CHALLENGES.map(({ id, free, goal, ...texts }) => ({
    id,
    title: texts[language].title,
    figure: kebab(goal.measure),
    counts: Object.values(free).map((values) => values.length),
  })),
  lessons: lessons.map(({ id }) => ({ id, title: titleOf(id) })),
});

/** What a classroom doesn't need of the first screen; the setting that the lesson changes stays. */
const HIDDEN = "source,samples,noise,imbalance,trainingShare,features,scale,batchSize,layers,activation,learningRate,optimizer,momentum,loss,epochs,seed,engine,speed,showTestData,discretize,more,folds"; // prettier-ignore

/** A class has one experiment: commands and keys change these as little as the controls that are hidden. */
const LOCKED = ["source", "seed"];

export function classroomLink({ start, change: { setting }, goal }, title) {
  const hide = HIDDEN.split(",").filter((name) => name !== setting && !(name === "more" && isAdvanced(setting))); // prettier-ignore
  return `${start}&title=${encodeURIComponent(title)}${aimOf(goal)}&hide=${hide.join(",")}&lock=${LOCKED.filter((name) => name !== setting).join(",")}`;
}

/** The goal as the playground checks it; it knows them in English, and none that counts at the end. */
function aimOf({ measure, value, when }) {
  const [part, figure] = measure.split(/(?=[A-Z])/);
  if (when === "end") return "";
  const name = figure === "Loss" ? `${part} loss below ${value}` : `Reach ${value * 100}% accuracy on the ${part} set`;
  return `&aim=${encodeURIComponent(name[0].toUpperCase() + name.slice(1))}`;
}

const isAdvanced = (setting) => ["init", "patience"].includes(setting);

function teachersPage(site) {
  const { words, lessons, root } = site;
  const sections = lessons.map((lesson) => {
    const parts = partsOf(site.textOf(lesson.id));
    const { html, line } = rendered(lesson, parts, site);
    const codes = lesson.codes.map((code) => `<li>${code} ${escaped(CODES[code])}</li>`);
    const values = lesson.change.values.map((_, i) => line(choiceOf(lesson, i, parts, site)));
    return `<section id="${lesson.id}">
<h2><a href="${lesson.id}.html">${line(parts.title)}</a></h2>
<p>${escaped(filled(words.minutes, lesson))} · ${escaped(site.labels[lesson.change.setting])}: ${values.join(" → ")}</p>
<ul class="codes">${codes.join("")}</ul>
${html(parts.teach)}
<p><a class="panel" href="${root}index.html#${inAddress(classroomLink(lesson, parts.title))}">${escaped(words.classroomLink)}</a></p>
</section>`;
  });
  const main = `<h1>${escaped(words.teachers)}</h1>
<p>${escaped(words.teachersAbout)}</p>
<p>${escaped(words.standards)}</p>
${sections.join("\n")}
<section id="class">
<h2>${escaped(words.classTable)}</h2>
<p>${escaped(words.classAbout)}</p>
<form data-class="${escaped(JSON.stringify(classOf(site)))}">
<label for="results">${escaped(words.classLabel)}</label>
<textarea id="results" name="results" rows="6" spellcheck="false" placeholder="Ada straight.2-1-0.0.995&#10;Alan lessons.line-rate"></textarea>
<p><button type="submit">${escaped(words.classShow)}</button></p>
<p class="note" role="status"></p>
<div class="table"></div>
</form>
</section>`;
  return shell(
    { name: "teachers.html", title: words.teachers, about: words.teachersAbout, main, other: site.otherOf("teachers.html") }, // prettier-ignore
    site,
  );
}

/** The pages of a language by their names below dist/. @returns {Record<string, string>} */
export function pagesOf(options) {
  const site = siteOf(options);
  const folder = options.language === options.languages[0] ? "lessons/" : `lessons/${options.language}/`;
  const pages = {
    "index.html": contentsPage(site),
    "glossary.html": glossaryPage(site),
    "teachers.html": teachersPage(site),
    "challenges.html": challengesPage(site),
  };
  for (const lesson of LESSONS) pages[`${lesson.id}.html`] = lessonPage(lesson, site);
  return Object.fromEntries(Object.entries(pages).map(([name, html]) => [folder + name, html]));
}
