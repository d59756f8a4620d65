// @ts-check
/**
 * The page's stylesheets in a shadow root: constructed from their texts, since a host's policy may forbid style elements, and
 * shared by all elements. What they say of the page, they say here of the element.
 */
import { fetchFile } from "../base/files.js";
import { inTime } from "../base/inTime.js";
import { PATIENCE_MS } from "../base/loadPart.js";

/** @type {Map<string, Promise<void>>} */
const asked = new Map();
/** In the order of the page's own. @type {CSSStyleSheet[]} */
const sheets = [];
/** With what each has of its own. @type {Map<ShadowRoot, CSSStyleSheet>} */
const roots = new Map();

/** The text of a stylesheet of the page's, for a shadow root. A size follows the reader's type, but no page's that makes it tiny. */
export const scoped = (/** @type {string} */ css) =>
  css
    .replace(/:root\[data-([\w-]+)="?(\w+)"?\]/g, ":host([$1=$2])")
    .replace(/:root:not\(\[data-([\w-]+)="?(\w+)"?\]\)/g, ":host(:not([$1=$2]))")
    .replace(/:root(?![\w-])/g, ":host")
    .replace(/(^|[},{\s])(?:html|body)(?=[\s,{])/g, "$1.yard")
    .replace(/(?<![\w.-])(-?(?:\d+\.?\d*|\.\d+))rem\b/g, "calc($1*var(--rem))");

/** Adds a stylesheet to all roots, once. @param {string} address   as from `www/` */
export function adopt(address) {
  const answer = asked.get(address) ?? load(address);
  asked.set(address, answer);
  answer.catch(() => asked.delete(address));
  return answer;
}

async function load(/** @type {string} */ address) {
  const sheet = new CSSStyleSheet();
  sheets.push(sheet);
  try {
    const response = await inTime(fetchFile(address), PATIENCE_MS);
    const text = await response.text();
    if (!response.ok || !text.includes("{") || text.startsWith("<")) throw new Error(address);
    sheet.replaceSync(scoped(text));
  } catch (error) {
    sheets.splice(sheets.indexOf(sheet), 1);
    throw error;
  }
  for (const [root, own] of roots) root.adoptedStyleSheets = [...sheets, own];
}

/** Dresses a root, now and as more styles come. @param {ShadowRoot} root @param {CSSStyleSheet} own @returns {() => void} ends it */
export function dress(root, own) {
  roots.set(root, own);
  root.adoptedStyleSheets = [...sheets, own];
  return () => roots.delete(root);
}
