// The report of a run: its figures are the page's, and nothing in it is markup that somebody else wrote.
import assert from "node:assert/strict";
import test from "node:test";
import { reportOf } from "../../www/features/share/report.js";
import { defaultsFor } from "../../www/settings/spec.js";

/** @returns {any} */
const state = (settings = {}, more = {}) => ({
  settings: { ...defaultsFor("circle"), ...settings },
  description: {
    task: "classification",
    classes: 2,
    target: null,
    rows: { train: 400, validation: 0, test: 100 },
    parameterCount: 25,
    loss: "cross-entropy",
  },
  frame: { epoch: 172, step: 6880, training: { loss: 0.02731, accuracy: 0.9975 }, test: { loss: 0.0278, accuracy: 1 } },
  run: { state: "paused", epoch: 172, step: 6880, why: null },
  table: { title: null },
  engine: { engine: "cpu" },
  lock: null,
  ...more,
});

test("data, model, rule and figures", () => {
  const text = reportOf(state({ noise: 0.1, l2: 0.01, dropout: 0.2 }), "https://example.org/#noise=0.1");
  assert.equal(
    text,
    `# Circle: 172 epochs

<https://example.org/#noise=0.1>

## Data

- Target: 2 classes
- Rows: 400 training, 100 test
- Noise: 0.1

## Model

- Hidden layers: 4, 2 neurons, Tanh
- Parameters: 25

## Training

- Loss: cross-entropy
- Batch size: 10
- Learning rate: 0.03
- Optimizer: SGD
- Epochs: 500
- Seed: 7
- L2 penalty: 0.01
- Dropout: 0.2
- Computed on the CPU

## Result

| | Training rows | Test rows |
|---|---:|---:|
| Loss | 0.0273 | 0.0278 |
| Accuracy | 99.8% | 100% |

6,880 steps in 172 epochs: not finished.
`,
  );
});

test("a table of one's own: a number in its unit, fixes counted, test rows locked, names as text", () => {
  const own = state(
    { ...defaultsFor("table"), clean: [{ fix: "drop-missing" }, { fix: "drop-duplicates" }] },
    {
      description: {
        task: "regression",
        target: "a|b <i>*c*",
        rows: { train: 8, validation: 0, test: 2 },
        parameterCount: 25,
        loss: "mse",
      },
      frame: { epoch: 1, step: 1, training: { loss: 1, mae: 1234.5, rmse: 2000 }, test: { loss: 2, mae: 3, rmse: 4 } },
      table: { title: "my [rows].csv" },
      lock: { isOpen: false, looks: 2 },
    },
  );
  const text = reportOf(own, "https://example.org/");
  assert.ok(text.startsWith("# my \\[rows\\].csv: 1 epoch\n"), text);
  assert.ok(text.includes("- Target: a number, a\\|b \\<i\\>\\*c\\*\n"), text);
  assert.ok(text.includes("- Fixes: 2\n"));
  assert.ok(text.includes("| Mean absolute error | 1,235 | locked |"), text);
  assert.ok(text.includes("- Views of the test set: 2\n"), text);
});

test("a name is no link and calls nobody", () => {
  const title = (/** @type {string} */ name) =>
    reportOf(
      state(defaultsFor("table"), { description: { ...state().description, target: "y" }, table: { title: name } }),
      "",
    )
      .split("\n")[0]
      .slice(2)
      .replace(": 172 epochs", "");
  assert.equal(title("https://evil.example/?a=1&b"), "https:&#8203;//evil.example/?a=1\\&b");
  assert.equal(title("see WWW.evil.example"), "see WWW&#8203;.evil.example");
  assert.equal(title("@team me@example.org @"), "@&#8203;team me@&#8203;example.org @&#8203;");
  assert.equal(title("#12 a # b"), "\\#&#8203;12 a \\# b");
  assert.equal(
    title("~~a~~ $x$ &lt; `b` ![c](javascript:d)"),
    "\\~\\~a\\~\\~ \\$x\\$ \\&lt; \\`b\\` !\\[c\\](javascript:d)",
  );
  assert.equal(title("10:30 wwwx awww.x"), "10:30 wwwx awww.x");
});

test("how it ended", () => {
  const last = (run) => reportOf(state({}, { run }), "").trim().split("\n").at(-1);
  assert.equal(
    last({ state: "finished", why: "the agreed number of epochs is done" }),
    "6,880 steps in 172 epochs: the agreed number of epochs is done.",
  );
  assert.equal(last({ state: "diverged", why: null }), "6,880 steps in 172 epochs: the loss diverged.");
});

test("of no run there is no report", () => {
  assert.equal(reportOf(state({}, { description: null }), ""), "");
});
