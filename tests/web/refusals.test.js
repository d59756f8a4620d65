// The package is handed anything at all: each time a sentence with a code, and the instance goes on.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import {
  Table,
  TableReader,
  Trainer as FullTrainer,
  initSync as initFull,
  preview as fullPreview,
} from "../../www/pkg-full/trainyard.js";
import { Trainer, initSync, preview } from "../../www/pkg/trainyard.js";
import { draws } from "./mutations.js";

const bytesOf = (/** @type {string} */ folder) => ({
  module: fs.readFileSync(new URL(`../../www/${folder}/trainyard_bg.wasm`, import.meta.url)),
});
const TOO_EARLY = { code: "handle", message: /not loaded yet: await its default export/ };

// Before the modules are loaded, which the rest of this file does.
for (const One of [Trainer, FullTrainer]) {
  assert.throws(() => One.create({}), TOO_EARLY);
  assert.throws(() => new TableReader(), TOO_EARLY);
}
const { memory } = initSync(bytesOf("pkg"));
const { memory: fullMemory } = initFull(bytesOf("pkg-full"));

/** A sentence and a code, whatever was wrong. */
async function refused(/** @type {() => any} */ act, /** @type {RegExp} */ message, code = undefined) {
  const error = await new Promise((resolve) => resolve(act())).then(
    () => null,
    (thrown) => thrown,
  );
  assert.ok(error instanceof Error, `nothing was thrown: ${message}`);
  assert.match(error.message, message);
  assert.ok(error.message.length < 500 && !/JsValue|unreachable|\[object/.test(error.message), error.message);
  assert.ok(code === undefined ? error.code : error.code === code, `${error.code}: ${error.message}`);
}

/** The instance is as good as new. */
async function goesOn(/** @type {typeof Trainer} */ One) {
  const trainer = await One.create({ training: { stop: { maxEpochs: null } } });
  assert.equal(trainer.advance(10, 0).step, 10);
  trainer.free();
}

for (const [name, One] of Object.entries({ pkg: Trainer, full: FullTrainer })) {
  test(`${name}: documents that refer back to themselves, are too deep, too large or none`, async () => {
    const own = /** @type {any} */ ({});
    own.model = own;
    await refused(() => One.create(own), /^model: refers back to an object that it stands in/, "spec");
    const layers = /** @type {any[]} */ ([]);
    layers.push({ type: "residual", layers });
    await refused(() => One.create({ model: { layers } }), /^model\.layers\[0\]\.layers: refers back/, "spec");
    for (const levels of [40, 5000, 100_000]) {
      let model = /** @type {any} */ ({ layers: [] });
      for (let i = 0; i < levels; i++) model = { layers: [{ type: "residual", ...model }] };
      await refused(() => One.create({ model }), /deeper than 64 levels/, "spec");
    }
    let twice = /** @type {any} */ ([]);
    for (let i = 0; i < 60; i++) twice = [twice, twice];
    await refused(
      () => One.create({ data: twice }),
      /^spec: holds more than 262144 lists, objects and fields$/,
      "spec",
    );
    const fields = (/** @type {number} */ count) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, 0]));
    await refused(
      () => One.create({ data: { kinds: fields(2 ** 14 + 1) } }),
      /^data\.kinds: an object of 16385 fields is larger than 16384$/,
      "spec",
    );
    await refused(() => One.create({ data: { kinds: fields(2 ** 14) } }), /^data\.kinds(\.a0)?: (takes|0 is)/, "spec");
    const long = Array(1_000_000).fill(0.5);
    await refused(() => One.create({ data: { source: [long, long] } }), /^data\.source: .* is not one of/, "spec");
    await refused(() => One.create({ data: { source: [long, long, long] } }), /^spec: holds more than 2097152/, "spec");
    await refused(
      () => One.create({ data: { features: Array(2_000_000).fill("x") } }),
      /^data\.features: a list of 2000000 entries is longer than 1000000/,
    );
    await refused(() => One.create({ data: { features: new Array(4_294_967_295) } }), /list of 4294967295/);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const [none, said] of /** @type {[any, RegExp][]} */ ([
      [() => {}, /type function/],
      [Symbol("a"), /type symbol/],
      [10n, /type bigint/],
      [new Map(), /type Map/],
      [new Date(0), /type Date/],
      [new Float32Array(2), /type Float32Array/],
      [Promise.resolve({}), /type Promise/],
      [/x/, /type RegExp/],
      [new (class Odd {})(), /type Odd/],
      ["text", /not an object/],
      [3, /not an object/],
      [[], /not an object/],
    ])) {
      await refused(() => One.create(none), said, "spec");
      await refused(() => One.create({ data: { split: none } }), /^data\.split/, "spec");
    }
    await refused(
      () =>
        One.create({
          get model() {
            throw new Error("no");
          },
        }),
      /^spec: can't be read: no$/,
      "spec",
    );
    await goesOn(One);
    const foreign = await One.create(vm.runInNewContext('({ data: { source: "xor", features: ["x", "y"] } })'));
    assert.equal(foreign.describe().spec.data.source, "xor", "a document of another window");
    foreign.free();
    await (await One.create(Object.create(null))).free();
  });

  test(`${name}: counts that are negative, huge, no numbers`, async () => {
    const trainer = await One.create({});
    for (const bad of [-1, 1.5, Number.NaN, 4_294_967_295, 4_294_967_296, Infinity, "5", null, undefined, {}, 5n]) {
      await refused(() => trainer.learningRates(bad), /^epochs: .* is not a whole number in 0…1000000$/, "data");
      await refused(() => trainer.record(bad), /^points: .* is not a whole number/, "data");
      if (bad !== undefined && bad !== null) await refused(() => trainer.setMaxEpochs(bad), /^most: /, "data");
      if (bad !== 4_294_967_295) await refused(() => preview({ source: "xor" }, bad), /^seed: /, "data");
      await refused(() => trainer.setParameter(bad, 1), /index|parameter/i);
    }
    assert.equal(trainer.learningRates(1_000_000).length, 1_000_000);
    assert.equal(trainer.learningRates(0).length, 0);
    for (const bad of [Number.NaN, "5", null, undefined, {}, 5n]) {
      await refused(() => trainer.advance(bad, 0), /^maxSteps: /, "data");
      await refused(() => trainer.advance(1, bad), /^budgetMs: /, "data");
    }
    for (const bad of ["5", null, {}, -1, Number.NaN, Infinity])
      await refused(() => trainer.setLearningRate(bad), /rate/i);
    assert.equal(trainer.progress().step, 0);
    trainer.advance(1, 0);
    assert.equal(trainer.progress().step, 1);
    trainer.free();
  });

  test(`${name}: arrays, bytes and names of the wrong type`, async () => {
    const trainer = await One.create({});
    for (const bad of [
      null,
      undefined,
      5,
      "abc",
      {},
      [..."ab"],
      new BigInt64Array(2),
      new DataView(new ArrayBuffer(8)),
    ]) {
      for (const act of [trainer.predict, trainer.classify, trainer.activations, trainer.setParameters, trainer.freeze])
        await refused(() => act.call(trainer, bad), / is not a |^inputs is neither/, "data");
      for (const act of [trainer.restore, trainer.branch, trainer.seek])
        await refused(() => act.call(trainer, bad, false), / is not a Uint8Array$/, "data");
      for (const act of [trainer.evaluate, trainer.gradient])
        await refused(() => act.call(trainer, bad), /^part: .* is not a text$|^part "abc" is not one of/, "data");
    }
    await refused(() => trainer.freeze([-1]), /^indices: .* is not a list of whole numbers/, "data");
    await refused(() => trainer.freeze([1e9]), /./);
    await refused(() => One.create({ data: { source: "rows" } }, 5), /^rows/, "data");
    await refused(
      () =>
        One.create(
          { data: { source: "rows" } },
          { shape: [1e9], inputs: new Float32Array(2), targets: new Float32Array(2), classes: 1e9 },
        ),
      /./,
      "data",
    );
    trainer.advance(3, 0);
    const saved = await trainer.checkpoint();
    await trainer.restore(saved);
    assert.equal(trainer.progress().step, 3);
    trainer.free();
  });

  test(`${name}: what was freed says so, and is freed once`, async () => {
    const trainer = await One.create({});
    trainer.free();
    trainer.free();
    for (const act of [
      () => trainer.advance(1, 0),
      () => trainer.progress(),
      () => trainer.predict(new Float32Array(2)),
      () => trainer.engine(),
    ])
      await refused(act, /^This Trainer was freed: create another one\.$/, "handle");
    await refused(() => new /** @type {any} */ (One)().progress(), /create one first/, "handle");
    await goesOn(One);
  });
}

