// What the front-end's sources may say and import: www/ is layered, each folder knows only those to its left.
//   base ← settings ← ui ← session ← features ← app ← carried        base, settings, session/protocol.js ← worker
//   base … features ← element                                         without the page
import globals from "globals";
import { anyRule } from "./anyRule.js";

/** What files of a folder may import, besides their own folder. Types in comments may come from anywhere. */
const LAYERS = {
  base: [],
  settings: ["base", "data"],
  data: ["base", "settings"],
  ui: ["base", "settings"],
  session: ["base", "settings", "ui"],
  worker: ["base", "settings", "session"],
  features: ["base", "settings", "ui", "session", "data", "worker", "lessons"],
  app: ["base", "settings", "ui", "session", "features"],
  carried: ["base", "ui", "app", "worker"],
  lessons: ["base", "settings"],
  bench: ["base", "worker"],
  element: ["base", "settings", "ui", "session", "features"],
};
const FOLDERS = Object.keys(LAYERS);

/** These put several features together. */
const COMPOSERS = ["features/*/part.js", "worker/full.js", "worker/jobs.js", "worker/travel.js"];

/** Rules without a page: they run in Node and in a worker as well. */
const MODELS = [
  "base",
  "settings",
  "session",
  "worker",
  "features/*/worker",
  "features/*/{model,worker,alerts,trainingMonitor,divergence,runHistory,runStorage,series,tableInspector}.js",
  "features/*/{cellCache,sheetLayout,board,unitFields,benchmarkRun,experimentFile,report,autosave,restore}.js",
].map((name) => (name.endsWith(".js") ? `www/${name}` : `www/${name}/**/*.js`));

const PAGE = [
  "document",
  "window",
  "localStorage",
  "requestAnimationFrame",
  "matchMedia",
  "location",
  "history",
  "HTMLElement",
];

const message = (/** @type {string} */ folder) =>
  `www/${folder} may not know this folder: see the layers in eslint.config.js.`;

/** No import of a folder to the right. */
const layer = (/** @type {string} */ folder) => {
  const banned = FOLDERS.filter((other) => other !== folder && !LAYERS[folder].includes(other));
  const patterns = banned.length ? [{ regex: `^(\\.\\./)+(${banned.join("|")})/`, message: message(folder) }] : [];
  if (folder === "features")
    patterns.push({
      regex: "^\\.\\./[a-z][\\w-]*/(?!.*\\.\\.)",
      message: "A feature knows another only through session/.",
    });
  return {
    files: [`www/${folder}/**/*.js`],
    ignores: COMPOSERS.map((name) => `www/${name}`),
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
};

export default [
  { ignores: ["**/node_modules/**", "www/pkg*/**", "dist/**", "target/**"] },
  {
    files: ["www/**/*.js", "www/*.mjs", "www/lessons/*.mjs", "www/bench/*.mjs"],
    languageOptions: { ecmaVersion: 2025, sourceType: "module", globals: { ...globals.browser, ...globals.worker } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { own: { rules: { "explained-any": anyRule } } },
    rules: {
      "own/explained-any": "error",
      "no-undef": "error",
      "no-unused-vars": [
        "error",
        {
          argsIgnorePattern: "^_",
          varsIgnorePattern: "^_",
          caughtErrors: "none",
          destructuredArrayIgnorePattern: "^_",
        },
      ],
      "prefer-const": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-console": "error",
      "no-var": "error",
      "no-shadow-restricted-names": "error",
      "no-duplicate-imports": "error",
      "max-len": [
        "error",
        {
          code: 120,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreComments: true,
          ignoreRegExpLiterals: true,
        },
      ],
      "max-lines": ["error", { max: 410, skipBlankLines: true, skipComments: true }],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Chance comes from the seed." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "MemberExpression[property.name=/^(inner|outer)HTML$/], CallExpression[callee.property.name='insertAdjacentHTML'], Identifier[name='unsafeHTML']",
          message: "No markup from text.",
        },
        { selector: "Literal[value=/^https?:\\/\\//]", message: "Nothing comes from elsewhere." },
        { selector: "CallExpression[callee.name='setTimeout'][arguments.1.value=0]", message: "It sleeps for 4 ms." },
        {
          selector: 'TemplateElement[value.raw=/\\bstyle=("|$)/]',
          message: "The page's security policy forbids style attributes.",
        },
      ],
    },
  },
  {
    files: ["www/*.mjs", "www/lessons/*.mjs", "www/bench/*.mjs"],
    languageOptions: { globals: globals.node },
    rules: { "no-console": "off" },
  },
  // Put at the end of what wasm-bindgen wrote, with which it shares its names.
  {
    files: ["www/guard.js"],
    languageOptions: { globals: { HANDLES: "readonly" } },
    rules: { "no-unused-vars": "off" },
  },
  {
    files: ["tests/{web,browser,bench}/**/*.{js,mjs}"],
    ignores: ["tests/web/cases.test.js"], // a table of cases
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: { "max-lines": ["error", { max: 480, skipBlankLines: true, skipComments: true }], "prefer-const": "error" },
  },
  // Tables, of a row a setting.
  { files: ["www/settings/advancedSettings.js"], rules: { "max-lines": "off" } },
  { files: MODELS, rules: { "no-restricted-globals": ["error", ...PAGE] } },
  ...FOLDERS.map(layer),
];
