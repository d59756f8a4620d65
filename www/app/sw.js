// @ts-check
/// <reference lib="webworker" />
/**
 * The page on its second visit, with a network or without: the files of one build, kept on the first visit and given from
 * there; of scripts those of the languages that are spoken here. A page that is only looked at costs nothing for that: what it
 * has loaded is kept as it came. All the rest follows once somebody uses it. So a slow line, a portal or a host in the middle
 * of an update can't hold the page up or mix builds. A new build is fetched as far as the one before was kept, checked file
 * by file, and waits until the page's reader takes it.
 */

/** Put in by build.mjs: the scripts of this build by language, and all its files, each with how the SHA-256 of its bytes begins. */
const SPOKEN = globalThis.TRAINYARD_SPOKEN;
const SHARED = globalThis.TRAINYARD_FILES;
/** @type {Map<string, string>} */
const FILES = new Map([...SHARED, ...Object.values(SPOKEN).flat()]);

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Several copies of the page may share an origin: each has its own caches. */
const { scope } = worker.registration;
const OURS = `trainyard ${scope} `;
const CACHE = OURS + globalThis.TRAINYARD_BUILD;

/** Stands in a cache once somebody used the page. */
const USED = `${scope}used`;

/** So long a network may take to answer, in milliseconds, where we could do without. */
const PATIENCE_MS = 3000;

/** Files as large as all others together are kept once somebody asked for them. */
const isLarge = (/** @type {string} */ name) => /\.(images|sounds)$|voices\.csv$|pkg-fast/.test(name);

/** The course, the element that its experiments are, and the bench: kept whole once somebody opens a page of the course. */
const isOfCourse = (/** @type {string} */ name) =>
  /^([0-9a-f]{12}\/(\w+\/)?)?(lessons|element|bench)\/|^(element|embed|bench)\./.test(name);

/** What a page loads before anybody asks for more. */
const isOfStart = (/** @type {string} */ name) =>
  globalThis.TRAINYARD_START.includes(name.replace(/^[0-9a-f]{12}\/(\w\w\/)?/, ""));

/** Builds whose files are kept besides this one: a page that was opened before an update goes on with its own. */
const KEPT_BUILDS = 1;

worker.addEventListener("install", (event) => event.waitUntil(install()));

worker.addEventListener("activate", (event) => event.waitUntil(forgetOld().then(() => worker.clients.claim())));

worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});

/** A page says which language it is in, since a person may have chosen another one than the browser's, and once it is used. */
worker.addEventListener("message", (event) => event.waitUntil(heed(event.data ?? {})));

async function heed(
  /** @type {{speaks?: string, used?: boolean, learns?: string}} */ { learns, speaks = learns, used },
) {
  if (used || learns) await markUsed();
  if (speaks && Object.hasOwn(SPOKEN, speaks)) await keep(await wantedOf([...SHARED, ...SPOKEN[speaks]]));
  if (learns) await keep(SHARED.filter(([name]) => isOfCourse(name)));
}

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

/**
 * Fetches a file, and keeps it if it is what the build says: not a portal's page, nor another build's. What the browser has
 * of it is good enough, if it is that.
 */
async function fetchSound(/** @type {string} */ name, /** @type {AbortSignal | undefined} */ signal = undefined) {
  for (const cache of /** @type {const} */ (["force-cache", "no-cache"])) {
    const response = await fetch(new URL(name, scope), { cache, signal });
    if (!response.ok || !(await isSound(name, response.clone()))) continue;
    await (await caches.open(CACHE)).put(new URL(name, scope).href, response.clone());
    return response;
  }
  throw new Error(`${name} is not that of this build`);
}

async function isSound(/** @type {string} */ name, /** @type {Response} */ response) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return btoa(String.fromCharCode(...hash)).startsWith(/** @type {string} */ (FILES.get(name)));
}

async function install() {
  if (await isUsed()) await markUsed(); // of the build before
  await Promise.all((await neededHere()).map((name) => fetchSound(name)));
}

const isUsed = async () => Boolean(await caches.match(USED));

const markUsed = async () => (await caches.open(CACHE)).put(USED, new Response(""));

/** The files that all share, and the scripts of the languages that are spoken here, as far as they are kept. */
const neededHere = async () =>
  (await wantedOf([...SHARED, ...(await languages()).flatMap((language) => SPOKEN[language])])).map(([name]) => name);

/** Those of them that are to be kept: what a page starts with, and all but the large ones once it was used. @param {[string, string][]} files */
async function wantedOf(files) {
  const all = await isUsed();
  return files.filter(([name]) => isOfStart(name) || (all && !isLarge(name) && !isOfCourse(name)));
}

/** What is not kept yet, one after the other: nobody waits for it. @param {[string, string][]} files */
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
