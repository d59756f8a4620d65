// What a shared link shows its reader: the draft, its link and its embed code; and the goal that it may set.
import assert from "node:assert/strict";
import test from "node:test";
import { goalOf, isReached } from "../../www/features/result/goal.js";
import * as builder from "../../www/features/share/builder.js";
import { settingOf } from "../../www/settings/config.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";

const circle = defaultsFor("circle");
const draft = (changes = {}) => ({ ...builder.draftOf(circle), ...changes });

test("everything that a link may hide is in the checklist once, in words", () => {
  const parts = builder.GROUPS.flatMap(({ parts }) => parts);
  assert.deepEqual(
    [...parts].sort(),
    settingOf("hide")
      .choices.map(({ value }) => value)
      .sort(),
  );
  assert.equal(new Set(parts.map(builder.partWords)).size, parts.length);
});

test("the checklist has what the experiment has, and of a compact embed what that shows", () => {
  const names = (settings, changes) => builder.checklist(settings, draft(changes)).flatMap(({ parts }) => parts);
  assert.ok(names(circle).includes("noise") && names(circle).includes("layers"));
  assert.ok(!names(defaultsFor("iris")).includes("noise"));
  assert.ok(names(defaultsFor("iris")).includes("trainingShare"));
  assert.deepEqual(names(circle, { embed: "compact" }), ["question", "play", "reset"]);
});

test("a draft that changes nothing makes the link of the page", () => {
  for (const settings of [circle, defaultsFor("iris"), { ...circle, hide: ["noise", "text"], title: "A" }])
    assert.equal(
      writeHash(builder.settingsFrom(settings, builder.draftOf(settings)))
        .split("&")
        .sort()
        .join(),
      writeHash({ ...settings, hide: settings.hide && ["text", "noise"] })
        .split("&")
        .sort()
        .join(),
    );
});

test("what is written into the link is read back as it was, whatever its letters are", () => {
  const texts = ["Lesson 3", "a & b = c # d % e", "<b>no</b> \"quotes\" 'and' more", "ünïcødé 網 🙂", ""];
  for (const [i, title] of texts.entries()) {
    const [question, aim, hint] = [1, 2, 3].map((by) => texts[(i + by) % texts.length]);
    const wanted = draft({
      title,
      question,
      aim,
      hint,
      hide: ["noise", "layers"],
      lock: ["batchSize", "seed"],
      embed: "compact",
      control: "noise",
    });
    const { settings, ignored } = readHash(writeHash(builder.settingsFrom(circle, wanted)));
    assert.deepEqual(ignored, []);
    for (const key of ["title", "question", "aim", "hint", "hide", "lock", "embed", "control"])
      assert.deepEqual(settings[key], wanted[key], key);
  }
});

test("half a letter is written as what stands for none", () => {
  assert.equal(
    readHash(writeHash(builder.settingsFrom(circle, draft({ title: "a\ud83d" })))).settings.title,
    "a\ufffd",
  );
});

test("a part is shown or hidden once, and the same choice makes the same link in any order", () => {
  const a = builder.withPart(builder.withPart(draft(), "noise", false), "text", false);
  const b = builder.withPart(
    builder.withPart(builder.withPart(draft(), "text", false), "noise", false),
    "noise",
    false,
  );
  assert.equal(writeHash(builder.settingsFrom(circle, a)), writeHash(builder.settingsFrom(circle, b)));
  assert.equal(writeHash(builder.settingsFrom(circle, a)), "hide=text,noise");
  const shown = builder.withPart(builder.withPart(a, "noise", true), "text", true);
  assert.equal(writeHash(builder.settingsFrom(circle, shown)), "");
});

test("a setting is locked or free, in any order by the same link; what is no setting can't be locked", () => {
  const { withLock, isLockable, settingsFrom } = builder;
  const both = withLock(withLock(withLock(draft(), "seed", true), "noise", true), "seed", true);
  assert.equal(writeHash(settingsFrom(circle, both)), "lock=noise,seed");
  assert.deepEqual(builder.draftOf(readHash("lock=noise,seed").settings).lock, ["noise", "seed"]);
  const free = withLock(withLock(both, "seed", false), "noise", false);
  assert.equal(writeHash(settingsFrom(circle, free)), "");
  // What the checklist doesn't have stays as the link has it.
  const { settings } = readHash("lock=dropout,noise");
  assert.equal(writeHash(settingsFrom(settings, withLock(builder.draftOf(settings), "noise", false))), "lock=dropout");
  assert.deepEqual(["learningRate", "layers", "seed", "source"].map(isLockable), Array(4).fill(true));
  assert.deepEqual(["text", "folds", "play", "speed", "hide", "lock"].map(isLockable), Array(6).fill(false));
});

