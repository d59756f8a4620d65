// Files on their way to the worker: back-pressure and cancelling.
import assert from "node:assert/strict";
import test from "node:test";
import { createBackpressure, streamToWorker } from "../../www/session/streamToWorker.js";
import { settle } from "./support.js";

/** A stream of pieces, and how many of them were taken. */
function pieces(...sizes) {
  const state = { taken: 0, isCancelled: false };
  const stream = new ReadableStream(
    {
      pull(controller) {
        if (state.taken === sizes.length) return controller.close();
        controller.enqueue(new Uint8Array(sizes[state.taken++]).fill(65));
      },
      cancel: () => void (state.isCancelled = true),
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
}

const begin = (stream, { ahead = 100 } = {}) => {
  const sent = [];
  const backpressure = createBackpressure(ahead);
  const abort = new AbortController();
  abort.signal.addEventListener("abort", backpressure.unblock);
  const done = streamToWorker(stream, { send: (piece) => sent.push(piece), backpressure, signal: abort.signal });
  return { sent, backpressure, abort, done };
};

test("all pieces arrive, in order, each in a buffer of its own", async () => {
  const whole = new TextEncoder().encode("a,b\n1,2\n3,4\n");
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(whole.subarray(0, 5));
      controller.enqueue(whole.subarray(5));
      controller.close();
    },
  });
  const { sent, done } = begin(stream);
  assert.equal(await done, whole.length);
  assert.equal(Buffer.concat(sent).toString(), "a,b\n1,2\n3,4\n");
  for (const piece of sent) assert.equal(piece.byteLength, piece.buffer.byteLength);
});

test("it never runs far ahead of its reader", async () => {
  const { stream, state } = pieces(60, 60, 60, 60, 60);
  const { backpressure, done } = begin(stream, { ahead: 100 });
  await settle();
  assert.equal(state.taken, 2, "120 bytes are under way: more than 100");
  backpressure.acknowledge(60);
  await settle();
  assert.equal(state.taken, 3);
  backpressure.acknowledge(180);
  await settle();
  backpressure.acknowledge(300);
  assert.equal(await done, 300);
});

test("cancelled while it waits, it lets the file go", async () => {
  const { stream, state } = pieces(60, 60, 60, 60);
  const { abort, done } = begin(stream, { ahead: 100 });
  await settle();
  abort.abort();
  await assert.rejects(done, { name: "AbortError" });
  assert.equal(state.isCancelled, true);
  assert.equal(state.taken, 2);
});
