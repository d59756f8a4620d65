// What a template draws, as text and as a list of elements, without a document.

const nothing = Symbol.for("lit-nothing");

/** @typedef {{tag: string, attributes: Record<string, string>, text: string}} Drawn */

const isTemplate = (/** @type {any} */ value) => typeof value === "object" && value !== null && "_$litType$" in value;

const escaped = (/** @type {unknown} */ value) =>
  String(value).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The markup of a template; listeners and properties are left out, as in a page's source. @returns {string} */
export function markupOf(/** @type {any} */ value) {
  if (value === nothing || value === null || value === undefined || value === false) return "";
  if (typeof value !== "object") return escaped(value);
  if (!isTemplate(value)) return Array.from(value, markupOf).join("");
  let text = "";
  value.strings.forEach((/** @type {string} */ string, /** @type {number} */ i) => {
    text += string;
    if (i === value.values.length) return;
    const one = value.values[i];
    const [, kind, name] = text.match(/\s([@.?]?)([\w-]+)=$/) ?? [];
    if (text.lastIndexOf("<") < text.lastIndexOf(">") || name === undefined) {
      // Between tags, or within an attribute's quotes.
      text += text.lastIndexOf("<") > text.lastIndexOf(">") ? escaped(one === nothing ? "" : one) : markupOf(one);
      return;
    }
    const before = text.slice(0, -(kind.length + name.length + 2));
    if (kind === "@" || kind === "." || one === nothing) text = before;
    else if (kind === "?") text = one ? `${before} ${name}` : before;
    else text += `"${escaped(one)}"`;
  });
  return text;
}

const plain = (/** @type {string} */ text) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    .replace(/\s+/g, " ")
    .trim();

/** The elements of a template in their order; the text of each is all that stands within it. @returns {Drawn[]} */
export function elementsOf(/** @type {any} */ template) {
  const markup = markupOf(template);
  /** @type {(Drawn & {start: number})[]} */
  const open = [];
  /** @type {Drawn[]} */
  const drawn = [];
  for (const match of markup.matchAll(/<(\/?)([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/g)) {
    const [all, isEnd, tag, list, isEmpty] = match;
    if (isEnd) {
      const own = open.pop();
      if (own?.tag !== tag) throw new Error(`</${tag}> closes <${own?.tag}>`);
      own.text = plain(markup.slice(own.start, match.index).replace(/<[^>]*>/g, " "));
      continue;
    }
    const attributes = Object.fromEntries(
      [...list.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, plain(value ?? "")]),
    );
    const own = { tag, attributes, text: "", start: match.index + all.length };
    drawn.push(own);
    if (!isEmpty) open.push(own);
  }
  if (open.length) throw new Error(`<${open[0].tag}> is not closed`);
  return drawn;
}

/** Those of a tag, and with that class. @returns {Drawn[]} */
export const those = (/** @type {Drawn[]} */ drawn, /** @type {string} */ tag, /** @type {string} */ name = "") =>
  drawn.filter((one) => one.tag === tag && (!name || (one.attributes.class ?? "").split(" ").includes(name)));

/** An attribute of each, as numbers. */
export const numbersOf = (/** @type {Drawn[]} */ drawn, /** @type {string} */ name) =>
  drawn.map(({ attributes }) => Number(attributes[name]));
