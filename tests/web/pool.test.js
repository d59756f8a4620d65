// A pool of workers, with workers of a script: who does what, what is canceled, and what is done when one stops.
import assert from "node:assert/strict";
import test from "node:test";
import { checkCommand } from "../../www/session/protocol.js";
import { checkJob } from "../../www/session/jobCourses.js";
import { Pool, poolSize, secondsLeft } from "../../www/session/pool.js";
import { settle } from "./support.js";

/** Workers that do each job by `act`, and keep account. `act` gets the job's course and what it may say. */
function setUp(act, { size = 2, idleMs = 60_000, load = async (name) => `${name}, compiled` } = {}) {
  const workers = [];
  const spawn = () => {
    const worker = {
      onmessage: null,
      onerror: null,
      isTerminated: false,
      jobs: [],
      rows: [],
      cancels: new Map(),
      postMessage(message) {
        if (worker.isTerminated) return;
        const command = checkCommand(message);
        if (command.type === "job") checkJob(command.kind, command.course);
        void setImmediate(() => worker.isTerminated || worker.obey(command));
      },
      say: (data) => setImmediate(() => worker.isTerminated || worker.onmessage?.({ data })),
      terminate: () => (worker.isTerminated = true),
      obey(command) {
        const { type, id } = command;
        const reply = (value) => worker.say({ type: "reply", id, ok: true, value });
        const refuse = (message) =>
          worker.say({ type: "reply", id, ok: false, error: { code: "spec", message, where: null } });
        if (type === "hello") return assert.equal(command.core, "core");
        if (type === "cancel") return worker.cancels.get(id)?.();
        if (type === "tableStart") return (worker.rows.push({ name: command.name, bytes: 0 }), reply());
        if (type === "tableBytes") {
          worker.rows.at(-1).bytes += command.bytes.length;
          return worker.say({ type: "tableProgress", rows: 1, bytes: worker.rows.at(-1).bytes, problem: null });
        }
        if (type === "tableEnd") return reply({});
        assert.equal(type, "job");
        if (command.kind === "package") {
          const { name, module } = command.course;
          assert.equal(module, `${name}, compiled`);
          worker.jobs.push(name);
          return act.package ? act.package(worker, reply, refuse) : reply();
        }
        const task = command.course.widths?.[0] ?? command.kind;
        worker.jobs.push(task);
        act(task, {
          reply,
          worker,
          refuse,
          progress: (progress) => worker.say({ type: "progress", id, progress }),
          canceled: (then) => worker.cancels.set(id, then),
        });
      },
    };
    workers.push(worker);
    return worker;
  };
  return { workers, pool: new Pool({ spawn, core: Promise.resolve("core"), load, size, idleMs }) };
}

/** The protocol has no job for tests: of a race, the width names the task. */
const task = (number) => ({ kind: "race", course: { spec: {}, widths: [number], layers: 1, milliseconds: 1 } });
const tasks = (count) => Array.from({ length: count }, (_, i) => task(i + 1));
const alive = new AbortController().signal;

test("a pool has a worker less than the machine has cores, one to four", () => {
  assert.deepEqual(
    [1, 2, 3, 5, 6, 64].map((cores) => poolSize(cores)),
    [1, 1, 2, 4, 4, 4],
  );
});

test("tasks are shared out in turn, by no more workers than there are tasks; each says how far it is", async () => {
  const { pool, workers } = setUp((number, { reply, progress }) => {
    progress({ at: number });
    reply(number * 10);
  });
  const heard = [];
  const hearer = {
    progress: (place, { at }) => heard.push(`${place}:${at}`),
    ended: (place, { value }) => heard.push(`${place}=${value}`),
  };
  const outcomes = await pool.run(tasks(5), { signal: alive, hearer });
  assert.deepEqual(
    outcomes.map(({ value }) => value),
    [10, 20, 30, 40, 50],
  );
  assert.equal(workers.length, 2);
  assert.deepEqual(
    heard.toSorted(),
    [0, 1, 2, 3, 4].flatMap((i) => [`${i}:${i + 1}`, `${i}=${(i + 1) * 10}`]).toSorted(),
  );
  await pool.run(tasks(1), { signal: alive });
  assert.equal(workers.length, 2, "one that is free does it");
  assert.deepEqual(
    workers.map(({ jobs }) => jobs.filter((job) => job === "pkg-full").length),
    [1, 1],
    "each got the compiled package once",
  );
  assert.equal((await setUpOne()).length, 1, "one task, one worker");
  pool.dispose();
  assert.ok(workers.every(({ isTerminated }) => isTerminated));
});

