// `./build.sh bench baselines`: how long simpler models take to be fitted to 1,500 rows of 10 features, and to predict as
// many, beside scikit-learn's where python3 has it (PYTHON names another one). Medians of five, in milliseconds.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { Baseline, initSync } from "../../www/pkg-baselines/trainyard.js";
import { median } from "./median.mjs";

const ROWS = 1500;
const FEATURES = 10;
const TIMES = 5;

initSync({ module: fs.readFileSync(new URL("../../www/pkg-baselines/trainyard_bg.wasm", import.meta.url)) });

/** Uniform in −1…1, always the same (SplitMix32). */
function drawn(seed) {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 31 - 1;
  };
}

const draw = drawn(1);
const inputs = Float64Array.from({ length: ROWS * FEATURES }, draw);
const values = Float64Array.from({ length: ROWS }, (_, row) => {
  const [a, b, c, d] = inputs.subarray(row * FEATURES);
  return 3 * a - 2 * b + 4 * c * d + 0.5 * draw();
});
const classes = values.map((value) => (value < -1 ? 0 : value < 1 ? 1 : 2));

const CASES = [
  ["ridge", {}, "values", "Ridge()"],
  ["lasso", { penalty: 0.01 }, "values", "Lasso(0.01)"],
  ["logistic", {}, "classes", "LogisticRegression()"],
  ["knn", {}, "classes", "KNeighborsClassifier()"],
  ["knn", {}, "values", "KNeighborsRegressor()"],
  ["tree", {}, "classes", "DecisionTreeClassifier(random_state=0)"],
  ["tree", {}, "values", "DecisionTreeRegressor(random_state=0)"],
  ["forest", {}, "classes", "RandomForestClassifier(random_state=0)"],
  ["forest", {}, "values", "RandomForestRegressor(random_state=0)"],
];

const timed = (act) => {
  const start = performance.now();
  const result = act();
  return { ms: performance.now() - start, result };
};

function measured(kind, options, of) {
  const rows = { inputs, targets: of === "classes" ? classes : values, shape: [FEATURES] };
  const [fits, predictions] = [[], []];
  for (let i = 0; i < TIMES; i++) {
    const { ms, result: model } = timed(() =>
      Baseline.fit(kind, options, of === "classes" ? { ...rows, classes: 3 } : rows),
    );
    fits.push(ms);
    predictions.push(timed(() => model.predict(inputs)).ms);
    model.free();
  }
  return [median(fits), median(predictions)];
}

const PYTHON = `
import json, statistics, sys, time
import numpy as np
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
given = json.load(sys.stdin)
x = np.array(given["inputs"]).reshape(${ROWS}, ${FEATURES})
for text, of in given["cases"]:
    y = np.array(given[of]); fits = []; predictions = []
    for _ in range(${TIMES}):
        start = time.perf_counter(); model = eval(text).fit(x, y); fitted = time.perf_counter()
        (getattr(model, "predict_proba", None) or model.predict)(x)
        fits.append(fitted - start); predictions.append(time.perf_counter() - fitted)
    print(json.dumps([statistics.median(fits) * 1000, statistics.median(predictions) * 1000]))
`;

function theirs() {
  const input = JSON.stringify({
    inputs: [...inputs],
    values: [...values],
    classes: [...classes],
    cases: CASES.map(([, , of, text]) => [text, of]),
  });
  const { status, stdout } = spawnSync(process.env.PYTHON ?? "python3", ["-c", PYTHON], { input, encoding: "utf8" });
  return status === 0
    ? stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : null;
}

const ours = CASES.map(([kind, options, of]) => measured(kind, options, of));
const other = theirs();
if (!other)
  console.log("scikit-learn is not there: python3 -m pip install scikit-learn, or PYTHON=… for another python3");
const cell = (number) => number.toFixed(number < 10 ? 2 : 0).padStart(9);
console.log(
  `${"".padEnd(18)}${"fit".padStart(9)}${"predict".padStart(9)}${other ? "   scikit-learn: fit, predict" : ""}`,
);
CASES.forEach(([kind, , of], i) =>
  console.log(
    `${`${kind}, ${of}`.padEnd(18)}${ours[i].map(cell).join("")}${other ? `   ${other[i].map(cell).join("")}` : ""}`,
  ),
);
