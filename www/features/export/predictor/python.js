// @ts-check
/** The predictor as one file of Python, of the standard library alone, with what this network needs and nothing else. */
import { writerOf } from "./expressions.js";
import { TOLERANCE, quoted } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */

/** By activation: its lines in a function of z. @type {Record<string, string[]>} */
const ACTIVATIONS = {
  linear: ["return z"],
  relu: ["return max(z, 0.0)"],
  "leaky-relu": ["return z if z > 0 else 0.01 * z"],
  elu: ["return z if z > 0 else math.expm1(z)"],
  selu: [
    "scale, alpha = 1.0507009873554805, 1.6732632423543772",
    "return scale * (z if z > 0 else alpha * math.expm1(z))",
  ],
  gelu: ["return z * (1 + math.erf(z / math.sqrt(2))) / 2"],
  silu: ["return z * sigmoid(z)"],
  softplus: ["return max(z, 0.0) + math.log1p(math.exp(-abs(z)))"],
  sigmoid: [],
  tanh: ["return math.tanh(z)"],
  sin: ["return math.sin(z)"],
};

/** It takes numbers of any size. */
const SIGMOID = `def sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    power = math.exp(z)
    return power / (1 + power)


`;

const valueOf = writerOf({
  functions: { sin: "math.sin", cos: "math.cos", exp: "math.exp", ln: "math.log", sqrt: "math.sqrt", abs: "abs" },
  power: "math.pow",
  is: (x, place) => `float(${x} == ${place})`,
});

/** @type {Record<Plan["answer"], string>} */
const ANSWERS = {
  probability: `    second = sigmoid(outputs[0])
    label = CLASSES[1 if outputs[0] > 0 else 0]
    return {"label": label, "probabilities": [1 - second, second]}`,
  probabilities: `    most = max(outputs)
    powers = [math.exp(output - most) for output in outputs]
    probabilities = [power / sum(powers) for power in powers]
    return {"label": CLASSES[outputs.index(most)], "probabilities": probabilities}`,
  score: `    return {"label": CLASSES[1 if outputs[0] > 0 else 0], "score": outputs[0]}`,
  scores: `    return {"label": CLASSES[outputs.index(max(outputs))], "scores": outputs}`,
  value: `    values = [output * SPREAD + OFFSET for output in outputs]`,
};

/** What of the answer is checked. @type {Record<Plan["answer"], string>} */
const CHECKED = {
  probability: 'found["probabilities"][1:]',
  probabilities: 'found["probabilities"]',
  score: '[found["score"]]',
  scores: 'found["scores"]',
  value: "[found]",
};

/** Nothing, numbers and texts. */
const literal = (/** @type {number | string | null} */ value) =>
  value === null ? "None" : typeof value === "string" ? quoted(value) : String(value);

