// @ts-check
/** Python in colors: comments, texts and the language's own words. */

const TOKENS =
  /(?<text>"""[\s\S]*?"""|f?"(?:[^"\\\n]|\\.)*"|f?'(?:[^'\\\n]|\\.)*')|(?<comment>#.*)|(?<word>\b(?:def|class|return|if|elif|else|for|while|in|not|import|from|as|with|and|or|is|None|True|False|raise|break|continue|lambda|try|except)\b)/g;

/** @typedef {{kind: "" | "text" | "comment" | "word", text: string}} Token */

/** The lines of a program, each as its tokens. @param {string} code @returns {Token[][]} */
export function tokensOf(code) {
  /** @type {Token[][]} */
  const lines = [[]];
  const add = (/** @type {Token["kind"]} */ kind, /** @type {string} */ text) =>
    text.split("\n").forEach((part, i) => {
      if (i) lines.push([]);
      if (part) lines[lines.length - 1].push({ kind, text: part });
    });
  let at = 0;
  for (const match of code.matchAll(TOKENS)) {
    add("", code.slice(at, match.index));
    const { text, comment } = match.groups ?? {};
    // A text of several lines says what a part is for.
    add(text?.startsWith('"""') || comment ? "comment" : text ? "text" : "word", match[0]);
    at = match.index + match[0].length;
  }
  add("", code.slice(at));
  if (!lines[lines.length - 1].length) lines.pop();
  return lines;
}
