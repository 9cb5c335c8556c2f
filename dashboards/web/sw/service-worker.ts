/// <reference lib="webworker" />
import { savedAtHeader } from "../src/data/api.ts";
import { copyName } from "./copies.ts";
import { addressAfter, shownOf } from "./pushed.ts";

/**
 * Keeps the page usable where the network comes and goes. The shell (what Vite built) is served from its cache, whole
 * versions at a time; the API is asked first, and the last answer stands in, marked with its age, when it cannot be reached.
 */

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: every file of this version, and a hash of them all. */
declare const __SHELL_FILES__: readonly string[];
declare const __SHELL_VERSION__: string;

const shellCache = `canhdong-shell-${__SHELL_VERSION__}`;
/** Also dropped by the page at sign-out, under this name. */
const copiesCache = "canhdong-copies";
const mostCopies = 300;
// Longer than a slow 3G answer takes, shorter than people wait.
const patienceMs = 10_000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(shellCache).then((cache) => cache.addAll([...__SHELL_FILES__])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

// A new version waits until the user agrees: the open page may still need files of the old one.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/api/")) {
    const name = copyName(url, Date.now());
    if (name !== null) event.respondWith(fromNetworkFirst(request, name));
    return;
  }
  if (request.mode === "navigate" && url.pathname === "/") event.respondWith(fromShell("/"));
  else if (__SHELL_FILES__.includes(url.pathname)) event.respondWith(fromShell(url.pathname));
});

self.addEventListener("push", (event) => {
  const { title, options } = shownOf(event.data?.text() ?? null);
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(addressAfter(event.notification.data, self.location.origin)));
});

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("canhdong-shell-") && name !== shellCache);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function fromShell(path: string): Promise<Response> {
  const cache = await caches.open(shellCache);
  return (await cache.match(path)) ?? fetch(path);
}

async function fromNetworkFirst(request: Request, name: string): Promise<Response> {
  const answer = fetch(request).then((response) => kept(response, name));
  // A proxy before a dead server answers in its place.
  const usable = answer.then((response) => ([502, 503, 504].includes(response.status) ? null : response));
  const inTime = await Promise.race([usable.catch(() => null), soon()]);
  return inTime ?? (await savedCopy(name)) ?? answer;
}

function soon(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), patienceMs));
}

async function savedCopy(name: string): Promise<Response | undefined> {
  return (await caches.open(copiesCache)).match(name);
}

async function kept(response: Response, name: string): Promise<Response> {
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  if (response.status === 200 && isJson) await keep(response.clone(), name);
  return response;
}

async function keep(response: Response, name: string): Promise<void> {
  const headers = new Headers({ "content-type": "application/json", [savedAtHeader]: String(Date.now()) });
  const cache = await caches.open(copiesCache);
  await cache.put(name, new Response(await response.blob(), { headers }));
  const names = await cache.keys();
  // In the order in which they were first kept.
  await Promise.all(names.slice(0, -mostCopies).map((old) => cache.delete(old)));
}
