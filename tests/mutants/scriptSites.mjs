// Where JavaScript can be changed by one small step: operators, thresholds, conditions.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { OPERATORS, ROOT, filesBelow, oneLine } from "./common.mjs";

/** @typedef {import("./common.mjs").Site} Site */

/** @type {Record<string, string[]>} */
const BINARY = {
  ...OPERATORS,
  "===": ["!=="],
  "!==": ["==="],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
};
/** @type {Record<string, string>} */
const ASSIGNED = { "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=" };
/** @type {Record<string, string>} */
const METHODS = { __proto__: null, min: "max", max: "min", some: "every", every: "some", ceil: "floor", floor: "ceil" };

/** Whether it is text: a difference of texts is no small step. @param {any} node @returns {boolean} */
const isText = (node) =>
  node.type === "TemplateLiteral" ||
  (node.type === "Literal" && typeof node.value === "string") ||
  (node.type === "BinaryExpression" && node.operator === "+" && (isText(node.left) || isText(node.right)));

const isNumber = (/** @type {any} */ node) => node?.type === "Literal" && typeof node.value === "number";
/** A number by itself, or a product, quotient or power of such. @returns {boolean} */
const isConstant = (/** @type {any} */ node) =>
  isNumber(node) || (node?.type === "BinaryExpression" && isConstant(node.left) && isConstant(node.right));

/** @param {string} file @returns {{ source: string, sites: Site[] }} */
function sitesOf(file) {
  const source = readFileSync(join(ROOT, file), "utf8");
  /** @type {Site[]} */
  const sites = [];
  const text = (/** @type {any} */ node) => source.slice(node.start, node.end);
  const add = (/** @type {any} */ node, /** @type {string} */ scope, /** @type {string[]} */ all) => {
    const line = source.slice(0, node.start).split("\n").length;
    const mutants = all.map((to) => ({
      file,
      line,
      scope,
      from: oneLine(text(node)),
      to: oneLine(to),
      text: to,
      id: 0,
    }));
    if (mutants.length) sites.push({ start: node.start, end: node.end, mutants });
  };
  const joined = (/** @type {any} */ node, /** @type {string} */ by) =>
    `${source.slice(node.start, node.left.end)}${source.slice(node.left.end, node.right.start).replace(node.operator, by)}${source.slice(node.right.start, node.end)}`;

  const visit = (
    /** @type {any} */ node,
    /** @type {string} */ scope,
    /** @type {any} */ parent,
    /** @type {string} */ key,
  ) => {
    if (!node || typeof node.type !== "string" || node.type === "ImportDeclaration") return;
    if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") scope = node.id?.name ?? scope;
    if (node.type === "MethodDefinition") scope = `${scope}.${node.key.name ?? node.key.value ?? "#"}`;
    if (node.type === "VariableDeclarator" && /Function/.test(node.init?.type ?? "")) scope = node.id.name ?? scope;
    if (/^(Binary|Logical)Expression$/.test(node.type) && !isText(node) && !isConstant(node))
      add(
        node,
        scope,
        (BINARY[node.operator] ?? []).map((by) => joined(node, by)),
      );
    if (node.type === "AssignmentExpression" && ASSIGNED[node.operator] && !isText(node.right))
      add(node, scope, [joined(node, ASSIGNED[node.operator])]);
    if (
      node.type === "UnaryExpression" &&
      (node.operator === "!" || (node.operator === "-" && !isNumber(node.argument)))
    )
      add(node, scope, [text(node.argument)]);
    if (
      node.type === "CallExpression" &&
      node.callee.type === "MemberExpression" &&
      METHODS[node.callee.property.name]
    ) {
      const name = node.callee.property;
      if (!/^(min|max)$/.test(name.name) || node.arguments.length > 1 || node.arguments[0]?.type === "SpreadElement")
        add(node, scope, [
          source.slice(node.start, name.start) + METHODS[name.name] + source.slice(name.end, node.end),
        ]);
    }
    if (
      /^(If|While|Conditional)(Statement|Expression)$/.test(node.type) &&
      /^(Identifier|CallExpression|MemberExpression|ChainExpression)$/.test(node.test.type)
    )
      if (!METHODS[node.test.callee?.property?.name]) add(node.test, scope, [`!(${text(node.test)})`]);
    if (node.type === "VariableDeclarator" && isConstant(node.init) && node.id.type === "Identifier") {
      const value = Number(new Function(`return ${text(node.init)}`)());
      const step = Math.max(1, Math.floor(Math.abs(value) / 10));
      if (parent.kind === "const")
        add(
          node.init,
          node.id.name,
          Number.isInteger(value) ? [`${value + step}`, `${value - step}`] : [`${value} * 1.1`, `${value} * 0.9`],
        );
    } else if (
      isNumber(node) &&
      !Number.isInteger(node.value) &&
      /^BinaryExpression$/.test(parent?.type) &&
      /^[<>]=?$/.test(parent.operator)
    )
      add(node, scope, [`${text(node)} * 1.1`, `${text(node)} * 0.9`]);
    for (const [name, child] of Object.entries(node))
      if (Array.isArray(child)) child.forEach((item) => visit(item, scope, node, name));
      else if (child && typeof child === "object") visit(child, scope, node, name);
  };
  visit(parse(source, { ecmaVersion: "latest", sourceType: "module" }), "", null, "");
  return { source, sites };
}

/** What only a page has. */
const PAGE = /from "lit|\b(document|window|HTMLElement|localStorage|CanvasRenderingContext2D|getContext)\b/;

/** All sites of the scripts below some paths that need no page, and so are run in Node. @param {string[]} paths */
export function scriptSites(paths) {
  const files = paths.flatMap((path) => filesBelow(path, ".js")).filter((file) => !file.endsWith(".static.js"));
  const sites = files.map((file) => /** @type {const} */ ([file, sitesOf(file)]));
  return new Map(sites.filter(([, { source }]) => !PAGE.test(source.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ""))));
}
