// The page of one lesson.
import { escaped } from "../base/escaped.js";
import { kebab } from "../base/letterCase.js";
import { filled, shell } from "./shell.mjs";
import { changed } from "./lessons.mjs";
import { markdown, partsOf } from "./markdown.mjs";

/** The attributes of an experiment, from its link. */
const attributesOf = (link) =>
  link
    .split("&")
    .map((part) => part.split("="))
    .map(([key, ...value]) => `${kebab(key)}="${escaped(value.join("="))}"`)
    .join(" ");

/** A figure with the unit that a reader knows. */
const bound = ({ measure, value }) => (/Accuracy$/.test(measure) ? `${value * 100}%` : String(value));

export function goalText({ measure, is, value, when }, words) {
  const text = `${words.figures[measure]} ${words.is[is]} ${bound({ measure, value })}`;
  return when === "end" ? `${text}, ${words.goalAtEnd}` : text;
}

/** What stands on a choice: the text's own words, or what the playground calls it. */
export function choiceOf(lesson, i, parts, site) {
  const value = lesson.change.values[i];
  const { setting } = lesson.change;
  if (parts.changeChoices[i]) return parts.changeChoices[i];
  if (value === "off" || value === "none") return site.words[value];
  if (setting === "features") return value.split(",").map((name) => name.replace("2", "²")).join(", "); // prettier-ignore
  return site.choices[setting]?.[value] ?? value.replaceAll(",", ", ");
}

/** The link of a lesson's run as it may stand in an address. */
export const inAddress = (link) => link.replace(/[<>"{}|\\^`\s]/g, encodeURIComponent);

/** A German reader takes a comma for a decimal sign, and a point too: thousands stand apart by a narrow space there. */
const grouped = (figure, language) =>
  language !== "de" || !/^[\d,]+$/.test(figure) ? figure : figure.replaceAll(",", figure.length > 5 ? "\u202F" : "");

/** A lesson's text in HTML, part by part. */
export function rendered(lesson, parts, site) {
  const figures = Object.fromEntries(lesson.claims.map(({ id, says }) => [id, says && grouped(says, site.language)]));
  const html = (text) => markdown(text, figures, site.address);
  const line = (text) => html(text).replace(/^<p>|<\/p>\s*$/g, "");
  return { html, line };
}

export function lessonPage(lesson, site) {
  const parts = partsOf(site.textOf(lesson.id));
  const { html, line } = rendered(lesson, parts, site);
  const { words, lessons, root } = site;
  const at = lessons.indexOf(lesson);
  const { setting, values } = lesson.change;
  const { measure, is, value, when } = lesson.goal;
  const goal = `${kebab(measure)}${is}${value}`;
  const eyebrow = `${filled(words.lessonOf, { number: at + 1, count: lessons.length })} · ${filled(words.minutes, lesson)}`;
  const neighbor = (to, word, name) =>
    to
      ? `<a class="${name}" rel="${name}" href="${to.id}.html"><span>${escaped(word)}</span> ${escaped(site.titleOf(to.id))}</a>`
      : "";
  const main = `<article>
<p class="eyebrow">${eyebrow} <span class="done" data-done hidden>✓ ${escaped(words.goalReached)}</span></p>
<h1>${line(parts.title)}</h1>
<p class="question">${line(parts.question)}</p>
${html(parts.idea)}
<section aria-labelledby="predict">
<h2 id="predict">${escaped(words.predictHeading)}</h2>
<fieldset class="predict">
<legend>${line(parts.predict)}</legend>
${parts.predictChoices.map((choice, i) => `<label><input type="radio" name="predict" value="${i}"> <span>${line(choice)}</span></label>`).join("\n")}
</fieldset>
<p class="note" role="status" data-predicted></p>
</section>
<section aria-labelledby="try">
<h2 id="try">${escaped(words.tryHeading)}</h2>
${html(parts.change)}
<fieldset class="choices" data-setting="${kebab(setting)}">
<legend>${escaped(site.labels[setting])}</legend>
${values.map((one, i) => `<label><input type="radio" name="change" value="${escaped(one)}"${changed(lesson, one) === lesson.start ? " checked" : ""}> <span>${line(choiceOf(lesson, i, parts, site))}</span></label>`).join("\n")}
</fieldset>
<train-yard ${attributesOf(lesson.start)} view="${lesson.view}" controls="${lesson.controls}"${when === "end" ? "" : ` goal="${escaped(goal)}"`} aria-label="${escaped(filled(words.experiment, { title: parts.title }))}">
<p><noscript>${escaped(words.needsScripts)} </noscript><a href="${root}index.html#${inAddress(lesson.start)}">${escaped(words.openPlayground)}</a></p>
</train-yard>
<p class="goal" role="status" data-reached="false"><strong>${escaped(words.goal)}</strong> ${escaped(goalText(lesson.goal, words))} · <span data-state>${escaped(words.notYet)}</span></p>
<p class="note" data-ran></p>
<p><a class="panel" href="${root}index.html#${inAddress(lesson.panel)}">${escaped(words.openPanel)}</a></p>
</section>
<details class="answer">
<summary><h2>${escaped(words.answerHeading)}</h2></summary>
<p class="note" data-judged></p>
${html(parts.answer)}
</details>
<section aria-labelledby="words">
<h2 id="words">${escaped(words.wordsHeading)}</h2>
<dl class="words">
${lesson.terms.map((id) => `<div><dt><a href="glossary.html#${id}">${escaped(site.termOf(id).name)}</a></dt><dd>${escaped(site.termOf(id).text)}</dd></div>`).join("\n")}
</dl>
</section>
</article>
<nav class="turn" aria-label="${escaped(`${words.previous}, ${words.next}`)}">
${neighbor(lessons[at - 1], words.previous, "prev")}
${neighbor(lessons[at + 1], words.next, "next")}
</nav>`;
  const told = { id: lesson.id, right: lesson.right, figure: kebab(measure), is, value, when: when ?? "ever" };
  return shell(
    {
      name: `${lesson.id}.html`,
      title: parts.title,
      about: parts.question,
      main,
      data: ` data-lesson="${escaped(JSON.stringify(told))}"`,
      isLive: true,
      other: site.otherOf(`${lesson.id}.html`),
    },
    site,
  );
}
