// Bundles one graph of scripts: the page's, or its worker's; or all that a script needs into that one.
//
// No module is in a graph twice. What the first load needs lies in its own entries; what several later parts need, and the
// first load doesn't, in a file more or two, as `shared` says; the rest in the one part that needs it. So there is one Lit on the
// page, and nothing waits for a chain of small files. The bundler is Rollup, since it lets us say what lies where.
import nodeResolve from "@rollup/plugin-node-resolve";
import { transform } from "esbuild";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { rollup } from "rollup";
import { minify } from "terser";
import { slashes } from "./files.mjs";
import { exportsOf, translated } from "./translate.mjs";

/**
 * Writes the bundles of a graph, and resolves to the names of all files written, relative to `to`.
 *
 * @param {object} options
 * @param {string} options.from   where the sources lie
 * @param {string} options.to
 * @param {string[]} options.first   entries of the first load, in the order in which they run: each has what those before it don't
 * @param {string[]} [options.alike]   entries of which a page loads one: what several of them need comes with the last of the first
 * @param {string[]} options.later   entries that are loaded on demand
 * @param {string | ((needing: string[]) => string)} options.shared   the bundle of what several of these need; it may be
 *   one of the first; or that of what these need
 * @param {Record<string, string>} options.define   what stands for these expressions
 * @param {Record<string, string>} [options.instead]   modules that stand in for others
 * @param {string} options.language
 */
