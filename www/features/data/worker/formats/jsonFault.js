// @ts-check
/** Where a text stops being JSON: browsers say it each in its own way, or not at all. */

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y;

/** The fault as the rest of a sentence: what, and on which line and column. */
export function faultIn(/** @type {string} */ text) {
  /** What is open: "{" or "[". @type {string[]} */
  const open = [];
  let wants = "a value";
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const at = from + (/^[ \t\n\r]*/.exec(text.slice(from, from + 10_000))?.[0].length ?? 0);
    if (!match) {
      if (at >= text.length)
        return `it ends where ${wants} should follow${open.length ? ` (${open.length === 1 ? "one bracket is" : `${open.length} brackets are`} still open)` : ""}. It was probably not saved or downloaded completely.`;
      return told(text, at, wants);
    }
    const [, sign, string] = match;
    const isValue = !sign || sign === "{" || sign === "[";
    const inner = open.at(-1);
    if (wants === "a value" || wants === "a value or ]") {
      if (sign === "]" && wants === "a value or ]") open.pop();
      else if (!isValue) return told(text, at, wants);
      if (sign === "{") wants = (open.push("{"), "a name in quotes or }");
      else if (sign === "[") wants = (open.push("["), "a value or ]");
      else wants = open.length ? `a comma or ${open.at(-1) === "{" ? "}" : "]"}` : "the end";
    } else if (wants.startsWith("a name in quotes")) {
      if (sign === "}" && wants.endsWith("}")) wants = after(open);
      else if (string === undefined) return told(text, at, wants);
      else wants = "a colon";
    } else if (wants === "a colon") {
      if (sign !== ":") return told(text, at, wants);
      wants = "a value";
    } else if (wants === "the end") {
      return told(text, at, wants);
    } else if (sign === ",") wants = inner === "{" ? "a name in quotes" : "a value";
    else if (sign === (inner === "{" ? "}" : "]")) wants = after(open);
    else return told(text, at, wants);
  }
}

/** What follows when a bracket is closed. */
function after(/** @type {string[]} */ open) {
  open.pop();
  return open.length ? `a comma or ${open.at(-1) === "{" ? "}" : "]"}` : "the end";
}

function told(/** @type {string} */ text, /** @type {number} */ at, /** @type {string} */ wants) {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  const found = text.slice(at, at + 12).split(/[\r\n]/)[0];
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1} has “${found}” where ${wants} should follow. Mend it there, or save the data again.`;
}
