// @ts-check
/// <reference lib="webworker" />
/**
 * The page without a network. On the first visit all files of this build are kept; from then on whoever is offline gets
 * them, whole and of one version. Whoever is online gets the host's own files, so nobody sees an old page.
 */

/** Put in by build.mjs: the files of the page, and a name for just these. */
const FILES = /** @type {string[]} */ (globalThis.TRAINYARD_FILES);
const CACHE = `trainyard-${globalThis.TRAINYARD_VERSION}`;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const others = caches.keys().then((names) => names.filter((name) => name.startsWith("trainyard-") && name !== CACHE));
  event.waitUntil(others.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(fetch(request).catch((error) => kept(request, error)));
});

async function kept(/** @type {Request} */ request, /** @type {unknown} */ error) {
  const cache = await caches.open(CACHE);
  const answer = await cache.match(request.mode === "navigate" ? "./" : request, { ignoreSearch: true });
  if (!answer) throw error;
  return answer;
}