export async function bundleGraph({ from, to, first, alike = [], later, shared, define, instead = {}, language }) {
  const entry = (name) => path.join(from, name);
  const input = Object.fromEntries([...first, ...alike, ...later].map((name) => [bundleOf(name), entry(name)]));
  const graph = await rollup({
    input,
    preserveEntrySignatures: "allow-extension", // a part may have more from an entry than that one exports
    plugins: [replacing(from, instead), ...pluginsFor(language)],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  let placeOf = null;
  const { output } = await graph.write({
    dir: to,
    format: "es",
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    hoistTransitiveImports: false,
    manualChunks: (id, { getModuleInfo }) => (placeOf ??= places(getModuleInfo))(id),
    plugins: [tightener(define)],
  });
  await graph.close();
  return output.map(({ fileName }) => fileName);

  /** Says where a module lies; null: in the one part that needs it. */
  function places(getModuleInfo) {
    const reached = (name, found = new Set()) => {
      const visit = (id) => {
        if (found.has(id)) return;
        found.add(id);
        getModuleInfo(id).importedIds.forEach(visit);
      };
      visit(entry(name));
      return found;
    };
    const ofFirst = first.map((name) => [bundleOf(name), reached(name)]);
    const ofAlike = alike.map((name) => [bundleOf(name), reached(name)]);
    const ofLater = later.map((name) => reached(name));
    return (id) => {
      const early = ofFirst.find(([, modules]) => modules.has(id));
      if (early) return early[0];
      const views = ofAlike.filter(([, modules]) => modules.has(id));
      if (views.length) return views.length > 1 ? ofFirst.at(-1)[0] : views[0][0];
      const needing = later.filter((_, i) => ofLater[i].has(id));
      if (needing.length < 2) return null;
      return bundleOf(typeof shared === "string" ? shared : shared(needing.map(bundleOf)));
    };
  }
}

/**
 * Writes one classic script with all that an entry imports. Resolves to the names of the files written.
 *
 * @param {object} options
 * @param {string} options.from
 * @param {string} options.to
 * @param {string} options.entry   as from `from`
 * @param {string} [options.run]   what to call of its exports in the end
 * @param {string[]} [options.parts]   what is loaded on demand elsewhere and lies in here
 * @param {Record<string, string>} [options.instead]   modules that stand in for others
 * @param {Record<string, string>} options.define
 * @param {string} options.language
 */
export async function bundleClassic({ from, to, entry, run = "", parts = [], instead = {}, define, language }) {
  const quoted = (name) => JSON.stringify(path.join(from, name));
  const inTurn = [
    `import * as entry from ${quoted(entry)};`,
    ...(parts.length ? [`import { parts } from ${quoted("carried/parts.js")};`] : []),
    ...parts.map((name, i) => `import * as part${i} from ${quoted(name)};`),
    ...parts.map((name, i) => `parts[${JSON.stringify(placeOf(name))}] = part${i};`),
    run && `entry.${run}();`,
  ];
  const whole = {
    name: "whole",
    resolveId: (source) => (source === "\0whole" ? source : null),
    load: (id) => (id === "\0whole" ? inTurn.join("\n") : null),
    resolveDynamicImport: (specifier) => (typeof specifier === "string" ? { id: specifier, external: true } : null),
    resolveImportMeta: () => "undefined", // a classic script has none; who is told where a file lies never asks
  };
  const graph = await rollup({
    input: { [bundleOf(entry)]: "\0whole" },
    plugins: [whole, replacing(from, instead), ...pluginsFor(language)],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await graph.write({
    dir: to,
    format: "es",
    sourcemap: true,
    entryFileNames: "[name].js",
    plugins: [tightener(define, "iife")],
  });
  await graph.close();
  return output.map(({ fileName }) => fileName);
}

/** Where a source lies in the folder of its graph: what belongs to the page, or to the element, as a whole at the top. */
export const placeOf = (from) => from.replace(/^(app|element)\//, "");

/** Takes modules in the place of others; they themselves may import those. */
const replacing = (from, instead) => ({
  name: "replacing",
  resolveId: {
    order: "pre",
    async handler(source, importer, options) {
      if (!source.startsWith(".") && !path.isAbsolute(source)) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      const name = found && slashes(path.relative(from, found.id));
      return instead[name] && importer !== path.join(from, instead[name]) ? path.join(from, instead[name]) : found;
    },
  },
});

/** What its bundle is called. */
const bundleOf = (name) => placeOf(name).replace(/\.js$/, "");

// The page takes packages as wasm-bindgen wrote them (finish.mjs): its own code is checked by its types.
const unguarded = {
  name: "unguarded",
  resolveId: {
    order: "pre",
    async handler(source, importer) {
      if (!/\/pkg[\w-]*\/trainyard\.js$/.test(source)) return null;
      return this.resolve(source.replace(/\.js$/, ".plain.js"), importer);
    },
  },
};

// Of Lit only its templates: our views' element is our own (ui/viewElement.js).
const templates = {
  name: "templates",
  resolveId(source, importer) {
    return source === "lit" ? this.resolve("lit-html", importer) : null;
  },
};

// Modules named `….static.js` are data: the build takes what they export, not how they come by it.
const evaluated = (language) => ({
  name: "evaluated",
  async load(id) {
    if (!id.endsWith(".static.js")) return null;
    const entries = Object.entries(await exportsOf(pathToFileURL(id).href, language));
    return entries.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join("\n");
  },
});

// Templates lose what indents them: markup means the same with it. Line numbers stay, so maps need no change.
const unindented = {
  name: "unindented",
  transform(code, id) {
    if (id.includes("node_modules") || !/(html|svg)`/.test(code)) return null;
    const quasis = [];
    const visit = (node) => {
      if (node.type === "TaggedTemplateExpression" && ["html", "svg"].includes(node.tag.name))
        quasis.push(...node.quasi.quasis);
      Object.values(node).forEach((child) => typeof child === "object" && child !== null && visit(child));
    };
    visit(this.parse(code));
    let end = 0;
    let short = "";
    for (const quasi of quasis.sort((a, b) => a.start - b.start)) {
      short += code.slice(end, quasi.start) + code.slice(quasi.start, quasi.end).replace(/\n[ \t]+/g, "\n");
      end = quasi.end;
    }
    return { code: short + code.slice(end), map: null };
  },
};

// What settings are for is read later, in one piece (settings/help.static.js): the table of settings goes without.
const unexplained = {
  name: "unexplained",
  transform(code, id) {
    if (!/\/www\/settings\/\w+\.js$/.test(slashes(id)) || !/^ +help: /m.test(code)) return null;
    let short = code;
    const visit = (node) => {
      if (node.type === "Property" && node.key.name === "help" && node.value.type === "Literal") {
        // Blanks in its place, and in that of the comma behind: lines and columns stay, so maps need no change.
        const end = node.end + (/^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0);
        short = short.slice(0, node.start) + code.slice(node.start, end).replace(/\S/g, " ") + short.slice(end);
      }
      Object.values(node).forEach((child) => typeof child === "object" && child !== null && visit(child));
    };
    visit(this.parse(code));
    return { code: short, map: null };
  },
};

const pluginsFor = (language) => [
  unguarded,
  templates,
  evaluated(language),
  translated(language),
  unindented,
  unexplained,
  nodeResolve({ browser: true, exportConditions: ["production"] }),
];

/** Makes bundles small. Licenses are in files of their own, which the bundles name. */
const tightener = (define, format = "esm") => ({
  name: "tightener",
  async renderChunk(code, { fileName }) {
    const small = await transform(code, {
      define,
      format,
      banner: format === "iife" ? '"use strict";' : "", // as in a module
      target: "es2022",
      minify: true,
      sourcemap: "external",
      sourcefile: fileName,
      legalComments: "external",
    });
    const options = {
      module: format === "esm",
      ecma: 2022,
      compress: { passes: 2, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
      sourceMap: { content: small.map, includeSources: true },
    };
    const tight = await minify({ [fileName]: small.code }, options);
    const licenses = `${fileName}.LEGAL.txt`;
    if (!small.legalComments) return { code: tight.code, map: tight.map };
    this.emitFile({ type: "asset", fileName: licenses, source: small.legalComments });
    return {
      code: `${tight.code}\n/*! For license information please see ${path.basename(licenses)} */`,
      map: tight.map,
    };
  },
});
