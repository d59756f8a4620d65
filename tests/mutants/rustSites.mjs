// Where Rust source can be changed by one small step: operators, thresholds, conditions, what a function returns.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { OPERATORS, ROOT, filesBelow, oneLine } from "./common.mjs";

/** @typedef {import("./common.mjs").Site} Site @typedef {import("web-tree-sitter").Node} Node */

/** @type {Record<string, string[]>} */
const BINARY = {
  ...OPERATORS,
  "*": ["+"],
  "/": ["*"],
  "%": ["/"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
};
/** @type {Record<string, string>} */
const ASSIGNED = { "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "&=": "|=", "|=": "&=" };
/** @type {Record<string, string>} */
const METHODS = {
  __proto__: null,
  min: "max",
  max: "min",
  any: "all",
  all: "any",
  is_some: "is_none",
  is_none: "is_some",
};

/** What is settled by the compiler can't be switched while it runs. */
const FIXED =
  /^(const_item|static_item|const_block|array_type|enum_variant|attribute_item|macro_invocation|const_parameter)$/;
const NUMBER = /^(usize|[ui](8|16|32|64)|f32|f64)$/;

/** @type {Parser | undefined} */
let parser;
async function parsed(/** @type {string} */ source) {
  if (!parser) {
    await Parser.init();
    parser = new Parser();
    const grammar = createRequire(import.meta.url).resolve("tree-sitter-rust/tree-sitter-rust.wasm");
    parser.setLanguage(await Language.load(grammar));
  }
  const tree = parser.parse(source);
  if (!tree) throw new Error("no tree");
  return tree.rootNode;
}

const CONSTANT = /\bconst ([A-Z][A-Z0-9_]+): ([^=]+?) =/g;

/** Types of named constants of some text, by name; of several types none. @param {string} source @returns {Map<string, string>} */
function constantsIn(source) {
  const all = new Map();
  for (const [, name, type] of source.matchAll(CONSTANT))
    all.set(name, all.has(name) && all.get(name) !== type ? "" : type);
  return all;
}

/** Returned at once, by the type that a function returns. @param {string | undefined} type @returns {string[]} */
function returned(type) {
  if (!type) return ["return"];
  if (type === "bool") return ["return true", "return false"];
  if (/^f(32|64)$/.test(type)) return ["return 0.0", "return 1.0"];
  if (NUMBER.test(type)) return ["return 0", "return 1"];
  if (type.startsWith("Option<")) return ["return None"];
  if (type.startsWith("Vec<")) return ["return vec![]"];
  if (type === "String") return ["return String::new()"];
  if (type.startsWith("Result<(),")) return ["return Ok(())"];
  return [];
}

const OFF = /cfg\((not|test|target|all\(test)|feature = "(gpu|workbook|bench)"/;

/** Whether an attribute leaves an item out of the build that is tested. @param {Node} node */
function isOff(node) {
  for (let before = node.previousNamedSibling; before; before = before.previousNamedSibling) {
    if (before.type === "line_comment") continue;
    if (before.type !== "attribute_item") return false;
    if (OFF.test(before.text)) return true;
  }
  return false;
}

/** @param {string} file @param {Map<string, string>} everywhere types of constants @returns {Promise<{ source: string, sites: Site[] }>} */
async function sitesOf(file, everywhere) {
  const source = readFileSync(join(ROOT, file), "utf8");
  const here = constantsIn(source);
  const typeOf = (/** @type {string} */ name) => here.get(name) ?? everywhere.get(name) ?? "";
  /** @type {Site[]} */
  const sites = [];
  const add = (
    /** @type {Node} */ node,
    /** @type {string} */ scope,
    /** @type {string[]} */ all,
    isStatement = false,
  ) => {
    const from = oneLine(node.text);
    const line = node.startPosition.row + 1;
    const mutants = all.map((to) => ({ file, line, scope, from, to: oneLine(to), text: to, id: 0 }));
    if (mutants.length) sites.push({ start: node.startIndex, end: node.endIndex, mutants, isStatement });
  };
  const part = (/** @type {Node} */ node, /** @type {Node} */ inner, /** @type {string} */ text) =>
    source.slice(node.startIndex, inner.startIndex) + text + source.slice(inner.endIndex, node.endIndex);

  const visit = (/** @type {Node} */ node, /** @type {string} */ scope) => {
    if (FIXED.test(node.type) || isOff(node)) return;
    if (node.type.endsWith("_pattern") && node.type !== "match_pattern") return;
    if (node.type === "function_item") {
      const name = node.childForFieldName("name")?.text ?? "";
      const modifiers = node.children.find((child) => child?.type === "function_modifiers");
      const body = node.childForFieldName("body");
      if (modifiers?.text.includes("const") || !body) return;
      const line = node.startPosition.row + 1;
      const mutants = returned(node.childForFieldName("return_type")?.text).map((to) => ({
        file,
        line,
        scope: name,
        from: "{…}",
        to,
        text: to,
        id: 0,
      }));
      if (mutants.length && body.namedChildCount)
        sites.push({ start: body.startIndex + 1, end: body.startIndex + 1, mutants });
      visit(body, name);
      return;
    }
    const operator = node.childForFieldName("operator");
    if (scope && node.type === "binary_expression" && operator)
      add(
        node,
        scope,
        (BINARY[operator.text] ?? []).map((to) => part(node, operator, to)),
      );
    if (scope && node.type === "compound_assignment_expr" && operator && ASSIGNED[operator.text])
      add(node, scope, [part(node, operator, ASSIGNED[operator.text])], true);
    if (scope && node.type === "unary_expression" && /^[-!]/.test(node.text)) {
      const inner = node.namedChild(0);
      if (inner) add(node, scope, [inner.text]);
    }
    if (scope && node.type === "call_expression") {
      const called = node.childForFieldName("function");
      if (/(^|::|\.)(with_capacity|reserve)$/.test(called?.text ?? "")) return; // speed alone
      const field = called?.childForFieldName("field");
      if (field && METHODS[field.text] && node.childForFieldName("arguments")?.namedChildCount !== undefined)
        if (!/^(min|max)$/.test(field.text) || node.childForFieldName("arguments")?.namedChildCount === 1)
          add(node, scope, [part(node, field, METHODS[field.text])]);
    }
    if (scope && /^(if|while)_expression$/.test(node.type)) {
      const condition = node.childForFieldName("condition");
      if (condition && /^(call|field|macro)_?\w*|identifier$/.test(condition.type) && !/macro/.test(condition.type))
        if (!METHODS[condition.childForFieldName("function")?.childForFieldName("field")?.text ?? ""])
          add(condition, scope, [`!(${condition.text})`]);
    }
    if (scope && node.type === "identifier" && NUMBER.test(typeOf(node.text))) {
      const isFloat = /^f/.test(typeOf(node.text));
      const step = `(${node.text} / 10).max(1)`;
      add(
        node,
        scope,
        isFloat
          ? [`${node.text} * 1.1`, `${node.text} * 0.9`]
          : [`${node.text} + ${step}`, `${node.text}.saturating_sub(${step})`],
      );
    }
    if (scope && node.type === "float_literal" && /^binary_expression$/.test(node.parent?.type ?? "")) {
      const by = node.parent?.childForFieldName("operator")?.text ?? "";
      if (/^[<>]=?$/.test(by) && Number.parseFloat(node.text))
        add(node, scope, [`${node.text} * 1.1`, `${node.text} * 0.9`]);
    }
    for (const child of node.namedChildren)
      if (child && !(node.type === "array_expression" && node.childForFieldName("length")?.id === child.id))
        visit(child, scope);
  };
  visit(await parsed(source), "");
  return { source, sites };
}

/** Whether the build that is tested has no such module. @param {string} file */
function isLeftOut(file) {
  const parent = join(ROOT, dirname(file), "mod.rs");
  if (!existsSync(parent)) return false;
  return new RegExp(`${OFF.source}.*\\n(pub )?mod ${basename(file, ".rs")};`).test(readFileSync(parent, "utf8"));
}

/** All sites of the Rust files below some paths. @param {string[]} paths */
export async function rustSites(paths) {
  const everywhere = constantsIn(
    filesBelow("src", ".rs")
      .map((file) => readFileSync(join(ROOT, file), "utf8"))
      .join("\n"),
  );
  /** @type {Map<string, { source: string, sites: Site[] }>} */
  const all = new Map();
  for (const file of paths.flatMap((path) => filesBelow(path, ".rs")))
    if (!isLeftOut(file)) all.set(file, await sitesOf(file, everywhere));
  return all;
}
