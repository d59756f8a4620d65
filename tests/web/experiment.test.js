import assert from "node:assert/strict";
import { test } from "node:test";
import { readExperiment, writeExperiment } from "../../www/features/share/experimentFile.js";
import { MOST_IN_LINK, defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";

const file = (fields) =>
  JSON.stringify({ trainyard: 1, link: "", epoch: 0, spec: {}, table: null, checkpoint: null, ...fields });

test("a link that names no settings is refused with a sentence, and so is one that contradicts its rows", () => {
  assert.throws(() => readExperiment(file({ link: "hello world" })), /names no settings: “hello world”/);
  assert.throws(() => readExperiment(file({ link: "foo=1&bar" })), /names no settings/);
  assert.throws(
    () => readExperiment(file({ link: "source=xor", table: { title: "a.csv", csv: "a,b\n1,2\n" } })),
    /names another data set, xor/,
  );
  assert.throws(() => readExperiment(file({ link: "source=table" })), /has no “table”/);
  assert.equal(
    readExperiment(file({ link: "#noise=0.2&seen=1" })).link,
    "noise=0.2&seen=1",
    "what is understood in part opens, and the page names the rest",
  );
  assert.equal(readExperiment(file({})).link, "");
});

test("a file's Spec is what is opened, and its link only where there is none", () => {
  const spec = specFrom({ ...defaultsFor("xor"), noise: 0.3, layers: [3, { type: "batchNorm" }] });
  const opened = (/** @type {object} */ fields) => readHash(readExperiment(file(fields)).link).settings;
  const both = opened({ link: "source=moons&noise=0.1&speed=max&seen=1", spec });
  assert.deepEqual(specFrom(both), spec);
  assert.equal(both.speed, "max", "what is about the page alone is in the link");
  assert.deepEqual(specFrom(opened({ link: undefined, spec })), spec);
  assert.equal(opened({ link: "source=moons&noise=0.1", spec: {} }).noise, 0.1);
  assert.throws(() => readExperiment(file({ link: undefined, spec: {} })), /neither a “spec” nor a “link”/);
  assert.throws(
    () => readExperiment(file({ spec: { training: { batchSize: 0 } } })),
    /The “spec” of this experiment can’t be opened\. training\.batchSize: 0 is outside 1…1000000/,
  );
});

test("a drawing of any length is in the file, and comes back from one that has it in its Spec alone", () => {
  const points = Array.from({ length: 2000 }, (_, i) => `${(i % 50) / 10},${(i % 41) / 10}${i === 999 ? "!" : ","}`)
    .join("")
    .replace("!,", "!")
    .replace(/,!/, "!")
    .replace(/,$/, "");
  const settings = { ...defaultsFor("drawn"), points };
  assert.ok(points.length > MOST_IN_LINK);
  for (const isWhole of [true, false]) {
    const text = writeExperiment({
      link: writeHash(settings, isWhole),
      spec: specFrom(settings),
      epoch: 3,
      checkpoint: null,
      table: null,
    });
    assert.deepEqual(
      specFrom(readHash(readExperiment(text).link).settings).data.points,
      specFrom(settings).data.points,
    );
  }
});

test("how often test rows were looked at goes along; what is no count is refused", () => {
  const written = (/** @type {number} */ looks) =>
    writeExperiment({ link: "source=iris", spec: {}, epoch: 0, checkpoint: null, table: null, looks });
  assert.equal(readExperiment(written(3)).looks, 3);
  assert.equal(readExperiment(written(0)).looks, 0);
  assert.equal(readExperiment(file({})).looks, 0, "an older file");
  for (const looks of [-1, 1.5, "3", null, true])
    assert.throws(() => readExperiment(file({ looks })), /“looks” of this experiment must be a whole number/);
});
