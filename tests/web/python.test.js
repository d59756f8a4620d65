// The experiment as a program: what the generator writes, line by line. That it runs, and gives the same numbers, tests/exports holds.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { crc32, inflateRawSync } from "node:zlib";
import { changesOf } from "../../www/features/export/program/diff.js";
import { tokensOf } from "../../www/features/export/program/highlight.js";
import { programsOf } from "../../www/features/export/program/programs.js";
import { csvOf, safetensorsOf } from "../../www/features/export/program/python/files.js";
import { factsOf } from "../../www/features/export/program/python/facts.js";
import { pythonFormula } from "../../www/features/export/program/python/formula.js";
import { trainScript } from "../../www/features/export/program/python/script.js";
import { inBrackets, pyFloat, pyString, widthOf } from "../../www/features/export/program/python/write.js";
import { zipOf } from "../../www/features/export/program/zip.js";
import { USUAL } from "../../www/session/varied.js";
import { freshAxis, variablesOf } from "../../www/session/variables.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { PAYLOADS } from "./payloads.js";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const tableOf = (/** @type {string} */ text) => {
  const reader = new TableReader();
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
};

/** The program of a Spec. @param {any} spec @param {string} [csv] */
async function programOf(spec, csv) {
  const trainer = await Trainer.create(spec, csv === undefined ? undefined : tableOf(csv));
  const code = trainScript(factsOf(/** @type {any} */ (trainer.describe())));
  trainer.free();
  return code;
}

/** In a text of Python, not in a file of rows: what no file in UTF-8 or no line can hold. */
const NAMES = [...PAYLOADS, "a\r\nb", "\0", "\ud800", "\u{1F600} ü 漢"];

