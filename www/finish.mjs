// Finishes a package that wasm-bindgen wrote, in ways that it has no option for.
//
// * Wrong values, calls before the module is loaded and on what was freed get an Error with a code: guard.js stands between.
// * The types stand by themselves for ES2022: `Symbol.dispose` is of a library that they name.
// * A package.json says what it is: a module.
// * A GPU that throws where it should reject does reject.
// * What its JavaScript and its WebAssembly call one another is short.
//
// `node finish.mjs FOLDER`: changes its files; a text that isn't found is an error. trainyard.plain.js is for our own page:
// without the guard, and without what only other callers and older browsers need.
import fs from "node:fs";
import path from "node:path";
import { shortNames } from "./shortNames.mjs";

const [folder] = process.argv.slice(2);

const HANDLES_OF_MEMORY = `
const NOT_LOADED = new Proxy({}, {
    get() { throw codedError("handle", "Trainyard is not loaded yet: await its default export first, or call initSync."); },
});
const isFreed = (handle) => Object.hasOwn(handle, "isFreed");
function markFreed(handle) {
    const get = () => { throw codedError("handle", \`This \${handle.constructor.name} was freed: create another one.\`); };
    Object.defineProperty(handle, "isFreed", { value: true });
    Object.defineProperty(handle, "__wbg_ptr", { get });
}
`;

/** With `to` for each `from`, of which there must be some, or as many as said. */
function replaced(text, from, to, times = null) {
  const parts = text.split(from);
  if (parts.length < 2 || (times !== null && parts.length !== times + 1))
    throw new Error(`finish.mjs: "${from}" stands ${parts.length - 1} times in what wasm-bindgen wrote`);
  return parts.join(to);
}

