// @ts-check
/** The predictor as one module of JavaScript, with what this network needs and nothing else. */
import { writerOf } from "./expressions.js";
import { TOLERANCE, quoted } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */

/** By activation; `erf` is put before GELU. @type {Record<string, string>} */
const ACTIVATIONS = {
  linear: "(z) => z",
  relu: "(z) => Math.max(z, 0)",
  "leaky-relu": "(z) => (z > 0 ? z : 0.01 * z)",
  elu: "(z) => (z > 0 ? z : Math.expm1(z))",
  selu: "(z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z))",
  gelu: "(z) => (z * (1 + erf(z / Math.SQRT2))) / 2",
  silu: "(z) => z / (1 + Math.exp(-z))",
  softplus: "(z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))",
  sigmoid: "(z) => 1 / (1 + Math.exp(-z))",
  tanh: "Math.tanh",
  sin: "Math.sin",
};

const ERF = `
/** The error function, by its series and, farther out, by its continued fraction. */
function erf(x) {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 2.5) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (size + fraction);
  return Math.sign(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + fraction));
}
`;

const valueOf = writerOf({
  functions: { sin: "Math.sin", cos: "Math.cos", exp: "Math.exp", ln: "Math.log", sqrt: "Math.sqrt", abs: "Math.abs" },
  power: "Math.pow",
  is: (x, place) => `Number(${x} === ${place})`,
});

/** @type {Record<Plan["answer"], string>} */
const ANSWERS = {
  probability: `  const second = 1 / (1 + Math.exp(-outputs[0]));
  return { label: CLASSES[outputs[0] > 0 ? 1 : 0], probabilities: [1 - second, second] };`,
  probabilities: `  const most = Math.max(...outputs);
  const powers = outputs.map((output) => Math.exp(output - most));
  const sum = powers.reduce((a, b) => a + b);
  return { label: CLASSES[outputs.indexOf(most)], probabilities: powers.map((power) => power / sum) };`,
  score: `  return { label: CLASSES[outputs[0] > 0 ? 1 : 0], score: outputs[0] };`,
  scores: `  return { label: CLASSES[outputs.indexOf(Math.max(...outputs))], scores: outputs };`,
  value: `  return outputs.map((output) => output * SPREAD + OFFSET)`,
};

/** What of the answer is checked. @type {Record<Plan["answer"], string>} */
const CHECKED = {
  probability: "[found.probabilities[1]]",
  probabilities: "found.probabilities",
  score: "[found.score]",
  scores: "found.scores",
  value: "[found].flat()",
};

/** @param {Plan} plan */
export function javascriptOf(plan) {
  const { columns, features, layers, answer, classes, checks } = plan;
  const used = [...new Set(layers.map(({ activation }) => activation))];
  const hasNames = columns.some(({ kind }) => kind === "category");
  const hasNumbers = columns.some(({ kind }) => kind !== "category");
  const hasDates = columns.some(({ kind }) => kind === "date");
  const isOne = layers[layers.length - 1].bias.length === 1;
  const list = (/** @type {string[]} */ items) => items.map((item) => `  ${item},\n`).join("");
  const column = (/** @type {Plan["columns"][number]} */ { name, kind, fill, names, aliases }) => {
    const spellings = aliases.map(([from, to]) => `[${quoted(from)}, ${quoted(to)}]`).join(", ");
    const more =
      kind === "category" ? `, names: [${names.map(quoted).join(", ")}], aliases: new Map([${spellings}])` : "";
    return `{ name: ${quoted(name)}, kind: "${kind}", fill: ${typeof fill === "string" ? quoted(fill) : fill}${more} }`;
  };
  const scaled = (/** @type {Plan["features"][number]} */ feature) =>
    feature.spread === 0
      ? `{ name: ${quoted(feature.name)}, value: () => 0, offset: 0, spread: 1 }`
      : `{ name: ${quoted(feature.name)}, value: (x) => ${valueOf(feature)}, offset: ${feature.offset}, spread: ${feature.spread} }`;
  const layer = (/** @type {Plan["layers"][number]} */ { weights, bias, activation }) =>
    `{\n    activation: ${nameOf(activation)},\n    bias: ${JSON.stringify(bias)},\n    weights: [\n${weights.map((row) => `      ${JSON.stringify(row)},\n`).join("")}    ],\n  }`;
  return `// A trained network in plain arithmetic, with all that it does to a raw row. It needs nothing else.
// Written by Trainyard ${plan.version} after ${plan.epoch} epochs.
//
//   node model.mjs                          checks itself with rows that the page predicted
//   import { predict } from "./model.mjs"   predict({ column: value, … }), or a list of values in the order of COLUMNS

/** The raw columns. A gap (null, undefined, "" or NaN) is filled where there is something to fill it with. */
export const COLUMNS = [
${list(columns.map(column))}];
${answer === "value" ? "" : `\n/** The classes, in the order of the ${answer === "probability" || answer === "probabilities" ? "probabilities" : "scores"}. */\nexport const CLASSES = [${classes.map(quoted).join(", ")}];\n`}
/** What the network sees: (value − offset) / spread, as a float of 32 bits. x: the raw row in numbers. */
const FEATURES = [
${list(features.map(scaled))}];
${used.includes("gelu") ? ERF : ""}${used.map((name) => `\nconst ${nameOf(name)} = ${ACTIVATIONS[name]};`).join("")}

/** Row by row: the weights of one neuron. */
const LAYERS = [
${list(layers.map(layer))}];
${answer === "value" ? `\n/** Outputs are scaled: value = output · SPREAD + OFFSET. */\nconst SPREAD = ${plan.spread};\nconst OFFSET = ${plan.offset};\n` : ""}
function read(column, given) {
  const isGap = given === null || given === undefined || given === "" || Number.isNaN(given);
  const value = isGap ? column.fill : given;
${hasNames ? `  ${hasNumbers ? 'if (column.kind === "category") ' : ""}return nameIn(column, value);\n` : ""}${
    hasNumbers
      ? `  if (value === null) throw new Error(\`\${column.name} is missing, and the model can't fill it\`);
${hasDates ? '  if (column.kind === "date" && typeof value === "string") return days(column, value);\n' : ""}  const number = typeof value === "string" ? Number(value.trim() || NaN) : Number(value);
  if (Number.isNaN(number)) throw new Error(\`\${column.name}: \${JSON.stringify(given)} is no number\`);
  return number;
`
      : ""
  }}