test("tables: wrong types, and one that was freed", async () => {
  const reader = new TableReader();
  for (const bad of [null, "a,b", 5, [1, 2]]) await refused(() => reader.push(bad), / is not a Uint8Array/, "data");
  reader.push(new TextEncoder().encode("a,b,c\n1,2,=3\n2,3,x\n3,4,y\n4,5,x\n"));
  const table = reader.finish();
  await refused(() => reader.finish(), /has finished its file/, "data");
  for (const bad of [-1, Number.NaN, "1", null]) {
    await refused(() => table.cells(bad, 1), /^from: /, "data");
    await refused(() => table.cells(0, bad), /^count: /, "data");
    await refused(() => table.setCell(bad, 0, "x"), /^row: /, "data");
    await refused(() => table.histogram({}, "a", bad), /^bins: /, "data");
    await refused(() => table.scatter({}, "a", "b", bad), /^most: /, "data");
  }
  for (const bad of [null, 5, {}]) {
    await refused(() => table.setCell(0, 0, bad), /^text: /, "data");
    await refused(() => table.histogram({}, bad, 3), /^column: /, "data");
    await refused(() => table.tryFormula({}, bad), /^text: /, "data");
    if (bad === 5) await refused(() => table.describe(bad), /^data: /, "spec");
  }
  assert.ok(table.histogram({}, "a", 4_294_967_295).edges.length <= 1001);
  await refused(() => table.cells(0, 1, -1), /^first: /, "data");
  assert.deepEqual(table.cells(2, 4_294_967_295), [
    ["3", "4", "y"],
    ["4", "5", "x"],
  ]);
  assert.deepEqual(
    [table.cells(2, 1, 1, 1), table.cells(2, 1, 2), table.cells(2, 1, 2, 4_294_967_295), table.cells(0, 1, 3)],
    [[["4"]], [["y"]], [["y"]], [[]]],
  );
  assert.deepEqual([table.csv().includes("'=3"), table.csv(true).includes("'")], [true, false]);
  table.free();
  await refused(() => table.csv(), /^This Table was freed/, "handle");
  await refused(() => FullTrainer.create({ data: { source: "table" } }, table), /^the table was freed/, "data");
  assert.throws(() => new /** @type {any} */ (Table)().csv(), { code: "handle" });
});