/** Reads a text as Python would, as far as this generator writes one; throws where it is none. */
function readPython(/** @type {string} */ literal) {
  const quote = literal[0];
  assert.ok(`"'`.includes(quote) && literal.at(-1) === quote, literal);
  const inside = literal.slice(1, -1);
  assert.match(inside, /^(?:[^\\\p{C}]|\\(?:[\\"'nrt]|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}))*$/u, literal);
  assert.ok(!inside.replace(/\\./gs, "").includes(quote), literal);
  const short = /** @type {Record<string, string>} */ ({ n: "\n", r: "\r", t: "\t" });
  return inside.replace(/\\(?:x(..)|u(....)|U(........)|(.))/g, (_, x, u, U, one) =>
    one ? (short[one] ?? one) : String.fromCodePoint(Number.parseInt(x ?? u ?? U, 16)),
  );
}

test("no name breaks out of a text of Python, and each is read as it is", () => {
  for (const payload of NAMES)
    assert.equal(readPython(pyString(payload)), payload.replace("\ud800", "\uFFFD"), JSON.stringify(payload));
  assert.deepEqual([`a"b`, `it's`, `"'`].map(pyString), [`'a"b'`, `"it's"`, `"\\"'"`]);
});

test("names of columns and classes stand in texts alone", async () => {
  const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;
  const usable = NAMES.filter((payload) => !/[\0\ud800]/.test(payload)).map((payload) => `n${payload}`);
  const rows = Array.from({ length: 60 }, (_, i) => [
    ...usable.map((name, k) => (k % 2 ? quoted(`${name}${i % 2}`) : String(((i * 7 + k) % 11) / 3))),
    quoted(`c${usable[i % usable.length]}`),
  ]);
  const csv = [[...usable, 't"""'].map(quoted), ...rows].map((cells) => cells.join(",")).join("\n");
  const code = await programOf({ data: { source: "table", target: 't"""', kinds: { 't"""': "category" } } }, csv);
  // What isn't in a text is code of ours: names, numbers and signs.
  const bare = code.replace(/"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "0").replace(/#.*/g, "");
  assert.match(bare, /^[\w\s.,:;()[\]{}=+\-*/<>!&|@%]*$/);
  assert.doesNotMatch(bare, /import os|evil|script>/);
  assert.ok(code.includes('TARGET = \'t"""\''), "the target by its name");
});

test("numbers read as numbers, and lines break as a formatter breaks them", () => {
  assert.deepEqual([1, 0.5, 1e-8, 1e21, NaN, -Infinity].map(pyFloat), [
    "1.0",
    "0.5",
    "1e-8",
    "1e+21",
    'float("nan")',
    "-math.inf",
  ]);
  assert.equal(inBrackets("f(", ["a", "b"], ")"), "f(a, b)");
  const long = inBrackets("f(", ["a".repeat(50), "b".repeat(50)], ")", 4);
  assert.equal(long, `f(\n        ${"a".repeat(50)},\n        ${"b".repeat(50)},\n    )`);
  assert.deepEqual([widthOf("abc"), widthOf("漢字"), widthOf("e\u0301")], [3, 4, 1]);
});

test("a formula keeps its order of operations", () => {
  const keyOf = pyString;
  const never = () => assert.fail("no part of it is long");
  const python = (/** @type {string} */ text) => pythonFormula(text, keyOf, never);
  const [x, y] = ['column["x"]', 'column["y"]'];
  assert.equal(python("x + y * 2"), `${x} + ${y} * 2.0`);
  assert.equal(python("(x + y) * 2"), `(${x} + ${y}) * 2.0`);
  assert.equal(python("-x ^ 2"), `-(${x} ** 2.0)`);
  assert.equal(python("(-x) ^ 2"), `(-${x}) ** 2.0`);
  assert.equal(python("x ^ y ^ 2"), `${x} ** ${y} ** 2.0`);
  assert.equal(python("(x ^ y) ^ 2"), `(${x} ** ${y}) ** 2.0`);
  assert.equal(python("x - (y - 1)"), `${x} - (${y} - 1.0)`);
  assert.equal(python("x / (y / 2)"), `${x} / (${y} / 2.0)`);
  assert.equal(python('ln(abs("x")) − sin(2)'), `torch.log(torch.abs(${x})) - math.sin(2.0)`);
  assert.equal(python("1 + 2"), "torch.full_like(first, 1.0 + 2.0)");
});

test("what the Spec doesn't ask for has no line", async () => {
  const plain = await programOf({ data: { source: "line" }, model: { layers: [] }, training: { loss: "mse" } });
  for (const word of [
    "copy",
    "penalty",
    "clip",
    "CLASSES",
    "NAMES",
    "FILLS",
    "rate_of",
    "is_over",
    "momentum",
    "--check",
  ])
    assert.ok(!plain.includes(word), word);
  const full = await programOf({
    data: { source: "circle", split: { train: 0.6, validation: 0.2 } },
    model: {
      layers: [
        { type: "dense", units: 3, activation: "gelu" },
        { type: "dropout", rate: 0.25 },
      ],
    },
    training: {
      optimizer: { type: "sgd", momentum: 0.9, nesterov: true },
      schedule: { type: "cosine", tMax: 10, warmUp: { totalEpochs: 2 } },
      stop: { patience: 4, restoreBest: true },
      l2: 0.1,
      clip: { norm: 2 },
      labelSmoothing: 0.1,
    },
  });
  for (const line of [
    "MOMENTUM = 0.9",
    "DROPOUT = 0.25",
    "CLIP_NORM = 2.0",
    "LABEL_SMOOTHING = 0.1",
    "PATIENCE = 4",
    "T_MAX = 10",
    "WARM_UP_EPOCHS = 2",
    "        x = F.gelu(self.layers[0](x))",
    "        best_state.update(copy.deepcopy(net.state_dict()))",
    "    return torch.optim.SGD(",
  ])
    assert.ok(full.includes(`${line}\n`) || full.includes(line), line);
});

test("of a changed setting the lines that change are marked, and no others", async () => {
  const spec = (/** @type {number} */ rate, l2 = 0) => ({
    data: { source: "circle" },
    training: { optimizer: { type: "sgd", learningRate: rate }, l2 },
  });
  const [before, after, penalized] = (
    await Promise.all([spec(0.1), spec(0.3), spec(0.3, 0.1)].map((one) => programOf(one)))
  ).map((code) => code.split("\n"));
  const { isNew, removed } = changesOf(before, after);
  assert.deepEqual(
    after.filter((_, i) => isNew[i]),
    ["LEARNING_RATE = 0.3"],
  );
  assert.equal(
    removed.reduce((a, b) => a + b),
    1,
  );
  const added = changesOf(after, penalized);
  const lines = penalized.filter((_, i) => added.isNew[i]);
  assert.ok(lines.includes("L2 = 0.1") && lines.includes("def penalty_of(net):"), lines.join("\n"));
  assert.ok(lines.length < 20, `${lines.length} lines`);
  const rebuilt = penalized.filter((_, i) => !added.isNew[i]).length + added.removed.reduce((a, b) => a + b);
  assert.equal(rebuilt, after.length, "what stays and what is gone is all there was");
});

test("colors lose no letter", async () => {
  const code = await programOf({ data: { source: "spiral" } });
  const lines = tokensOf(code).map((tokens) => tokens.map(({ text }) => text).join(""));
  assert.equal(`${lines.join("\n")}\n`, code);
  assert.ok(
    tokensOf(code)
      .flat()
      .some(({ kind, text }) => kind === "word" && text === "def"),
  );
});

test("an archive holds its files as they are, the same bytes each time", async () => {
  const files = [
    { name: "long.txt", data: "a line\n".repeat(1000) },
    { name: "ü.bin", data: Uint8Array.of(1, 2, 3) },
    { name: "empty", data: "" },
  ];
  const bytes = Buffer.from(await zipOf(files).arrayBuffer());
  assert.deepEqual(bytes, Buffer.from(await zipOf(files).arrayBuffer()));
  let at = bytes.readUInt32LE(bytes.length - 6);
  for (const { name, data } of files) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [method, crc, size, length] = [
      bytes.readUInt16LE(at + 10),
      ...[16, 20].map((i) => bytes.readUInt32LE(at + i)),
      bytes.readUInt16LE(at + 28),
    ];
    assert.equal(bytes.toString("utf8", at + 46, at + 46 + length), name);
    const begin = bytes.readUInt32LE(at + 42) + 30 + length;
    const body = bytes.subarray(begin, begin + size);
    const whole = method ? inflateRawSync(body) : body;
    assert.deepEqual(whole, Buffer.from(data));
    assert.equal(crc32(whole), crc);
    at += 46 + length;
  }
});

test("rows are written so that a reader of CSV gets them back", () => {
  assert.equal(
    csvOf(
      ["a", "b"],
      [
        ["1", 'x "y", z'],
        [" 2", "line\nbreak"],
      ],
    ),
    'a,b\r\n1,"x ""y"", z"\r\n" 2","line\nbreak"\r\n',
  );
  const bytes = safetensorsOf([{ name: "w", shape: [2], values: Float32Array.of(1, 2) }], { progress: "{}" });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  assert.deepEqual(header, {
    __metadata__: { format: "pt", progress: "{}" },
    w: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
  });
});

test("what is marked for a search is written as one, and what has no place there is named", async () => {
  const settings = { ...defaultsFor("circle"), l2: 0 };
  const trainer = await Trainer.create(/** @type {any} */ (specFrom(settings)));
  const facts = factsOf(/** @type {any} */ (trainer.describe()));
  const programs = (/** @type {any[]} */ ids) => {
    const axes = ids.map((id) =>
      freshAxis(/** @type {any} */ (variablesOf(settings).find((one) => one.id === id)), settings),
    );
    return programsOf(facts, { settings, choices: { ...USUAL, axes } });
  };
  const names = (/** @type {any[]} */ list) => list.map(({ name }) => name);
  assert.deepEqual(names(programs([])), ["train.py", "train_ddp.py", "folds.py"]);
  const all = programs(["learningRate", "l2", "layers.units", "loss"]);
  assert.deepEqual(names(all), ["train.py", "train_ddp.py", "folds.py", "search.py"]);
  const { code } = all[3];
  assert.match(code, /^ {4}LEARNING_RATE = trial\.suggest_float\("LEARNING_RATE", 0\.003, 0\.3, log=True\)$/m);
  assert.match(code, /^ {4}L2 = trial\.suggest_float\(/m);
  assert.match(code, /^ {4}HIDDEN = \[UNITS\] \* 2$/m);
  assert.match(code, /^- Loss$/m);
  assert.ok(!all[0].code.includes("L2"), "the program itself stays as it is");
});
