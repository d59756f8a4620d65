// @ts-check
/**
 * A report as a page of its own: one file without a script, that asks for nothing from anywhere. What users named is text in it.
 *
 * @typedef {import("../../base/reported.js").Section & {figure?: Figure | null, text?: string}} Part   `text`: as it stands, line by line
 * @typedef {{svg: string, key: {kind: string, name: string}[]}} Figure   drawn by curve.js
 * @typedef {{language: string, title: string, about: string[], parts: Part[]}} Paper
 */
import { escaped } from "../../base/escaped.js";
import { SHEET } from "./sheet.js";

/** Nothing but its own style. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** @param {Paper} paper @returns {string} */
export function pageOf({ language, title, about, parts }) {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${plain(title)}</title>
<style>${SHEET}</style>
</head>
<body>
<main>
<h1>${plain(title)}</h1>
${about.map((line) => `<p class="about">${plain(line)}</p>`).join("\n")}
${parts.map(section).join("\n")}
</main>
</body>
</html>
`;
}

/** @param {Part} part @param {number} place */
function section({ title, facts = [], tables = [], words = [], figure, text }, place) {
  const blocks = [
    ...(facts.length ? [factsOf(facts)] : []),
    ...(figure ? [figureOf(figure)] : []),
    ...tables.map((table) => tableOf(table, title)),
    ...words.map((paragraph) => `<p>${plain(paragraph)}</p>`),
    ...(text ? [`<pre>${escaped(visible(text))}</pre>`] : []),
  ];
  return `<section aria-labelledby="part-${place}">
<h2 id="part-${place}">${plain(title)}</h2>
${blocks.join("\n")}
</section>`;
}

/** Those that say "name: value" as names and values, and sentences as a list. @param {string[]} facts */
function factsOf(facts) {
  const found = facts.map((fact) => /^([^:]{1,60}): (.+)$/su.exec(fact) ?? fact);
  const pairs = found.flatMap((one) =>
    typeof one === "string" ? [] : [`<dt>${plain(one[1])}</dt><dd>${plain(one[2])}</dd>`],
  );
  const rest = found.flatMap((one) => (typeof one === "string" ? [`<li>${plain(one)}</li>`] : []));
  return (pairs.length ? `<dl>${pairs.join("")}</dl>` : "") + (rest.length ? `<ul>${rest.join("")}</ul>` : "");
}

/** One that is wider than the paper can be moved by keys, so it has a name. @param {import("../../base/reported.js").Table} table @param {string} name */
function tableOf({ head, rows }, name) {
  const cells = (/** @type {string[]} */ row) =>
    head
      .map((_, i) => (i ? `<td>${plain(row[i] ?? "")}</td>` : `<th scope="row">${plain(row[i] ?? "")}</th>`))
      .join("");
  const top = head.map((word) => (word ? `<th scope="col">${plain(word)}</th>` : "<td></td>")).join("");
  return `<div class="table" role="group" aria-label="${plain(name)}" tabindex="0"><table><thead><tr>${top}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row)}</tr>`)
    .join("")}</tbody></table></div>`;
}

/** @param {Figure} figure */
const figureOf = ({ svg, key }) =>
  `<figure>${svg}<ul class="key">${key
    .map(
      ({ kind, name }) =>
        `<li><svg viewBox="0 0 32 12" aria-hidden="true"><path class="${kind}" d="M0 6H32"/></svg>${plain(name)}</li>`,
    )
    .join("")}</ul></figure>`;

/** What turns the order of letters around, and what no page may have, is shown for what it is. */
const visible = (/** @type {string} */ text) =>
  text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/gu,
    "\ufffd",
  );

const plain = (/** @type {unknown} */ text) => escaped(visible(String(text)).replace(/\s+/g, " "));
