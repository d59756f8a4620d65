import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { checkJob } from "../../www/session/jobCourses.js";
import { COMMANDS, EVENTS, checkCommand, checkEvent } from "../../www/session/protocol.js";

test("good commands and events pass through unchanged", () => {
  const command = { type: "step", run: 3, unit: "epoch", count: 1 };
  assert.equal(checkCommand(command), command);
  const event = { type: "status", run: 3, state: "paused", step: 10, epoch: 1, why: null };
  assert.equal(checkEvent(event), event);
});

test("a wrong message is refused by a sentence that names what is wrong", () => {
  assert.throws(() => checkCommand(undefined), /“undefined” is not a known command/);
  assert.throws(() => checkCommand({ type: "constructor" }), /not a known command/);
  assert.throws(() => checkCommand({ type: "play" }), /“play” has an invalid “run”: undefined/);
  assert.throws(() => checkCommand({ type: "play", run: 1.5 }), /“run”: 1.5/);
  assert.throws(() => checkCommand({ type: "play", run: 1, hurry: true }), /no field “hurry”/);
  assert.throws(() => checkCommand({ type: "step", run: 1, unit: "year", count: 1 }), /“unit”: year/);
  assert.throws(() => checkCommand({ type: "pace", run: 1, stepsPerFrame: 0, unit: "batch" }), /“stepsPerFrame”: 0/);
  assert.throws(() => checkCommand({ type: "watch", run: 1, inputs: [1, 2] }), /“inputs”/);
  assert.throws(() => checkCommand({ type: "learningRate", run: 1, value: NaN }), /“value”: NaN/);
  assert.throws(
    () => checkEvent({ type: "status", run: 1, state: "idle", step: 0, epoch: 0, why: null }),
    /“state”: idle/,
  );
});

test("the prose at the top of the file lists exactly the messages of the tables", () => {
  const prose = readFileSync(new URL("../../www/session/protocol.js", import.meta.url), "utf8").split("*/")[0];
  const [commands, events] = prose.split("Events (worker → page)");
  const listed = (text) => [...text.matchAll(/^ \* {3}(\w+) +\{/gm)].map(([, name]) => name);
  assert.deepEqual(listed(commands), Object.keys(COMMANDS));
  assert.deepEqual(listed(events), Object.keys(EVENTS));
});

test("a job's course is checked by its kind", () => {
  const job = (kind, course) => ({ type: "job", id: 1, kind, course });
  const race = { spec: {}, widths: [8], layers: 1, milliseconds: 50 };
  for (const message of [
    job("race", race),
    job("contest", { specs: [{}], inputs: null, epochs: 1 }),
    job("twins", { spec: {}, corrupt: {} }),
    job("package", { name: "pkg-full", module: {} }),
  ]) {
    assert.equal(checkCommand(message), message);
    checkJob(message.kind, message.course);
  }
  for (const [message, words] of [
    [job("marathon", race), /“marathon” is not a known job/],
    [job("constructor", race), /“constructor” is not a known job/],
    [job("race", { ...race, widths: [] }), /The job “race” has an invalid “widths”/],
    [job("race", { ...race, milliseconds: 0 }), /invalid “milliseconds”/],
    [job("race", { ...race, epochs: 1 }), /has no field “epochs”/],
    [job("contest", { specs: [{}], inputs: [0], epochs: 1 }), /invalid “inputs”/],
    [job("twins", { spec: {} }), /invalid “corrupt”/],
    [job("twins", null), /invalid “course”/],
  ]) {
    const check = () => checkJob(checkCommand(message).kind, message.course);
    assert.throws(check, { code: "protocol", message: words });
  }
});
