// @ts-check
/**
 * How the page makes workers. The first begins before any other file of ours is there: it gets the training core by itself,
 * beside the page that is being built, and hands it over for the workers that come later (worker/main.js).
 *
 * @typedef {object} Begun
 * @property {(name?: string) => Worker | null} create   null where the browser takes a worker, but no module
 * @property {Worker | null} [first]
 * @property {Promise<WebAssembly.Module | null>} [core]   of the first; null where it could not get it, never where that is lost
 */

/**
 * Begins, for the page's first script to take.
 *
 * @param {Begun} begun
 * @param {string} script   its address, as from the page
 * @param {string} core   that of the training core
 * @param {(key: string) => string | null} kept   what was chosen here
 */
export function beginWorker(begun, script, core, kept) {
  const here = (/** @type {string} */ address) => `("${new URL(address, document.baseURI)}")`;
  begun.create = create;
  if (kept("core")) return;
  // Others may begin in the same text, by name (worker/team.js): they are given theirs.
  const first = create(
    "",
    `self.name||(self.trainyardCore=WebAssembly.compileStreaming(fetch${here(core)}).catch(()=>null));`,
  );
  if (!first) return;
  holdFirst(begun, first);
  begun.core = new Promise((resolve) =>
    first.addEventListener("message", ({ data }) => data.type === "core" && resolve(data.core)),
  );

  /**
   * A worker begins in a blob of ours: so it is bound by the page's own content policy.
   * Who asked for the fast core gets it, by the name (features/training/fastCore.js).
   * A browser that knows module workers reads the `type` we ask for; one that doesn't never looks.
   */
  function create(name = kept("core") ?? "", before = "") {
    let isModule = false;
    // What it is told before the script is there waits; a script that can't be had is an error of the worker's own.
    const text = `self.trainyardTold=[];onmessage=e=>trainyardTold.push(e.data);${before}import${here(script)}.catch(e=>setTimeout(()=>{throw e}))`;
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })), {
      name,
      get type() {
        isModule = true;
        return /** @type {WorkerType} */ ("module");
      },
    });
    if (isModule) return worker;
    worker.terminate();
    return null;
  }
}

/** The first worker, until it is taken. It may fail before: whoever asks for it then gets another, and hears of that one's fate. */
export function holdFirst(/** @type {Begun} */ begun, /** @type {Worker} */ first) {
  begun.first = first;
  first.onerror = (event) => {
    event.preventDefault();
    begun.first = null;
  };
}
