// @ts-check
/**
 * The core's formulas: read, worked out, and written as MathML.
 *
 * @typedef {{op: string, name: string, parts: Tree[]}} Tree   `name`: of a name, a number or a function
 * @typedef {Record<string, number | number[]>} Values          by name; a list for what a sum goes over
 * @typedef {{target: string, arrow: string, tree: Tree, before: Values, value: number}} Line
 */
import { factor, fn, fraction, hat, indexed, name, number, power, root, row, sign } from "./maths.js";
import { t } from "../../base/text.js";

/** @type {Record<string, (...values: number[]) => number>} */
const FUNCTIONS = { exp: Math.exp, ln: Math.log, max: Math.max, sin: Math.sin, cos: Math.cos };

/** Reads a formula: + − · / ^ √ ∑ | |, brackets, functions, and names that may have an accent and an index. @returns {Tree} */
export function read(/** @type {string} */ text) {
  const words = text.match(/\d+(\.\d+)?|\p{L}[\p{L}\p{M}\d]*|\S/gu) ?? [];
  let at = 0;
  const tree = (/** @type {string} */ op, /** @type {Tree[]} */ parts, name = "") => ({ op, parts, name });
  /** @returns {Tree} */
  const chain = (/** @type {string} */ ops, /** @type {() => Tree} */ next) => {
    let left = next();
    while (at < words.length && ops.includes(words[at])) left = tree(words[at++], [left, next()]);
    return left;
  };
  const sum = () => chain("+−", product);
  const product = () => chain("·/", signed);
  /** @returns {Tree} */
  const signed = () =>
    "−√∑".includes(words[at]) ? tree(words[at++] === "−" ? "neg" : words[at - 1], [signed()]) : raised();
  const raised = () => chain("^", atom);
  /** @returns {Tree} */
  const atom = () => {
    const word = words[at++];
    if (!/^[\p{L}\d(|]/u.test(word ?? ""))
      throw new Error(t("microscope.lacksSomethingBefore", { text, word: word ?? t("microscope.end") }));
    if (word === "(" || word === "|") {
      const inner = sum();
      at += 1; // its end
      return tree(word, [inner]);
    }
    if (words[at] !== "(") return tree(/\d/.test(word[0]) ? "number" : "name", [], word);
    const parts = [];
    do {
      at += 1;
      parts.push(sum());
    } while (words[at] === ",");
    at += 1;
    return tree("call", parts, word);
  };
  const whole = sum();
  if (at !== words.length) throw new Error(t("microscope.cantReadFrom", { text, words: words.slice(at).join(" ") }));
  return whole;
}

/** What it comes to. @param {Tree} tree @param {Values} values @param {typeof FUNCTIONS} [functions] @returns {number} */
export function evaluate({ op, name, parts }, values, functions = FUNCTIONS) {
  const [a, b] = op === "∑" ? [] : parts.map((part) => evaluate(part, values, functions));
  switch (op) {
    case "number":
      return Number(name);
    case "name":
      return Number(values[name]);
    case "+":
      return a + b;
    case "−":
      return a - b;
    case "·":
      return a * b;
    case "/":
      return a / b;
    case "^":
      return a ** b;
    case "neg":
      return -a;
    case "√":
      return Math.sqrt(a);
    case "|":
      return Math.abs(a);
    case "call":
      return functions[name](...(b === undefined ? [a] : [a, b]));
    case "∑": {
      const [key, list] = /** @type {[string, number[]]} */ (
        Object.entries(values).find(([, one]) => Array.isArray(one))
      );
      return list.reduce((sum, one) => sum + evaluate(parts[0], { ...values, [key]: one }, functions), 0);
    }
    default:
      return a; // in brackets
  }
}

/** Works out line after line, "m ← β1·m + …"; each knows the values before it. @param {string[]} lines @param {Values} values @returns {Line[]} */
export function workedOut(lines, values) {
  let before = values;
  return lines.map((line) => {
    const [, target, arrow, text] = /** @type {RegExpMatchArray} */ (line.match(/^(\S+) ([←=]) (.*)$/));
    const own = { target, arrow, tree: read(text), before, value: 0 };
    own.value = evaluate(own.tree, before);
    before = { ...before, [target]: own.value };
    return own;
  });
}

/** A name with its accent and its index. */
export function symbol(/** @type {string} */ text) {
  const [, letter, accent, index] = /** @type {RegExpMatchArray} */ (text.match(/^(\p{L})(\p{M})?(.*)$/u));
  return accent ? hat(letter) : index ? indexed(letter, index) : name(letter);
}

/** As MathML, each name as `leaf` has it. @param {Tree} tree @param {(name: string) => unknown} [leaf] @returns {unknown} */
export function written(tree, leaf = symbol) {
  const { op, parts } = tree;
  const [a, b] = parts.map((part) => written(part, leaf));
  /** Without the brackets that a bar or a place makes needless. */
  const bare = (/** @type {Tree} */ part) => written(part.op === "(" ? part.parts[0] : part, leaf);
  switch (op) {
    case "number":
      return number(Number(tree.name));
    case "name":
      return leaf(tree.name);
    case "/":
      return fraction(bare(parts[0]), bare(parts[1]));
    case "^":
      return power(a, b);
    case "√":
      return root(a);
    case "neg":
      return row(sign("−"), a);
    case "∑":
      return row(sign("∑"), a);
    case "(":
      return row(sign("("), a, sign(")"));
    case "|":
      return row(sign("|"), a, sign("|"));
    case "call":
      if (tree.name === "exp") return power(name("e"), bare(parts[0]));
      return row(fn(tree.name), sign("("), a, ...(b ? [sign(","), b] : []), sign(")"));
    default:
      return row(a, sign(op), b);
  }
}

/** @param {Tree} tree @param {Values} values @param {Record<string, string>} shown @returns {unknown[]} */
function terms(tree, values, shown) {
  const { op, parts } = tree;
  if (op === "+" || op === "−")
    return [...terms(parts[0], values, shown), row(sign(op), ...terms(parts[1], values, shown))];
  const leaf = (/** @type {string} */ name) => {
    const value = values[name];
    return typeof value === "number" ? factor(value, shown[name]) : symbol(name);
  };
  return [written(tree, leaf)];
}

/** "= …", the same in numbers, as pieces between which a line may break; `shown` names them for who wants to find them. @param {Tree} tree @param {Values} values @param {Record<string, string>} [shown] */
export function inNumbers(tree, values, shown = {}) {
  const [first, ...more] = terms(tree, values, shown);
  return [row(sign("="), first), ...more];
}
