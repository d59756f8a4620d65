// Markdown of lessons becomes HTML at build time, and its TeX becomes MathML: nothing of either is shipped.
import { micromark } from "micromark";
import temml from "temml";

/** MathML of a formula. Styles in attributes are against the pages' policy, and say nothing that page.css doesn't. */
export function formula(tex, displayMode = false) {
  const math = temml.renderToString(tex, { displayMode, throwOnError: true, annotate: false });
  return math.replace(/ (style|class)="[^"]*"/g, "").replace("<math", displayMode ? '<math class="formula"' : "<math");
}

/**
 * @param {string} text   Markdown, with $TeX$ and $$TeX$$, {figure} for what `figures` has, and links of our own kinds
 * @param {Record<string, string>} figures
 * @param {(kind: string, target: string) => string} address   of `[…](term:…)`, `[…](lesson:…)` and `[…](play:…)`
 */
export function markdown(text, figures, address) {
  const formulas = [];
  const set = (tex, isDisplay) => `\uE000${formulas.push(formula(tex.trim(), isDisplay)) - 1}\uE001`;
  const source = text
    .replace(/\$\$([\s\S]+?)\$\$/g, (_, tex) => set(tex, true))
    .replace(/\$([^$\n]+?)\$/g, (_, tex) => set(tex, false))
    .replace(/\{(\w+)\}/g, (_, name) => {
      if (!Object.hasOwn(figures, name)) throw new Error(`there is no claim “${name}”`);
      return figures[name];
    })
    .replace(/\]\((term|lesson|play):([^)]+)\)/g, (_, kind, target) => `](<${address(kind, target)}>)`);
  return micromark(source)
    .replace(/<p>\uE000(\d+)\uE001<\/p>/g, (_, i) => `<div class="formula-line">${formulas[i]}</div>`)
    .replace(/\uE000\d+\uE001[.,:;?!)]+/g, '<span class="whole">$&</span>')
    .replace(/\uE000(\d+)\uE001/g, (_, i) => formulas[i]);
}

/**
 * The parts of a lesson: title, question, idea, and what stands under its headings. A list that ends a part holds choices.
 *
 * @param {string} text
 */
export function partsOf(text) {
  const [head, ...rest] = text.split(/^## (\w+)\n/m);
  const [, title, question, idea] = /^# (.+)\n\n(.+)\n\n([\s\S]+)$/.exec(head);
  const parts = { title, question, idea };
  for (let i = 0; i < rest.length; i += 2) parts[rest[i]] = rest[i + 1].trim();
  for (const name of ["predict", "change"]) [parts[name], parts[`${name}Choices`]] = withChoices(parts[name]);
  return parts;
}

function withChoices(part) {
  const at = part.search(/(\n- .*)+$/);
  if (at < 0) return [part, []];
  return [part.slice(0, at).trim(), part.slice(at).trim().split("\n").map((line) => line.slice(2))]; // prettier-ignore
}
