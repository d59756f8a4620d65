// The report of a run: its figures are the page's, and nothing in it is markup that somebody else wrote.
import assert from "node:assert/strict";
import test from "node:test";
import { markdownOf, reportOf as reported } from "../../www/features/share/report.js";
import { gatherReport } from "../../www/features/share/gatherReport.js";
import { tellersOf } from "../../www/base/reported.js";
import { PoolJob, READY, aboutOf } from "../../www/session/poolJob.js";
import { defaultsFor } from "../../www/settings/spec.js";

const reportOf = (state, link, besides = {}) => markdownOf(reported(state, link, besides));

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
- Computed by: CPU. The same bits on every machine.

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

test("what is besides stands in its place: cleaning after the data, the rest at the end, and none of it is markup", () => {
  const cleaning = { title: "Cleaning steps", facts: ['3 rows of <b>"a|b"</b> left out'], words: ["10 = 7 + 3"] };
  const more = [
    {
      title: "Folds",
      tables: [
        {
          head: ["Round", "Score", "Epochs"],
          rows: [
            ["Round 1", "90%", "5"],
            ["Round 2", "not *done*"],
          ],
        },
      ],
    },
    { title: "Verdict", facts: [], words: ["Yes.", "At last."] },
  ];
  const text = reportOf(state(), "https://example.org/", { cleaning, more });
  assert.deepEqual(
    text.split("\n").filter((line) => line.startsWith("## ")),
    ["## Data", "## Cleaning steps", "## Model", "## Training", "## Result", "## Folds", "## Verdict"],
  );
  assert.ok(text.includes('- 3 rows of \\<b\\>"a\\|b"\\</b\\> left out\n\n10 = 7 + 3\n'), text);
  assert.ok(
    text.includes(
      "| Round | Score | Epochs |\n|---|---:|---:|\n| Round 1 | 90% | 5 |\n| Round 2 | not \\*done\\* |  |\n",
    ),
  );
  assert.ok(text.endsWith("## Verdict\n\nYes.\n\nAt last.\n"), text);
});

test("validation rows have a column of their own, and locked test rows no figure", () => {
  const own = (lock) =>
    reportOf(
      state(
        {},
        {
          description: { ...state().description, rows: { train: 8, validation: 1, test: 2 } },
          frame: {
            ...state().frame,
            validation: { loss: 0.5, accuracy: 0.25 },
          },
          lock,
        },
      ),
      "",
    );
  assert.ok(own(null).includes("| | Training rows | Validation rows | Test rows |"));
  assert.ok(own(null).includes("| Accuracy | 99.8% | 25.0% | 100% |"));
  const locked = own({ isOpen: false, looks: 0 });
  assert.ok(locked.includes("| Accuracy | 99.8% | 25.0% | locked |"), locked);
  assert.ok(!locked.includes("0.0278") && !locked.includes("100%"), locked);
});

/** A playground of a run that stands; it keeps what it was asked about. @returns {any} */
function playgroundOf(more = {}, answers = {}) {
  const asked = [];
  const all = state(
    {},
    { description: { ...state().description, rows: { train: 8, validation: 4, test: 2 } }, ...more },
  );
  all.frame.validation = { loss: 1 };
  const interval = { low: 0.5, high: 0.9, method: "wilson" };
  const scores = {
    task: "regression",
    rows: 4,
    ...{ mse: 4, rmse: 2, mae: 1.5, medianAbsoluteError: 1, r2: 0.7 },
    intervals: { r2: interval },
  };
  return {
    asked,
    store: { get: () => all, set: (patch) => Object.assign(all, patch) },
    ask: async (type, { part }) => {
      asked.push(`${type} ${part}`);
      if (answers[part]) return answers[part]();
      return { scores, guess: { ...scores, r2: 0 } };
    },
  };
}

const told = async (playground) =>
  Object.fromEntries((await gatherReport(playground, "")).sections.map(({ title, ...section }) => [title, section]));

test("a report asks how good the run is on rows to choose by, and on test rows only where they may be seen", async () => {
  const open = playgroundOf();
  const { "Scores, 4 validation rows": validation, "Scores, 4 test rows": test } = await told(open);
  assert.deepEqual(open.asked, ["scores 1", "scores 2"]);
  assert.deepEqual(validation.tables[0].rows.at(-1), ["R²", "0.700", "0.500 – 0.900", "0.000"]);
  assert.ok(test);
  const locked = playgroundOf({ lock: { isOpen: false, looks: 0 } });
  assert.ok(!Object.keys(await told(locked)).some((title) => title.includes("test")));
  assert.deepEqual(locked.asked, ["scores 1"]);
  const training = playgroundOf({ run: { state: "training" } });
  await told(training);
  assert.deepEqual(training.asked, [], "no score stands for long");
  // Locked while it was asked: what was said of test rows is not written.
  const late = playgroundOf({}, { 2: () => (late.store.set({ lock: { isOpen: false, looks: 1 } }), null) });
  assert.ok(!Object.keys(await told(late)).some((title) => title.includes("test")));
});

test("what can't be scored is said; so is a part that doesn't come", async () => {
  const none = await told(playgroundOf({}, { 1: () => null }));
  assert.match(none.Scores.words[0], /not finite/);
  const offline = await told(playgroundOf({}, { 1: () => Promise.reject(new Error("No connection.")) }));
  assert.deepEqual(offline.Scores.words, ["No connection."]);
});

test("panels say what was done in them, of each part of the rows; who has nothing to say is absent", async () => {
  const playground = playgroundOf();
  tellersOf(playground).set("ty-verdict", () => [{ title: "Verdict", words: ["Yes."] }]);
  tellersOf(playground).set("ty-new", () => [{ title: "New" }]);
  tellersOf(playground).set("ty-folds", () => [null]);
  tellersOf(playground).set("ty-residuals", (answers) =>
    answers.map(async ({ part }) => ({ title: "Residuals", words: [String(part)], on: { part, rows: 1 } })),
  );
  const titles = Object.keys(await told(playground));
  assert.deepEqual(titles.slice(titles.indexOf("Result") + 1), [
    "Scores, 4 validation rows",
    "Scores, 4 test rows",
    "Residuals, 1 validation row",
    "Residuals, 1 test row",
    "Verdict",
    "New",
  ]);
});

/** A study that has something to say. */
class Study extends PoolJob {
  section() {
    return { title: "Study", words: ["Done."] };
  }
}

test("a study is in the report when something of it was done, with what is to be known of it, and never of other rows", () => {
  const playground = playgroundOf();
  const about = () => aboutOf(playground.store.get());
  const study = new Study(playground, /** @type {any} */ ({ ...READY }));
  assert.equal(study.reported(), null);
  study.store.set({ phase: "running", about: about() });
  assert.equal(study.reported(), null);
  study.store.set({ phase: "done", isWhole: true });
  study.store.set({ about: "" });
  assert.equal(study.reported(), null, "of which nobody knows what it is about");
  study.store.set({ about: about() });
  assert.deepEqual(study.reported(), { title: "Study", words: ["Done."] });
  study.store.set({ isWhole: false });
  assert.match(study.reported()?.words?.[1] ?? "", /^Canceled/);
  playground.store.set({ settings: { ...playground.store.get().settings, learningRate: 0.5 } });
  assert.match(study.reported()?.words?.[2] ?? "", /settings have changed/);
  playground.store.set({ settings: { ...playground.store.get().settings, noise: 0.3 } });
  assert.equal(study.reported(), null);
});
