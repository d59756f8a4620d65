// A peer's engine, or what is done with it, as one script for a page of its own.
import { build } from "esbuild";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

/** @param {string} contents   a module, as if it lay here @param {string} outfile */
export const bundlePeer = (contents, outfile) =>
  build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    // Peers ask for these where they find themselves in Node.
    external: ["module", "fs", "path", "os", "crypto", "worker_threads", "perf_hooks"],
    outfile,
  });
