// @ts-check
/// <reference lib="webworker" />
/**
 * The page on its second visit, with a network or without: all files of one build, kept on the first visit and given from
 * there; of scripts those of the languages that are spoken here. So a slow line, a portal or a host in the middle of an
 * update can't hold the page up or mix builds. A new build is fetched whole, checked file by file, and waits until the
 * page's reader takes it.
 */

/** Put in by build.mjs: the scripts of this build by language, and all its files, each with the SHA-256 of its bytes. */
const SPOKEN = globalThis.TRAINYARD_SPOKEN;
const SHARED = globalThis.TRAINYARD_FILES;
/** @type {Map<string, string>} */
const FILES = new Map([...SHARED, ...Object.values(SPOKEN).flat()]);

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Several copies of the page may share an origin: each has its own caches. */
const { scope } = worker.registration;
const OURS = `trainyard ${scope} `;
const CACHE = OURS + globalThis.TRAINYARD_BUILD;

/** So long a network may take to answer, in milliseconds, where we could do without. */
const PATIENCE_MS = 3000;

/** Files as large as all others together are kept once somebody asked for them. */
const isLarge = (/** @type {string} */ name) => /\.(images|sounds)$|voices\.csv$/.test(name);

/** The course, the element that its experiments are, and the bench: kept whole once somebody opens a page of the course. */
const isOfCourse = (/** @type {string} */ name) =>
  /^([0-9a-f]{12}\/(\w+\/)?)?(lessons|element|bench)\/|^(element|embed|bench)\./.test(name);

/** Builds whose files are kept besides this one: a page that was opened before an update goes on with its own. */
const KEPT_BUILDS = 1;

worker.addEventListener("install", (event) => event.waitUntil(keepAll()));

worker.addEventListener("activate", (event) => event.waitUntil(forgetOld().then(() => worker.clients.claim())));

worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});

/** A page says which language it is in: a person may have chosen another one than the browser's. */
worker.addEventListener("message", (event) => {
  const { speaks, learns } = event.data ?? {};
  if (Object.hasOwn(SPOKEN, speaks)) event.waitUntil(keep(SPOKEN[speaks]));
  if (learns) event.waitUntil(keep(SHARED.filter(([name]) => isOfCourse(name))));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const name = nameOf(request);
  if (request.mode === "navigate" && !FILES.has(name)) return; // some other page below ours
  event.respondWith(answer(name, request));
  if (request.mode === "navigate") event.waitUntil(heal());
});

/** The file that is asked for, as FILES has it. */
function nameOf(/** @type {Request} */ request) {
  const { origin, pathname } = new URL(request.url);
  const name = (origin + pathname).slice(scope.length);
  if (name === "" || name === "index.html") return "./";
  return /^lessons\/(\w+\/)?$/.test(name) ? `${name}index.html` : name;
}

async function answer(/** @type {string} */ name, /** @type {Request} */ request) {
  const kept = FILES.has(name) ? await ownCopy(name) : await olderCopy(request);
  if (kept) return kept;
  const signal = isLarge(name) ? undefined : AbortSignal.timeout(PATIENCE_MS);
  const fetched = FILES.has(name) ? await fetchSound(name, signal).catch(() => null) : null;
  return fetched ?? fetch(request);
}

const ownCopy = async (/** @type {string} */ name) => (await caches.open(CACHE)).match(new URL(name, scope).href);

/** A file of a build before this one, for a page of that build. */
async function olderCopy(/** @type {Request} */ request) {
  for (const cache of await ourCaches()) {
    const found = await (await caches.open(cache)).match(request.url, { ignoreSearch: true });
    if (found) return found;
  }
}

const ourCaches = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

/** Fetches a file, and keeps it if it is what the build says: not a portal's page, nor another build's. */
async function fetchSound(/** @type {string} */ name, /** @type {AbortSignal | undefined} */ signal = undefined) {
  const response = await fetch(new URL(name, scope), { cache: "no-cache", signal });
  if (!response.ok || !(await isSound(name, response.clone()))) throw new Error(`${name} is not that of this build`);
  await (await caches.open(CACHE)).put(new URL(name, scope).href, response.clone());
  return response;
}

async function isSound(/** @type {string} */ name, /** @type {Response} */ response) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return btoa(String.fromCharCode(...hash)) === FILES.get(name);
}

async function keepAll() {
  await Promise.all((await neededHere()).map((name) => fetchSound(name)));
}

/** The files that all share, and the scripts of the languages that are spoken here. */
const neededHere = async () =>
  [...SHARED, ...(await languages()).flatMap((language) => SPOKEN[language])]
    .map(([name]) => name)
    .filter((name) => !isLarge(name) && !isOfCourse(name));

/** What is not kept yet. @param {[string, string][]} files */
async function keep(files) {
  for (const [name] of files) if (!(await ownCopy(name))) await fetchSound(name).catch(() => {}); // healed on the next visit
}

/** The languages of which something is kept here; before anything is, the browser's. */
async function languages() {
  const all = Object.keys(SPOKEN);
  const urls = [];
  for (const cache of await ourCaches())
    urls.push(...(await (await caches.open(cache)).keys()).map(({ url }) => url.slice(scope.length)));
  const folders = urls
    .map((url) => /^[0-9a-f]{12}\/(?:(\w+)\/)?start\.js$/.exec(url))
    .filter((found) => found !== null);
  const kept = all.filter((language, i) => folders.some(([, folder]) => folder === (i ? language : undefined)));
  if (kept.length) return kept;
  const wanted = navigator.languages.map((name) => name.split("-")[0]).find((name) => all.includes(name));
  return [wanted ?? all[0]];
}

/** Files that the browser threw away, or that were damaged, are fetched again: the next visit has them. */
async function heal() {
  for (const name of await neededHere()) {
    const kept = await ownCopy(name);
    if (!kept || !(await isSound(name, kept))) await fetchSound(name, AbortSignal.timeout(PATIENCE_MS)).catch(() => {});
  }
}

/** Caches are listed oldest first. */
async function forgetOld() {
  const others = (await ourCaches()).filter((name) => name !== CACHE);
  await Promise.all(others.slice(0, Math.max(0, others.length - KEPT_BUILDS)).map((name) => caches.delete(name)));
}