async function setUpOne() {
  const { pool, workers } = setUp((_, { reply }) => reply(1), { size: 4 });
  await pool.run(tasks(1), { signal: alive });
  pool.dispose();
  return workers;
}

test("workers that are asked nothing more are ended, and others made when there is something to do again", async () => {
  const { pool, workers } = setUp((_, { reply }) => reply(1), { idleMs: 1 });
  await pool.run(tasks(2), { signal: alive });
  while (!workers.every(({ isTerminated }) => isTerminated)) await new Promise((resolve) => setTimeout(resolve, 5));
  await pool.run(tasks(1), { signal: alive });
  assert.equal(workers.length, 3);
});

test("what is asked later waits for what was asked before", async () => {
  const order = [];
  const { pool } = setUp((number, { reply }) => (order.push(number), reply(number)));
  const first = pool.run(tasks(3), { signal: alive });
  const second = pool.run([task(7)], { signal: alive });
  await Promise.all([first, second]);
  assert.deepEqual(order, [1, 2, 3, 7]);
});

test("canceled: a task says how far it came, a deaf worker is ended, and nothing else is begun", async () => {
  const stop = new AbortController();
  const { pool, workers } = setUp((number, { reply, canceled, worker }) => {
    if (number === 1) canceled(() => reply("half"));
    else worker.isDeaf = true;
    if (number === 2) setImmediate(() => stop.abort());
  });
  const ended = [];
  const outcomes = await pool.run(tasks(4), { signal: stop.signal, hearer: { ended: (place) => ended.push(place) } });
  assert.deepEqual(outcomes, [{ value: "half" }, null, null, null]);
  assert.deepEqual(ended.toSorted(), [0, 1]);
  assert.deepEqual(
    workers.map(({ isDeaf = false, isTerminated }) => [isDeaf, isTerminated]),
    [
      [false, false],
      [true, true],
    ],
  );
  const before = workers.length;
  assert.deepEqual(await pool.run(tasks(2), { signal: stop.signal }), [null, null]);
  assert.equal(workers.length, before, "canceled before it began: no worker is made");
});

test("a worker that stops: its task is done once more by another; one that stops two is given up and named", async () => {
  const tries = new Map();
  const { pool, workers } = setUp((number, { reply, worker }) => {
    tries.set(number, (tries.get(number) ?? 0) + 1);
    if (number === 3) return worker.onerror({ message: "out of memory" });
    if (number === 2 && tries.get(2) === 1)
      return worker.say({
        type: "error",
        run: null,
        code: "internal",
        message: "unreachable",
        where: null,
        fatal: true,
      });
    reply(number);
  });
  const outcomes = await pool.run(tasks(4), { signal: alive });
  assert.deepEqual([...tries.entries()].toSorted(), [
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 1],
  ]);
  assert.deepEqual(
    [0, 1, 3].map((i) => outcomes[i].value),
    [1, 2, 4],
  );
  assert.match(outcomes[2].problem, /^Two workers stopped on it.* out of memory$/);
  assert.equal(workers.filter(({ isTerminated }) => isTerminated).length, 3);
});

test("a refusal is an answer: it is told, and not tried again", async () => {
  let asked = 0;
  const { pool, workers } = setUp((number, { reply, refuse }) => {
    if (number === 1) asked += 1;
    if (number === 1) refuse("data.split: too few rows");
    else reply(number);
  });
  const outcomes = await pool.run(tasks(2), { signal: alive });
  assert.deepEqual(outcomes, [{ problem: "data.split: too few rows" }, { value: 2 }]);
  assert.equal(asked, 1);
  assert.ok(workers.every(({ isTerminated }) => !isTerminated));
});

const rowsOf = (key, open) => ({ key, name: "table", title: "rows.csv", read: {}, open });

test("rows are read once, handed to each worker once, and again when they are others", async () => {
  const { pool, workers } = setUp((number, { reply }) => reply(number));
  let opened = 0;
  const rows = (key) =>
    rowsOf(key, async () => {
      opened += 1;
      return new Blob(["a,b\n1,2\n"]);
    });
  await pool.run(tasks(6), { signal: alive, rows: rows("one") });
  await pool.run(tasks(6), { signal: alive, rows: rows("one") });
  assert.equal(opened, 1);
  assert.deepEqual(
    workers.map(({ rows }) => rows),
    [[{ name: "table", bytes: 8 }], [{ name: "table", bytes: 8 }]],
  );
  await pool.run(tasks(6), { signal: alive, rows: rows("two") });
  assert.deepEqual(
    workers.map(({ rows }) => rows.length),
    [2, 2],
  );
});

