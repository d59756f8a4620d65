// A static server on this machine only, for trying dist/ and for the tests: `node serve.mjs [folder] [port]`.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

const types = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * Serves `folder` and resolves to `{ url, port, close, stay }`. Port 0 takes any free one. By itself it keeps no process alive,
 * so that a test that fails before it closes its server ends all the same; `stay` does.
 * `base` puts the folder under a sub-path such as "/some/where/". `before` may answer a request in our place: it
 * returns whether it did.
 */
export function serve(folder, { port = 0, base = "/", before = () => false } = {}) {
  const root = path.resolve(folder);
  const server = http.createServer(
    (request, response) => before(request, response) || answer(root, base, request, response),
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const taken = server.address().port;
      const close = () => {
        server.closeAllConnections(); // a browser's idle connection would hold the server open
        return new Promise((closed) => server.close(closed));
      };
      const stay = () => server.ref();
      server.unref();
      resolve({ url: `http://127.0.0.1:${taken}${base}`, port: taken, close, stay });
    });
  });
}

/** Answers with a file of the folder. */
export function answer(root, base, request, response) {
  const file = locate(root, base, request.url);
  if (!file) return response.writeHead(404, { "content-type": "text/plain" }).end("not found");
  const { mtimeMs, size } = fs.statSync(file);
  const etag = `"${mtimeMs.toString(36)}-${size}"`;
  const isKnown = request.headers["if-none-match"] === etag;
  response.writeHead(isKnown ? 304 : 200, {
    "content-type": types[path.extname(file)] ?? "application/octet-stream",
    "cache-control": "no-cache", // a rebuilt page shows at the next reload
    etag,
  });
  if (isKnown) return response.end();
  if (request.method === "HEAD") return response.end();
  return fs.createReadStream(file).pipe(response);
}

/** The file that an address names, or null where there is none inside the folder. */
function locate(root, base, address) {
  let name;
  try {
    name = decodeURIComponent(new URL(address, "http://localhost").pathname);
  } catch {
    return null;
  }
  if (!name.startsWith(base)) return null;
  const file = path.join(root, name.slice(base.length), name.endsWith("/") ? "index.html" : "");
  const inside = file.startsWith(root + path.sep);
  return inside && fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

/** Serves on the first free port from `port` on, and says so when that is another one. */
async function serveNear(folder, port) {
  for (let candidate = port; candidate < port + 100; candidate += 1) {
    try {
      const server = await serve(folder, { port: candidate });
      if (candidate !== port) console.log(`Port ${port} is busy; using ${candidate}.`);
      return server;
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`no free port from ${port} to ${port + 99}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = fileURLToPath(new URL("../dist", import.meta.url)), port = "8080"] = process.argv.slice(2);
  if (!/^\d+$/.test(port) || +port < 1 || +port > 65535) {
    console.error(`serve: ${port} is not a port (1…65535)`);
    process.exit(1);
  }
  const { url, stay } = await serveNear(folder, +port);
  stay();
  console.log(`Trainyard is at ${url}  (Ctrl-C stops)`);
}
