// Two workers share each batch: the page's own team, led by the worker of the built bench.html, which times itself.
import { figures } from "../measure.mjs";
import { works } from "../work.mjs";

export async function measure(work, limits) {
  const core = await WebAssembly.compileStreaming(fetch("pkg-full/trainyard_bg.wasm"));
  const worker = new Worker("worker.js");
  const ask = (message) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(message);
    });
  await ask({ work, place: "cpu", team: 2, isFull: true, core, limits });
  return figures(works[work], await ask("run"));
}
