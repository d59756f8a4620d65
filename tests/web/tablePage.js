// A page with a table, without a document: playground, client and worker as they are, with doubles of the package's tables.
import { createPlayground } from "../../www/session/playground.js";
import { inlineWorker, settle } from "./support.js";

/** Six rows of two classes, one with a gap. */
export const FLOWERS = [
  "length,width,kind",
  "5.1,3.5,a",
  "4.9,,a",
  "6.2,2.9,b",
  "6.9,3.1,b",
  "5.0,3.4,a",
  "6.4,3.2,b",
  "",
].join("\n");

/** Thirty rows of two numbers, the one by the other. */
export const HOUSES = [
  "rooms,price",
  ...Array.from({ length: 30 }, (_, i) => `${1 + (i % 5)},${100 + 50 * (i % 5) + i}`),
].join("\n");

/** `sets`: the text of each real set that can be fetched; the others are not found. */
export async function setUp(hash = "", { sets = {} } = {}) {
  const links = [];
  const workers = [];
  const playground = createPlayground({
    spawn: () => {
      workers.push(inlineWorker());
      return workers.at(-1);
    },
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash,
    rememberHash: (text) => links.push(text),
    fetchSet: async (file) => {
      const text = sets[file.replace(/\.csv$/, "")];
      return new Response(text ?? null, { status: text ? 200 : 404 });
    },
    loadTables: () => import("../../www/session/tableRun.js"),
  });
  await settle(80);
  const state = () => playground.store.get();
  const open = async (text, title = "mine.csv") => {
    await playground.openTable(new Blob([text]), title);
    await settle(80);
  };
  return { playground, links, workers, state, open };
}
