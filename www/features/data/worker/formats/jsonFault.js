// @ts-check
/** Where a text stops being JSON: browsers say it each in its own way, or not at all. */
import { t } from "../../../../base/text.js";

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y;

/** The fault as the rest of a sentence: what, and on which line and column. */
export function faultIn(/** @type {string} */ text) {
  /** What is open: "{" or "[". @type {string[]} */
  const open = [];
  let wants = t("data.value");
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const at = from + (/^[ \t\n\r]*/.exec(text.slice(from, from + 10_000))?.[0].length ?? 0);
    if (!match) {
      if (at >= text.length)
        return t("data.endsWhereShouldFollow", {
          wants,
          value: open.length
            ? t("data.stillOpen", {
                value: open.length === 1 ? t("data.oneBracket") : t("data.brackets", { open: open.length }),
              })
            : "",
        });
      return told(text, at, wants);
    }
    const [, sign, string] = match;
    const isValue = !sign || sign === "{" || sign === "[";
    const inner = open.at(-1);
    if (wants === "a value" || wants === "a value or ]") {
      if (sign === "]" && wants === "a value or ]") open.pop();
      else if (!isValue) return told(text, at, wants);
      if (sign === "{") wants = (open.push("{"), t("data.nameQuotes"));
      else if (sign === "[") wants = (open.push("["), t("data.value2"));
      else wants = open.length ? t("data.comma", { value: open.at(-1) === "{" ? "}" : "]" }) : t("data.end");
    } else if (wants.startsWith("a name in quotes")) {
      if (sign === "}" && wants.endsWith("}")) wants = after(open);
      else if (string === undefined) return told(text, at, wants);
      else wants = t("data.colon");
    } else if (wants === "a colon") {
      if (sign !== ":") return told(text, at, wants);
      wants = t("data.value");
    } else if (wants === "the end") {
      return told(text, at, wants);
    } else if (sign === ",") wants = inner === "{" ? t("data.nameQuotes2") : t("data.value");
    else if (sign === (inner === "{" ? "}" : "]")) wants = after(open);
    else return told(text, at, wants);
  }
}

/** What follows when a bracket is closed. */
function after(/** @type {string[]} */ open) {
  open.pop();
  return open.length ? t("data.comma", { value: open.at(-1) === "{" ? "}" : "]" }) : t("data.end");
}

function told(/** @type {string} */ text, /** @type {number} */ at, /** @type {string} */ wants) {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  const found = text.slice(at, at + 12).split(/[\r\n]/)[0];
  return t("data.lineColumnHasWhere", {
    before: before.length,
    before2: (before.at(-1) ?? "").length + 1,
    found,
    wants,
  });
}
