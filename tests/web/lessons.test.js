// Lessons are data: each is trained here as its text says, and every number and claim in it has to come out. Set
// UPDATE_LESSONS=1 to write the numbers that came out into the lessons.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { NEGATION, holds } from "../../www/lessons/goal.js";
import { GLOSSARY, LESSONS, changed, saidOf, textOf } from "../../www/lessons/lessons.mjs";
import { linkOf as challengeLink, CHALLENGES } from "../../www/lessons/challengesPage.mjs";
import { readCode, writeCode } from "../../www/lessons/challenge.js";
import { readClass, writeDone } from "../../www/lessons/classTable.js";
import { partsOf } from "../../www/lessons/markdown.mjs";
import { PLACED } from "../../www/lessons/picture.mjs";
import { TERMS } from "../../www/settings/terms.js";
import { figure, runOf } from "./lessonRuns.js";
import { NOT_SAID } from "./voice.js";

/** The link of a claim's run: the lesson's own start, what its text asks for, or one of the claim's own. */
const linkOf = (lesson, run) => ({ start: lesson.start, goal: lesson.goalStart })[run] ?? run;

async function measured(lesson, { run, after, measure, at, seeds, stat, count }) {
  const link = linkOf(lesson, run);
  if (!seeds) return figure(await runOf(link, after), measure, at);
  const figures = [];
  for (const seed of seeds) {
    const seeded = `${link.replace(/&?seed=\d+/, "")}&seed=${seed}`;
    figures.push(await figure(await runOf(seeded, after), measure, at));
  }
  if (count) return figures.filter((value) => holds(value, count.is, count.value)).length;
  return (stat === "lowest" ? Math.min : Math.max)(...figures);
}

async function check(lesson, claim) {
  const value = await measured(lesson, claim);
  const than = claim.than && (await measured(lesson, claim.than)) * claim.than.times;
  return { value, bound: than ?? claim.value };
}

for (const lesson of LESSONS) {
  test(`${lesson.id}: each claim comes out, and its opposite doesn't`, async () => {
    const written = [];
    for (const claim of lesson.claims) {
      const { value, bound } = await check(lesson, claim);
      const told = `${claim.id}: ${claim.measure} is ${value}, told ${claim.is} ${bound}`;
      assert.ok(holds(value, claim.is, bound), told);
      assert.ok(!holds(value, NEGATION[claim.is], bound), `not: ${told}`);
      const { says: _, ...rest } = claim;
      const says = saidOf(claim, value);
      const isSaid = textOf(lesson.id, "en").includes(`{${claim.id}}`);
      if (!process.env.UPDATE_LESSONS) assert.equal(claim.says, isSaid ? says : undefined, told);
      written.push(isSaid ? { ...rest, says } : rest);
    }
    if (process.env.UPDATE_LESSONS) update(lesson, written);
  });

  test(`${lesson.id}: Play alone doesn't reach the goal, and what the text asks for does`, async () => {
    const { measure, is, value, when } = lesson.goal;
    const reached = ({ course }) =>
      (when === "end" ? course.slice(-1) : course).some((figures) => holds(figures[measure], is, value));
    const alone = await runOf(lesson.start);
    assert.equal(alone.course.at(-1).status, "finished", "it ends by itself");
    assert.ok(alone.course.every((figures) => Number.isFinite(figures[measure])), "it has that figure"); // prettier-ignore
    assert.equal(reached(alone), false);
    assert.equal(reached(await runOf(lesson.goalStart)), true);
    assert.equal(changed(lesson, lesson.change.values[0]), lesson.start, "the first choice is the start");
  });
}

/** A claim in one line, as prettier would have it. */
const inLine = (/** @type {object} */ value) =>
  Array.isArray(value)
    ? `[${value.map(inLine).join(", ")}]`
    : typeof value === "object"
      ? `{ ${Object.entries(value).map(([key, one]) => `"${key}": ${inLine(one)}`).join(", ")} }` // prettier-ignore
      : JSON.stringify(value);