test("handles that are dropped without free() are freed when they are collected", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  const inputs = new Float64Array(100_000);
  const rows = { inputs, targets: inputs, shape: [1] };
  const csv = new TextEncoder().encode(`a,b\n${"12345.678901,x y z\n".repeat(20_000)}`);
  async function use() {
    const one = await Trainer.create({ data: { source: "rows" } }, rows);
    one.advance(1, 0);
    const reader = new TableReader();
    reader.push(csv);
    reader.finish();
    const other = await FullTrainer.create({ data: { source: "rows" } }, rows);
    other.advance(1, 0);
  }
  const sizes = [];
  for (let i = 0; i < 60; i++) {
    await use();
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    if (i === 9 || i === 59) sizes.push([memory.buffer.byteLength, fullMemory.buffer.byteLength]);
  }
  // Fifty more rounds of more than a megabyte each in either module: what is kept of them is what lies scattered.
  const grown = [0, 1].map((module) => (sizes[1][module] - sizes[0][module]) / 2 ** 20);
  assert.ok(Math.max(...grown) < 10, `${grown} MB more`);
});

test("any document from JavaScript is opened or refused by a sentence", async () => {
  const draw = draws(11);
  const words = [
    "",
    "data",
    "model",
    "training",
    "layers",
    "source",
    "type",
    "units",
    "features",
    "residual",
    "dense",
    "circle",
    "__proto__",
    "constructor",
    "\ud800",
    "seed",
    "optimizer",
    "learningRate",
    "samples",
  ];
  const one = (/** @type {any[]} */ list) => list[draw(list.length)];
  /** @returns {any} */
  const any = (/** @type {number} */ levels, /** @type {any[]} */ outer) => {
    switch (draw(levels ? 12 : 8)) {
      case 0:
        return one([null, undefined, true, false]);
      case 1:
        return one([0, -0, -1, 1.5, 1e308, -Infinity, Number.NaN, 2 ** 53, 4294967296]);
      case 2:
        return draw(9);
      case 3:
        return one([10n, Symbol("s"), () => {}, new Date(0), new Map(), new Uint8Array(2), Array(draw(3)), /a/]);
      case 4:
        return draw(3) || !outer.length ? one(words) : one(outer);
      case 5:
      case 6:
      case 7:
        return one(words);
      case 8: {
        const list = /** @type {any[]} */ ([]);
        for (let n = draw(4); n > 0; n--) list.push(any(levels - 1, [...outer, list]));
        return list;
      }
      default: {
        const object = /** @type {any} */ ({});
        for (let n = draw(5); n > 0; n--)
          Object.defineProperty(object, one(words), {
            value: any(levels - 1, [...outer, object]),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        return object;
      }
    }
  };
  const counts = { opened: 0, refused: 0 };
  for (let i = 0; i < Number(process.env.DOCUMENTS ?? 3000); i++) {
    const known = { data: any(2, []), model: any(3, []), training: any(2, []), seed: any(0, []) };
    for (const key of Object.keys(known)) if (draw(2)) delete known[key];
    const spec = draw(3) ? known : any(4, []);
    try {
      (await Trainer.create(spec)).free();
      counts.opened += 1;
    } catch (error) {
      assert.ok(
        ["spec", "data", "model", "split"].includes(error.code) && error.message.length < 500,
        `${error.code} ${error.message}`,
      );
      counts.refused += 1;
    }
  }
  assert.ok(counts.opened > 20 && counts.refused > 1000, JSON.stringify(counts));
  await goesOn(Trainer);
  assert.equal(typeof fullPreview({ source: "xor" }, 1).task, "string");
});
