// @ts-check
/**
 * A class's results, as its pupils send them: a name and codes a line. Codes of challenges say which was reached and how,
 * `lessons.line-rate` which lessons are done. What the table says is what the codes say; each links to where it is trained again.
 */
import { readCode } from "./challenge.js";
import { formatFigure } from "./yard.js";
import { t } from "../base/text.js";

/** @typedef {{id: string, title: string, figure: string, counts: number[]}} Challenge   counts: of choices, for each that is free */
/** @typedef {{id: string, title: string}} Lesson */
/** @typedef {{name: string, lessons: string[], codes: Map<string, string>}} Pupil   codes: as they were sent, by challenge */

export const writeDone = (/** @type {string[]} */ ids) => `lessons.${ids.join("-")}`;

/** Null for what is no code of lessons. @param {string} text @param {Lesson[]} lessons */
function readDone(text, lessons) {
  const ids = /^lessons\.([a-z]+(?:-[a-z]+)*)$/.exec(text)?.[1].split("-") ?? [];
  return ids.length && ids.every((id) => lessons.some((lesson) => lesson.id === id)) ? ids : null;
}

/** @param {string} text @param {Challenge[]} challenges */
function readKnown(text, challenges) {
  const code = readCode(text);
  const counts = challenges.find(({ id }) => id === code?.id)?.counts;
  return code && counts?.length === code.chosen.length && code.chosen.every((at, i) => at < counts[i]) ? code : null;
}

/**
 * @param {string} text   a pupil a line; what stands beside the codes is the name, and the same name is the same pupil
 * @param {Challenge[]} challenges
 * @param {Lesson[]} lessons
 * @returns {{pupils: Pupil[], unread: string[]}}   unread: lines without a code
 */
export function readClass(text, challenges, lessons) {
  /** @type {Map<string, Pupil>} */
  const pupils = new Map();
  const unread = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) continue;
    const words = line.split(/[\s,;:|]+/).filter(Boolean);
    const isCode = (/** @type {string} */ word) => readKnown(word, challenges) ?? readDone(word, lessons);
    const found = words.filter(isCode);
    if (!found.length) {
      unread.push(line.trim());
      continue;
    }
    const name = words.filter((word) => !isCode(word)).join(" ") || t("lessons.noName");
    const pupil = pupils.get(name) ?? { name, lessons: [], codes: new Map() };
    pupils.set(name, pupil);
    for (const word of found) {
      const code = readKnown(word, challenges);
      if (code) pupil.codes.set(code.id, word);
      else pupil.lessons = [...new Set([...pupil.lessons, ...(readDone(word, lessons) ?? [])])];
    }
  }
  return { pupils: [...pupils.values()], unread };
}

/** @param {Document} document */
export function attachClassTable(document) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-class]"));
  if (!form) return;
  /** @type {{challenges: Challenge[], lessons: Lesson[]}} */
  const { challenges, lessons } = JSON.parse(form.dataset.class ?? "");
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("results"));
  const told = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const place = /** @type {HTMLElement} */ (form.querySelector(".table"));
  const cell = (/** @type {"td" | "th"} */ name, /** @type {string | Node} */ content, scope = "") => {
    const made = document.createElement(name);
    if (scope) made.setAttribute("scope", scope);
    made.append(content);
    return made;
  };
  const row = (/** @type {Node[]} */ ...cells) => {
    const made = document.createElement("tr");
    made.append(...cells);
    return made;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { pupils, unread } = readClass(field.value, challenges, lessons);
    told.textContent = [
      t("lessons.classRead", { count: pupils.length }),
      ...(unread.length
        ? [t("lessons.classUnread", { count: unread.length, lines: unread.slice(0, 5).join(" · ") })]
        : []),
    ].join(" ");
    place.replaceChildren();
    if (!pupils.length) return;
    const table = document.createElement("table");
    const heads = [t("lessons.pupil"), t("lessons.lessonsDone"), ...challenges.map(({ title }) => title)];
    const head = document.createElement("thead");
    head.append(row(...heads.map((text) => cell("th", text, "col"))));
    const body = document.createElement("tbody");
    for (const pupil of pupils.sort((a, b) => a.name.localeCompare(b.name))) {
      const titles = lessons.filter(({ id }) => pupil.lessons.includes(id)).map(({ title }) => title);
      const done = cell("td", t("lessons.someOf", { done: titles.length, all: lessons.length }));
      if (titles.length) done.title = titles.join(", ");
      const reached = challenges.map(({ id, figure }) => {
        const code = pupil.codes.get(id);
        if (!code) return cell("td", "–");
        const link = document.createElement("a");
        link.href = `challenges.html?code=${encodeURIComponent(code)}`;
        link.textContent = formatFigure(figure, Number(readCode(code)?.figure));
        return cell("td", link);
      });
      body.append(row(cell("th", pupil.name, "row"), done, ...reached));
    }
    table.append(head, body);
    place.append(table);
  });
}

/** What a pupil sends: which lessons are done here. @param {Document} document @param {() => string[]} done */
export function attachResults(document, done) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-results]"));
  const ids = done();
  if (!place || !ids.length) return;
  place.hidden = false;
  /** @type {HTMLOutputElement} */ (place.querySelector("output")).value = writeDone(ids);
  place.querySelector("button")?.addEventListener("click", async ({ currentTarget }) => {
    await navigator.clipboard.writeText(writeDone(done()));
    /** @type {HTMLElement} */ (currentTarget).textContent = t("lessons.copied");
  });
}
