/// <reference lib="webworker" />
/** The service worker of one process: keeps its pages and built files, and empties the outbox when woken. */
import { passOn, withoutCookie } from "@/api";
import { flush } from "@/offline/flush";
import { keptRange, mapCache, renewProgram } from "@/offline/map-pack";
import { list } from "@/offline/outbox";
import { isWaiting } from "@/offline/rules";
import { cacheFirst, networkFirst } from "@/sw/strategies";

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

const worker = self as unknown as ServiceWorkerGlobalScope;
const scope = new URL(worker.registration.scope).pathname;
const prefix = `devanture${scope}`;
const assets = `${prefix}assets-${__VERSION__}`;
const pages = `${prefix}pages-${__VERSION__}`;
/** A town's colours and logo: their addresses carry a digest, as those of built files do. */
const LOOK = /^\/[^/]+\/(theme\.css|logo\.png)$/;
const process = scope.slice(1, -1);
const map = mapCache(process);
const shell = `${scope}horsligne`;

worker.addEventListener("install", (event) => event.waitUntil(precache()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", answer);
worker.addEventListener("message", (event) => event.data === "take-over" && event.waitUntil(update()));
worker.addEventListener("message", (event) => event.data === "serve-me" && event.waitUntil(worker.clients.claim()));
worker.addEventListener("sync" as "push", (event) => (event as unknown as SyncEvent).tag === "outbox" && event.waitUntil(sendAll()));

async function precache(): Promise<void> {
  await (await caches.open(assets)).addAll(__PRECACHE__);
  await (await caches.open(pages)).addAll([shell, withoutCookie(new Request(`${scope}?autour=garder`))]);
  await renewProgram(process);
}

/** Other processes of this site have their own worker and caches: only what is ours and old goes. */
async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && ![assets, pages, map].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** A new version comes in on the person's word only, and never over something that waits to be sent. */
async function update(): Promise<void> {
  if (!(await list()).some(isWaiting)) await worker.skipWaiting();
}

/** Forms, the API and tiles pass untouched: what must be fresh or counted is never answered from a cache. */
function answer(event: FetchEvent): void {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/basemaps/")) return event.respondWith(keptRange(process, request).then((kept) => kept ?? passOn(request)));
  if (request.headers.has("range")) return;
  if (pathname.startsWith("/assets/") || LOOK.test(pathname)) return event.respondWith(cacheFirst(request, assets, map));
  if (request.mode === "navigate" && pathname.startsWith(scope)) event.respondWith(networkFirst(request, pages, shell));
}

/** Thrown when something still waits, so that the browser wakes us again. */
async function sendAll(): Promise<void> {
  const left = [await flush("words"), await flush("photos")];
  const waiting = left.reduce((sum, lane) => sum + lane.waiting, 0);
  if (waiting > 0) throw new Error(`${waiting} still waiting`);
}