test("rows that are gone, a package that does not come, and workers that never begin end it with a sentence", async () => {
  const act = (number, { reply }) => reply(number);
  const gone = setUp(act);
  const rows = rowsOf("gone", async () => {
    throw new Error("the file is gone");
  });
  await assert.rejects(gone.pool.run(tasks(3), { signal: alive, rows }), /the file is gone/);
  assert.deepEqual(await gone.pool.run([task(5)], { signal: alive }), [{ value: 5 }], "the next one is done");

  let isThere = false;
  const load = async (name) => {
    if (!isThere) throw new Error("no connection");
    return `${name}, compiled`;
  };
  const offline = setUp(act, { load });
  await assert.rejects(offline.pool.run(tasks(2), { signal: alive }), /no connection/);
  isThere = true;
  assert.deepEqual(await offline.pool.run([task(1)], { signal: alive }), [{ value: 1 }]);

  const dead = Object.assign((number, { reply }) => reply(number), {
    package: (worker) => worker.onerror({ message: "no memory" }),
  });
  await assert.rejects(setUp(dead).pool.run(tasks(2), { signal: alive }), /stopped twice before.*no memory/);
});

const ofBaselines = () => ({ kind: "baseline", course: { spec: {}, kind: "tree", options: {}, part: "validation" } });

test("what simpler models need is loaded with the first of them, once for all workers; without it that is said", async () => {
  const loaded = [];
  let isThere = false;
  const load = async (name) => {
    loaded.push(name);
    if (name === "pkg-baselines" && !isThere) throw new Error("simpler models could not be loaded");
    return `${name}, compiled`;
  };
  const { pool, workers } = setUp((number, { reply }) => reply(number), { load });
  await pool.run(tasks(2), { signal: alive });
  assert.deepEqual(loaded, ["pkg-full"]);
  await assert.rejects(
    pool.run([ofBaselines(), ofBaselines()], { signal: alive }),
    /^Error: simpler models could not be loaded$/,
  );
  isThere = true;
  const outcomes = await pool.run([ofBaselines(), ofBaselines(), task(1)], { signal: alive });
  assert.deepEqual(outcomes, [{ value: "baseline" }, { value: "baseline" }, { value: 1 }]);
  assert.deepEqual(loaded, ["pkg-full", "pkg-baselines", "pkg-baselines"]);
  for (const { jobs } of workers)
    assert.ok(["pkg-full", "pkg-baselines"].every((name) => jobs.filter((job) => job === name).length <= 1));
});

test("a part that does not come for a worker, or its script, is said as it is: no worker is tried in its place", async () => {
  const refused = Object.assign((number, { reply }) => reply(number), {
    package: (worker, reply, refuse) => refuse("The part of Trainyard that runs studies could not be loaded."),
  });
  const parts = setUp(refused, { size: 1 });
  await assert.rejects(parts.pool.run(tasks(2), { signal: alive }), /^Error: The part .* could not be loaded\.$/);
  assert.equal(parts.workers.length, 1);
  const scripts = setUp(
    Object.assign(() => {}, { package: (worker) => worker.onerror({ preventDefault() {} }) }),
    { size: 1 },
  );
  await assert.rejects(scripts.pool.run(tasks(2), { signal: alive }), /script could not be loaded.* try again/);
  assert.equal(scripts.workers.length, 1);
});

test("canceled while the package is on its way: it ends all the same", async () => {
  const stop = new AbortController();
  const { pool } = setUp((_, { reply }) => reply(1), { load: () => new Promise(() => {}) });
  const running = pool.run(tasks(2), { signal: stop.signal });
  await settle();
  stop.abort();
  assert.deepEqual(await running, [null, null]);
});

test("the time left is told once it can be known", () => {
  assert.equal(secondsLeft(0.05, 5000), null);
  assert.equal(secondsLeft(0.5, 500), null);
  assert.equal(secondsLeft(0.5, 4000), 4);
  assert.equal(secondsLeft(0.8, 4000).toFixed(6), "1.000000");
  assert.equal(secondsLeft(1, 4000), 0);
});