/** Writes what came out beside each claim that its text has. */
function update(lesson, claims) {
  const file = new URL(`../../www/lessons/specs/${lesson.id}.json`, import.meta.url);
  const text = fs.readFileSync(file, "utf8");
  const lines = claims.map((claim) => `    ${inLine(claim)}`).join(",\n");
  fs.writeFileSync(file, text.replace(/"claims": \[[\s\S]*\]\n\}/, `"claims": [\n${lines}\n  ]\n}`));
}

test("every point of the process has a lesson, in its order", () => {
  const points = new Set(LESSONS.flatMap((lesson) => lesson.points));
  assert.deepEqual([...points].sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i + 1)); // prettier-ignore
  const firsts = LESSONS.map((lesson) => lesson.points[0]).filter((point) => point !== 2);
  assert.deepEqual(firsts, [...firsts].sort((a, b) => a - b)); // prettier-ignore
  assert.ok(LESSONS.every(({ minutes }) => minutes >= 4 && minutes <= 8));
});

test("a text has all its parts, a prediction of three choices, and no claim that isn't there", () => {
  for (const { id, right, change, claims } of LESSONS) {
    const text = textOf(id, "en");
    const parts = partsOf(text);
    for (const part of ["title", "question", "idea", "predict", "change", "answer", "teach"])
      assert.ok(parts[part], `${id}: ${part}`);
    assert.equal(parts.predictChoices.length, 3, id);
    assert.ok(right >= 0 && right < 3, id);
    assert.ok([0, change.values.length].includes(parts.changeChoices.length), id);
    const named = new Set([...text.replace(/\$\$?[^$]+\$\$?/g, "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    assert.deepEqual([...named].filter((name) => !claims.some((claim) => claim.id === name)), [], id); // prettier-ignore
    assert.match(text, /\$\$/, `${id}: a formula`);
  }
});

/** What a text has in any language: how many blocks each part has, its figures, links, and formulas without their words. */
function skeleton(text) {
  const { title, ...parts } = partsOf(text);
  const all = (/** @type {RegExp} */ pattern, from = text) =>
    [...from.matchAll(pattern)].map(([found]) => found).sort();
  return {
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, [part].flat().join("\n\n").split(/\n\n/).length]),
    ),
    figures: [...new Set(all(/\{\w+\}/g, text.replace(/\$\$?[^$]+\$\$?/g, "")))],
    links: all(/\]\((term|lesson|play):[^)]+\)/g),
    formulas: all(/\$\$[\s\S]+?\$\$/g).map((tex) =>
      tex.replace(/\\text\{[^}]*\}|_\{\\text\{[^}]*\}\}|P\(.*\)|[,\s]/g, ""),
    ),
  };
}

for (const { id } of LESSONS)
  test(`${id}: the German text has the parts, figures, links and formulas of the English one`, () => {
    assert.deepEqual(skeleton(textOf(id, "de")), skeleton(textOf(id, "en")));
    const english = new Set(textOf(id, "en").split("\n"));
    const same = textOf(id, "de").split("\n").filter((line) => english.has(line) && !/^(#.*|\$\$.*)?$/.test(line)); // prettier-ignore
    assert.deepEqual(same, [], "left in English");
  });

test("the English of lessons, glossary and challenges is that of the voice guide", () => {
  const texts = [
    ...LESSONS.map(({ id }) => [
      id,
      textOf(id, "en")
        .replace(/\$\$?[^$]+\$\$?/g, "")
        .replace(/\]\([^)]*\)/g, "]"),
    ]),
    ...GLOSSARY.map(({ id, en }) => [id, `${en.name} ${en.text}`]),
    ...CHALLENGES.map(({ id, en }) => [id, `${en.title} ${en.text}`]),
  ];
  const wrong = texts.flatMap(([id, text]) =>
    NOT_SAID.filter(([pattern]) => pattern.test(text)).map(([pattern, instead]) => `${id}: ${pattern} (${instead})`),
  );
  assert.deepEqual(wrong, []);
});

