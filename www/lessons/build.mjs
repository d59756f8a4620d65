// The pages of the course, below dist/lessons, and their scripts, in the build's folder.
import fs from "node:fs";
import path from "node:path";
import { bundleClassic } from "../bundle.mjs";
import { exportsOf } from "../translate.mjs";
import { pagesOf } from "./pages.mjs";

const SCRIPTS = ["lessons/look.js", "lessons/page.js"];

/**
 * Resolves to the names of the files written, as from dist/.
 *
 * @param {object} options
 * @param {string} options.www
 * @param {string} options.dist
 * @param {string} options.build        the build's folder in it
 * @param {string[]} options.languages
 * @param {(language: string) => string} options.scriptsOf   the folder of a language's scripts, in the build's
 * @param {(language: string) => Record<string, string>} options.defineFor
 */
export async function buildCourse({ www, dist, build, languages, scriptsOf, defineFor }) {
  const files = [];
  for (const language of languages) {
    const scripts = `${build}/${scriptsOf(language)}`;
    for (const entry of SCRIPTS) {
      const options = { from: www, to: path.join(dist, scripts), entry, define: defineFor(language), language };
      files.push(...(await bundleClassic(options)).map((name) => scripts + name));
    }
    const told = await exportsOf(new URL("words.static.js", import.meta.url).href, language);
    for (const [name, html] of Object.entries(pagesOf({ language, languages, build, scripts, told }))) {
      fs.mkdirSync(path.dirname(path.join(dist, name)), { recursive: true });
      fs.writeFileSync(path.join(dist, name), html);
      files.push(name);
    }
  }
  return files;
}
