// Processor time by thread, from a trace of Chromium's "toplevel" category: what else the machine does is not in it.

const thread = ({ pid, tid }) => `${pid} ${tid}`;

/** @returns {{name: string, tdur: number, pid: number}[]} */
function tasksOf(trace) {
  const names = new Map(
    trace.filter(({ name }) => name === "thread_name").map((event) => [thread(event), event.args.name]),
  );
  return trace
    .filter(({ name, tdur }) => name.endsWith("RunTask") && tdur !== undefined)
    .map((event) => ({ name: names.get(thread(event)) ?? "", tdur: event.tdur / 1000, pid: event.pid }));
}

/** Milliseconds of processor time: of workers, of the page's main thread, and of all that draws for it. */
export function timesOf(trace) {
  const times = { worker: 0, main: 0, others: 0 };
  for (const { name, tdur } of tasksOf(trace)) {
    const kind = name.startsWith("DedicatedWorker") ? "worker" : name === "CrRendererMain" ? "main" : "others";
    times[kind] += tdur;
  }
  return times;
}

/** The longest task of a page's main thread, in milliseconds of processor time. */
export const longestOf = (trace) =>
  Math.max(
    ...tasksOf(trace)
      .filter(({ name }) => name === "CrRendererMain")
      .map(({ tdur }) => tdur),
  );