${
  hasDates
    ? `
/** A date, YYYY-MM-DD, as days since 1970. */
function days(column, text) {
  const milliseconds = Date.parse(\`\${text.trim()}T00:00:00Z\`);
  if (Number.isNaN(milliseconds)) throw new Error(\`\${column.name}: \${JSON.stringify(text)} is no date (YYYY-MM-DD)\`);
  return milliseconds / 86400000;
}
`
    : ""
}
${
  hasNames
    ? `/** The place of a name in the column's, −1 for one that no training row had. */
function nameIn({ names, aliases }, value) {
  const name = value === null ? null : String(value).trim();
  return names.indexOf(aliases.get(name) ?? name);
}

`
    : ""
}export function predict(row) {
  const given = Array.isArray(row) ? row : COLUMNS.map(({ name }) => row[name]);
  const x = COLUMNS.map((column, i) => read(column, given[i]));
  const inputs = FEATURES.map(({ name, value, offset, spread }) => {
    const input = Math.fround((value(x) - offset) / spread);
    if (!Number.isFinite(input)) throw new Error(\`\${name} is not finite for this row\`);
    return input;
  });
  let outputs = inputs;
  for (const { weights, bias, activation } of LAYERS) {
    const before = outputs;
    outputs = weights.map((own, i) => activation(own.reduce((sum, weight, j) => sum + weight * before[j], bias[i])));
  }
${ANSWERS[answer]}${answer === "value" ? `${isOne ? "[0]" : ""};` : ""}
}

/** Training rows, and what the page predicted for them. */
const CHECKS = [
${list(checks.map(({ row, output }) => `{ row: [${row.map((one) => (typeof one === "string" ? quoted(one) : String(one))).join(", ")}], output: ${JSON.stringify(output)} }`))}];

/** The largest difference from the page's predictions, relative to the size of an output where that is above 1. */
export function check() {
  const differences = CHECKS.flatMap(({ row, output }) => {
    const found = predict(row);
    return ${CHECKED[answer]}.map((value, i) => Math.abs(value - output[i]) / Math.max(1, Math.abs(output[i])));
  });
  return Math.max(...differences);
}

if (globalThis.process?.argv?.[1] && decodeURI(import.meta.url).endsWith(process.argv[1].split(/[\\\\/]/).pop())) {
  const worst = check();
  const isRight = worst <= ${TOLERANCE};
  console.log(\`\${isRight ? "OK" : "WRONG"}: \${CHECKS.length} rows differ by at most \${worst}\`);
  if (!isRight) process.exitCode = 1;
}
`;
}

const nameOf = (/** @type {string} */ activation) => activation.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
