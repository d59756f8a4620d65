// Challenges: a goal, an experiment, and what may be changed of it. A code says what was chosen and what came out.
import fs from "node:fs";
import { goalText, inAddress } from "./lessonPage.mjs";
import { escaped } from "../base/escaped.js";
import { kebab } from "../base/letterCase.js";
import { filled, shell } from "./shell.mjs";

export const CHALLENGES = JSON.parse(fs.readFileSync(new URL("challenges.json", import.meta.url), "utf8"));

/** The link of a challenge with some choices of what is free, by their numbers. */
export function linkOf({ start, free }, chosen) {
  const kept = start.split("&").filter((part) => !(part.split("=")[0] in free));
  return [...kept, ...Object.entries(free).map(([key, values], i) => `${key}=${values[chosen[i]]}`)].join("&");
}

export function challengesPage(site) {
  const { words, labels, choices, language, root } = site;
  const nameOf = (key, value) =>
    value === "off" ? words.off : (choices[key]?.[value] ?? value.replaceAll(",", ", ").replaceAll("2", key === "features" ? "²" : "2")); // prettier-ignore
  const sections = CHALLENGES.map((challenge) => {
    const { id, free, goal, view } = challenge;
    const { title, text } = challenge[language];
    const link = linkOf(challenge, Object.keys(free).map(() => 0)); // prettier-ignore
    const attributes = link.split("&").map((part) => {
      const [key, value] = part.split("=");
      return `${kebab(key)}="${escaped(value)}"`;
    });
    const told = { id, figure: kebab(goal.measure), is: goal.is, value: goal.value };
    const selects = Object.entries(free).map(
      ([key, values]) =>
        `<label>${escaped(labels[key])} <select data-attribute="${kebab(key)}">${values.map((value) => `<option value="${escaped(value)}">${escaped(nameOf(key, value))}</option>`).join("")}</select></label>`, // prettier-ignore
    );
    const figures = goal.measure === "testAccuracy" ? "test-accuracy" : "test-loss";
    return `<section class="challenge" id="${id}" data-challenge="${escaped(JSON.stringify(told))}">
<h2>${escaped(title)}</h2>
<p>${escaped(text)}</p>
<div class="free">${selects.join("\n")}</div>
<train-yard ${attributes.join(" ")} view="${view}" controls="play,step,reset,epoch,training-loss,${figures}" aria-label="${escaped(filled(words.experiment, { title }))}">
<p><noscript>${escaped(words.needsScripts)} </noscript><a href="${root}index.html#${inAddress(link)}">${escaped(words.openPlayground)}</a></p>
</train-yard>
<p class="goal" role="status" data-reached="false"><strong>${escaped(words.goal)}</strong> ${escaped(goalText(goal, words))} · <span data-state>${escaped(words.notYet)}</span></p>
<p class="code" hidden>${escaped(words.yourCode)} <output></output> <button type="button">${escaped(words.copy)}</button></p>
</section>`;
  });
  const main = `<h1>${escaped(words.challenges)}</h1>
<p>${escaped(words.challengesAbout)}</p>
<form class="check" data-check>
<label for="code">${escaped(words.checkLabel)}</label>
<span><input id="code" name="code" autocomplete="off" spellcheck="false" autocapitalize="off"> <button type="submit">${escaped(words.check)}</button></span>
<p class="note" role="status" data-checked></p>
</form>
${sections.join("\n")}`;
  return shell(
    { name: "challenges.html", title: words.challenges, about: words.challengesAbout, main, isLive: true, other: site.otherOf("challenges.html") }, // prettier-ignore
    site,
  );
}