test("layouts: what each hides, and a height of one's own stays", () => {
  const { withLayout, layoutOf, HEIGHTS } = builder;
  const panels = withLayout(draft({ hide: ["noise"] }), "panels");
  assert.deepEqual(panels.hide, ["text", "folds", "noise"]);
  assert.equal(layoutOf(panels), "panels");
  assert.equal(layoutOf({ ...panels, hide: ["text"] }), "page");
  const compact = withLayout(panels, "compact");
  assert.deepEqual([compact.embed, compact.hide, compact.height], ["compact", ["noise"], HEIGHTS.compact]);
  const page = withLayout(compact, "page");
  assert.deepEqual([page.embed, page.hide, page.height], ["page", ["noise"], HEIGHTS.page]);
  assert.equal(withLayout({ ...page, height: 700 }, "compact").height, 700);
});

test("the embed code holds a title as text, in an attribute", () => {
  const code = builder.embedCode(
    "https://a.b/#x=1&y=2",
    draft({ title: `"><script>alert('x')</script>&`, height: 480 }),
  );
  assert.match(
    code,
    /^<iframe src="https:\/\/a\.b\/#x=1&amp;y=2" title="[^"<>]*" width="100%" height="480" [^<>]*><\/iframe>$/,
  );
  assert.ok(code.includes("&quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt;&amp;"));
});

test("a compact embed offers controls that the experiment has", () => {
  const values = (name) => builder.controlChoices(defaultsFor(name)).map(({ value }) => value);
  assert.deepEqual(values("circle"), ["learningRate", "noise", "trainingShare", "batchSize", "none"]);
  assert.deepEqual(values("iris"), ["learningRate", "trainingShare", "batchSize", "none"]);
});

test("a goal is a threshold only where the whole sentence is one", () => {
  const accuracy = (bound, part = null) => ({ metric: "accuracy", part, bound });
  for (const [text, goal] of [
    ["Reach 95% accuracy on the validation set", accuracy(0.95, "validation")],
    ["reach at least 90 % accuracy on the test rows.", accuracy(0.9, "test")],
    ["95% accuracy", accuracy(0.95)],
    ["Get an accuracy of at least 87.5% on the training set!", accuracy(0.875, "training")],
    ["100% accuracy", accuracy(1)],
    ["Bring the test loss below 0.1", { metric: "loss", part: "test", bound: 0.1 }],
    ["Loss under 0,05", { metric: "loss", part: null, bound: 0.05 }],
    ["Reach 95% accuracy without a hidden layer", null],
    ["Reach 95% accuracy on the test set in 10 epochs", null],
    ["101% accuracy", null],
    ["Reach 95%", null],
    ["Don't reach 95% accuracy", null],
    ["Loss", null],
    ["", null],
    [`${" ".repeat(50_000)}95% accuracy${" ".repeat(50_000)}x`, null],
  ])
    assert.deepEqual(goalOf(text), goal, text.slice(0, 80));
});

test("a goal is reached on its own rows, from its bound on, and by none that are locked or absent", () => {
  const state = (aim, test, { training = 1, lock = null, loss = 0.1, validation = null } = {}) => ({
    settings: { aim },
    lock,
    frame: {
      training: { accuracy: training, loss: 0.5 },
      validation: validation === null ? null : { accuracy: validation },
      test: test === null ? null : { accuracy: test, loss },
    },
  });
  const aim = "Reach 95% accuracy on the test set";
  assert.deepEqual(
    [0.95, 0.949].map((value) => isReached(state(aim, value))),
    [true, false],
  );
  assert.deepEqual(
    [0.95, 0.949].map((value) => isReached(state("95% accuracy", value))),
    [true, false],
  );
  assert.equal(isReached(state(aim, NaN)), null);
  assert.equal(isReached(state(aim, 0.99, { lock: { isOpen: false } })), null, "locked");
  assert.equal(isReached(state("95% accuracy on the validation set", 0.99)), null, "no such rows");
  assert.equal(isReached(state("95% accuracy on the validation set", 0.1, { validation: 0.96 })), true);
  assert.deepEqual(
    [0.0999, 0.1].map((loss) => isReached(state("test loss below 0.1", 0.5, { loss }))),
    [true, false],
  );
  assert.equal(isReached(state("Have fun", 1)), null);
  assert.equal(isReached({ settings: { aim }, lock: null, frame: null }), null);
});
