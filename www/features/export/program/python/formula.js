// @ts-check
/**
 * A feature written as arithmetic, as Python has it. The core has accepted the formula: here it is only read
 * (`src/data/formula.rs` says what may stand in one).
 *
 * @typedef {{number: number} | {column: string} | {of: string, on: Tree} | {sign: string, left: Tree, right: Tree} | {minus: Tree} | {name: string, hasColumn: boolean}} Tree
 */
import { pyFloat, pyString, widthOf } from "./write.js";

const FUNCTIONS = ["sin", "cos", "exp", "ln", "sqrt", "abs"];

/** @param {string} text @returns {Tree} */
export function treeOf(text) {
  const tokens =
    text.match(/"[^"]*"|(?:\d|\.)+(?:[eE][-+]?\d+)?|[\p{Alphabetic}_][\p{Alphabetic}\p{N}_.]*|[^\s]/gu) ?? [];
  let at = 0;
  const take = (/** @type {string} */ signs) =>
    at < tokens.length && tokens[at].length === 1 && signs.includes(tokens[at]) ? tokens[at++] : null;
  /** @returns {Tree} */
  const sum = () => {
    let left = product();
    for (let sign = take("+-−"); sign; sign = take("+-−"))
      left = { sign: sign === "+" ? "+" : "-", left, right: product() };
    return left;
  };
  /** @returns {Tree} */
  const product = () => {
    let left = signed();
    for (let sign = take("*×·/÷"); sign; sign = take("*×·/÷"))
      left = { sign: "/÷".includes(sign) ? "/" : "*", left, right: signed() };
    return left;
  };
  /** @returns {Tree} */
  const signed = () => {
    let isNegative = false;
    for (let sign = take("+-−"); sign; sign = take("+-−")) isNegative = isNegative !== (sign !== "+");
    const base = atom();
    const power = take("^") ? /** @type {Tree} */ ({ sign: "**", left: base, right: signed() }) : base;
    return isNegative ? { minus: power } : power;
  };
  /** @returns {Tree} */
  const atom = () => {
    const token = tokens[at++] ?? "";
    if (token === "(") return bracketed();
    if (token[0] === '"') return { column: token.slice(1, -1) };
    if (/^[\d.]/.test(token)) return { number: Number(token) };
    if (FUNCTIONS.includes(token) && take("(")) return { of: token, on: bracketed() };
    return { column: token };
  };
  const bracketed = () => {
    const inner = sum();
    take(")");
    return inner;
  };
  return sum();
}

/** How tight each binds: what binds less stands in brackets. */
const BINDS = /** @type {Record<string, number>} */ ({ "+": 1, "-": 1, "*": 2, "/": 2, "**": 4 });
const bindsOf = (/** @type {Tree} */ tree) => ("sign" in tree ? BINDS[tree.sign] : "minus" in tree ? 3 : 5);

/** Numbers and names hug their power. @param {Tree} tree @returns {boolean} */
const isSimple = (tree) => "number" in tree || "name" in tree || ("minus" in tree && "number" in tree.minus);

/** @param {Tree} tree @returns {boolean} */
const hasColumn = (tree) =>
  "column" in tree ||
  ("name" in tree && tree.hasColumn) ||
  ("of" in tree && hasColumn(tree.on)) ||
  ("minus" in tree && hasColumn(tree.minus)) ||
  ("sign" in tree && (hasColumn(tree.left) || hasColumn(tree.right)));

/** The columns it names. @param {Tree} tree @returns {string[]} */
export function columnsIn(tree) {
  if ("column" in tree) return [tree.column];
  if ("of" in tree) return columnsIn(tree.on);
  if ("minus" in tree) return columnsIn(tree.minus);
  return "sign" in tree ? [...columnsIn(tree.left), ...columnsIn(tree.right)] : [];
}

const NAMES = /** @type {Record<string, string>} */ ({ ln: "log" });

/**
 * As an expression over `column["name"]`, tensors in double precision.
 *
 * @param {Tree} tree
 * @param {(name: string) => string} keyOf   how a column is asked for
 * @returns {string}
 */
export function pythonOf(tree, keyOf = pyString) {
  const written = (/** @type {Tree} */ part) => pythonOf(part, keyOf);
  const inside = (/** @type {Tree} */ part, /** @type {number} */ least) =>
    bindsOf(part) < least ? `(${written(part)})` : written(part);
  if ("name" in tree) return tree.name;
  if ("number" in tree) return pyFloat(tree.number);
  if ("column" in tree) return `column[${keyOf(tree.column)}]`;
  if ("minus" in tree) return "number" in tree.minus ? `-${written(tree.minus)}` : `-${inside(tree.minus, 5)}`;
  if ("of" in tree) {
    const { of, on } = tree;
    // PyTorch's functions take no plain numbers.
    if (hasColumn(on)) return `torch.${NAMES[of] ?? of}(${written(on)})`;
    return `math.${of === "abs" ? "fabs" : (NAMES[of] ?? of)}(${written(on)})`;
  }
  const { sign, left, right } = tree;
  const own = BINDS[sign];
  if (sign === "**") {
    const gap = isSimple(left) && isSimple(right) ? "" : " ";
    return `${inside(left, own + 1)}${gap}**${gap}${inside(right, 3)}`;
  }
  return `${inside(left, own)} ${sign} ${inside(right, own + 1)}`;
}

/** Columns of a line in which a formula stands. */
const ROOM = 72;

/**
 * A formula as Python; one without columns is the same in each row.
 *
 * @param {string} text
 * @param {(name: string) => string} keyOf
 * @param {(text: string) => string} put   puts a part that is too long for one line on a line of its own, and names it
 */
export function pythonFormula(text, keyOf, put) {
  const tree = treeOf(text);
  if (!hasColumn(tree)) return `torch.full_like(first, ${pythonOf(tree)})`;
  const write = (/** @type {Tree} */ one) => pythonOf(one, keyOf);
  /** @param {any} own any: a node of any kind @returns {string} */
  const fitted = (own) => {
    const node = { ...own };
    const parts = ["minus", "on", "left", "right"].filter((key) => typeof node[key] === "object");
    for (const key of parts.toSorted((a, b) => write(node[b]).length - write(node[a]).length))
      if (widthOf(write(node)) > ROOM && !("name" in node[key]) && !("number" in node[key]) && !("column" in node[key]))
        node[key] = { name: put(fitted(node[key])), hasColumn: hasColumn(node[key]) };
    return write(node);
  };
  return fitted(tree);
}