test("the glossary has each term once, in both languages, and every control that has a term", () => {
  const ids = GLOSSARY.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, en, de, lesson } of GLOSSARY) {
    assert.ok(en.name && en.text && de.name && de.text, id);
    if (lesson) assert.ok(LESSONS.some((one) => one.id === lesson), `${id}: ${lesson}`); // prettier-ignore
  }
  const explained = GLOSSARY.flatMap(({ settings = [] }) => settings);
  assert.equal(new Set(explained).size, explained.length);
  const ofThePage = ["question", "hint", "title", "aim", "embed", "view", "control", "hide", "lock", "lang"];
  assert.deepEqual(explained.sort(), Object.keys(TERMS).filter((key) => !ofThePage.includes(key)).sort()); // prettier-ignore
  for (const { id, terms } of LESSONS) assert.deepEqual(terms.filter((term) => !ids.includes(term)), [], id); // prettier-ignore
});

test("the map has every lesson once", () =>
  assert.deepEqual([...PLACED].sort(), LESSONS.map(({ id }) => id).sort())); // prettier-ignore

for (const challenge of CHALLENGES) {
  test(`challenge ${challenge.id}: its start doesn't reach the goal, another choice does`, async () => {
    const { free, goal, solved, id } = challenge;
    const end = async (/** @type {number[]} */ chosen) => (await runOf(challengeLink(challenge, chosen))).course.at(-1);
    const start = await end(Object.keys(free).map(() => 0));
    assert.ok(Number.isFinite(start[goal.measure]) && !holds(start[goal.measure], goal.is, goal.value));
    const best = await end(solved);
    assert.ok(holds(best[goal.measure], goal.is, goal.value), String(best[goal.measure]));
    const code = { id, chosen: solved, figure: best[goal.measure].toPrecision(9) };
    assert.deepEqual(readCode(writeCode(code)), code);
    assert.equal(readCode(`${id}.1-x.0.3`), null);
  });
}

test("a text in German has the parts, the choices and the figures of the English one", () => {
  const figuresOf = (/** @type {string} */ text) =>
    [...new Set([...text.replace(/\$\$?[^$]+\$\$?/g, "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
  const translated = LESSONS.filter(({ id }) => textOf(id, "de"));
  assert.ok(translated.length >= 4);
  for (const { id } of translated) {
    const [own, first] = ["de", "en"].map((language) => textOf(id, language));
    assert.deepEqual(figuresOf(own), figuresOf(first), id);
    const [ownParts, parts] = [own, first].map(partsOf);
    assert.deepEqual(Object.keys(ownParts), Object.keys(parts), id);
    for (const list of ["predictChoices", "changeChoices"]) assert.equal(ownParts[list].length, parts[list].length, id);
  }
});

test("a class's results are read line by line; what has no code is named, and a code of no challenge is none", () => {
  const challenges = [
    { id: "straight", title: "Round", figure: "test-accuracy", counts: [4, 3, 3] },
    { id: "few", title: "Few", figure: "test-loss", counts: [2] },
  ];
  const lessons = ["line", "rate", "word"].map((id) => ({ id, title: id }));
  const { pupils, unread } = readClass(
    "Ada Lovelace: straight.2-1-0.0.995, lessons.line-rate\n\nAlan\tfew.1.0.4\r\nAda Lovelace few.0.0.41 lessons.word-line\nfew.0.0.3\nEve straight.9-1-0.1\nnobody lessons.nothing",
    challenges,
    lessons,
  );
  assert.deepEqual(
    pupils.map(({ name, lessons: done, codes }) => [name, done, [...codes.values()]]),
    [
      ["Ada Lovelace", ["line", "rate", "word"], ["straight.2-1-0.0.995", "few.0.0.41"]],
      ["Alan", [], ["few.1.0.4"]],
      ["No name", [], ["few.0.0.3"]],
    ],
  );
  assert.deepEqual(unread, ["Eve straight.9-1-0.1", "nobody lessons.nothing"]);
  assert.deepEqual(readClass(`Ada ${writeDone(["rate", "line"])}`, challenges, lessons).pupils[0].lessons, [
    "rate",
    "line",
  ]);
});
