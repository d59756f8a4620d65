// Puts each text in the place of its key, for one language: a bundle has no keys and no catalogue, and what it says costs
// what it would cost written there. A key that is missing is an error of the build.
import path from "node:path";
import { Worker } from "node:worker_threads";
import { catalogueOf, cut } from "./strings/catalogue.mjs";

const CALLS = ["t", "parts", "area"];

/** What a module imports of the texts. */
const IMPORT = /import \{ (?:t|parts|parts, t|area) \} from "([\w./]*\/)text\.js";/;

/** Whether one has a form of its own and every other number shares one. */
function isSimple(language) {
  const rules = new Intl.PluralRules(language);
  const categories = Array.from({ length: 1001 }, (_, i) => rules.select(i));
  return categories.every((category, i) => category === (i === 1 ? "one" : "other"));
}

/** All texts of an area by name. */
const areaOf = (texts, area) =>
  Object.fromEntries(
    Object.entries(texts)
      .filter(([key]) => key.startsWith(`${area}.`))
      .map(([key, text]) => [key.slice(area.length + 1), text]),
  );

/** The plugin of the bundler, for a language. */
export function translated(language) {
  const texts = catalogueOf(language);
  const simple = isSimple(language);
  return {
    name: "translated",
    load(id) {
      if (id.endsWith("/base/text.js"))
        throw new Error("a text is asked for in a way that the build does not know: import { parts, t }");
      return null;
    },
    transform(code, id) {
      const from = IMPORT.exec(code);
      if (id.includes("node_modules") || !from || id.endsWith("/base/text.js")) return null;
      const given = (key) => {
        if (typeof key !== "string" || !Object.hasOwn(texts, key))
          throw new Error(`${path.basename(id)}: strings/${language} has no “${key}”`);
        return texts[key];
      };
      const ast = this.parse(code);
      /** The code of a node, with the texts in it. */
      const written = (node) => {
        let text = "";
        let at = node.start;
        for (const [start, end, by] of replacements(node)) {
          text += code.slice(at, start) + by;
          at = end;
        }
        return text + code.slice(at, node.end);
      };
      const values = (call) => {
        const list = call.arguments[1]?.properties ?? [];
        return Object.fromEntries(list.map(({ key, value }) => [key.name, value]));
      };
      const message = (call) => {
        const text = given(call.arguments[0].value);
        const known = values(call);
        for (const form of typeof text === "string" ? [text] : Object.values(text))
          for (const name of cut(form).filter((_, i) => i % 2))
            if (!(name in known))
              throw new Error(`${path.basename(id)}: “${call.arguments[0].value}” is not given its {${name}}`);
        return text;
      };
      /** An expression that makes the text of its values. */
      const expression = (text, known, isInPieces = false) => {
        const pieces = cut(text);
        if (isInPieces)
          return `[${pieces.map((piece, i) => (i % 2 ? known[piece] : JSON.stringify(piece))).join(", ")}]`;
        if (pieces.length === 1) return JSON.stringify(text);
        return `\`${pieces.map((piece, i) => (i % 2 ? `\${${known[piece]}}` : escaped(piece))).join("")}\``;
      };
      const codeOf = (call) => {
        if (call.callee.name === "area") return JSON.stringify(areaOf(texts, call.arguments[0].value));
        const text = message(call);
        const known = Object.fromEntries(Object.entries(values(call)).map(([name, value]) => [name, written(value)]));
        if (typeof text === "string") return expression(text, known, call.callee.name === "parts");
        const form = (one) =>
          one.startsWith("{count}") && !one.slice(7).includes("{")
            ? JSON.stringify(one.slice(7))
            : `(count$) => ${expression(one, { ...known, count: "count$" })}`;
        if (simple) return `plural$(${known.count}, ${form(text.one)}, ${form(text.other)})`;
        const forms = Object.entries(text).map(([name, one]) => `${name}: ${form(one)}`);
        return `pluralBy$(${JSON.stringify(language)}, ${known.count}, {${forms.join(", ")}})`;
      };
      /** In markup a text stands as if it were written there. */
      const inMarkup = (call, before, after) => {
        const text = message(call);
        if (typeof text !== "string") return null;
        const isBare = /=$/.test(before);
        if (isBare && !/\s[\w-]+=$/.test(before)) return null; // a property, or a listener
        if (isBare && !/^[\s>/]/.test(after)) return null;
        const known = values(call);
        const pieces = cut(text).map((piece, i) => (i % 2 ? `\${${written(known[piece])}}` : escaped(asMarkup(piece))));
        if (isBare && pieces.length === 3 && !pieces[0] && !pieces[2]) return pieces[1];
        return isBare ? `"${pieces.join("")}"` : pieces.join("");
      };
      function* replacements(node) {
        if (isCall(node)) return yield [node.start, node.end, codeOf(node)];
        if (node.type === "TaggedTemplateExpression" && ["html", "svg"].includes(node.tag.name)) {
          const { quasis, expressions } = node.quasi;
          for (const [i, one] of expressions.entries()) {
            const direct = isCall(one) ? inMarkup(one, quasis[i].value.cooked, quasis[i + 1].value.cooked) : null;
            if (direct === null) yield* replacements(one);
            else yield [quasis[i].end, quasis[i + 1].start, direct];
          }
          return;
        }
        for (const child of children(node)) yield* replacements(child);
      }
      const [statement, folder] = from;
      const own = `import { plural as plural$, pluralBy as pluralBy$ } from "${folder}count.js";`;
      const body = written({ ...ast, start: 0, end: code.length }).replace(statement, own);
      return { code: body, map: null };
    },
  };
}

const isCall = (node) =>
  node.type === "CallExpression" && node.callee.type === "Identifier" && CALLS.includes(node.callee.name);

/** In the order of the code. */
const children = (node) =>
  Object.values(node)
    .flat()
    .filter((child) => typeof child?.type === "string")
    .sort((a, b) => a.start - b.start);

/** As it stands in a template of JavaScript. */
const escaped = (text) => text.replace(/[\\`]|\$(?=\{)/g, "\\$&");

const asMarkup = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a module exports when the page speaks a language. */
export const exportsOf = (address, language) =>
  new Promise((resolve, reject) => {
    const code = `
      import { parentPort, workerData } from "node:worker_threads";
      globalThis.TRAINYARD_LANGUAGE = workerData.language;
      parentPort.postMessage({ ...(await import(workerData.address)) });
    `;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: { address, language },
    });
    worker.once("message", resolve).once("error", reject);
  });
