// Finds what a person reads in a source of the page: texts in markup, and in strings and templates of JavaScript.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { parseAst } = await import(
  pathToFileURL(createRequire(new URL("../../www/build.mjs", import.meta.url)).resolve("rollup/parseAst")).href
);

/** Attributes whose values are read or spoken. */
const READ =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|label|alt|summary|content)$/;

/** Calls whose strings name something to the browser or to us. */
const NAMING =
  /^(querySelector(All)?|closest|matches|matchMedia|getPropertyValue|[gs]etAttribute|toggleAttribute|removeAttribute|createElement|getContext|addEventListener|removeEventListener|importFile|loadPart|addressOf|fetchFile|startsWith|endsWith|split|RegExp|CustomEvent|Event|DOMException|setProperty|TextDecoder|test|getElementById|t|parts|supports|settingOf|effective|isSetting)$/;

/** Names of keys, of kinds of errors and of arrays, and of fonts. */
const NAMES =
  /^(Enter|Escape|Tab|Home|End|Delete|Backspace|Page(Up|Down)|Arrow\w+|Shift|Control|Alt|Meta|\w*Error|\w+Array|Trainyard|TensorFlow Playground|GET|POST|use strict)$|\b(px|sans-serif|system-ui|monospace)\b|^\(.*(width|prefers|color).*\)$|^[.#[:>*]|\[[\w-]+(=|\])|^[Mm][\d.]|^(translate|rotate|scale|rgba?|hsl|var)\(|^(image|text|application)\/|^Windows-\d|^ISO-|^-?[a-z\d]+(-[a-z\d]+)+$|^ty-|^#|^\W*(ms|[KMG]B|s|min|h|[A-Z][A-Z0-9]{1,4})\W*$/;

/** What stands in markup and is the same in all languages: units, abbreviations and the page's name. */
const SIGNS = /^\W*(ms|px|[KMG]B|s|min|h|[A-Z][A-Z0-9]{1,4}|Trainyard)\W*$/;

/** Whether a text is for people: words with a gap between them, or one as a sentence or a label begins. */
export const isProse = (/** @type {string} */ text) =>
  /\p{L}{2}/u.test(text) &&
  (/\p{L}.*\s|\s.*\p{L}{2}/u.test(text) || /^\p{Lu}\p{Ll}/u.test(text.trim())) &&
  !NAMES.test(text.trim());

const isWord = (/** @type {string} */ text) => /\p{L}{2}/u.test(text) && !NAMES.test(text.trim());

/**
 * @typedef {{start: number, end: number}} Place
 * @typedef {Place & {kind: "string" | "template" | "attribute" | "run", text: string, pieces: (string | Place)[], node?: any}} Found
 *   `text`: with {} for each value; `pieces`: text and the places of values in turn
 */

/** @param {string} code @returns {Found[]} */
export function proseIn(code) {
  /** @type {Found[]} */
  const found = [];

  /** @param {any} node @param {any[]} above @param {boolean} isShown   whether what it is stands in a text */
  function visit(node, above, isShown) {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ImportExpression":
        return;
      case "Literal":
        if (typeof node.value !== "string" || isNaming(node, above)) return;
        if (isShown ? isWord(node.value) : isProse(node.value))
          found.push({
            start: node.start,
            end: node.end,
            kind: "string",
            text: node.value,
            pieces: [node.value],
            node,
          });
        return;
      case "TaggedTemplateExpression":
        if (["html", "svg"].includes(node.tag.name)) return markup(node, above);
        for (const one of node.quasi.expressions) visit(one, [...above, node], false);
        return;
      case "TemplateLiteral": {
        const texts = node.quasis.map((/** @type {any} */ quasi) => quasi.value.cooked);
        const text = texts.join("{}");
        const isText =
          !isNaming(node, above) && (isShown ? texts.some(isWord) : isProse(texts.join("0")) || texts.some(isProse));
        if (isText)
          found.push({
            start: node.start,
            end: node.end,
            kind: "template",
            text,
            pieces: texts.flatMap((/** @type {string} */ one, /** @type {number} */ i) =>
              i ? [placeOf(node.expressions[i - 1]), one] : [one],
            ),
            node,
          });
        for (const one of node.expressions) visit(one, [...above, node], isText);
        return;
      }
    }
    const goesOn =
      isShown && ["ConditionalExpression", "LogicalExpression", "ArrowFunctionExpression"].includes(node.type);
    for (const [key, child] of Object.entries(node)) {
      if (key === "test" && node.type !== "SwitchCase") {
        if (child) visit(child, [...above, node], false);
        continue;
      }
      if (node.type === "SwitchCase" && key === "test") continue;
      if (key === "key" && node.type === "Property" && !node.computed) continue;
      for (const one of [child].flat())
        if (typeof one?.type === "string") visit(one, [...above, node], goesOn && key !== "params" && key !== "test");
    }
  }

  function isNaming(/** @type {any} */ node, /** @type {any[]} */ above) {
    const parent = above.at(-1);
    if (parent.type === "BinaryExpression" && ["===", "!==", "in"].includes(parent.operator)) return true;
    if (parent.type === "MemberExpression") return true;
    if (parent.type === "ExpressionStatement") return true;
    for (let i = above.length - 1; i >= 0; i--) {
      const one = above[i];
      if (one.type === "CallExpression" || one.type === "NewExpression") {
        const name = one.callee.name ?? one.callee.property?.name ?? "";
        const owner = one.callee.object?.property?.name;
        return owner === "classList" || (one.arguments.includes(above[i + 1] ?? node) && NAMING.test(name));
      }
      if (!["TemplateLiteral", "ConditionalExpression", "BinaryExpression", "LogicalExpression"].includes(one.type))
        return false;
    }
    return false;
  }

  /** Markup: its texts, and the values of attributes that are read. */
  function markup(/** @type {any} */ node, /** @type {any[]} */ above) {
    const { quasis, expressions } = node.quasi;
    /** @type {{text: string, at: number}[]} */
    const letters = [];
    quasis.forEach((/** @type {any} */ quasi, /** @type {number} */ i) => {
      for (let k = 0; k < quasi.value.raw.length; k++) letters.push({ text: quasi.value.raw[k], at: quasi.start + k });
      if (i < expressions.length) letters.push({ text: `\0${i}`, at: quasi.end });
    });
    const inside = new Set();
    const shown = new Set();
    let at = 0;
    const isText = (/** @type {number} */ k) => letters[k].text !== "<";
    while (at < letters.length) {
      if (isText(at)) {
        const from = at;
        while (at < letters.length && isText(at)) at++;
        const run = letters.slice(from, at);
        take(run, "run");
        continue;
      }
      // A tag, with its attributes.
      at++;
      let name = "";
      while (at < letters.length && letters[at].text !== ">") {
        const { text } = letters[at];
        if (text === "=") {
          const quote = letters[at + 1]?.text;
          const attribute = name;
          name = "";
          if (quote === '"' || quote === "'") {
            const from = (at += 2);
            while (at < letters.length && letters[at].text !== quote) at++;
            const value = letters.slice(from, at);
            if (READ.test(attribute)) take(value, "attribute");
            else for (const one of value) if (one.text[0] === "\0") inside.add(one.text.slice(1));
          } else if (quote?.[0] === "\0") {
            at++;
            if (READ.test(attribute) || attribute === ".label") shown.add(quote.slice(1));
            else if (/^[\w-]/.test(attribute)) inside.add(quote.slice(1));
          }
        } else name = /\s/.test(text) || text[0] === "\0" ? "" : name + text;
        at++;
      }
      at++;
    }

    function take(/** @type {{text: string, at: number}[]} */ run, /** @type {"run" | "attribute"} */ kind) {
      for (const one of run) if (one.text[0] === "\0") shown.add(one.text.slice(1));
      // From the first letter that is text to the last.
      const isSpace = (/** @type {{text: string}} */ one) => one.text[0] === "\0" || /\s/.test(one.text);
      const whole = kind === "attribute" ? isBlank : isSpace;
      let from = 0;
      let to = run.length;
      while (from < to && whole(run[from])) from++;
      while (to > from && whole(run[to - 1])) to--;
      const core = run.slice(from, to);
      /** @type {(string | Place)[]} */
      const pieces = [""];
      for (const one of core) {
        if (one.text[0] === "\0") pieces.push(placeOf(expressions[Number(one.text.slice(1))]), "");
        else pieces[pieces.length - 1] += one.text;
      }
      const texts = pieces.map((piece) => (typeof piece === "string" ? piece.replace(/\s+/g, " ") : piece));
      if (!texts.some((piece) => typeof piece === "string" && /\p{L}{2}/u.test(piece))) return;
      const last = core.at(-1);
      if (!last) return;
      const end = last.text[0] === "\0" ? quasis[Number(last.text.slice(1)) + 1].start : last.at + 1;
      const text = texts.map((piece) => (typeof piece === "string" ? piece : "{}")).join("");
      if (SIGNS.test(text)) return;
      found.push({ start: core[0].at, end, kind, text, pieces: texts });
    }

    expressions.forEach((/** @type {any} */ one, /** @type {number} */ i) => {
      if (
        inside.has(String(i)) &&
        ["Literal", "TemplateLiteral", "ConditionalExpression", "LogicalExpression"].includes(one.type)
      ) {
        // Names of classes and the like; calls within may still say something.
        return;
      }
      visit(one, [...above, node], shown.has(String(i)));
    });
  }

  visit(parseAst(code), [{ type: "" }], false);
  return found;
}

const isBlank = (/** @type {{text: string}} */ one) => /^\s$/.test(one.text);

const placeOf = (/** @type {any} */ node) => ({ start: node.start, end: node.end, node });