/** @param {Plan} plan */
export function pythonOf(plan) {
  const { columns, features, layers, answer, classes, checks } = plan;
  const used = [...new Set(layers.map(({ activation }) => activation))];
  const needsSigmoid = answer === "probability" || used.some((name) => name === "sigmoid" || name === "silu");
  const hasNames = columns.some(({ kind }) => kind === "category");
  const hasNumbers = columns.some(({ kind }) => kind !== "category");
  const hasDates = columns.some(({ kind }) => kind === "date");
  const isOne = layers[layers.length - 1].bias.length === 1;
  const list = (/** @type {string[]} */ items) => items.map((item) => `    ${item},\n`).join("");
  const column = (/** @type {Plan["columns"][number]} */ { name, kind, fill, names, aliases }) => {
    const spellings = aliases.map(([from, to]) => `${quoted(from)}: ${quoted(to)}`).join(", ");
    const more = kind === "category" ? `, "names": [${names.map(quoted).join(", ")}], "aliases": {${spellings}}` : "";
    return `{"name": ${quoted(name)}, "kind": "${kind}", "fill": ${literal(fill)}${more}}`;
  };
  const scaled = (/** @type {Plan["features"][number]} */ feature) =>
    feature.spread === 0
      ? `(${quoted(feature.name)}, lambda x: 0.0, 0.0, 1.0)`
      : `(${quoted(feature.name)}, lambda x: ${valueOf(feature)}, ${feature.offset}, ${feature.spread})`;
  const rows = (/** @type {number[][]} */ weights) => weights.map((row) => `        ${spaced(row)},\n`).join("");
  const layer = (/** @type {Plan["layers"][number]} */ { weights, bias, activation }) =>
    `(${nameOf(activation)}, ${spaced(bias)}, [\n${rows(weights)}    ])`;
  const functions = used
    .filter((name) => name !== "sigmoid")
    .map((name) => `def ${nameOf(name)}(z):\n${ACTIVATIONS[name].map((line) => `    ${line}\n`).join("")}\n\n`);
  const imports = [...(hasDates ? ["import datetime"] : []), "import math", "import struct", "import sys"];
  return `"""A trained network in plain arithmetic, with all that it does to a raw row.

Written by Trainyard ${plan.version} after ${plan.epoch} epochs. It needs Python's standard library alone.

    python model.py              checks itself with rows that the page predicted
    from model import predict    predict({"column": value}), or a list of values
                                 in the order of COLUMNS
"""

${imports.join("\n")}

# fmt: off
# The raw columns. A gap (None, "" or NaN) is filled where there is something to fill it with.
COLUMNS = [
${list(columns.map(column))}]
${answer === "value" ? "\n# Outputs are scaled: value = output * SPREAD + OFFSET.\n" + `SPREAD = ${plan.spread}\nOFFSET = ${plan.offset}\n` : `\n# In the order of the ${answer === "probability" || answer === "probabilities" ? "probabilities" : "scores"}.\nCLASSES = [${classes.map(quoted).join(", ")}]\n`}
# Training rows, and what the page predicted for them.
CHECKS = [
${list(checks.map(({ row, output }) => `([${row.map(literal).join(", ")}], ${spaced(output)})`))}]

# What the network sees: (value - offset) / spread, as a float of 32 bits. x: the raw row in numbers.
FEATURES = [
${list(features.map(scaled))}]
# fmt: on


${needsSigmoid ? SIGMOID : ""}${functions.join("")}# fmt: off
# Activation, biases, and row by row the weights of one neuron.
LAYERS = [
${list(layers.map(layer))}]
# fmt: on


def is_gap(value):
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or value == "" or is_nan


${
  hasNames
    ? `def name_in(column, value):
    """The place of a name in the column's, -1 for one that no training row had."""
    name = "" if is_gap(value) else str(value).strip()
    name = column["aliases"].get(name, name)
    return column["names"].index(name) if name in column["names"] else -1


`
    : ""
}${
    hasNumbers
      ? `def number_in(column, value):
    name = column["name"]
    if is_gap(value):
        raise ValueError(f"{name} is missing, and the model can't fill it")
    try:
        return ${hasDates ? 'days(value) if column["kind"] == "date" else float(value)' : "float(value)"}
    except (TypeError, ValueError):
        raise ValueError(f"{name}: {value!r} is no ${hasDates ? "{column['kind']}" : "number"}") from None


`
      : ""
  }${
    hasDates
      ? `def days(value):
    """A date, YYYY-MM-DD, as days since 1970."""
    if not isinstance(value, str):
        return float(value)
    epoch = datetime.date(1970, 1, 1)
    return float((datetime.date.fromisoformat(value.strip()) - epoch).days)


`
      : ""
  }def read(column, given):
    value = column["fill"] if is_gap(given) else given
${hasNames && hasNumbers ? '    if column["kind"] == "category":\n        return name_in(column, value)\n    return number_in(column, value)' : `    return ${hasNames ? "name_in" : "number_in"}(column, value)`}


def encode(x):
    inputs = []
    for name, value, offset, spread in FEATURES:
        try:
            scaled = (value(x) - offset) / spread
            if not abs(scaled) < 3e38:
                raise ValueError
        except (ArithmeticError, ValueError):
            raise ValueError(f"{name} is not finite for this row") from None
        inputs.append(struct.unpack("f", struct.pack("f", scaled))[0])
    return inputs


def predict(row):
    if isinstance(row, dict):
        row = [row.get(column["name"]) for column in COLUMNS]
    outputs = encode([read(column, value) for column, value in zip(COLUMNS, row)])
    for activation, biases, weights in LAYERS:
        before = outputs
        outputs = [
            activation(bias + sum(w * value for w, value in zip(own, before)))
            for bias, own in zip(biases, weights)
        ]
${ANSWERS[answer]}${answer === "value" ? `\n    return ${isOne ? "values[0]" : "values"}` : ""}


def check():
    """How far each output is from the page's, relative to outputs above 1."""
    differences = []
    for row, wanted in CHECKS:
        found = predict(row)
        for value, output in zip(${answer === "value" && !isOne ? "found" : CHECKED[answer]}, wanted):
            differences.append(abs(value - output) / max(1.0, abs(output)))
    return differences


if __name__ == "__main__":
    differences = check()
    is_right = all(difference <= ${TOLERANCE.toFixed(5)} for difference in differences)
    verdict = "OK" if is_right else "WRONG"
    print(f"{verdict}: {len(CHECKS)} rows differ by at most {max(differences)}")
    sys.exit(0 if is_right else 1)
`;
}

const spaced = (/** @type {number[]} */ values) => `[${values.join(", ")}]`;

const nameOf = (/** @type {string} */ activation) => activation.replaceAll("-", "_");
