// @ts-check
/**
 * Views that appear together draw one after the other, each in a task of its own: together they would hold the page
 * up for longer than one should.
 */
/** @type {((value?: unknown) => void)[]} */
const waiting = [];

/** Begins a task: directly, where the browser lets us. @type {() => void} */
const begin = globalThis.scheduler?.postTask ? () => void globalThis.scheduler.postTask(next) : channel();

function next() {
  waiting.shift()?.();
  if (waiting.length) begin();
}

function channel() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = next;
  return () => port2.postMessage(null);
}

/** Resolves when nobody waits for a turn any more. */
export async function allTurnsDone() {
  do await turn();
  while (waiting.length);
}

/** Resolves in a task that nobody else has. Not by timers, which wait, nor by frames: a hidden page has none. */
export const turn = () =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) begin();
  });