const core = path.join(folder, "trainyard_bg.wasm");
const { bytes, imports, exports } = shortNames(fs.readFileSync(core));
fs.writeFileSync(core, bytes);
const exported = (name) => exports.get(name) ?? name;
edit("trainyard.js", (code) =>
  code
    .replace(/^ {8}(__wb\w+): function/gm, (_, name) => `        ${imports.get(name)}: function`)
    .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${exported(name)}`),
);
edit("trainyard.d.ts", (types) =>
  types.replace(/^( {4}readonly )(\w+)(?=: \(a?)/gm, (_, start, name) => start + exported(name)),
);
edit("trainyard_bg.wasm.d.ts", (types) =>
  types.replace(/^(export const )(\w+)/gm, (_, start, name) => start + exported(name)),
);

// Some browsers throw at once where others reject: what is asked of a GPU then fails as if it had been refused.
edit("trainyard.js", (code) => {
  const asked = code.replace(/= (\w+\.(?:mapAsync|request(?:Adapter|Device))\(.*\));/g, "= promised(() => $1);");
  if (asked === code) return code; // it has no GPU engine
  // An empty submission only has a browser look for what is done: that one throws is found out by the next that is not.
  const submit = "arg0.submit(getArrayJsValueViewFromWasm0(arg1, arg2));";
  const submitted = replaced(asked, submit, `try { ${submit} } catch (error) { if (arg2) throw error; }`, 1);
  const PROMISED =
    "function promised(ask) {\n    try { return ask(); } catch (error) { return Promise.reject(error); }\n}\n";
  return `${submitted}\n${PROMISED}`;
});

// In the order of their names, neighbors differ in one letter: they compress better.
edit("trainyard.js", (code) => {
  const ENTRY = /^ {8}\$(\w+): function[\s\S]*?^ {8}\}(?:, arguments\); \})?,\n/gm;
  const entries = [...code.matchAll(ENTRY)].sort(([, a], [, b]) => parseInt(a, 36) - parseInt(b, 36));
  if (entries.length !== imports.size)
    throw new Error(`finish.mjs: ${entries.length} of ${imports.size} imports found in what wasm-bindgen wrote`);
  let next = 0;
  return code.replace(ENTRY, () => entries[next++][0]);
});

fs.copyFileSync(path.join(folder, "trainyard.js"), path.join(folder, "trainyard.plain.js"));
edit("trainyard.plain.js", (code) => {
  const without = (/** @type {RegExp} */ what, by = "") => {
    if (!what.test(code)) throw new Error(`finish.mjs: ${what} matches nothing in what wasm-bindgen wrote`);
    code = code.replace(what, by);
  };
  without(/^if \(Symbol\.dispose\).*\n/gm);
  without(/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n +: (?=new)/g);
  without(/^ {4}if \(realloc === undefined\) \{\n[\s\S]*?^ {4}\}\n/m);
  without(/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?^\}\n/m);
  // Values are given in one object, and where the core lies among them.
  without(/^ {4}if \((module(?:_or_path)?) !== undefined\) \{\n[\s\S]*?^ {4}\}\n/gm, "    ({$1} = $1);\n");
  without(/^ {4}if \(module_or_path === undefined\) \{\n[\s\S]*?^ {4}\}\n/m);
  without(/^ {4}if \(typeof module_or_path === 'string'.*\n[\s\S]*?^ {4}\}\n/m);
  // It comes as a response, and any host will do.
  without(/^ {4}if \(typeof Response === 'function'.*\n/m, "    {\n");
  without(/^ {4}\} else \{\n {8}const instance = await[\s\S]*?^ {4}\}\n/m, "    }\n");
  without(/^ {8}if \(typeof WebAssembly\.instantiateStreaming === 'function'\)/m, "       ");
  without(/^ +console\.warn\("`WebAssembly\.instantiateStreaming` failed.*\n/m);
  // Values that Rust shows to developers.
  if (/^function debugString/m.test(code))
    without(
      /^(function debugString\(val\) \{\n)[\s\S]*?^\}\n/m,
      "$1    return val instanceof Error ? `${val.name}: ${val.message}\\n${val.stack}` : String(val);\n}\n",
    );
  return code;
});
edit("trainyard.js", (code) => {
  const handles = [...code.matchAll(/^export class (\w+)/gm)].map(([, name]) => name);
  const guard = fs
    .readFileSync(new URL("guard.js", import.meta.url), "utf8")
    .replace("(HANDLES)", `([${handles.join(", ")}])`);
  code = replaced(code, "        this.__wbg_ptr = 0;\n", "        markFreed(this);\n");
  code = replaced(code, "    free() {\n", "    free() {\n        if (isFreed(this)) return;\n");
  code = replaced(
    code,
    "let wasmModule, wasmInstance, wasm;\n",
    `${HANDLES_OF_MEMORY}let wasmModule, wasmInstance, wasm = NOT_LOADED;\n`,
    1,
  );
  code = replaced(code, "if (wasm !== undefined) return wasm;", "if (wasm !== NOT_LOADED) return wasm;", 2);
  code = code.replace(
    /throw new Error\(getStringFromWasm0\((\w+), (\w+)\)\)/,
    (_, at, length) =>
      `throw codedError("handle", getStringFromWasm0(${at}, ${length}).replace("null pointer passed to rust", "This is no handle: create one first."))`,
  );
  code = code.replace(/^export function preview\(.*\{\n/m, (head) => `${head}    check("preview", arguments);\n`);
  code = code.replace(
    /^ {4}constructor\(read\) \{\n/m,
    (head) => `${head}        if (read !== undefined && read !== null) check("constructor", arguments);\n`,
  );
  return `${code}\n${guard}`;
});
edit("trainyard.d.ts", (types) => `/// <reference lib="esnext.disposable" />\n${types}`);

const manifest = path.join(folder, "package.json");
const written = fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, "utf8")) : {};
const cargo = fs.readFileSync(new URL("../Cargo.toml", import.meta.url), "utf8");
const [description, license] = ["description", "license"].map(
  (key) => cargo.match(new RegExp(`^${key} = "(.*)"`, "m"))[1],
);
const module = { type: "module", main: "trainyard.js", types: "trainyard.d.ts", sideEffects: false };
fs.writeFileSync(
  manifest,
  `${JSON.stringify({ name: "trainyard", description, license, private: true, ...written, ...module }, null, 2)}\n`,
);

function edit(name, change) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, change(fs.readFileSync(file, "utf8")));
}
